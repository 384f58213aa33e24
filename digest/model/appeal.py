"""The contribution request in the footer: its wordings, rules and goal, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from digest.model.secret import Secret

DECKS = 10_000
"""Subscribers are spread over so many decks by their addresses; a wording is dealt to some."""


class Choose(StrEnum):
    """How the wording a subscriber sees is chosen."""

    WEIGHTS = "weights"
    """By the weights of the wordings: a test of one against the other."""
    BEST = "best"
    """Most see the wording that earned most so far, the others go on being tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealVariant:
    """One wording of an appeal."""

    id: str
    heading: str
    subheading: str = ""
    text: str
    ask: str = ""
    """The last sentence before the button, set off from the text."""
    button: str
    url: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRules:
    """Who sees an appeal, how often, and beside what it never stands."""

    hide_from_supporters: bool = False
    at_most: int = 0
    """Editions with an appeal per subscriber in `per`; 0 = no limit."""
    per: timedelta = timedelta(days=7)
    not_beside: tuple[str, ...] = ()
    """Themes, for example "death", "disaster"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What an appeal is to bring in."""

    amount: int
    """In the currency's smallest unit."""
    currency: str
    """ISO 4217."""
    already: int = 0
    """Given elsewhere or before; added to what came in through the appeal."""
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """How far a goal is reached on the day it is told."""

    raised: int
    """In the currency's smallest unit."""
    goal: Goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """A contribution request in the footer."""

    id: str
    variants: tuple[AppealVariant, ...]
    rules: AppealRules = AppealRules()
    choose: Choose = Choose.WEIGHTS
    explore: float = 0.1
    """With `best`: the share of subscribers to whom all wordings are dealt evenly."""
    goal: Goal | None = None
    currency: str = "EUR"
    """The one its wordings are compared in; a goal names its own."""
    reference: str = "ref"
    """The parameter of the address that carries the signed reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealPlan:
    """Which wording each delivery gets, as decided at the release."""

    deals: tuple[tuple[int, str], ...] = ()
    """Ascending (deck, variant id): decks below the number, and not below the one before, get the
    wording. Empty = nobody sees one."""
    factor: int = 1
    """Shuffles the decks from appeal to appeal: deck = (number * factor + shift) mod DECKS."""
    shift: int = 0
    hide_from_supporters: bool = False
    at_most: int = 0
    """0 = no limit."""
    since: datetime | None = None
    """Start of the window `at_most` counts in."""
    now: datetime | None = None
    """Whose support ends by then is asked again."""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where a counted link of an edition leads; looked up, so nobody can bend it."""

    name: str
    """Stands in the address /c/EDITION/NAME; of an appeal the id of its variant."""
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """Somebody, or a machine, followed a counted link; nothing in it names a reader."""

    edition_id: int
    link: str
    at: datetime
    visitor: str
    """Tells visitors of one day apart, and cannot be traced to one."""
    machine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One payment, as a platform or a file told of it."""

    platform: str
    event: str
    """The platform's own id of it: told twice, it counts once."""
    amount: int
    """In the currency's smallest unit; negative when it was paid back."""
    currency: str
    at: datetime
    reference: str = ""
    """As it came back; "" when there was none."""
    appeal: str = ""
    variant: str = ""
    edition_id: int | None = None
    address: str = ""
    """Of the giver; not kept with the contribution, only used to know a supporter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantCounts:
    """What one wording of an appeal did, summed from the rows."""

    variant: str
    submitted: int
    clicks: int
    machine_clicks: int
    gifts: int
    total: int
    """In the smallest unit of the currency asked for."""
    squares: float
    """Sum of the squares of the amounts, for the interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A donation platform that tells us of payments."""

    id: str
    """Its name in the address of its webhook."""
    kind: str
    """stripe or plain."""
    secret: Secret | None
    supporter_for: timedelta = timedelta(days=365)
    """So long a payment makes its giver a supporter."""
