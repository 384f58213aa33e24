"""An edition's posts: planned at its release, reworded when it is revised."""

import logging
from dataclasses import replace

from digest.model.edition import Edition
from digest.model.post import Post, PostState
from digest.newsroom.house import House
from digest.social import write
from digest.social.again import again

log = logging.getLogger(__name__)

WAITS = (PostState.QUEUED, PostState.DEFERRED, PostState.HELD)
REWRITTEN = (*WAITS, PostState.NEEDS_EDITOR, PostState.FAILED)
"""Posts that get new words; what is on its way to the network, or may be there, keeps its own."""
GONE = (PostState.EXPIRED, PostState.REJECTED)
LOOK_THERE = "; whether it is on the network already was never known, so look there"


def planned_posts(house: House, edition: Edition) -> tuple[Post, ...]:
    """The posts of all accounts; one account that cannot be served never stops the mail."""
    newsletter = house.settings.newsletter(edition.newsletter_id)
    site, now = house.settings.site, house.clock.now()
    found: list[Post] = []
    for account_id in newsletter.accounts if newsletter else ():
        account = house.settings.account(account_id)
        if account is None:
            continue
        try:
            made = write.posts(edition, account, site=site, now=now)
        except Exception:
            log.exception("%s: no posts for account %s", edition.slug, account_id)
        else:
            found += [replace(post, revision=edition.revision) for post in made]
    return tuple(found)


def reworded(house: House, edition: Edition) -> tuple[Post, ...]:
    """Every waiting post of the edition, in its newest words or taken out."""
    rows = house.store.posts.of_edition(edition.id)
    found = {post.id: rewritten(house, edition, post) for post in rows if post.state in REWRITTEN}
    after = [found.get(post.id, post) for post in rows]
    empty = {post.account_id for post in after} - {
        post.account_id for post in after if post.story_url and post.state not in GONE
    }
    return tuple(
        _taken_out(post, "no story of its thread is left", edition.revision)
        if post.thread and post.account_id in empty and post.state is not PostState.EXPIRED
        else post
        for post in after
        if post.id in found
    )


def rewritten(house: House, edition: Edition, post: Post) -> Post:
    """The waiting post in the words of the edition's newest revision, or taken out with the
    reason; as it is when its account is gone."""
    account = house.settings.account(post.account_id)
    if account is None:
        return post
    found = again(post, edition, account, site=house.settings.site)
    if found is not None:
        return found
    pulled = [c for c in edition.corrections if c.url == post.story_url and c.pulled]
    because = f"withdrawn: {pulled[-1].because}" if pulled else "its story is not in the edition"
    return _taken_out(post, because, edition.revision)


def _taken_out(post: Post, because: str, revision: int) -> Post:
    unclear = LOOK_THERE if post.state is PostState.NEEDS_EDITOR else ""
    return replace(post, state=PostState.EXPIRED, because=because + unclear, revision=revision)
