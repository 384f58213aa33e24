"""The picture that goes with a post: the story's own where it may be shown, else a drawn one."""

import logging

from digest.model.account import Account, PostPicture
from digest.model.edition import Edition
from digest.model.post import Attached, Post
from digest.newsroom import archive
from digest.newsroom.house import House
from digest.render import card
from digest.social import write

log = logging.getLogger(__name__)


async def attached(house: House, account: Account, post: Post) -> Attached | None:
    """What the network shows with the post, None for nothing; a picture never stops a post."""
    if account.picture is PostPicture.NONE or account.network not in write.PICTURES:
        return None
    if not post.alt or not (post.image or (post.link and account.network in write.CARDS)):
        return None
    try:
        return _own(house, post) or _drawn(house, post)
    except Exception:
        log.exception("post %d for %s goes without a picture", post.id, post.account_id)
        return None


def _own(house: House, post: Post) -> Attached | None:
    """The story's picture, kept by us since the edition was composed."""
    kept = house.store.pictures.get(post.picture) if post.picture else None
    if kept is None:
        return None
    return Attached(content=kept.content, alt=post.alt, width=kept.width, height=kept.height)


def _drawn(house: House, post: Post) -> Attached | None:
    """A card with the headline; the edition's own for the bulletin."""
    edition = house.store.editions.by_id(post.edition_id)
    newsletter = house.settings.newsletter(edition.newsletter_id) if edition else None
    if edition is None or newsletter is None:
        return None
    content = archive.card_of(house, edition, newsletter, headlines=_headlines(edition, post))
    return Attached(content=content, alt=post.alt, width=card.WIDTH, height=card.HEIGHT)


def _headlines(edition: Edition, post: Post) -> tuple[str, ...]:
    """What the card says; () for all of the edition."""
    briefs = edition.bulletin.briefs
    return tuple(brief.headline for brief in briefs if brief.url == post.story_url)
