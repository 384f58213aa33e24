"""Bytes of a feed become items; whatever the bytes are, the answer is a value."""

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from digest.collect import items, parsers
from digest.collect.parsers import Reading
from digest.model.news import Feed, Item

MAX_BYTES = 50 * 1024 * 1024
MAX_ITEMS = 10_000
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_DECLARED = re.compile(rb"^<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.:-]+)[\"']", re.I)
_WIDE = re.compile(
    rb"^(<\?xml[^>]*?)\sencoding\s*=\s*[\"'](?:utf-?16|utf-?32|ucs)[^\"']*[\"']", re.I
)
_WEB_PAGE = re.compile(rb"^(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)


def parse(body: bytes, *, url: str, content_type: str = "", zone: str = "UTC") -> Feed:
    """Read RSS, Atom, RDF, JSON Feed or a sitemap; times without an offset are in the zone.

    What cannot be used is a feed without items whose `problem` says why.
    """
    if len(body) > MAX_BYTES:
        size = MAX_BYTES // 1024 // 1024
        return Feed(problem=f"The feed is larger than {size} MB; nothing was read from it.")
    text = _as_bytes_of_text(body)
    if not text:
        return Feed(problem="The feed is empty: its address answers with no text at all.")
    if _WEB_PAGE.match(text):
        return Feed(
            problem="The address gives a web page, not a feed; look on that page for a link"
            " marked RSS or Atom and use its address."
        )
    reading = _read(parsers.capped(text, MAX_ITEMS), url, content_type)
    base = items.web_link(url, reading.base) or items.web_link(url, reading.link) or url
    return Feed(
        title=items.plain(reading.title),
        language=reading.language.strip(),
        items=_without_shared_guids(
            items.item(raw, place=place, base=base, zone=zone)
            for place, raw in enumerate(reading.items[:MAX_ITEMS])
        ),
        problem=reading.problem,
    )


def _as_bytes_of_text(body: bytes) -> bytes:
    """The document from its first letter on, in an encoding that spells ASCII as ASCII."""
    for start, encoding in (
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"<\x00", "utf-16-le"),
        (b"\x00<", "utf-16-be"),
    ):
        if body.startswith(start):
            body = body.decode(encoding, errors="replace").lstrip("\ufeff").encode()
    blank = b" \t\r\n\x00\x0b\x0c"
    text = body.strip(blank).removeprefix(codecs.BOM_UTF8).lstrip(blank)
    # Whoever declares UTF-16 in letters a byte long was, or is now, mistaken.
    return _WIDE.sub(rb"\1", text)


def _read(text: bytes, url: str, content_type: str) -> Reading:
    if text.startswith(b"{"):
        return parsers.json_feed(text)
    root = None if _charset_disputed(text, content_type) else parsers.tree(text)
    if root is not None:
        reading = parsers.sitemap(root) or parsers.fast(text, root)
        if reading is not None:
            return reading
    return parsers.tolerant(text, url=url, content_type=content_type)


def _charset_disputed(text: bytes, content_type: str) -> bool:
    """Whether the server and the document name two different encodings."""
    said = _CHARSET.search(content_type)
    if said is None:
        return False
    declared = _DECLARED.match(text)
    inside = declared[1].decode("ascii", "replace") if declared else "utf-8"
    return _codec(said[1]) != _codec(inside)


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return name.lower()


def _without_shared_guids(found: Iterable[Item]) -> tuple[Item, ...]:
    """A guid that stands on two items of one document tells neither of them apart."""
    listed = tuple(found)
    uses = Counter(each.guid for each in listed)
    return tuple(replace(each, guid="") if uses[each.guid] > 1 else each for each in listed)
