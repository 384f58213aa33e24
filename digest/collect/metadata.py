"""What a page says about its article: JSON-LD first, then OpenGraph, then the page itself."""

import html as entities
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from htmldate import find_date
from lxml import html

from digest.collect import dates, jsonld, names
from digest.collect.untyped import text
from digest.text.plain import one_line
from digest.url import is_web, join

_PUBLISHED = (
    "article:published_time og:article:published_time og:published_time article:published"
    " datepublished publishdate publish-date published_at pubdate parsely-pub-date sailthru.date"
    " dc.date.issued dcterms.issued dc.date dcterms.date dcterms.created date"
    " originalpublicationdate article_date_original cxenseparse:recs:publishtime"
).split()
_UPDATED = (
    "article:modified_time og:updated_time article:updated datemodified last-modified".split()
)
_SECTION = "article:section og:article:section section category parsely-section".split()
_AUTHOR = (
    "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl".split()
)
_TITLE_BREAK = re.compile(r"\s+[|–—·•»«:\-]{1,2}\s+|\s*\|\s*|\s+::\s+")
_AS_CLASS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The fields of an article as its page declares them."""

    headline: str = ""
    description: str = ""
    """As declared: a standfirst, or just the opening words."""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    section: str = ""
    language: str = ""
    canonical_url: str = ""
    image: str = ""
    site: str = ""
    types: tuple[str, ...] = ()
    """schema.org types."""
    locked: bool = False
    """The page says it is not free to read."""
    body: str = ""
    """The article's text as JSON-LD gives it."""


def read(root: html.HtmlElement, *, url: str, zone: str) -> Metadata:
    """Read every declared field; what is nowhere declared stays empty."""
    block = jsonld.article(root)
    meta = _meta(root)
    site = _clean(meta.get("og:site_name", "")) or "".join(jsonld.names(block.get("publisher"))[:1])
    canonical = _canonical(root, url) or _web(url, meta.get("og:url", ""))
    return Metadata(
        headline=_headline(root, block, meta, site),
        description=_clean(
            meta.get("og:description")
            or text(block.get("description"))
            or meta.get("description", "")
        ),
        authors=_authors(root, block, meta, site),
        published=_published(root, block, meta, zone),
        updated=_first_date((text(block.get("dateModified")), *_values(meta, _UPDATED)), zone),
        section=_section(root, block, meta),
        language=_language(root, block, meta),
        canonical_url=canonical,
        image=_web(url, jsonld.address(block.get("image")) or meta.get("og:image", "")),
        site=site,
        types=jsonld.types(block),
        locked=text(block.get("isAccessibleForFree")).lower() == "false"
        or block.get("isAccessibleForFree") is False,
        body=text(block.get("articleBody")),
    )


