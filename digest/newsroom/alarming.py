"""Editors are told, once, of what the social queue could not do."""

from collections.abc import Iterable

from digest.model.post import Held, Post
from digest.newsroom import asking
from digest.newsroom.house import House

MANY = 20
"""Posts named in one notice."""


async def tell(house: House) -> None:
    """Tell the editors of the accounts' newsletters of posts that ended badly and of accounts
    that we had to hold."""
    held, posts = house.store.switches.untold(), house.store.posts.untold()
    for account_id in sorted({h.scope for h in held} | {p.account_id for p in posts}):
        await asking.tell_of_account(
            house,
            account_id,
            _lines(
                [h for h in held if h.scope == account_id],
                [p for p in posts if p.account_id == account_id],
            ),
        )


def _lines(held: Iterable[Held], posts: list[Post]) -> list[str]:
    """One sentence for each."""
    lines = [f"Nothing more goes to {h.scope}: {h.because}." for h in held]
    lines += [
        f"Post {post.id} {post.state.replace('_', ' ')}: {post.because}."
        f" It says: {' '.join(post.text.split())[:100]}"
        for post in posts[:MANY]
    ]
    if len(posts) > MANY:
        lines.append(f"and {len(posts) - MANY} more: see `digest posts queue`.")
    return lines
