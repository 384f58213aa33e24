"""Article pages are visited: new ones, touched ones, and those an edition is about to use."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from digest.collect import changes
from digest.collect.changes import Roll
from digest.model.fetch import Fetched, FetchRequest, Stopped
from digest.model.news import Article, Change, Item, Known, Page
from digest.model.newsletter import Source
from digest.newsroom import keeping, reading
from digest.newsroom.house import House
from digest.newsroom.keeping import Outcome
from digest.newsroom.reading import Trip
from digest.url import canonical, page_key

log = logging.getLogger(__name__)

PAGE_SECONDS = 20.0
GONE = frozenset({404, 410})


async def take(trip: Trip, source: Source, item: Item) -> Outcome:
    """Read the item's page and keep what it says; one that fails never stops the others."""
    lock = trip.reading.setdefault(page_key(canonical(item.url)), asyncio.Lock())
    try:
        async with lock:
            # Another source may have read the same page while this one waited.
            known = keeping.known(trip, source, [item]).find(item)
            if known is None:
                return await _read(trip, source, item, None, PAGE_SECONDS)
            if not changes.touched(known, item, source.id, now=trip.now):
                return keeping.see(trip, source, [(known, item)])[0]
            item = changes.as_known(known.article, item, source.id)
            return await _read(trip, source, item, known.article, PAGE_SECONDS)
    except Exception as error:
        log.exception("%s: article %s failed", source.id, item.url)
        return Outcome(trouble=f"{item.url}: could not be read ({error}); we try again later")


async def take_own_texts(
    trip: Trip, source: Source, items: Sequence[Item], roll: Roll
) -> list[Outcome]:
    """Keep items whose text is the feed's own, all at once.

    What another source brought first is only noted as listed here, too: of two excerpts of one
    story neither corrects the other.
    """
    known = {item.url: roll.find(item) for item in items}
    untouched = [
        (there, item)
        for item in items
        if (there := known[item.url]) is not None and _is_settled(trip, source, there, item)
    ]
    seen = keeping.see(trip, source, untouched)
    found = {item.url: outcome for (_, item), outcome in zip(untouched, seen, strict=True)}
    fresh = [item for item in items if item.url not in found]
    found |= dict(
        zip([item.url for item in fresh], await _own(trip, source, fresh, roll), strict=True)
    )
    return [found[item.url] for item in items]


async def _own(trip: Trip, source: Source, items: Sequence[Item], roll: Roll) -> list[Outcome]:
    """New and changed items; only those an edition may read go through the line filter."""
    since = trip.now - max(n.max_age + n.cutoff for n in trip.house.settings.newsletters)
    if any(changes.needs_sorting(item, since) for item in items):
        made = await trip.house.workshop.do(changes.without_pages, source, items, trip.now, since)
        if isinstance(made, Stopped):
            return [Outcome(trouble=f"{item.url}: {made.because}") for item in items]
    else:
        # Nothing but copying, for which no bytes need to go to another process.
        made = changes.without_pages(source, items, trip.now, since)
    return keeping.keep(trip, source, list(zip(items, made, strict=True)), roll)


def _is_settled(trip: Trip, source: Source, known: Known, item: Item) -> bool:
    """Whether the item says nothing new: its words are those last seen, or another source's."""
    first = known.article.source_id
    if first != source.id and trip.house.settings.source(first) is not None:
        return True
    return known.listed is not None and known.listed.mark == changes.mark(item)


async def second_tries(trip: Trip, source: Source) -> list[Outcome]:
    """Pages that gave no text yet, are due after an embargo or were gone, without the feed."""
    since = trip.now - changes.MAY_COME_BACK
    recent = trip.house.store.articles.since(since, [source.id])
    wanted = [a for a in recent if changes.needs_page(a, _item_of(a), now=trip.now)]
    return [await _look(trip, source, article, PAGE_SECONDS) for article in wanted]


