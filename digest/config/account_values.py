"""Values of `accounts`."""

import re
from decimal import Decimal

from digest.model.account import Budget, Period

_BUDGET = re.compile(
    r"(\d{1,7}(?:\.\d{1,2})?)\s*([A-Z]{3})\s*(?:/|\s+(?:per|a)\s+)\s*(day|week|month)", re.A
)
_HASHTAG = re.compile(r"[^\W\d_]\w{0,59}")


def budget(text: str) -> Budget:
    """What may be spent in a day, week or month: "20 USD per month"."""
    found = _BUDGET.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no budget; write for example 20 USD per month (day, week)")
    if found[2] != "USD":
        raise ValueError(
            f"{found[2]}: networks bill in US dollars; write for example 20 USD per month"
        )
    return Budget(amount=Decimal(found[1]), per=Period(found[3]))


def hashtag(text: str) -> str:
    """The tag without "#": letters and digits, a letter first."""
    tag = text.strip().removeprefix("#")
    if not _HASHTAG.fullmatch(tag):
        raise ValueError(f"{text!r} is no hashtag; write for example Housing or DublinBus")
    return tag
