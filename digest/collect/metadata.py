"""What a page says about its article: JSON-LD first, then OpenGraph, then the page itself."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from htmldate import find_date
from lxml import html

from digest.collect import authors, dates, headlines, jsonld, picture
from digest.collect.headlines import clean
from digest.collect.untyped import text
from digest.url import host, is_site_root, is_web, join

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
_IMAGE = "og:image og:image:url og:image:secure_url twitter:image twitter:image:src".split()
_NO_IMAGE = re.compile(r"logo|placeholder|default[-_.]|blank\.|spacer|/1x1|favicon", re.I)
_STATUS = "prerender-status-code status".split()
_GONE_PATH = re.compile(r"(?:^|/)(?:404|410|gone|(?:page[-_])?not[-_]found|removed)(?:\.\w+)?/?$")
_NOT_THERE = (
    r"(?:(?:this |the )?(?:page|article|story|content) (?:(?:was |is )?not found|removed"
    r"|(?:is )?no longer (?:available|exists)|has been (?:removed|deleted|withdrawn))"
    r"|seite (?:wurde )?nicht gefunden|page introuvable|página no encontrada"
    r"|pagina niet gevonden|níor aimsíodh an leathanach)"
)
_GONE_TITLE = re.compile(
    rf"^(?:{_NOT_THERE}|(?:error )?4(?:04|10)[ :–-]+(?:error|gone|not found|{_NOT_THERE})"
    r"|error 4(?:04|10))[.!]?(?:\s[|:–-]\s.{1,40})?$",
    re.I,
)
_INSIDE = re.compile(
    r"^[\d.]+$|:|\.(?:local|localhost|lan|internal|intranet|intra|corp|home|arpa)$"
)
"""An address instead of a name, or a name that the open web does not know."""
_AMP_HOSTS = ("ampproject.org", "ampproject.net", "google.com", "bing-amp.com")
_SECOND_LEVEL = frozenset("co com org net ac gov gob gouv edu or ne in".split())
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
    image_alt: str = ""
    image_credit: str = ""
    """Who made it or owns it, with the caption."""
    site: str = ""
    types: tuple[str, ...] = ()
    """schema.org types."""
    locked: bool = False
    """The page says it is not free to read."""
    words: int = 0
    """How many words the page says the article has."""
    video: bool = False
    """The page says that it is a video, and describes no article."""
    gone: str = ""
    """One sentence when the page says that it should not be found, or does not exist."""
    body: str = ""
    """The article's text as JSON-LD gives it."""


def read(root: html.HtmlElement, *, url: str, zone: str) -> Metadata:
    """Read every declared field; what is nowhere declared stays empty."""
    meta = _meta(root)
    described = jsonld.read(root)
    block = jsonld.article(described, headlines=_titles(root, meta))
    site = clean(meta.get("og:site_name", "")) or "".join(jsonld.names(block.get("publisher"))[:1])
    declared = (
        text(block.get("headline")) or text(block.get("name")),
        meta.get("og:title", ""),
        meta.get("twitter:title", ""),
    )
    linked = _canonical_link(root, url)
    headline = headlines.read(root, declared, site)
    return Metadata(
        headline=headline,
        description=clean(
            meta.get("og:description")
            or text(block.get("description"))
            or meta.get("description", "")
        ),
        authors=authors.read(root, block, meta, site),
        published=_published(root, block, meta, zone),
        updated=_first_date((text(block.get("dateModified")), *_values(meta, _UPDATED)), zone),
        section=_section(root, block, meta),
        language=_language(root, block, meta),
        canonical_url=_own(linked, url) or _own(_web(url, meta.get("og:url", "")), url),
        image=(image := _image(root, block, meta, url)),
        image_alt=picture.alt(root, meta, image),
        image_credit=picture.credit(root, block, image),
        site=site,
        types=jsonld.types(block),
        locked=text(block.get("isAccessibleForFree")).lower() == "false"
        or block.get("isAccessibleForFree") is False,
        words=_count(block.get("wordCount")),
        video=not block and _is_video(described, meta),
        gone=_gone(root, meta, linked, headline),
        body=text(block.get("articleBody")),
    )


