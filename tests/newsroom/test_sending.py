"""Sending: what is owed goes out once, and every end is recorded with its reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.errors import NothingToSend, UsageError
from digest.model.appeal import AppealPlan
from digest.model.audience import SubscriptionState
from digest.model.delivery import DeliveryState, Message
from digest.model.edition import Edition, EditionState
from digest.model.newsletter import InDoubt
from digest.newsroom import flight as flights
from digest.newsroom import sending, truth
from digest.newsroom.house import House
from digest.newsroom.letters import Letters, letters
from digest.newsroom.pacing import Pacer
from digest.store.chunks import SIZE
from tests import builders
from tests import house as houses
from tests.fakes import FakeClock
from tests.fakes_delivery import FakeMailer
from tests.mail import emails

S = DeliveryState


def released(house: House, readers: int = 5) -> Edition:
    """A released edition that so many readers are owed."""
    houses.with_readers(house, readers)
    made = builders.edition()
    saved = house.store.editions.add(made, emails(made))
    assert saved is not None
    now = house.clock.now()
    assert house.store.editions.release(saved, "approved by Nora", now, AppealPlan(), ())
    return stored(house)


def stored(house: House) -> Edition:
    """The edition as it stands."""
    found = house.store.editions.get(builders.edition().slug)
    assert found is not None
    return found


def counts(house: House) -> dict[DeliveryState, int]:
    """Its deliveries by state."""
    return house.store.deliveries.counts(stored(house).id).counts


def forward(house: House, **by: float) -> None:
    """Let time pass."""
    assert isinstance(house.clock, FakeClock)
    house.clock.forward(**by)


async def test_everybody_gets_one_message_and_the_edition_is_done() -> None:
    """Addressed to each reader, with a count as the reason; a second call does nothing."""
    mailer = FakeMailer()
    house = houses.house(mailer=mailer)
    released(house, 5)
    report = await sending.send_due(house)
    assert (report.editions, report.submitted) == (1, 5)
    assert report.because == (f"{stored(house).slug}: done, 5 submitted",)
    assert (stored(house).state, stored(house).because) == (EditionState.DONE, "5 submitted")
    assert (await sending.send_due(house)) == sending.SendReport()
    assert sorted(m.address for m in mailer.kept) == [
        f"reader{n}@reader.example" for n in range(1, 6)
    ]
    for message in mailer.kept:
        assert f"To: {message.address}\r\n".encode() in message.content
        assert message.content.count(b"List-Unsubscribe: ") == 1


async def test_outcomes_become_states_with_reasons() -> None:
    """Taken, put off, refused, in doubt and never there each have their own state."""
    house = houses.house(mailer=FakeMailer("ADRXKA"))
    edition = released(house, 6)
    report = await sending.send_due(house)
    assert counts(house) == {
        S.SUBMITTED: 2,
        S.DEFERRED: 1,
        S.REJECTED: 1,
        S.IN_DOUBT: 1,
        S.QUEUED: 1,
    }
    assert (report.submitted, report.deferred, report.rejected) == (2, 1, 1)
    assert (report.in_doubt, report.queued_again) == (1, 1)
    assert stored(house).state is EditionState.RELEASED
    assert "1 deliveries are in doubt" in "".join(report.because)
    said = {d.address: d.because for d in truth.missing(house, edition.slug)}
    assert "4.2.0 later" in said["reader2@reader.example"]
    assert "5.1.1 unknown" in said["reader3@reader.example"]
    assert "never seen" in said["reader4@reader.example"]
    assert len(said) == 4


async def test_what_was_put_off_goes_out_when_its_time_comes_and_not_before() -> None:
    """The first try comes back after its minute; then the edition is done."""
    mailer = FakeMailer("DA")
    house = houses.house(mailer=mailer)
    released(house, 3)
    await sending.send_due(house)
    assert counts(house) == {S.DEFERRED: 1, S.SUBMITTED: 2}
    assert (await sending.send_due(house)).submitted == 0
    forward(house, minutes=2)
    assert (await sending.send_due(house)).submitted == 1
    assert stored(house).state is EditionState.DONE


async def test_a_relay_that_is_away_costs_no_attempt_and_is_named_beside_the_edition() -> None:
    """Hours of outage leave every delivery as it was; the reason goes when the relay is back."""
    mailer = FakeMailer("N" * 30 + "A")
    house = houses.house(mailer=mailer)
    edition = released(house, 4)
    for _ in range(30):
        report = await sending.send_due(house)
        forward(house, minutes=10)
    assert (report.submitted, report.queued_again) == (0, 1)
    assert counts(house) == {S.QUEUED: 4}
    assert stored(house).because == "approved by Nora; waits: the relay is away"
    assert {d.attempt for d in house.store.deliveries.missing(edition.id)} == {0}
    mailer.script = list("DA")
    await sending.send_due(house)
    assert stored(house).because == "approved by Nora"
    assert counts(house) == {S.DEFERRED: 1, S.SUBMITTED: 3}


async def test_a_relay_that_defers_everything_loses_nothing() -> None:
    """451 for all until it recovers: all are submitted in the end."""
    mailer = FakeMailer("D")
    house = houses.house(mailer=mailer)
    released(house, 20)
    for _ in range(4):
        await sending.send_due(house)
        forward(house, hours=1)
    assert counts(house) == {S.DEFERRED: 20}
    mailer.script = ["A"]
    await sending.send_due(house)
    assert counts(house) == {S.SUBMITTED: 20}


async def test_what_never_works_is_given_up_when_it_is_too_late() -> None:
    """After the newsletter's time it has failed with the relay's last words; nobody is blamed."""
    house = houses.house(mailer=FakeMailer("D"))
    released(house, 1)
    said: list[str] = []
    for _ in range(14):
        said += (await sending.send_due(house)).because
        forward(house, hours=1)
    assert counts(house) == {S.FAILED: 1}
    assert stored(house).because == "1 failed"
    assert any("given up 12 hours after the release" in line for line in said)
    (told,) = truth.missing(house, stored(house).slug)
    assert "4.2.0 later" in told.because
    assert house.store.subscribers.suppressed("reader1@reader.example") == ""


async def test_early_refusals_are_recorded_although_no_body_was_granted() -> None:
    """A RCPT refused before the intent ends as rejected, not as owed for ever."""
    house = houses.house()
    edition = released(house, 2)
    flight = flights.DueFlight(house, [letters(house, edition)], Pacer(house))
    first, second = flight.take(), flight.take()
    assert first is not None and second is not None
    result = builders_result(first.subscriber_id, 550)
    assert flight.settle([result], [second]) == [second]
    flight.settle([builders_result(second.subscriber_id, 250)], [])
    assert counts(house) == {S.REJECTED: 1, S.SUBMITTED: 1}
    assert [d.attempt for d in house.store.deliveries.missing(edition.id)] == [1]


async def test_who_left_after_the_release_gets_nothing() -> None:
    """The intent is refused by the ledger and the delivery says why."""
    mailer = FakeMailer()
    house = houses.house(mailer=mailer)
    edition = released(house, 3)
    reader = house.store.subscribers.get("reader2@reader.example")
    assert reader is not None
    house.store.subscribers.subscribe(
        reader.id, "morning", SubscriptionState.UNSUBSCRIBED, "one click", house.clock.now()
    )
    house.store.subscribers.suppress(
        "reader3@reader.example", "complaint", "said spam", house.clock.now()
    )
    await sending.send_due(house)
    assert [m.address for m in mailer.kept] == ["reader1@reader.example"]
    assert counts(house) == {S.SUBMITTED: 1, S.SUPPRESSED: 2}
    assert stored(house).state is EditionState.DONE
    said = {d.address: d.because for d in truth.missing(house, edition.slug)}
    assert "unsubscribed" in said["reader2@reader.example"]
    assert said["reader3@reader.example"]


async def test_a_held_edition_stops_in_the_middle() -> None:
    """An editor's hold refuses the next intent; what is left goes out after the resume."""

    class Holding(FakeMailer):
        async def pump(self, flight: flights.DueFlight) -> None:  # type: ignore[override]
            message = flight.take()
            assert message is not None
            (granted,) = flight.settle([], [message])
            house.store.editions.change_state(
                edition.id, [EditionState.RELEASED], EditionState.HELD, "held by Nora"
            )
            next_one = flight.take()
            assert next_one is not None
            result = builders_result(granted.subscriber_id, 250)
            assert flight.settle([result], [next_one]) == []

    house = houses.house(mailer=Holding())
    edition = released(house, 3)
    await sending.send_due(house)
    assert counts(house) == {S.SUBMITTED: 1, S.QUEUED: 2}
    assert (await sending.send_due(house)).editions == 0
    house.store.editions.change_state(
        edition.id, [EditionState.HELD], EditionState.RELEASED, "resumed"
    )
    await sending.send_due(replace(house, mailer=FakeMailer()))
    assert counts(house) == {S.SUBMITTED: 3}


