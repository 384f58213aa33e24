"""A whole send through relays that misbehave: nobody is lost, nobody gets it twice."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from digest.adapters.clock import SystemClock
from digest.adapters.relays import RelayMailer
from digest.model.appeal import AppealPlan
from digest.model.delivery import DeliveryState
from digest.model.edition import Edition
from digest.model.mail import Quiet, Rate
from digest.newsroom import sending, truth
from digest.newsroom.house import House
from tests import builders
from tests import house as houses
from tests.fakes import FakeClock
from tests.mail import emails
from tests.smtp_sink import Sink

READERS = 30
S = DeliveryState


def newsroom(sink: Sink, clock: FakeClock | None = None, **mail: object) -> tuple[House, Edition]:
    """An edition released to thirty readers, and the way to the sink."""
    keys = {"connections": 3, "timeout": timedelta(seconds=5), **mail}
    settings = builders.mail(relay=f"smtp://127.0.0.1:{sink.port}", **keys)
    house = houses.house(
        clock=clock or FakeClock(), mail=settings, mailer=RelayMailer(settings, SystemClock())
    )
    houses.with_readers(house, READERS)
    made = builders.edition()
    saved = house.store.editions.add(made, emails(made))
    assert saved is not None
    house.store.editions.release(saved, "by rule", house.clock.now(), AppealPlan(), ())
    return house, saved


async def until_done(house: House, edition: Edition, minutes: int = 5, most: int = 60) -> int:
    """Again and again, the clock going on in between; how many rounds it took."""
    for number in range(most):
        await sending.send_due(house)
        if not house.store.deliveries.counts(edition.id).open:
            return number + 1
        house.clock.forward(hours=minutes / 60)  # type: ignore[attr-defined]
    raise AssertionError(house.store.deliveries.counts(edition.id).counts)


def each(action: Callable[[int], list[str]]) -> dict[str, list[str]]:
    """A script for every reader, by number."""
    return {f"reader{n}@reader.example": action(n) for n in range(1, READERS + 1)}


def counts(house: House, edition: Edition) -> dict[DeliveryState, int]:
    """From the rows."""
    return house.store.deliveries.counts(edition.id).counts


@pytest.mark.parametrize(
    "action",
    [
        lambda n: ["rcpt 451 4.3.0 outage"] * 6,
        lambda n: ["rcpt 450 4.2.0 greylisted"] if n % 3 else [],
        lambda n: ["mail 451 4.3.2 busy"] * 2,
        lambda n: ["data 451 4.3.1 no room"] if n % 2 else ["dot 452 4.3.1 no room"],
        lambda n: ["rcpt 421 4.3.2 going down"] if n % 5 == 0 else [],
        lambda n: ["drop rcpt"] if n % 4 == 0 else ["drop data"] if n % 4 == 1 else [],
        lambda n: ["drop mail", "drop data"] if n % 7 == 0 else [],
    ],
    ids=["outage", "greylist", "mail", "data-dot", "421", "drop", "drop-early"],
)
@pytest.mark.parametrize("pipelining", [True, False], ids=["pipelined", "plain"])
async def test_not_now_loses_nobody(action: Callable[[int], list[str]], pipelining: bool) -> None:
    """Whatever a relay puts off or breaks off before the message left is taken in the end, once."""
    async with Sink(each(action), pipelining=pipelining) as sink:
        house, edition = newsroom(sink)
        await until_done(house, edition)
        assert counts(house, edition) == {S.SUBMITTED: READERS}
        assert Counter(sink.taken) == Counter(
            {f"reader{n}@reader.example": 1 for n in range(1, 31)}
        )


async def test_a_relay_that_is_away_for_minutes_needs_no_hand() -> None:
    """Nothing is begun meanwhile, the edition says why, and it goes on by itself."""
    async with Sink(greeting="421 4.3.2 closed for a while") as closed:
        house, edition = newsroom(closed)
        await sending.send_due(house)
        assert counts(house, edition) == {S.QUEUED: READERS}
        assert "closed for a while" in truth.status(house, edition.slug)[0].because
        closed.greeting = "220 ready"
        await until_done(house, edition)
        assert counts(house, edition) == {S.SUBMITTED: READERS}
        assert "waits" not in truth.status(house, edition.slug)[0].because


@pytest.mark.parametrize("action", ["drop dot", "hang dot"])
async def test_lost_behind_the_dot_is_in_doubt(action: str) -> None:
    """Held and listed, never sent twice by itself; an editor's word sends it once more."""
    script = each(lambda n: [action] if n % 6 == 0 else [])
    async with Sink(script) as sink:
        house, edition = newsroom(sink, timeout=timedelta(seconds=0.2))
        await until_done(house, edition)
        assert counts(house, edition) == {S.SUBMITTED: 25, S.IN_DOUBT: 5}
        assert len(truth.missing(house, edition.slug)) == 5
        assert not [a for a, times in Counter(sink.taken).items() if times > 1]
        await sending.send_now(house, edition.slug, again=(S.IN_DOUBT,))
        assert counts(house, edition) == {S.SUBMITTED: READERS}


