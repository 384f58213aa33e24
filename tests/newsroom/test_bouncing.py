"""What comes back: mailboxes, providers' calls, refusals at the door, and what follows."""

import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from digest.deliver import tokens
from digest.model.appeal import AppealPlan
from digest.model.audience import SubscriptionState
from digest.model.bounce import Blame, BounceKind, Report, Verdict
from digest.model.delivery import DeliveryState, Phase, SubmitResult
from digest.model.edition import Edition
from digest.model.mail import Hook, Inbox
from digest.model.secret import Secret
from digest.newsroom import barring, bouncing, receiving, sending, truth
from digest.newsroom.house import House
from digest.newsroom.subscribing import secret
from digest.ports import Flight
from tests import builders
from tests import house as houses
from tests.fakes_delivery import FakeMailer
from tests.mail import emails
from tests.rooms.test_deliver_bounces import dsn

S = DeliveryState
BOX = Inbox(address="imaps://mail.example:993/INBOX", user="bounces", password=Secret("p"))
ANNA = "reader1@reader.example"
DEAD = Verdict(kind=BounceKind.HARD, reason="userunknown", blame=Blame.ADDRESS, recipient=ANNA)
FULL = Verdict(kind=BounceKind.SOFT, reason="mailboxfull", blame=Blame.MAILBOX, recipient=ANNA)


class FakeMailboxes:
    """Letters in memory; `removed` are those that were let go."""

    def __init__(self, *letters: bytes) -> None:
        self.letters = {str(number): letter for number, letter in enumerate(letters)}
        self.removed: list[str] = []

    async def read(
        self,
        inbox: Inbox,
        known: Callable[[Sequence[str]], set[str]],
        take: Callable[[str, bytes], Awaitable[bool]],
    ) -> int:
        """As the real ones do."""
        new = [name for name in self.letters if name not in known(list(self.letters))]
        for name in new:
            if await take(name, self.letters[name]):
                self.removed.append(name)
        return len(new)


def sent(house: House, readers: int = 2) -> Edition:
    """An edition that everybody's relay took."""
    houses.with_readers(house, readers)
    made = builders.edition()
    saved = house.store.editions.add(made, emails(made))
    assert saved is not None
    house.store.editions.release(saved, "by rule", house.clock.now(), AppealPlan(), ())
    return saved


def states(house: House, edition: Edition) -> dict[DeliveryState, int]:
    """From the rows."""
    return house.store.deliveries.counts(edition.id).counts


def token(house: House, edition: Edition, number: int = 1) -> str:
    """Of a reader's delivery."""
    reader = house.store.subscribers.get(f"reader{number}@reader.example")
    assert reader is not None
    return tokens.delivery_token(secret(house), edition.id, reader.id)


async def test_a_dead_address_is_suppressed_once_and_told() -> None:
    """The delivery has bounced, the address gets nothing more, and `explain` says why."""
    house = houses.house()
    edition = sent(house)
    await sending.send_due(house)
    report = Report(key="m1", verdicts=(DEAD,), delivery=token(house, edition))
    assert bouncing.record(house, "mail", [report]).new == 1
    assert bouncing.record(house, "mail", [report]).new == 0
    assert states(house, edition) == {S.BOUNCED: 1, S.SUBMITTED: 1}
    assert house.store.subscribers.suppressed(ANNA) == "bounce"
    told = truth.explain(house, ANNA, edition.slug)
    assert any("suppressed (bounce)" in line for line in told.standing)
    assert "it came back: userunknown" in told.deliveries[0].because
    assert truth.status(house, edition.slug)[0].bounces == {"userunknown": 1}


async def test_a_mail_that_only_looks_like_a_report_changes_nothing() -> None:
    """Anybody could write it, about any reader: without a token of ours nobody is suppressed."""
    house = houses.house()
    edition = sent(house)
    await sending.send_due(house)
    forged = token(house, edition)[:-16] + "0" * 16
    for key, delivery in (("f1", forged), ("f2", "")):
        report = Report(key=key, verdicts=(DEAD,), delivery=delivery)
        assert bouncing.record(house, "mail", [report]) == bouncing.Recorded(believed=0, new=0)
    assert states(house, edition) == {S.SUBMITTED: 2}
    assert house.store.bounces.suppressions() == []


async def test_a_providers_word_needs_no_token_but_a_reader() -> None:
    """Its call is signed; an address that we never mail is still none of ours."""
    house = houses.house()
    sent(house)
    stranger = replace(DEAD, recipient="nobody@elsewhere.example")
    for key, verdict in (("1", DEAD), ("2", stranger)):
        bouncing.record(house, "postmark", [Report(key=key, verdicts=(verdict,))])
    assert [one.address for one in house.store.bounces.suppressions()] == [ANNA]


