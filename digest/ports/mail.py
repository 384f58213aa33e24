"""What the delivery engine needs remembered: deliveries, bounces, pace."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from digest.model.bounce import Bounce, Suppression
from digest.model.delivery import (
    Chunk,
    Delivery,
    DeliveryCounts,
    DeliveryState,
    Intent,
    PutOff,
    Settled,
)
from digest.model.mail import Pause
from digest.model.newsletter import InDoubt


class DeliveryStore(Protocol):
    """Deliveries; the primary key is (edition, subscriber)."""

    def counts(self, edition_id: int) -> DeliveryCounts:
        """Derived from the rows."""

    def open_editions(self, now: datetime) -> list[int]:
        """Editions (not held or killed) with something to submit now."""

    def finished(self) -> list[int]:
        """Released editions of which nothing waits and nobody works on anything."""

    def claim(
        self, edition_id: int, worker: str, now: datetime, lease_until: datetime
    ) -> Chunk | None:
        """Lease the edition's first chunk that waits and that nobody has."""

    def give_back(self, chunk: Chunk) -> None:
        """End the lease; the chunk wakes when the first of its deliveries does."""

    def lose(self, chunk: Chunk, *, again: bool) -> int:
        """End a lease under which nobody waits for answers any more: what it has in the air is in
        doubt, or queued `again`; how many."""

    def take(self, chunk: Chunk, now: datetime) -> list[Delivery]:
        """Of a chunk the queued, or deferred and due, by subscriber_id, each with the newest
        revision of its edition; without what a relay said before."""

    def settle(self, results: Sequence[Settled], intents: Sequence[Intent]) -> list[Delivery]:
        """One transaction: record the results (of the attempt they belong to, `submitting` or
        meanwhile in doubt) with their bounces, and move the intents queued|deferred -> submitting,
        attempt + 1, only while their chunk is leased as claimed, their edition is released and the
        subscriber not suppressed or unsubscribed meanwhile; the intents granted."""

    def put_off(self, chunk: Chunk, waiting: Sequence[PutOff]) -> None:
        """Their turn comes later, for the reason given; no attempt is counted."""

    def renew(self, worker: str, lease_until: datetime) -> None:
        """Prolong this worker's leases."""

    def expire(self, now: datetime, policies: Mapping[str, InDoubt]) -> int:
        """What workers whose lease is over had in the air becomes in_doubt, or queued again where
        the newsletter's policy (by newsletter id) is resend; how many."""

    def give_up(self, edition_id: int, because: str) -> int:
        """What still waits has failed; how many."""

    def newcomers(self, edition_id: int) -> int:
        """Confirmed now, but without a delivery of the edition: how many."""

    def top_up(self, edition_id: int) -> int:
        """A queued delivery for each of them; how many."""

    def failures(self, edition_id: int, limit: int) -> list[Delivery]:
        """Those rejected, failed, in doubt or deferred, with address and reason."""

    def missing(self, edition_id: int) -> list[Delivery]:
        """All that are not submitted, with the reason."""

    def carried(self, edition_id: int) -> dict[int, int]:
        """Revision -> how many deliveries carried it: submitted, being submitted or in doubt."""

    def of_address(self, address: str) -> list[tuple[Delivery, str]]:
        """An address's deliveries with the edition's slug, newest first."""

    def retry(self, edition_id: int, states: Sequence[DeliveryState]) -> int:
        """Back to queued, at once; how many."""


class BounceStore(Protocol):
    """What came back; unique by (origin, key, address)."""

    def record(self, told: Sequence[Bounce]) -> int:
        """Save those not yet known, mark their deliveries and suppress as they say, in one
        transaction; how many were new."""

    def history(self, address: str, since: datetime) -> list[Bounce]:
        """Of an address, the oldest first; none from before it was pardoned."""

    def counts(self, edition_id: int) -> dict[str, int]:
        """Reason -> how many bounces of an edition."""

    def seen(self, mailbox: str, names: Sequence[str]) -> set[str]:
        """Of these letters in a mailbox, those that were read before and left there."""

    def see(self, mailbox: str, name: str, because: str, at: datetime) -> None:
        """Remember that a letter was read and left where it is."""

    def suppressions(self) -> list[Suppression]:
        """All, by address."""

    def suppress(self, added: Iterable[Suppression]) -> int:
        """Add those that are not suppressed yet, a complaint over any other reason; how many."""

    def lift(self, address: str, because: str, at: datetime) -> bool:
        """An editor's word: the address may be mailed again, and what it bounced before counts no
        more; False when it was not suppressed."""


class PaceStore(Protocol):
    """How much of each rate is used, and what is paused: the same for every process."""

    def change(
        self, name: str, change: Callable[[Mapping[datetime, int]], Mapping[datetime, int]]
    ) -> None:
        """Replace the spans of a rate (start -> taken) by what the function makes of them; nobody
        else can change them meanwhile."""

    def pauses(self, now: datetime) -> dict[str, Pause]:
        """Scope -> the pause that lasts at this moment."""

    def all_pauses(self) -> list[Pause]:
        """Those of now and those that were, by scope."""

    def pause(self, pause: Pause) -> None:
        """Begin or replace it."""

    def lift(self, scope: str) -> bool:
        """End a pause and forget how often there was one; False when there was none."""
