"""Fakes for the social queue: a scripted network, and a house with a real database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from digest.adapters.fonts import SystemFonts
from digest.app.build import read_templates
from digest.model.account import Account, Network, TextRule
from digest.model.appeal import AppealPlan
from digest.model.delivery import Message
from digest.model.edition import Bulletin, Edition
from digest.model.fetch import Fetched, FetchRequest
from digest.model.post import (
    Attached,
    Call,
    LogIn,
    NotPublished,
    Parent,
    Post,
    PostOutcome,
    PostState,
    Published,
    Terms,
    Unclear,
)
from digest.model.secret import Secret
from digest.newsroom import wording
from digest.newsroom.house import House
from digest.newsroom.posting import LEASE
from digest.newsroom.wording import filled
from digest.ports import Clock, Flight, Poster, Store
from digest.social import write
from digest.store import open_store
from tests import builders
from tests.contracts import rows
from tests.fakes import FakeClock, FakeIds, InlineWorkshop
from tests.house import NoMailboxes, NoNames

BIG = (Network.X, Network.BLUESKY, Network.MASTODON)
"""The networks that have pictures, threads and a timeline to read back from."""

SECRETS: Mapping[Network, dict[str, Any]] = {
    Network.X: {"keys": Secret("consumer secret token more")},
    Network.BLUESKY: {"handle": "post.example", "password": Secret("app-password")},
    Network.MASTODON: {"token": Secret("token")},
    Network.THREADS: {"token": Secret("token"), "handle": "17"},
    Network.LINKEDIN: {"token": Secret("token"), "handle": "urn:li:organization:17"},
    Network.TELEGRAM: {"token": Secret("token"), "handle": "@samplepost"},
    Network.SLACK: {"webhook": Secret("http://127.0.0.1:9/slack/token")},
    Network.DISCORD: {"webhook": Secret("http://127.0.0.1:9/discord/token")},
}


class FakePoster:
    """A network that follows a script, a letter a call of `publish`; after its end all goes well.

    P published · L request lost · A answer lost · T throttled for a minute · R refused
    · K keys refused · B a bug in the adapter
    """

    def __init__(self, script: str = "", *, clock: Clock | None = None, blind: int = 0) -> None:
        self.script = list(script)
        self.clock = clock or FakeClock()
        self.blind = blind
        """So many readings see nothing, as behind a lagging replica."""
        self.unreadable = 0
        """So many readings fail."""
        self.shown: list[Post] = []
        self.parents: list[Parent | None] = []
        self.pictures: list[Attached | None] = []
        self.asked = 0
        self.told: TextRule | None | str = None
        """What the server says of its rule."""

    async def publish(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> PostOutcome:
        """What the next letter says."""
        self.asked += 1
        letter = self.script.pop(0) if self.script else "P"
        if letter in "PA":
            self.shown.append(post)
            self.parents.append(parent)
            self.pictures.append(attached)
        if letter == "B":
            raise RuntimeError("a bug")
        outcomes: dict[str, PostOutcome] = {
            "P": self._published(post),
            "L": Unclear(reason="connection lost"),
            "A": Unclear(reason="connection lost"),
            "T": NotPublished(
                reason="throttled",
                retry_at=self.clock.now() + timedelta(minutes=1),
                throttled="account",
            ),
            "R": NotPublished(reason="the text is too long"),
            "K": NotPublished(reason="the keys are refused", pause_account=True),
        }
        return outcomes[letter]

    async def find(self, account: Account, post: Post) -> Published | None | Unclear:
        """Reads back, unless told to see nothing."""
        if self.unreadable:
            self.unreadable -= 1
            return Unclear(reason="the network did not answer")
        if self.blind:
            self.blind -= 1
            return None
        return self._published(post) if post.text in self.texts else None

    async def rule(self, account: Account) -> TextRule | None | str:
        """What the test said."""
        return self.told

    def calls(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> Sequence[Call]:
        """The text alone."""
        return [Call(method="POST", url="https://net.example/posts", body=post.text.encode())]

    @property
    def texts(self) -> list[str]:
        """Everything on the network, in order; a text twice is a doubled post."""
        return [post.text for post in self.shown]

    def _published(self, post: Post) -> Published:
        return Published(remote_id=post.key, url=f"https://net.example/{post.key}")


class FakeAccounts:
    """Log-ins in memory; nothing is spent, and no server has a rule of its own."""

    def __init__(self) -> None:
        self.kept: dict[str, LogIn] = {}
        self.throttled: dict[str, datetime] = {}

    def spent(self, account_id: str, since: datetime) -> int:
        """Nothing."""
        return 0

    def throttle(self, scope: str, until: datetime, because: str) -> None:
        """Noted."""
        self.throttled[scope] = until

    def log_in(self, account_id: str, seed: str) -> LogIn | None:
        """The kept one, if it came of this secret."""
        found = self.kept.get(account_id)
        return found if found and found.seed == seed else None

    def keep_log_in(self, account_id: str, log_in: LogIn) -> None:
        """Kept."""
        self.kept[account_id] = log_in

    def rule(self, account_id: str) -> tuple[TextRule, datetime] | None:
        """None."""
        return None

    def keep_rule(self, account_id: str, rule: TextRule, now: datetime) -> None:
        """Forgotten."""


class Nobody:
    """A fetcher and mailer that this test never calls."""

    async def fetch(self, request: FetchRequest) -> Fetched:
        """Never called."""
        raise AssertionError(request)

    async def pump(self, flight: Flight) -> None:
        """Never called."""
        message: Message | None = flight.take()
        raise AssertionError(message)


def house(
    accounts: Sequence[Account],
    posters: Mapping[Network, Poster],
    *,
    clock: Clock,
    store: Store | None = None,
    worker: str = "test:1",
) -> House:
    """A house with these accounts; the database is real and, unless given, in memory."""
    return House(
        settings=builders.settings(accounts=tuple(accounts)),
        store=store or open_store("sqlite://"),
        clock=clock,
        ids=FakeIds(),
        fetcher=Nobody(),
        names=NoNames(),
        fonts=SystemFonts(),
        workshop=InlineWorkshop(),
        mailer=Nobody(),
        mailboxes=NoMailboxes(),
        posters=posters,
        writer=None,
        templates=read_templates(""),
        worker=worker,
    )


def account(network: Network = Network.X, **changes: Any) -> Account:
    """An account that can log in."""
    return builders.account(
        **{"id": f"{network}-main", "network": network, **SECRETS[network], **changes}
    )


def paper(**changes: Any) -> Edition:
    """The sample edition with lines too long for all of them to fit into one post."""
    briefs = tuple(
        builders.brief(
            number,
            line=f"The lights of harbour number {number} came back on after 17 days, and its master"
            f" said that four divers had worked in less than a metre of sight for {number} nights.",
        )
        for number in range(1, 4)
    )
    return builders.edition(
        **{"bulletin": Bulletin(briefs=briefs, words=90, seconds=27), **changes}
    )


def posts_of(account: Account, clock: Clock, **changes: Any) -> tuple[Post, ...]:
    """What the sample edition becomes on the account."""
    edition = paper(id=1, **changes)
    return write.posts(edition, account, ways=ways(), now=clock.now())


def ways(**changes: Any) -> write.Ways:
    """Our own templates, and a site whose address X sees as a link."""
    fill = partial(filled, read_templates(""))
    return write.Ways(**{"site": builders.site(url="https://sample.ie"), "fill": fill, **changes})


def release(house: House, **changes: Any) -> Edition:
    """The sample edition released, with its posts queued on all accounts of the house."""
    email = rows.email()
    edition = house.store.editions.add(paper(**changes), [email])
    assert edition is not None
    now = house.clock.now()
    posts = [
        replace(post, edition_id=edition.id)
        for account in house.settings.accounts
        for post in write.posts(
            edition, account, ways=wording.ways(house, edition, account), now=now
        )
    ]
    assert house.store.editions.release(edition, "test", now, AppealPlan(), posts)
    return edition


def claimed(house: House, post: Post, worker: str = "other:1") -> Post:
    """The post in another worker's hands."""
    now = house.clock.now()
    found = house.store.posts.claim(
        post.id, worker, now, now + LEASE, Terms(account_id=post.account_id)
    )
    assert isinstance(found, Post)
    return found


def states(house: House, account_id: str = "", edition_id: int = 1) -> list[PostState]:
    """The states of an edition's posts, by account and part."""
    rows = house.store.posts.of_edition(edition_id)
    return [p.state for p in rows if account_id in ("", p.account_id)]
