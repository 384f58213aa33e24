"""Days, months and years of a line: the same ones that the story means, by whatever word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from re import Pattern

from digest.summarise.gate.alignment import Aligned
from digest.summarise.gate.story import Facts
from digest.summarise.wording import Wording

_DAY_BEFORE = re.compile(r"(?<![\w.,:$€£])(\d{1,2})(?:st|nd|rd|th|er|\.)?(?:\s+(?:of|de))?\s+$")
_DAY_AFTER = re.compile(
    r"\.?\s+(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?\b(?![:.,]?\d)(?!\s?(?:%|am|pm))"
)
_REACH = 20
"""Characters before a month in which its day is looked for."""
_YEAR = re.compile(r"\.?,?\s+(?:(?:of|del?)\s+)?((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One day word: the first and last days that it may mean, as pairs."""

    text: str
    start: int
    end: int
    spans: tuple[tuple[date, date], ...]
    """Empty when only an unknown date would explain it."""
    name: str
    """The word in one form, for stories without a date."""


def find(text: str, wording: Wording, seen: date | None) -> list[Moment]:
    """The day words of a sentence that is written, or read, on a day."""
    found = [*_dated(text, wording, seen)]
    taken = [(m.start, m.end) for m in found]
    for moment in (*_weekdays(text, wording, seen), *_relative(text, wording, seen)):
        if not any(start < moment.end and moment.start < end for start, end in taken):
            found.append(moment)
    return sorted(found, key=lambda m: m.start)


def other_days(
    aligned: Aligned, source: Facts, *, written: date | None, on: date | None
) -> list[str]:
    """The line's day words that mean a day which the story does not tell of there."""
    wording = source.wording
    wrong = []
    here = find(aligned.line.text, wording, on or written)
    if not here:
        return []
    said = find(aligned.said.text, wording, written)
    for moment in here:
        if not (moment.spans or moment.name.startswith(wording.weekdays) or "/" in moment.name):
            continue
        if any(_agree(moment, other) for other in said) and not _moved(moment, said, here):
            continue
        elsewhere = [] if said and aligned.close else _around(aligned, source, written)
        if not any(_agree(moment, other) for other in elsewhere):
            wrong.append(moment.text)
    return wrong


def misleading(aligned: Aligned, source: Facts, written: date | None) -> str:
    """The line without the day words that it does not share with the story's sentence: those were
    set right for the day of reading, and `other_days` judges them."""
    text = aligned.line.text
    kept = {m.text.lower() for m in find(aligned.said.text, source.wording, written)}
    for moment in reversed(find(text, source.wording, written)):
        if moment.text.lower() not in kept:
            text = text[: moment.start] + "-" + text[moment.end :]
    return text


def _around(aligned: Aligned, source: Facts, written: date | None) -> list[Moment]:
    """What the rest of the story names, and the day on which it was written."""
    found = [m for said in source.sentences for m in find(said, source.wording, written)]
    if written is not None:
        found.append(_moment("", 0, 0, [(written, written)]))
    return found


def _moved(moment: Moment, said: Sequence[Moment], here: Sequence[Moment]) -> bool:
    """Two days of a sentence that changed places."""
    if len(said) != len(here) or len(said) < 2:
        return False
    return not _agree(moment, said[here.index(moment)])


def _agree(one: Moment, other: Moment) -> bool:
    """Whether the line's is the story's, or a longer time around it."""
    if one.name and (one.name == other.name or _of_month(one, other)):
        return True
    return any(a <= c and d <= b for a, b in one.spans for c, d in other.spans)


def _of_month(one: Moment, other: Moment) -> bool:
    """ "In November" of a story that says "on 24 November"."""
    return one.name.startswith("/") and other.name.endswith(one.name)


def _moment(text: str, start: int, end: int, spans: list[tuple[date, date]]) -> Moment:
    return Moment(text=text, start=start, end=end, spans=tuple(spans), name=text.lower())


