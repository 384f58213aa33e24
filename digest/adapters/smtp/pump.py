"""Several lanes at once, and an orderly end."""

import asyncio
from contextlib import suppress

from digest.adapters.smtp.door import Closed, Door
from digest.adapters.smtp.lane import Lane
from digest.adapters.smtp.ledger import Ledger
from digest.adapters.smtp.pace import Pace
from digest.ports import Flight

IN_VAIN = 5
"""So many connections a lane may end in a row without an answer before the pump gives up."""


class Pump:
    """One run over one flight."""

    def __init__(
        self,
        flight: Flight,
        door: Door,
        pace: Pace,
        *,
        connections: int,
        patience: float,
        grace: float,
    ) -> None:
        self._ledger = Ledger(flight, give_up_after=IN_VAIN * connections)
        self._door = door
        self._pace = pace
        self._connections = connections
        self._patience = patience
        self._grace = grace
        self._opening: set[asyncio.Task[None]] = set()
        self._lanes: set[Lane] = set()

    async def run(self) -> None:
        """Until the flight has no more; cancelled, it begins nothing and ends what is out."""
        tasks = {asyncio.create_task(self._work()) for _ in range(self._connections)}
        try:
            await asyncio.wait(tasks)
        finally:
            await self._land(tasks)

    async def _land(self, tasks: set[asyncio.Task[None]]) -> None:
        self._ledger.stopping = True
        for task in self._opening:
            task.cancel()
        for lane in list(self._lanes):
            lane.stop()
        try:
            await asyncio.wait(tasks, timeout=self._grace)
        finally:
            for lane in list(self._lanes):
                lane.cut("we were told to stop and the relay gave no answer in time")
            for task in tasks:
                task.cancel()
            self._ledger.finish()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task

    async def _work(self) -> None:
        """Connection after connection, while there are messages."""
        while True:
            await self._wait_for_pace()
            handover = self._ledger.draw()
            if handover is None:
                return
            lane = await self._open()
            if lane is None:
                self._ledger.leave(handover)
                return
            lane.carry(handover)
            await lane.over
            self._lanes.discard(lane)
            if not lane.of_use:
                self._ledger.in_vain(f"{self._door.relay} takes no message: {lane.why}")

    async def _wait_for_pace(self) -> None:
        loop = asyncio.get_running_loop()
        while not self._ledger.stopping and (wait := self._pace.wait(loop.time())):
            await asyncio.sleep(wait)

    async def _open(self) -> Lane | None:
        """A lane, or None: then others carry on, and if there are none the relay is unusable."""
        task = asyncio.current_task()
        assert task is not None
        self._opening.add(task)
        try:
            session = await self._door.open()
        except Closed as problem:
            self._opening.discard(task)
            if not self._opening and all(lane.leaving for lane in self._lanes):
                self._ledger.unusable(str(problem))
            return None
        finally:
            self._opening.discard(task)
        lane = Lane(
            session,
            self._ledger,
            self._pace,
            patience=self._patience,
            distrust_pipelining=self._door.distrust_pipelining,
        )
        self._lanes.add(lane)
        return lane
