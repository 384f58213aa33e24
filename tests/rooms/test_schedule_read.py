"""What an editor may write, and the sentence for what cannot be read."""

from datetime import UTC, datetime

import pytest
from croniter import croniter
from hypothesis import given
from hypothesis import strategies as st

from digest.model.newsletter import ScheduleRule
from digest.schedule.plan import slots
from digest.schedule.read import problem
from digest.schedule.words import describe

START = datetime(2026, 3, 16, 0, 0, tzinfo=UTC)  # a Monday


def shown(text: str, count: int = 4) -> list[str]:
    """The first slots of a rule in UTC."""
    found = slots(ScheduleRule(text=text, timezone="UTC"), after=START, count=count)
    return [
        f"{s.local_date:%a %d %b} {s.local_time:%H:%M}" + (" -" * bool(s.skipped)) for s in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("weekdays 07:30", ["Mon 16 Mar 07:30", "Tue 17 Mar 07:30", "Wed 18 Mar 07:30"]),
        ("Weekends at 9:00", ["Sat 21 Mar 09:00", "Sun 22 Mar 09:00", "Sat 28 Mar 09:00"]),
        ("daily 18:30", ["Mon 16 Mar 18:30", "Tue 17 Mar 18:30", "Wed 18 Mar 18:30"]),
        ("every 6 hours 08:00–20:00", ["Mon 16 Mar 08:00", "Mon 16 Mar 14:00", "Mon 16 Mar 20:00"]),
        ("weekends every 2 hours 08:00-10:00", ["Sat 21 Mar 08:00", "Sat 21 Mar 10:00"]),
        ("Mon, Wed, Fri 12:15", ["Mon 16 Mar 12:15", "Wed 18 Mar 12:15", "Fri 20 Mar 12:15"]),
        ("tuesdays and thursdays 06:00", ["Tue 17 Mar 06:00", "Thu 19 Mar 06:00"]),
        ("fri-mon 06:00", ["Mon 16 Mar 06:00", "Fri 20 Mar 06:00", "Sat 21 Mar 06:00"]),
        ("1st Monday 09:00", ["Mon 06 Apr 09:00", "Mon 04 May 09:00", "Mon 01 Jun 09:00"]),
        ("last friday 17:00", ["Fri 27 Mar 17:00", "Fri 24 Apr 17:00", "Fri 29 May 17:00"]),
        ("last day 17:00", ["Tue 31 Mar 17:00", "Thu 30 Apr 17:00", "Sun 31 May 17:00"]),
        ("1st and 15th 09:00", ["Wed 01 Apr 09:00", "Wed 15 Apr 09:00", "Fri 01 May 09:00"]),
        ("31st 09:00", ["Tue 31 Mar 09:00", "Thu 30 Apr 09:00 -", "Sun 31 May 09:00"]),
        ("daily 07:30, 12:30", ["Mon 16 Mar 07:30", "Mon 16 Mar 12:30", "Tue 17 Mar 07:30"]),
        ("2026-12-24 10:00, 2026-12-31 09:30", ["Thu 24 Dec 10:00", "Thu 31 Dec 09:30"]),
        ("30 7 * * 1-5", ["Mon 16 Mar 07:30", "Tue 17 Mar 07:30", "Wed 18 Mar 07:30"]),
        ("30 7 * * 0", ["Sun 22 Mar 07:30", "Sun 29 Mar 07:30"]),
        ("30 7 * * 7", ["Sun 22 Mar 07:30", "Sun 29 Mar 07:30"]),
        ("0 9 * * fri#2", ["Fri 10 Apr 09:00", "Fri 08 May 09:00"]),
        ("SAT, SUN 09:00", ["Sat 21 Mar 09:00", "Sun 22 Mar 09:00"]),
        ("0 9 1 OCT *", ["Thu 01 Oct 09:00", "Fri 01 Oct 09:00"]),
        ("30th and 31st 09:00", ["Mon 30 Mar 09:00", "Tue 31 Mar 09:00", "Thu 30 Apr 09:00"]),
        ("0 9 l * *", ["Tue 31 Mar 09:00", "Thu 30 Apr 09:00"]),
    ],
)
def test_the_plain_forms(text: str, expected: list[str]) -> None:
    """Each form means what an editor means by it."""
    assert problem(text) == ""
    assert shown(text, len(expected)) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("weekdys 07:30", "did you mean 'weekdays'"),
        ("weekdays", "no time of day"),
        ("", "the schedule is empty"),
        ("daily 25:00", "'25:00' is no time of day"),
        ("weekdays 07:30 Europe/Dublin", "set it as `timezone:`"),
        ("weekdays 07:30 europe/dublin", "set it as `timezone:`"),
        ("weekdays 07:30 UTC", "set it as `timezone:`"),
        ("weekdays 07:30 EST", "set it as `timezone:`"),
        ("weekdays 07:30 +01:00", "set it as `timezone:`"),
        ("0 9 1 * 1", "set one of them to"),
        ("30 7 * *", "five fields"),
        ("0 30 7 * * *", "five fields"),
        ("0 9 ² * *", "the day of month '²' is not between 1 and 31"),
        ("every 2 hours", "from when until when"),
        ("weekdays every 2 hours 08:00", "from when until when"),
        ("61 9 * * *", "the minute '61' is not between 0 and 59"),
        ("5-1 9 * * *", "runs backwards"),
        ("every 2 hours 20:00-08:00", "runs backwards"),
        ("2026-02-30 10:00", "there is no day 2026-02-30"),
        ("mon, 15th 09:00", "of one kind"),
        ("40th 09:00", "at most 31 days"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(text: str, told: str) -> None:
    """The sentence says what is wrong and plans nothing."""
    assert told in problem(text)
    assert shown(text) == []


def test_weekday_numbers_are_crontabs_own() -> None:
    """`1-5` fires Monday to Friday, also in plain words."""
    assert describe("30 7 * * 1-5") == "Monday to Friday at 07:30"
    assert (
        describe("every 2 hours 08:00-20:00") == "every day at 08:00, 10:00 and so on until 20:00"
    )


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    """Whatever is typed is a rule or gets a sentence."""
    assert isinstance(problem(text), str)
    assert describe(text)


FIELD = st.sampled_from
CRON = st.tuples(
    FIELD(["0", "30", "*/20", "5,35", "10-12"]),
    FIELD(["7", "*/6", "8-10", "0,23"]),
    FIELD(["*", "1", "15", "28"]),
    FIELD(["*", "2", "jan-mar", "*/4"]),
    FIELD(["*", "*", "1-5", "sun", "7", "mon,thu", "*/3"]),
).filter(lambda f: f[2] == "*" or f[4] == "*")


@given(CRON)
def test_cron_lines_fire_when_croniter_says(fields: tuple[str, ...]) -> None:
    """In a zone without clock changes the two agree on the next ten runs."""
    text = " ".join(fields)
    ticks = croniter(text, START)
    found = slots(ScheduleRule(text=text, timezone="UTC"), after=START, count=10)
    assert [s.due_at for s in found if not s.skipped] == [
        ticks.get_next(datetime) for s in found if not s.skipped
    ]
