"""Bytes of a feed become text, whatever encoding they claim, and whoever claims it."""

import codecs
import re
from collections.abc import Iterator

_BLANK = b" \t\r\n\x00\x0b\x0c"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_DECLARATION = re.compile(r"<\?xml\b[^<>]{0,300}\?>")
_DECLARATION_BYTES = re.compile(rb"<\?xml\b[^<>]{0,300}\?>")
_DECLARED = re.compile(rb"<\?xml\s[^<>]{0,200}?\bencoding\s*=\s*[\"']?([\w.:-]+)", re.I)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<\x00", "utf-16-be"),
    (b"{\x00", "utf-16-le"),
    (b"\x00{\x00", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
# Programs name the smaller set and write letters of the larger one.
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_SEVEN_BITS = ("iso2022", "hz", "utf_7", "utf-7")
"""Encodings whose bytes look like ASCII and say something else."""
_UNICODE = ("utf-8", "utf-16", "utf-32")
_ASCII = bytes(range(0x80))
_HEAD = 2_000
_SAMPLE = 20_000
_STRAY = re.compile("[\udc80-\udcff]")
_BY_WINDOWS = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)
}
_MIXED = re.compile("[A-Za-z][\x80-\U0010ffff]")
_SOUND = 0.5
"""With more of the high bytes wrong, the text is in no kind of UTF-8."""


def decode(body: bytes, content_type: str = "") -> str:
    """The document from its first letter on, without an XML declaration; never fails."""
    text = _decoded(body, content_type).lstrip("\ufeff \t\r\n\x00\x0b\x0c")
    if declaration := _DECLARATION.match(text):
        # It told the encoding, which is settled now; the version is of no use to anybody.
        text = text[declaration.end() :].lstrip("\ufeff \t\r\n\x00\x0b\x0c")
    return text.rstrip(" \t\r\n\x00\x0b\x0c")


def as_utf8(body: bytes, content_type: str = "") -> bytes:
    """The document's own bytes when everybody says that they are UTF-8, else none.

    Nobody has looked yet whether it is true.
    """
    if any(body.startswith(mark) for mark, _ in _MARKS):
        return b""
    start = body[:_HEAD].lstrip(_BLANK).removeprefix(codecs.BOM_UTF8).lstrip(_BLANK)
    if any(name != "utf-8" for name in _named(start, content_type)) or b"<!DOCTYPE" in start:
        return b""
    declaration = _DECLARATION_BYTES.match(start)
    cut = len(body[:_HEAD]) - len(start) + (declaration.end() if declaration else 0)
    return body[cut:].strip(_BLANK)


def _decoded(body: bytes, content_type: str) -> str:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, errors="replace")
    body = body.lstrip(_BLANK)
    named = tuple(dict.fromkeys(_named(body, content_type)))
    if seven := next((name for name in named if name.startswith(_SEVEN_BITS)), ""):
        return body.decode(seven, errors="replace")
    try:
        # Hardly any text in another encoding is valid UTF-8 by accident.
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    other = [name for name in named if not name.startswith(_UNICODE)]
    # A server's own default says least: with it every byte is some letter.
    for name in sorted(other, key=lambda name: name == "cp1252"):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return _patched(body, other[0] if other else "")


def _named(body: bytes, content_type: str) -> Iterator[str]:
    """The encodings that server and document name, the server's first."""
    said, declared = _CHARSET.search(content_type), _DECLARED.match(body)
    for name in (
        said[1] if said else "",
        declared[1].decode("ascii", "replace") if declared else "",
    ):
        try:
            codec = codecs.lookup(name)
            # Python also knows codecs that make bytes of bytes.
            b"a".decode(codec.name)
        except (LookupError, UnicodeError):
            continue
        yield _LARGER.get(codec.name, codec.name)


def _patched(body: bytes, named: str) -> str:
    """UTF-8 with foreign bytes in it, or the encoding the letters look like."""
    text = body.decode("utf-8", errors="surrogateescape")
    stray = len(_STRAY.findall(text))
    sound = len(body.translate(None, _ASCII)) - stray
    if stray <= _SOUND * (sound + stray) and sound:
        return text.translate(_BY_WINDOWS)
    guess = named or _guess(body)
    if guess:
        return body.decode(guess, errors="replace")
    return text.translate(_BY_WINDOWS)


def _guess(body: bytes) -> str:
    """The encoding in which the letters make words of a language, "" for Western Europe."""
    parts = (part for part in body.split(b"<") if not part.isascii())
    sample = b"\n".join(parts)[:_SAMPLE]
    for group in _LANGUAGES:
        shares = {name: _share(sample, name, usual) for name, usual, _ in group}
        best = max(shares, key=lambda name: shares[name])
        if shares[best] >= next(least for name, _, least in group if name == best):
            return best
    return ""


def _share(sample: bytes, encoding: str, usual: frozenset[str]) -> float:
    """Which part of the foreign letters are usual ones; 0 when they stand among our own."""
    text = sample.decode(encoding, errors="replace")
    foreign = [char for char in text if ord(char) >= 0x80]
    if text.count("\ufffd") > 0.02 * len(foreign) or not foreign:
        return 0.0
    if len(_MIXED.findall(text)) > 0.1 * len(foreign):
        return 0.0
    return sum(map(usual.__contains__, foreign)) / len(foreign)


def _letters(first: int, last: int) -> frozenset[str]:
    return frozenset(map(chr, range(first, last + 1)))


_KANA = _letters(0x3041, 0x30FC)
_HAN = frozenset("的一是不了在人有我他这中大来上国到说们为")
_HAN_OLD = frozenset("的一是不了在人有我他這中大來上國到說們為")
_HANGUL = _letters(0xAC00, 0xD7A3)
_SMALL_CYRILLIC = _letters(0x430, 0x45F)
_SMALL_GREEK = _letters(0x3AC, 0x3CE)
_LANGUAGES: tuple[tuple[tuple[str, frozenset[str], float], ...], ...] = (
    (("euc_jp", _KANA, 0.2), ("cp932", _KANA, 0.2)),
    (("cp949", _HANGUL, 0.7),),
    (("gb18030", _HAN, 0.05), ("big5", _HAN_OLD, 0.05)),
    (
        ("koi8-r", _SMALL_CYRILLIC, 0.6),
        ("cp1251", _SMALL_CYRILLIC, 0.6),
        ("iso8859-5", _SMALL_CYRILLIC, 0.6),
        ("cp1253", _SMALL_GREEK, 0.6),
    ),
)
"""Encoding, letters its languages use most, and which part of a text they make at least."""
