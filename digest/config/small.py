"""Small values of brand, appeals and signing, read from their text."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from babel.core import get_global
from babel.numbers import get_currency_precision

GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"})
_FAMILY = re.compile(r'-?[A-Za-z][A-Za-z0-9 -]*|"[A-Za-z0-9 .-]+"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Money in the smallest unit of its currency."""

    amount: int
    currency: str


def money(text: str) -> Sum:
    """An amount and an ISO 4217 code: "50000 EUR"."""
    number, _, currency = text.strip().partition(" ")
    currency = currency.strip().upper()
    if currency not in get_global("all_currencies"):
        raise ValueError('should be an amount and a currency, for example "50000 EUR"')
    try:
        amount = Decimal(number.replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"{number!r} is no amount, write for example 50000") from None
    places = get_currency_precision(currency)
    exact = amount.scaleb(places)
    if not exact.is_finite() or exact < 0 or exact != exact.to_integral_value():
        raise ValueError(f"{currency} has {places} decimals at most, and no amount is negative")
    if exact > 10**15:
        raise ValueError("is more money than there is")
    return Sum(amount=int(exact), currency=currency)


def currency(text: str) -> str:
    """An ISO 4217 code."""
    code = text.strip().upper()
    if code not in get_global("all_currencies"):
        raise ValueError(f"{text!r} is no currency, write for example EUR")
    return code


def colour(text: str) -> str:
    """#rrggbb in lower case."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text.strip()):
        raise ValueError(f'{text!r} is no colour, write six digits: "#0b5f56"')
    return text.strip().lower()


def fonts(text: str) -> str:
    """Font families with commas between, the last one generic."""
    families = [family.strip().replace("'", '"') for family in text.split(",")]
    for family in families:
        if not _FAMILY.fullmatch(family):
            raise ValueError(f'{family!r} is no font family; write for example "My Font", serif')
    if families[-1] not in GENERIC:
        raise ValueError("the last family should be generic: serif, sans-serif or monospace")
    return ", ".join(families)


def pixels(text: str) -> int:
    """A size on the screen, as a whole number."""
    if not re.fullmatch(r"\d{1,4}", text) or not 16 <= int(text) <= 536:
        raise ValueError("should be a whole number of pixels from 16 to 536")
    return int(text)


def parameter(text: str) -> str:
    """The name of a parameter in an address."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", text.strip()):
        raise ValueError(f"{text!r} is no name of a parameter: letters, digits, _ and -")
    return text.strip()


def selector(text: str) -> str:
    """One or more labels of a domain name."""
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?", text.strip()):
        raise ValueError(f"{text!r} is no selector: letters, digits, - and dots")
    return text.strip()


def domain(text: str) -> str:
    """A domain name in lower-case ASCII."""
    try:
        name = text.strip().rstrip(".").lower().encode("idna").decode()
    except UnicodeError:
        name = ""
    if not re.fullmatch(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", name):
        raise ValueError(f"{text!r} is no domain such as example.org")
    return name
