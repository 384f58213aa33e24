"""The feed parsers we stand on, each bent to one shape: a reading of raw elements."""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import fastfeedparser
import feedparser
from lxml import etree

from digest.collect.items import Raw
from digest.collect.untyped import mapping, sequence
from digest.collect.untyped import text as words

_ITEM = re.compile(rb"<(?:[\w.-]+:)?(item|entry|url)[\s>]", re.I)
_ROOT_CLOSED = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel|urlset)\s*>", re.I)
_PUBLISHED = ("pubdate", "published", "issued", "date", "created")
_UPDATED = ("updated", "modified")
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a parser found, before cleaning."""

    items: tuple[Raw, ...] = ()
    title: str = ""
    language: str = ""
    link: str = ""
    base: str = ""
    """xml:base of the whole document."""
    problem: str = ""


def tree(text: bytes) -> etree._Element | None:
    """The document as a tree when it is well-formed XML, else None; no entity, file or net."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(text, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def capped(text: bytes, most: int) -> bytes:
    """The text up to its first `most` items: the parsers' time grows faster than their input."""
    starts = [match.start() for match in _ITEM.finditer(text)]
    return text if len(starts) <= most else text[: starts[most]]


def fast(text: bytes, root: etree._Element) -> Reading | None:
    """The quick parser's reading of well-formed XML, None when it is not to be trusted."""
    parsed = _quick(text)
    found = sequence(parsed.get("entries"))
    elements = [each for each in root.iter() if _name(each) in {"item", "entry"}]
    if not elements and _name(root) in {"rss", "feed", "rdf"}:
        return _reading((), mapping(parsed.get("feed")), root)
    if not found or len(elements) != len(found):
        return None
    items = tuple(
        _from_fast(mapping(each), element) for each, element in zip(found, elements, strict=True)
    )
    if not all(raw.title or raw.content or raw.summary or raw.link for raw in items):
        return None
    return _reading(items, mapping(parsed.get("feed")), root)


def json_feed(text: bytes) -> Reading:
    """A JSON Feed's reading."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return Reading(problem="The feed looks like JSON but is cut off or broken.")
    parsed = _quick(text)
    if "entries" not in parsed:
        return Reading(problem="The address gives JSON that is no JSON Feed.")
    items = tuple(_from_fast(mapping(each), None) for each in sequence(parsed["entries"]))
    return _reading(items, mapping(parsed.get("feed")), None)


def sitemap(root: etree._Element) -> Reading | None:
    """A sitemap's reading, None when the document is none."""
    if _name(root) == "sitemapindex":
        return Reading(
            problem="The address gives a list of sitemaps, not of articles; use the address of"
            " the news sitemap it names."
        )
    if _name(root) != "urlset":
        return None
    return Reading(items=tuple(_from_sitemap(each) for each in root if _name(each) == "url"))


