"""Where messages go, how fast, and how they are signed."""

from dataclasses import dataclass
from datetime import timedelta

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
class MailSettings:
    """Where messages go and how fast."""

    from_name: str
    from_address: str
    relay: str = "maildir:outbox"
    """smtp://host:port, smtps://host:port or maildir:PATH (absolute or beside config.yaml)."""
    starttls: str = "auto"
    """auto: when offered; always: refuse without it; never."""
    user: str = ""
    password: Secret | None = None
    rate: float = 0.0
    """Messages a second; 0 = as fast as the relay takes them."""
    connections: int = 4
    timeout: timedelta = timedelta(seconds=60)
    ca_file: str = ""
    """PEM file of an own certificate authority, "" for the system's."""
    reply_to: str = ""
    unsubscribe: str = ""
    """A mailbox in which a mail "unsubscribe" counts, "" for none; every mail names it then."""
    bounces: str = ""
    """The mailbox for bounces; each message's envelope sender is one of its subaddresses."""
    bulk: bool = True
    """Whether messages say Precedence: bulk."""
    dkim: Dkim | None = None
