"""`appeals` and `contributions` as values."""

from datetime import timedelta

from digest.config.appeal_shape import AppealShape, GoalShape, PlatformShape
from digest.config.read import Trail
from digest.config.surroundings import Surroundings
from digest.model.appeal import Appeal, AppealRules, AppealVariant, Goal, Platform


def appeal(shape: AppealShape) -> Appeal:
    """An appeal with its wordings, rules and goal."""
    variants = tuple(
        AppealVariant(
            id=v.id,
            heading=v.heading,
            subheading=v.subheading or "",
            text=v.text,
            ask=v.ask or "",
            button=v.button,
            url=v.url,
            weight=v.weight,
        )
        for v in shape.variants
    )
    limit = shape.rules.at_most
    rules = AppealRules(
        hide_from_supporters=shape.rules.hide_from == "supporters",
        at_most=limit.times if limit else 0,
        per=limit.per if limit else timedelta(days=7),
        not_beside=shape.rules.not_beside,
    )
    return Appeal(
        id=shape.id,
        variants=variants,
        rules=rules,
        choose=shape.choose,
        explore=shape.explore,
        goal=_goal(shape.goal),
        currency=shape.currency,
        reference=shape.reference,
    )


def platform(shape: PlatformShape, around: Surroundings, trail: Trail) -> Platform:
    """A donation platform with its secret."""
    return Platform(
        id=shape.id,
        kind=shape.kind,
        secret=around.secret(shape.secret, (*trail, "secret")),
        supporter_for=shape.supporter_for,
    )


def _goal(shape: GoalShape | None) -> Goal | None:
    if shape is None:
        return None
    return Goal(
        amount=shape.amount.amount,
        currency=shape.amount.currency,
        already=shape.already.amount if shape.already else 0,
        ends=shape.ends,
    )