def tolerant(text: bytes, *, url: str, content_type: str) -> Reading:
    """The patient parser's reading of anything that was ever called a feed."""
    headers = {"content-location": url} | ({"content-type": content_type} if content_type else {})
    try:
        # A stream, because the parser would open a plain string as an address or a file.
        parsed = feedparser.parse(
            io.BytesIO(text),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception:  # it promises not to raise, and does on hostile bytes
        return Reading(problem="The feed is too damaged to be read.")
    found = parsed.entries[:-1] if _cut_off(text) else parsed.entries
    if not found and not parsed.version:
        return Reading(problem="The address gives something that is no feed.")
    if not found and parsed.bozo:
        return Reading(problem="The feed is cut off or broken before the end of its first item.")
    return _reading(tuple(_from_feedparser(each) for each in found), parsed.feed, None)


def _quick(text: bytes) -> Mapping[str, object]:
    try:
        return mapping(fastfeedparser.parse(text))
    except Exception:  # it raises a dozen kinds of error on feeds the other parser reads
        return {}


def _reading(
    items: tuple[Raw, ...], feed: Mapping[str, object], root: etree._Element | None
) -> Reading:
    return Reading(
        items=items,
        title=words(feed.get("title")),
        language=words(feed.get("language")) or (_language(root) if root is not None else ""),
        link=words(feed.get("link")),
        base=(root.base or "") if root is not None else "",
    )


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _language(root: etree._Element) -> str:
    for each in (root, *root[:1]):
        if found := each.get("{http://www.w3.org/XML/1998/namespace}lang"):
            return words(found)
    return next((each.text or "" for each in root.iter() if _name(each) == "language"), "")


def _cut_off(text: bytes) -> bool:
    """Whether the document ends inside an item, whose last field then cannot be trusted."""
    if _ROOT_CLOSED.search(text, max(0, len(text) - 2000)):
        return False
    tail = text[text.rfind(b"<item") if b"<item" in text else text.rfind(b"<entry") :]
    return b"</item" not in tail and b"</entry" not in tail


def _from_fast(found: Mapping[str, object], element: etree._Element | None) -> Raw:
    # The quick parser turns dates into UTC by its own idea of zone letters: reread the words.
    written = {} if element is None else _written(element)
    content = max(
        (words(mapping(c).get("value")) for c in sequence(found.get("content"))),
        key=len,
        default="",
    )
    return Raw(
        link=words(found.get("link")),
        guid=words(found.get("id")),
        title=words(found.get("title")),
        summary=words(found.get("description")),
        content=content,
        authors=_authors(found),
        published=_first(written, _PUBLISHED) or words(found.get("published")),
        updated=_first(written, _UPDATED) or words(found.get("updated")),
        published_at=_iso(words(found.get("published"))),
        updated_at=_iso(words(found.get("updated"))),
        section=_section(found),
        image=_image(found),
        base=(element.base or "") if element is not None else "",
    )


def _from_feedparser(found: Mapping[str, object]) -> Raw:
    def get(name: str) -> object:
        # Its dictionary answers for names it does not hold, with a warning.
        return dict.get(found, name) if isinstance(found, dict) else None

    contents = [mapping(each) for each in sequence(get("content"))]
    content = max((words(each.get("value")) for each in contents), key=len, default="")
    return Raw(
        link=words(get("link")),
        guid=words(get("id")),
        title=words(get("title")),
        summary=words(get("summary")),
        content=content,
        authors=_authors(found),
        published=words(get("published")) or words(get("created")),
        updated=words(get("updated")),
        published_at=_from_struct(get("published_parsed") or get("created_parsed")),
        updated_at=_from_struct(get("updated_parsed")),
        section=_section(found),
        image=_image(found),
        base=words(mapping(get("title_detail")).get("base")),
    )


def _from_sitemap(element: etree._Element) -> Raw:
    fields: dict[str, str] = {}
    for each in element.iter():
        fields.setdefault(_name(each), (each.text or "").strip())
    loc = element.find("{*}loc")
    return Raw(
        link=(loc.text or "") if loc is not None else "",
        title=fields.get("title", ""),
        published=fields.get("publication_date", ""),
        updated=fields.get("lastmod", ""),
    )


def _written(element: etree._Element) -> dict[str, str]:
    return {_name(child): child.text or "" for child in reversed(element)}


def _first(fields: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((fields[name].strip() for name in names if fields.get(name, "").strip()), "")


def _authors(found: Mapping[str, object]) -> tuple[str, ...]:
    listed = [words(mapping(each).get("name")) for each in sequence(found.get("authors"))]
    return tuple(name for name in listed if name) or (words(found.get("author")),)


def _section(found: Mapping[str, object]) -> str:
    tags = [words(mapping(each).get("term")) for each in sequence(found.get("tags"))]
    return next((tag for tag in tags if tag.strip()), "")


def _image(found: Mapping[str, object]) -> str:
    if image := words(found.get("image")):
        return image
    for field in ("media_content", "enclosures", "media_thumbnail", "links"):
        for each in map(mapping, sequence(found.get(field))):
            address = words(each.get("url")) or words(each.get("href"))
            kind = words(each.get("type")) + words(each.get("medium"))
            if field == "links" and each.get("rel") != "enclosure":
                continue
            if "image" in kind or field == "media_thumbnail" or _PICTURE.search(address):
                return address
    return ""


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def _from_struct(value: object) -> datetime | None:
    try:
        year, month, day, hour, minute, second = value[:6] if isinstance(value, tuple) else ()
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (ValueError, TypeError):
        return None
