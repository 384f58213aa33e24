"""How fast: exact sliding windows over limits, warm-up and quiet hours.

A window is cut into spans, and a permit may be used only within the span it was taken in. Every
span that can overlap the window counts whole; so no window of the limit's length ever holds more
than its `most`, whoever counts along and whenever they start. The price is a fiftieth of the rate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from digest.model.mail import Quiet, Rate, WarmUp

SPANS = 50
"""To a window."""
SMOOTH = timedelta(seconds=10)
"""Up to this length a window's messages are spread over it; a longer one is used as needed."""
BLOCKS = 200
"""A long window is taken in so many portions at least."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)

Spans = Mapping[datetime, int]
"""Start of a span -> how many permits were taken in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Permits taken, or when to ask again."""

    permits: int
    good_until: datetime
    """The permits are void from this instant on."""
    spans: Spans
    """What is on record now."""
    again_at: datetime
    """Without permits: nothing is free before."""


def take(limit: Rate, spans: Spans, now: datetime) -> Grant:
    """Take the next portion of a limit."""
    width = limit.within / SPANS
    start = EPOCH + ((now - EPOCH) // width) * width
    counted = _counted(spans, start, limit.within)
    used = sum(counted.values())
    here = counted.get(start, 0)
    free = min(limit.most - used, _portion(limit, here))
    if free > 0:
        counted[start] = here + free
        return Grant(permits=free, good_until=start + width, spans=counted, again_at=now)
    again_at = start + width
    if used >= limit.most:
        again_at = max(again_at, min(counted) + limit.within + width)
    return Grant(permits=0, good_until=now, spans=counted, again_at=again_at)


def warm_up_rate(rule: WarmUp, now: datetime) -> Rate | None:
    """The limit of this day: from `first` to `last` by the same factor each day; None afterwards
    and before."""
    day = (now.date() - rule.start).days
    if not 0 <= day < rule.days:
        return None
    growth = (rule.last / rule.first) ** (day / rule.days)
    return Rate(most=max(1, int(rule.first * growth)), within=DAY)


def quiet_until(rule: Quiet, timezone: str, now: datetime) -> datetime | None:
    """When the quiet hours of this moment end, None outside them."""
    local = now.astimezone(ZoneInfo(timezone))
    clock = local.time().replace(tzinfo=None)
    over_midnight = rule.ends <= rule.begins
    if over_midnight:
        inside = clock >= rule.begins or clock < rule.ends
    else:
        inside = rule.begins <= clock < rule.ends
    if not inside:
        return None
    day = local.date() + DAY if over_midnight and clock >= rule.begins else local.date()
    ends = datetime.combine(day, rule.ends, tzinfo=local.tzinfo)
    return ends.astimezone(UTC)


def _counted(spans: Spans, start: datetime, within: timedelta) -> dict[datetime, int]:
    """The spans that count now; those of a clock that was set back count as if taken just now."""
    counted: dict[datetime, int] = {}
    for at, taken in spans.items():
        if at >= start - within:
            counted[min(at, start)] = counted.get(min(at, start), 0) + taken
    return counted


def _portion(limit: Rate, taken_here: int) -> int:
    if limit.within <= SMOOTH:
        return -(-limit.most // SPANS) - taken_here
    return max(1, limit.most // BLOCKS)
