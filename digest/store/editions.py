"""Editions, their compiled emails, and the release: one transaction for everything it owes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    insert,
    select,
    union,
    update,
)

from digest.model.appeal import AppealPlan
from digest.model.edition import Edition, EditionState, Email
from digest.model.post import Post
from digest.model.preflight import Override, Preflight
from digest.store import audience, codec, letters
from digest.store.engine import Database
from digest.store.post_rows import queue_posts, rewrite_posts
from digest.store.tables import articles, editions, emails, used_stories
from digest.store.tables_appeal import links

RELEASABLE = (EditionState.DRAFT.value, EditionState.APPROVED.value)
WAITING = (*RELEASABLE, EditionState.HELD.value)
PUBLIC = (EditionState.RELEASED.value, EditionState.DONE.value, EditionState.HELD.value)
WITHDRAWN = (EditionState.KILLED.value, EditionState.SKIPPED.value)

LATEST = 50
"""So many waiting editions are searched for a story; more never wait."""


class Editions:
    """The EditionStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, edition: Edition, emails: Sequence[Email]) -> Edition | None:
        """Insert the draft with its compiled emails; None when the slot already has one."""
        new = self._database.insert(editions).values(_columns(edition))
        with self._database.write() as connection:
            once = new.on_conflict_do_nothing().returning(editions.c.id)
            edition_id = connection.execute(once).scalar()
            if edition_id is None:
                return None
            self._save_emails(connection, edition_id, edition.revision, emails)
        return replace(edition, id=edition_id)

    def get(self, slug: str) -> Edition | None:
        """By slug."""
        return self._one(editions.c.slug == slug)

    def by_id(self, edition_id: int) -> Edition | None:
        """By id."""
        return self._one(editions.c.id == edition_id)

    def for_slot(self, newsletter_id: str, local_date: date, local_time: time) -> Edition | None:
        """The edition of a slot."""
        return self._one(
            and_(
                editions.c.newsletter_id == newsletter_id,
                editions.c.local_date == local_date,
                editions.c.local_time == local_time,
            )
        )

    def in_states(self, states: Sequence[EditionState]) -> list[Edition]:
        """Oldest due first."""
        wanted = editions.c.state.in_([state.value for state in states])
        rows = select(editions).where(wanted).order_by(editions.c.due_at, editions.c.id)
        with self._database.read() as connection:
            return [_noun(row) for row in connection.execute(rows)]

    def recent(self, newsletter_id: str | None, limit: int) -> list[Edition]:
        """Newest first."""
        rows = (
            select(editions).order_by(editions.c.due_at.desc(), editions.c.id.desc()).limit(limit)
        )
        if newsletter_id is not None:
            rows = rows.where(editions.c.newsletter_id == newsletter_id)
        with self._database.read() as connection:
            return [_noun(row) for row in connection.execute(rows)]

    def before(self, newsletter_id: str | None, instant: datetime, limit: int) -> list[Edition]:
        """Those with slots before the instant, newest first."""
        wanted = editions.c.due_at < instant
        if newsletter_id is not None:
            wanted = and_(wanted, editions.c.newsletter_id == newsletter_id)
        newest_first = (editions.c.due_at.desc(), editions.c.id.desc())
        rows = select(editions).where(wanted).order_by(*newest_first).limit(limit)
        with self._database.read() as connection:
            return [_noun(row) for row in connection.execute(rows)]

    def used_urls(self, newsletter_id: str, since: datetime) -> set[str]:
        """Canonical URLs of all stories in editions released since."""
        urls = select(used_stories.c.url).where(
            used_stories.c.newsletter_id == newsletter_id, used_stories.c.released_at >= since
        )
        with self._database.read() as connection:
            return set(connection.scalars(urls))

    def using(self, url: str) -> list[Edition]:
        """Editions released with the story, and the latest waiting ones that have it."""
        released = editions.c.id.in_(
            select(used_stories.c.edition_id).where(used_stories.c.url == url)
        )
        waiting = and_(editions.c.state.in_(WAITING), editions.c.released_at.is_(None))
        newest_first = (editions.c.due_at.desc(), editions.c.id.desc())
        with self._database.read() as connection:
            used = connection.execute(select(editions).where(released)).all()
            latest = select(editions).where(waiting).order_by(*newest_first).limit(LATEST)
            found = [_noun(row) for row in (*used, *connection.execute(latest))]
        having = [e for e in found if e.released_at or _has(e, url)]
        return sorted(having, key=lambda e: (e.due_at, e.id), reverse=True)

    def emails(self, edition_id: int, revision: int) -> list[Email]:
        """The compiled emails, one per appeal variant, variant "" first."""
        named = and_(links.c.edition_id == emails.c.edition_id, links.c.name == emails.c.variant)
        rows = (
            select(emails, links.c.target)
            .outerjoin(links, named)
            .where(emails.c.edition_id == edition_id, emails.c.revision == revision)
            .order_by(emails.c.variant)
        )
        with self._database.read() as connection:
            return [letters.noun(row) for row in connection.execute(rows)]

    def change_state(
        self, edition_id: int, expected: Sequence[EditionState], state: EditionState, because: str
    ) -> bool:
        """Move on; False when the edition was not in one of the expected states."""
        with self._database.write() as connection:
            there = and_(editions.c.id == edition_id, editions.c.state.in_(expected))
            changes = {"state": state.value, "because": because}
            return connection.execute(update(editions).where(there).values(changes)).rowcount == 1

    def release(
        self, edition: Edition, because: str, now: datetime, plan: AppealPlan, posts: Sequence[Post]
    ) -> bool:
        """The edition released with audience, posts and used stories, all at once or not at all."""
        released = {
            "state": EditionState.RELEASED.value,
            "because": because,
            "released_at": now,
        }
        with self._database.write() as connection:
            if not _move(connection, edition, RELEASABLE, released):
                return False
            audience.freeze(connection, edition, plan)
            queue_posts(self._database, connection, edition.id, posts)
            self._note_used(connection, edition, now)
        return True

    def outdated(self, since: datetime) -> list[int]:
        """Editions released since with briefs from older versions of their articles, and editions
        with slots since whose editors do not know the newest revision."""
        with self._database.read() as connection:
            return list(connection.scalars(outdated(since)))

    def revise(
        self, before: Edition, after: Edition, emails: Sequence[Email], posts: Sequence[Post]
    ) -> bool:
        """The edition as it is after, its new emails and its rewritten posts, all or nothing."""
        with self._database.write() as connection:
            if not _move(connection, before, [before.state.value], _revised(after)):
                return False
            self._save_emails(connection, before.id, after.revision, emails)
            rewrite_posts(connection, posts)
            if before.released_at is not None:
                _note_versions(connection, after)
        return True

    def looked(self, edition_ids: Sequence[int], now: datetime) -> None:
        """Note that the pages of their stories were looked at again."""
        these = editions.c.id.in_(edition_ids)
        with self._database.write() as connection:
            connection.execute(update(editions).where(these).values(looked_at=now))

    def look_over(self, edition_id: int, found: Preflight) -> None:
        """Note what was found before the release, unless a newer revision was looked at."""
        with self._database.write() as connection:
            this = editions.c.id == edition_id
            # Locked, so that two processes look and write one after the other.
            seen = select(editions.c.preflight).where(this).with_for_update()
            row = connection.execute(seen).one()
            known = codec.preflight_from_json(row.preflight)
            if known is None or known.revision <= found.revision:
                values = {"preflight": codec.preflight_to_json(found)}
                connection.execute(update(editions).where(this).values(values))

    def override(self, edition_id: int, words: Sequence[Override]) -> None:
        """Add an editor's words that findings do not stop the edition."""
        with self._database.write() as connection:
            this = editions.c.id == edition_id
            seen = select(editions.c.overrides).where(this).with_for_update()
            row = connection.execute(seen).one()
            every = (*codec.overrides_from_json(row.overrides), *words)
            values = {"overrides": codec.overrides_to_json(every)}
            connection.execute(update(editions).where(this).values(values))

    def tell(self, edition_id: int, known: int, revision: int) -> bool:
        """Note that its editors now know of this revision; False when another was first."""
        there = and_(editions.c.id == edition_id, editions.c.told == known)
        with self._database.write() as connection:
            told = update(editions).where(there).values(told=revision)
            return connection.execute(told).rowcount == 1

    def _save_emails(
        self,
        connection: Connection,
        edition_id: int,
        revision: int,
        compiled: Sequence[Email],
    ) -> None:
        """With the links they name; one that is out already leads where the newest says."""
        rows = [letters.columns(edition_id, revision, one) for one in compiled]
        if rows:
            connection.execute(insert(emails), rows)
        named = [
            {"edition_id": edition_id, "name": one.link.name, "target": one.link.target}
            for one in compiled
            if one.link
        ]
        if named:
            new = self._database.insert(links)
            newest = {"target": new.excluded.target}
            saved = new.on_conflict_do_update(index_elements=["edition_id", "name"], set_=newest)
            connection.execute(saved, named)

    def _note_used(self, connection: Connection, edition: Edition, now: datetime) -> None:
        rows = [
            {
                "newsletter_id": edition.newsletter_id,
                "url": brief.url,
                "edition_id": edition.id,
                "released_at": now,
                "version": brief.article_version,
            }
            for brief in edition.bulletin.briefs
        ]
        if rows:
            connection.execute(self._database.insert(used_stories).on_conflict_do_nothing(), rows)

    def _one(self, condition: ColumnElement[bool]) -> Edition | None:
        with self._database.read() as connection:
            row = connection.execute(select(editions).where(condition)).one_or_none()
            return None if row is None else _noun(row)


