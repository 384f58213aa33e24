"""Deliveries: one edition owed to one subscriber, and what the relay said."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from digest.model.bounce import Bounce


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
    BOUNCED = "bounced"
    """Taken by the relay, and came back later."""
    COMPLAINED = "complained"


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
class Chunk:
    """A range of an edition's subscribers, leased to one worker."""

    edition_id: int
    lo: int
    hi: int
    """Its last subscriber."""
    attempt: int
    """The fence: a lease that was lost meanwhile has another number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """The wish to hand over one delivery's message now, under the lease of its chunk."""

    delivery: Delivery
    chunk: Chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """A delivery whose turn has come at a wrong moment."""

    delivery: Delivery
    until: datetime
    because: str


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
    dotless: bool = False
    """Known to have no line that begins with a dot, so that none need be looked for."""


class Phase(StrEnum):
    """How far a submission got; decides whether an unclear end is in doubt."""

    BEFORE_BODY = "before body"
    """The end of the body was never handed over: the relay cannot have the message."""
    AFTER_BODY = "after body"
    """Handed over whole; the answer was not seen."""
    ANSWERED = "answered"


class Step(StrEnum):
    """What of a message a relay may refuse: whose fault it is depends on it."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitResult:
    """What became of one message in the mailer's hands."""

    edition_id: int
    subscriber_id: int
    phase: Phase
    step: Step = Step.BODY
    """What the answer answers."""
    relay: str = ""
    """The id of the relay that had it."""
    code: int = 0
    """The SMTP reply code; 0 when there was none."""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A delivery's new state, as the outbox room decided it."""

    edition_id: int
    subscriber_id: int
    attempt: int
    """The one that ended so; another one's result changes nothing."""
    state: DeliveryState
    code: int = 0
    text: str = ""
    next_at: datetime | None = None
    submitted_at: datetime | None = None
    bounce: Bounce | None = None
    """What a refusal says about the address; recorded with it."""


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
