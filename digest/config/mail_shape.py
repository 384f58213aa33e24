"""The shape of `mail` and `preflight` in config.yaml."""

from pydantic import Field

from digest.config.fields import (
    Address,
    Domain,
    Duration,
    From,
    Line,
    Precedence,
    Rate,
    Relay,
    Selector,
    StartTls,
)
from digest.config.shaping import SecretPlace, Shape


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


class MailShape(Shape):
    """Where messages go and how fast."""

    sender: From = Field(alias="from", description='Sender of every mail: "Name <address>".')
    relay: Relay = Field(
        default="maildir:outbox",
        description="smtp://HOST:PORT, smtps://HOST:PORT, or maildir:FOLDER for a dry machine.",
    )
    starttls: StartTls = Field(
        default="auto", description="auto: when offered; always: refuse without it; never."
    )
    user: Line | None = Field(default=None, description="User name at the relay.")
    password: SecretPlace | None = Field(default=None, description="Its password, as a secret.")
    rate: Rate | None = Field(
        default=None,
        description='Messages in so long: "200/s"; as fast as the relay takes if left out.',
    )
    connections: int = Field(
        default=4, ge=1, le=100, description="Connections to the relay at once."
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
    reply_to: Address | None = Field(default=None, description="Where answers of readers go.")
    unsubscribe: Address | None = Field(
        default=None,
        description="A mailbox in which a mail with the subject unsubscribe counts; it is read with"
        " `digest subscribers leave`.",
    )
    bounces: Address | None = Field(
        default=None,
        description="A mailbox for bounces with subaddresses: each message is sent as"
        " NAME+token@…; the sender's own address if left out.",
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
