"""The planner: the slots a rule has coming, the same for the preview and for what fires."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays as calendars

from digest.errors import ConfigError
from digest.model.edition import Slot, SlotFlag
from digest.model.newsletter import HolidayRule, Holidays, ScheduleRule
from digest.schedule.read import read
from digest.schedule.spec import Spec
from digest.schedule.wall import instant

HORIZON = timedelta(days=6 * 366)
"""A rule without a slot in six years has none."""
BEFORE = timedelta(days=2)
"""Slots are looked for from so long before, for a clock change may carry them over midnight."""


def slots(
    rule: ScheduleRule,
    *,
    after: datetime,
    until: datetime | None = None,
    count: int | None = None,
) -> tuple[Slot, ...]:
    """The slots later than an instant, in order, skipped ones included with their reason.

    Up to `until` (inclusive), at most `count`; a rule that cannot be read has none.
    """
    found: list[Slot] = []
    timed = _timed(rule, after, (until or after + HORIZON) + BEFORE)
    for at, together in groupby(timed, key=lambda pair: pair[0]):
        if at <= after:
            continue
        if until is not None and at > until:
            break
        found += _one_runs([slot for _, slot in together])
        if count is not None and len(found) >= count:
            break
    return tuple(found[:count])


def _one_runs(together: Sequence[Slot]) -> Sequence[Slot]:
    """Of slots that a gap in the clocks brought to one instant, the last one runs."""
    able = [slot for slot in together if not slot.skipped]
    if len(able) < 2:
        return together
    reason = f"the clocks go forward, and the {able[-1].local_time:%H:%M} slot comes at this moment"
    return [replace(s, skipped=reason) if s in able[:-1] else s for s in together]


def _timed(
    rule: ScheduleRule, after: datetime, end_at: datetime
) -> Iterator[tuple[datetime, Slot]]:
    """Each slot with the instant it is ordered by, from some days before `after` on."""
    spec = read(rule.text)
    if isinstance(spec, str):
        return
    zone = _zone(rule.timezone)
    free = Free(rule.holidays)
    day = free.reaching((after - BEFORE).astimezone(zone).date())
    end = end_at.astimezone(zone).date()
    moved: dict[date, set[time]] = {}
    while day <= end:
        yield from sorted(
            ((_order(slot, zone), slot) for slot in _of_day(rule, spec, day, zone, free, moved)),
            key=lambda pair: pair[0],
        )
        day += timedelta(days=1)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(
            f"{name!r} is no time zone; nothing was planned. Set `timezone:` to a name such as"
            " Europe/Dublin"
        ) from error


class Free:
    """The holidays of a schedule: name by day."""

    def __init__(self, rule: Holidays) -> None:
        self.rule = rule
        country, _, part = rule.country.partition("-")
        try:
            self.calendar = (
                calendars.country_holidays(country, subdiv=part or None) if country else {}
            )
        except NotImplementedError as error:
            raise ConfigError(
                f"no calendar of holidays for {rule.country!r}; nothing was planned. Set `country:`"
                " to a code such as IE or GB-NIR, or leave it out"
            ) from error

    def name(self, day: date) -> str:
        """The holiday's name, "" on a working day; always "" when holidays are ignored."""
        if self.rule.rule is HolidayRule.IGNORE:
            return ""
        if day in self.rule.dates:
            return "a day the editors set"
        return str(self.calendar.get(day, "")) if self.calendar is not None else ""

    def next_working_day(self, day: date) -> date:
        """The first Monday to Friday after the day that is no holiday."""
        day += timedelta(days=1)
        while self._no_work(day):
            day += timedelta(days=1)
        return day

    def reaching(self, day: date) -> date:
        """The first day whose slots may be moved to this day or a later one."""
        if self.rule.rule is HolidayRule.MOVE:
            while self._no_work(day - timedelta(days=1)):
                day -= timedelta(days=1)
        return day

    def _no_work(self, day: date) -> bool:
        return day.weekday() >= 5 or bool(self.name(day))


def _of_day(
    rule: ScheduleRule,
    spec: Spec,
    day: date,
    zone: ZoneInfo,
    free: Free,
    moved: dict[date, set[time]],
) -> Iterator[Slot]:
    holiday = free.name(day)
    own = spec.on(day)
    for wall in own:
        if holiday and rule.holidays.rule is HolidayRule.MOVE:
            moved.setdefault(free.next_working_day(day), set()).add(wall)
        else:
            yield _slot(rule, day, wall, zone, f"holiday: {holiday}" if holiday else "")
    for wall in sorted(moved.pop(day, set()) - set(own)):
        yield _slot(rule, day, wall, zone, "", SlotFlag.HOLIDAY_MOVED)
    absent = " or ".join(str(number) for number in spec.absent(day))
    for wall in spec.times if absent and not own else ():
        reason = f"{day:%B} has no day {absent}"
        yield Slot(local_date=day, local_time=wall, due_at=None, skipped=reason)


def _slot(
    rule: ScheduleRule,
    day: date,
    wall: time,
    zone: ZoneInfo,
    skipped: str,
    flag: SlotFlag = SlotFlag.NONE,
) -> Slot:
    due_at, change = instant(day, wall, zone)
    if due_at is None:
        skipped = f"{day:%d %B %Y} does not exist in {zone.key}"
    elif rule.paused:
        skipped = "paused"
    elif day in rule.skip_dates:
        skipped = "left out by the editors"
    return Slot(
        local_date=day,
        local_time=wall,
        due_at=due_at,
        flag=flag or change,
        skipped=skipped,
    )


def _order(slot: Slot, zone: ZoneInfo) -> datetime:
    if slot.due_at is not None:
        return slot.due_at
    local = datetime.combine(slot.local_date, slot.local_time, tzinfo=zone)
    return local.astimezone(UTC)
