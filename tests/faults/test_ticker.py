"""Clocks that are set, ticks that fail or take long: the alarm clock always rings again."""

import asyncio
import logging
import selectors
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine

from digest.adapters.clock import SystemClock
from digest.model.edition import OccurrenceState
from digest.model.newsletter import ScheduleRule
from digest.newsroom import scheduling
from digest.store import open_store
from digest.ticker import Ticker
from tests.builders import NOW, newsletter
from tests.house import house

HOUR = 3600.0


class Waiting(selectors.SelectSelector):
    """Lets the time pass that the loop wants to wait for, instead of waiting."""

    def __init__(self, wall: time_machine.Traveller) -> None:
        super().__init__()
        self.wall = wall
        self.steady = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready now; with nothing ready both clocks move on by the timeout."""
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "nothing will ever happen again"
            self.steady += timeout
            self.wall.shift(timeout)
        return ready


class ScriptedLoop(asyncio.SelectorEventLoop):
    """An event loop whose steady clock is the script's."""

    def __init__(self, wall: time_machine.Traveller) -> None:
        self.waiting = Waiting(wall)
        super().__init__(self.waiting)

    def time(self) -> float:
        """Seconds since the script began."""
        return self.waiting.steady


@dataclass(frozen=True)
class Report:
    """What a tick answers."""

    next_wake: datetime | None = None


@dataclass
class Stage:
    """The clocks, and a tick that notes when it comes and does as the script says."""

    wall: time_machine.Traveller
    began: list[float] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)
    wake: datetime | None = None
    takes: float = 0.0
    failure: Exception | None = None

    async def tick(self) -> Report:
        """Take the scripted time; fail, or ask for the scripted instant while it lies ahead."""
        now = SystemClock().now()
        self.began.append(self.steady())
        await asyncio.sleep(self.takes)
        if self.failure is not None:
            raise self.failure
        self.ended.append(self.steady())
        return Report(next_wake=self.wake if self.wake and self.wake > now else None)

    def steady(self) -> float:
        """Seconds since the script began, whatever the wall clock says."""
        return round(asyncio.get_running_loop().time(), 3)

    async def pass_time(self, seconds: float) -> None:
        """Let both clocks go on."""
        await asyncio.sleep(seconds)

    def set_clock(self, seconds: float) -> None:
        """Somebody sets the system's clock by so much."""
        self.wall.shift(seconds)

    def ticks_after(self, moment: float) -> list[float]:
        """When ticks began, in steady seconds, later than a moment."""
        return [at for at in self.began if at > moment]


def play(script: Callable[[Stage, Ticker], Awaitable[None]]) -> Stage:
    """Run a script with a started ticker on scripted clocks; no real time passes."""
    with time_machine.travel(NOW, tick=False) as wall:
        stage = Stage(wall)

        async def whole() -> None:
            ticker = Ticker(stage.tick, SystemClock())
            ticker.start()
            await script(stage, ticker)
            await ticker.stop()

        with asyncio.Runner(loop_factory=lambda: ScriptedLoop(wall)) as runner:
            runner.run(whole())
    return stage


def test_the_first_tick_comes_at_once_and_then_one_every_30_seconds() -> None:
    """Ten minutes have 21 ticks, the first at the start."""

    async def script(stage: Stage, ticker: Ticker) -> None:
        await stage.pass_time(600.5)

    assert play(script).began == [30.0 * n for n in range(21)]


def test_the_alarm_rings_at_the_instant_a_tick_asked_for() -> None:
    """A slot between two regular ticks has a tick of its own, to the second."""

    async def script(stage: Stage, ticker: Ticker) -> None:
        stage.wake = NOW + timedelta(seconds=72.5)
        await stage.pass_time(100)

    assert play(script).began == [0.0, 30.0, 60.0, 72.5, 90.0]


def test_an_instant_that_passed_during_a_long_tick_gets_its_tick_at_once() -> None:
    """What came due while a tick was at work does not wait for the regular one."""

    async def script(stage: Stage, ticker: Ticker) -> None:
        stage.takes, stage.wake = 5.0, NOW + timedelta(seconds=2)
        await stage.pass_time(1)
        stage.takes = 0.0
        await stage.pass_time(10)

    assert play(script).began == [0.0, 5.1]


@pytest.mark.parametrize("jump", [2 * HOUR, -2 * HOUR, 24 * HOUR, -24 * HOUR, 61.0, -61.0])
def test_a_clock_that_is_set_is_noticed_within_30_seconds(jump: float) -> None:
    """However far the wall clock moves, no two ticks are more than 30 steady seconds apart."""

    async def script(stage: Stage, ticker: Ticker) -> None:
        await stage.pass_time(45)
        stage.set_clock(jump)
        await stage.pass_time(300)

    began = play(script).began
    assert max(later - at for at, later in zip(began, began[1:], strict=False)) <= 30.0
    assert [at for at in began if 45 < at <= 75]


