"""What templates print: safe links, and dates as the language writes them."""

from datetime import date, datetime
from urllib.parse import quote, urlsplit, urlunsplit

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from digest.text.plain import one_line
from digest.url import host, is_web

_SAFE = "/:@!$&'*+,;=~%?-._"


def link(url: str) -> str:
    """The address in printable ASCII as it stands in HTML and text alike; "" when not http(s)."""
    url = one_line(url)
    if not is_web(url):
        return ""
    parts = urlsplit(url)
    name = host(url)
    place = f"[{name}]" if ":" in name else name
    if parts.port is not None:
        place = f"{place}:{parts.port}"
    path, query, fragment = (
        quote(part, safe=_SAFE) for part in (parts.path, parts.query, parts.fragment)
    )
    return urlunsplit((parts.scheme.lower(), place, path or "/", query, fragment))


def full_date(day: date, language: str) -> str:
    """Day of the week, day, month and year as the language writes them."""
    return one_line(format_date(day, "full", locale=_locale(language)))


def day_and_time(instant: datetime, today: date, language: str) -> str:
    """The time of a local instant, with the day before it unless that is today."""
    wall = f"{instant:%H:%M}"
    if instant.date() == today:
        return wall
    skeleton = "d MMMM" if instant.year == today.year else "d MMMM y"
    return f"{one_line(format_date(instant, skeleton, locale=_locale(language)))}, {wall}"


def direction(language: str) -> str:
    """ "rtl" for languages written from right to left, else "ltr"."""
    return _locale(language).text_direction


def _locale(language: str) -> Locale:
    """The language's locale; plain English is the world's, not America's."""
    name = language.replace("-", "_")
    try:
        return Locale.parse("en_001" if name == "en" else name)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_001")