async def test_more_readers_than_a_chunk() -> None:
    """Chunk after chunk, everybody once."""
    mailer = FakeMailer()
    house = houses.house(mailer=mailer)
    released(house, SIZE + 3)
    assert (await sending.send_due(house)).submitted == SIZE + 3
    assert len({m.address for m in mailer.kept}) == len(mailer.kept) == SIZE + 3


async def test_a_newsletter_that_is_gone_stops_its_edition_with_a_reason() -> None:
    """The sentence stands beside the edition and nothing is lost."""
    house = houses.house()
    released(house, 2)
    gone = replace(house, settings=replace(house.settings, newsletters=()))
    report = await sending.send_due(gone)
    assert "no longer configured" in report.because[0]
    assert "no longer configured" in stored(house).because
    assert counts(house) == {S.QUEUED: 2}
    await sending.send_due(house)
    assert stored(house).state is EditionState.DONE


async def test_a_fault_in_one_edition_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The broken one is named, its deliveries stay owed."""

    house = houses.house()
    first = released(house, 2)
    message_to = Letters.message_to

    def faulty(made: Letters, subscriber_id: int, address: str, variant: str) -> Message:
        if made.edition.id == first.id:
            raise ValueError("a bug")
        return message_to(made, subscriber_id, address, variant)

    monkeypatch.setattr(Letters, "message_to", faulty)
    other = builders.edition(slug="morning-2", local_date=first.local_date + timedelta(days=1))
    saved = house.store.editions.add(other, emails(other))
    assert saved is not None
    house.store.editions.release(saved, "by rule", house.clock.now(), AppealPlan(), ())
    report = await sending.send_due(house)
    assert "sending stopped: a bug" in report.because[0]
    assert "sending stopped: a bug" in stored(house).because
    assert counts(house) == {S.QUEUED: 2}
    assert report.submitted == 2


@pytest.mark.parametrize(
    ("rule", "state"),
    [(InDoubt.HOLD, S.IN_DOUBT), (InDoubt.ASK, S.IN_DOUBT), (InDoubt.RESEND, S.DEFERRED)],
)
async def test_the_newsletters_rule_decides_about_doubt(rule: InDoubt, state: S) -> None:
    """Held or asked about, or submitted again later."""
    newsletter = builders.newsletter(in_doubt=rule)
    house = houses.house(mailer=FakeMailer("XA"), newsletters=(newsletter,))
    released(house, 2)
    await sending.send_due(house)
    assert counts(house) == {state: 1, S.SUBMITTED: 1}


async def test_an_editor_may_send_what_is_in_doubt() -> None:
    """The edition opens again, that delivery goes out, and it is done once more."""
    mailer = FakeMailer("XA")
    house = houses.house(mailer=mailer)
    edition = released(house, 2)
    await sending.send_due(house)
    with pytest.raises(NothingToSend):
        await sending.send_now(house, edition.slug)
    report = await sending.send_now(house, edition.slug, again=(S.IN_DOUBT,))
    assert report.submitted == 1
    assert counts(house) == {S.SUBMITTED: 2}
    assert stored(house).state is EditionState.DONE


async def test_only_a_released_edition_can_be_sent() -> None:
    """The refusal names the state and its reason."""
    house = houses.house()
    edition = released(house, 1)
    house.store.editions.change_state(
        edition.id, [EditionState.RELEASED], EditionState.HELD, "held by Nora"
    )
    with pytest.raises(UsageError, match=r"is held \(held by Nora\)"):
        await sending.send_now(house, edition.slug)


async def test_explain_tells_a_readers_whole_story() -> None:
    """Subscription, each edition, and why somebody was not in an audience."""
    house = houses.house(mailer=FakeMailer("RA"))
    edition = released(house, 2)
    await sending.send_due(house)
    refused = truth.explain(house, "reader1@reader.example", edition.slug)
    assert "refused it for good: 550 5.1.1 unknown" in refused.deliveries[0].because
    taken = truth.explain(house, "READER2@reader.example", None)
    assert "the relay took it at 2026-03-16 07:00:00 UTC" in taken.deliveries[0].because
    assert taken.standing[0].startswith("morning: confirmed since")
    house.store.subscribers.add("late@reader.example", "", False, house.clock.now())
    late = truth.explain(house, "late@reader.example", edition.slug)
    assert "was not in the audience" in late.standing[-1]
    with pytest.raises(UsageError, match="nobody has the address"):
        truth.explain(house, "nobody@reader.example", None)


async def test_status_counts_from_the_rows() -> None:
    """One edition with its failures, or the latest without."""
    house = houses.house(mailer=FakeMailer("RDA"))
    edition = released(house, 4)
    await sending.send_due(house)
    (found,) = truth.status(house, edition.slug)
    assert found.counts == {"rejected": 1, "deferred": 1, "submitted": 2}
    assert [f.state for f in found.failures] == [S.REJECTED, S.DEFERRED]
    (short,) = truth.status(house, None)
    assert (short.counts, short.failures) == (found.counts, ())


def builders_result(subscriber_id: int, code: int) -> flights.SubmitResult:
    """An answer of the relay for the edition of these tests."""
    return flights.SubmitResult(
        edition_id=1, subscriber_id=subscriber_id, phase=flights.Phase.ANSWERED, code=code, text="x"
    )