def test_an_instant_that_passed_during_an_asked_tick_is_not_lost() -> None:
    """The same when the long tick was itself one that had been asked for."""

    async def script(stage: Stage, ticker: Ticker) -> None:
        stage.wake = NOW + timedelta(seconds=10)
        await stage.pass_time(9)
        stage.takes = 4.0
        await stage.pass_time(2)
        stage.wake = NOW + timedelta(seconds=12)
        await stage.pass_time(8)

    assert play(script).began == [0.0, 10.0, 14.1]


def test_a_slot_that_a_forward_jump_brought_about_is_met_within_30_seconds() -> None:
    """The clock jumps two hours over a slot that was half an hour away."""

    async def script(stage: Stage, ticker: Ticker) -> None:
        stage.wake = NOW + timedelta(minutes=30)
        await stage.pass_time(11)
        stage.set_clock(2 * HOUR)
        await stage.pass_time(25)

    assert play(script).ticks_after(11)


def test_a_slot_asked_for_is_still_met_after_the_clock_went_back() -> None:
    """The instant is the wall clock's: set back by 20 s, the slot comes 20 s later."""

    async def script(stage: Stage, ticker: Ticker) -> None:
        stage.wake = NOW + timedelta(seconds=100)
        await stage.pass_time(10)
        stage.set_clock(-20)
        await stage.pass_time(140)

    assert 120.0 in play(script).began


def test_a_tick_that_fails_is_logged_and_the_next_one_comes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A locked database or a full disk stops one tick, not the ticker."""

    async def script(stage: Stage, ticker: Ticker) -> None:
        stage.failure = OSError("no space left on device")
        await stage.pass_time(45)
        stage.failure = None
        await stage.pass_time(30)

    with caplog.at_level(logging.ERROR):
        stage = play(script)
    assert stage.began == [0.0, 30.0, 60.0]
    assert stage.ended == [60.0]
    assert caplog.text.count("no space left on device") == 2


def test_two_ticks_never_overlap() -> None:
    """A tick of 70 seconds is not overtaken by regular ticks, asked ones, or a set clock."""

    async def script(stage: Stage, ticker: Ticker) -> None:
        stage.takes, stage.wake = 70.0, NOW + timedelta(seconds=75)
        await stage.pass_time(20)
        stage.set_clock(HOUR)
        await stage.pass_time(400)

    stage = play(script)
    assert len(stage.ended) >= 4
    assert all(end <= begin for end, begin in zip(stage.ended, stage.began[1:], strict=False))


@pytest.mark.parametrize("jump", [0.0, 200.0, -200.0])
def test_two_tickers_on_one_database_make_each_edition_once(tmp_path: Path, jump: float) -> None:
    """They tick for ten minutes, the leader stops midway, the clock is set: one of each."""
    rule = ScheduleRule(text="every 1 minutes 07:00-07:10", timezone="Europe/Dublin")
    letter = newsletter(schedule=rule, cutoff=timedelta(0), at_least=0, accounts=())
    homes = [
        replace(
            house(store=open_store(f"sqlite:///{tmp_path}/digest.db"), newsletters=(letter,)),
            clock=SystemClock(),
            worker=name,
        )
        for name in ("a", "b")
    ]

    async def script(wall: time_machine.Traveller) -> None:
        first, second = (Ticker(partial(scheduling.tick, home), home.clock) for home in homes)
        first.start()
        await asyncio.sleep(7)
        second.start()
        await asyncio.sleep(250)
        wall.shift(jump)
        await first.stop()
        await asyncio.sleep(700 - jump)
        await second.stop()

    with time_machine.travel(NOW - timedelta(seconds=45), tick=False) as wall:
        with asyncio.Runner(loop_factory=lambda: ScriptedLoop(wall)) as runner:
            runner.run(script(wall))
    slots = homes[0].store.occurrences.recent("morning", 100)
    today = [o for o in slots if o.local_date == NOW.date()]
    assert len(today) == 11
    assert {o.claimed_by for o in today} == {"a", "b"}
    done = {o.because for o in today if o.state is OccurrenceState.DONE}
    editions = [e.slug for e in homes[1].store.editions.recent(None, 100)]
    assert sorted(editions) == sorted(done)
    assert all(o.because for o in today)
    for home in homes:
        home.store.close()


def test_stopping_lets_a_running_tick_come_to_its_end() -> None:
    """The tick at work ends by itself, and none begins after it."""

    async def script(stage: Stage, ticker: Ticker) -> None:
        stage.takes = 20.0
        await stage.pass_time(35)
        await ticker.stop()
        assert stage.ended == [20.0, 50.0]
        await stage.pass_time(120)

    assert play(script).began == [0.0, 30.0]
