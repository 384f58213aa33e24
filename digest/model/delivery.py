"""Deliveries: one edition owed to one subscriber, and what the relay said."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """Where a delivery stands; *submitted* means the relay said 250, no more."""

    QUEUED = "queued"
    SUBMITTING = "submitting"
    SUBMITTED = "submitted"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One edition owed to one subscriber."""

    edition_id: int
    subscriber_id: int
    address: str
    state: DeliveryState = DeliveryState.QUEUED
    attempt: int = 0
    next_at: datetime | None = None
    code: int = 0
    text: str = ""
    """The relay's words, or why there are none."""
    submitted_at: datetime | None = None
    revision: int = 1
    variant: str = ""
    """Appeal variant, "" for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What the mailer hands to the relay: the whole message, CRLF line ends, not dot-stuffed."""

    edition_id: int
    subscriber_id: int
    sender: str
    """Envelope sender."""
    address: str
    """Envelope recipient."""
    content: bytes


class Phase(StrEnum):
    """How far a submission got; decides whether an unclear end is in doubt."""

    BEFORE_BODY = "before body"
    """The end of the body was never handed over: the relay cannot have the message."""
    AFTER_BODY = "after body"
    """Handed over whole; the answer was not seen."""
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitResult:
    """What became of one message in the mailer's hands."""

    edition_id: int
    subscriber_id: int
    phase: Phase
    code: int = 0
    """The SMTP reply code; 0 when there was none."""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A delivery's new state, as the outbox room decided it."""

    edition_id: int
    subscriber_id: int
    state: DeliveryState
    code: int = 0
    text: str = ""
    next_at: datetime | None = None
    submitted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryCounts:
    """How many deliveries of an edition are in each state; derived from the rows."""

    counts: dict[DeliveryState, int]

    @property
    def open(self) -> int:
        """Still to be submitted, now or later."""
        c = self.counts
        return sum(
            c.get(s, 0)
            for s in (DeliveryState.QUEUED, DeliveryState.SUBMITTING, DeliveryState.DEFERRED)
        )

    @property
    def total(self) -> int:
        """All deliveries of the edition."""
        return sum(self.counts.values())
