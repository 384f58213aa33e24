"""What the use cases need remembered: one small protocol for each kind of thing."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Protocol

from digest.model.audience import Subscriber, Subscription, SubscriptionState
from digest.model.edition import (
    Occurrence,
    OccurrenceState,
    Slot,
)
from digest.model.news import Article, HostState, Known, Sighting, SourceState
from digest.ports.appeals import AppealStore
from digest.ports.editions import EditionStore
from digest.ports.mail import BounceStore, DeliveryStore, PaceStore
from digest.ports.pictures import PictureStore
from digest.ports.rulings import RulingStore
from digest.ports.social import AccountStore, PostStore, SwitchStore


class SourceStore(Protocol):
    """What is remembered of sources."""

    def states(self) -> dict[str, SourceState]:
        """By source id."""

    def save(self, states: Sequence[SourceState]) -> None:
        """Insert or replace, all in one transaction."""

    def hosts(self) -> dict[str, HostState]:
        """By host."""

    def save_hosts(self, states: Sequence[HostState]) -> None:
        """Insert or replace, all in one transaction."""


class ArticleStore(Protocol):
    """Collected articles."""

    def known(self, urls: Sequence[str], source_id: str, guids: Sequence[str]) -> list[Known]:
        """Articles with one of the URLs or addresses, or that the source lists under a guid, each
        with how the source lists it."""

    def titled(self, source_id: str, headlines: Sequence[str], since: datetime) -> list[Article]:
        """The source's articles since the instant that have one of the headlines."""

    def save(self, articles: Sequence[Article], listed: Sequence[Sighting] = ()) -> list[Article]:
        """Insert, or replace the one with the same URL keeping its id: a new hash is a new version
        and the old one is kept. One without an id was new to the caller and replaces nothing.
        `listed` says how sources list them; a new one it does not name is listed by its own
        source. One transaction; the articles with their ids and versions."""

    def sight(self, sightings: Sequence[Sighting], now: datetime) -> None:
        """Note that sources list these (saved) articles, and where in their lists."""

    def sources_of(self, urls: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Canonical URL -> ids of the sources that list the article, the first to do so first."""

    def since(self, instant: datetime, source_ids: Sequence[str]) -> list[Article]:
        """Articles that one of the sources lists, published (or, without a date, collected) at or
        after the instant, newest first; each with the id and place of the listing source."""

    def get(self, urls: Sequence[str]) -> dict[str, Article]:
        """Canonical URL -> the article as it now stands, withdrawn ones too."""

    def versions(self, url: str) -> list[Article]:
        """All versions at a canonical URL, oldest first; empty if never collected."""

    def note_lines(self, source_id: str, url: str, headline: str, keys: Sequence[str]) -> None:
        """Remember that lines (by their keys) stood in an article of the source; of each line the
        first few articles are kept. Once for each article, however often it is noted."""

    def lines_seen(self, source_id: str, keys: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
        """Line key -> URL and headline of the source's articles it stood in."""


class OccurrenceStore(Protocol):
    """Stored slots; unique by (newsletter, local date, local time)."""

    def plan(
        self, newsletter_id: str, rule: str, slots: Sequence[Slot], after: datetime | None = None
    ) -> int:
        """Make the unclaimed future exactly these slots: insert what is missing, update what moved
        (its instant or reason), delete unclaimed rows later than `after` (without it: from the
        first slot on) that are not among them; the number inserted. One transaction; rows that are
        claimed, settled, skipped by an editor or past are never touched."""

    def due(self, newsletter_id: str, until: datetime) -> list[Occurrence]:
        """In state due with due_at <= until, oldest first."""

    def claim(self, occurrence_id: int, worker: str, now: datetime) -> bool:
        """due -> claimed; False when somebody else has it."""

    def settle(self, occurrence_id: int, state: OccurrenceState, because: str) -> None:
        """Record how it ended."""

    def abandoned(self, before: datetime) -> list[Occurrence]:
        """Claimed before the instant and not settled: their worker died."""

    def skip(
        self, newsletter_id: str, local_date: date, local_time: time | None, because: str
    ) -> int:
        """Mark the day's unclaimed slots (or the one at local_time) skipped; how many."""

    def recent(self, newsletter_id: str, limit: int) -> list[Occurrence]:
        """The latest that are no longer due, newest first."""

    def last_tick(self) -> datetime | None:
        """When the last tick ran, of any process."""

    def record_tick(self, now: datetime) -> None:
        """Remember the tick."""

    def lead(self, worker: str, now: datetime, until: datetime) -> bool:
        """Take or renew the ticker's lease; False while another live worker holds it."""


class SubscriberStore(Protocol):
    """Subscribers, subscriptions, suppressions."""

    def add(self, address: str, name: str, supporter: bool, now: datetime) -> Subscriber:
        """Insert, or update name and supporter of the address; addresses compare lower-case."""

    def support(self, address: str, until: datetime | None, now: datetime) -> Subscriber:
        """Note that the address gave, as a person without any subscription if it is new; the later
        end counts, and None is for good."""

    def subscribe(
        self,
        subscriber_id: int,
        newsletter_id: str,
        state: SubscriptionState,
        because: str,
        now: datetime,
    ) -> Subscription:
        """Insert or change a subscription."""

    def get(self, address: str) -> Subscriber | None:
        """By address."""

    def by_id(self, subscriber_id: int) -> Subscriber | None:
        """By id."""

    def subscriptions(self, subscriber_id: int) -> list[Subscription]:
        """All of a subscriber's."""

    def everybody(self) -> list[tuple[Subscriber, Subscription]]:
        """For export."""

    def confirmed(self, newsletter_id: str) -> int:
        """How many get the next edition: confirmed minus suppressed."""

    def suppress(self, address: str, reason: str, because: str, now: datetime) -> None:
        """The address gets nothing any more."""

    def suppressed(self, address: str) -> str:
        """The reason, or ""."""

    def forget(self, address: str) -> bool:
        """Erase the person: address and name gone, delivery rows kept without them."""


class Memory(Protocol):
    """Small values that must survive a restart."""

    def secret(self, name: str, fresh: str) -> str:
        """The secret of that name; `fresh` becomes it the first time."""


class Store(Protocol):
    """All of them together, on one database."""

    @property
    def sources(self) -> SourceStore:
        """Sources."""

    @property
    def articles(self) -> ArticleStore:
        """Articles."""

    @property
    def occurrences(self) -> OccurrenceStore:
        """Slots."""

    @property
    def editions(self) -> EditionStore:
        """Editions."""

    @property
    def appeals(self) -> AppealStore:
        """What came of appeals."""

    @property
    def pictures(self) -> PictureStore:
        """Pictures."""

    @property
    def rulings(self) -> RulingStore:
        """Pins and bars."""

    @property
    def deliveries(self) -> DeliveryStore:
        """Deliveries."""

    @property
    def bounces(self) -> BounceStore:
        """What came back."""

    @property
    def paces(self) -> PaceStore:
        """Rates and pauses."""

    @property
    def posts(self) -> PostStore:
        """Posts."""

    @property
    def switches(self) -> SwitchStore:
        """Holds."""

    @property
    def accounts(self) -> AccountStore:
        """Social accounts."""

    @property
    def subscribers(self) -> SubscriberStore:
        """Subscribers."""

    @property
    def memory(self) -> Memory:
        """Small values."""

    def close(self) -> None:
        """Give back every connection."""
