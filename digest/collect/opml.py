"""OPML: lists of feeds as other programs write and read them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime

from lxml import etree

from digest.model.newsletter import Source
from digest.text.plain import one_line
from digest.url import is_web

MAX_BYTES = 10 * 1024 * 1024
MOST = 10_000
"""Outlines of one file."""
OURS = "urn:digest-newsroom:opml"
"""Namespace of what only Digest knows of a source."""

_FORBIDDEN = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SECONDS = re.compile(r"\d{1,7}", re.A)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list."""

    url: str
    title: str = ""
    page: str = ""
    """Address of the site the feed belongs to."""
    section: str = ""
    """The folder it lies in, "" at the top."""
    kind: str = "rss"
    source: Source | None = None
    """What Digest itself wrote of it, None when another program did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What an OPML file cannot carry, or does not hold, and why."""

    what: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """What an OPML file holds."""

    title: str = ""
    outlines: tuple[Outline, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    problem: str = ""
    """One sentence when the bytes are no usable OPML, else ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An OPML file, and what is not in it."""

    body: bytes
    left_out: tuple[LeftOut, ...] = ()


def read(body: bytes) -> Outlines:
    """The feeds of an OPML file, a damaged one as far as it goes; nothing outside it is opened."""
    if len(body) > MAX_BYTES:
        return Outlines(problem="The file is larger than 10 MB, which no list of feeds is.")
    root = _tree(body)
    if root is None or _name(root) != "opml":
        return Outlines(problem="The file is no OPML: it does not begin with an <opml> element.")
    title = next((each.text or "" for each in root.iter("{*}title")), "")
    found: list[Outline] = []
    left_out: list[LeftOut] = []
    for element in root.iter("{*}outline"):
        if len(found) == MOST:
            left_out.append(LeftOut(what="the rest", because=f"a file holds at most {MOST} feeds"))
            break
        outline = _outline(element)
        if isinstance(outline, Outline):
            found.append(outline)
        elif outline is not None:
            left_out.append(outline)
    problem = "" if found or left_out else "The file names no feed: no outline has an xmlUrl."
    return Outlines(
        title=one_line(title), outlines=tuple(found), left_out=tuple(left_out), problem=problem
    )


def write(sources: Sequence[Source], *, title: str, when: datetime) -> Written:
    """OPML 2.0 with a folder for each section; what only this machine has stays out of it."""
    root = etree.Element("opml", nsmap={"digest": OURS}, version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _allowed(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(when, usegmt=True)
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {"": body}
    left_out: list[LeftOut] = []
    for source in sources:
        if not is_web(source.url):
            because = "it is a file of this machine; other programs could not read it"
            left_out.append(LeftOut(what=source.id, because=because))
            continue
        section = _allowed(source.section)
        if section not in folders:
            folders[section] = etree.SubElement(body, "outline", text=section, title=section)
        etree.SubElement(folders[section], "outline", _attributes(source))
    etree.indent(root)
    text = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Written(body=text + b"\n", left_out=tuple(left_out))


def _tree(body: bytes) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False
    )
    try:
        return etree.fromstring(body.lstrip(b"\xef\xbb\xbf \t\r\n"), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _outline(element: etree._Element) -> Outline | LeftOut | None:
    """The feed, why it cannot be one, or None for a folder or a note."""
    told = {name.lower(): value.strip() for name, value in element.attrib.items()}
    url = told.get("xmlurl", "") or (told.get("url", "") if told.get("type") == "rss" else "")
    title = one_line(told.get("title") or told.get("text", ""))
    if not url:
        return None
    if not is_web(url):
        return LeftOut(what=title or url, because=f"{url!r} is no web address")
    section = _folder(element) or one_line(told.get("category", "").rpartition("/")[2])
    return Outline(
        url=url,
        title=title,
        page=told.get("htmlurl", ""),
        section=section,
        kind=told.get("type", "") or "rss",
        source=_ours(element, url, title, section),
    )


def _folder(element: etree._Element) -> str:
    """The innermost folder an outline lies in."""
    for above in element.iterancestors("{*}outline"):
        if name := one_line(above.get("text") or above.get("title") or ""):
            return name
    return ""


def _attributes(source: Source) -> dict[str, str]:
    name = _allowed(source.name) or source.id
    told = {"type": "rss", "text": name, "title": name, "xmlUrl": _allowed(source.url)}
    told |= {f"{{{OURS}}}{key}": value for key, value in _own(source)}
    return told


def _own(source: Source) -> Iterator[tuple[str, str]]:
    """What the common attributes have no place for."""
    yield "id", source.id
    if source.name:
        yield "name", _allowed(source.name)
    if source.every is not None:
        yield "every", str(int(source.every.total_seconds()))
    if source.weight != 1.0:
        yield "weight", repr(source.weight)
    if not source.pages:
        yield "pages", "no"
    for key, value in (("timezone", source.timezone), ("links", source.links)):
        if value:
            yield key, _allowed(value)
    for key, patterns in (("drop", source.drop), ("keep", source.keep)):
        if patterns:
            yield key, "\n".join(map(_allowed, patterns))


def _ours(element: etree._Element, url: str, title: str, section: str) -> Source | None:
    def get(key: str) -> str:
        return str(element.get(f"{{{OURS}}}{key}", ""))

    if not get("id"):
        return None
    every = int(get("every")) if _SECONDS.fullmatch(get("every")) else None
    return Source(
        id=get("id"),
        url=url,
        every=timedelta(seconds=every) if every else None,
        section=section,
        weight=_weight(get("weight")),
        name=get("name"),
        timezone=get("timezone"),
        links=get("links"),
        pages=get("pages") != "no",
        drop=tuple(filter(None, get("drop").split("\n"))),
        keep=tuple(filter(None, get("keep").split("\n"))),
    )


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 1.0


def _allowed(text: str) -> str:
    """The text without characters that no XML may hold."""
    return _FORBIDDEN.sub("", text)
