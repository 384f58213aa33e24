"""What the use cases need from the world outside: time, chance, the web, relays, networks."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar

from digest.model.delivery import (
    Message,
    SubmitResult,
)
from digest.model.fetch import Fetched, FetchRequest, Stopped
from digest.model.mail import Inbox, Wait
from digest.model.preflight import NameAnswer
from digest.model.writing import WritingAnswer, WritingRequest

P = ParamSpec("P")
T = TypeVar("T")


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""


class Ids(Protocol):
    """Chance."""

    def token(self, size: int = 16) -> str:
        """A fresh unguessable ASCII word of letters and digits, `size` characters long."""


class Fetcher(Protocol):
    """HTTP GET."""

    async def fetch(self, request: FetchRequest) -> Fetched:
        """Fetch once; never raises for what a server or network does."""


class Names(Protocol):
    """The domain name system."""

    async def txt(self, name: str) -> NameAnswer:
        """The TXT records of a name; never raises for what a server or network does."""


class Fonts(Protocol):
    """Font files."""

    def files(self, own: str) -> tuple[bytes, ...]:
        """The editors' own font first, if it names one that can be read; there is always one."""


class Workshop(Protocol):
    """A place for work on bytes from outside, apart from everything that matters."""

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Stopped:
        """What the function (of a module, with values for arguments) returns; Stopped when it took
        too long or too much memory, or broke down, whatever it was doing."""


class Flight(Protocol):
    """The mailer's side of a batch of deliveries (the flight ledger)."""

    def take(self) -> Message | None:
        """The next message to hand over, or None when the batch is used up."""

    def settle(self, results: Sequence[SubmitResult], intents: Sequence[Message]) -> list[Message]:
        """Record results and intents in one transaction; the intents whose bodies may go."""

    def wait(self, relay: str) -> Wait:
        """Whether the relay of that id may have a message now; then it counts."""


class Mailer(Protocol):
    """The way to the relay."""

    async def pump(self, flight: Flight) -> None:
        """Submit messages until `take` has no more; each body only after `settle` granted it.

        Every taken message ends in exactly one result or was never granted.
        """


class Mailboxes(Protocol):
    """Mailboxes that letters come into."""

    async def read(
        self,
        inbox: Inbox,
        known: Callable[[Sequence[str]], set[str]],
        take: Callable[[str, bytes], Awaitable[bool]],
    ) -> int:
        """Bring every letter whose name is not `known` to `take`, one by one, and remove those for
        which it answers True; how many were brought. TryAgainLater when the server does not play
        along: nothing is removed that was not taken."""


class Writer(Protocol):
    """The way to a language model."""

    async def write(self, request: WritingRequest) -> WritingAnswer:
        """The model's answer within its deadline; never raises for what a server or network does,
        nor for what it says."""
