"""What the social queue needs: ways to the networks, and a memory."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from digest.model.account import Account, TextRule
from digest.model.post import (
    Attached,
    Call,
    Held,
    LogIn,
    NotNow,
    Parent,
    Post,
    PostOutcome,
    PostState,
    Published,
    Terms,
    Unclear,
)


class Poster(Protocol):
    """The way to one social network."""

    async def publish(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> PostOutcome:
        """Publish the frozen post; never raises for what a server or network does."""

    async def find(self, account: Account, post: Post) -> Published | None | Unclear:
        """The post if the network has it, None if it has not, Unclear if it cannot be read."""

    async def rule(self, account: Account) -> TextRule | None | str:
        """How much text the account's server takes, None where all servers of the network take
        the same, a sentence if it could not be asked."""

    def calls(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> Sequence[Call]:
        """The requests that `publish` would make, to the byte; nothing leaves. What only an answer
        can tell (the id of a picture) stands in angle brackets."""


class PostStore(Protocol):
    """Posts; unique by (edition, account, part) and by (account, story, kind, part)."""

    def due(self, now: datetime, *, account_id: str = "", limit: int | None = None) -> list[Post]:
        """Queued or deferred and due, not held, thread parts only after their predecessor was
        published or taken out; of one account or of all, oldest first, at most `limit`."""

    def claim(
        self, post_id: int, worker: str, now: datetime, lease_until: datetime, terms: Terms
    ) -> Post | NotNow | None:
        """The intent: queued|deferred -> publishing with attempt + 1, its price and points
        reserved, all in one transaction that reads the holds first; NotNow when the network, the
        gap or the budget forbids it, None when somebody else has it or it is held."""

    def settle(
        self,
        post_id: int,
        state: PostState,
        because: str,
        *,
        next_at: datetime | None = None,
        published: Published | None = None,
        refund: bool = False,
        looks: int = 0,
    ) -> None:
        """Record how it ended; `refund` gives back the price of an attempt that certainly
        published nothing."""

    def put_off(self, post_id: int, until: datetime, because: str) -> None:
        """It waits longer, without an attempt."""

    def may_read(self, post: Post, now: datetime, price: int, terms: Terms) -> NotNow | None:
        """Reserve the price of reading it back; NotNow when the budget has no room for it or the
        network keeps the account waiting."""

    def in_doubt(self, now: datetime) -> list[Post]:
        """In doubt and due to be read back (next_at)."""

    def expire(self, now: datetime) -> int:
        """`publishing` rows whose lease is over become in_doubt; how many."""

    def of_edition(self, edition_id: int) -> list[Post]:
        """By account and part."""

    def by_id(self, post_id: int) -> Post | None:
        """One post."""

    def of_story(self, url: str) -> list[Post]:
        """All posts of the story at a canonical URL, the oldest first."""

    def rewrite(self, posts: Sequence[Post]) -> int:
        """Give these posts their new words, revision, state and reason, in one transaction; those
        that do not wait any more (for their time or for an editor) stay as they are; how many."""

    def queue(self, limit: int) -> list[Post]:
        """Everything not published, rejected or expired; soonest due first."""

    def parent(self, post: Post) -> Parent | None:
        """What a thread part answers: the first and the preceding part's remote ids."""

    def planned(self, account_id: str, since: datetime) -> list[datetime]:
        """When the account's posts are, or were, due: those from an instant on, in order."""

    def now(self, post_id: int, now: datetime, expires_at: datetime) -> bool:
        """An editor's tick: queued at once, and news until then; False when the post is not
        waiting, held or failed."""

    def stop(self, post_id: int, state: PostState, because: str) -> bool:
        """An editor holds a waiting post, or takes it out for good; False when it does not wait."""

    def edit(self, post_id: int, text: str, length: int, price: int) -> bool:
        """An editor's words for a post that waits; False when it does not."""

    def found(self, post_id: int, published: Published, because: str) -> bool:
        """An editor saw it on the network; False when nobody doubted that."""

    def untold(self) -> list[Post]:
        """Posts that ended badly and that the editors were not told of yet; from now on they count
        as told."""


class SwitchStore(Protocol):
    """The switches that hold posts: all, of an account, or with a tag."""

    def hold(self, held: Held, *, told: bool = True) -> bool:
        """Nothing more goes to what it names; False when a hold stood there already. `told`: the
        editors need not be told."""

    def unhold(self, scope: str, now: datetime) -> int:
        """Lift the hold; what came due meanwhile is held until an editor says now; how many."""

    def holds(self) -> list[Held]:
        """All of them, by scope."""

    def untold(self) -> list[Held]:
        """Holds that the editors were not told of yet; from now on they count as told."""


class AccountStore(Protocol):
    """What is known of accounts: what they cost, and how they are logged in."""

    def spent(self, account_id: str, since: datetime) -> int:
        """Thousandths of a US dollar: what the account has cost from an instant on, and what its
        waiting posts will."""

    def throttle(self, scope: str, until: datetime, because: str) -> None:
        """Nothing goes to account:ID or app:NAME before that; the later of two ends counts."""

    def log_in(self, account_id: str, seed: str) -> LogIn | None:
        """What the account is logged in with, if that came of this secret."""

    def keep_log_in(self, account_id: str, log_in: LogIn) -> None:
        """Keep it, in place of the one before."""

    def rule(self, account_id: str) -> tuple[TextRule, datetime] | None:
        """How much text the account's server takes, and when that was seen."""

    def keep_rule(self, account_id: str, rule: TextRule, now: datetime) -> None:
        """Keep it, in place of the one before."""
