"""The social queue at work: read back what is in doubt, publish what is due."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest import outbox
from digest.model.post import (
    Account,
    NotPublished,
    Post,
    PostOutcome,
    PostState,
    Published,
    Unclear,
)
from digest.newsroom import correcting
from digest.newsroom.house import House
from digest.ports import Poster

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""Longer than any call to a network takes; a worker that died is noticed after this."""

HOPELESS = (PostState.REJECTED, PostState.EXPIRED)
"""After a thread part that ended so, the parts that follow it cannot go out either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostResult:
    """What became of one post in this run, and why."""

    post_id: int
    account_id: str
    part: int
    state: PostState
    because: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostReport:
    """What one run of the queue did."""

    results: tuple[PostResult, ...] = ()

    def count(self, state: PostState) -> int:
        """How many posts this run left in the state."""
        return sum(result.state is state for result in self.results)

    @property
    def published(self) -> int:
        """How many posts are on their network since this run."""
        return self.count(PostState.PUBLISHED)


async def post_due(house: House) -> PostReport:
    """Read back what is in doubt and publish what is due; accounts side by side, each in order."""
    now = house.clock.now()
    house.store.posts.expire(now)
    doubtful = house.store.posts.in_doubt(now)
    due = house.store.posts.due(now)
    await correcting.before_posts(house, due)
    waiting = [*doubtful, *due]
    accounts = sorted({post.account_id for post in waiting})
    done = await asyncio.gather(
        *(
            _serve(house, account_id, [p for p in doubtful if p.account_id == account_id])
            for account_id in accounts
        ),
        return_exceptions=True,
    )
    for failure in done:
        if isinstance(failure, BaseException):
            raise failure
    return PostReport(results=tuple(r for found in done if isinstance(found, list) for r in found))


async def _serve(house: House, account_id: str, doubtful: Sequence[Post]) -> list[PostResult]:
    """One account's posts in order; a thread part becomes due when its predecessor is out."""
    results: list[PostResult] = []
    for post in doubtful:
        results.append(await _look(house, post))
    handled: set[int] = set()
    while due := _next(house, account_id, handled):
        handled.add(due.id)
        if result := await _publish(house, due):
            results.append(result)
    return results


def _next(house: House, account_id: str, handled: set[int]) -> Post | None:
    """The account's next due post that this run has not had in hand yet."""
    due = house.store.posts.due(house.clock.now())
    return next((p for p in due if p.account_id == account_id and p.id not in handled), None)


async def _publish(house: House, post: Post) -> PostResult | None:
    """One attempt at one post; None when another worker, or a hold, came first."""
    fresh = await _newest(house, post)
    if isinstance(fresh, Post) and fresh.state is PostState.EXPIRED:
        return _result(post, fresh.state, fresh.because, "")
    posts, now = house.store.posts, house.clock.now()
    claimed = posts.claim(post.id, house.worker, now + LEASE)
    if claimed is None:
        return None
    way = fresh if isinstance(fresh, str) else _way(house, post)
    if isinstance(way, str):
        return _settle(house, post, outbox.PostSettled(state=PostState.HELD, because=way))
    account, poster = way
    if problem := _too_old(post, account, now):
        return _settle(house, post, outbox.PostSettled(state=PostState.EXPIRED, because=problem))
    outcome = await _call(house, poster, account, claimed)
    settled = outbox.after_publishing(outcome, post=claimed, now=house.clock.now())
    if isinstance(outcome, NotPublished) and outcome.pause_account:
        posts.hold(account.id, outcome.reason)
        log.error("account %s is held: %s", account.id, outcome.reason)
        settled = outbox.PostSettled(state=PostState.HELD, because=outcome.reason)
    return _settle(house, post, settled)


async def _newest(house: House, post: Post) -> Post | str:
    """The post in the words its story has now, or why those cannot be had."""
    try:
        return await correcting.newest(house, post)
    except Exception as error:
        log.exception("post %d for %s is not up to date", post.id, post.account_id)
        return f"its story may have changed, and the post could not be brought up to it: {error}"


