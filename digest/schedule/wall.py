"""A local wall time becomes one UTC instant, whatever the clocks do that day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.model.edition import SlotFlag


def instant(day: date, wall: time, zone: ZoneInfo) -> tuple[datetime | None, SlotFlag]:
    """The UTC instant of a wall time: the first of two, the first valid one after a gap.

    None when the zone has no such day at all (Pacific/Apia, 30 December 2011).
    """
    local = datetime.combine(day, wall)
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == local:
        return first, SlotFlag.FIRST_OF_TWO if second > first else SlotFlag.NONE
    after = _end_of_gap(second, first, zone)
    if after.astimezone(zone).date() > day and not _day_exists(day, zone):
        return None, SlotFlag.NONE
    return after, SlotFlag.MOVED


def _end_of_gap(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The instant of the offset change between two instants, to the second."""
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def _day_exists(day: date, zone: ZoneInfo) -> bool:
    """Whether any instant falls on the local day."""
    noon = datetime.combine(day, time(12), tzinfo=zone)
    return noon.astimezone(UTC).astimezone(zone).date() == day