def _meta(root: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _values(meta: Mapping[str, str], names_: list[str]) -> tuple[str, ...]:
    return tuple(meta[name] for name in names_ if name in meta)


def _clean(value: str) -> str:
    return one_line(entities.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", value)))


def _web(base: str, link: str) -> str:
    address = join(base, link) if link else ""
    return address if is_web(address) else ""


def _canonical(root: html.HtmlElement, url: str) -> str:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return _web(url, link.get("href") or "")
    return ""


def _headline(
    root: html.HtmlElement, block: Mapping[str, object], meta: Mapping[str, str], site: str
) -> str:
    """The headline readers see: the heading on the page that the declared one resembles."""
    title = _clean(root.findtext(".//title") or "")
    declared = [
        _without_site(_clean(each), site)
        for each in (
            text(block.get("headline")) or text(block.get("name")),
            meta.get("og:title", ""),
            meta.get("twitter:title", ""),
            title,
        )
        if each
    ]
    shown = [heading for heading in (_clean(h.text_content()) for h in root.iter("h1")) if heading]
    for wanted in declared:
        for heading in shown:
            if _alike(heading, wanted):
                return heading
    if declared:
        return declared[0]
    return shown[0] if shown else ""


def _without_site(title: str, site: str) -> str:
    """A title without the paper's name before or after it."""
    for match in reversed(list(_TITLE_BREAK.finditer(title))):
        head, tail = title[: match.start()], title[match.end() :]
        if site and (_same(tail, site) or _same(head, site)):
            return (head if _same(tail, site) else tail).strip()
        if not site and "|" in match.group() and len(tail.split()) <= 4 < len(head.split()):
            return head.strip()
    return title


def _same(left: str, right: str) -> bool:
    def squeeze(value: str) -> str:
        return re.sub(r"\W|^the\s", "", value.casefold())

    return squeeze(left) == squeeze(right)


def _alike(heading: str, declared: str) -> bool:
    left, right = heading.casefold(), declared.casefold().rstrip("….")
    if not right or left == right or (len(right) > 20 and left.startswith(right)):
        return right != ""
    if right.startswith(left) and _TITLE_BREAK.match(declared[len(heading) :]):
        return True
    return SequenceMatcher(None, left, right, autojunk=False).ratio() > 0.75


def _authors(
    root: html.HtmlElement, block: Mapping[str, object], meta: Mapping[str, str], site: str
) -> tuple[str, ...]:
    candidates = [jsonld.names(block.get("author")) or jsonld.names(block.get("creator"))]
    candidates += [(value,) for value in _values(meta, _AUTHOR)]
    candidates += [tuple(_author_elements(root))]
    for texts in candidates:
        found = dict.fromkeys(name for each in texts for name in names.read(_clean(each)))
        people = tuple(name for name in found if not (site and _same(name, site)))
        if people:
            return people
    return ()


def _author_elements(root: html.HtmlElement) -> list[str]:
    for query in (
        "//*[@rel='author']",
        "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'][not(*)]",
        "//*[" + _AS_CLASS.format("author") + " or " + _AS_CLASS.format("byline") + "]",
    ):
        found = [_clean(each.text_content()) for each in root.xpath(query)[:4]]
        if kept := [each for each in found if 0 < len(each) < 80]:
            return kept
    return _byline_lines(root)


def _byline_lines(root: html.HtmlElement) -> list[str]:
    for element in root.iter("p", "div", "span", "address"):
        line = _clean(element.text or "")
        if line and names.is_byline(line):
            return [line]
    return []


def _published(
    root: html.HtmlElement, block: Mapping[str, object], meta: Mapping[str, str], zone: str
) -> datetime | None:
    declared = (
        text(block.get("datePublished")) or text(block.get("uploadDate")),
        *_values(meta, _PUBLISHED),
        *_time_elements(root),
    )
    return _first_date(declared, zone) or _guessed(root, zone)


def _time_elements(root: html.HtmlElement) -> list[str]:
    query = (
        "//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime"
        " | //time[@pubdate]/@datetime | //article//time/@datetime | //abbr["
        + _AS_CLASS.format("published")
        + "]/@title | //time/@datetime"
    )
    return [str(value) for value in root.xpath(query)[:3]]


def _first_date(candidates: tuple[str, ...], zone: str) -> datetime | None:
    found = (dates.read(candidate, zone) for candidate in candidates if candidate)
    return next((moment for moment in found if moment is not None), None)


def _guessed(root: html.HtmlElement, zone: str) -> datetime | None:
    """The day that address, markup or wording point to."""
    try:
        day = find_date(deepcopy(root), original_date=True, extensive_search=True)
    except Exception:  # it walks foreign markup and may stumble anywhere
        return None
    return dates.read(day, zone) if day else None


def _section(root: html.HtmlElement, block: Mapping[str, object], meta: Mapping[str, str]) -> str:
    for value in (*jsonld.names(block.get("articleSection")), *_values(meta, _SECTION)):
        if name := _clean(value):
            return name
    for element in root.xpath("//a[contains(concat(' ', @rel, ' '), ' category ')]"):
        return _clean(element.text_content())
    return ""


def _language(root: html.HtmlElement, block: Mapping[str, object], meta: Mapping[str, str]) -> str:
    declared = (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        text(block.get("inLanguage")),
        meta.get("og:locale", ""),
        meta.get("content-language", ""),
    )
    return next((value.strip().replace("_", "-") for value in declared if value.strip()), "")
