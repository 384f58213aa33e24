"""RSS, RDF and Atom elements of a well-formed document become readings of raw items."""

import base64
import binascii
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from digest.collect.items import Raw, Reading, is_picture
from digest.url import is_web

_XML = "{http://www.w3.org/XML/1998/namespace}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_ITEMS = tuple(f"{{*}}{name}" for name in ("item", "entry", "Item", "Entry", "ITEM"))
_OTHER = "other:"
_SPACES = (
    ("search.yahoo.com/mrss", "media:"),
    ("itunes", "itunes:"),
    ("feedburner", "feedburner:"),
    ("purl.org/rss/1.0/modules/content", "content:"),
    ("purl.org/rss/1.0/modules/syndication", "sy:"),
    ("purl.org/dc/", ""),
    ("purl.org/atom/", ""),
    ("www.w3.org/2005/atom", ""),
    ("purl.org/rss/", ""),
    ("purl.org/net/rss", ""),
    ("my.netscape.com/rdf", ""),
    ("channel.netscape.com/rdf", ""),
    ("backend.userland.com/rss", ""),
    ("www.w3.org/1999/xhtml", ""),
    ("www.w3.org/1999/02/22-rdf-syntax-ns", "rdf:"),
    ("pheed", "feedburner:"),
)
"""Part of a namespace's name -> what we put before its elements; others get "other:"."""
_TEXTS = {
    "title": "title",
    "description": "summary",
    "summary": "summary",
    "abstract": "summary",
    "content": "content",
    "content:encoded": "content",
    "body": "content",
    "fullitem": "content",
    "media:title": "other title",
    "media:description": "other summary",
    "itunes:title": "other title",
    "itunes:summary": "other summary",
}
_PERSONS = ("author", "creator", "itunes:author")
_LOCAL_NAME = re.compile(r"[A-Za-z_][\w.-]*$")
_PUBLISHED = ("pubdate", "published", "issued", "date", "created", "available")
_UPDATED = ("updated", "modified")
_DATES = frozenset(_PUBLISHED + _UPDATED)
_PICTURES = frozenset(
    "media:content media:thumbnail media:group enclosure image itunes:image content:image".split()
)


def is_feed(root: etree._Element) -> bool:
    """Whether the document's outermost element is one of a feed."""
    return local(root) in _ROOTS or next(_items(root), None) is not None


def read(root: etree._Element, most: int) -> Reading:
    """The document's own words and its first `most` items."""
    head = next((each for each in root if local(each) == "channel"), root)
    based = bool(root.xpath("boolean(//@xml:base)"))
    fields = _Fields(head)
    return Reading(
        items=tuple(_raw(each, based=based) for each in islice(_items(root), most)),
        title=fields.first("title"),
        language=fields.first("language") or _language(root, head),
        link=fields.link(),
        base=(root.base or "") if based else "",
        ttl=fields.first("ttl"),
        rhythm=(fields.first("sy:updateperiod"), fields.first("sy:updatefrequency")),
    )


