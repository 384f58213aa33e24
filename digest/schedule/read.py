"""The words of a rule become a Spec, or one sentence on what is wrong with them."""

import difflib
import re
from datetime import date, datetime, time, timedelta

from digest.schedule import cron
from digest.schedule.spec import LAST, Spec

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": LAST}
EXAMPLES = '"weekdays 07:30", "every 2 hours 08:00-20:00" or "1st monday 09:00"'
WORDS = (*DAYS, *(d + "s" for d in DAYS), "daily", "weekdays", "weekends", "every", "hours")
WORDS += ("minutes", "day", "hourly", *ORDINALS)

_TIME = r"\d{1,2}[:.]\d{2}(?::\d{2})?"
_TIMES = re.compile(
    rf"^(?P<days>.*?)(?:\bat\s+)?(?P<times>{_TIME}(?:(?:\s*,\s*|\s+and\s+){_TIME})*)$"
)
_EVERY = re.compile(
    rf"^(?P<days>.*?)\b(?:every\s+(?P<number>\d+\s+|an?\s+)?(?P<unit>minute|hour)s?|(?P<hourly>hourly))"
    rf"\s+(?:from\s+)?(?P<start>{_TIME})\s*(?:-|to)\s*(?P<end>{_TIME})$"
)
_DATE = re.compile(rf"^(?P<date>\d{{4}}-\d{{2}}-\d{{2}})[ t](?P<time>{_TIME})$")
_ORDINAL = re.compile(r"^(\d{1,2})(st|nd|rd|th)$")
_STEP = re.compile(r"\b(?:every\s+(?:\d+\s+|an?\s+)?(?:minute|hour)s?|hourly)\b")
_ABBREVIATIONS = (
    "utc|gmt|wet|west|cet|cest|eet|eest|bst|ist|est|edt|cst|cdt|mst|mdt|pst|pdt|aest|aedt"
)
_ZONE = re.compile(
    rf"(?<!\S)([a-z_]+/[a-z_/]+(?:[+-]\d+)?|{_ABBREVIATIONS}|\+\d[\d:]*)(?!\S)", re.IGNORECASE
)


def problem(text: str) -> str:
    """Why the rule cannot be used, in one sentence; "" when it can."""
    found = read(text)
    return found if isinstance(found, str) else ""


def read(text: str) -> Spec | str:
    """The rule, or one sentence on what is wrong with it."""
    zone = _ZONE.search(text)
    if zone:
        return f"leave {zone[1]!r} out of the schedule and set it as `timezone:` beside it"
    words = " ".join(text.lower().replace("–", "-").replace("—", "-").split())
    if not words:
        return f"the schedule is empty; write for example {EXAMPLES}"
    if cron.looks_like(words):
        return cron.read(words)
    if "*" in words:
        return (
            "a cron line has five fields (minute, hour, day of month, month, weekday),"
            f" this one has {len(words.split())}"
        )
    try:
        return _dates(words) or _every(words) or _times(words)
    except ValueError as error:
        return str(error)


def _dates(words: str) -> Spec | None:
    """Single dates: "2026-12-24 10:00, 2026-12-31 10:00"."""
    parts = [_DATE.match(part.strip()) for part in words.split(",")]
    if not any(parts):
        return None
    moments = []
    for match, part in zip(parts, words.split(","), strict=True):
        if match is None:
            raise ValueError(f"{part.strip()!r} is no date and time; write 2026-12-24 10:00")
        try:
            day = datetime.fromisoformat(match["date"]).date()
        except ValueError:
            raise ValueError(f"there is no day {match['date']}") from None
        moments.append(datetime.combine(day, _time(match["time"])))
    return Spec(moments=tuple(sorted(set(moments))))


def _every(words: str) -> Spec | None:
    """A step between two wall times, on some days: "weekdays every 2 hours 08:00-20:00"."""
    match = _EVERY.match(words)
    if match is None:
        if _STEP.search(words):
            raise ValueError('say from when until when, for example "every 2 hours 08:00-20:00"')
        return None
    number = match["number"] or "1"
    step = int(number) if number.strip().isdigit() else 1
    minutes = step * (1 if match["unit"] == "minute" else 60)
    start, end = _time(match["start"]), _time(match["end"])
    if end <= start:
        raise ValueError(
            f"{match['start']} to {match['end']} runs backwards; end later the same day"
        )
    if not 1 <= minutes <= 24 * 60:
        raise ValueError("the step must be between a minute and a day")
    at = datetime.combine(date(2000, 1, 1), start)
    last = datetime.combine(date(2000, 1, 1), end)
    times = []
    while at <= last:
        times.append(at.time())
        at += timedelta(minutes=minutes)
    return _on_days(match["days"].strip(), tuple(times))


