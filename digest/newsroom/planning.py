"""An edition's posts, planned at its release: their words, and when each goes out."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digest.deliver import pace
from digest.model.account import Account
from digest.model.edition import Edition
from digest.model.post import Post, PostState
from digest.newsroom import wording
from digest.newsroom.house import House
from digest.schedule import plan
from digest.social import write
from digest.text.money import dollars

log = logging.getLogger(__name__)

JUST_NOW = timedelta(seconds=1)


def planned_posts(house: House, edition: Edition) -> tuple[Post, ...]:
    """The posts of all accounts; one account that cannot be served never stops the mail."""
    newsletter = house.settings.newsletter(edition.newsletter_id)
    found: list[Post] = []
    for account_id in newsletter.accounts if newsletter else ():
        account = house.settings.account(account_id)
        if account is None:
            continue
        try:
            found += _planned(house, edition, account)
        except Exception:
            log.exception("%s: no posts for account %s", edition.slug, account_id)
    return tuple(found)


def told(house: House, posts: Sequence[Post]) -> list[str]:
    """For editors, before they approve: how many posts each account gets, and for how much."""
    lines: list[str] = []
    for account in house.settings.accounts:
        all_of_it = [post for post in posts if post.account_id == account.id]
        mine = [post for post in all_of_it if post.state is not PostState.EXPIRED]
        if not all_of_it:
            continue
        line = f"{account.id}: {len(mine)} post" + ("" if len(mine) == 1 else "s")
        if price := sum(post.price for post in mine):
            line += f" for {dollars(price)}"
        if account.budget:
            line += f" of {account.budget}"
        if held := sum(post.state is PostState.HELD for post in mine):
            line += f", {held} of them held for you"
        if late := len(all_of_it) - len(mine):
            line += f"; {late} more found no free slot in time"
        lines.append(line)
    return lines


def _planned(house: House, edition: Edition, account: Account) -> list[Post]:
    now = house.clock.now()
    ways = wording.ways(house, edition, account)
    posts = write.posts(edition, account, ways=ways, now=now)
    together = any(post.thread for post in posts)
    times = _free(house, account, now, count=1 if together else len(posts))
    found: list[Post] = []
    for number, post in enumerate(posts):
        place = 0 if together else number
        found.append(_timed(post, times[place] if place < len(times) else None, account))
    return found


def _timed(post: Post, due_at: datetime | None, account: Account) -> Post:
    """The post at its time, or taken out because there is none while it is news."""
    if due_at is None:
        hours = account.max_age / timedelta(hours=1)
        because = f"{account.id} has no free slot within {hours:g} h, and then it is no news"
        return replace(post, state=PostState.EXPIRED, because=because)
    return replace(post, due_at=due_at)


def _free(house: House, account: Account, now: datetime, *, count: int) -> list[datetime]:
    """The next moments at which the account may post, while what is planned now is news."""
    planned = house.store.posts.planned(account.id, now - max(account.gap, JUST_NOW))
    if account.slots:
        return _slots(account, now, planned)[:count]
    found: list[datetime] = []
    at = max([now, *(due + account.gap for due in planned)]) if account.gap else now
    for _ in range(count):
        at = _awake(account, at)
        if at > now + account.max_age:
            break
        found.append(at)
        at += account.gap
    return found


def _slots(account: Account, now: datetime, planned: Sequence[datetime]) -> list[datetime]:
    """The account's own slots that no post has yet and that quiet hours leave."""
    until = now + account.max_age
    ahead = sorted(
        {
            slot.due_at
            for rule in account.slots
            for slot in plan.slots(rule, after=now, until=until)
            if slot.due_at is not None and not slot.skipped
        }
    )
    return [at for at in ahead if at not in planned and _awake(account, at) == at]


def _awake(account: Account, at: datetime) -> datetime:
    """That moment, or the end of the quiet hours it falls into."""
    if account.quiet is None:
        return at
    return pace.quiet_until(account.quiet, account.timezone, at) or at
