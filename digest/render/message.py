"""An email compiled once into MIME segments, then filled for each subscriber in microseconds."""

import re
from binascii import b2a_qp
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape

from digest.model.edition import Blank, Letter
from digest.render.headers import lines
from digest.render.values import tokens

COLUMNS = 75
"""Of a quoted-printable line, without the soft break."""

_SAME = re.compile(r"[ !#-%(-;?-~]+")
"""Values that need no encoding, in text or in HTML."""

_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, line and direction marks: in a value they break lines or turn the text around."""


def fill(letter: Letter, own: bytes, values: Mapping[str, str]) -> bytes:
    """The whole message for one subscriber: ASCII, CRLF line ends, lines of 76 at most, none that
    begins with a dot (RFC 5321, 4.5.2); `own` are the header lines of this message alone."""
    parts = list(letter.pieces)
    parts[1] = own
    plain: dict[str, bytes] = {}
    rich: dict[str, bytes] = {}
    for name, value in values.items():
        if _SAME.fullmatch(value):
            plain[name] = rich[name] = _lines(value)
        else:
            plain[name] = encoded_value(value, html=False)
            rich[name] = encoded_value(value, html=True)
    for blank in letter.blanks:
        parts[blank.piece] = (rich if blank.html else plain)[blank.value]
    return b"".join(parts)


def compile_letter(
    html: str, text: str, *, nonce: str, headers: Sequence[tuple[str, str]]
) -> Letter:
    """Split at the tokens, then encode each static segment once so that no value moves a line."""
    boundary = f"=_{nonce}"
    pieces = [lines(headers), b""]
    blanks: list[Blank] = []
    opening = (
        f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n'
    )
    for kind, content in (("plain", text), ("html", html)):
        pieces.append(
            f"{opening}\r\n--{boundary}\r\n"
            f'Content-Type: text/{kind}; charset="utf-8"\r\n'
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
        )
        _segments(content, nonce, kind == "html", pieces, blanks)
        opening = ""
    pieces.append(f"\r\n--{boundary}--\r\n".encode())
    return Letter(pieces=tuple(pieces), blanks=tuple(blanks))


def shared(letter: Letter, same: bytes) -> bytes:
    """All header lines that its messages share, `same` being those known at the release only."""
    mime, _, _ = letter.pieces[2].partition(b"\r\n\r\n")
    return letter.pieces[0] + same + mime + b"\r\n"


def digest_of(letter: Letter) -> str:
    """SHA-256 over every byte and blank of a letter, in hex."""
    told = sha256()
    for piece in letter.pieces:
        told.update(len(piece).to_bytes(4, "big") + piece)
    told.update(repr([(b.piece, b.value, b.html) for b in letter.blanks]).encode())
    return told.hexdigest()


def encoded_value(text: str, *, html: bool) -> bytes:
    """A value in quoted-printable on lines of its own, closed by a soft break."""
    if _SAME.fullmatch(text):
        return _lines(text)
    clean = _UNWANTED.sub("", text)
    return _closed(_quoted(escape(clean) if html else clean))


def _lines(text: str) -> bytes:
    if len(text) <= COLUMNS:
        return _undotted(text.encode() + b"=\r\n")
    lines = [text[i : i + COLUMNS] for i in range(0, len(text), COLUMNS)]
    return _undotted("=\r\n".join([*lines, ""]).encode())


def _segments(
    content: str, nonce: str, html: bool, pieces: list[bytes], blanks: list[Blank]
) -> None:
    names = tokens(nonce)
    for part in re.split(f"({'|'.join(names)})", content):
        if part in names:
            blanks.append(Blank(piece=len(pieces), value=names[part], html=html))
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
    return _undotted(
        b"\r\n".join(
            b2a_qp(line.encode("utf-8", "replace"), istext=False).replace(b"\n", b"\r\n")
            for line in lines
        )
    )


def _undotted(encoded: bytes) -> bytes:
    """A dot at the beginning of a line written as =2E: then no message needs dot-stuffing."""
    if b"\n." not in encoded and encoded[:1] != b".":
        return encoded
    return b"\n".join([_without_dot(line) for line in encoded.split(b"\n")])


def _without_dot(line: bytes) -> bytes:
    if line[:1] != b".":
        return line
    line = b"=2E" + line[1:]
    if len(line.rstrip(b"\r")) <= COLUMNS + 1:
        return line
    cut = COLUMNS - 2
    while b"=" in line[cut - 2 : cut] or line[cut : cut + 1] == b".":
        cut -= 1
    return line[:cut] + b"=\r\n" + line[cut:]
