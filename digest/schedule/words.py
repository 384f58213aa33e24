"""A rule in plain words, from what was understood rather than from what was written."""

from datetime import time

from digest.schedule.read import DAYS, read
from digest.schedule.spec import LAST, Spec

NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", LAST: "last"}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def describe(text: str) -> str:
    """For example "Monday to Friday at 07:30"; the problem's sentence for a rule that has one."""
    spec = read(text)
    if isinstance(spec, str):
        return spec
    if spec.moments:
        return "once on " + _listed([f"{m:%Y-%m-%d} at {_clock(m.time())}" for m in spec.moments])
    days = _days(spec)
    if spec.months is not None:
        days += " in " + _listed([MONTHS[m - 1] for m in sorted(spec.months)])
    return f"{days} at {_times(spec.times)}"


def _days(spec: Spec) -> str:
    if spec.month_days is not None:
        named = ["the last day" if d == LAST else f"day {d}" for d in sorted(spec.month_days)]
        return _listed(named) + " of the month"
    if spec.weekdays is None or len(spec.weekdays) == 7:
        return "every day"
    names = [DAYS[d].capitalize() for d in sorted(spec.weekdays)]
    if spec.nth is not None:
        which = _listed([NTH[n] for n in sorted(spec.nth, key=lambda n: n % 9)])
        return f"the {which} {_listed(names)} of the month"
    if len(names) > 2 and sorted(spec.weekdays) == list(
        range(min(spec.weekdays), max(spec.weekdays) + 1)
    ):
        return f"{names[0]} to {names[-1]}"
    return _listed(names)


def _times(times: tuple[time, ...]) -> str:
    if len(times) <= 6:
        return _listed([_clock(t) for t in times])
    return f"{_clock(times[0])}, {_clock(times[1])} and so on until {_clock(times[-1])}"


def _clock(wall: time) -> str:
    return f"{wall:%H:%M:%S}" if wall.second else f"{wall:%H:%M}"


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)
