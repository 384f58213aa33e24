"""Missed and doubled days over seven years of clock changes, beside the libraries' own."""

import time as stopwatch
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from apscheduler.triggers.calendarinterval import CalendarIntervalTrigger
from apscheduler.triggers.cron import CronTrigger

from digest.model.newsletter import ScheduleRule
from digest.schedule.plan import slots
from digest.schedule.wall import instant

try:
    from croniter import croniter
except ImportError:
    croniter = None  # a development dependency: without it its row is left out

ZONES = (
    *("Europe/Dublin", "America/New_York", "Europe/Athens", "Australia/Sydney"),
    *("Pacific/Auckland", "Africa/Cairo", "Asia/Beirut", "America/Havana"),
    *("Australia/Lord_Howe", "Asia/Tokyo"),
)
TIMES = tuple(time(h, m) for h, m in ((0, 0), (0, 30), (1, 0), (1, 30)))
TIMES += tuple(time(h, m) for h, m in ((2, 0), (2, 15), (2, 30), (3, 0), (7, 30)))
FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)
DAYS = (LAST - FIRST).days + 1
DECADE = (2024, 2033)

Runs = Callable[[ZoneInfo, time], Iterable[date]]


@dataclass(frozen=True, slots=True)
class Row:
    """One engine's count."""

    engine: str
    missed: int
    doubled: int
    seconds: float


def run(say: Callable[[str], object]) -> dict[str, object]:
    """Print the table and return its figures."""
    total = len(ZONES) * len(TIMES) * DAYS
    say(f"{total:,} zone-days: {len(ZONES)} zones x {len(TIMES)} times x {FIRST} to {LAST}")
    say(f"{'engine':<38}{'no run':>8}{'two runs':>10}{'seconds':>9}")
    rows = []
    for name, engine in engines().items():
        row = measured(name, engine)
        say(f"{row.engine:<38}{row.missed:>8}{row.doubled:>10}{row.seconds:>9.1f}")
        rows.append(row)
    if croniter is None:
        say("croniter is not installed here (./run setup does): its row is left out")
    figures: dict[str, object] = {
        "zone_days": total,
        "rows": {r.engine: {"missed": r.missed, "doubled": r.doubled} for r in rows},
    }
    slots_checked, wrong, left = every_change()
    say(
        f"every zone, every offset change {DECADE[0]} to {DECADE[1]}, every half-hour around it:"
        f" {slots_checked:,} slots, {wrong} without an instant or out of order,"
        f" {left} on the next local date"
    )
    return figures | {"every_change": {"slots": slots_checked, "wrong": wrong, "next_day": left}}


def engines() -> dict[str, Runs]:
    """Name -> the local dates it runs on, one for each run."""
    found: dict[str, Runs] = {
        "digest": _ours,
        "APScheduler CronTrigger": _cron_trigger,
        "APScheduler CalendarIntervalTrigger": _calendar_trigger,
    }
    if croniter is not None:
        found["croniter"] = _croniter
    return found


def measured(name: str, engine: Runs) -> Row:
    """Count the days without a run and the days with two, over all zones and times."""
    start = stopwatch.perf_counter()
    missed = doubled = 0
    for zone in map(ZoneInfo, ZONES):
        for wall in TIMES:
            seen = Counter(engine(zone, wall))
            missed += sum(1 for n in range(DAYS) if not seen[FIRST + timedelta(days=n)])
            doubled += sum(1 for count in seen.values() if count > 1)
    return Row(name, missed, doubled, stopwatch.perf_counter() - start)


def every_change() -> tuple[int, int, int]:
    """Slots around each offset change of the world: how many, how many wrong, how many moved on."""
    checked = wrong = left = 0
    half_hours = [time(n // 2, 30 * (n % 2)) for n in range(48)]
    for name in sorted(available_timezones() - {"Factory", "localtime"}):
        zone = ZoneInfo(name)
        for day in set(_change_days(zone)):
            before = None
            for wall in half_hours:
                at, _ = instant(day, wall, zone)
                checked += 1
                wrong += at is None or (before is not None and at < before)
                left += at is not None and at.astimezone(zone).date() != day
                before = at or before
    return checked, wrong, left


def _change_days(zone: ZoneInfo) -> Iterator[date]:
    """The local days on which the offset changes, and the days beside them."""
    at = datetime(DECADE[0], 1, 1, tzinfo=UTC)
    end = datetime(DECADE[1] + 1, 1, 1, tzinfo=UTC)
    while at < end:
        later = at + timedelta(days=1)
        if at.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            for n in (-1, 0, 1):
                yield at.astimezone(zone).date() + timedelta(days=n)
        at = later


def _bounds(zone: ZoneInfo) -> tuple[datetime, datetime]:
    start = datetime.combine(FIRST, time(0), tzinfo=zone).astimezone(UTC)
    end = datetime.combine(LAST + timedelta(days=1), time(0), tzinfo=zone).astimezone(UTC)
    return start - timedelta(seconds=1), end - timedelta(seconds=1)


def _ours(zone: ZoneInfo, wall: time) -> Iterator[date]:
    """The planner that also fires; a run counts for the local date it happens on."""
    rule = ScheduleRule(text=f"daily {wall:%H:%M}", timezone=zone.key)
    at, end = _bounds(zone)
    while at < end:  # the planner looks six years ahead
        until = min(end, at + timedelta(days=366))
        for slot in slots(rule, after=at, until=until):
            if slot.due_at is not None:
                yield slot.due_at.astimezone(zone).date()
        at = until


def _cron_trigger(zone: ZoneInfo, wall: time) -> Iterator[date]:
    return _fired(CronTrigger(hour=wall.hour, minute=wall.minute, timezone=zone), zone)


def _calendar_trigger(zone: ZoneInfo, wall: time) -> Iterator[date]:
    trigger = CalendarIntervalTrigger(
        days=1, hour=wall.hour, minute=wall.minute, timezone=zone, start_date=FIRST
    )
    return _fired(trigger, zone)


def _fired(trigger: CronTrigger | CalendarIntervalTrigger, zone: ZoneInfo) -> Iterator[date]:
    """As a scheduler asks: each time for the one after the last."""
    at, end = _bounds(zone)
    last = None
    now = at
    while True:
        found = trigger.get_next_fire_time(last, now.astimezone(zone))
        if found is None or found.astimezone(UTC) > end:
            return
        yield found.astimezone(zone).date()
        last = found
        now = found.astimezone(UTC) + timedelta(microseconds=1)


def _croniter(zone: ZoneInfo, wall: time) -> Iterator[date]:
    at, end = _bounds(zone)
    ticks = croniter(f"{wall.minute} {wall.hour} * * *", at.astimezone(zone))
    while True:
        found = ticks.get_next(datetime)
        if found.astimezone(UTC) > end:
            return
        yield found.astimezone(zone).date()
