"""Day words: the same day when read as when written, or no line."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarise.retell import retell
from digest.summarise.wording import ENGLISH

WRITTEN = date(2026, 11, 18)
"""A Wednesday."""
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = (
    "January February March April May June July August September October November December"
).split()


def told(line: str, on: date, written: date = WRITTEN) -> str:
    """The line as read on that day, "" when it may not be printed."""
    retold = retell(line, ENGLISH, written=written, on=on)
    return "" if retold.problem else retold.text


@pytest.mark.parametrize(
    ("written", "days", "read"),
    [
        ("Ada voted yesterday to stay.", 0, "Ada voted yesterday to stay."),
        ("Ada voted yesterday to stay.", 1, "Ada voted on Tuesday to stay."),
        ("Ada voted yesterday to stay.", 10, "Ada voted on 17 November to stay."),
        ("Yesterday, Ada voted to stay.", 1, "On Tuesday, Ada voted to stay."),
        ("Ada was shot last night.", 1, "Ada was shot on Tuesday night."),
        ("Ada was shot last night.", 9, "Ada was shot on the night of 17 November."),
        ("Ada said this morning that she won.", 1, "Ada said on Wednesday morning that she won."),
        ("Ada met them tonight.", 1, "Ada met them on Wednesday night."),
        ("Ada met them early today.", 2, "Ada met them early on Wednesday."),
        ("Yesterday’s meeting was long.", 1, "Tuesday’s meeting was long."),
        ("The road was closed since yesterday.", 1, "The road was closed since Tuesday."),
        ("The bridge will close tomorrow.", 1, "The bridge will close today."),
        ("They spoke ahead of tomorrow’s vote.", 1, "They spoke ahead of today’s vote."),
        ("Ada will speak on Thursday.", 1, "Ada will speak today."),
        ("Ada was held on Thursday.", 1, "Ada was held on 12 November."),
        ("Ada was held on Wednesday.", 1, "Ada was held on Wednesday."),
        ("Ada was held on Wednesday.", 7, "Ada was held on 18 November."),
        ("Ada is free, they said Wednesday.", 8, "Ada is free, they said on 18 November."),
        ("It closed on Wednesday, 18 November.", 8, "It closed on Wednesday, 18 November."),
        ("Prices rose last month.", 20, "Prices rose in October."),
        ("Prices rose last year.", 60, "Prices rose in 2025."),
        ("A museum will open next year.", 60, "A museum will open in 2027."),
    ],
)
def test_a_day_word_is_set_right(written: str, days: int, read: str) -> None:
    """Written on Wednesday 18 November, read so many days later."""
    assert told(written, WRITTEN + timedelta(days=days)) == read


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("The bridge will close today.", 1),
        ("The bridge will close tomorrow.", 2),
        ("A man has been arrested today.", 1),
        ("Ministers agreed to meet today.", 1),
        ("The court sits today.", 1),
        ("The bridge closed in May, and today the council is to meet.", 1),
        ("He said “we met yesterday” in Cork.", 1),
        ("Ada will speak on Thursday.", 5),
        ("Ada was remanded until Thursday.", 1),
        ("Ada was due to speak on Thursday.", 1),
        ("Ada is to speak on Thursday.", 1),
        ("Ada was picked for Thursday’s game.", 1),
        ("A Good Friday deal was signed.", 2),
        ("Ada left two hours ago.", 1),
        ("Ada spoke last week.", 7),
        ("Ada spoke last Thursday.", 2),
        ("Ada met Bo at the Thursday event.", 1),
        ("Ada sang more often than today.", 1),
        ("Today, years after it sank, the ship is found.", 1),
        ("Ada will speak later this year.", 60),
    ],
)
def test_a_doubtful_day_word_is_not_printed(line: str, days: int) -> None:
    """What lies ahead, is said by somebody, is part of a name or has two meanings stays refused."""
    assert not told(line, WRITTEN + timedelta(days=days))


@pytest.mark.parametrize(
    "line", ["The Today programme was cut.", "Ada reads the Sunday Times.", "Ada spoke in Cork."]
)
def test_names_are_left_alone(line: str) -> None:
    """Capitals inside a sentence name a programme or a paper."""
    assert retell(line, ENGLISH, written=WRITTEN, on=WRITTEN + timedelta(days=9)).text == line


def test_without_both_dates_nothing_is_changed() -> None:
    """Neither when the day of reading is unknown nor when it comes before the day of writing."""
    for on in (None, WRITTEN - timedelta(days=1)):
        retold = retell("Ada left yesterday.", ENGLISH, written=WRITTEN, on=on)
        assert (retold.text, bool(retold.problem)) == ("Ada left yesterday.", True)


_DAY = st.dates(date(2024, 1, 1), date(2028, 12, 31))
_PAST = {
    "yesterday": -1,
    "last night": -1,
    "today": 0,
    "this morning": 0,
    "tonight": 0,
    **{f"on {name}": None for name in WEEKDAYS},
}


@given(_DAY, st.integers(min_value=0, max_value=500), st.sampled_from(sorted(_PAST)))
def test_the_line_names_the_same_day(written: date, later: int, said: str) -> None:
    """Of any two days: whoever reads the line thinks of the day that its writer meant."""
    on = written + timedelta(days=later)
    text = told(f"Ada left {said} for good.", on, written)
    step = _PAST[said]
    if step is None:
        back = (written.weekday() - WEEKDAYS.index(said.removeprefix("on "))) % 7
        step = -back
    assert text, "past days can always be told"
    assert _meant(text, on) == written + timedelta(days=step)


@given(_DAY, st.integers(min_value=0, max_value=40), st.sampled_from(["tomorrow", *WEEKDAYS]))
def test_a_day_ahead_is_never_read_as_another(written: date, later: int, said: str) -> None:
    """What will happen is only told while it is still to come, and then of the same day."""
    on = written + timedelta(days=later)
    phrase = said if said == "tomorrow" else f"on {said}"
    text = told(f"Ada will leave {phrase} for good.", on, written)
    ahead = 1 if said == "tomorrow" else (WEEKDAYS.index(said) - written.weekday()) % 7
    meant = written + timedelta(days=ahead)
    if text and later and ahead:
        assert meant >= on
        assert "today" in text if meant == on else phrase in text


def _meant(line: str, on: date) -> date:
    """The day a reader takes a line about the past to mean."""
    dated = re.search(r"(\d{1,2}) ([A-Z][a-z]+)(?: (\d{4}))?", line)
    if dated:
        month = MONTHS.index(dated[2]) + 1
        years = [int(dated[3])] if dated[3] else [on.year, on.year - 1]
        days = [
            date(year, month, int(dated[1])) for year in years if _exists(year, month, dated[1])
        ]
        return max(day for day in days if day <= on)
    named = re.search(f"on ({'|'.join(WEEKDAYS)})", line)
    if named:
        return on - timedelta(days=(on.weekday() - WEEKDAYS.index(named[1])) % 7)
    return on - timedelta(days="yesterday" in line or "last night" in line)


def _exists(year: int, month: int, day: str) -> bool:
    try:
        date(year, month, int(day))
    except ValueError:
        return False
    return True