async def look_again(
    house: House, urls: Sequence[str], *, seconds: float = PAGE_SECONDS
) -> dict[str, Article]:
    """Canonical URL -> the article as its page says now, saved (corrected, updated, withdrawn or
    the same); one whose page does not answer in time stays as it was."""
    trip = reading.trip(house)
    looks = [
        asyncio.create_task(_look(trip, source, article, seconds))
        for article in house.store.articles.get(urls).values()
        # Articles of files and of feeds alone have no page.
        if (source := house.settings.source(article.source_id)) is not None
        and source.pages
        and not source.url.startswith("file:")
    ]
    if looks:
        await asyncio.wait(looks, timeout=seconds)
        for look in looks:
            look.cancel()
        await asyncio.gather(*looks, return_exceptions=True)
    return house.store.articles.get(urls)


async def _look(trip: Trip, source: Source, article: Article, seconds: float) -> Outcome:
    """Read one known article's page again; what its source lists it as stays as it is."""
    try:
        outcome = await _read(trip, source, _item_of(article), article, seconds, listed=False)
    except Exception as error:
        log.exception("%s could not be looked at again", article.url)
        return Outcome(trouble=f"{article.url}: could not be read ({error}); we try again later")
    if outcome.trouble:
        log.info("looked again at %s: %s", article.url, outcome.trouble)
    return outcome


def _item_of(article: Article) -> Item:
    """What a feed would say of an article we know."""
    return Item(
        url=article.address or article.url,
        guid=article.guid,
        headline=article.headline,
        standfirst=article.standfirst,
        authors=article.authors,
        image=article.image,
        published=article.published,
        updated=article.updated,
        section=article.section,
        place=article.place,
    )


async def _read(
    trip: Trip,
    source: Source,
    item: Item,
    there: Article | None,
    seconds: float,
    *,
    listed: bool = True,
) -> Outcome:
    """Fetch and read one page; without it the feed's own text is the article's."""
    fetched = await trip.round.visit(FetchRequest(url=item.url, seconds=seconds), page=True)
    read = await reading.page_of(trip, source, fetched)
    if gone := _gone(fetched, read, item, there, trip.now):
        return keeping.withdraw(trip, item, there, gone)
    trouble = fetched.problem or (read.problem if read is not None else "")
    until = _unread_until(item, trouble, there, trip.now)
    if trouble and there is not None and not listed:
        # Without its page and its feed there is nothing to compare it with.
        told = f"{item.url}: {trouble}"
        return Outcome(change=Change.SAME, url=there.url, trouble=told, unread_until=until)
    # The feed's own text is as foreign as any page.
    made = await trip.house.workshop.do(
        changes.article, source, item, read, address=fetched.url or item.url, now=trip.now
    )
    if isinstance(made, Stopped):
        return Outcome(trouble=f"{item.url}: {made.because}")
    roll = keeping.known(trip, source, [item, replace(item, url=made.url)])
    if not trouble:
        made = keeping.without_learned(trip, source, made, roll.find(item, made.url))
    (outcome,) = keeping.keep(trip, source, [(item, made)], roll, listed=listed)
    return replace(
        outcome,
        trouble=f"{item.url}: {trouble}" if trouble else "",
        unread_until=until,
    )


def _unread_until(
    item: Item, trouble: str, there: Article | None, now: datetime
) -> datetime | None:
    """How long the page is worth another try: until after its embargo, or a while after new."""
    if item.published is not None and now < item.published <= now + changes.LONGEST_EMBARGO:
        return item.published + changes.SECOND_TRIES
    first = there.collected if there is not None else now
    return first + changes.SECOND_TRIES if trouble else None


def _gone(
    fetched: Fetched, read: Page | None, item: Item, there: Article | None, now: datetime
) -> str:
    """Why the article must not be used, as far as its page says.

    The page of an embargoed one may not be there yet. One that asked not to be found from the
    start, as papers do for agency copy, is no withdrawal.
    """
    if fetched.status in GONE:
        early = there is None and item.published is not None and item.published > now
        return "" if early else f"its page is gone ({fetched.status})"
    if read is None or there is None or changes.UNLISTED in there.because:
        return ""
    return read.gone
