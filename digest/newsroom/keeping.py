"""What was read is compared with what is known, and saved with its reason."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest.collect import changes, learned
from digest.collect.changes import Roll
from digest.model.news import Article, Change, ChangeDecision, Item, Known, Sighting
from digest.model.newsletter import Source
from digest.newsroom.reading import Trip
from digest.url import canonical

log = logging.getLogger(__name__)

ALIKE_WITHIN = timedelta(days=2)
"""An article with another address and guid is looked for among those so young."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one item."""

    change: Change | None = None
    """None when it could not be read."""
    url: str = ""
    """The article's canonical URL."""
    trouble: str = ""
    """One sentence when something went wrong, even if the feed's own text could be kept."""
    unread_until: datetime | None = None
    """So long its page is worth another try whether the feed changes or not."""


def known(trip: Trip, source: Source, items: Sequence[Item]) -> Roll:
    """What is already collected of these items, found by one question to the store."""
    urls = list(dict.fromkeys(canonical(item.url) for item in items))
    guids = [item.guid for item in items if item.guid]
    return Roll(trip.house.store.articles.known(urls, source.id, guids))


def see(trip: Trip, source: Source, pairs: Sequence[tuple[Known, Item]]) -> list[Outcome]:
    """Known articles that the feed shows untouched: only what is new about their places in it is
    noted."""
    listed = [_sighting(source, known.article.url, item) for known, item in pairs]
    news = [now for now, (known, _) in zip(listed, pairs, strict=True) if now != known.listed]
    if news:
        trip.house.store.articles.sight(news, trip.now)
    return [Outcome(change=Change.SAME, url=known.article.url) for known, _ in pairs]


def keep(
    trip: Trip,
    source: Source,
    pairs: Sequence[tuple[Item, Article]],
    roll: Roll,
    *,
    listed: bool = True,
) -> list[Outcome]:
    """Decide what is new about each article and save them in one transaction, and (`listed`) that
    the source lists them so."""
    store = trip.house.store.articles
    there = [roll.find(item, article.url) for item, article in pairs]
    fresh = [a.headline for (_, a), known in zip(pairs, there, strict=True) if known is None]
    alike = store.titled(source.id, fresh, trip.now - ALIKE_WITHIN) if fresh else []
    outcomes: list[Outcome] = []
    saved: list[Article] = []
    sightings: list[Sighting] = []
    unchanged: list[tuple[Known, Item]] = []
    for (item, article), known in zip(pairs, there, strict=True):
        before = known.article if known is not None else changes.same_text(alike, article)
        decision = _decision(known, before, article)
        if before is None or _says_more(before, article, decision):
            saved.append(_decided(before, article, decision))
        elif source.pages and not changes.is_poorer(article, before):
            # The date is remembered, so that it does not send us to the page once more.
            decision = replace(decision, change=Change.SAME)
            saved.append(_looked_at(before, article))
        else:
            unchanged.append((known or Known(article=before), item))
            outcomes.append(Outcome(change=Change.SAME, url=before.url))
            continue
        outcomes.append(Outcome(change=decision.change, url=saved[-1].url))
        sightings.append(_sighting(source, saved[-1].url, item))
    if saved:
        store.save(saved, sightings if listed else ())
    if listed:
        see(trip, source, unchanged)
    return outcomes


def withdraw(trip: Trip, item: Item, there: Article | None, because: str) -> Outcome:
    """Note that an article must not be used any more; one not known yet is not taken."""
    store = trip.house.store.articles
    if there is None:
        return Outcome(change=Change.WITHDRAWN, trouble=f"{item.url}: {because}; it was not taken")
    if there.withdrawn:
        store.save([replace(there, looked_at=trip.now)])
        return Outcome(change=Change.SAME, url=there.url)
    store.save([changes.withdrawn(there, because, trip.now)])
    log.warning("%s was withdrawn: %s", there.url, because)
    return Outcome(
        change=Change.WITHDRAWN, url=there.url, unread_until=trip.now + changes.MAY_COME_BACK
    )


def without_learned(trip: Trip, source: Source, article: Article, known: Known | None) -> Article:
    """The article without lines that the source prints under unlike headlines.

    What was decided about an article's lines when it was first read stands: what is learned later
    is no change of its words, and must not look like a correction.
    """
    if known is not None:
        return changes.without_lines(article, learned.told(known.article.dropped))
    store = trip.house.store.articles
    seen = store.lines_seen(source.id, [learned.key(line) for line in article.paragraphs])
    keys = learned.keys(article.paragraphs)
    store.note_lines(source.id, article.url, article.headline, keys)
    repeated = learned.repeated(
        article.paragraphs, seen, url=article.url, headline=article.headline
    )
    return changes.without_lines(article, repeated)


def _sighting(source: Source, url: str, item: Item) -> Sighting:
    return Sighting(
        source_id=source.id,
        url=url,
        guid=item.guid,
        place=item.place,
        mark=changes.mark(item),
    )


def _decision(known: Known | None, before: Article | None, article: Article) -> ChangeDecision:
    """New, changed or the same; the same where somebody read the same page a moment before, who
    may have learned fewer or more of its source's lines."""
    if known is None and before is not None and changes.is_same_page(before, article):
        return ChangeDecision(change=Change.SAME, because="it was read a moment before")
    return changes.decide(before, article)


def _says_more(before: Article, article: Article, decision: ChangeDecision) -> bool:
    """Whether the article is a new version, and not the feed's own text in place of the page's."""
    return decision.change is not Change.SAME and not changes.is_poorer(article, before)


def _looked_at(before: Article, article: Article) -> Article:
    return replace(before, updated=article.updated or before.updated, looked_at=article.looked_at)


def _decided(before: Article | None, article: Article, decision: ChangeDecision) -> Article:
    """The article with its reason; a known story keeps the source that had it first, its address
    and the age it was first seen with."""
    because = "; ".join(part for part in (decision.because, article.because) if part)
    if before is None:
        return replace(article, because=because)
    return replace(
        article,
        id=before.id,
        url=before.url,
        source_id=before.source_id,
        guid=before.guid,
        collected=before.collected,
        because=because,
    )