def _titles(root: html.HtmlElement, meta: Mapping[str, str]) -> tuple[str, ...]:
    heading = next(root.iter("h1"), None)
    shown = clean(heading.text_content()) if heading is not None else ""
    return tuple(each for each in (shown, clean(meta.get("og:title", ""))) if each)


def _meta(root: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        name = name or element.get("http-equiv") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _values(meta: Mapping[str, str], names_: list[str]) -> tuple[str, ...]:
    return tuple(meta[name] for name in names_ if name in meta)


def _web(base: str, link: str) -> str:
    address = join(base, link) if link else ""
    return address if is_web(address) else ""


def _canonical_link(root: html.HtmlElement, url: str) -> str:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return _web(url, link.get("href") or "")
    return ""


def _own(address: str, url: str) -> str:
    """The declared address, "" where it names the front page or a page of somebody else."""
    if not url or not address:
        return address
    if is_site_root(address) and not is_site_root(url):
        return ""
    here, there = host(url), host(address)
    from_cache = any(here == amp or here.endswith("." + amp) for amp in _AMP_HOSTS)
    return address if from_cache or _is_inside(here) or _domain(here) == _domain(there) else ""


def _is_inside(name: str) -> bool:
    """Whether a host is one of the house's own, where papers keep what they publish elsewhere."""
    return "." not in name or _INSIDE.search(name) is not None


def _domain(name: str) -> str:
    """The part of a host's name that one owner has: "news.example.co.uk" is example.co.uk."""
    labels = name.split(".")
    size = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-size:])


def _image(
    root: html.HtmlElement, block: Mapping[str, object], meta: Mapping[str, str], url: str
) -> str:
    declared = [jsonld.address(block.get("image")), *_values(meta, _IMAGE)]
    declared += [link.get("href") or "" for link in root.iter("link") if _is_image_link(link)]
    found = [address for each in declared if (address := _web(url, each))]
    return next((each for each in found if not _NO_IMAGE.search(each)), "".join(found[:1]))


def _is_image_link(link: html.HtmlElement) -> bool:
    return (link.get("rel") or "").lower() == "image_src"


def _count(value: object) -> int:
    found = re.match(r"\s*(\d{1,6})\b", text(value))
    return int(found[1]) if found else 0


def _is_video(described: Sequence[Mapping[str, object]], meta: Mapping[str, str]) -> bool:
    if meta.get("og:type", "").lower().startswith("video"):
        return True
    return any("VideoObject" in jsonld.types(block) for block in described)


def _gone(root: html.HtmlElement, meta: Mapping[str, str], linked: str, headline: str) -> str:
    """Why the page is to be taken as gone, by its own word."""
    for element in root.iter("meta"):
        name = (element.get("name") or "").strip().lower()
        said = re.findall(r"[a-z]+", (element.get("content") or "").lower())
        if name in {"robots", "googlebot"} and {"noindex", "none"}.intersection(said):
            word = "noindex" if "noindex" in said else "none"
            return f"The page asks not to be found any more: its {name} tag says “{word}”."
    for name in _STATUS:
        if re.match(r"4(?:04|10)\b", meta.get(name, "")):
            return f"The page says that it is gone: its {name} tag says “{meta[name]}”."
    if _GONE_PATH.search(urlsplit(linked).path):
        return f"The page says that it is gone: its canonical address is {linked}."
    if _GONE_TITLE.match(headline):
        return f"The page says that it is gone: its headline is “{headline}”."
    return ""


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
        if name := clean(value):
            return name
    for element in root.xpath("//a[contains(concat(' ', @rel, ' '), ' category ')]"):
        return clean(element.text_content())
    return ""


def _language(root: html.HtmlElement, block: Mapping[str, object], meta: Mapping[str, str]) -> str:
    declared = (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        text(block.get("inLanguage")),
        meta.get("og:locale", ""),
        meta.get("content-language", ""),
    )
    return next((value.strip().replace("_", "-") for value in declared if value.strip()), "")
