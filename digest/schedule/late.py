"""What becomes of slots whose time has come: run, skip, or ask an editor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from digest.model.edition import Occurrence
from digest.model.newsletter import IfLate, LateRule

ON_TIME = timedelta(minutes=2)
"""A slot met within this time was not missed: a tick comes every 30 seconds."""


class Fate(StrEnum):
    """What to do with a due slot."""

    RUN = "run"
    SKIP = "skip"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A due slot, what to do with it, and why."""

    occurrence: Occurrence
    fate: Fate
    because: str


def decide(
    due: Sequence[Occurrence], rule: LateRule, *, now: datetime, last_tick: datetime | None
) -> tuple[Verdict, ...]:
    """One verdict for each due slot of a newsletter, oldest first.

    Several missed slots come down to the newest. After a stop longer than the rule's window
    (or a restored backup) nobody can know what went out: what would run late asks instead.
    """
    missed = [o for o in due if now - o.due_at > ON_TIME]
    long_stop = last_tick is not None and now - last_tick > rule.run_within
    return tuple(_one(o, missed, rule, now, long_stop) for o in due)


def _one(
    occurrence: Occurrence,
    missed: Sequence[Occurrence],
    rule: LateRule,
    now: datetime,
    long_stop: bool,
) -> Verdict:
    fate, because = Fate.RUN, "on time"
    late = span(now - occurrence.due_at)
    if occurrence in missed:
        if occurrence is not missed[-1]:
            fate, because = Fate.SKIP, f"{late} late; the slot after it was missed too"
        elif now - occurrence.due_at > rule.run_within:
            fate = Fate.ASK if rule.otherwise is IfLate.ASK else Fate.SKIP
            because = f"{late} late, more than {span(rule.run_within)}"
        elif long_stop:
            fate = Fate.ASK
            because = (
                f"{late} late after a stop longer than {span(rule.run_within)}; an editor decides"
            )
        else:
            because = f"{late} late, within {span(rule.run_within)}"
    return Verdict(occurrence=occurrence, fate=fate, because=because)


def span(length: timedelta) -> str:
    """For example "2 h" or "95 min"."""
    minutes = int(length.total_seconds() // 60)
    return f"{minutes // 60} h" if minutes and minutes % 60 == 0 else f"{minutes} min"
