"""Where messages go, how fast, and how they are signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from digest.model.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class DkimKey:
    """A private key and the name its public half stands under: SELECTOR._domainkey.DOMAIN."""

    selector: str
    key: Secret
    """PEM."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dkim:
    """How messages are signed (RFC 6376); only where the relay does not."""

    domain: str
    rsa: DkimKey
    ed25519: DkimKey | None = None
    """A second signature (RFC 8463)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """At most so many messages in any window of that length."""

    most: int
    within: timedelta

    def __str__(self) -> str:
        """For example "200/s" or "5000/h"."""
        seconds = self.within.total_seconds()
        for unit, letter in ((86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")):
            if seconds >= unit and seconds % unit == 0:
                count = int(seconds // unit)
                return f"{self.most}/{count if count > 1 else ''}{letter}"
        return f"{self.most}/{seconds:g}s"


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUp:
    """How many messages a day a sending domain that is new may send: more from day to day."""

    start: date
    first: int
    """On the first day."""
    last: int
    """On the day after the last; from then on there is no limit."""
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours of the day in which nothing is begun, by the site's clock; may go over midnight."""

    begins: time
    ends: time


class Pipelining(StrEnum):
    """Whether commands are sent ahead of the replies (RFC 2920)."""

    AUTO = "auto"
    """Where the relay offers it, until it gets lost in it."""
    OFF = "off"


class LogIn(StrEnum):
    """How we say who we are."""

    AUTO = "auto"
    """PLAIN where it is offered, else LOGIN."""
    PLAIN = "plain"
    LOGIN = "login"
    XOAUTH2 = "xoauth2"
    """The password is an access token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A server or API that takes our messages."""

    id: str = "relay"
    address: str = "maildir:outbox"
    """smtp://host:port, smtps://host:port, ses://REGION, or maildir:PATH (absolute or beside
    config.yaml)."""
    weight: int = 1
    """Its share of the messages; 0: only when no other relay can be used."""
    connections: int = 4
    rates: tuple[Rate, ...] = ()
    per_connection: int = 0
    """Messages after which a connection is closed; 0 = no limit."""
    pipelining: Pipelining = Pipelining.AUTO
    starttls: str = "auto"
    """auto: when offered; always: refuse without it; never."""
    log_in: LogIn = LogIn.AUTO
    user: str = ""
    password: Secret | None = None
    timeout: timedelta = timedelta(seconds=60)
    ca_file: str = ""
    """PEM file of an own certificate authority, "" for the system's."""
    url: str = ""
    """Where an API answers, "" for its own address; for tests and proxies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """A mailbox that is read for bounces, complaints and mails that unsubscribe."""

    address: str
    """imaps://host:port/FOLDER, imap://…, pop3s://host:port or pop3://…"""
    user: str
    password: Secret | None
    every: timedelta = timedelta(minutes=5)

    @property
    def name(self) -> str:
        """Tells it from others."""
        return f"{self.user} at {self.address}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A provider that calls us with its events."""

    provider: str
    secret: Secret | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A relay or a recipient domain that gets nothing for a while."""

    scope: str
    """relay:ID or domain:NAME."""
    since: datetime
    until: datetime
    times: int
    """How often in a row."""
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """Where messages go and how fast."""

    from_name: str
    from_address: str
    relays: tuple[Relay, ...] = (Relay(),)
    rates: tuple[Rate, ...] = ()
    """For all messages together; none: as fast as the relays take them."""
    domains: Mapping[str, tuple[Rate, ...]] = field(default_factory=dict)
    """Recipient domain -> its rates."""
    warm_up: WarmUp | None = None
    quiet: Quiet | None = None
    reply_to: str = ""
    unsubscribe: str = ""
    """A mailbox in which a mail "unsubscribe" counts, "" for none; every mail names it then."""
    bounces: str = ""
    """The mailbox for bounces; each message's envelope sender is one of its subaddresses."""
    inboxes: tuple[Inbox, ...] = ()
    hooks: tuple[Hook, ...] = ()
    bulk: bool = True
    """Whether messages say Precedence: bulk."""
    dkim: Dkim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long a relay gets nothing, and why; 0 seconds: it may have a message now."""

    seconds: float = 0.0
    because: str = ""


GO = Wait()
