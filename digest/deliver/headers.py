"""The headers of a message: those of its edition, and its own."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache

from digest.deliver.addresses import domain_of
from digest.model.edition import Edition
from digest.model.mail import MailSettings
from digest.model.newsletter import Newsletter, Site

Headers = tuple[tuple[str, str], ...]

LATE = timedelta(hours=1)
"""A release this long after its slot bears the date of the release."""


def shared_headers(
    edition: Edition, *, newsletter: Newsletter, site: Site, mail: MailSettings
) -> Headers:
    """The headers that all messages of an edition have in common, as they are compiled.

    RFC 2369 and 2919 for the List ones, RFC 3834 for Auto-Submitted; Feedback-ID as Gmail reads it,
    its last part constant, none of it about a reader.
    """
    domain = domain_of(mail.from_address)
    address = f"{mail.from_address.rpartition('@')[0]}@{domain}"
    front = f"<{site.url.rstrip('/')}/>"
    return (
        ("From", f"{mail.from_name} <{address}>" if mail.from_name else address),
        *((("Reply-To", mail.reply_to),) if mail.reply_to else ()),
        ("Subject", edition.subject),
        ("List-Id", f"{newsletter.title} <{_label(newsletter.id)}.{domain}>"),
        ("List-Archive", f"<{site.url.rstrip('/')}/editions/{edition.slug}>"),
        ("List-Help", front),
        ("List-Subscribe", front),
        ("List-Owner", f"<mailto:{mail.reply_to or address}>"),
        ("List-Post", "NO"),
        ("Feedback-ID", f"{edition.slug}:{_label(newsletter.id)}:bulletin:{_sender(domain)}"),
        *((("Precedence", "bulk"),) if mail.bulk else ()),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
    )


def release_headers(edition: Edition) -> Headers:
    """Those that all messages share too, but that are only known at the release."""
    return (
        ("Date", format_datetime(_dated(edition))),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What the own headers of an edition's messages begin and end with, worked out once."""

    id_start: str
    id_end: str
    leave_by_mail: str
    """Mailbox for mails that unsubscribe, "" for none."""
    sender: str
    """Envelope sender, or what of it stands before a delivery's token."""
    sender_end: str

    def own(self, address: str, delivery: str, reader: str, unsubscribe_url: str) -> Headers:
        """To whom, the stable id, and the reader's own way out; `delivery` and `reader` are
        tokens."""
        leave = f"<{unsubscribe_url}>"
        if self.leave_by_mail:
            leave += f", <mailto:{self.leave_by_mail}?subject=unsubscribe%20{reader}>"
        return (
            ("To", address),
            ("Message-ID", f"{self.id_start}{delivery}{self.id_end}"),
            ("List-Unsubscribe", leave),
            ("X-Digest-Delivery", delivery),
        )

    def sender_of(self, delivery: str) -> str:
        """The envelope sender: where `mail.bounces` is set, one address a delivery (VERP)."""
        return f"{self.sender}{delivery}{self.sender_end}" if self.sender_end else self.sender


def envelope(edition: Edition, mail: MailSettings) -> Envelope:
    """For all messages of an edition."""
    local, _, host = mail.bounces.rpartition("@")
    return Envelope(
        id_start=f"<{_label(edition.slug)}.",
        id_end=f"@{domain_of(mail.from_address)}>",
        leave_by_mail=mail.unsubscribe,
        sender=f"{local}+" if mail.bounces else mail.from_address,
        sender_end=f"@{host}" if mail.bounces else "",
    )


def _dated(edition: Edition) -> datetime:
    """The slot, so that a preview is equal to the last byte; the release if it came much later."""
    released = edition.released_at
    return released if released and released - edition.due_at > LATE else edition.due_at


@lru_cache(maxsize=64)
def _label(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-") or "newsletter"


def _sender(domain: str) -> str:
    """The constant name under which Gmail counts complaints: 5 to 15 characters."""
    name = domain[-15:].strip(".-")
    return name if len(name) >= 5 else f"news-{name}"
