"""Several lanes at once, to one relay or several, and an orderly end."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from digest.adapters.pump.ledger import Handover, Ledger
from digest.adapters.pump.share import Shares
from digest.model.delivery import Message
from digest.model.mail import Relay
from digest.ports import Flight

IN_VAIN = 5
"""So many connections a lane may end in a row without an answer before the relay is left alone."""

GRACE = 10.0
"""Seconds a cancelled pump waits for the answers to bodies that are out."""

PATIENT = 5.0
"""Seconds a relay's limit may make us wait; for longer the pump ends and another run goes on."""

RETURNS = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
"""Seconds until a relay that failed is tried again while others work."""


class Closed(Exception):
    """No session: holds the sentence that says why and what to do."""


class Lane(Protocol):
    """A session that carries one message after the other."""

    over: "asyncio.Future[None]"
    """Done when the session is."""
    leaving: bool
    """No more messages go here."""
    of_use: bool
    """The relay answered to, or asked for, at least one message."""

    @property
    def why(self) -> str:
        """Why it is over."""

    def carry(self, handover: Handover) -> None:
        """Begin with this message; the others are drawn."""

    def stop(self) -> None:
        """Wait for the answer to a body that is out; leave everything else."""

    def cut(self, why: str) -> None:
        """End now."""


class Supply:
    """What a lane draws from: the messages that its relay may have now."""

    def __init__(self, relay: Relay, ledger: Ledger, flight: Flight, shares: Shares) -> None:
        self.relay = relay
        self.ledger = ledger
        self._flight = flight
        self._shares = shares

    def wait(self) -> float:
        """0.0 and the place is taken, or the seconds until it may be asked for again; for ever
        when the relay has to rest."""
        if turn := self._shares.wait(self.relay.id):
            return turn
        found = self._flight.wait(self.relay.id)
        if found.seconds > PATIENT:
            self._shares.away(self.relay.id, found.because)
            if nobody := self._shares.nobody:
                self.ledger.unusable(nobody)
            return float("inf")
        return found.seconds

    def draw(self, problem_of: Callable[[Message], str]) -> Handover | None:
        """The next message."""
        handover = self.ledger.draw(self.relay.id, problem_of)
        if handover is not None:
            self._shares.had(self.relay.id)
        return handover


class Way(Protocol):
    """How to get to one relay."""

    @property
    def relay(self) -> Relay:
        """Its settings."""

    def problem_of(self, message: Message) -> str:
        """Why the message cannot be handed over there, or ""."""

    async def open(self, supply: Supply) -> Lane:
        """A session; Closed when there is none to be had."""


class Pump:
    """One run over one flight."""

    def __init__(self, flight: Flight, ways: Sequence[Way], *, grace: float) -> None:
        self._ledger = Ledger(
            flight, give_up_after=IN_VAIN * max(way.relay.connections for way in ways)
        )
        self._shares = Shares([way.relay for way in ways])
        self._supplies = {
            way.relay.id: Supply(way.relay, self._ledger, flight, self._shares) for way in ways
        }
        self._ways = ways
        self._grace = grace
        self._opening: dict[asyncio.Task[None], str] = {}
        self._lanes: dict[Lane, str] = {}

    async def run(self) -> None:
        """Until the flight has no more; cancelled, it begins nothing and ends what is out."""
        tasks = {
            asyncio.create_task(self._work(way))
            for way in self._ways
            for _ in range(max(1, way.relay.connections))
        }
        broken = asyncio.create_task(self._break())
        try:
            while not broken.done() and not all(task.done() for task in tasks):
                going = {task for task in tasks if not task.done()}
                await asyncio.wait({*going, broken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            broken.cancel()
            await self._land(tasks)

    async def _break(self) -> None:
        """Ends when something failed."""
        await self._ledger.broken.wait()

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

    async def _work(self, way: Way) -> None:
        """Connection after connection, while there are messages."""
        supply = self._supplies[way.relay.id]
        failures = 0
        while await self._may_begin(supply):
            handover = supply.draw(way.problem_of)
            if handover is None:
                if self._ledger.used_up:
                    return
                continue
            lane = await self._open(way, supply)
            if lane is None:
                self._ledger.leave(handover)
                if not await self._wait_for_return(failures):
                    return
                failures += 1
                continue
            failures = 0
            self._shares.back(way.relay.id)
            lane.carry(handover)
            await lane.over
            del self._lanes[lane]
            if not lane.of_use and self._ledger.in_vain(way.relay.id):
                self._failed(way, f"{way} takes no message: {lane.why}")
                if not await self._wait_for_return(failures):
                    return

    async def _may_begin(self, supply: Supply) -> bool:
        while not self._ledger.used_up:
            wait = supply.wait()
            if not wait:
                return True
            if wait == float("inf"):
                return False
            await asyncio.sleep(wait)
        return False

    async def _open(self, way: Way, supply: Supply) -> Lane | None:
        """A lane, or None: then others carry on, and if there are none no relay is usable."""
        task = asyncio.current_task()
        assert task is not None
        self._opening[task] = way.relay.id
        try:
            lane = await way.open(supply)
        except Closed as problem:
            del self._opening[task]
            if not self._alive(way.relay.id):
                self._failed(way, str(problem))
            return None
        finally:
            self._opening.pop(task, None)
        self._lanes[lane] = way.relay.id
        return lane

    def _alive(self, relay_id: str) -> bool:
        """Somebody is still getting through to it, or may."""
        working = any(not lane.leaving for lane, at in self._lanes.items() if at == relay_id)
        return working or relay_id in self._opening.values()

    def _failed(self, way: Way, why: str) -> None:
        self._shares.away(way.relay.id, why)
        if nobody := self._shares.nobody:
            self._ledger.unusable(nobody)

    async def _wait_for_return(self, failures: int) -> bool:
        """A relay that failed is tried again while others work; False when nothing is left."""
        loop = asyncio.get_running_loop()
        until = loop.time() + RETURNS[min(failures, len(RETURNS) - 1)]
        while not self._ledger.used_up:
            if len(self._ways) == 1 or loop.time() >= until:
                # With one relay the other lanes carry on, or the ledger has stopped.
                return len(self._ways) > 1
            await asyncio.sleep(0.05)
        return False
