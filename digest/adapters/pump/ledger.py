"""The flight ledger of one pump: no body leaves before its intent is on record."""

import asyncio
from collections import deque
from collections.abc import Callable
from enum import Enum
from typing import Protocol

from digest.model.delivery import Message, Phase, Step, SubmitResult
from digest.ports import Flight

TRIES = 3
"""Connections that may die under one envelope before the message itself is put off."""


class Stage(Enum):
    """How far a message has got on its connection."""

    ENVELOPE = "envelope"
    ASKING = "asking for the grant"
    BODY = "body"


class Refusal(Protocol):
    """A relay's no."""

    @property
    def code(self) -> int:
        """In SMTP's numbers."""

    @property
    def text(self) -> str:
        """Its words."""


class Handover:
    """One message on its way to the relay."""

    __slots__ = ("behind", "message", "refusal", "relay", "stage", "step", "taken_from", "tries")

    def __init__(self, message: Message) -> None:
        self.message = message
        self.tries = 0
        self.relay = ""
        """The id of the one that has it."""
        self.restart()

    def restart(self) -> None:
        """Nothing of it is at the relay."""
        self.stage = Stage.ENVELOPE
        self.taken_from = False
        """The relay accepted MAIL FROM, so it must be told when no body follows."""
        self.refusal: Refusal | None = None
        self.step = Step.BODY
        """What was refused."""
        self.behind = 0
        """Bytes written in one go behind the end of the body."""

    @property
    def key(self) -> tuple[int, int]:
        """Edition and subscriber."""
        return self.message.edition_id, self.message.subscriber_id


class Ledger:
    """Gathers the results and intents of one turn of the event loop into one `settle`."""

    def __init__(self, flight: Flight, *, give_up_after: int) -> None:
        self.stopping = False
        """Nothing new is begun."""
        self.dry = False
        """The flight had no more."""
        self.problem = ""
        """Why no relay can be used, or ""."""
        self.broken = asyncio.Event()
        """Set once something failed."""
        self.failure: Exception | None = None
        """What the flight raised."""
        self._flight = flight
        self._give_up_after = give_up_after
        self._in_vain: dict[str, int] = {}
        self._again: deque[Handover] = deque()
        self._results: list[SubmitResult] = []
        self._intents: dict[Handover, Callable[[bool], None]] = {}
        self._due = False

    def draw(self, relay: str, problem_of: Callable[[Message], str]) -> Handover | None:
        """The next message to hand over to the relay, if there is one and we go on; one that has a
        problem there is refused in the relay's place."""
        while not self.stopping:
            handover = self._again.popleft() if self._again else self._next()
            if handover is None:
                return None
            handover.relay = relay
            problem = problem_of(handover.message)
            if not problem:
                return handover
            handover.step = Step.RECIPIENT
            self._record(handover, Phase.ANSWERED, 553, problem)
        return None

    def intend(self, handover: Handover, decided: Callable[[bool], None]) -> None:
        """Ask for the grant; `decided` hears of it after the commit."""
        handover.stage = Stage.ASKING
        self._intents[handover] = decided
        self._soon()

    def answered(self, handover: Handover, code: int, text: str) -> None:
        """The relay's answer to this message."""
        self._in_vain.pop(handover.relay, None)
        self._record(handover, Phase.ANSWERED, code, text)

    def interrupted(self, handover: Handover, why: str, *, body_left: bool) -> None:
        """The connection died under a granted body: whole out of the house, or certainly not."""
        phase = Phase.AFTER_BODY if body_left else Phase.BEFORE_BODY
        self._record(handover, phase, 0, why)

    def give_back(self, handover: Handover, why: str) -> None:
        """The connection died before the grant: another one takes the message, but not for ever."""
        self._intents.pop(handover, None)
        if self.stopping:
            return
        handover.restart()
        handover.tries += 1
        if handover.tries < TRIES:
            self._again.append(handover)
        else:
            # RFC 5321, 3.8: a lost connection counts as a 451.
            text = f"{TRIES} connections ended before the message could be handed over: {why}"
            self._record(handover, Phase.ANSWERED, 451, text)

    @property
    def used_up(self) -> bool:
        """Nothing is left to hand over."""
        return self.stopping or (self.dry and not self._again)

    def leave(self, handover: Handover) -> None:
        """It was never begun: others may have it."""
        self._again.append(handover)

    def in_vain(self, relay: str) -> bool:
        """A connection ended without one answer to a message; True when that was too often."""
        self._in_vain[relay] = self._in_vain.get(relay, 0) + 1
        if self._in_vain[relay] < self._give_up_after:
            return False
        self._in_vain.pop(relay)
        return True

    def unusable(self, why: str) -> None:
        """No relay can be used now."""
        if not self.stopping:
            self.problem = why
            self.stopping = True

    def finish(self) -> None:
        """Record what is left; raises what the flight raised."""
        if self.problem:
            for handover in self._again:
                self._record(handover, Phase.BEFORE_BODY, 0, self.problem)
        self._again.clear()
        if self._results:
            self._commit()
        if self.failure is not None:
            raise self.failure

    def _next(self) -> Handover | None:
        if self.dry:
            return None
        try:
            message = self._flight.take()
        except Exception as error:
            self._failed(error)
            return None
        self.dry = message is None
        return None if message is None else Handover(message)

    def _record(self, handover: Handover, phase: Phase, code: int, text: str) -> None:
        message = handover.message
        self._results.append(
            SubmitResult(
                edition_id=message.edition_id,
                subscriber_id=message.subscriber_id,
                phase=phase,
                step=handover.step,
                relay=handover.relay,
                code=code,
                text=text,
            )
        )
        self._soon()

    def _soon(self) -> None:
        if not self._due:
            self._due = True
            asyncio.get_running_loop().call_soon(self._commit)

    def _commit(self) -> None:
        self._due = False
        results, intents = self._results, self._intents
        if not results and not intents:
            return
        self._results, self._intents = [], {}
        granted: set[tuple[int, int]] = set()
        try:
            messages = self._flight.settle(results, [h.message for h in intents])
            granted = {(m.edition_id, m.subscriber_id) for m in messages}
        except Exception as error:
            self._results = results + self._results
            self._failed(error)
        for handover, decided in intents.items():
            try:
                decided(handover.key in granted)
            except Exception as error:  # a fault of ours on one lane must not leave others waiting
                self._failed(error)

    def _failed(self, error: Exception) -> None:
        """No more grants; results wait for one last try in `finish`."""
        self.failure = self.failure or error
        self.stopping = True
        self.broken.set()
