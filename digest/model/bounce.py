"""What comes back: bounces, complaints, automatic answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from digest.model.audience import SuppressionReason


class BounceKind(StrEnum):
    """What a report says of one recipient."""

    HARD = "hard"
    """The address is dead: mailing it again is wrong."""
    SOFT = "soft"
    """Not taken this time; the address may well live."""
    COMPLAINT = "complaint"
    """Its owner called the message spam, or a mail server reports about us (`auth-failure`)."""
    AUTOREPLY = "autoreply"
    DELIVERED = "delivered"
    NONE = "none"
    """No report at all, or one that nobody understands."""


class Blame(StrEnum):
    """Whose matter it is."""

    ADDRESS = "address"
    """There is no such mailbox or domain."""
    MAILBOX = "mailbox"
    """The mailbox exists but does not take it: full, suspended, filtered."""
    SENDER = "sender"
    """Ours: authentication, reputation, policy, content, rate. Never held against a reader."""
    NOBODY = "nobody"
    """A passing fault, or too little was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of the mail to one recipient."""

    kind: BounceKind
    reason: str
    """One word, for example userunknown or mailboxfull; "" for kinds that need none."""
    blame: Blame = Blame.NOBODY
    recipient: str = ""
    code: int = 0
    """SMTP reply code (RFC 5321), 0 where none was told."""
    dsn: str = ""
    """Enhanced status code (RFC 3463) such as 5.1.1, "" where none was told."""
    text: str = ""
    """The server's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a mail or a provider's call tells, ready to be recorded once."""

    key: str
    """The same for the same report however often it comes; unique with its origin."""
    verdicts: tuple[Verdict, ...]
    delivery: str = ""
    """The delivery token found in it, "" for none; not yet checked."""
    feedback: str = ""
    """Of a complaint: abuse, auth-failure, fraud … (RFC 5965)."""

    @property
    def kind(self) -> BounceKind:
        """Hard when any recipient is dead; else what the first verdict says."""
        if any(v.kind is BounceKind.HARD for v in self.verdicts):
            return BounceKind.HARD
        return self.verdicts[0].kind if self.verdicts else BounceKind.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """One verdict on record, with what follows from it."""

    origin: str
    """smtp, mail, or a provider's name."""
    key: str
    """Of the report; with origin and address it is recorded once."""
    address: str
    verdict: Verdict
    at: datetime
    edition_id: int = 0
    """Of the delivery it is about; 0 when no genuine token came back."""
    subscriber_id: int = 0
    suppress: SuppressionReason | None = None
    """The address gets nothing any more, for this reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address that gets nothing."""

    address: str
    reason: SuppressionReason
    because: str
    since: datetime
