"""Social accounts and the posts queued for them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from digest.model.secret import Secret


class Network(StrEnum):
    """The social networks we post to."""

    X = "x"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"


class Links(StrEnum):
    """Which parts of an account's posts carry a link (on X a link costs money)."""

    ALL = "all"
    LAST_IN_THREAD = "last_in_thread"
    NONE = "none"


class PostShape(StrEnum):
    """How an edition becomes posts on an account."""

    PER_STORY = "per_story"
    THREAD = "thread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A social profile and how it posts."""

    id: str
    network: Network
    url: str = ""
    """API base address; the network's own if empty (Mastodon: the instance, required)."""
    handle: str = ""
    keys: Secret | None = None
    """X: "consumer_key consumer_secret access_token access_token_secret", spaces between."""
    password: Secret | None = None
    """Bluesky app password."""
    token: Secret | None = None
    """Mastodon access token."""
    shape: PostShape = PostShape.PER_STORY
    links: Links = Links.ALL
    stories: int = 3
    """At most so many story posts an edition."""
    budget: str = ""
    max_age: timedelta = timedelta(hours=6)
    language: str = "en"


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


PostKind = Literal["story", "title", "last"]


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
    length: int = 0
    """By the network's own rule."""
    created: datetime
    """Frozen: the record's own time, and on Bluesky the seed of its key."""
    due_at: datetime
    key: str
    """Idempotency key; on Bluesky the record key (a TID)."""
    state: PostState = PostState.QUEUED
    attempt: int = 0
    next_at: datetime | None = None
    remote_id: str = ""
    remote_url: str = ""
    because: str = ""
    revision: int = 1
    """The edition's revision whose words it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The network has it."""

    remote_id: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPublished:
    """The network does not have it, for certain."""

    reason: str
    retry_at: datetime | None = None
    """When to try again; None = never (rejected)."""
    pause_account: bool = False
    """The credentials are refused: nothing more goes to this account until an editor acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """The answer was never seen: read back, never retry blindly."""

    reason: str


PostOutcome = Published | NotPublished | Unclear


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """The post a thread part answers."""

    root_id: str
    parent_id: str
