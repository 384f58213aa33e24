"""`digest check --online`: each source fetched once and read, nothing saved."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.adapters.clock import SystemClock
from digest.adapters.http import HttpFetcher
from digest.app.build import user_agent
from digest.collect.feed import parse
from digest.model.fetch import FetchRequest
from digest.model.news import Item
from digest.model.newsletter import Source
from digest.model.settings import Settings
from digest.ports import Fetcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one fetch of a source gave."""

    source: str
    url: str
    ok: bool
    told: str


def look(settings: Settings) -> list[Look]:
    """What each source gives at this moment, in the order of the file."""
    return asyncio.run(_look(settings))


async def look_at(sources: Sequence[Source], fetcher: Fetcher) -> list[Look]:
    """All sources at once; one that fails says why and stops no other."""
    return list(await asyncio.gather(*(_one(source, fetcher) for source in sources)))


async def _look(settings: Settings) -> list[Look]:
    async with HttpFetcher(user_agent(settings), clock=SystemClock()) as fetcher:
        return await look_at(settings.sources, fetcher)


async def _one(source: Source, fetcher: Fetcher) -> Look:
    answer = await fetcher.fetch(FetchRequest(url=source.url))
    if answer.problem:
        return Look(source=source.id, url=source.url, ok=False, told=answer.problem)
    feed = parse(
        answer.body, url=answer.url, content_type=answer.content_type, zone=source.timezone
    )
    problem = feed.problem or ("" if feed.items else "the feed is readable and has no articles")
    count = f"{len(feed.items)} article{'' if len(feed.items) == 1 else 's'}"
    told = problem or f"{count}{_newest(feed.items)}"
    return Look(source=source.id, url=source.url, ok=not problem, told=told)


def _newest(items: Iterable[Item]) -> str:
    dates = [item.published for item in items if item.published is not None]
    return f", the newest of {max(dates):%d %b %Y %H:%M} UTC" if dates else ", none with a date"
