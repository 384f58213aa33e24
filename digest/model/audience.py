"""Subscribers, their subscriptions and the addresses we must not mail."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SubscriptionState(StrEnum):
    """Where a subscriber stands with one newsletter."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    UNSUBSCRIBED = "unsubscribed"


class SuppressionReason(StrEnum):
    """Why an address may not be mailed at all."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    UNSUBSCRIBE = "unsubscribe"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A person with one address."""

    id: int = 0
    address: str
    name: str = ""
    supporter: bool = False
    """Who gave, so that no appeal asks them again."""
    supporter_until: datetime | None = None
    """None: for good, if at all."""
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Subscriber x newsletter."""

    subscriber_id: int
    newsletter_id: str
    state: SubscriptionState
    changed: datetime
    because: str = ""
