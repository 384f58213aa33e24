"""Fakes for the social queue: a scripted network, and a house with a real database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from digest.adapters.fonts import SystemFonts
from digest.app.build import read_templates
from digest.model.appeal import AppealPlan
from digest.model.delivery import Message
from digest.model.edition import Edition
from digest.model.fetch import Fetched, FetchRequest
from digest.model.post import (
    Account,
    Network,
    NotPublished,
    Parent,
    Post,
    PostOutcome,
    PostState,
    Published,
    Unclear,
)
from digest.model.secret import Secret
from digest.newsroom.house import House
from digest.ports import Clock, Flight, Poster, Store
from digest.social import write
from digest.store import open_store
from tests import builders
from tests.contracts import rows
from tests.fakes import FakeClock, FakeIds, InlineWorkshop
from tests.house import NoMailboxes, NoNames

SECRETS: Mapping[Network, dict[str, Any]] = {
    Network.X: {"keys": Secret("consumer secret token more")},
    Network.BLUESKY: {"handle": "post.example", "password": Secret("app-password")},
    Network.MASTODON: {"token": Secret("token")},
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
        self.calls = 0

    async def publish(self, account: Account, post: Post, parent: Parent | None) -> PostOutcome:
        """What the next letter says."""
        self.calls += 1
        letter = self.script.pop(0) if self.script else "P"
        if letter in "PA":
            self.shown.append(post)
            self.parents.append(parent)
        if letter == "B":
            raise RuntimeError("a bug")
        outcomes: dict[str, PostOutcome] = {
            "P": self._published(post),
            "L": Unclear(reason="connection lost"),
            "A": Unclear(reason="connection lost"),
            "T": NotPublished(reason="throttled", retry_at=self.clock.now() + timedelta(minutes=1)),
            "R": NotPublished(reason="the text is too long"),
            "K": NotPublished(reason="the keys are refused", pause_account=True),
        }
        return outcomes[letter]

    async def find(self, account: Account, post: Post) -> Published | None | str:
        """Reads back, unless told to see nothing."""
        if self.unreadable:
            self.unreadable -= 1
            return "the network did not answer"
        if self.blind:
            self.blind -= 1
            return None
        return self._published(post) if post.text in self.texts else None

    @property
    def texts(self) -> list[str]:
        """Everything on the network, in order; a text twice is a doubled post."""
        return [post.text for post in self.shown]

    def _published(self, post: Post) -> Published:
        return Published(remote_id=post.key, url=f"https://net.example/{post.key}")


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


def posts_of(account: Account, clock: Clock, **changes: Any) -> tuple[Post, ...]:
    """What the sample edition becomes on the account."""
    edition = builders.edition(id=1, **changes)
    site = builders.site(url="https://sample.ie")
    return write.posts(edition, account, site=site, now=clock.now())


def release(house: House, **changes: Any) -> Edition:
    """The sample edition released, with its posts queued on all accounts of the house."""
    email = rows.email()
    edition = house.store.editions.add(builders.edition(**changes), [email])
    assert edition is not None
    now = house.clock.now()
    posts = [
        replace(post, edition_id=edition.id)
        for account in house.settings.accounts
        for post in write.posts(edition, account, site=house.settings.site, now=now)
    ]
    assert house.store.editions.release(edition, "test", now, AppealPlan(), posts)
    return edition


def states(house: House, account_id: str = "", edition_id: int = 1) -> list[PostState]:
    """The states of an edition's posts, by account and part."""
    rows = house.store.posts.of_edition(edition_id)
    return [p.state for p in rows if account_id in ("", p.account_id)]
