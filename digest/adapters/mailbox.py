"""Mailboxes read over IMAP or POP3; a letter is removed only after its reader was done with it."""

import asyncio
import imaplib
import poplib
import re
import ssl
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import cast
from urllib.parse import unquote, urlsplit

from digest.errors import TryAgainLater
from digest.model.mail import Inbox
from digest.url import is_this_machine

TIMEOUT = 30.0
"""Seconds a server may take for one answer."""
MOST_BYTES = 512 * 1024
"""So much of a letter is read; reports are small."""
MOST = 500
"""Letters looked at in one session."""
LISTED = 10_000
"""Letters asked for at once."""

poplib._MAXLINE = 64 * 1024 * 1024  # type: ignore[attr-defined]
"""The library ends a session at a line over 2,048 bytes, and has no other switch: one letter with
a long line would keep all behind it from ever being read."""

FAULTS = (OSError, EOFError, ssl.SSLError, imaplib.IMAP4.error, poplib.error_proto, ValueError)

Known = Callable[[Sequence[str]], set[str]]
Take = Callable[[str, bytes], Awaitable[bool]]


class Mailboxes:
    """The Mailboxes port."""

    def __init__(
        self, *, timeout: float = TIMEOUT, tls: ssl.SSLContext | None = None, most: int = MOST
    ) -> None:
        self._timeout = timeout
        self._tls = tls
        self._most = most

    async def read(self, inbox: Inbox, known: Known, take: Take) -> int:
        """Bring every letter whose name is not known to `take`, and remove those for which it
        answers True; how many were brought. TryAgainLater when the server does not play along."""
        loop = asyncio.get_running_loop()

        def taken(name: str, content: bytes) -> bool:
            return asyncio.run_coroutine_threadsafe(_awaited(take, name, content), loop).result()

        return await asyncio.to_thread(self._read, inbox, known, taken)

    def _read(self, inbox: Inbox, known: Known, taken: Callable[[str, bytes], bool]) -> int:
        place = urlsplit(inbox.address)
        try:
            with self._session(inbox) as box:
                names = box.names()
                seen = known(names)
                new = [name for name in names if name not in seen][: self._most]
                return self._each(box, new, taken)
        except FAULTS as error:
            said = str(error).strip().splitlines()
            raise TryAgainLater(
                f"the mailbox of {inbox.user} at {place.hostname} could not be read"
                f" ({(said or [type(error).__name__])[0][:200]}); nothing in it was lost;"
                " it is tried again"
            ) from error

    def _each(
        self, box: "Imap | Pop3", names: list[str], taken: Callable[[str, bytes], bool]
    ) -> int:
        done: list[str] = []
        try:
            for name in names:
                if taken(name, box.fetch(name)):
                    done.append(name)
        finally:
            # What was taken is on record; a letter that stays is known by its name next time.
            box.remove(done)
        return len(names)

    @contextmanager
    def _session(self, inbox: Inbox) -> Iterator["Imap | Pop3"]:
        place = urlsplit(inbox.address)
        secure = place.scheme.endswith("s")
        if not secure and not is_this_machine(place.hostname or ""):
            raise ValueError("a password is only sent over TLS: write imaps:// or pop3s://")
        kind = Imap if place.scheme.startswith("imap") else Pop3
        tls = (self._tls or ssl.create_default_context()) if secure else None
        box = kind(place.hostname or "", place.port or 0, tls, self._timeout)
        try:
            box.enter(
                inbox.user,
                inbox.password.reveal() if inbox.password else "",
                unquote(place.path.strip("/")),
            )
            yield box
            box.leave()
        finally:
            box.cut()