def outdated(since: datetime) -> Select[tuple[int]]:
    """A handful of stories of the last days, compared by the numbers of versions alone."""
    changed = (
        select(used_stories.c.edition_id)
        .join(articles, articles.c.url == used_stories.c.url)
        .join(editions, editions.c.id == used_stories.c.edition_id)
        .where(
            used_stories.c.released_at >= since,
            used_stories.c.version > 0,
            used_stories.c.version != articles.c.version,
            editions.c.state.in_(PUBLIC),
        )
    )
    untold = select(editions.c.id).where(
        editions.c.due_at >= since,
        editions.c.told < editions.c.revision,
        editions.c.state.not_in(WITHDRAWN),
    )
    both = union(changed, untold).subquery()
    return select(both.c[0]).order_by(both.c[0])


def _has(edition: Edition, url: str) -> bool:
    return any(brief.url == url for brief in edition.bulletin.briefs)


def _move(
    connection: Connection, edition: Edition, expected: Sequence[str], changes: Mapping[str, object]
) -> bool:
    """Only while nobody else has moved or revised it since it was read."""
    there = and_(
        editions.c.id == edition.id,
        editions.c.state.in_(expected),
        editions.c.revision == edition.revision,
    )
    return connection.execute(update(editions).where(there).values(changes)).rowcount == 1


