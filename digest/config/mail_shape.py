"""The shape of `mail` and `preflight` in config.yaml."""

from pydantic import Field

from digest.config.fields import (
    Address,
    Day,
    Domain,
    Duration,
    Every,
    From,
    Id,
    InboxAddress,
    Line,
    Precedence,
    Provider,
    QuietHours,
    Rates,
    Relay,
    Selector,
    StartTls,
    WebAddress,
)
from digest.config.shaping import SecretPlace, Shape
from digest.model.mail import LogIn, Pipelining


class Ed25519Shape(Shape):
    """A second signature; few verify it yet."""

    selector: Selector = Field(description="The name its public half stands under.")
    key: SecretPlace = Field(description="The private key in PEM, as a secret.")


class DkimShape(Shape):
    """How messages are signed."""

    domain: Domain | None = Field(
        default=None, description="The signing domain; the sender's if left out."
    )
    selector: Selector = Field(
        description="The public key stands under SELECTOR._domainkey.DOMAIN."
    )
    key: SecretPlace = Field(description="An RSA key of 2048 bits or more in PEM, as a secret.")
    ed25519: Ed25519Shape | None = Field(
        default=None, description="A second signature, beside the first."
    )


class RelayKeys(Shape):
    """How one relay is used."""

    starttls: StartTls = Field(
        default="auto", description="auto: when offered; always: refuse without it; never."
    )
    log_in: LogIn = Field(
        default=LogIn.AUTO,
        description="How we log in: auto (plain, else login), plain, login, or xoauth2 with a token"
        " as the password.",
    )
    user: Line | None = Field(
        default=None, description="User name at the relay; for ses the id of the access key."
    )
    password: SecretPlace | None = Field(default=None, description="Its password, as a secret.")
    connections: int = Field(
        default=4, ge=1, le=100, description="Connections to the relay at once."
    )
    per_connection: int = Field(
        default=0, ge=0, le=1_000_000, description="Messages on one connection; 0: no limit."
    )
    pipelining: Pipelining = Field(
        default=Pipelining.AUTO,
        description="auto: commands ahead of their replies where the relay offers it; off: never.",
    )
    timeout: Duration = Field(
        default="60s",
        validate_default=True,
        description="An answer later than this counts as none.",
    )
    ca_file: Line | None = Field(
        default=None,
        description="PEM file of an own certificate authority, absolute or beside config.yaml.",
    )
    api_url: WebAddress | None = Field(
        default=None, description="Where ses answers, if not at Amazon's own address."
    )


class RelayShape(RelayKeys):
    """One of several relays."""

    id: Id = Field(description="Short name of the relay, unique.")
    address: Relay = Field(description="smtp://HOST:PORT, smtps://HOST:PORT or ses://REGION.")
    weight: int = Field(
        default=1,
        ge=0,
        le=1_000,
        description="Its share of the messages; 0: only while no other relay works.",
    )
    rate: Rates | None = Field(default=None, description='Its own limits: "100/s, 5000/h".')


class DomainShape(Shape):
    """How fast messages go to one recipient domain."""

    domain: Domain = Field(description="For example gmail.com.")
    rate: Rates = Field(description='Limits for it: "20/s, 10000/d".')


class WarmUpShape(Shape):
    """More messages from day to day, for a sending domain that is new."""

    start: Day = Field(description="The first day.")
    first: int = Field(default=200, ge=1, description="Messages on the first day.")
    last: int = Field(default=200_000, ge=1, description="Messages a day when it ends.")
    days: int = Field(default=42, ge=1, le=365, description="How many days it takes.")


class InboxShape(Shape):
    """A mailbox that is read for bounces, complaints and mails that unsubscribe."""

    address: InboxAddress = Field(
        description="imaps://HOST/FOLDER or pop3s://HOST; imap:// and pop3:// on this machine only."
    )
    user: Line = Field(description="User name at the mailbox.")
    password: SecretPlace = Field(description="Its password, as a secret.")
    every: Every = Field(
        default="5m",
        validate_default=True,
        description="How often it is read, once a minute at most.",
    )


class HookShape(Shape):
    """A provider that reports bounces to /hooks/bounces/PROVIDER."""

    provider: Provider = Field(description="Whose calls they are.")
    secret: SecretPlace = Field(
        description="What its calls are checked with: signing key, public key (sendgrid), topic"
        " (ses), or the password of the address it calls."
    )


class MailShape(RelayKeys):
    """Where messages go and how fast."""

    sender: From = Field(alias="from", description='Sender of every mail: "Name <address>".')
    relay: Relay = Field(
        default="maildir:outbox",
        description="smtp://HOST:PORT, smtps://HOST:PORT, ses://REGION, or maildir:FOLDER for a dry"
        " machine.",
    )
    relays: tuple[RelayShape, ...] = Field(
        default=(), description="Several relays, in place of `relay` and its keys here."
    )
    rate: Rates | None = Field(
        default=None,
        description='Limits for all messages: "200/s" or "20/s, 5000/h"; as fast as the relay takes'
        " if left out.",
    )
    domains: tuple[DomainShape, ...] = Field(
        default=(), description="Limits for single recipient domains."
    )
    warm_up: WarmUpShape | None = Field(
        default=None, description="A daily limit that grows, for a new sending domain."
    )
    quiet: QuietHours | None = Field(
        default=None,
        description='Hours in which nothing is sent, by the site\'s clock: "22:00-07:00".',
    )
    reply_to: Address | None = Field(default=None, description="Where answers of readers go.")
    unsubscribe: Address | None = Field(
        default=None,
        description="A mailbox in which a mail with the subject unsubscribe counts; name it in"
        " `inboxes`, or read it with `digest subscribers leave`.",
    )
    bounces: Address | None = Field(
        default=None,
        description="A mailbox for bounces with subaddresses: each message is sent as"
        " NAME+token@…; the sender's own address if left out.",
    )
    inboxes: tuple[InboxShape, ...] = Field(
        default=(), description="Mailboxes that are read for bounces and mails that unsubscribe."
    )
    hooks: tuple[HookShape, ...] = Field(
        default=(), description="Providers that report bounces and complaints by HTTP."
    )
    precedence: Precedence = Field(
        default="bulk", description="Whether messages say `Precedence: bulk`, or none."
    )
    dkim: DkimShape | None = Field(
        default=None, description="Sign messages ourselves; only where the relay does not."
    )


class PreflightShape(Shape):
    """How strict the look before a release is."""

    only_warn: tuple[Line, ...] = Field(
        default=(),
        description="Rules that never block, by name or by its beginning: dns, links.foreign.",
    )
    hosts: tuple[Line, ...] = Field(
        default=(), description="Further hosts that an edition may link to."
    )
