"""Social accounts: where they are, how they post, and what they may cost."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from digest.model.mail import Quiet
from digest.model.newsletter import ScheduleRule
from digest.model.secret import Secret


class Network(StrEnum):
    """The social networks we post to."""

    X = "x"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    THREADS = "threads"
    LINKEDIN = "linkedin"
    TELEGRAM = "telegram"
    SLACK = "slack"
    DISCORD = "discord"


class Links(StrEnum):
    """Which parts of an account's posts carry a link (on X a link costs money)."""

    ALL = "all"
    LAST_IN_THREAD = "last_in_thread"
    NONE = "none"
    BUDGET = "budget"
    """As many as the account's budget still pays for, the leading stories first."""


class PostShape(StrEnum):
    """How an edition becomes posts on an account."""

    PER_STORY = "per_story"
    THREAD = "thread"


class PostPicture(StrEnum):
    """What a post shows beside its words."""

    CARD = "card"
    """The card of its link, with our picture where the network asks for one."""
    IMAGE = "image"
    """The story's picture, or a drawn one with its headline, always with alt text."""
    NONE = "none"


class Unread(StrEnum):
    """What becomes of a doubtful post where a network cannot be read back."""

    ASK = "ask"
    """An editor looks and decides."""
    RESEND = "resend"
    """It is published once more, at the risk of being there twice."""


class Period(StrEnum):
    """How long a budget lasts, by the account's clock."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What an account may cost."""

    amount: Decimal
    """US dollars: networks bill in them."""
    per: Period

    def __str__(self) -> str:
        """As editors write it."""
        return f"{self.amount:f} USD per {self.per}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRule:
    """How much text a server takes, where servers of one network differ."""

    limit: int
    """In its own count."""
    link: int
    """What any link counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A social profile and how it posts."""

    id: str
    network: Network
    url: str = ""
    """API base address; the network's own if empty (Mastodon: the instance, required)."""
    handle: str = ""
    """Name of the profile; LinkedIn: the author's URN; Telegram: the chat."""
    keys: Secret | None = None
    """X: "consumer_key consumer_secret access_token access_token_secret", spaces between."""
    client: Secret | None = None
    """X with OAuth 2: "client_id client_secret", with the refresh token in `token`."""
    password: Secret | None = None
    """Bluesky app password."""
    token: Secret | None = None
    """Access token; Telegram: of the bot; X: the refresh token."""
    webhook: Secret | None = None
    """Slack and Discord: the whole address."""
    shape: PostShape = PostShape.PER_STORY
    links: Links = Links.ALL
    picture: PostPicture = PostPicture.CARD
    hashtags: tuple[str, ...] = ()
    """The only ones that are ever used, without "#"."""
    hold_words: tuple[str, ...] = ()
    """A post with one of them waits for an editor."""
    stories: int = 3
    """At most so many story posts an edition."""
    slots: tuple[ScheduleRule, ...] = ()
    """When it posts; none = as editions go out."""
    gap: timedelta = timedelta(0)
    """At least so long between two of its posts (parts of one thread apart)."""
    quiet: Quiet | None = None
    timezone: str = "UTC"
    budget: Budget | None = None
    max_age: timedelta = timedelta(hours=6)
    unread: Unread = Unread.ASK
    language: str = "en"

    @property
    def app(self) -> str:
        """Names the registered app that X counts all its accounts under; "" elsewhere."""
        secret = self.keys or self.client
        words = secret.reveal().split() if secret else ()
        return hashlib.sha256(words[0].encode()).hexdigest()[:12] if words else ""