def local(element: etree._Element) -> str:
    """The element's name in lower case, without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _items(root: etree._Element) -> Iterator[etree._Element]:
    found: Iterator[etree._Element] = root.iter(*_ITEMS)
    return found


@lru_cache(maxsize=2048)
def _name(tag: str) -> str:
    """A tag as prefix and name by what its namespace means, in lower case."""
    space, _, name = tag.rpartition("}")
    space = space[1:].lower()
    if not space:
        return name.lower()
    before = next((prefix for part, prefix in _SPACES if part in space), _OTHER)
    return before + name.lower()


class _Fields:
    """The children of one element, by their meaning."""

    def __init__(self, element: etree._Element) -> None:
        self.texts: dict[str, str] = {}
        self.words: dict[str, str] = {}
        self.persons: dict[str, list[str]] = defaultdict(list)
        self.sections: list[str] = []
        self.links: list[etree._Element] = []
        self.pictures: list[etree._Element] = []
        own = element.tag.rpartition("}")[0]
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                name = _name(tag)
                if name.startswith(_OTHER) and tag.rpartition("}")[0] == own:
                    # A feed in a namespace of its own invention is a feed still.
                    name = name.removeprefix(_OTHER)
                self._take(name, child)

    def _take(self, name: str, child: etree._Element) -> None:
        if field := _TEXTS.get(name):
            words = text(child)
            if field == "content" or not self.texts.get(field):
                self.texts[field] = max(self.texts.get(field, ""), words, key=len)
        elif name == "link" or name.startswith("feedburner:"):
            self.links.append(child)
        elif name in _PERSONS:
            self.persons[name].extend(_persons(child))
        elif name in _PICTURES:
            self.pictures.append(child)
            if name == "media:group":
                self._group(child)
        elif name in {"category", "subject", "media:category"}:
            self.sections.append(child.get("term") or child.get("label") or child.text or "")
        elif name in _DATES or not len(child):
            self.words[name] = child.text or self.words.get(name, "")

    def _group(self, group: etree._Element) -> None:
        for child in group:
            if isinstance(child.tag, str) and (name := _name(child.tag)).startswith("media:"):
                self._take(name, child)

    def first(self, *names: str) -> str:
        """The first of the fields that says something, trimmed."""
        for name in names:
            if words := (self.texts.get(name) or self.words.get(name) or "").strip():
                return words
        return ""

    def link(self) -> str:
        """Where a reader is to go: the original address, the plain one, the best of several."""
        ranked = [found for each in self.links if (found := _ranked(each))]
        return min(ranked, key=lambda found: found[0])[1] if ranked else ""

    def own_address(self) -> str:
        """Where the element lies as a document of its own."""
        own = (each for each in self.links if (each.get("rel") or "").strip().lower() == "self")
        return next((each.get("href") or "" for each in own), "")

    def authors(self) -> tuple[str, ...]:
        """The persons of the first kind of field that names any."""
        return next((tuple(self.persons[kind]) for kind in _PERSONS if kind in self.persons), ())


def _raw(element: etree._Element, *, based: bool) -> Raw:
    fields = _Fields(element)
    guid = fields.first("guid", "id", "identifier") or element.get(f"{_RDF}about") or ""
    leads = _leads(element)
    link = fields.link() or element.get("href") or element.get("HREF") or ""
    if not link and not (leads and is_web(guid)):
        link = fields.own_address()
    return Raw(
        link=link,
        guid=guid,
        guid_leads=leads,
        title=fields.first("title", "other title"),
        summary=fields.first("summary", "other summary"),
        content=fields.first("content"),
        authors=fields.authors(),
        published=fields.first(*_PUBLISHED),
        updated=fields.first(*_UPDATED),
        section=next((each for each in fields.sections if each.strip()), ""),
        image=_picture(fields.pictures),
        base=(element.base or "") if based else "",
    )


def text(element: etree._Element) -> str:
    """The element's words, with their markup if they have any, from any of Atom's spellings."""
    kind, mode = element.get("type", ""), element.get("mode", "")
    if len(element):
        return _inner(element)
    words: str = element.text or ""
    packed = "/" in kind and not mode and not kind.startswith("text/")
    if mode == "base64" or (packed and not kind.endswith(("xml", "html"))):
        return _unpacked(words)
    return words


def _inner(element: etree._Element) -> str:
    """Inline markup as a string, its names without prefixes."""
    for each in element.iter(etree.Element):
        # A tree out of a broken document holds names that no document could, such as "sy:".
        found = _LOCAL_NAME.search(each.tag)
        each.tag = found[0] if found else "span"
    inside = "".join(etree.tostring(child, method="html", encoding="unicode") for child in element)
    return (element.text or "") + inside


def _unpacked(words: str) -> str:
    try:
        return base64.b64decode("".join(words.split()), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return words


def _persons(element: etree._Element) -> list[str]:
    """The names in a field that is a text, or holds name and address."""
    if not len(element):
        return [element.text or ""]
    names = [each.text or "" for each in element.iter("{*}name")]
    return names or [each.text or "" for each in element.iter("{*}email")]


def _ranked(element: etree._Element) -> tuple[int, str] | None:
    """How likely a link leads to the story (0 best), and where."""
    name = local(element)
    if name != "link":
        words = (element.text or "").strip()
        return (0, words) if name == "origlink" and is_web(words) else None
    address, words = (element.get("href") or "").strip(), (element.text or "").strip()
    rel = (element.get("rel") or "alternate").strip().lower().rpartition("/")[2]
    if rel != "alternate" or not (address or words):
        return None
    if not address:
        return 1, words
    return (2 if "html" in (element.get("type") or "html") else 3), address


def _leads(element: etree._Element) -> bool:
    """Whether the guid may stand in for a link, which an RSS feed can deny."""
    guid = element.find("{*}guid")
    return guid is None or (guid.get("isPermaLink") or "true").strip().lower() != "false"


def _picture(found: list[etree._Element]) -> str:
    """The address of the widest picture of the best kind of field."""
    ranked: list[tuple[int, int, str]] = []
    for each in found:
        name = _name(each.tag)
        address = each.get("url") or each.get("href") or each.findtext("{*}url") or each.text or ""
        kind = (each.get("type") or "") + (each.get("medium") or "")
        sure = "image" in kind or name in {"media:thumbnail", "image", "itunes:image"}
        if address.strip() and (sure or is_picture(address)):
            width = each.get("width") or ""
            order = ("media:content", "enclosure", "media:thumbnail", "image", "itunes:image")
            place = order.index(name) if name in order else len(order)
            ranked.append((place, -int(width) if width.isdecimal() else 0, address.strip()))
    return min(ranked)[2] if ranked else ""


def _language(root: etree._Element, head: etree._Element) -> str:
    return root.get(f"{_XML}lang") or head.get(f"{_XML}lang") or ""
