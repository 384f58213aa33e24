"""Posts between their table and the noun, and the statements that edition and queue share."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select, update

from digest.model.account import Network
from digest.model.edition import EditionState
from digest.model.post import Post, PostState
from digest.store.engine import Database
from digest.store.tables import editions
from digest.store.tables_social import holds, posts

EVERY_ACCOUNT = "*"
WAITING = (PostState.QUEUED.value, PostState.DEFERRED.value)
FOR_AN_EDITOR = (
    *WAITING,
    PostState.HELD.value,
    PostState.FAILED.value,
    PostState.NEEDS_EDITOR.value,
)
TAKEN_OUT = (PostState.PUBLISHED.value, PostState.EXPIRED.value)
"""A part of a thread that the next one does not wait for."""
OVER = (PostState.PUBLISHED.value, PostState.REJECTED.value, PostState.EXPIRED.value)
REWRITTEN = (
    *("text", "words", "link", "link_title", "link_summary", "picture", "alt", "image"),
    *("tags", "length", "price", "edited", "revision"),
)
GOING_OUT = (EditionState.RELEASED.value, EditionState.DONE.value)


def queue_posts(
    database: Database, connection: Connection, edition_id: int, new: Sequence[Post]
) -> None:
    """Insert an edition's posts; one that a unique key knows already is not queued again."""
    rows = [columns(post) | {"edition_id": edition_id} for post in new]
    if rows:
        connection.execute(database.insert(posts).on_conflict_do_nothing(), rows)


def rewrite_posts(connection: Connection, changed: Sequence[Post]) -> int:
    """New words, revision, state and reason for posts that wait, in a transaction that is open."""
    count = 0
    for post in changed:
        waits = and_(posts.c.id == post.id, posts.c.state.in_(FOR_AN_EDITOR))
        new = {name: columns(post)[name] for name in REWRITTEN}
        if post.state in (PostState.EXPIRED, PostState.HELD):
            new |= {"state": post.state.value, "because": post.because, "next_at": None}
        count += connection.execute(update(posts).where(waits).values(new)).rowcount
    return count


def may_go() -> ColumnElement[bool]:
    """Waiting, and neither a switch, nor its edition, nor an earlier part stands in the way."""
    earlier = posts.alias("earlier")
    going_out = select(editions.c.id).where(
        editions.c.id == posts.c.edition_id, editions.c.state.in_(GOING_OUT)
    )
    unfinished = select(earlier.c.id).where(
        earlier.c.edition_id == posts.c.edition_id,
        earlier.c.account_id == posts.c.account_id,
        earlier.c.part < posts.c.part,
        earlier.c.state.not_in(TAKEN_OUT),
    )
    return and_(
        posts.c.state.in_(WAITING),
        ~_held().correlate(posts).exists(),
        going_out.correlate(posts).exists(),
        or_(posts.c.thread.is_(False), ~unfinished.correlate(posts).exists()),
    )


def _held() -> Select[tuple[str]]:
    """The holds that a post is under; tags stand with a blank on both sides."""
    return select(holds.c.scope).where(
        or_(
            holds.c.scope.in_((EVERY_ACCOUNT, posts.c.account_id)),
            posts.c.tags.like("% " + holds.c.scope + " %"),
        )
    )


def words_of(text: str) -> str:
    """A hash of a text, its white space and case apart."""
    return hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()[:32]


def columns(noun: Post) -> dict[str, object]:
    """A post that waits, as a row; what its attempts leave behind is not in it."""
    return {
        "edition_id": noun.edition_id,
        "account_id": noun.account_id,
        "network": noun.network.value,
        "part": noun.part,
        "thread": noun.thread,
        "kind": noun.kind,
        "story_url": noun.story_url,
        "text": noun.text,
        "words": words_of(noun.text),
        "link": noun.link,
        "link_title": noun.link_title,
        "link_summary": noun.link_summary,
        "image": noun.image,
        "picture": noun.picture,
        "alt": noun.alt,
        "tags": "".join(f" tag:{tag} " for tag in noun.tags),
        "length": noun.length,
        "price": noun.price,
        "created": noun.created,
        "due_at": noun.due_at,
        "expires_at": noun.expires_at,
        "urgent": noun.urgent,
        "edited": noun.edited,
        "key": noun.key,
        "state": noun.state.value,
        "attempt": noun.attempt,
        "looks": noun.looks,
        "next_at": noun.next_at,
        "remote_id": noun.remote_id,
        "remote_url": noun.remote_url,
        "because": noun.because,
        "revision": noun.revision,
        "worker": "",
        "lease_until": None,
        "told": True,
    }


def noun_of(row: Row[tuple[object, ...]]) -> Post:
    """The post in a row."""
    return Post(
        id=row.id,
        edition_id=row.edition_id,
        account_id=row.account_id,
        network=Network(row.network),
        part=row.part,
        thread=row.thread,
        kind=row.kind,
        story_url=row.story_url,
        text=row.text,
        link=row.link,
        link_title=row.link_title,
        link_summary=row.link_summary,
        image=row.image,
        picture=row.picture,
        alt=row.alt,
        tags=tuple(tag.removeprefix("tag:") for tag in row.tags.split()),
        length=row.length,
        price=row.price,
        created=row.created,
        due_at=row.due_at,
        expires_at=row.expires_at,
        urgent=row.urgent,
        edited=row.edited,
        key=row.key,
        state=PostState(row.state),
        attempt=row.attempt,
        looks=row.looks,
        next_at=row.next_at,
        remote_id=row.remote_id,
        remote_url=row.remote_url,
        because=row.because,
        revision=row.revision,
    )
