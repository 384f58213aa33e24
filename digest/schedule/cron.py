"""Five-field cron lines, read as crontab reads them: 0 and 7 are Sunday."""

from datetime import time

from digest.schedule.spec import LAST, Spec

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def looks_like(text: str) -> bool:
    """Five fields, the first of digits and cron's signs only."""
    fields = text.split()
    return len(fields) == 5 and set(fields[0]) <= set("0123456789*/,-")


def read(text: str) -> Spec | str:
    """The rule of a cron line, or one sentence on what is wrong with it."""
    minute, hour, day, month, weekday = text.lower().split()
    try:
        minutes = _numbers(minute, 0, 59, "minute")
        hours = _numbers(hour, 0, 23, "hour")
        days = _month_days(day)
        months = None if month == "*" else frozenset(_numbers(month, 1, 12, "month", MONTHS))
        weekdays, nth = _weekdays(weekday)
    except ValueError as error:
        return str(error)
    if days is not None and weekdays is not None:
        return (
            "day of month and weekday are both set, which cron reads as one OR the other;"
            " set one of them to *"
        )
    times = tuple(time(h, m) for h in sorted(hours) for m in sorted(minutes))
    return Spec(times=times, weekdays=weekdays, nth=nth, month_days=days, months=months)


def _month_days(field: str) -> frozenset[int] | None:
    if field == "*":
        return None
    if field == "l":
        return frozenset({LAST})
    return frozenset(_numbers(field, 1, 31, "day of month"))


def _weekdays(field: str) -> tuple[frozenset[int] | None, frozenset[int] | None]:
    """Weekdays with 0 = Monday, and which of the month's (`1#2` is the second Monday)."""
    if field == "*":
        return None, None
    if "#" in field:
        day, _, which = field.partition("#")
        number = _numbers(which, 1, 5, "number after #")
        return frozenset(_from_sunday(_numbers(day, 0, 7, "weekday", DAYS))), frozenset(number)
    return frozenset(_from_sunday(_numbers(field, 0, 7, "weekday", DAYS))), None


def _from_sunday(days: set[int]) -> set[int]:
    return {(day - 1) % 7 for day in days}


def _numbers(field: str, low: int, high: int, what: str, names: tuple[str, ...] = ()) -> set[int]:
    """The numbers of one field; ValueError with a sentence when it has another form."""
    found: set[int] = set()
    for part in field.split(","):
        span, slash, step_text = part.partition("/")
        step = _number(step_text, 1, high, f"step of the {what}") if slash else 1
        if span == "*":
            start, end = low, (6 if what == "weekday" else high)
        elif "-" in span:
            first, _, last = span.partition("-")
            start, end = (_number(x, low, high, what, names) for x in (first, last))
        else:
            start = _number(span, low, high, what, names)
            end = high if slash else start
        if end < start:
            raise ValueError(f"the {what} range {span!r} runs backwards; write it low to high")
        found |= set(range(start, end + 1, step))
    return found


def _number(text: str, low: int, high: int, what: str, names: tuple[str, ...] = ()) -> int:
    if text in names:
        return names.index(text) + low
    if not text.isdecimal() or not low <= int(text) <= high:
        raise ValueError(f"the {what} {text!r} is not between {low} and {high}")
    return int(text)
