"""Doubtful posts are read back from their network, never sent again on a guess."""

import logging

from digest import outbox
from digest.model.account import Account
from digest.model.post import Post, PostState, Published, Unclear
from digest.newsroom.house import House
from digest.newsroom.settling import PostResult, result, settle, way
from digest.ports import Poster
from digest.social import rates

log = logging.getLogger(__name__)


async def look(house: House, post: Post) -> PostResult:
    """Read a doubtful post back; only when the last look finds nothing it is queued again."""
    now = house.clock.now()
    there = way(house, post)
    if isinstance(there, str):
        return settle(house, post, outbox.PostSettled(state=PostState.NEEDS_EDITOR, because=there))
    account, poster = there
    price = rates.reading(account.network)
    if why := house.store.posts.may_read(post, now, price, rates.terms(account, now)):
        later = Unclear(reason=f"not read back yet: {why.because}", until=why.until)
        return settle(house, post, outbox.after_looking(later, post=post, now=now))
    found = await _read_back(poster, account, post)
    if other := _settled_meanwhile(house, post):
        return result(other, other.state, other.because, other.remote_url)
    if isinstance(found, Unclear) and found.until:
        house.store.accounts.throttle(f"account:{account.id}", found.until, found.reason)
    settled = outbox.after_looking(found, post=post, now=now, unread=account.unread)
    return settle(house, post, settled)


async def _read_back(poster: Poster, account: Account, post: Post) -> Published | None | Unclear:
    """What the account shows; a fault in reading is one more reason to look again."""
    try:
        return await poster.find(account, post)
    except Exception as error:
        log.exception("reading back post %d for %s", post.id, account.id)
        return Unclear(reason=f"a fault of our own while reading back: {error!r}")


def _settled_meanwhile(house: House, post: Post) -> Post | None:
    """The post as another worker left it while we were reading, None if it is in doubt still."""
    row = house.store.posts.by_id(post.id)
    return row if row is not None and row.state is not PostState.IN_DOUBT else None
