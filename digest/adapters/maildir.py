"""A folder instead of a relay: every message lands in a maildir, for dry machines and demos."""

import asyncio
import os
from contextlib import suppress
from pathlib import Path

from digest.model.delivery import Message, Phase, SubmitResult
from digest.ports import Flight


class MaildirMailer:
    """Writes each message whole or not at all; the same message again replaces itself.

    Cancelling `pump` stops it between two messages.
    """

    def __init__(self, path: str) -> None:
        self._path = Path(path)

    async def pump(self, flight: Flight) -> None:
        """Write messages until there are no more, or until the folder takes none."""
        results: list[SubmitResult] = []
        problem = self._make()
        try:
            while (message := flight.take()) is not None:
                if problem:
                    results.append(_result(message, Phase.BEFORE_BODY, 0, problem))
                    break
                granted = flight.settle(results, [message])
                results = [self._write(m) for m in granted]
                if any(r.phase is Phase.BEFORE_BODY for r in results):
                    break
                await asyncio.sleep(0)
        finally:
            if results:
                flight.settle(results, [])

    def _make(self) -> str:
        """The folders of a maildir; the sentence that says why not, or ""."""
        try:
            for name in ("tmp", "new", "cur"):
                (self._path / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return self._refused(error)
        return ""

    def _write(self, message: Message) -> SubmitResult:
        name = file_name(message)
        half = self._path / "tmp" / name
        try:
            half.write_bytes(message.content)
            os.replace(half, self._path / "new" / name)
        except OSError as error:
            with suppress(OSError):
                half.unlink()
            return _result(message, Phase.BEFORE_BODY, 0, self._refused(error))
        return _result(message, Phase.ANSWERED, 250, f"2.0.0 written as {name}")

    def _refused(self, error: OSError) -> str:
        return (
            f"the folder {self._path} does not take messages ({error.strerror});"
            " make room or correct mail.relay"
        )


def file_name(message: Message) -> str:
    """The same for the same edition and subscriber, so that a second writing cannot double it."""
    return f"{message.edition_id}.{message.subscriber_id}.eml"


def _result(message: Message, phase: Phase, code: int, text: str) -> SubmitResult:
    return SubmitResult(
        edition_id=message.edition_id,
        subscriber_id=message.subscriber_id,
        phase=phase,
        code=code,
        text=text,
    )
