"""Collected articles: how they stand, how they stood, and which sources list them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import itemgetter

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, or_, select

from digest.model.news import Article, ArticleKind, Known, Sighting
from digest.store import codec
from digest.store.engine import Database
from digest.store.tables import article_versions, articles, sightings, source_lines
from digest.url import page_key

AT_ONCE = 500
"""So many addresses a query: below every database's limit of parameters."""

LINE_ARTICLES = 6
"""Of the articles a line stood in so many are kept; the next say nothing new."""


class Articles:
    """The ArticleStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database
        insert = database.insert(articles).on_conflict_do_nothing(index_elements=["key"])
        self._fresh = insert.returning(articles.c.key, articles.c.id)
        sight = database.insert(sightings)
        moved = {name: sight.excluded[name] for name in ("guid", "place", "mark")}
        listing = ["source_id", "article_id"]
        self._listed = sight.on_conflict_do_update(index_elements=listing, set_=moved)

    def known(self, urls: Sequence[str], source_id: str, guids: Sequence[str]) -> list[Known]:
        """Articles with one of the URLs or addresses, or that the source lists under a guid."""
        found: dict[int, Known] = {}
        here = and_(sightings.c.article_id == articles.c.id, sightings.c.source_id == source_id)
        rows = select(
            articles,
            sightings.c.guid.label("listed_as"),
            sightings.c.place.label("listed_at"),
            sightings.c.mark,
        ).outerjoin(sightings, here)
        with self._database.read() as connection:
            for condition in _conditions(urls, source_id, [guid for guid in guids if guid]):
                for row in connection.execute(rows.where(condition)):
                    found[row.id] = _known(row, source_id)
        return [found[key] for key in sorted(found)]

    def titled(self, source_id: str, headlines: Sequence[str], since: datetime) -> list[Article]:
        """The source's articles since the instant that have one of the headlines."""
        rows = (
            select(articles)
            .join(sightings, sightings.c.article_id == articles.c.id)
            .where(sightings.c.source_id == source_id, articles.c.counts_from >= since)
            .order_by(articles.c.id)
        )
        with self._database.read() as connection:
            return [
                _noun(row)
                for some in _chunks(headlines)
                for row in connection.execute(rows.where(articles.c.headline.in_(some)))
            ]

    def save(self, articles: Sequence[Article], listed: Sequence[Sighting] = ()) -> list[Article]:
        """Insert, or replace the one with the same URL keeping its id: a new hash is a new version
        and the old one is kept. One without an id was new to the caller and replaces nothing."""
        keyed = [(page_key(article.url), article) for article in articles]
        first: dict[str, Article] = {}
        again: list[tuple[str, Article]] = []
        with self._database.write() as connection:
            there = _by_key(connection, [key for key, _ in keyed], lock=True)
            # In the order of their keys, so that two processes never wait for one another.
            for key, article in sorted(keyed, key=itemgetter(0)):
                if key in there or key in first:
                    again.append((key, article))
                else:
                    first[key] = article
            saved = self._insert(connection, first)
            if lost := [key for key in first if key not in saved]:
                # Another process inserted them since we looked.
                there |= _by_key(connection, lost)
                again = [*((key, first[key]) for key in lost), *again]
            # One that was new to us and is there: somebody read the same page a moment before.
            mere = {key for key, article in again if not article.id and key in there}
            saved |= {key: there[key] for key in mere}
            again = [(key, article) for key, article in again if key not in mere]
            saved |= _replace(connection, there | saved, again)
            fresh = {key: saved[key] for key in first if key not in there}
            self._sight(
                connection,
                list(_listings(saved, fresh, listed)),
                {key: article.id for key, article in saved.items()},
            )
        return [saved[key] for key, _ in keyed]

    def sight(self, sightings: Sequence[Sighting], now: datetime) -> None:
        """Note that sources list these articles, and where in their lists."""
        listed = [(page_key(sighting.url), sighting, now) for sighting in sightings]
        with self._database.write() as connection:
            ids = _ids(connection, [key for key, _, _ in listed])
            self._sight(connection, [each for each in listed if each[0] in ids], ids)

    def sources_of(self, urls: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Canonical URL -> ids of the sources that list the article, the first to do so first."""
        keys = {url: page_key(url) for url in urls}
        found: dict[str, tuple[str, ...]] = {}
        listed = (
            select(articles.c.key, sightings.c.source_id)
            .join(sightings, sightings.c.article_id == articles.c.id)
            .order_by(sightings.c.first_seen, sightings.c.source_id)
        )
        with self._database.read() as connection:
            for some in _chunks(list(keys.values())):
                for row in connection.execute(listed.where(articles.c.key.in_(some))):
                    found[row.key] = (*found.get(row.key, ()), row.source_id)
        return {url: found[key] for url, key in keys.items() if key in found}

    def since(self, instant: datetime, source_ids: Sequence[str]) -> list[Article]:
        """Articles that one of the sources lists since the instant, newest first."""
        rank = func.row_number().over(
            partition_by=articles.c.id,
            order_by=(sightings.c.place, sightings.c.first_seen, sightings.c.source_id),
        )
        listed = (
            select(
                articles,
                sightings.c.source_id.label("listed_in"),
                sightings.c.guid.label("listed_as"),
                sightings.c.place.label("listed_at"),
                rank.label("rank"),
            )
            .join(sightings, sightings.c.article_id == articles.c.id)
            .where(sightings.c.source_id.in_(source_ids), articles.c.counts_from >= instant)
            .subquery()
        )
        best = select(listed).where(listed.c.rank == 1)
        newest_first = best.order_by(listed.c.counts_from.desc(), listed.c.id)
        with self._database.read() as connection:
            return [
                replace(
                    _noun(row), source_id=row.listed_in, guid=row.listed_as, place=row.listed_at
                )
                for row in connection.execute(newest_first)
            ]

    def get(self, urls: Sequence[str]) -> dict[str, Article]:
        """Canonical URL -> the article as it now stands, withdrawn ones too."""
        keys = {url: page_key(url) for url in urls}
        with self._database.read() as connection:
            found = _by_key(connection, list(keys.values()))
        return {url: found[key] for url, key in keys.items() if key in found}

    def versions(self, url: str) -> list[Article]:
        """All versions at a canonical URL, oldest first; empty if never collected."""
        with self._database.read() as connection:
            now = next(iter(_by_key(connection, [page_key(url)]).values()), None)
            if now is None:
                return []
            old = (
                select(article_versions.c.article)
                .where(article_versions.c.article_id == now.id)
                .order_by(article_versions.c.version)
            )
            earlier = [codec.article_from_json(text) for text in connection.scalars(old)]
            return [*earlier, now]

    def note_lines(self, source_id: str, url: str, headline: str, keys: Sequence[str]) -> None:
        """Remember that lines (by their keys) stood in an article of the source."""
        known = self.lines_seen(source_id, keys)
        rows = [
            {"source_id": source_id, "line": key, "url": url, "headline": headline}
            for key in dict.fromkeys(keys)
            if len(known.get(key, ())) < LINE_ARTICLES
        ]
        if rows:
            once = self._database.insert(source_lines).on_conflict_do_nothing()
            with self._database.write() as connection:
                connection.execute(once, rows)

    def lines_seen(self, source_id: str, keys: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
        """Line key -> URL and headline of the source's articles it stood in."""
        found: dict[str, list[tuple[str, str]]] = {}
        lines = select(source_lines).where(source_lines.c.source_id == source_id)
        with self._database.read() as connection:
            for some in _chunks(keys):
                rows = lines.where(source_lines.c.line.in_(some)).order_by(source_lines.c.url)
                for row in connection.execute(rows):
                    found.setdefault(row.line, []).append((row.url, row.headline))
        return found

    def _insert(self, connection: Connection, fresh: Mapping[str, Article]) -> dict[str, Article]:
        """Those that nobody inserted meanwhile, with their ids."""
        if not fresh:
            return {}
        rows = [_columns(key, article) for key, article in fresh.items()]
        done = connection.execute(self._fresh, rows)
        return {key: replace(fresh[key], id=new_id) for key, new_id in done}

    def _sight(
        self,
        connection: Connection,
        listed: Sequence[tuple[str, Sighting, datetime]],
        ids: Mapping[str, int],
    ) -> None:
        rows = [
            {
                "source_id": sighting.source_id,
                "article_id": ids[key],
                "guid": sighting.guid,
                "place": sighting.place,
                "mark": sighting.mark,
                "first_seen": when,
            }
            for key, sighting, when in listed
        ]
        if rows:
            connection.execute(self._listed, rows)


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def _conditions(
    urls: Sequence[str], source_id: str, guids: Sequence[str]
) -> Iterator[ColumnElement[bool]]:
    for some in _chunks([page_key(url) for url in urls if url]):
        yield or_(articles.c.key.in_(some), articles.c.address_key.in_(some))
    for some in _chunks(guids):
        listed = select(sightings.c.article_id).where(
            sightings.c.source_id == source_id, sightings.c.guid.in_(some)
        )
        yield articles.c.id.in_(listed)


def _by_key(
    connection: Connection, keys: Sequence[str], *, lock: bool = False
) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for some in _chunks(sorted(set(keys))):
        rows = select(articles).where(articles.c.key.in_(some)).order_by(articles.c.key)
        for row in connection.execute(rows.with_for_update() if lock else rows):
            found[row.key] = _noun(row)
    return found


def _ids(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _chunks(sorted(set(keys))):
        rows = select(articles.c.key, articles.c.id).where(articles.c.key.in_(some))
        found |= {row.key: row.id for row in connection.execute(rows)}
    return found


def _replace(
    connection: Connection, there: Mapping[str, Article], again: Sequence[tuple[str, Article]]
) -> dict[str, Article]:
    """Put each in the place of the one there, one after the other; how they stand at the end."""
    stand: dict[str, Article] = {}
    rows, old = [], []
    for key, article in again:
        before = stand.get(key) or there[key]
        version = before.version
        if article.hash != before.hash:
            version += 1
            old.append(
                {
                    "article_id": before.id,
                    "version": before.version,
                    "article": codec.article_to_json(before),
                }
            )
        stand[key] = replace(article, id=before.id, version=version)
        rows.append({"row": before.id, **_columns(key, stand[key])})
    if old:
        connection.execute(article_versions.insert(), old)
    if rows:
        connection.execute(articles.update().where(articles.c.id == bindparam("row")), rows)
    return stand


def _listings(
    saved: Mapping[str, Article], fresh: Mapping[str, Article], listed: Sequence[Sighting]
) -> Iterator[tuple[str, Sighting, datetime]]:
    """How sources list the saved articles, and since when."""
    told = [(page_key(sighting.url), sighting) for sighting in listed]
    named = {key for key, _ in told}
    own = [(key, _own(article)) for key, article in fresh.items() if key not in named]
    for key, sighting in (*told, *own):
        if key in saved:
            article = saved[key]
            yield key, sighting, article.looked_at or article.collected


def _own(article: Article) -> Sighting:
    return Sighting(
        source_id=article.source_id, url=article.url, guid=article.guid, place=article.place
    )


def _known(row: Row[tuple[object, ...]], source_id: str) -> Known:
    article = _noun(row)
    if row.listed_as is None:
        return Known(article=article)
    listed = Sighting(
        source_id=source_id,
        url=article.url,
        guid=row.listed_as,
        place=row.listed_at,
        mark=row.mark,
    )
    return Known(article=article, listed=listed)


def _columns(key: str, noun: Article) -> dict[str, object]:
    return {
        "url": noun.url,
        "key": key,
        "address": noun.address,
        "address_key": page_key(noun.address) if noun.address else "",
        "guid": noun.guid,
        "source_id": noun.source_id,
        "headline": noun.headline,
        "standfirst": noun.standfirst,
        "authors": codec.words_to_json(noun.authors),
        "published": noun.published,
        "updated": noun.updated,
        "section": noun.section,
        "kind": noun.kind.value,
        "kind_because": noun.kind_because,
        "language": noun.language,
        "image": noun.image,
        "image_alt": noun.image_alt,
        "image_credit": noun.image_credit,
        "paragraphs": codec.words_to_json(noun.paragraphs),
        "dropped": codec.dropped_to_json(noun.dropped),
        "place": noun.place,
        "hash": noun.hash,
        "version": noun.version,
        "collected": noun.collected,
        "read_at": noun.read_at,
        "looked_at": noun.looked_at,
        "withdrawn": noun.withdrawn,
        "counts_from": noun.when,
        "because": noun.because,
    }


def _noun(row: Row[tuple[object, ...]]) -> Article:
    return Article(
        id=row.id,
        url=row.url,
        address=row.address,
        guid=row.guid,
        source_id=row.source_id,
        headline=row.headline,
        standfirst=row.standfirst,
        authors=codec.words_from_json(row.authors),
        published=row.published,
        updated=row.updated,
        section=row.section,
        kind=ArticleKind(row.kind),
        kind_because=row.kind_because,
        language=row.language,
        image=row.image,
        image_alt=row.image_alt,
        image_credit=row.image_credit,
        paragraphs=codec.words_from_json(row.paragraphs),
        dropped=codec.dropped_from_json(row.dropped),
        place=row.place,
        hash=row.hash,
        version=row.version,
        collected=row.collected,
        read_at=row.read_at,
        looked_at=row.looked_at,
        withdrawn=row.withdrawn,
        because=row.because,
    )