def _note_versions(connection: Connection, edition: Edition) -> None:
    """What the edition's briefs were checked against; 0 for those that are not in it any more."""
    of_edition = used_stories.c.edition_id == edition.id
    connection.execute(update(used_stories).where(of_edition).values(version=0))
    rows = [
        {"at_url": brief.url, "to_version": brief.article_version}
        for brief in edition.bulletin.briefs
    ]
    if rows:
        this = and_(of_edition, used_stories.c.url == bindparam("at_url"))
        noted = update(used_stories).where(this).values(version=bindparam("to_version"))
        connection.execute(noted, rows)


def _columns(noun: Edition) -> dict[str, object]:
    return {
        "slug": noun.slug,
        "newsletter_id": noun.newsletter_id,
        "local_date": noun.local_date,
        "local_time": noun.local_time,
        "due_at": noun.due_at,
        "state": noun.state.value,
        "because": noun.because,
        "subject": noun.subject,
        "preheader": noun.preheader,
        "bulletin": codec.bulletin_to_json(noun.bulletin),
        "appeal": noun.appeal,
        "no_appeal_because": noun.no_appeal_because,
        "left_out": codec.words_to_json(noun.left_out),
        "revision": noun.revision,
        "composed_at": noun.composed_at,
        "released_at": noun.released_at,
        "looked_at": noun.looked_at,
        "corrections": codec.corrections_to_json(noun.corrections),
        "told": noun.told,
        "preflight": codec.preflight_to_json(noun.preflight),
        "overrides": codec.overrides_to_json(noun.overrides),
    }


def _revised(noun: Edition) -> dict[str, object]:
    """What a revision may change."""
    names = (
        "state because subject preheader bulletin appeal no_appeal_because left_out revision"
        " corrections"
    )
    columns = _columns(noun)
    return {name: columns[name] for name in names.split()}


def _noun(row: Row[tuple[object, ...]]) -> Edition:
    return Edition(
        id=row.id,
        slug=row.slug,
        newsletter_id=row.newsletter_id,
        local_date=row.local_date,
        local_time=row.local_time,
        due_at=row.due_at,
        state=EditionState(row.state),
        because=row.because,
        subject=row.subject,
        preheader=row.preheader,
        bulletin=codec.bulletin_from_json(row.bulletin),
        appeal=row.appeal,
        no_appeal_because=row.no_appeal_because,
        left_out=codec.words_from_json(row.left_out),
        revision=row.revision,
        composed_at=row.composed_at,
        released_at=row.released_at,
        looked_at=row.looked_at,
        corrections=codec.corrections_from_json(row.corrections),
        told=row.told,
        preflight=codec.preflight_from_json(row.preflight),
        overrides=codec.overrides_from_json(row.overrides),
    )