async def _call(house: House, poster: Poster, account: Account, post: Post) -> PostOutcome:
    """The poster's outcome; a fault in it may have come after the post was out."""
    try:
        return await poster.publish(account, post, house.store.posts.parent(post))
    except Exception as error:
        log.exception("post %d for %s", post.id, account.id)
        return Unclear(reason=f"a fault of our own while publishing: {error!r}")


async def _look(house: House, post: Post) -> PostResult:
    """Read a doubtful post back; only when the last look finds nothing it is queued again."""
    now = house.clock.now()
    way = _way(house, post)
    if isinstance(way, str):
        return _settle(house, post, outbox.PostSettled(state=PostState.HELD, because=way))
    account, poster = way
    found = await _read_back(poster, account, post)
    if other := _settled_meanwhile(house, post):
        return _result(other, other.state, other.because, other.remote_url)
    outcome = found if isinstance(found, Published) else Unclear(reason=found or "not there yet")
    settled = outbox.after_publishing(outcome, post=post, now=now)
    absent = found is None and settled.state is PostState.NEEDS_EDITOR
    if absent and post.attempt < outbox.POST_TRIES:
        settled = outbox.PostSettled(
            state=PostState.QUEUED, because="read back several times and not there: queued again"
        )
    return _settle(house, post, settled)


async def _read_back(poster: Poster, account: Account, post: Post) -> Published | None | str:
    """What the account shows; a fault in reading is one more reason to look again."""
    try:
        return await poster.find(account, post)
    except Exception as error:
        log.exception("reading back post %d for %s", post.id, account.id)
        return f"a fault of our own while reading back: {error!r}"


def _settled_meanwhile(house: House, post: Post) -> Post | None:
    """The post as another worker left it while we were reading, None if it is in doubt still."""
    rows = house.store.posts.of_edition(post.edition_id)
    return next((p for p in rows if p.id == post.id and p.state is not PostState.IN_DOUBT), None)


def _way(house: House, post: Post) -> tuple[Account, Poster] | str:
    """The account and its network, or why there is no way to it."""
    account = house.settings.account(post.account_id)
    if account is None:
        return f"account {post.account_id} is no longer in config.yaml"
    if account.network is not post.network or account.network not in house.posters:
        return f"account {account.id} is no account of {post.network} any more"
    return account, house.posters[account.network]


def _too_old(post: Post, account: Account, now: datetime) -> str:
    """Why the post is no news any more, or ""."""
    age = now - post.due_at
    if age <= account.max_age:
        return ""
    return f"due {_hours(age)} ago; {account.id} takes nothing older than {_hours(account.max_age)}"


def _hours(span: timedelta) -> str:
    return f"{span / timedelta(hours=1):.3g} h"


def _settle(house: House, post: Post, settled: outbox.PostSettled) -> PostResult:
    """Record how it ended, for the rest of a thread too when there is no hope for it."""
    house.store.posts.settle(
        post.id,
        settled.state,
        settled.because,
        next_at=settled.next_at,
        published=settled.published,
    )
    log.info("post %d for %s: %s, %s", post.id, post.account_id, settled.state, settled.because)
    if post.thread and settled.state in HOPELESS:
        for part in _following(house, post):
            because = f"part {post.part} of the thread was {settled.state}: {settled.because}"
            house.store.posts.settle(part.id, settled.state, because)
    url = settled.published.url if settled.published else ""
    return _result(post, settled.state, settled.because, url)


def _following(house: House, post: Post) -> list[Post]:
    """The later parts of the same thread."""
    rows = house.store.posts.of_edition(post.edition_id)
    return [p for p in rows if p.account_id == post.account_id and p.part > post.part]


def _result(post: Post, state: PostState, because: str, url: str) -> PostResult:
    return PostResult(
        post_id=post.id,
        account_id=post.account_id,
        part=post.part,
        state=state,
        because=because,
        url=url,
    )
