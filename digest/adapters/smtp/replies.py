"""What a relay says: reply lines put together, and the words of its greeting."""

from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_LINE = 8_192
MOST_LINES = 200
SHOWN = 400
"""So much of the relay's words is kept."""


MOST_KNOWN = 256
LONGEST_KNOWN = 300
_KNOWN: dict[bytes, tuple["Reply", ...]] = {}
"""Relays say the same to thousands of messages: what came whole, and was read before."""


class Garbled(Exception):
    """What came cannot be an SMTP reply."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply."""

    code: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words in one line, code left out."""
        return " ".join(line.strip() for line in self.lines if line.strip())[:SHOWN]

    @property
    def good(self) -> bool:
        """The relay did as it was told."""
        return 200 <= self.code < 300

    def __str__(self) -> str:
        return f"{self.code} {self.text}".rstrip()


class ReplyReader:
    """Puts replies together from however the bytes arrive."""

    def __init__(self) -> None:
        self._rest = b""
        self._lines: list[str] = []

    @property
    def empty(self) -> bool:
        """Nothing is half read."""
        return not self._rest and not self._lines

    def feed(self, data: bytes) -> Iterator[Reply]:
        """The replies now complete; Garbled after the last good one."""
        whole = self.empty
        if whole and (known := _KNOWN.get(data)):
            yield from known
            return
        found = []
        for reply in self._read(data):
            found.append(reply)
            yield reply
        if whole and self.empty and len(_KNOWN) < MOST_KNOWN and len(data) < LONGEST_KNOWN:
            _KNOWN[data] = tuple(found)

    def _read(self, data: bytes) -> Iterator[Reply]:
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        for line in lines:
            reply = self._add(line)
            if reply is not None:
                yield reply
        if len(self._rest) > LONGEST_LINE:
            raise Garbled("the relay sent a line without an end")

    def _add(self, line: bytes) -> Reply | None:
        line = line.rstrip(b"\r")
        if not line[:3].isdigit() or line[3:4] not in (b"", b" ", b"-"):
            raise Garbled(f"the relay sent something that is no SMTP reply: {_printable(line)!r}")
        self._lines.append(_printable(line[4:]))
        if line[3:4] == b"-":
            if len(self._lines) > MOST_LINES:
                raise Garbled("the relay sent a reply without an end")
            return None
        reply = Reply(int(line[:3]), tuple(self._lines))
        self._lines.clear()
        return reply


def extensions(reply: Reply) -> dict[str, str]:
    """The extensions an EHLO reply lists: keyword in capitals -> its parameters."""
    found: dict[str, str] = {}
    for line in reply.lines[1:]:
        keyword, _, rest = line.strip().replace("=", " ", 1).partition(" ")
        found[keyword.upper()] = f"{found.get(keyword.upper(), '')} {rest.upper()}".strip()
    return found


def _printable(line: bytes) -> str:
    text = line[:LONGEST_LINE].decode("utf-8", "replace")
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " for c in text)
