"""The editors' verbs on the social queue: show, hold, resume, edit, publish now, take out."""

from dataclasses import dataclass
from datetime import datetime

from digest.errors import UsageError
from digest.model.account import Account
from digest.model.post import Call, Held, Post, PostState, Published
from digest.newsroom import attaching
from digest.newsroom.house import House
from digest.social import measure, tags
from digest.text.money import dollars

EVERYBODY = "*"
"""Stands for all accounts in a hold."""
TAG = "tag:"
ENDED = "is not waiting, held or failed; see `digest posts queue`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """A post as it would go out, to the byte."""

    post: Post
    limit: int
    calls: tuple[Call, ...]
    because: str
    """Why it cannot go now, or ""."""


def waiting(house: House, limit: int = 100) -> tuple[list[Post], list[Held]]:
    """What waits for the networks, soonest first, and the holds with their reasons."""
    return house.store.posts.queue(limit), house.store.switches.holds()


def hold(house: House, scope: str, because: str, who: str) -> str:
    """From this moment nothing more goes to an account, to any, or with a tag; or one post is
    held, by its number."""
    if scope.isdecimal():
        return _stop(house, int(scope), PostState.HELD, f"{because} ({who})")
    scope = _scope(house, scope)
    house.store.switches.hold(Held(scope=scope, because=because, who=who, at=house.clock.now()))
    return f"{_named(scope)}: held, nothing more is posted ({because})"


def resume(house: House, scope: str) -> str:
    """Lift the hold; what came due meanwhile waits for an editor's word."""
    scope = _scope(house, scope)
    if scope not in {held.scope for held in house.store.switches.holds()}:
        raise UsageError(f"{_named(scope)}: there is no hold; nothing was changed")
    overdue = house.store.switches.unhold(scope, house.clock.now())
    told = f"; {overdue} overdue, publish each with `digest posts now ID`" if overdue else ""
    return f"{_named(scope)}: resumed{told}"


def post_now(house: House, post_id: int) -> str:
    """An editor's word: the post is queued for this moment, however it came to wait."""
    post, now = _known(house, post_id), house.clock.now()
    account = house.settings.account(post.account_id)
    if not house.store.posts.now(post_id, now, _good_until(account, now)):
        raise UsageError(f"post {post_id} {ENDED}")
    return f"post {post_id}: queued"


def take_out(house: House, post_id: int, because: str, who: str) -> str:
    """The post never goes out; a thread goes on without it."""
    return _stop(house, post_id, PostState.EXPIRED, f"{because} ({who})")


def edit(house: House, post_id: int, text: str) -> str:
    """Other words for a post that waits; they must fit its network."""
    post = _known(house, post_id)
    known = house.store.accounts.rule(post.account_id)
    rule = known[0] if known else None
    length = measure.length(post.network, text, rule)
    most = measure.limit(post.network, rule)
    if not text.strip() or length > most:
        raise UsageError(
            f"post {post_id}: {length} of {most} signs on {post.network}; nothing was changed"
        )
    price = post.price - measure.price(post.network, post.text)
    price += measure.price(post.network, text)
    if not house.store.posts.edit(post_id, text, length, price):
        raise UsageError(f"post {post_id} {ENDED}")
    cost = f", {dollars(price)}" if price else ""
    return f"post {post_id}: {length} of {most} signs{cost}"


def found(house: House, post_id: int, address: str) -> str:
    """An editor saw the doubtful post on its network."""
    post = _known(house, post_id)
    seen = Published(remote_id=post.remote_id or address, url=address)
    if not house.store.posts.found(post_id, seen, f"an editor saw it at {address}"):
        raise UsageError(f"post {post_id} is not in doubt; nothing was changed")
    return f"post {post_id}: published as {address}"


async def rehearse(house: House, post_id: int) -> Rehearsed:
    """What publishing the post would send, to the byte; nothing leaves and nothing changes."""
    post = _known(house, post_id)
    account = house.settings.account(post.account_id)
    if account is None or account.network not in house.posters:
        raise UsageError(f"account {post.account_id} is no longer in config.yaml")
    picture = await attaching.attached(house, account, post)
    parent = house.store.posts.parent(post)
    known = house.store.accounts.rule(account.id)
    return Rehearsed(
        post=post,
        limit=measure.limit(post.network, known[0] if known else None),
        calls=tuple(house.posters[account.network].calls(account, post, parent, picture)),
        because=_hindrance(house, post, account),
    )


def _hindrance(house: House, post: Post, account: Account) -> str:
    """The holds the post is under."""
    mine = {EVERYBODY, account.id, *(f"{TAG}{tag}" for tag in post.tags)}
    held = [held for held in house.store.switches.holds() if held.scope in mine]
    return "; ".join(f"{_named(h.scope)} held by {h.who}: {h.because}" for h in held)


def _stop(house: House, post_id: int, state: PostState, because: str) -> str:
    _known(house, post_id)
    if not house.store.posts.stop(post_id, state, because):
        raise UsageError(f"post {post_id} {ENDED}")
    return f"post {post_id}: {'held' if state is PostState.HELD else 'taken out'} ({because})"


def _known(house: House, post_id: int) -> Post:
    post = house.store.posts.by_id(post_id)
    if post is None:
        raise UsageError(f"there is no post {post_id}; see `digest posts queue`")
    return post


def _good_until(account: Account | None, now: datetime) -> datetime:
    return now + account.max_age if account else now


def _scope(house: House, scope: str) -> str:
    if scope.startswith(TAG) and tags.slug(scope.removeprefix(TAG)):
        return TAG + tags.slug(scope.removeprefix(TAG))
    known = [account.id for account in house.settings.accounts]
    if scope not in (EVERYBODY, *known):
        there = ", ".join(known) or "none"
        raise UsageError(f"there is no account {scope!r}; there are: {there}")
    return scope


def _named(scope: str) -> str:
    return "all accounts" if scope == EVERYBODY else scope
