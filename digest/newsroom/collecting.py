"""Sources that are due are fetched, and what is new in them is kept."""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest.collect import changes, feed, page, plain
from digest.model.fetch import Fetched, FetchRequest
from digest.model.news import Article, Change, Item, Page, SourceState
from digest.model.newsletter import Source
from digest.newsroom.house import House
from digest.url import canonical

log = logging.getLogger(__name__)

AT_ONCE = 8
PAGES_AT_ONCE = 2
"""Pages of one source fetched side by side."""
RECENT = timedelta(days=3)
"""Older items are no news; they are not fetched."""
MOST = 50
"""Items of one fetch that are looked at, the newest first."""
LONGEST_PAUSE = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one item."""

    change: Change | None = None
    """None when it could not be read."""
    url: str = ""
    """The article's canonical URL."""
    trouble: str = ""
    """One sentence when something went wrong, even if the feed's own text could be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What one fetch of a source gave: counts of articles, and a sentence."""

    source_id: str
    new: int = 0
    changed: int = 0
    same: int = 0
    failed: int = 0
    """Articles that could not be read; 1 when the source itself could not."""
    because: str = ""
    urls: tuple[str, ...] = ()
    """Canonical URLs of the articles seen."""
    troubles: tuple[str, ...] = ()
    """One sentence for each article something went wrong with."""


async def collect_due(
    house: House, *, only: Sequence[str] = (), now_please: bool = False
) -> tuple[SourceReport, ...]:
    """Fetch every source that is due (or all that are named); one failure never stops the rest."""
    now = house.clock.now()
    states = house.store.sources.states()
    due = [
        (source, states.get(source.id) or SourceState(source_id=source.id))
        for source in house.settings.sources
        if not only or source.id in only
    ]
    if not now_please:
        due = [(s, state) for s, state in due if state.next_at is None or state.next_at <= now]
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(source: Source, state: SourceState) -> SourceReport:
        async with gate:
            return await _collect(house, source, state)

    return tuple(await asyncio.gather(*(one(source, state) for source, state in due)))


async def _collect(house: House, source: Source, state: SourceState) -> SourceReport:
    """One source: fetch, read, keep, and remember how it went."""
    after = state
    try:
        fetched = await house.fetcher.fetch(
            FetchRequest(url=source.url, etag=state.etag, last_modified=state.last_modified)
        )
        report = await _take(house, source, fetched)
        after = _after(state, fetched, report)
    except Exception as error:
        log.exception("source %s failed", source.id)
        report = _failed(source, f"reading it failed ({error}); we try again later")
        after = replace(state, failures=state.failures + 1, next_at=None)
    _save_state(house, source, after, report)
    return report


async def _take(house: House, source: Source, fetched: Fetched) -> SourceReport:
    """The articles of a fetched feed, page or text."""
    if fetched.problem:
        return _failed(source, fetched.problem)
    if fetched.status == 304:
        return SourceReport(source_id=source.id, because="unchanged since the last fetch")
    if source.url.startswith("file:"):
        return await _take_pasted(house, source, fetched)
    found = await asyncio.to_thread(
        feed.parse,
        fetched.body,
        url=fetched.url,
        content_type=fetched.content_type,
        zone=_zone(house, source),
    )
    if found.problem:
        return _failed(source, found.problem)
    gate = asyncio.Semaphore(PAGES_AT_ONCE)

    async def one(item: Item) -> Outcome:
        async with gate:
            return await _take_item(house, source, item)

    wanted = _worth_a_look(found.items, house.clock.now())
    outcomes = await asyncio.gather(*(one(item) for item in wanted))
    return _report(source, outcomes, len(found.items))


def _worth_a_look(items: Sequence[Item], now: datetime) -> list[Item]:
    since = now - RECENT
    recent = [i for i in items if i.url and (i.published is None or i.published > since)]
    recent.sort(key=lambda item: item.published or now, reverse=True)
    return recent[:MOST]


async def _take_item(house: House, source: Source, item: Item) -> Outcome:
    """One item: known and untouched in the feed, or its page is read anew."""
    try:
        known = _known(house, source, item.url, item.guid)
        if known is not None and not changes.needs_page(known, item, now=house.clock.now()):
            if known.place != item.place:
                house.store.articles.save(replace(known, place=item.place))
            return Outcome(change=Change.SAME, url=known.url)
        fetched = await house.fetcher.fetch(FetchRequest(url=item.url))
        read, trouble = None, fetched.problem
        if not trouble:
            read = await asyncio.to_thread(
                page.read,
                fetched.body,
                url=fetched.url,
                content_type=fetched.content_type,
                zone=_zone(house, source),
            )
            trouble = read.problem
        outcome = _keep(house, source, item, read, fetched.url or item.url)
    except Exception as error:
        log.exception("%s: article %s failed", source.id, item.url)
        return Outcome(trouble=f"{item.url}: could not be read ({error}); we try again later")
    return replace(outcome, trouble=f"{item.url}: {trouble}") if trouble else outcome


