"""What the rules look at, and how they say what they found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from ipaddress import ip_address

from lxml import html
from lxml.etree import ParserError, _Element

from digest.model.brand import Brand
from digest.model.edition import Edition, Email
from digest.model.newsletter import Newsletter, Site
from digest.model.preflight import Finding, Weight
from digest.url import host

RESERVED = ("example", "test", "invalid", "localhost", "example.org", "example.com", "example.net")
"""Domains that lead nowhere (RFC 2606, RFC 6761)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """An edition as it would go out, with what it is measured by."""

    edition: Edition
    newsletter: Newsletter
    site: Site
    brand: Brand
    emails: tuple[Email, ...]
    today: date
    """In the newsletter's zone."""
    previous: Edition | None
    """The one before it that went out."""
    hosts: frozenset[str]
    """Hosts it may link to."""

    @property
    def trial(self) -> bool:
        """Whether the site is one that only this machine can reach, or that is made up: nobody is
        to be kept from trying Digest."""
        name = host(self.site.url)
        return is_local(name) or is_reserved(name)


Rule = Callable[[Look], Iterator[Finding]]


def block(name: str, because: str) -> Finding:
    """Stops the release."""
    return Finding(name=name, weight=Weight.BLOCK, because=because)


def warn(name: str, because: str) -> Finding:
    """Is told and stops nothing."""
    return Finding(name=name, weight=Weight.WARN, because=because)


def note(name: str, because: str) -> Finding:
    """What could not be looked at, or does not matter here."""
    return Finding(name=name, weight=Weight.NOTE, because=because)


def is_local(name: str) -> bool:
    """Whether a host is this machine or a private network's."""
    if name == "localhost" or name.endswith((".localhost", ".local", ".lan", ".internal")):
        return True
    try:
        address = ip_address(name.strip("[]"))
    except ValueError:
        return False
    return not address.is_global


def is_reserved(name: str) -> bool:
    """Whether a domain is one of those kept for examples."""
    return any(name == one or name.endswith(f".{one}") for one in RESERVED)


@lru_cache(maxsize=32)
def tree(page: str) -> _Element:
    """The HTML as elements; an empty document where there are none to be read."""
    try:
        return html.document_fromstring(page)
    except (ParserError, ValueError):
        return html.document_fromstring("<html></html>")
