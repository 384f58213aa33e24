"""How fast: no window ever holds more than its rate, in virtual time."""

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver import pace
from digest.model.mail import Quiet, Rate, WarmUp
from tests.builders import NOW

SECOND = timedelta(seconds=1)
rates = st.builds(
    Rate,
    most=st.integers(1, 300),
    within=st.sampled_from([SECOND, SECOND * 10, timedelta(minutes=10), timedelta(days=1)]),
)
steps = st.lists(st.floats(0, 0.3), min_size=1, max_size=150)


def go(rate: Rate, moves: list[float], restarts: frozenset[int]) -> list[datetime]:
    """Instants at which somebody eager, who also restarts now and then, was let through; moves are
    parts of the window."""
    now, spans, left, good = NOW, {}, 0, NOW
    sent: list[datetime] = []
    for number, move in enumerate(moves):
        now += rate.within * move
        if number in restarts:
            left = 0
        while True:
            if not left or now >= good:
                grant = pace.take(rate, spans, now)
                spans, left, good = dict(grant.spans), grant.permits, grant.good_until
                if not left:
                    assert grant.again_at > now
                    break
            left -= 1
            sent.append(now)
    return sent


@given(rates, steps, st.frozensets(st.integers(0, 150), max_size=10))
def test_no_window_holds_more_than_the_rate(
    rate: Rate, moves: list[float], restarts: frozenset[int]
) -> None:
    """Asked as often as one likes, in bursts or after pauses, over restarts of the process."""
    sent = go(rate, moves, restarts)
    for number, instant in enumerate(sent):
        first = bisect_right(sent, instant - rate.within)
        assert number - first + 1 <= rate.most


@given(rates)
def test_the_rate_is_reached(rate: Rate) -> None:
    """Whoever waits as told gets at least nine tenths of what is allowed."""
    now, spans, sent = NOW, {}, 0
    while now < NOW + rate.within * 5:
        grant = pace.take(rate, spans, now)
        spans, sent = dict(grant.spans), sent + grant.permits
        now = now if grant.permits else grant.again_at
    assert sent >= rate.most * 5 * 0.9 - 1


def test_a_clock_set_back_never_lets_more_through() -> None:
    """What was taken in the future counts as if taken now, and ages from there."""
    rate = Rate(most=10, within=SECOND * 10)
    spans = dict(pace.take(rate, {}, NOW + timedelta(hours=1)).spans)
    for at in range(40):
        spans = dict(pace.take(rate, spans, NOW + timedelta(seconds=at / 10)).spans)
    assert sum(spans.values()) <= 10
    assert max(spans) <= NOW + SECOND * 4


def test_warm_up_grows_by_the_same_factor() -> None:
    """From the first day's number to the last's; nothing before it begins and after it is over."""
    rule = WarmUp(start=date(2026, 3, 1), first=200, last=200_000, days=42)
    days = [
        pace.warm_up_rate(rule, datetime(2026, 3, 1, tzinfo=UTC) + pace.DAY * n) for n in range(42)
    ]
    numbers = [day.most for day in days if day]
    assert numbers[0] == 200 and len(numbers) == 42 and numbers[21] == pytest.approx(6_324, abs=1)
    assert numbers == sorted(numbers) and numbers[-1] < 200_000
    assert pace.warm_up_rate(rule, datetime(2026, 4, 12, tzinfo=UTC)) is None
    assert pace.warm_up_rate(rule, datetime(2026, 2, 28, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-03-16T21:59:59", None),
        ("2026-03-16T22:00:00", "2026-03-17T07:00:00"),
        ("2026-03-17T06:59:59", "2026-03-17T07:00:00"),
        ("2026-03-17T07:00:00", None),
        ("2026-03-28T23:30:00", "2026-03-29T06:00:00"),
    ],
)
def test_quiet_hours_are_local(now: str, until: str | None) -> None:
    """By the site's clock, over midnight and over the change to summer time."""
    rule = Quiet(begins=time(22), ends=time(7))
    found = pace.quiet_until(rule, "Europe/Dublin", datetime.fromisoformat(now + "+00:00"))
    assert found == (datetime.fromisoformat(until + "+00:00") if until else None)
