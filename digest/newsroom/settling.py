"""How a post's turn ends: recorded, put off or stopped, and with it the rest of its thread."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from digest import outbox
from digest.model.account import Account
from digest.model.post import NotNow, Post, PostState
from digest.newsroom.house import House
from digest.ports import Poster

log = logging.getLogger(__name__)

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


def way(house: House, post: Post) -> tuple[Account, Poster] | str:
    """The account and its network, or why there is no way to it."""
    account = house.settings.account(post.account_id)
    if account is None:
        return f"account {post.account_id} is no longer in config.yaml"
    if account.network is not post.network or account.network not in house.posters:
        return f"account {account.id} is no account of {post.network} any more"
    return account, house.posters[account.network]


def waits(house: House, post: Post, why: NotNow) -> PostResult:
    """It comes later, or is taken out as soon as it is no news any more."""
    until = min(why.until, post.expires_at + timedelta(seconds=1))
    house.store.posts.put_off(post.id, until, why.because)
    return result(post, PostState.DEFERRED, why.because, "")


def stopped(house: House, post: Post, state: PostState, because: str) -> PostResult:
    """It was not tried, and will not be by itself."""
    if house.store.posts.stop(post.id, state, because):
        _with_its_thread(house, post, state, because)
    return result(post, state, because, "")


def settle(house: House, post: Post, settled: outbox.PostSettled) -> PostResult:
    """Record how it ended, for the rest of a thread too when there is no hope for it."""
    house.store.posts.settle(
        post.id,
        settled.state,
        settled.because,
        next_at=settled.next_at,
        published=settled.published,
        refund=settled.refund,
        looks=settled.looks,
    )
    log.info("post %d for %s: %s, %s", post.id, post.account_id, settled.state, settled.because)
    _with_its_thread(house, post, settled.state, settled.because)
    url = settled.published.url if settled.published else ""
    return result(post, settled.state, settled.because, url)


def _with_its_thread(house: House, post: Post, state: PostState, because: str) -> None:
    """What ends one part of a thread for good ends those after it."""
    if not post.thread or state not in HOPELESS:
        return
    why = f"part {post.part} of the thread was {state}: {because}"
    for part in house.store.posts.of_edition(post.edition_id):
        if part.account_id == post.account_id and part.part > post.part:
            house.store.posts.stop(part.id, state, why)


def result(post: Post, state: PostState, because: str, url: str) -> PostResult:
    """What became of the post, for whoever runs the queue."""
    return PostResult(
        post_id=post.id,
        account_id=post.account_id,
        part=post.part,
        state=state,
        because=because,
        url=url,
    )
