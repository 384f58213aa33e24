"""Words such as "yesterday" and "on Thursday": right on some days, wrong on others."""

import re
from datetime import UTC, date, timedelta, tzinfo

from digest.model.news import Article
from digest.summarise.wording import Wording


def published_on(article: Article, zone: tzinfo = UTC) -> date | None:
    """The newsroom's calendar day on which the article was published, None when not known."""
    return article.published.astimezone(zone).date() if article.published else None


def problem(line: str, wording: Wording, *, written: date | None, on: date | None) -> str:
    """Which day word of a line written on one day would mislead on another; "" for none.

    Without either date "today" and its like cannot be trusted, while a weekday stays what it was
    in the article.
    """
    if written is not None and written == on:
        return ""
    same_day = wording.same_day.search(line)
    if same_day:
        return f"“{same_day.group()}” would be wrong or unclear on the day of the bulletin"
    if written is None or on is None:
        return ""
    for match in wording.weekday.finditer(line):
        if weekday_misleads(wording.weekdays.index(match.group().lower()), written, on):
            return f"“{match.group()}” would be read as another day"
    for match in wording.period.finditer(line):
        if not _same_period(match, written, on):
            return f"“{match.group()}” would be read as another time"
    return ""


def named(line: str, wording: Wording) -> bool:
    """Whether the line names a day that only the article's date explains."""
    return bool(wording.same_day.search(line) or wording.weekday.search(line))


def weekday_misleads(weekday: int, written: date, on: date) -> bool:
    """Whether the weekday, past or to come when written, is another one when read."""
    past = latest(weekday, written)
    to_come = past + timedelta(days=7)
    return on < written or not (on - past < timedelta(days=7) and on < to_come)


def latest(weekday: int, written: date) -> date:
    """The last such weekday up to the day of writing, which may be that day itself."""
    return written - timedelta(days=(written.weekday() - weekday) % 7)


def _same_period(match: re.Match[str], written: date, on: date) -> bool:
    if match.lastgroup == "year":
        return written.year == on.year
    if match.lastgroup == "month":
        return (written.year, written.month) == (on.year, on.month)
    return written.isocalendar()[:2] == on.isocalendar()[:2]