def _times(words: str) -> Spec:
    """One or several wall times, on some days: "mon, wed, fri 12:15"."""
    match = _TIMES.match(words)
    if match is None:
        raise ValueError(_no_time(words))
    times = {_time(t) for t in re.findall(_TIME, match["times"])}
    return _on_days(match["days"].strip().rstrip(","), tuple(sorted(times)))


def _time(text: str) -> time:
    hour, minute, second = (int(p) for p in (*re.split("[:.]", text), "0")[:3])
    try:
        return time(hour, minute, second)
    except ValueError:
        raise ValueError(f"{text!r} is no time of day; write HH:MM, for example 07:30") from None


def _on_days(days: str, times: tuple[time, ...]) -> Spec:
    """The spec of a phrase for days, with its times."""
    if days in ("", "daily", "every day", "each day"):
        return Spec(times=times)
    if days in ("weekdays", "every weekday", "workdays"):
        return Spec(times=times, weekdays=frozenset(range(5)))
    if days in ("weekends", "every weekend"):
        return Spec(times=times, weekdays=frozenset({5, 6}))
    parts = [p for p in re.split(r"\s*,\s*|\s+and\s+", days) if p]
    return _month_rule(parts, times) or Spec(times=times, weekdays=_weekdays(parts))


def _month_rule(parts: list[str], times: tuple[time, ...]) -> Spec | None:
    """ "1st monday", "last friday", "15th", "1st and 15th", "last day"."""
    nth: set[int] = set()
    weekdays: set[int] = set()
    days: set[int] = set()
    for part in parts:
        ordinal, _, rest = part.removeprefix("the ").partition(" ")
        number = _ordinal(ordinal)
        if number is None:
            continue
        rest = rest.removesuffix(" of the month").strip()
        if rest in ("", "day"):
            days.add(number)
        else:
            nth.add(number)
            weekdays.add(_weekday(rest))
    if not nth and not days:
        return None
    if (nth and days) or len(weekdays) > 1 or len(nth) + len(days) < len(parts):
        raise ValueError("mix only days of one kind: weekdays, 1st mondays, or days of the month")
    if any(n > 5 for n in nth) or any(d > 31 for d in days):
        raise ValueError("a month has at most 31 days and five weeks")
    if nth:
        return Spec(times=times, nth=frozenset(nth), weekdays=frozenset(weekdays))
    return Spec(times=times, month_days=frozenset(days))


def _ordinal(word: str) -> int | None:
    if word in ORDINALS:
        return ORDINALS[word]
    match = _ORDINAL.match(word)
    return int(match[1]) if match and int(match[1]) >= 1 else None


def _weekdays(parts: list[str]) -> frozenset[int]:
    found: set[int] = set()
    for part in parts:
        first, dash, last = part.removeprefix("every ").partition("-")
        if not dash:
            found.add(_weekday(first))
            continue
        start, end = _weekday(first.strip()), _weekday(last.strip())
        found |= {(start + n) % 7 for n in range((end - start) % 7 + 1)}
    return frozenset(found)


def _weekday(word: str) -> int:
    """Monday = 0; "mon", "mondays" and "monday" are the same."""
    for number, name in enumerate(DAYS):
        if len(word) >= 3 and (name + "s").startswith(word):
            return number
    near = difflib.get_close_matches(word, WORDS, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"write for example {EXAMPLES}"
    raise ValueError(f"{word!r} is no day, {hint}")


def _no_time(words: str) -> str:
    for word in re.findall(r"[a-z]{3,}", words):
        near = difflib.get_close_matches(word, WORDS, n=1)
        if near and word not in WORDS and not any(d.startswith(word) for d in DAYS):
            return f"{word!r} is not understood, did you mean {near[0]!r}?"
    return f"no time of day in {words!r}; write for example {EXAMPLES}"
