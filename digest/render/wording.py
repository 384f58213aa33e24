"""What templates print: safe links, and dates as the language writes them."""

import re
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote, urlsplit, urlunsplit

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_day_names
from babel.numbers import format_currency, format_percent, get_currency_precision

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


def short_date(day: date, language: str) -> str:
    """Day, month and year as the language writes them."""
    return one_line(format_date(day, "long", locale=_locale(language)))


def weekdays(language: str) -> list[str]:
    """The days of the week, Monday first, as the language writes them."""
    names = get_day_names("wide", locale=_locale(language))
    return [str(names[day]) for day in range(7)]


def money(amount: int, currency: str, language: str) -> str:
    """An amount in a currency's smallest unit, without decimals where they are nought."""
    whole = Decimal(amount).scaleb(-get_currency_precision(currency))
    is_round = whole == whole.to_integral_value()
    return one_line(
        format_currency(
            whole,
            currency,
            locale=_locale(language),
            currency_digits=not is_round,
            format=None if not is_round else _round_pattern(language),
        )
    )


def _round_pattern(language: str) -> str:
    """The language's way to write money, without decimals."""
    pattern = str(_locale(language).currency_formats["standard"].pattern)
    return re.sub(r"\.0+", "", pattern)


def percent(share: int, language: str) -> str:
    """So many hundredths as the language writes them."""
    return one_line(format_percent(share / 100, locale=_locale(language)))


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