async def test_every_recipient_refused_in_a_group() -> None:
    """Each is its own matter; the lone dot behind a DATA for nobody hands over nothing."""
    script = each(lambda n: ["rcpt 550 5.1.1 unknown user"])
    async with Sink(script, lenient=True) as sink:
        house, edition = newsroom(sink)
        await until_done(house, edition)
        assert counts(house, edition) == {S.REJECTED: READERS}
        assert not [content for content in sink.contents.values() if content.strip()]
        assert len(house.store.bounces.suppressions()) == READERS


async def test_replies_in_single_bytes_and_lost_pipelining() -> None:
    """However the answers arrive, and though the relay gets lost in what it announced."""
    async with Sink(split=True) as split, Sink(honest=False) as dishonest:
        for sink in (split, dishonest):
            house, edition = newsroom(sink)
            await until_done(house, edition)
            assert counts(house, edition) == {S.SUBMITTED: READERS}
            assert len(sink.taken) == READERS


async def test_a_slow_relay_is_left_not_waited_for() -> None:
    """A relay that does not answer to RCPT costs its time-out, and nothing is in doubt."""
    async with Sink(each(lambda n: ["hang rcpt"] if n == 3 else [])) as sink:
        house, edition = newsroom(sink, timeout=timedelta(seconds=0.2))
        await until_done(house, edition)
        assert counts(house, edition) == {S.SUBMITTED: READERS}


@pytest.mark.parametrize("hours", [-30, 30])
async def test_a_clock_that_is_set_doubles_nothing(hours: int) -> None:
    """In mid-send, with some put off; nobody is lost unless it became too late."""
    async with Sink(each(lambda n: ["rcpt 450 4.2.0 later"] if n % 2 else [])) as sink:
        house, edition = newsroom(sink)
        await sending.send_due(house)
        house.clock.forward(hours=hours)  # type: ignore[attr-defined]
        await until_done(house, edition, minutes=60, most=90)
        assert max(Counter(sink.taken).values()) == 1
        failed = counts(house, edition).get(S.FAILED, 0)
        assert failed == (15 if hours > 0 else 0)


async def test_a_domains_rate_is_kept_and_everybody_is_served() -> None:
    """Ten a minute to this domain; those behind wait in a row, with the reason."""
    clock = FakeClock()
    async with Sink() as sink:
        rates = {"reader.example": (Rate(most=10, within=timedelta(minutes=1)),)}
        house, edition = newsroom(sink, clock, domains=rates)
        await sending.send_due(house)
        assert len(sink.taken) == 10
        (*_, last) = truth.missing(house, edition.slug)
        assert last.state is S.DEFERRED and "at most 10/m" in last.because
        for _ in range(200):
            taken = len(sink.taken)
            clock.forward(hours=5 / 3600)
            await sending.send_due(house)
            assert len(sink.taken) - taken <= 10
        assert counts(house, edition) == {S.SUBMITTED: READERS}
        assert len(sink.taken) == READERS


async def test_a_used_up_limit_ends_the_run_and_is_told() -> None:
    """Twelve a day: the edition says until when it waits; another process knows of it, too."""
    async with Sink() as sink:
        rates = (Rate(most=12, within=timedelta(days=1)),)
        house, edition = newsroom(sink, rates=rates)
        for _ in range(3):
            await sending.send_due(house)
        assert len(sink.taken) == 12
        assert "the limit of 12/d is used up until" in truth.status(house, edition.slug)[0].because


async def test_quiet_hours_are_quiet() -> None:
    """Nothing is begun before they end."""
    clock = FakeClock()
    local = clock.now()
    quiet = Quiet(
        begins=(local - timedelta(hours=1)).time(), ends=(local + timedelta(hours=2)).time()
    )
    async with Sink() as sink:
        house, edition = newsroom(sink, clock, quiet=quiet)
        await sending.send_due(house)
        assert sink.taken == [] and sink.connections == 0
        assert "quiet hours until" in truth.status(house, edition.slug)[0].because
        clock.forward(hours=2.1)
        await sending.send_due(house)
        assert len(sink.taken) == READERS
