"""A rule that was understood: on which days, at which times."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

LAST = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """Days and times; every field that is None leaves the day open."""

    times: tuple[time, ...] = ()
    """In order, each once."""
    weekdays: frozenset[int] | None = None
    """0 = Monday."""
    nth: frozenset[int] | None = None
    """Which of the month's such weekdays: 1 to 5, or LAST."""
    month_days: frozenset[int] | None = None
    """1 to 31, or LAST."""
    months: frozenset[int] | None = None
    moments: tuple[datetime, ...] = ()
    """Single local dates and times, naive; then all other fields are empty."""

    def on(self, day: date) -> tuple[time, ...]:
        """The wall times of that local day, in order."""
        if self.moments:
            return tuple(m.time() for m in self.moments if m.date() == day)
        return self.times if self._wants(day) else ()

    def absent(self, day: date) -> Iterator[int]:
        """On the last day of a month: the wanted days that this month does not have."""
        last = monthrange(day.year, day.month)[1]
        if day.day == last and self.month_days and self._month(day):
            yield from sorted(d for d in self.month_days if d > last)

    def _month(self, day: date) -> bool:
        return self.months is None or day.month in self.months

    def _wants(self, day: date) -> bool:
        if not self._month(day):
            return False
        if self.weekdays is not None and day.weekday() not in self.weekdays:
            return False
        if self.nth is not None and not self._is_nth(day):
            return False
        if self.month_days is None:
            return True
        last = monthrange(day.year, day.month)[1]
        return day.day in self.month_days or (LAST in self.month_days and day.day == last)

    def _is_nth(self, day: date) -> bool:
        assert self.nth is not None
        if LAST in self.nth and (day + timedelta(days=7)).month != day.month:
            return True
        return (day.day + 6) // 7 in self.nth
