"""What the wordings of an appeal brought in, with the doubt that is left.

Gifts come by chance and differ in size: their sum is compound Poisson, so its variance is estimated
by the sum of the squared gifts. The interval is taken on the logarithm, where a sum of few unequal
gifts is closer to normal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erf, exp, log, sqrt

from digest.model.appeal import VariantCounts

Z = 1.959964
"""Of a 95 % interval."""
RULE_OF_THREE = 3.0
"""So many events may be expected, at 95 %, where none was seen."""
ENOUGH_GIFTS = 5
"""Of each wording, before one is said to be better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One wording's figures; money in the smallest unit of the currency."""

    counts: VariantCounts
    per_thousand: float
    """Money for 1,000 submitted."""
    low: float
    high: float | None
    """The ends of its 95 % interval; None where nothing limits it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Which wording is better, as far as that can be said."""

    better: str
    """"" while it is too early."""
    chance: float
    """That it is better than the next one."""
    because: str


def per_thousand(counts: VariantCounts) -> float:
    """Money for 1,000 submitted, in the smallest unit."""
    return counts.total * 1000 / counts.submitted if counts.submitted else 0.0


def results(counts: Sequence[VariantCounts]) -> tuple[Result, ...]:
    """Each wording with its interval."""
    gifts = sum(one.gifts for one in counts)
    usual = sum(one.total for one in counts) / gifts if gifts else 0.0
    return tuple(_result(one, usual) for one in counts)


def verdict(counts: Sequence[VariantCounts]) -> Verdict:
    """The best wording against the next: the chance by the difference of their logarithms."""
    able = sorted(
        (one for one in counts if one.submitted and one.total > 0), key=per_thousand, reverse=True
    )
    if len(counts) < 2:
        return Verdict(better="", chance=0.0, because="there is one wording only")
    if len(able) < 2 or min(one.gifts for one in able[:2]) < ENOUGH_GIFTS:
        few = f"each wording needs {ENOUGH_GIFTS} gifts before they can be compared"
        return Verdict(better="", chance=0.0, because=few)
    best, next_best = able[:2]
    apart = log(per_thousand(best)) - log(per_thousand(next_best))
    chance = 0.5 * (1 + erf(apart / (_doubt(best) ** 2 + _doubt(next_best) ** 2) ** 0.5 / sqrt(2)))
    told = f"{best.variant} better than {next_best.variant}: {chance:.0%}"
    return Verdict(better=best.variant, chance=chance, because=told)


def _result(counts: VariantCounts, usual: float) -> Result:
    rate = per_thousand(counts)
    if counts.total <= 0:
        most = RULE_OF_THREE * usual * 1000 / counts.submitted if counts.submitted else None
        return Result(counts=counts, per_thousand=rate, low=0.0, high=most or None)
    spread = exp(Z * _doubt(counts))
    return Result(counts=counts, per_thousand=rate, low=rate / spread, high=rate * spread)


def _doubt(counts: VariantCounts) -> float:
    """Standard error of the sum's logarithm."""
    return sqrt(counts.squares) / counts.total