class Imap:
    """A folder over IMAP4rev1; names are UIDVALIDITY.UID."""

    def __init__(self, host: str, port: int, tls: ssl.SSLContext | None, timeout: float) -> None:
        if tls is not None:
            self._client: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                host, port, ssl_context=tls, timeout=timeout
            )
        else:
            self._client = imaplib.IMAP4(host, port, timeout=timeout)
        self._validity = ""
        self._count = 0

    def enter(self, user: str, password: str, folder: str) -> None:
        """Log in and open the folder."""
        self._client.login(user, password)
        quoted = '"' + folder.replace("\\", r"\\").replace('"', r"\"") + '"'
        found = _ok(self._client.select(quoted), f"the folder {folder!r} cannot be opened")
        self._count = int(found[0]) if found and found[0].isdigit() else 0
        told = self._client.response("UIDVALIDITY")[1]
        self._validity = told[0].decode() if told and told[0] else "0"

    def names(self) -> list[str]:
        """All letters, the oldest first; asked in parts, for the library limits an answer."""
        uids: list[bytes] = []
        for first in range(1, self._count + 1, LISTED):
            part = f"{first}:{min(self._count, first + LISTED - 1)}"
            answer = self._client.uid("SEARCH", part, "UNDELETED")
            found = _ok(answer, "the folder cannot be listed")
            uids += found[0].split() if found else []
        return [f"{self._validity}.{uid.decode()}" for uid in uids if uid.isdigit()]

    def fetch(self, name: str) -> bytes:
        """The beginning of a letter; it stays unread."""
        uid = name.partition(".")[2]
        parts = f"(BODY.PEEK[]<0.{MOST_BYTES}>)"
        kind, told = self._client.uid("FETCH", uid, parts)
        if kind != "OK":
            raise ValueError("a letter cannot be read")
        bodies = [part[1] for part in told if isinstance(part, tuple)]
        return bytes(bodies[0]) if bodies else b""

    def remove(self, names: Sequence[str]) -> None:
        """Delete these, and nothing else that somebody may have marked."""
        uids = ",".join(name.partition(".")[2] for name in names)
        if not uids:
            return
        _ok(self._client.uid("STORE", uids, "+FLAGS.SILENT", r"(\Deleted)"), "cannot delete")
        if "UIDPLUS" in self._client.capabilities:
            _ok(self._client.uid("EXPUNGE", uids), "cannot delete")
        else:
            _ok(self._client.expunge(), "cannot delete")

    def leave(self) -> None:
        """Log out."""
        self._client.logout()

    def cut(self) -> None:
        """End the connection, whatever state it is in."""
        with suppress(*FAULTS):
            self._client.shutdown()


class Pop3:
    """A mailbox over POP3; names are those of UIDL."""

    def __init__(self, host: str, port: int, tls: ssl.SSLContext | None, timeout: float) -> None:
        if tls is not None:
            self._client: poplib.POP3 = poplib.POP3_SSL(host, port, context=tls, timeout=timeout)
        else:
            self._client = poplib.POP3(host, port, timeout=timeout)
        self._numbers: dict[str, int] = {}

    def enter(self, user: str, password: str, folder: str) -> None:
        """Log in."""
        self._client.user(user)
        self._client.pass_(password)

    def names(self) -> list[str]:
        """All letters, the oldest first."""
        for line in self._client.uidl()[1]:
            number, _, name = line.decode("ascii", "replace").strip().partition(" ")
            if number.isdigit() and re.fullmatch(r"[!-~]{1,70}", name):
                self._numbers[name] = int(number)
        return list(self._numbers)

    def fetch(self, name: str) -> bytes:
        """The beginning of a letter."""
        number = self._numbers[name]
        if self._size(number) > MOST_BYTES:
            lines = self._client.top(number, 2_000)[1]
        else:
            lines = self._client.retr(number)[1]
        return b"\r\n".join(lines)[:MOST_BYTES]

    def _size(self, number: int) -> int:
        answer = cast(bytes, self._client.list(number))
        found = answer.split()
        return int(found[2]) if len(found) > 2 else 0

    def remove(self, names: Sequence[str]) -> None:
        """Delete these; the server does it when we take our leave."""
        for name in names:
            self._client.dele(self._numbers[name])

    def leave(self) -> None:
        """Take leave, which is what deletes."""
        self._client.quit()

    def cut(self) -> None:
        """End the connection, whatever state it is in."""
        with suppress(*FAULTS):
            self._client.close()


async def _awaited(take: Take, name: str, content: bytes) -> bool:
    return await take(name, content)


def _ok(answer: tuple[str, Sequence[object]], problem: str) -> list[bytes]:
    """The plain parts of an answer; ValueError with the server's words when it is a no."""
    kind, told = answer
    if kind != "OK":
        said = told[0].decode("utf-8", "replace") if told and isinstance(told[0], bytes) else kind
        raise ValueError(f"{problem}: {said}")
    return [one for one in told if isinstance(one, bytes)]
