"""The posts of an edition that is revised, in its newest words."""

from dataclasses import replace

from digest.model.edition import Edition
from digest.model.post import Post, PostState
from digest.newsroom import wording
from digest.newsroom.house import House
from digest.social import write

WAITS = (PostState.QUEUED, PostState.DEFERRED, PostState.HELD)
REWRITTEN = (*WAITS, PostState.NEEDS_EDITOR, PostState.FAILED)
"""Posts that get new words; what is on its way to the network, or may be there, keeps its own."""
GONE = (PostState.EXPIRED, PostState.REJECTED)
EDITED = "its story changed after an editor had worded it: see whether the words still hold"
LOOK_THERE = "; whether it is on the network already was never known, so look there"


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
    found = write.again(post, edition, account, ways=wording.ways(house, edition, account))
    if found is not None and post.edited:
        state = PostState.HELD if post.state in WAITS else post.state
        return replace(post, state=state, because=EDITED, revision=edition.revision)
    if found is not None:
        return found
    pulled = [c for c in edition.corrections if c.url == post.story_url and c.pulled]
    because = f"withdrawn: {pulled[-1].because}" if pulled else "its story is not in the edition"
    return _taken_out(post, because, edition.revision)


def _taken_out(post: Post, because: str, revision: int) -> Post:
    unclear = LOOK_THERE if post.state is PostState.NEEDS_EDITOR else ""
    return replace(post, state=PostState.EXPIRED, because=because + unclear, revision=revision)
