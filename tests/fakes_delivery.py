"""Fakes of the delivery engine: a flight in memory, a scripted mailer."""

import asyncio
from collections.abc import Callable, Sequence

from digest.model.delivery import Message, Phase, SubmitResult
from digest.model.mail import GO, Wait
from digest.ports import Flight

CONTENT = b"Subject: hello\r\n\r\nNews.\r\n.leading dot\r\n..two\r\n"


def message(number: int = 1, **changes: object) -> Message:
    """A message to reader N."""
    values = {
        "edition_id": 1,
        "subscriber_id": number,
        "sender": "news@sample.example",
        "address": f"reader{number}@reader.example",
        "content": CONTENT,
        **changes,
    }
    return Message(**values)  # type: ignore[arg-type]


class ListFlight:
    """Hands out messages and keeps the ledger in memory; refuses those named in `refuse`."""

    def __init__(
        self,
        messages: Sequence[Message],
        *,
        refuse: frozenset[int] = frozenset(),
        before_settle: Callable[[int], None] = lambda number: None,
    ) -> None:
        self.waiting = list(messages)
        self.refuse = refuse
        self.before_settle = before_settle
        self.taken: set[int] = set()
        self.granted: set[int] = set()
        self.results: dict[int, SubmitResult] = {}
        self.settles = 0

    def take(self) -> Message | None:
        """The next one, once."""
        if not self.waiting:
            return None
        found = self.waiting.pop(0)
        self.taken.add(found.subscriber_id)
        return found

    def settle(self, results: Sequence[SubmitResult], intents: Sequence[Message]) -> list[Message]:
        """One result for each message, and none for a message that was never handed out."""
        self.settles += 1
        self.before_settle(self.settles)
        for result in results:
            assert result.subscriber_id in self.taken
            assert result.subscriber_id not in self.results, "two results for one message"
            self.results[result.subscriber_id] = result
        granted = [m for m in intents if m.subscriber_id not in self.refuse]
        for m in granted:
            assert m.subscriber_id not in self.granted, "granted twice"
            self.granted.add(m.subscriber_id)
        return granted

    def wait(self, relay: str) -> Wait:
        """Nothing waits."""
        return GO

    def taken_whole(self, address: str) -> None:
        """For a sink's `on_taken`: nothing may arrive whose intent is not on record."""
        number = int(address.partition("@")[0].removeprefix("reader"))
        assert number in self.granted, f"{address} arrived before its intent"

    def check(self) -> None:
        """Every message granted has its one result."""
        assert self.granted <= self.results.keys()

    def phases(self) -> dict[Phase, int]:
        """How many results of each phase."""
        found = [result.phase for result in self.results.values()]
        return {phase: found.count(phase) for phase in Phase if phase in found}

    def codes(self) -> dict[int, int]:
        """Reader -> code."""
        return {number: result.code for number, result in sorted(self.results.items())}


class Died(BaseException):
    """The process ended here."""


class FakeMailer:
    """Plays a script, a letter a message, the last one for ever.

    A accept · D defer · R reject · X drop after the dot · K die before the body was handed over ·
    N the relay cannot be reached · ! the process dies after the body was handed over
    """

    def __init__(self, script: str = "A") -> None:
        self.script = list(script)
        self.kept: list[Message] = []

    async def pump(self, flight: Flight) -> None:
        """One message after the other, results with the next intent, as the real one does."""
        results: list[SubmitResult] = []
        while (message := flight.take()) is not None:
            letter = self.script.pop(0) if len(self.script) > 1 else self.script[0]
            if letter == "N":
                results.append(_result(message, Phase.BEFORE_BODY, 0, "the relay is away"))
                break
            granted = flight.settle(results, [message])
            results = [self._play(letter, message) for message in granted]
            await asyncio.sleep(0)
        flight.settle(results, [])

    def _play(self, letter: str, message: Message) -> SubmitResult:
        if letter in "AX!":
            self.kept.append(message)
        if letter == "!":
            raise Died
        phase, code, text = {
            "A": (Phase.ANSWERED, 250, "2.0.0 taken"),
            "D": (Phase.ANSWERED, 450, "4.2.0 later"),
            "R": (Phase.ANSWERED, 550, "5.1.1 unknown"),
            "X": (Phase.AFTER_BODY, 0, "the relay left"),
            "K": (Phase.BEFORE_BODY, 0, "the connection broke"),
        }[letter]
        return _result(message, phase, code, text)


def _result(message: Message, phase: Phase, code: int, text: str) -> SubmitResult:
    return SubmitResult(
        edition_id=message.edition_id,
        subscriber_id=message.subscriber_id,
        phase=phase,
        code=code,
        text=text,
    )
