"""A post that still waits, in the words of its edition's newest revision."""

from dataclasses import replace

from digest.model.edition import Bulletin, Edition
from digest.model.newsletter import Site
from digest.model.post import Account, Post, PostShape
from digest.social import write


def again(post: Post, edition: Edition, account: Account, *, site: Site) -> Post | None:
    """The post with the words of the edition as it is now, None when its story is not in it.

    Its place, times and key stay: to the network it is the same post, whatever became of an
    earlier attempt.
    """
    briefs = edition.bulletin.briefs
    if post.story_url:
        briefs = tuple(brief for brief in briefs if brief.url == post.story_url)
    shape = PostShape.THREAD if post.thread else PostShape.PER_STORY
    made = write.posts(
        replace(edition, bulletin=Bulletin(briefs=briefs[:1])),
        replace(account, shape=shape, stories=1),
        site=site,
        now=post.created,
    )
    found = next((one for one in made if one.kind == post.kind), None)
    if found is None:
        return None
    return replace(
        post,
        text=found.text,
        link=found.link,
        link_title=found.link_title,
        link_summary=found.link_summary,
        length=found.length,
        revision=edition.revision,
    )
