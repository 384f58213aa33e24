"""An email compiled once into MIME segments, then filled for each subscriber in microseconds."""

import re
from binascii import b2a_qp
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from digest.model.edition import Email
from digest.render.email import tokens
from digest.render.headers import header

COLUMNS = 75
"""Of a quoted-printable line, without the soft break."""

_PLAIN = {
    False: re.compile(r"[ -<>-~]+"),
    True: re.compile(r"[ !#-%(-;?-~]+"),
}
"""Values that need no encoding, in text and in HTML."""

_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, line and direction marks: in a value they break lines or turn the text around."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where subscribers differ."""

    piece: int
    value: str
    html: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A compiled email: ready bytes with slots between them."""

    pieces: tuple[bytes, ...]
    """The shared headers first, then a free place for the subscriber's own."""
    slots: tuple[Slot, ...]

    def fill(self, headers: Sequence[tuple[str, str]], values: Mapping[str, str]) -> bytes:
        """The whole message for one subscriber: ASCII, CRLF line ends, lines of 76 at most."""
        parts = list(self.pieces)
        parts[1] = b"".join([header(name, value) for name, value in headers])
        known: dict[tuple[str, bool], bytes] = {}
        for slot in self.slots:
            key = (slot.value, slot.html)
            if key not in known:
                known[key] = encoded_value(values[slot.value], html=slot.html)
            parts[slot.piece] = known[key]
        return b"".join(parts)


def compile_email(email: Email, headers: Sequence[tuple[str, str]]) -> Letter:
    """Split at the tokens, then encode each static segment once so that no value moves a line."""
    boundary = f"=_{email.nonce}"
    pieces = [b"".join(header(name, value) for name, value in headers), b""]
    slots: list[Slot] = []
    opening = (
        f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n'
    )
    for kind, content in (("plain", email.text), ("html", email.html)):
        pieces.append(
            f"{opening}\r\n--{boundary}\r\n"
            f'Content-Type: text/{kind}; charset="utf-8"\r\n'
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
        )
        _segments(content, email.nonce, kind == "html", pieces, slots)
        opening = ""
    pieces.append(f"\r\n--{boundary}--\r\n".encode())
    return Letter(pieces=tuple(pieces), slots=tuple(slots))


def encoded_value(text: str, *, html: bool) -> bytes:
    """A value in quoted-printable on lines of its own, closed by a soft break."""
    if _PLAIN[html].fullmatch(text):
        if len(text) <= COLUMNS:
            return text.encode() + b"=\r\n"
        lines = [text[i : i + COLUMNS] for i in range(0, len(text), COLUMNS)]
        return "=\r\n".join([*lines, ""]).encode()
    clean = _UNWANTED.sub("", text)
    return _closed(_quoted(escape(clean) if html else clean))


def _segments(content: str, nonce: str, html: bool, pieces: list[bytes], slots: list[Slot]) -> None:
    names = tokens(nonce)
    for part in re.split(f"({'|'.join(names)})", content):
        if part in names:
            slots.append(Slot(piece=len(pieces), value=names[part], html=html))
            pieces.append(b"")
        elif part:
            pieces.append(_closed(_quoted(part)))


def _closed(encoded: bytes) -> bytes:
    """Ends at a line end: with a soft break, kept within 76 columns, unless it does already."""
    if not encoded or encoded.endswith(b"\r\n"):
        return encoded
    start = encoded.rfind(b"\n") + 1
    if len(encoded) - start > COLUMNS:
        cut = len(encoded) - (3 if encoded[-3:-2] == b"=" else 1)
        encoded = encoded[:cut] + b"=\r\n" + encoded[cut:]
    return encoded + b"=\r\n"


def _quoted(text: str) -> bytes:
    """Quoted-printable, line by line: a trailing blank then never lengthens a full line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return b"\r\n".join(
        b2a_qp(line.encode("utf-8", "replace"), istext=False).replace(b"\n", b"\r\n")
        for line in lines
    )
