"""The social queue, and the switches that hold it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, or_, select, update

from digest.model.edition import EditionState
from digest.model.post import Network, Parent, Post, PostState, Published
from digest.store.engine import Database
from digest.store.tables import editions, holds, posts

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
REWRITTEN = ("text", "link", "link_title", "link_summary", "length", "revision")
GOING_OUT = (EditionState.RELEASED.value, EditionState.DONE.value)
PUBLISHED = PostState.PUBLISHED.value


class Posts:
    """The PostStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, now: datetime) -> list[Post]:
        """Queued or deferred and due, of editions neither held nor killed, accounts not held,
        thread parts only after their predecessor was published or taken out; oldest first."""
        wanted = and_(_may_go(), posts.c.due_at <= now, _awake(now))
        return self._list(
            wanted, posts.c.due_at, posts.c.edition_id, posts.c.account_id, posts.c.part
        )

    def claim(self, post_id: int, worker: str, lease_until: datetime) -> Post | None:
        """queued|deferred -> publishing with attempt + 1, if nothing holds it; None otherwise."""
        claimed = {
            "state": PostState.PUBLISHING.value,
            "attempt": posts.c.attempt + 1,
            "worker": worker,
            "lease_until": lease_until,
        }
        free = and_(posts.c.id == post_id, _may_go())
        with self._database.write() as connection:
            if connection.execute(update(posts).where(free).values(claimed)).rowcount != 1:
                return None
            return _noun(connection.execute(select(posts).where(posts.c.id == post_id)).one())

    def settle(
        self,
        post_id: int,
        state: PostState,
        because: str,
        *,
        next_at: datetime | None = None,
        published: Published | None = None,
    ) -> None:
        """Record how it ended; a published post stays published."""
        ended = {
            "state": state.value,
            "because": because,
            "next_at": next_at,
            "worker": "",
            "lease_until": None,
        }
        if published is not None:
            ended |= {"remote_id": published.remote_id, "remote_url": published.url}
        open_yet = and_(posts.c.id == post_id, posts.c.state != PUBLISHED)
        with self._database.write() as connection:
            connection.execute(update(posts).where(open_yet).values(ended))

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
            "worker": "",
            "lease_until": None,
        }
        with self._database.write() as connection:
            return connection.execute(update(posts).where(over).values(doubt)).rowcount

    def of_edition(self, edition_id: int) -> list[Post]:
        """By account and part."""
        return self._list(posts.c.edition_id == edition_id, posts.c.account_id, posts.c.part)

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

    def hold(self, account_id: str, because: str) -> None:
        """Nothing more goes to the account ("*" = to any)."""
        insert = self._database.insert(holds).values(account_id=account_id, because=because)
        with self._database.write() as connection:
            connection.execute(
                insert.on_conflict_do_update(
                    index_elements=["account_id"], set_={"because": because}
                )
            )

    def unhold(self, account_id: str, now: datetime) -> int:
        """Lift the hold; what came due meanwhile is held until an editor says now; how many."""
        overdue = and_(posts.c.state.in_(WAITING), posts.c.due_at <= now, _awake(now))
        if account_id != EVERY_ACCOUNT:
            overdue = and_(overdue, posts.c.account_id == account_id)
        because = "it came due while the account was held; an editor decides whether it still goes"
        held = {"state": PostState.HELD.value, "because": because, "next_at": None}
        with self._database.write() as connection:
            switch = delete(holds).where(holds.c.account_id == account_id)
            if connection.execute(switch).rowcount == 0:
                return 0
            return connection.execute(update(posts).where(overdue).values(held)).rowcount

    def holds(self) -> dict[str, str]:
        """Account id (or "*") -> reason."""
        with self._database.read() as connection:
            return {row.account_id: row.because for row in connection.execute(select(holds))}

    def now(self, post_id: int, now: datetime) -> bool:
        """An editor's tick: queued at once; False when the post is not waiting (for its time or an
        editor), held or failed."""
        wanted = and_(posts.c.id == post_id, posts.c.state.in_(FOR_AN_EDITOR))
        queued = {
            "state": PostState.QUEUED.value,
            "because": "an editor said now",
            "due_at": now,
            "next_at": None,
        }
        with self._database.write() as connection:
            return connection.execute(update(posts).where(wanted).values(queued)).rowcount == 1

    def _list(
        self, wanted: ColumnElement[bool], *order: ColumnElement[object], limit: int | None = None
    ) -> list[Post]:
        rows = select(posts).where(wanted).order_by(*order).limit(limit)
        with self._database.read() as connection:
            return [_noun(row) for row in connection.execute(rows)]


def queue_posts(
    database: Database, connection: Connection, edition_id: int, new: Sequence[Post]
) -> None:
    """Insert an edition's posts; one that a unique key knows already is not queued again."""
    rows = [_columns(post) | {"edition_id": edition_id} for post in new]
    if rows:
        connection.execute(database.insert(posts).on_conflict_do_nothing(), rows)


def rewrite_posts(connection: Connection, changed: Sequence[Post]) -> int:
    """New words, revision, state and reason for posts that wait, in a transaction that is open."""
    count = 0
    for post in changed:
        waits = and_(posts.c.id == post.id, posts.c.state.in_(FOR_AN_EDITOR))
        columns = {name: _columns(post)[name] for name in REWRITTEN}
        if post.state is PostState.EXPIRED:
            columns |= {"state": post.state.value, "because": post.because, "next_at": None}
        count += connection.execute(update(posts).where(waits).values(columns)).rowcount
    return count


def _columns(noun: Post) -> dict[str, object]:
    return {
        "edition_id": noun.edition_id,
        "account_id": noun.account_id,
        "network": noun.network.value,
        "part": noun.part,
        "thread": noun.thread,
        "kind": noun.kind,
        "story_url": noun.story_url,
        "text": noun.text,
        "link": noun.link,
        "link_title": noun.link_title,
        "link_summary": noun.link_summary,
        "length": noun.length,
        "created": noun.created,
        "due_at": noun.due_at,
        "key": noun.key,
        "state": noun.state.value,
        "attempt": noun.attempt,
        "next_at": noun.next_at,
        "remote_id": noun.remote_id,
        "remote_url": noun.remote_url,
        "because": noun.because,
        "revision": noun.revision,
        "worker": "",
        "lease_until": None,
    }


def _awake(now: datetime) -> ColumnElement[bool]:
    return or_(posts.c.next_at.is_(None), posts.c.next_at <= now)


def _may_go() -> ColumnElement[bool]:
    """Waiting, and neither a switch, nor its edition, nor an earlier part stands in the way."""
    earlier = posts.alias("earlier")
    held = select(holds.c.account_id).where(
        holds.c.account_id.in_((EVERY_ACCOUNT, posts.c.account_id))
    )
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
        ~held.correlate(posts).exists(),
        going_out.correlate(posts).exists(),
        or_(posts.c.thread.is_(False), ~unfinished.correlate(posts).exists()),
    )


def _noun(row: Row[tuple[object, ...]]) -> Post:
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
        length=row.length,
        created=row.created,
        due_at=row.due_at,
        key=row.key,
        state=PostState(row.state),
        attempt=row.attempt,
        next_at=row.next_at,
        remote_id=row.remote_id,
        remote_url=row.remote_url,
        because=row.because,
        revision=row.revision,
    )
