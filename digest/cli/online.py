"""`digest check --online`: each source fetched once and read, no article kept."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from digest.app import App
from digest.model.fetch import FetchRequest
from digest.model.news import Feed, Item
from digest.model.newsletter import Source
from digest.model.settings import Settings
from digest.newsroom import reading
from digest.newsroom.house import House
from digest.newsroom.reading import Trip

MEMORY = "sqlite://"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one fetch of a source gave."""

    source: str
    url: str
    ok: bool
    told: str


def look(settings: Settings) -> list[Look]:
    """What each source gives at this moment, in the order of the file."""
    app = App.build(replace(settings, store=_store(settings.store)))
    try:
        return app.finish(look_at(app.house))
    finally:
        app.close()


async def look_at(house: House) -> list[Look]:
    """All sources at once, with the manners of collecting; one that fails stops no other."""
    trip = reading.trip(house)
    return list(await asyncio.gather(*(_one(trip, each) for each in house.settings.sources)))


def _store(address: str) -> str:
    """The database, for what hosts have asked of us; a check makes none where there is none."""
    path = address.removeprefix("sqlite:///")
    return address if path == address or Path(path).exists() else MEMORY


async def _one(trip: Trip, source: Source) -> Look:
    answer = await trip.round.visit(FetchRequest(url=source.url), page=bool(source.links))
    if answer.problem:
        return Look(source=source.id, url=source.url, ok=False, told=answer.problem)
    if source.url.startswith("file:"):
        page = await reading.pasted_of(trip, source, answer)
        told = page.problem or f"“{page.headline}”"
        return Look(source=source.id, url=source.url, ok=not page.problem, told=told)
    feed = await reading.feed_of(trip, source, answer)
    problem = feed.problem or ("" if feed.items else "the feed is readable and has no articles")
    return Look(source=source.id, url=source.url, ok=not problem, told=problem or contents(feed))


def contents(feed: Feed) -> str:
    """How much a feed holds, and how new it is."""
    count = f"{len(feed.items)} article{'' if len(feed.items) == 1 else 's'}"
    return f"{count}{_newest(feed.items)}"


def _newest(items: Iterable[Item]) -> str:
    dates = [item.published for item in items if item.published is not None]
    return f", the newest of {max(dates):%d %b %Y %H:%M} UTC" if dates else ", none with a date"
