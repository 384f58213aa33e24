"""Sources that are due are fetched with manners, and what is new in them is kept."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from digest.collect import changes, manners
from digest.collect.manners import Visit
from digest.errors import StoreError
from digest.model.fetch import Fetched, FetchRequest
from digest.model.news import Item, SourceState
from digest.model.newsletter import Newsletter, Source
from digest.newsroom import articles, asking, keeping, reading
from digest.newsroom.house import House
from digest.newsroom.keeping import Outcome
from digest.newsroom.reading import Trip
from digest.newsroom.reporting import SourceReport, report_of

log = logging.getLogger(__name__)

_SLOW = "its pages took more than three minutes; the rest is read next time"

AT_ONCE = 32
"""Sources fetched side by side; the fetcher holds each host to two connections."""
PAGES_AT_ONCE = 2
"""Pages of one source fetched side by side."""
PATIENCE = 180.0
"""Seconds for one source with all its pages; what is left then is read at the next visit."""
SAVED_AT_ONCE = 200
"""States of sources saved together; a kill costs a few fetches that were not needed."""
FRESH = timedelta(minutes=5)
"""Before an edition is written, sources seen longer ago than this are asked once more."""


async def collect_due(
    house: House, *, only: Sequence[str] = (), now_please: bool = False
) -> tuple[SourceReport, ...]:
    """Fetch every source that is due (or all that are named); one failure never stops the rest."""
    wanted = [s for s in house.settings.sources if not only or s.id in only]
    states = house.store.sources.states()
    now = house.clock.now()
    due = [(s, manners.fresh(states.get(s.id), s)) for s in wanted]
    if now_please:
        due = [(s, state) for s, state in due if only or not state.muted]
    else:
        due = [(s, state) for s, state in due if manners.due(state, now)]
    return await _collect_all(house, due)


async def collect_for(house: House, newsletter: Newsletter) -> tuple[SourceReport, ...]:
    """Before an edition is written: its sources once more, but those seen minutes ago."""
    now = house.clock.now()
    states = house.store.sources.states()
    due = [
        (source, state)
        for source in house.settings.sources_of(newsletter)
        if not (state := manners.fresh(states.get(source.id), source)).muted
        and (state.checked_at is None or now - state.checked_at >= FRESH)
        and (not state.failures or manners.due(state, now))
    ]
    return await _collect_all(house, due)


async def _collect_all(
    house: House, due: Sequence[tuple[Source, SourceState]]
) -> tuple[SourceReport, ...]:
    trip = reading.trip(house)
    gate = asyncio.Semaphore(AT_ONCE)
    ready: list[SourceState] = []

    async def one(source: Source, state: SourceState) -> SourceReport:
        async with gate:
            report, after = await _collect(trip, source, state)
        ready.append(after)
        if len(ready) >= SAVED_AT_ONCE:
            with suppress(StoreError):  # the end of the round tries again, and says so
                _save(house, ready)
        return report

    try:
        return tuple(await asyncio.gather(*(one(source, state) for source, state in due)))
    finally:
        _save(house, ready)


def _save(house: House, ready: list[SourceState]) -> None:
    states = ready.copy()
    house.store.sources.save(states)
    del ready[: len(states)]


async def _collect(
    trip: Trip, source: Source, state: SourceState
) -> tuple[SourceReport, SourceState]:
    """One source: fetch, read, keep, and say how it went and what is remembered."""
    try:
        fetched = await trip.round.visit(
            FetchRequest(
                url=state.address or source.url,
                etag=state.etag,
                last_modified=state.last_modified,
            ),
            page=bool(source.links),
        )
        report, visit = await _take(trip, source, state, fetched)
        after = manners.after(state, source, visit, trip.now)
        if notice := manners.notice(state, after):
            log.warning("source %s: %s", source.id, notice)
            await asking.tell_of_source(trip.house, source, notice)
    except StoreError as error:
        # No fault of the source: it is asked again as soon as there is room to keep its articles.
        log.error("source %s: %s", source.id, error)
        return _failed(source, str(error)), state
    except Exception as error:
        log.exception("source %s failed", source.id)
        report = _failed(source, f"reading it failed ({error}); we try again later")
        after = manners.broken(state, source, report.because, trip.now)
    return report, after


async def _take(
    trip: Trip, source: Source, state: SourceState, fetched: Fetched
) -> tuple[SourceReport, Visit]:
    """The articles of a fetched feed, page or text."""
    if fetched.problem:
        return _fruitless(source, fetched, fetched.problem)
    fingerprint = sha256(fetched.body).hexdigest() if fetched.status != 304 else ""
    if fetched.status == 304 or fingerprint == state.fingerprint:
        return await _unchanged(trip, source, state, fetched, fingerprint)
    if source.url.startswith("file:"):
        return await _take_pasted(trip, source, fetched, fingerprint)
    found = await reading.feed_of(trip, source, fetched)
    if found.problem:
        return _fruitless(source, fetched, found.problem)
    wanted = _worth_a_look(trip.house, found.items)
    outcomes, known = await _take_items(trip, source, wanted)
    report = report_of(source, outcomes, len(found.items))
    visit = Visit(
        fetched=fetched,
        news=bool(report.new or report.changed),
        familiar=known,
        # What an index of sitemaps lists may change while the index itself does not.
        complete=not report.failed and not found.further,
        unread_until=_unread_until(outcomes),
        wish=found.pause,
        fingerprint=fingerprint,
        because=report.because,
    )
    return report, visit


def _worth_a_look(house: House, items: Sequence[Item]) -> list[Item]:
    """Recent items with an address, the newest first, each address once."""
    now = house.clock.now()
    since = now - house.settings.collecting.max_age
    single: dict[str, Item] = {}
    for item in items:
        if item.url and (item.published is None or item.published > since):
            single.setdefault(item.url, item)
    recent = sorted(single.values(), key=lambda item: item.published or now, reverse=True)
    return recent[: house.settings.collecting.items]


async def _take_items(
    trip: Trip, source: Source, wanted: Sequence[Item]
) -> tuple[list[Outcome], bool]:
    """What became of each item, in order, and whether any was known before."""
    roll = keeping.known(trip, source, wanted)
    if not source.pages:
        return await articles.take_own_texts(trip, source, wanted, roll), bool(len(roll))
    there = {item.url: roll.find(item) for item in wanted}
    untouched = [
        (known, item)
        for item in wanted
        if (known := there[item.url]) is not None
        and not changes.touched(known, item, source.id, now=trip.now)
    ]
    seen = keeping.see(trip, source, untouched)
    found = {item.url: outcome for (_, item), outcome in zip(untouched, seen, strict=True)}
    gate = asyncio.Semaphore(PAGES_AT_ONCE)

    async def one(item: Item) -> None:
        async with gate:
            found[item.url] = await articles.take(trip, source, item)

    reading = [asyncio.create_task(one(item)) for item in wanted if item.url not in found]
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*reading)
    except TimeoutError:
        log.warning("source %s: %s", source.id, _SLOW)
    finally:
        for task in reading:
            task.cancel()
    outcomes = [found.get(item.url) or Outcome(trouble=f"{item.url}: {_SLOW}") for item in wanted]
    return outcomes, bool(len(roll))


async def _take_pasted(
    trip: Trip, source: Source, fetched: Fetched, fingerprint: str
) -> tuple[SourceReport, Visit]:
    """A file that editors put beside config.yaml is one article."""
    read = await reading.pasted_of(trip, source, fetched)
    if read.problem:
        return _fruitless(source, fetched, read.problem)
    url = read.canonical_url or changes.pasted_url(trip.house.settings.site.url, source, read)
    item = Item(url=url, headline=read.headline, published=read.published, section=source.section)
    made = changes.article(source, item, read, address=url, now=trip.now)
    outcomes = keeping.keep(trip, source, [(item, made)], keeping.known(trip, source, [item]))
    report = report_of(source, outcomes, 1)
    news = bool(report.new or report.changed)
    visit = Visit(fetched=fetched, news=news, fingerprint=fingerprint, because=report.because)
    return report, visit


def _failed(source: Source, because: str) -> SourceReport:
    return SourceReport(source_id=source.id, failed=1, because=because)


def _fruitless(source: Source, fetched: Fetched, problem: str) -> tuple[SourceReport, Visit]:
    return _failed(source, problem), Visit(fetched=fetched, problem=problem, because=problem)


async def _unchanged(
    trip: Trip, source: Source, state: SourceState, fetched: Fetched, fingerprint: str
) -> tuple[SourceReport, Visit]:
    """Nothing new in the list; pages that gave no text yet get another try all the same."""
    report = SourceReport(source_id=source.id, because="unchanged since the last fetch")
    outcomes: list[Outcome] = []
    if state.unread_until is not None and state.unread_until > trip.now:
        outcomes = await articles.second_tries(trip, source)
    if outcomes:
        again = report_of(source, outcomes, len(outcomes))
        report = replace(again, because=f"{report.because}; tried again: {again.because}")
    visit = Visit(
        fetched=fetched,
        familiar=True,
        unread_until=_unread_until(outcomes),
        fingerprint=fingerprint,
        because=report.because,
    )
    return report, visit


def _unread_until(outcomes: Sequence[Outcome]) -> datetime | None:
    return max((o.unread_until for o in outcomes if o.unread_until), default=None)
