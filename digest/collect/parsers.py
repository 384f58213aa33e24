"""The two parsers of XML we stand on: a strict one, and a patient one for what is broken."""

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime

import feedparser
from lxml import etree

from digest.collect import elements, mending
from digest.collect.items import Raw, Reading, is_picture
from digest.collect.untyped import mapping, sequence
from digest.collect.untyped import text as words

_ITEM = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.I)
NO_FEED = "The address gives something that is no feed."
_DEEPEST = 10_000
"""The patient parser's time grows faster than the depth of the tags."""


def strict(utf8: bytes) -> etree._Element | None:
    """The document as a tree when it is well-formed XML; no entity, file or network is touched."""
    return _parsed(utf8, recover=False)


def mended(text: str) -> etree._Element | None:
    """The document as a tree when it can be made well-formed XML."""
    text = mending.letters(text)
    root = strict(text.encode("utf-8", "replace"))
    return root if root is not None else strict(mending.tags(text).encode("utf-8", "replace"))


def tolerant(text: str, *, url: str, most: int) -> Reading:
    """The patient parser's reading of anything that was ever called a feed."""
    text = _capped(mending.whole_items(mending.bared(mending.letters(text))), most)
    if mending.depth(text) > _DEEPEST:
        return Reading(problem="The feed is nested too deep to be read; nothing was read from it.")
    try:
        # A stream, because the parser would open a plain string as an address or a file.
        parsed = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={
                "content-location": url,
                "content-type": "application/xml; charset=utf-8",
            },
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception:  # it promises not to raise, and does on hostile bytes
        return Reading(problem="The feed is too damaged to be read.")
    version = words(parsed.get("version"))
    if parsed.get("entries") or (version and not parsed.get("bozo")):
        return _reading(parsed)
    rescued = _rescued(text, most)
    if rescued.items:
        return rescued
    if version or _ITEM.search(text):
        return Reading(problem=mending.CUT_OFF)
    return Reading(problem=NO_FEED)


def _parsed(utf8: bytes, *, recover: bool) -> etree._Element | None:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        collect_ids=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(utf8, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _rescued(text: str, most: int) -> Reading:
    """What the strict parser finds when it may guess: the last resort."""
    root = _parsed(mending.tags(text).encode("utf-8", "replace"), recover=True)
    return Reading() if root is None else elements.read(root, most)


def _capped(text: str, most: int) -> str:
    """The text up to its first `most` items: the parser's time grows faster than its input."""
    starts = [match.start() for match in _ITEM.finditer(text)]
    return text if len(starts) <= most else text[: starts[most]]


def _reading(parsed: Mapping[str, object]) -> Reading:
    feed = mapping(parsed.get("feed"))
    return Reading(
        items=tuple(_raw(mapping(each)) for each in sequence(parsed.get("entries"))),
        title=words(feed.get("title")),
        language=words(feed.get("language")),
        link=words(feed.get("link")),
        ttl=words(feed.get("ttl")),
        rhythm=(words(feed.get("sy_updateperiod")), words(feed.get("sy_updatefrequency"))),
    )


def _raw(found: Mapping[str, object]) -> Raw:
    def get(name: str) -> object:
        # Its dictionary answers for names it does not hold, with a warning.
        return dict.get(found, name) if isinstance(found, dict) else None

    contents = [mapping(each) for each in sequence(get("content"))]
    content = max((words(each.get("value")) for each in contents), key=len, default="")
    tags = [words(mapping(each).get("term")) for each in sequence(get("tags"))]
    return Raw(
        link=words(get("feedburner_origlink")) or words(get("link")),
        guid=words(get("id")),
        guid_leads=get("guidislink") is not False,
        title=words(get("title")),
        summary=words(get("summary")),
        content=content,
        authors=_authors(found),
        published=words(get("published")) or words(get("created")),
        updated=words(get("updated")),
        published_at=_from_struct(get("published_parsed") or get("created_parsed")),
        updated_at=_from_struct(get("updated_parsed")),
        section=next((tag for tag in tags if tag.strip()), ""),
        image=_image(found),
        base=words(mapping(get("title_detail")).get("base")),
    )


def _authors(found: Mapping[str, object]) -> tuple[str, ...]:
    listed = [words(mapping(each).get("name")) for each in sequence(found.get("authors"))]
    return tuple(name for name in listed if name) or (words(found.get("author")),)


def _image(found: Mapping[str, object]) -> str:
    for field in ("media_content", "media_thumbnail", "links"):
        for each in map(mapping, sequence(found.get(field))):
            address = words(each.get("url")) or words(each.get("href"))
            kind = words(each.get("type")) + words(each.get("medium"))
            if field == "links" and each.get("rel") != "enclosure":
                continue
            if "image" in kind or field == "media_thumbnail" or is_picture(address):
                return address
    return words(mapping(found.get("image")).get("href"))


def _from_struct(value: object) -> datetime | None:
    try:
        year, month, day, hour, minute, second = value[:6] if isinstance(value, tuple) else ()
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (ValueError, TypeError):
        return None
