"""What an answer's headers say about the next visit, and about being found."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_WAIT = timedelta(days=2)
"""A server that asks for more is asked again after this."""
LONGEST_FRESH = timedelta(days=1)
"""However long a server calls its answer fresh."""
_DIRECTIVE = re.compile(r"([\w-]+)\s*(?:=\s*(?:\"([^\"]*)\"|([^\s,]*)))?\s*(?:,|$)")
_WITH_VALUE = frozenset(
    {"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"}
)
_HIDDEN = frozenset({"noindex", "none"})


def retry_at(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """The instant a Retry-After header names, in seconds or as a date (RFC 9110, 10.2.3)."""
    text = headers.get("Retry-After", "").strip()
    if not text:
        return None
    seconds = _seconds(text)
    if seconds is not None:
        return now + min(seconds, LONGEST_WAIT)
    found = _date(text)
    return None if found is None else max(now, min(found, now + LONGEST_WAIT))


def fresh_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """The instant up to which the answer need not be asked for again (RFC 9111, 4.2).

    None when the server does not say; what it says and cannot be read means: not fresh at all.
    """
    lifetime = _lifetime(headers, now)
    if lifetime is None:
        return None
    age = _seconds(headers.get("Age", "").strip()) or timedelta()
    return now + max(timedelta(), min(lifetime - age, LONGEST_FRESH))


def is_hidden(values: Iterable[str], agent: str) -> bool:
    """Whether X-Robots-Tag headers ask everybody, or the agent, not to let the page be found."""
    return any(_HIDDEN.intersection(_told(value, agent)) for value in values)


def _lifetime(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    control = headers.get("Cache-Control")
    if control:
        told = _directives(control)
        if "no-cache" in told or "no-store" in told:
            return timedelta()
        if "max-age" in told:
            return _seconds(told["max-age"]) or timedelta()
    expires = headers.get("Expires")
    if expires is None:
        return None
    found = _date(expires)
    if found is None:
        return timedelta()
    # Both dates are by the server's clock, which may be wrong.
    return found - (_date(headers.get("Date", "")) or now)


def _directives(control: str) -> dict[str, str]:
    """Directive -> value; of one that is said twice, the first."""
    told: dict[str, str] = {}
    for match in _DIRECTIVE.finditer(control):
        told.setdefault(match[1].lower(), match[2] or match[3] or "")
    return told


def _told(value: str, agent: str) -> Iterable[str]:
    """The rules in one header that are meant for the agent."""
    meant = True
    for part in value.lower().split(","):
        name, colon, rule = (each.strip() for each in part.partition(":"))
        if colon and name not in _WITH_VALUE:
            meant = name in {"*", agent.lower()}
            name = rule
        if meant:
            yield name


def _seconds(text: str) -> timedelta | None:
    if not (text.isascii() and text.isdigit()):
        return None
    # Nobody means more than a year; longer numbers would not fit.
    return timedelta(seconds=min(int(text[:12]), 366 * 24 * 3600))


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
