"""A folder instead of a relay: every message lands in a maildir, for dry machines and demos."""

import hashlib
import os
from pathlib import Path

from digest.model.delivery import Message, Phase, SubmitResult
from digest.ports import Flight

BATCH = 50
"""Results that share one transaction of the ledger."""


class MaildirMailer:
    """Writes each message whole or not at all; the same message again replaces itself."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)

    async def pump(self, flight: Flight) -> None:
        """Write messages until there are no more, or until the folder takes none."""
        self._make()
        results: list[SubmitResult] = []
        while True:
            batch = self._batch(flight)
            granted = flight.settle(results, batch)
            results = [self._write(message) for message in granted]
            if not batch or (results and all(r.phase is Phase.BEFORE_BODY for r in results)):
                break
        flight.settle(results, [])

    def _batch(self, flight: Flight) -> list[Message]:
        found: list[Message] = []
        while len(found) < BATCH and (message := flight.take()) is not None:
            found.append(message)
        return found

    def _make(self) -> None:
        for name in ("tmp", "new", "cur"):
            try:
                (self._path / name).mkdir(parents=True, exist_ok=True)
            except OSError:
                return  # each message then says why it could not be written

    def _write(self, message: Message) -> SubmitResult:
        name = file_name(message)
        try:
            (self._path / "tmp" / name).write_bytes(message.content)
            os.replace(self._path / "tmp" / name, self._path / "new" / name)
        except OSError as error:
            return _result(
                message,
                Phase.BEFORE_BODY,
                0,
                f"the folder {self._path} does not take messages ({error.strerror});"
                " make room or correct `mail.relay`",
            )
        return _result(message, Phase.ANSWERED, 250, f"2.0.0 written as {name}")


def file_name(message: Message) -> str:
    """The same for the same edition and subscriber, so that a second writing cannot double it."""
    told = hashlib.sha256(message.address.encode()).hexdigest()[:8]
    return f"{message.edition_id}.{message.subscriber_id}.{told}.eml"


def _result(message: Message, phase: Phase, code: int, text: str) -> SubmitResult:
    return SubmitResult(
        edition_id=message.edition_id,
        subscriber_id=message.subscriber_id,
        phase=phase,
        code=code,
        text=text,
    )
