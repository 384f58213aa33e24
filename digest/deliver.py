"""What belongs to mail: addresses, headers, unsubscribe links, and who sees the appeal."""

import hmac
import re
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256

from digest.model.audience import AppealPlan, Subscriber
from digest.model.edition import Edition
from digest.model.newsletter import Appeal, MailSettings, Newsletter, Site

Headers = tuple[tuple[str, str], ...]

LATE = timedelta(hours=1)
"""A release this long after its slot bears the date of the release."""

MAC_BYTES = 12
LONGEST_ADDRESS = 254

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def shared_headers(
    edition: Edition, *, newsletter: Newsletter, site: Site, mail: MailSettings
) -> Headers:
    """The headers that all messages of an edition have in common."""
    domain = domain_of(mail.from_address)
    address = f"{mail.from_address.rpartition('@')[0]}@{domain}"
    return (
        ("From", f"{mail.from_name} <{address}>" if mail.from_name else address),
        ("Subject", edition.subject),
        ("Date", format_datetime(_dated(edition))),
        ("List-Id", f"{newsletter.title} <{_label(newsletter.id)}.{domain}>"),
        ("List-Archive", f"<{site.url.rstrip('/')}/editions/{edition.slug}>"),
        ("List-Help", f"<{site.url.rstrip('/')}/>"),
        ("List-Owner", f"<mailto:{address}>"),
        ("List-Post", "NO"),
        ("Feedback-ID", f"{edition.slug}:{_label(newsletter.id)}:bulletin:{_sender(domain)}"),
        ("Precedence", "bulk"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
    )


def own_headers(
    edition: Edition,
    subscriber: Subscriber,
    *,
    site: Site,
    newsletter: Newsletter,
    mail: MailSettings,
    unsubscribe_url: str,
) -> Headers:
    """The headers of one message: to whom, its stable id, and its own way out."""
    return (
        ("To", subscriber.address),
        ("Message-ID", message_id(edition, subscriber.id, mail.from_address)),
        ("List-Unsubscribe", f"<{unsubscribe_url}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


def message_id(edition: Edition, subscriber_id: int, from_address: str) -> str:
    """The same for the same edition and subscriber, however often it is built."""
    told = sha256(f"{edition.slug}:{subscriber_id}".encode()).hexdigest()[:24]
    return f"<{_label(edition.slug)}.{told}@{domain_of(from_address)}>"


def unsubscribe_token(secret: str, newsletter_id: str, subscriber_id: int) -> str:
    """Names newsletter and subscriber, letters and digits only, and nobody else can make it."""
    about = f"{subscriber_id}.{newsletter_id}".encode()
    return (_mac(secret, about) + about).hex()


def read_token(secret: str, token: str) -> tuple[str, int] | None:
    """Newsletter and subscriber of a genuine token, None for any other text."""
    try:
        told = bytes.fromhex(token)
    except ValueError:
        return None
    mac, about = told[:MAC_BYTES], told[MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(secret, about)):
        return None
    subscriber_id, _, newsletter_id = about.decode().partition(".")
    return newsletter_id, int(subscriber_id)


def unsubscribe_url(site: Site, token: str) -> str:
    """Where a reader leaves: GET shows a button, POST acts."""
    return f"{site.url.rstrip('/')}/unsubscribe/{token}"


def appeal_plan(edition: Edition, appeal: Appeal | None, now: datetime) -> AppealPlan:
    """Who sees which variant of the edition's appeal, by its rules, and why."""
    if not edition.appeal:
        return AppealPlan(because=edition.no_appeal_because or "the edition carries no appeal")
    if appeal is None or not appeal.variants:
        return AppealPlan(because=f"the appeal {edition.appeal!r} is no longer configured")
    rules = appeal.rules
    ids = tuple(variant.id for variant in appeal.variants)
    told = [
        f"appeal {appeal.id!r}: "
        + (f"variants {', '.join(ids)} dealt evenly" if ids[1:] else "one wording")
    ]
    if rules.hide_from_supporters:
        told.append("hidden from supporters")
    if rules.at_most:
        told.append(f"at most {rules.at_most} in {_span(rules.per)} for each subscriber")
    return AppealPlan(
        variants=ids,
        hide_from_supporters=rules.hide_from_supporters,
        at_most=rules.at_most,
        since=now - rules.per if rules.at_most else None,
        because="; ".join(told),
    )


def tidy_address(text: str) -> str:
    """The address without blanks around it, its domain in lower-case ASCII."""
    local, at, domain = text.strip().rpartition("@")
    try:
        return f"{local}{at}{domain.lower().encode('idna').decode()}"
    except UnicodeError:
        return text.strip()


def address_problem(address: str) -> str:
    """Why no mail can go to the address, in one sentence; "" when it can."""
    local, at, domain = address.rpartition("@")
    labels = domain.split(".")
    if not at or not local or "@" in local:
        return "an address has exactly one @ with something on both sides"
    if len(address) > LONGEST_ADDRESS or len(local) > 64:
        return "the address is too long"
    if not _LOCAL.fullmatch(local):
        return "before the @ there is a character that no mail address may hold"
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return "after the @ there must be a domain such as example.org"
    return ""


@lru_cache(maxsize=16)
def domain_of(address: str) -> str:
    """The domain in ASCII; asked for every message of an edition."""
    return tidy_address(address).rpartition("@")[2]


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


def _span(per: timedelta) -> str:
    return f"{per.days} days" if per >= timedelta(days=2) else f"{per.total_seconds() / 3600:g} h"


def _mac(secret: str, about: bytes) -> bytes:
    return hmac.digest(secret.encode(), b"unsubscribe:" + about, "sha256")[:MAC_BYTES]
