"""The social queue at work: read back what is in doubt, publish what is due."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from digest import outbox
from digest.deliver import pace
from digest.model.account import Account
from digest.model.post import (
    Held,
    NotNow,
    NotPublished,
    Post,
    PostOutcome,
    PostState,
    Published,
    Terms,
    Unclear,
)
from digest.newsroom import alarming, attaching, correcting, learning, reconciling
from digest.newsroom.house import House
from digest.newsroom.settling import PostReport, PostResult, result, settle, stopped, waits, way
from digest.ports import Poster
from digest.social import rates

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""Longer than all calls that publish a post take; a worker that died is noticed after this."""

TURN = timedelta(seconds=30)
"""An account gets so long in one run: a network that hangs must not keep the others waiting."""

OURSELVES = "Digest"
"""Who holds an account whose keys are refused."""


async def post_due(house: House) -> PostReport:
    """Read back what is in doubt and publish what is due; accounts side by side, each in order."""
    await learning.learn(house)
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
    await alarming.tell(house)
    for failure in done:
        if isinstance(failure, BaseException):
            raise failure
    return PostReport(results=tuple(r for found in done if isinstance(found, list) for r in found))


async def _serve(house: House, account_id: str, doubtful: Sequence[Post]) -> list[PostResult]:
    """One account's posts in order; a thread part becomes due when its predecessor is out."""
    results: list[PostResult] = []
    for post in doubtful:
        results.append(await reconciling.look(house, post))
    handled: set[int] = set()
    end = house.clock.now() + TURN
    while (due := _next(house, account_id, handled)) and house.clock.now() < end:
        handled.add(due.id)
        if done := await _publish(house, due):
            results.append(done)
    return results


def _next(house: House, account_id: str, handled: set[int]) -> Post | None:
    """The account's next due post that this run has not had in hand yet."""
    now = house.clock.now()
    due = house.store.posts.due(now, account_id=account_id, limit=len(handled) + 1)
    return next((post for post in due if post.id not in handled), None)


async def _publish(house: House, post: Post) -> PostResult | None:
    """One attempt at one post; None when another worker, or a hold, came first."""
    fresh = await _newest(house, post)
    if isinstance(fresh, Post) and fresh.state is PostState.EXPIRED:
        return result(post, fresh.state, fresh.because, "")
    there = fresh if isinstance(fresh, str) else way(house, post)
    if isinstance(there, str):
        return stopped(house, post, PostState.HELD, there)
    account, poster = there
    now = house.clock.now()
    if problem := _too_old(post, account, now):
        return stopped(house, post, PostState.EXPIRED, problem)
    if until := _quiet(account, post, now):
        return waits(house, post, NotNow(until=until, because="quiet hours"))
    terms = rates.terms(account, now)
    claimed = house.store.posts.claim(post.id, house.worker, now, now + LEASE, terms)
    if claimed is None:
        return None
    if isinstance(claimed, NotNow):
        return waits(house, post, claimed)
    outcome = await _call(house, poster, account, claimed)
    _note(house, account, terms, outcome)
    settled = outbox.after_publishing(
        outcome, post=claimed, now=house.clock.now(), unread=account.unread
    )
    if isinstance(outcome, NotPublished) and outcome.pause_account:
        settled = outbox.PostSettled(state=PostState.HELD, because=outcome.reason, refund=True)
    return settle(house, claimed, settled)


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
        attached = await attaching.attached(house, account, post)
        return await poster.publish(account, post, house.store.posts.parent(post), attached)
    except Exception as error:
        log.exception("post %d for %s", post.id, account.id)
        return Unclear(reason=f"a fault of our own while publishing: {error!r}")


def _note(house: House, account: Account, terms: Terms, outcome: PostOutcome) -> None:
    """What the answer says about the account itself: it must wait, or its keys are refused."""
    accounts = house.store.accounts
    if isinstance(outcome, Published) and outcome.full_until:
        words = f"{account.network} takes no more from {account.id} before then"
        accounts.throttle(f"account:{account.id}", outcome.full_until, words)
    if isinstance(outcome, NotPublished) and outcome.throttled and outcome.retry_at:
        whole = outcome.throttled == "app" and terms.app
        scope = f"app:{terms.app}" if whole else f"account:{account.id}"
        accounts.throttle(scope, outcome.retry_at, outcome.reason)
    if isinstance(outcome, NotPublished) and outcome.pause_account:
        log.error("account %s is held: %s", account.id, outcome.reason)
        held = Held(scope=account.id, because=outcome.reason, who=OURSELVES, at=house.clock.now())
        house.store.switches.hold(held, told=False)


def _too_old(post: Post, account: Account, now: datetime) -> str:
    """Why the post is no news any more, or ""."""
    if now <= post.expires_at:
        return ""
    because = f"{account.id} takes nothing older than {account.max_age / timedelta(hours=1):.3g} h"
    return f"{because}; it waited because: {post.because}" if post.because else because


def _quiet(account: Account, post: Post, now: datetime) -> datetime | None:
    """When the account's quiet hours end, None outside them or when an editor said now."""
    if account.quiet is None or post.urgent:
        return None
    return pace.quiet_until(account.quiet, account.timezone, now)
