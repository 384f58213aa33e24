"""Bytes of a feed become items; whatever the bytes are, the answer is a value."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from lxml import etree

from digest.collect import elements, items, jsonfeed, letters, mending, parsers, sitemap
from digest.collect.items import Reading
from digest.model.news import Feed, Item

MAX_BYTES = 50 * 1024 * 1024
MAX_ITEMS = 10_000
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=1)
"""A feed that asks for a shorter or longer pause gets this one."""
_HEAD = 1_000
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
# The atomic group: a thousand comments must not be tried in all the ways to group them.
_WEB_PAGE = re.compile(r"(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_A_FEED = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf)\b", re.I)
_A_WEB_PAGE = (
    "The address gives a web page, not a feed; look on that page for a link marked RSS or Atom and"
    " use its address."
)
_A_LIST = "The address gives a list of feeds (OPML), not a feed; use the address of one of them."


def parse(body: bytes, *, url: str, content_type: str = "", zone: str = "UTC") -> Feed:
    """Read RSS, Atom, RDF, JSON Feed or a sitemap; times without an offset are in the zone.

    What cannot be used is a feed without items whose `problem` says why.
    """
    if len(body) > MAX_BYTES:
        size = MAX_BYTES // 1024 // 1024
        return Feed(problem=f"The feed is larger than {size} MB; nothing was read from it.")
    reading = _reading(body, content_type, url, zone)
    base = items.web_link(url, reading.base) or items.web_link(url, reading.link) or url
    return Feed(
        title=items.plain(reading.title),
        language=reading.language.strip(),
        items=_without_shared_guids(
            items.item(raw, place=place, base=base, zone=zone)
            for place, raw in enumerate(reading.items)
        ),
        further=reading.further,
        pause=_pause(reading),
        problem=reading.problem,
    )


def _reading(body: bytes, content_type: str, url: str, zone: str) -> Reading:
    # Nine feeds in ten are what they say they are, and need no more than this.
    utf8 = letters.as_utf8(body, content_type)
    root = parsers.strict(utf8) if utf8.startswith(b"<") else None
    if root is not None:
        return _from_tree(root, url, zone)
    text = letters.decode(body, content_type)
    if not text:
        return Reading(problem="The feed is empty: its address answers with no text at all.")
    if text.startswith("{"):
        return jsonfeed.read(text, MAX_ITEMS)
    if _WEB_PAGE.match(text) and not _A_FEED.search(text[:_HEAD]):
        return Reading(problem=_A_WEB_PAGE)
    root = parsers.mended(text)
    if root is None:
        return parsers.tolerant(text, url=url, most=MAX_ITEMS)
    reading = _from_tree(root, url, zone)
    if not reading.items and not reading.further and mending.is_cut_off(text):
        return replace(reading, problem=mending.CUT_OFF)
    return reading


def _from_tree(root: etree._Element, url: str, zone: str) -> Reading:
    if reading := sitemap.read(root, url=url, zone=zone, most=MAX_ITEMS):
        return reading
    if elements.is_feed(root):
        return elements.read(root, MAX_ITEMS)
    other = {"html": _A_WEB_PAGE, "opml": _A_LIST}
    return Reading(problem=other.get(elements.local(root), parsers.NO_FEED))


def _pause(reading: Reading) -> timedelta | None:
    """How long the feed wants to be left alone, within reason."""
    asked: timedelta | None = None
    period, often = (word.lower() for word in reading.rhythm)
    if reading.ttl.isdecimal() and len(reading.ttl) < 9:
        asked = timedelta(minutes=int(reading.ttl))
    elif period in _PERIODS:
        times = int(often) if often.isdecimal() and len(often) < 9 else 1
        asked = _PERIODS[period] / max(times, 1)
    return min(max(asked, SHORTEST), LONGEST) if asked else None


def _without_shared_guids(found: Iterable[Item]) -> tuple[Item, ...]:
    """A guid that stands on two items of one document tells neither of them apart."""
    listed = tuple(found)
    uses = Counter(each.guid for each in listed)
    return tuple(replace(each, guid="") if uses[each.guid] > 1 else each for each in listed)
