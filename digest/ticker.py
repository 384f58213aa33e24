"""APScheduler as an alarm clock: it wakes the tick and holds no truth."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from digest.ports import Clock

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=30)
JUMP = timedelta(seconds=2)
"""A wall clock that moved by more than this against the steady one was set."""
SOON = timedelta(milliseconds=100)
"""After this the next tick comes when its instant passed while the last one was at work."""
LOOK = 5.0
"""Seconds between two looks at the clocks."""


class Report(Protocol):
    """What a tick answers."""

    @property
    def next_wake(self) -> datetime | None:
        """When the next tick is needed, if that is sooner than the regular one."""


class Ticker:
    """Ticks every 30 seconds and at the instant the last tick asked for, never twice at once.

    APScheduler waits on a delay it computed before a system clock was set; so the clocks are
    compared every few seconds, and a jump arms every alarm anew and ticks at once.
    """

    def __init__(
        self,
        tick: Callable[[], Awaitable[Report]],
        clock: Clock,
        *,
        every: timedelta = EVERY,
        look: float = LOOK,
    ) -> None:
        self.ticks = 0
        self._tick = tick
        self._clock = clock
        self._every = every
        self._look = look
        self._one_at_a_time = asyncio.Lock()
        self._stopping = False
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._watch: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Tick now and from now on."""
        self._arm()
        self._scheduler.start()
        self._watch = asyncio.create_task(self._watch_clocks())

    async def stop(self) -> None:
        """No tick begins any more; one that runs is waited for."""
        self._stopping = True
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        async with self._one_at_a_time:  # APScheduler's shutdown cancels what is still running
            if self._scheduler.running:
                self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # it takes effect in the loop's next round

    async def tick_now(self) -> None:
        """One tick; a failed one is logged, and the next comes all the same."""
        async with self._one_at_a_time:
            if self._stopping:
                return
            self.ticks += 1
            try:
                report = await self._tick()
            except Exception:
                log.exception("tick failed; the next one comes within %s", self._every)
                return
        if report.next_wake is not None and self._scheduler.running:
            # An alarm that rang within its own tick would be dropped: one instance is the most.
            self._wake_at(max(report.next_wake, self._clock.now() + SOON))

    def _arm(self) -> None:
        self._scheduler.add_job(
            self.tick_now,
            IntervalTrigger(seconds=self._every.total_seconds(), timezone=UTC),
            id="regular",
            replace_existing=True,
            next_run_time=self._clock.now(),
        )

    def _wake_at(self, when: datetime) -> None:
        self._scheduler.add_job(
            self.tick_now, DateTrigger(when, timezone=UTC), id="next", replace_existing=True
        )

    async def _watch_clocks(self) -> None:
        """Notice within seconds that the system clock was set, forwards or backwards."""
        steady = asyncio.get_running_loop().time
        apart = self._apart(steady())
        while True:
            await asyncio.sleep(self._look)
            now_apart = self._apart(steady())
            if abs(now_apart - apart) > JUMP.total_seconds():
                log.warning("the system clock was moved by %.0f s", now_apart - apart)
                apart = now_apart
                self._arm()

    def _apart(self, steady: float) -> float:
        return self._clock.now().timestamp() - steady