def _weekdays(text: str, wording: Wording, seen: date | None) -> Iterator[Moment]:
    for match in wording.weekday.finditer(text):
        low = match.group().lower()
        if low not in wording.weekdays:
            continue
        spans = []
        if seen is not None:
            back = (seen.weekday() - wording.weekdays.index(low)) % 7
            last = seen - timedelta(days=back) if _within(seen, -back) else seen
            weeks = (-7, 0, 7) if last == seen else (0, 7)
            near = [last + timedelta(days=n) for n in weeks if _within(last, n)]
            spans = [(day, day) for day in near]
        yield _moment(match.group(), *match.span(), spans)


def _within(day: date, days: int) -> bool:
    return date.min.toordinal() <= day.toordinal() + days <= date.max.toordinal()


def _relative(text: str, wording: Wording, seen: date | None) -> Iterator[Moment]:
    for match in _listed(tuple(sorted(wording.relative_days))).finditer(text):
        days = wording.relative_days[" ".join(match.group().lower().split())]
        spans = []
        if seen is not None and _within(seen, days):
            day = seen + timedelta(days=days)
            spans = [(day, day)]
        yield _moment(match.group(), *match.span(), spans)
    for match in wording.period.finditer(text):
        spans = [] if seen is None else _period(match, seen, wording)
        yield _moment(match.group(), *match.span(), spans)


def _period(match: re.Match[str], seen: date, wording: Wording) -> list[tuple[date, date]]:
    """A week, month or year before, around or after the day."""
    said = match.group().lower().split()
    step = next((wording.period_steps[word] for word in said if word in wording.period_steps), 0)
    if match.lastgroup == "year":
        return _whole(seen.year + step, 1, 12)
    if match.lastgroup == "month":
        year, month = divmod(seen.year * 12 + seen.month - 1 + step, 12)
        return _whole(year, month + 1, month + 1)
    monday = seen.toordinal() - seen.weekday() + 7 * step
    if not 1 <= monday <= date.max.toordinal() - 7:
        return []
    return [(date.fromordinal(monday), date.fromordinal(monday + 6))]


def _whole(year: int, first: int, last: int) -> list[tuple[date, date]]:
    if not 1 <= year <= 9998:
        return []
    after = date(year + last // 12, last % 12 + 1, 1)
    return [(date(year, first, 1), after - timedelta(days=1))]


def _dated(text: str, wording: Wording, seen: date | None) -> Iterator[Moment]:
    """ "24 November", "November 24, 2015", "November"; "may" in small letters only as "3 may"."""
    numbers = {name: n for n, names in enumerate(wording.months, 1) for name in names}
    for match in _listed(tuple(sorted(numbers))).finditer(text):
        month = numbers[match.group().lower()]
        begins = max(0, match.start() - _REACH)
        before = _DAY_BEFORE.search(text, begins, match.start())
        if before is None and wording.months_capitalised and match.group()[0].islower():
            continue
        after = before or _DAY_AFTER.match(text, match.end())
        day = int(after[1]) if after else 0
        start = before.start() if before else match.start()
        end = max(match.end(), after.end() if after else 0)
        year = _YEAR.match(text, end)
        end = year.end() if year else end
        years = [int(year[1])] if year else _years(seen)
        spans = [span for y in years for span in _span(y, month, day)]
        name = f"{day or ''}/{month}"
        yield Moment(text=text[start:end], start=start, end=end, spans=tuple(spans), name=name)


def _years(seen: date | None) -> list[int]:
    """Without a year, those around the day, for "in December" may be the last or the next."""
    return [] if seen is None else [seen.year - 1, seen.year, seen.year + 1]


def _span(year: int, month: int, day: int) -> list[tuple[date, date]]:
    if not 1 <= year <= 9998:
        return []
    if not day:
        return _whole(year, month, month)
    try:
        return [(date(year, month, day), date(year, month, day))]
    except ValueError:
        return []


@cache
def _listed(words: tuple[str, ...]) -> Pattern[str]:
    found = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{found})\b" if words else r"(?!)", re.IGNORECASE)
