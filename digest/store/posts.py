"""The social queue: what waits, who has it in hand, and how it ended."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from digest.model.post import NotNow, Parent, Post, PostState, Published, Terms
from digest.store.engine import Database
from digest.store.post_rows import (
    FOR_AN_EDITOR,
    OVER,
    WAITING,
    may_go,
    noun_of,
    rewrite_posts,
    words_of,
)
from digest.store.spending import READING, charge, hindered, lock, out_of_money, throttled
from digest.store.tables_social import charges, posts

PUBLISHED = PostState.PUBLISHED.value
BAD_ENDS = (PostState.REJECTED, PostState.FAILED, PostState.NEEDS_EDITOR)
"""What editors are told of."""
NOBODY = {"worker": "", "lease_until": None}


class Posts:
    """The PostStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, now: datetime, *, account_id: str = "", limit: int | None = None) -> list[Post]:
        """Queued or deferred and due, of editions neither held nor killed, accounts not held,
        thread parts only after their predecessor was published or taken out; oldest first."""
        wanted = and_(may_go(), posts.c.due_at <= now, _awake(now))
        if account_id:
            wanted = and_(wanted, posts.c.account_id == account_id)
        order = (posts.c.due_at, posts.c.edition_id, posts.c.account_id, posts.c.part)
        return self._list(wanted, *order, limit=limit)

    def claim(
        self, post_id: int, worker: str, now: datetime, lease_until: datetime, terms: Terms
    ) -> Post | NotNow | None:
        """The intent: queued|deferred -> publishing with attempt + 1 and its price and points
        reserved, if neither a hold nor the terms forbid it."""
        free = and_(posts.c.id == post_id, may_go())
        with self._database.write() as connection:
            lock(self._database, connection)
            row = connection.execute(select(posts).where(free)).first()
            if row is None:
                return None
            if why := hindered(connection, row, now, terms):
                return why
            claimed = {
                "state": PostState.PUBLISHING.value,
                "attempt": row.attempt + 1,
                "looks": 0,
                "claimed_at": now,
                "worker": worker,
                "lease_until": lease_until,
            }
            if connection.execute(update(posts).where(free).values(claimed)).rowcount != 1:
                return None
            charge(connection, post_id, row.attempt + 1, now, row.price, terms)
            return noun_of(connection.execute(select(posts).where(posts.c.id == post_id)).one())

    def settle(
        self,
        post_id: int,
        state: PostState,
        because: str,
        *,
        next_at: datetime | None = None,
        published: Published | None = None,
        refund: bool = False,
        looks: int = 0,
    ) -> None:
        """Record how it ended; a published post stays published."""
        ended = {
            "state": state.value,
            "because": because,
            "next_at": next_at,
            "looks": looks,
            "told": state not in BAD_ENDS,
            **NOBODY,
        }
        if published is not None:
            ended |= {"remote_id": published.remote_id, "remote_url": published.url}
        open_yet = and_(posts.c.id == post_id, posts.c.state != PUBLISHED)
        with self._database.write() as connection:
            done = connection.execute(update(posts).where(open_yet).values(ended)).rowcount
            if refund and done:
                connection.execute(
                    update(charges)
                    .where(charges.c.post_id == post_id, charges.c.attempt != READING)
                    .values(price=0)
                )

    def put_off(self, post_id: int, until: datetime, because: str) -> None:
        """It waits longer, without an attempt."""
        waits = and_(posts.c.id == post_id, posts.c.state.in_(WAITING))
        deferred = {"state": PostState.DEFERRED.value, "next_at": until, "because": because}
        with self._database.write() as connection:
            connection.execute(update(posts).where(waits).values(deferred))

    def may_read(self, post: Post, now: datetime, price: int, terms: Terms) -> NotNow | None:
        """Reserve the price of reading it back; NotNow when the budget has no room for it or the
        network keeps the account waiting."""
        with self._database.write() as connection:
            lock(self._database, connection)
            why = throttled(connection, now, terms) or out_of_money(connection, now, price, terms)
            if price and not why:
                charge(connection, post.id, READING, now, price, terms)
            return why

    def in_doubt(self, now: datetime) -> list[Post]:
        """In doubt and due to be read back (next_at)."""
        wanted = and_(posts.c.state == PostState.IN_DOUBT.value, _awake(now))
        return self._list(wanted, posts.c.due_at, posts.c.id)

    def expire(self, now: datetime) -> int:
        """`publishing` rows whose lease is over become in_doubt; how many."""
        over = and_(posts.c.state == PostState.PUBLISHING.value, posts.c.lease_until <= now)
        doubt = {
            "state": PostState.IN_DOUBT.value,
            "because": "the process that published it stopped before the network answered",
            "next_at": now,
            **NOBODY,
        }
        with self._database.write() as connection:
            return connection.execute(update(posts).where(over).values(doubt)).rowcount

    def of_edition(self, edition_id: int) -> list[Post]:
        """By account and part."""
        return self._list(posts.c.edition_id == edition_id, posts.c.account_id, posts.c.part)

    def by_id(self, post_id: int) -> Post | None:
        """One post."""
        return next(iter(self._list(posts.c.id == post_id)), None)

    def of_story(self, url: str) -> list[Post]:
        """All posts of the story at a canonical URL, the oldest first."""
        return self._list(posts.c.story_url == url, posts.c.id)

    def rewrite(self, changed: Sequence[Post]) -> int:
        """Give these posts their new words where they still wait, all at once; how many."""
        with self._database.write() as connection:
            return rewrite_posts(connection, changed)

    def queue(self, limit: int) -> list[Post]:
        """Everything not published, rejected or expired; soonest due first."""
        soonest = (func.coalesce(posts.c.next_at, posts.c.due_at), posts.c.id)
        return self._list(posts.c.state.not_in(OVER), *soonest, limit=limit)

    def parent(self, post: Post) -> Parent | None:
        """What a thread part answers: the first and the preceding part's remote ids."""
        if not post.thread:
            return None
        before = self._list(
            and_(
                posts.c.edition_id == post.edition_id,
                posts.c.account_id == post.account_id,
                posts.c.part < post.part,
                posts.c.state == PUBLISHED,
            ),
            posts.c.part,
        )
        if not before:
            return None
        return Parent(root_id=before[0].remote_id, parent_id=before[-1].remote_id)

    def planned(self, account_id: str, since: datetime) -> list[datetime]:
        """When the account's posts are, or were, due: those from an instant on, in order."""
        due = select(posts.c.due_at).where(
            posts.c.account_id == account_id,
            posts.c.due_at >= since,
            posts.c.state != PostState.EXPIRED.value,
        )
        with self._database.read() as connection:
            return list(connection.scalars(due.order_by(posts.c.due_at)))

    def now(self, post_id: int, now: datetime, expires_at: datetime) -> bool:
        """An editor's tick: queued at once; False when the post is not waiting (for its time or an
        editor), held or failed."""
        return self._edited(
            post_id,
            state=PostState.QUEUED.value,
            because="an editor said now",
            due_at=now,
            expires_at=expires_at,
            urgent=True,
            next_at=None,
        )

    def stop(self, post_id: int, state: PostState, because: str) -> bool:
        """An editor holds a waiting post, or takes it out for good; False when it does not wait."""
        return self._edited(post_id, state=state.value, because=because, next_at=None)

    def edit(self, post_id: int, text: str, length: int, price: int) -> bool:
        """An editor's words for a post that waits; False when it does not."""
        return self._edited(
            post_id, text=text, words=words_of(text), length=length, price=price, edited=True
        )

    def found(self, post_id: int, published: Published, because: str) -> bool:
        """An editor saw it on the network; False when nobody doubted that."""
        doubted = (PostState.IN_DOUBT.value, PostState.NEEDS_EDITOR.value)
        there = {
            "state": PUBLISHED,
            "because": because,
            "remote_id": published.remote_id,
            "remote_url": published.url,
            "next_at": None,
        }
        wanted = and_(posts.c.id == post_id, posts.c.state.in_(doubted))
        with self._database.write() as connection:
            return connection.execute(update(posts).where(wanted).values(there)).rowcount == 1

    def untold(self) -> list[Post]:
        """Posts that ended badly and that the editors were not told of yet; from now on they count
        as told."""
        quiet = posts.c.told.is_(False)
        if not self._list(quiet, posts.c.id, limit=1):
            return []
        with self._database.write() as connection:
            lock(self._database, connection)
            rows = connection.execute(select(posts).where(quiet).order_by(posts.c.id)).all()
            connection.execute(
                update(posts).where(posts.c.id.in_([row.id for row in rows])).values(told=True)
            )
        return [noun_of(row) for row in rows]

    def _edited(self, post_id: int, **values: object) -> bool:
        wanted = and_(posts.c.id == post_id, posts.c.state.in_(FOR_AN_EDITOR))
        with self._database.write() as connection:
            return connection.execute(update(posts).where(wanted).values(values)).rowcount == 1

    def _list(
        self, wanted: ColumnElement[bool], *order: ColumnElement[object], limit: int | None = None
    ) -> list[Post]:
        rows = select(posts).where(wanted).order_by(*order).limit(limit)
        with self._database.read() as connection:
            return [noun_of(row) for row in connection.execute(rows)]


def _awake(now: datetime) -> ColumnElement[bool]:
    return or_(posts.c.next_at.is_(None), posts.c.next_at <= now)