async def test_the_token_tells_whose_it_is_whatever_address_bounced() -> None:
    """Mail that was forwarded comes back from another address."""
    house = houses.house()
    edition = sent(house)
    await sending.send_due(house)
    other = replace(DEAD, recipient="anna@forwarded.example")
    bouncing.record(
        house, "mail", [Report(key="x", verdicts=(other,), delivery=token(house, edition))]
    )
    assert house.store.subscribers.suppressed(ANNA) == "bounce"


async def test_soft_bounces_add_up_over_weeks() -> None:
    """A mailbox that is full every day for a week is left alone; one editor's word undoes it."""
    house = houses.house()
    sent(house)
    for day in range(8):
        bouncing.record(house, "postmark", [Report(key=f"s{day}", verdicts=(FULL,))])
        assert house.store.subscribers.suppressed(ANNA) == ("bounce" if day > 6 else "")
        house.clock.forward(hours=24)  # type: ignore[attr-defined]
    (one,) = house.store.bounces.suppressions()
    assert "soft bounces since" in one.because
    assert barring.lift(house, ANNA, "Nora", "she made room") == f"{ANNA} may be mailed again"
    bouncing.record(house, "postmark", [Report(key="again", verdicts=(FULL,))])
    assert house.store.subscribers.suppressed(ANNA) == ""


async def test_our_own_faults_never_count_against_a_reader() -> None:
    """However often a server calls us unauthenticated."""
    house = houses.house()
    sent(house)
    ours = replace(FULL, reason="authfailure", blame=Blame.SENDER)
    for day in range(40):
        bouncing.record(house, "postmark", [Report(key=f"a{day}", verdicts=(ours,))])
        house.clock.forward(hours=12)  # type: ignore[attr-defined]
    assert house.store.subscribers.suppressed(ANNA) == ""


class Refusing(FakeMailer):
    """A relay that answers as told, by address."""

    def __init__(self, answers: dict[str, tuple[int, str]]) -> None:
        super().__init__()
        self.answers = answers

    async def pump(self, flight: Flight) -> None:
        """One after the other."""
        while (message := flight.take()) is not None:
            for granted in flight.settle([], [message]):
                code, text = self.answers.get(granted.address, (250, "2.0.0 ok"))
                result = SubmitResult(
                    edition_id=granted.edition_id,
                    subscriber_id=granted.subscriber_id,
                    phase=Phase.ANSWERED,
                    relay="relay",
                    code=code,
                    text=text,
                )
                flight.settle([result], [])


async def test_a_refusal_at_the_door_is_a_bounce() -> None:
    """5xx about the address: rejected, on record, suppressed; the next edition leaves it out."""
    mailer = Refusing({ANNA: (550, "5.1.1 User unknown")})
    house = houses.house(mailer=mailer)
    edition = sent(house)
    await sending.send_due(house)
    assert states(house, edition) == {S.REJECTED: 1, S.SUBMITTED: 1}
    (history,) = house.store.bounces.history(ANNA, house.clock.now() - timedelta(days=1))
    assert (history.origin, history.verdict.dsn) == ("smtp", "5.1.1")
    assert house.store.subscribers.suppressed(ANNA) == "bounce"
    assert house.store.subscribers.confirmed("morning") == 1


async def test_a_full_mailbox_at_the_door_adds_up_too() -> None:
    """The same rule, whichever way the refusal was heard."""
    house = houses.house(mailer=Refusing({ANNA: (552, "5.2.2 mailbox full")}))
    sent(house, 1)
    for day in range(8):
        edition = builders.edition(
            slug=f"day-{day}", local_date=house.clock.now().date(), due_at=house.clock.now()
        )
        saved = house.store.editions.add(edition, emails(edition))
        if saved is not None:
            house.store.editions.release(saved, "", house.clock.now(), AppealPlan(), ())
        await sending.send_due(house)
        house.clock.forward(hours=24)  # type: ignore[attr-defined]
    assert house.store.subscribers.suppressed(ANNA) == "bounce"


async def test_a_refusal_about_us_pauses_the_domain_and_loses_nobody() -> None:
    """The rest of the domain waits with the reason, then goes out when it is mended."""
    said = "5.7.26 unauthenticated mail, SPF and DKIM fail"
    mailer = Refusing({f"reader{n}@reader.example": (550, said) for n in range(1, 4)})
    house = houses.house(mailer=mailer)
    edition = sent(house, 3)
    other = house.store.subscribers.add("o@other.example", "", False, house.clock.now())
    house.store.subscribers.subscribe(
        other.id, "morning", SubscriptionState.CONFIRMED, "", house.clock.now()
    )
    house.store.deliveries.top_up(edition.id)
    await sending.send_due(house)
    assert states(house, edition) == {S.DEFERRED: 3, S.SUBMITTED: 1}
    assert house.store.bounces.suppressions() == []
    missing = truth.missing(house, edition.slug)
    assert all("refuses us, not its readers" in one.because for one in missing)
    assert [one.attempt for one in missing] == [1, 0, 0]
    (pause,) = barring.paused(house)
    assert pause.scope == "domain:reader.example" and "SPF, DKIM and DMARC" in pause.because
    mailer.answers.clear()
    barring.unpause(house, pause.scope)
    house.clock.forward(hours=1)  # type: ignore[attr-defined]
    await sending.send_due(house)
    assert states(house, edition) == {S.SUBMITTED: 4}


