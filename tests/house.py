"""A house for use-case tests: real rooms and a real database, fakes for the world outside."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from digest.adapters.fonts import SystemFonts
from digest.app.build import read_templates
from digest.model.account import Network
from digest.model.audience import SubscriptionState
from digest.model.delivery import Message, Phase, SubmitResult
from digest.model.fetch import Fetched, FetchRequest
from digest.model.mail import Inbox
from digest.model.newsletter import Newsletter
from digest.model.preflight import NameAnswer
from digest.newsroom.house import House
from digest.ports import Flight, Mailboxes, Mailer, Names, Poster, Store, Writer
from digest.store import open_store
from tests import builders
from tests.fakes import FakeClock, FakeIds, InlineWorkshop


class NoFetcher:
    """A network without any server."""

    async def fetch(self, request: FetchRequest) -> Fetched:
        """Nobody answers."""
        return Fetched(url=request.url, problem="no server answers in this test")


class NoNames:
    """A network without a name server."""

    async def txt(self, name: str) -> NameAnswer:
        """Nobody answers."""
        return NameAnswer(problem=f"no name server answered for {name} (none in this test)")


class NoMailboxes:
    """No letters anywhere."""

    async def read(
        self,
        inbox: Inbox,
        known: Callable[[Sequence[str]], set[str]],
        take: Callable[[str, bytes], Awaitable[bool]],
    ) -> int:
        """There are none."""
        return 0


class KeepingMailer:
    """Takes every granted message and says 250; the messages stay in `kept`."""

    def __init__(self) -> None:
        self.kept: list[Message] = []

    async def pump(self, flight: Flight) -> None:
        """One after the other."""
        while (message := flight.take()) is not None:
            for granted in flight.settle([], [message]):
                self.kept.append(granted)
                result = SubmitResult(
                    edition_id=granted.edition_id,
                    subscriber_id=granted.subscriber_id,
                    phase=Phase.ANSWERED,
                    code=250,
                    text="ok",
                )
                flight.settle([result], [])


def house(
    *,
    store: Store | None = None,
    clock: FakeClock | None = None,
    mailer: Mailer | None = None,
    mailboxes: Mailboxes | None = None,
    posters: Mapping[Network, Poster] | None = None,
    writer: Writer | None = None,
    names: Names | None = None,
    worker: str = "test:1",
    **settings: Any,
) -> House:
    """Everything in memory; keyword arguments replace fields of the settings."""
    return House(
        settings=builders.settings(**settings),
        store=store or open_store("sqlite://"),
        clock=clock or FakeClock(),
        ids=FakeIds(),
        fetcher=NoFetcher(),
        names=names or NoNames(),
        fonts=SystemFonts(),
        workshop=InlineWorkshop(),
        mailer=mailer or KeepingMailer(),
        mailboxes=mailboxes or NoMailboxes(),
        posters=posters or {},
        writer=writer,
        templates=read_templates(""),
        worker=worker,
    )


def with_articles(house: House, count: int = 8) -> House:
    """Stories as different as the sample articles allow, already collected."""
    for number in range(1, count + 1):
        house.store.articles.save([builders.distinct_article(number)])
    return house


def with_readers(house: House, count: int = 5, newsletter_id: str = "morning") -> House:
    """Confirmed subscribers reader1@… to readerN@…"""
    now = house.clock.now()
    for number in range(1, count + 1):
        reader = house.store.subscribers.add(
            f"reader{number}@reader.example", f"Reader {number}", number == 1, now
        )
        house.store.subscribers.subscribe(
            reader.id, newsletter_id, SubscriptionState.CONFIRMED, "test", now
        )
    return house


def morning(house: House) -> Newsletter:
    """The newsletter of the test settings."""
    return house.settings.newsletters[0]
