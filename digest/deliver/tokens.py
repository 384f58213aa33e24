"""Words that name a reader or a delivery in an address, and that nobody else can make."""

import hmac
import re
from hashlib import blake2b, sha256

from digest.model.newsletter import Site

MAC_BYTES = 12

DELIVERY = r"[0-9]{1,12}-[0-9]{1,12}-[0-9a-f]{16}"
"""What a delivery's token looks like, wherever it comes back."""


def reader_token(secret: str, newsletter_id: str, subscriber_id: int) -> str:
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


def delivery_token(secret: str, edition_id: int, subscriber_id: int) -> str:
    """Names edition and subscriber: in the Message-ID, and for bounces that come back."""
    about = f"{edition_id}-{subscriber_id}"
    mac = blake2b(about.encode(), digest_size=8, key=secret.encode(), person=b"delivery")
    return f"{about}-{mac.hexdigest()}"


def read_delivery(secret: str, token: str) -> tuple[int, int] | None:
    """Edition and subscriber of a genuine token, None for any other text."""
    if not re.fullmatch(DELIVERY, token):
        return None
    edition_id, subscriber_id = (int(number) for number in token.split("-")[:2])
    genuine = delivery_token(secret, edition_id, subscriber_id)
    return (edition_id, subscriber_id) if hmac.compare_digest(genuine, token) else None


def unsubscribe_url(site: Site, token: str) -> str:
    """Where a reader leaves: GET shows a button, POST acts."""
    return f"{site.url.rstrip('/')}/unsubscribe/{token}"


def manage_url(site: Site, token: str) -> str:
    """Where a reader sees and changes what they get."""
    return f"{site.url.rstrip('/')}/manage/{token}"


def visitor(secret: str, day: str, *about: str) -> str:
    """Tells visitors of a day apart; who they were cannot be read from it."""
    return sha256("\0".join((secret, day, *about)).encode()).hexdigest()[:20]


def _mac(secret: str, about: bytes) -> bytes:
    """Keyed BLAKE2b (RFC 7693): a third of an HMAC's time, and every message needs two."""
    return blake2b(about, digest_size=MAC_BYTES, key=secret.encode(), person=b"reader").digest()
