"""Collected articles and their old versions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select

from digest.model.news import Article, ArticleKind
from digest.store import codec
from digest.store.engine import Database
from digest.store.tables import article_versions, articles

AT_ONCE = 500
"""So many addresses a query: below every database's limit of parameters."""


class Articles:
    """The ArticleStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, urls: Sequence[str], source_id: str, guids: Sequence[str]) -> list[Article]:
        """Articles with one of the URLs or addresses, or of the source with one of the guids."""
        found: dict[int, Article] = {}
        with self._database.read() as connection:
            for condition in _conditions(urls, source_id, [guid for guid in guids if guid]):
                for row in connection.execute(select(articles).where(condition)):
                    found[row.id] = _noun(row)
        return [found[key] for key in sorted(found)]

    def save(self, article: Article) -> Article:
        """Insert, or replace the one with the same URL keeping its id; a new hash is a new version
        and the old one is kept."""
        with self._database.write() as connection:
            insert = self._database.insert(articles).values(_columns(article))
            fresh = insert.on_conflict_do_nothing(index_elements=["url"]).returning(articles.c.id)
            new_id = connection.execute(fresh).scalar()
            if new_id is not None:
                return replace(article, id=new_id)
            return _replace(connection, article)

    def since(self, instant: datetime, source_ids: Sequence[str]) -> list[Article]:
        """Articles published (or, without a date, collected) since the instant, newest first."""
        wanted = and_(articles.c.source_id.in_(source_ids), articles.c.counts_from >= instant)
        newest_first = (articles.c.counts_from.desc(), articles.c.id)
        with self._database.read() as connection:
            rows = connection.execute(select(articles).where(wanted).order_by(*newest_first))
            return [_noun(row) for row in rows]

    def versions(self, url: str) -> list[Article]:
        """All versions at a canonical URL, oldest first; empty if never collected."""
        with self._database.read() as connection:
            row = connection.execute(select(articles).where(articles.c.url == url)).one_or_none()
            if row is None:
                return []
            old = (
                select(article_versions.c.article)
                .where(article_versions.c.article_id == row.id)
                .order_by(article_versions.c.version)
            )
            earlier = [codec.article_from_json(text) for text in connection.scalars(old)]
            return [*earlier, _noun(row)]


def _conditions(
    urls: Sequence[str], source_id: str, guids: Sequence[str]
) -> Iterator[ColumnElement[bool]]:
    for start in range(0, len(urls), AT_ONCE):
        some = urls[start : start + AT_ONCE]
        yield or_(articles.c.url.in_(some), articles.c.address.in_(some))
    for start in range(0, len(guids), AT_ONCE):
        some = guids[start : start + AT_ONCE]
        yield and_(articles.c.source_id == source_id, articles.c.guid.in_(some))


def _replace(connection: Connection, article: Article) -> Article:
    same_url = select(articles).where(articles.c.url == article.url).with_for_update()
    before = _noun(connection.execute(same_url).one())
    version = before.version
    if article.hash != before.hash:
        version += 1
        connection.execute(
            article_versions.insert().values(
                article_id=before.id,
                version=before.version,
                article=codec.article_to_json(before),
            )
        )
    saved = replace(article, id=before.id, version=version)
    connection.execute(articles.update().where(articles.c.id == before.id).values(_columns(saved)))
    return saved


def _columns(noun: Article) -> dict[str, object]:
    return {
        "url": noun.url,
        "address": noun.address,
        "guid": noun.guid,
        "source_id": noun.source_id,
        "headline": noun.headline,
        "standfirst": noun.standfirst,
        "authors": codec.words_to_json(noun.authors),
        "published": noun.published,
        "updated": noun.updated,
        "section": noun.section,
        "kind": noun.kind.value,
        "language": noun.language,
        "image": noun.image,
        "paragraphs": codec.words_to_json(noun.paragraphs),
        "place": noun.place,
        "hash": noun.hash,
        "version": noun.version,
        "collected": noun.collected,
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
        language=row.language,
        image=row.image,
        paragraphs=codec.words_from_json(row.paragraphs),
        place=row.place,
        hash=row.hash,
        version=row.version,
        collected=row.collected,
        because=row.because,
    )