async def test_letters_are_let_go_only_when_they_are_on_record() -> None:
    """Bounces, unsubscribers and automatic answers go; what nobody understands stays."""
    house = houses.house(mail=builders.mail(inboxes=(BOX,)))
    edition = sent(house)
    await sending.send_due(house)
    reader = house.store.subscribers.get("reader2@reader.example")
    assert reader is not None
    leave = tokens.reader_token(secret(house), "morning", reader.id)
    bounced = dsn("550 5.1.1 user unknown").replace(
        b"12-345-0123456789abcdef", token(house, edition).encode()
    )
    letters = FakeMailboxes(
        bounced,
        b"From: b@x.example\nSubject: unsubscribe " + leave.encode() + b"\n\n",
        b"From: b@x.example\nAuto-Submitted: auto-replied\nSubject: away\n\nI am away.\n",
        b"From: b@x.example\nSubject: A letter to the editor\n\nWell done!\n",
        dsn("550 5.1.1 user unknown").replace(b"0123456789abcdef", b"f" * 16),
    )
    house = replace(house, mailboxes=letters)
    (found,) = await receiving.read_all(house)
    assert (found.bounces, found.left, found.nothing, found.kept) == (1, 1, 1, 2)
    assert letters.removed == ["0", "1", "2"]
    assert states(house, edition)[S.BOUNCED] == 1
    (again,) = await receiving.read_all(
        replace(house, mailboxes=FakeMailboxes(*letters.letters.values()))
    )
    assert again.bounces == 0 and again.letters == 3


async def test_a_providers_call_is_heard_once() -> None:
    """Signed and fresh, it counts once; unsigned or unexpected, never."""
    hook = Hook(provider="mailgun", secret=Secret("key"))
    house = houses.house(mail=builders.mail(hooks=(hook,)))
    edition = sent(house)
    await sending.send_due(house)
    stamp, once = str(int(house.clock.now().timestamp())), "t" * 50
    event = {
        "id": "e1",
        "event": "failed",
        "severity": "permanent",
        "recipient": ANNA,
        "delivery-status": {"code": 550, "message": "5.1.1 user unknown"},
        "message": {"headers": {"message-id": f"x.{token(house, edition)}@sample.example"}},
    }
    signature = hmac.new(b"key", f"{stamp}{once}".encode(), "sha256").hexdigest()
    signed = {"timestamp": stamp, "token": once, "signature": signature}
    body = json.dumps({"signature": signed, "event-data": event}).encode()
    assert (await receiving.hear(house, "mailgun", {}, body)).because == "1 new"
    assert states(house, edition)[S.BOUNCED] == 1
    other = json.dumps({"signature": signed, "event-data": {**event, "id": "e2"}}).encode()
    assert "heard before" in (await receiving.hear(house, "mailgun", {}, other)).because
    forged = body.replace(signature.encode(), b"0" * 64)
    assert (await receiving.hear(house, "mailgun", {}, forged)).status == 403
    assert (await receiving.hear(house, "resend", {}, body)).status == 404


def test_suppressions_go_out_and_come_in_as_files() -> None:
    """Other programs' words for reasons are understood; bad lines are named."""
    house = houses.house()
    text = (
        "address,reason,because\nA@x.example,hard,old list\nno address,bounce\nb@x.example,spam\n"
    )
    taken = barring.imported(house, text)
    assert (taken.new, taken.known) == (2, 0) and taken.bad[0].startswith("line 3")
    assert barring.imported(house, barring.exported(house)).known == 2
    reasons = {one.address: one.reason for one in house.store.bounces.suppressions()}
    assert reasons == {"a@x.example": "bounce", "b@x.example": "complaint"}
    assert "was suppressed already" in barring.add(house, "a@x.example", "")


@pytest.mark.parametrize("reason", ["complaint", "bounce"])
async def test_a_complaint_outweighs(reason: str) -> None:
    """A reader who complained stays a complainer, whatever bounces later."""
    house = houses.house()
    edition = sent(house)
    await sending.send_due(house)
    complaint = Verdict(kind=BounceKind.COMPLAINT, reason="feedback", recipient=ANNA)
    first, second = (complaint, DEAD) if reason == "complaint" else (DEAD, complaint)
    for key, verdict in (("1", first), ("2", second)):
        bouncing.record(
            house, "mail", [Report(key=key, verdicts=(verdict,), delivery=token(house, edition))]
        )
    assert house.store.subscribers.suppressed(ANNA) == "complaint"
