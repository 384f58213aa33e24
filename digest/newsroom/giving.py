"""What readers give: who is asked, how far a goal is, and what each wording brought in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.deliver import appeals, results
from digest.deliver.results import Result, Verdict
from digest.errors import UsageError
from digest.model.appeal import Appeal, AppealPlan, Choose, Meter
from digest.model.edition import Edition
from digest.newsroom.house import House

REMEMBERED = timedelta(days=365)
"""So far back results of wordings count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealShown:
    """What one appeal did, in one currency."""

    appeal: str
    currency: str
    variants: tuple[Result, ...]
    verdict: Verdict
    raised: int
    """Through the appeal, in all, in the smallest unit."""
    goal: int | None
    because: str
    """How its wordings are dealt now."""


def plan(house: House, edition: Edition, now: datetime) -> AppealPlan:
    """Who sees which wording of an edition's appeal, decided at its release."""
    appeal = house.settings.appeal(edition.appeal)
    counts = []
    if appeal is not None and appeal.choose is Choose.BEST and appeal.variants[1:]:
        counts = house.store.appeals.counts(appeal.id, currency(appeal), now - REMEMBERED)
    return appeals.appeal_plan(edition, appeal, now, counts)


def meter(house: House, appeal: Appeal | None) -> Meter | None:
    """How far the appeal's goal is reached now; None without one."""
    if appeal is None or appeal.goal is None:
        return None
    goal = appeal.goal
    raised = house.store.appeals.raised(appeal.id, goal.currency)
    return Meter(raised=goal.already + raised, goal=goal)


def currency(appeal: Appeal) -> str:
    """The currency wordings are compared in."""
    return appeal.goal.currency if appeal.goal else appeal.currency


def shown(house: House, appeal_id: str, since: datetime | None = None) -> AppealShown:
    """What the wordings of an appeal did since then, or in the last year."""
    appeal = house.settings.appeal(appeal_id)
    if appeal is None:
        known = ", ".join(one.id for one in house.settings.appeals) or "none"
        raise UsageError(f"there is no appeal {appeal_id!r}; there are: {known}")
    now = house.clock.now()
    money = currency(appeal)
    counts = house.store.appeals.counts(appeal.id, money, since or now - REMEMBERED)
    return AppealShown(
        appeal=appeal.id,
        currency=money,
        variants=results.results(counts),
        verdict=results.verdict(counts),
        raised=house.store.appeals.raised(appeal.id, money),
        goal=appeal.goal.amount if appeal.goal else None,
        because=appeals.dealt(appeal, counts),
    )
