"""What follows from bounces for an address: nothing, or that it gets nothing any more."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from digest.model.audience import SuppressionReason
from digest.model.bounce import Blame, Bounce, BounceKind, Verdict

HALF_LIFE = timedelta(days=14)
"""After so long a soft bounce counts half."""
MEMORY = timedelta(days=90)
"""Older ones count nothing."""
TOO_MANY = 4.0
"""So many fresh soft bounces, or more older ones, and we stop."""
FOR_LONG = timedelta(days=7)
"""But never sooner: a mailbox that was full over a holiday is no dead one."""

OPERATOR = frozenset({"auth-failure", "dmarc"})
"""Feedback about our own set-up; no reader has complained."""


def at_once(verdict: Verdict, feedback: str) -> SuppressionReason | None:
    """Why one verdict alone suppresses an address, None when it does not."""
    if verdict.kind is BounceKind.HARD and verdict.blame is Blame.ADDRESS:
        return SuppressionReason.BOUNCE
    if verdict.kind is BounceKind.COMPLAINT and feedback not in OPERATOR:
        return SuppressionReason.COMPLAINT
    return None


def score(history: Sequence[Bounce], now: datetime) -> float:
    """Soft bounces of the mailbox, each worth less the older it is; our own faults are none."""
    ages = [now - one.at for one in history if _counts(one)]
    return math.fsum(2.0 ** (-max(age, timedelta(0)) / HALF_LIFE) for age in ages if age <= MEMORY)


def too_often(history: Sequence[Bounce], now: datetime) -> str:
    """Why an address is suppressed for its soft bounces, "" as long as it is not."""
    counted = [one for one in history if _counts(one) and now - one.at <= MEMORY]
    if not counted or now - counted[0].at < FOR_LONG or score(history, now) < TOO_MANY:
        return ""
    last = counted[-1].verdict
    return (
        f"{len(counted)} soft bounces since {counted[0].at:%Y-%m-%d}, the last {last.reason}"
        f" ({f'{last.dsn} {last.text}'.strip()})"
    )


def _counts(one: Bounce) -> bool:
    """Only what the mailbox itself did to single messages."""
    return one.verdict.kind is BounceKind.SOFT and one.verdict.blame is Blame.MAILBOX