async def _take_pasted(house: House, source: Source, fetched: Fetched) -> SourceReport:
    """A file that editors put beside config.yaml is one article."""
    if "html" in fetched.content_type:
        read = await asyncio.to_thread(page.read, fetched.body, zone=_zone(house, source))
    else:
        read = await asyncio.to_thread(plain.read, fetched.body.decode("utf-8-sig", "replace"))
    if read.problem:
        return _failed(source, read.problem)
    url = read.canonical_url or changes.pasted_url(house.settings.site.url, source, read)
    item = Item(url=url, headline=read.headline, published=read.published, section=source.section)
    return _report(source, [_keep(house, source, item, read, url)], 1)


def _keep(house: House, source: Source, item: Item, read: Page | None, address: str) -> Outcome:
    """Decide what is new about the article and save it."""
    article = changes.article(source, item, read, address=address, now=house.clock.now())
    known = _known(house, source, article.url, article.guid, item.url)
    decision = changes.decide(known, article)
    if known is not None and changes.is_poorer(article, known):
        return Outcome(change=Change.SAME, url=known.url)
    if known is not None and decision.change is Change.SAME:
        # The date is remembered, so that it does not send us to the page once more.
        house.store.articles.save(replace(known, updated=article.updated, place=item.place))
        return Outcome(change=Change.SAME, url=known.url)
    if known is not None:
        # The story keeps the identity and the age it was first seen with.
        article = replace(article, id=known.id, url=known.url, collected=known.collected)
    because = "; ".join(part for part in (decision.because, article.because) if part)
    house.store.articles.save(replace(article, because=because))
    return Outcome(change=decision.change, url=article.url)


def _known(house: House, source: Source, url: str, guid: str, link: str = "") -> Article | None:
    urls = list(dict.fromkeys(canonical(each) for each in (url, link) if each))
    found = house.store.articles.known(urls, source.id, [guid] if guid else [])
    exact = (article for article in found if article.url == urls[0])
    return next(exact, found[0] if found else None)


def _zone(house: House, source: Source) -> str:
    return source.timezone or house.settings.site.timezone


def _failed(source: Source, because: str) -> SourceReport:
    return SourceReport(source_id=source.id, failed=1, because=because)


def _after(state: SourceState, fetched: Fetched, report: SourceReport) -> SourceState:
    """What is remembered: validators as a pair, and only while every article could be read."""
    if fetched.problem or (report.failed and not report.urls and not report.troubles):
        return replace(state, failures=state.failures + 1, next_at=fetched.retry_at)
    state = replace(state, failures=0, next_at=fetched.retry_at)
    if fetched.status == 304 and not (fetched.etag or fetched.last_modified):
        return state
    # Without validators the next answer is whole again, and what failed gets its second try.
    kept = ("", "") if report.failed else (fetched.etag, fetched.last_modified)
    return replace(state, etag=kept[0], last_modified=kept[1])


def _save_state(house: House, source: Source, state: SourceState, report: SourceReport) -> None:
    now = house.clock.now()
    longest = max(LONGEST_PAUSE, source.every)
    pause = min(source.every * 2 ** min(state.failures, 16), longest)
    next_at = max(now + pause, state.next_at or now)
    house.store.sources.save(
        replace(state, checked_at=now, next_at=next_at, because=report.because)
    )


def _report(source: Source, outcomes: Sequence[Outcome], items: int) -> SourceReport:
    counts = Counter(outcome.change for outcome in outcomes)
    troubles = tuple(outcome.trouble for outcome in outcomes if outcome.trouble)
    named = (
        (Change.NEW, "new"),
        (Change.CHANGED, "changed"),
        (Change.SAME, "same"),
        (None, "failed"),
    )
    told = ", ".join(f"{counts[change]} {name}" for change, name in named if counts[change])
    because = f"{items} item{'s' if items != 1 else ''}: {told or 'none recent'}"
    if troubles:
        more = f" (and {len(troubles) - 1} more)" if troubles[1:] else ""
        because += f"; {troubles[0]}{more}"
    return SourceReport(
        source_id=source.id,
        new=counts[Change.NEW],
        changed=counts[Change.CHANGED],
        same=counts[Change.SAME],
        failed=counts[None],
        because=because,
        urls=tuple(outcome.url for outcome in outcomes if outcome.url),
        troubles=troubles,
    )
