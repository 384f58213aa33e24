"""Words such as "yesterday" and "on Thursday": right on some days, wrong on others."""

import re
from datetime import UTC, date, timedelta, tzinfo

from digest.model.news import Article

_SAME_DAY = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|last night|this (?:morning|afternoon|evening)"
    r"|(?:minutes|hours?|days?) ago|in the past (?:few |\w+ )?(?:hours|days))\b"
    r"|^(?:Today|Yesterday|Tomorrow|Tonight|Last night|This (?:morning|afternoon|evening))\b"
)
"""Capitals inside a sentence are a programme's or paper's name."""
_WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_PERIOD = re.compile(r"\b(?:this|last|next) (week|weekend|month|year)\b", re.IGNORECASE)
_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")


def published_on(article: Article, zone: tzinfo = UTC) -> date | None:
    """The newsroom's calendar day on which the article was published, None when not known."""
    return article.published.astimezone(zone).date() if article.published else None


def problem(line: str, *, written: date | None, on: date | None) -> str:
    """Which day word of a line written on one day would mislead on another; "" for none.

    Without either date "today" and its like cannot be trusted, while a weekday stays what it was
    in the article.
    """
    if written is not None and written == on:
        return ""
    same_day = _SAME_DAY.search(line)
    if same_day:
        return f"“{same_day.group()}” would be wrong or unclear on the day of the bulletin"
    if written is None or on is None:
        return ""
    for match in _WEEKDAY.finditer(line):
        if _misleads(_WEEKDAYS.index(match.group(1)), written, on):
            return f"“{match.group()}” would be read as another day"
    for match in _PERIOD.finditer(line):
        if not _same_period(match.group(1).lower(), written, on):
            return f"“{match.group()}” would be read as another {match.group(1)}"
    return ""


def named(line: str) -> bool:
    """Whether the line names a day that only the article's date explains."""
    return bool(_SAME_DAY.search(line) or _WEEKDAY.search(line))


def _misleads(weekday: int, written: date, on: date) -> bool:
    """Whether the weekday, past or to come when written, is another one when read."""
    past = written - timedelta(days=(written.weekday() - weekday) % 7)
    to_come = past + timedelta(days=7)
    return on < written or not (on - past < timedelta(days=7) and on < to_come)


def _same_period(period: str, written: date, on: date) -> bool:
    if period == "year":
        return written.year == on.year
    if period == "month":
        return (written.year, written.month) == (on.year, on.month)
    return written.isocalendar()[:2] == on.isocalendar()[:2]
