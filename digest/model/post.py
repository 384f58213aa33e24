"""Posts of the social queue, and what becomes of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from digest.model.account import Network
from digest.model.mail import Rate


class PostState(StrEnum):
    """Where a post stands."""

    QUEUED = "queued"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    NEEDS_EDITOR = "needs_editor"
    HELD = "held"
    EXPIRED = "expired"


PostKind = Literal["story", "title", "last", "whole"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One text for one account; frozen before the first byte leaves."""

    id: int = 0
    edition_id: int
    account_id: str
    network: Network
    part: int
    """From 0 within (edition, account)."""
    thread: bool = False
    """Part i+1 answers part i and waits for it."""
    kind: PostKind = "story"
    story_url: str = ""
    """Canonical URL of the story; "" for title and last parts."""
    text: str
    """The whole text as published, link included where the network wants it in the text."""
    link: str = ""
    link_title: str = ""
    """For a link card."""
    link_summary: str = ""
    image: bool = False
    """It shows a picture of its own, not only the card of its link."""
    picture: str = ""
    """Name of our own picture; "" for one drawn with the headline."""
    alt: str = ""
    """What the picture shows, in words; without it there is none."""
    tags: tuple[str, ...] = ()
    """What a hold may name: section, hashtags, what is sensitive in it."""
    length: int = 0
    """By the network's own rule."""
    price: int = 0
    """Thousandths of a US dollar for publishing it."""
    created: datetime
    """Frozen: the record's own time, and on Bluesky the seed of its key."""
    due_at: datetime
    expires_at: datetime
    """It is no news any more from then on."""
    urgent: bool = False
    """An editor said now: gap and quiet hours do not count."""
    edited: bool = False
    """Its words are an editor's."""
    key: str
    """Idempotency key; on Bluesky the record key (a TID)."""
    state: PostState = PostState.QUEUED
    attempt: int = 0
    looks: int = 0
    """How often it was read back since its last attempt."""
    next_at: datetime | None = None
    remote_id: str = ""
    remote_url: str = ""
    because: str = ""
    revision: int = 1
    """The edition's revision whose words it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A picture that goes with a post: JPEG with its alt text."""

    content: bytes
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The network has it."""

    remote_id: str
    url: str
    full_until: datetime | None = None
    """The network takes no other post from the account before then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPublished:
    """The network does not have it, for certain."""

    reason: str
    retry_at: datetime | None = None
    """When to try again; None = never (rejected)."""
    throttled: Literal["", "account", "app"] = ""
    """Whom the network keeps waiting until then: the account, or all accounts of its app."""
    pause_account: bool = False
    """The credentials are refused: nothing more goes to this account until an editor acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """The answer was never seen, or the account could not be read: look again, never retry
    blindly."""

    reason: str
    until: datetime | None = None
    """The network does not want to be asked before then."""


PostOutcome = Published | NotPublished | Unclear


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """The post a thread part answers."""

    root_id: str
    parent_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request as it would leave, without its secrets."""

    method: str
    url: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """A limit that a network sets to an account, or to all accounts of an app together."""

    scope: str
    """account:ID or app:NAME."""
    rate: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What must hold at the moment the intent to publish is written."""

    account_id: str
    app: str = ""
    points: int = 1
    """What publishing counts under the ceilings."""
    ceilings: tuple[Ceiling, ...] = ()
    gap: timedelta = timedelta(0)
    cap: int | None = None
    """Thousandths of a US dollar that the account may have cost since `since`; None = no limit."""
    since: datetime | None = None
    until: datetime | None = None
    """The budget's next period begins then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNow:
    """Why a post cannot go at this moment, and when to ask again."""

    until: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A switch against posts: everything, an account, or a tag."""

    scope: str
    """Either "*", an account's id, or tag:NAME."""
    because: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """What an account is logged in with, kept so that a restart logs in no more."""

    seed: str
    """Tells which configured secret it came from: another one there voids it."""
    access: str
    refresh: str = ""
    expires_at: datetime | None = None
    name: str = ""
    """What the network calls the account: a DID, a user id."""
