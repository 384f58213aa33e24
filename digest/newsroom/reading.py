"""Foreign bytes are read in the workshop, and what a round through the web needs is at hand."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime

from digest.collect import feed, listing, page, plain
from digest.model.fetch import Fetched, FetchRequest, Stopped
from digest.model.news import Feed, Page
from digest.model.newsletter import Source
from digest.newsroom.house import House
from digest.newsroom.visiting import Round

SITEMAPS = 4
"""Sitemaps of an index that are read at one visit, the latest changed first."""
NOINDEX = "its page asks not to be found (noindex)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One round through the web, with what keeps two sources from reading one page twice."""

    house: House
    round: Round
    reading: dict[str, asyncio.Lock] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """By the house's clock."""
        return self.house.clock.now()

    def zone(self, source: Source) -> str:
        """In which dates without an offset are read."""
        return source.timezone or self.house.settings.site.timezone


def trip(house: House) -> Trip:
    """A round that begins now."""
    return Trip(house=house, round=Round(house))


async def feed_of(trip: Trip, source: Source, fetched: Fetched) -> Feed:
    """The items of a feed, a listing page or a sitemap, with those of the sitemaps it lists."""
    found = await _parsed(trip, source, fetched)
    items = list(found.items)
    for address in found.further[:SITEMAPS]:
        answer = await trip.round.visit(FetchRequest(url=address))
        if not answer.problem:
            items += (await _parsed(trip, source, answer)).items
    problem = found.problem or ("" if items or not found.further else "its sitemaps list nothing.")
    return replace(found, items=tuple(items), problem=problem)


async def page_of(trip: Trip, source: Source, fetched: Fetched) -> Page | None:
    """The article page split into article and rest; None when it could not be fetched."""
    if fetched.problem:
        return None
    read = await trip.house.workshop.do(
        page.read,
        fetched.body,
        url=fetched.url,
        content_type=fetched.content_type,
        zone=trip.zone(source),
        drop=source.drop,
        keep=source.keep,
    )
    if isinstance(read, Stopped):
        return Page(problem=read.because)
    return replace(read, gone=read.gone or NOINDEX) if fetched.noindex else read


async def pasted_of(trip: Trip, source: Source, fetched: Fetched) -> Page:
    """The article of a file that editors put beside config.yaml."""
    workshop = trip.house.workshop
    if "html" in fetched.content_type:
        read = await workshop.do(
            page.read,
            fetched.body,
            zone=trip.zone(source),
            drop=source.drop,
            keep=source.keep,
        )
    else:
        text = fetched.body.decode("utf-8-sig", "replace")
        read = await workshop.do(plain.read, text, drop=source.drop, keep=source.keep)
    return Page(problem=read.because) if isinstance(read, Stopped) else read


async def _parsed(trip: Trip, source: Source, fetched: Fetched) -> Feed:
    workshop, zone = trip.house.workshop, trip.zone(source)
    url, content_type = fetched.url, fetched.content_type
    if source.links:
        read = await workshop.do(
            listing.read,
            fetched.body,
            url=url,
            links=source.links,
            content_type=content_type,
            zone=zone,
        )
    else:
        read = await workshop.do(
            feed.parse, fetched.body, url=url, content_type=content_type, zone=zone
        )
    return Feed(problem=read.because) if isinstance(read, Stopped) else read
