"""Money, colours, fonts and names, read as editors write them or refused with an example."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import small
from digest.config.small import Sum

READERS = (
    small.money,
    small.colour,
    small.fonts,
    small.pixels,
    small.parameter,
    small.selector,
    small.domain,
)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("50000 EUR", 5_000_000, "EUR"),
        ("50,000 eur", 5_000_000, "EUR"),
        ("12.50 GBP", 1250, "GBP"),
        ("0 USD", 0, "USD"),
        ("9000 JPY", 9000, "JPY"),
        ("1.234 KWD", 1234, "KWD"),
    ],
)
def test_money_is_kept_in_the_smallest_unit(text: str, amount: int, currency: str) -> None:
    """Of whatever currency."""
    assert small.money(text) == Sum(amount=amount, currency=currency)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("50000", 'for example "50000 EUR"'),
        ("50000 XQX", 'for example "50000 EUR"'),
        ("many EUR", "is no amount"),
        ("-5 EUR", "no amount is negative"),
        ("5.001 EUR", "EUR has 2 decimals at most"),
        ("1.5 JPY", "JPY has 0 decimals at most"),
        ("NaN EUR", "EUR has 2 decimals"),
        ("1e30 EUR", "more money than there is"),
    ],
)
def test_what_is_no_money_is_refused(text: str, hint: str) -> None:
    """With what is wrong about it."""
    with pytest.raises(ValueError, match=hint):
        small.money(text)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (small.colour, "#0B5F56", "#0b5f56"),
        (small.fonts, "Georgia,'Times New Roman' ,serif", 'Georgia, "Times New Roman", serif'),
        (small.pixels, "180", 180),
        (small.parameter, "client_reference_id", "client_reference_id"),
        (small.selector, "2026.mail", "2026.mail"),
        (small.domain, "Post.Example.", "post.example"),
        (small.domain, "münchen.example", "xn--mnchen-3ya.example"),
    ],
)
def test_values_are_tidied(read: object, text: str, value: object) -> None:
    """Case, quotes and dots as the programs that get them want them."""
    assert callable(read) and read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "hint"),
    [
        (small.colour, "teal", "six digits"),
        (small.colour, "#0b5f5680", "six digits"),
        (small.fonts, "Georgia", "should be generic"),
        (small.fonts, "url(x), serif", "is no font family"),
        (small.fonts, "Georgia; } body {, serif", "is no font family"),
        (small.pixels, "8", "from 16 to 536"),
        (small.pixels, "wide", "from 16 to 536"),
        (small.parameter, "a=b", "is no name of a parameter"),
        (small.selector, "-x", "is no selector"),
        (small.domain, "localhost", "is no domain"),
        (small.domain, "a..example", "is no domain"),
    ],
)
def test_what_is_wrong_is_named(read: object, text: str, hint: str) -> None:
    """With an example or the limits."""
    with pytest.raises(ValueError, match=hint):
        assert callable(read) and read(text)


@given(st.sampled_from(READERS), st.text(max_size=40))
def test_no_text_breaks_a_reader(read: object, text: str) -> None:
    """It is read or refused with a sentence."""
    assert callable(read)
    try:
        read(text)
    except ValueError as error:
        assert str(error)
