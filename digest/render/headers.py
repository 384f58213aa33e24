"""Header lines: ASCII, folded at 78 columns, other scripts as encoded words (RFC 2047)."""

import re
from base64 import b64encode
from collections.abc import Sequence

WIDTH = 78
WORD_BYTES = 36
"""UTF-8 bytes in one encoded word, so that it fits beside the longest header name."""

_PHRASE = re.compile(r"(?P<phrase>.*\S)\s+(?P<angle><[^<>]*>)")
_WITH_PHRASE = frozenset({"From", "Reply-To", "Sender", "List-Id"})
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def header(name: str, value: str) -> bytes:
    """The header as lines that end in CRLF; nothing in the value can start another header."""
    if value.isascii() and value.isprintable() and name not in _WITH_PHRASE and "=?" not in value:
        line = f"{name}: {value}\r\n"
        return line.encode() if len(line) <= WIDTH + 2 else _folded(name, value.split())
    value = _CONTROL.sub(" ", value)
    parts = _PHRASE.fullmatch(value) if name in _WITH_PHRASE else None
    if parts:
        return _folded(name, [*_phrase(parts["phrase"]), parts["angle"]])
    return _folded(name, _words(value))


def lines(headers: Sequence[tuple[str, str]]) -> bytes:
    """All of them, one after the other."""
    return b"".join([header(name, value) for name, value in headers])


def _phrase(text: str) -> list[str]:
    """A display name: bare, quoted or encoded, whichever it needs."""
    if not text.isascii() or "=?" in text:
        return _words(text)
    if _ATOMS.fullmatch(text):
        return text.split()
    quoted = text.replace("\\", r"\\").replace('"', r"\"")
    return f'"{quoted}"'.split(" ")


def _words(text: str) -> list[str]:
    if text.isascii() and "=?" not in text:
        return text.split()
    return [f"=?utf-8?B?{b64encode(chunk).decode()}?=" for chunk in _chunks(text)]


def _chunks(text: str) -> list[bytes]:
    """The text in UTF-8, cut between characters."""
    chunks = [b""]
    for char in text:
        code = char.encode()
        if len(chunks[-1]) + len(code) > WORD_BYTES:
            chunks.append(b"")
        chunks[-1] += code
    return chunks


def _folded(name: str, words: list[str]) -> bytes:
    """The words one blank apart; a line ends before the word that would not fit."""
    lines = [f"{name}:"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > WIDTH and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines).encode() + b"\r\n"
