"""The editors' verbs on the social queue: show, hold, resume, publish now."""

from digest.errors import UsageError
from digest.model.post import Post
from digest.newsroom.house import House

EVERYBODY = "*"
"""Stands for all accounts in a hold."""


def waiting(house: House, limit: int = 100) -> tuple[list[Post], dict[str, str]]:
    """What waits for the networks, soonest first, and the holds with their reasons."""
    return house.store.posts.queue(limit), house.store.posts.holds()


def hold(house: House, account_id: str, because: str) -> str:
    """From this moment nothing more goes to the account."""
    _known(house, account_id)
    house.store.posts.hold(account_id, because)
    return f"{_named(account_id)}: held, nothing more is posted ({because})"


def resume(house: House, account_id: str) -> str:
    """Lift the hold; what came due meanwhile waits for an editor's word."""
    _known(house, account_id)
    if account_id not in house.store.posts.holds():
        raise UsageError(f"{_named(account_id)}: there is no hold; nothing was changed")
    overdue = house.store.posts.unhold(account_id, house.clock.now())
    told = f"; {overdue} overdue, publish each with `digest posts now ID`" if overdue else ""
    return f"{_named(account_id)}: resumed{told}"


def post_now(house: House, post_id: int) -> str:
    """An editor's word: the post is queued for this moment, however it came to wait."""
    if not house.store.posts.now(post_id, house.clock.now()):
        raise UsageError(f"post {post_id} is not waiting, held or failed; see `digest posts queue`")
    return f"post {post_id}: queued"


def _known(house: House, account_id: str) -> None:
    known = [account.id for account in house.settings.accounts]
    if account_id not in (EVERYBODY, *known):
        there = ", ".join(known) or "none"
        raise UsageError(f"there is no account {account_id!r}; there are: {there}")


def _named(account_id: str) -> str:
    return "all accounts" if account_id == EVERYBODY else account_id
