"""Sitemaps: the pages a news sitemap lists, and the sitemaps an index lists."""

from datetime import UTC, datetime

from lxml import etree

from digest.collect import dates
from digest.collect.elements import local
from digest.collect.items import Raw, Reading, web_link

MOST_FURTHER = 20
"""Sitemaps of one index that are told; the archives of a paper run to thousands."""
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def read(root: etree._Element, *, url: str, zone: str, most: int) -> Reading | None:
    """The reading of a sitemap or an index of them, None when the document is neither."""
    if local(root) == "sitemapindex":
        return _index(root, url, zone)
    if local(root) == "urlset":
        return _pages(root, zone, most)
    return None


def _index(root: etree._Element, url: str, zone: str) -> Reading:
    """The sitemaps it lists: the latest changed first, then those that call themselves news."""
    found: dict[str, datetime] = {}
    for each in root.iterchildren("{*}sitemap"):
        address = web_link(url, each.findtext("{*}loc") or "")
        if address and address != url:
            found.setdefault(address, _date(each.findtext("{*}lastmod"), zone))
    ordered = sorted(found, key=lambda address: (found[address], "news" in address), reverse=True)
    if not ordered:
        return Reading(
            problem="The address gives a list of sitemaps that names none; use the address of the"
            " site's news sitemap or of a feed."
        )
    return Reading(further=tuple(ordered[:MOST_FURTHER]))


def _pages(root: etree._Element, zone: str, most: int) -> Reading:
    """The pages, newest first: a sitemap promises no order, and the top of a list counts."""
    listed = [
        (_date(_published(each) or _changed(each), zone), each)
        for each in root.iterchildren("{*}url")
    ]
    listed.sort(key=lambda pair: pair[0], reverse=True)
    elements = [each for _, each in listed[:most]]
    said = (each.findtext("{*}news/{*}publication/{*}language") or "" for each in elements)
    return Reading(
        items=tuple(_raw(each) for each in elements),
        language=next((language for language in said if language.strip()), ""),
    )


def _raw(element: etree._Element) -> Raw:
    return Raw(
        link=element.findtext("{*}loc") or "",
        title=element.findtext("{*}news/{*}title") or "",
        published=_published(element),
        updated=_changed(element),
        image=element.findtext("{*}image/{*}loc") or "",
        dated_by_change=False,
    )


def _published(element: etree._Element) -> str:
    return (element.findtext("{*}news/{*}publication_date") or "").strip()


def _changed(element: etree._Element) -> str:
    return (element.findtext("{*}lastmod") or "").strip()


def _date(text: str | None, zone: str) -> datetime:
    return (dates.read(text, zone) if text else None) or _LONG_AGO
