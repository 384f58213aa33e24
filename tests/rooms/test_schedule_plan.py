"""The planner: order, holidays, skipped dates, and an end for rules without a slot."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ConfigError
from digest.model.edition import Occurrence, SlotFlag
from digest.model.newsletter import HolidayRule, Holidays, IfLate, LateRule, ScheduleRule
from digest.schedule.late import Fate, decide
from digest.schedule.plan import slots
from tests.builders import NOW, occurrence

START = datetime(2026, 3, 16, 0, 0, tzinfo=UTC)


def rule(text: str = "weekdays 07:00", zone: str = "Europe/Dublin", **more: Any) -> ScheduleRule:
    """A rule in Dublin."""
    return ScheduleRule(text=text, timezone=zone, **more)


def test_the_clock_change_moves_the_instant_not_the_wall_time() -> None:
    """07:00 in Dublin is 07:00Z in winter and 06:00Z in summer."""
    found = slots(rule("daily 07:00"), after=datetime(2026, 3, 28, tzinfo=UTC), count=2)
    assert [s.due_at.hour for s in found if s.due_at] == [7, 6]


def test_a_holiday_is_skipped_with_its_name() -> None:
    """St Patrick's Day 2026 is a Tuesday."""
    holidays = Holidays(country="IE", rule=HolidayRule.SKIP)
    found = slots(rule(holidays=holidays), after=START, count=3)
    assert [bool(s.skipped) for s in found] == [False, True, False]
    assert "Patrick" in found[1].skipped


def test_a_holiday_moves_to_the_next_working_day() -> None:
    """A Monday-only letter on Easter Monday goes out on the Tuesday, once."""
    holidays = Holidays(country="IE", rule=HolidayRule.MOVE)
    found = slots(
        rule("mondays 07:00", holidays=holidays), after=datetime(2026, 4, 1, tzinfo=UTC), count=2
    )
    assert [(s.local_date, s.flag) for s in found] == [
        (date(2026, 4, 7), SlotFlag.HOLIDAY_MOVED),
        (date(2026, 4, 13), SlotFlag.NONE),
    ]


def test_a_moved_slot_never_doubles_an_existing_one() -> None:
    """A daily letter moved onto a day that has its own slot stays one."""
    holidays = Holidays(dates=frozenset({date(2026, 3, 17)}), rule=HolidayRule.MOVE)
    found = slots(rule(holidays=holidays), after=START, until=START + timedelta(days=4))
    keys = [(s.local_date, s.local_time) for s in found]
    assert keys == [(date(2026, 3, day), time(7)) for day in (16, 18, 19)]


def test_paused_and_left_out_slots_are_shown_with_the_reason() -> None:
    """Pausing keeps planning; a left-out date leaves the rest alone."""
    paused = slots(rule(paused=True), after=START, count=2)
    assert [s.skipped for s in paused] == ["paused", "paused"]
    left = slots(rule(skip_dates=frozenset({date(2026, 3, 17)})), after=START, count=2)
    assert [s.skipped for s in left] == ["", "left out by the editors"]


def test_a_slot_moved_over_a_long_closure_is_planned_all_through_it() -> None:
    """Shut for 25 days: asked on any day before it, the moved slot is the same."""
    shut = frozenset(date(2026, 8, 1) + timedelta(days=n) for n in range(25))
    summer = rule("1st 09:00", holidays=Holidays(dates=shut, rule=HolidayRule.MOVE))
    for day in (1, 2, 14, 20, 25):
        (found,) = slots(summer, after=datetime(2026, 8, day, 12, tzinfo=UTC), count=1)
        assert (found.local_date, found.flag) == (date(2026, 8, 26), SlotFlag.HOLIDAY_MOVED)


def test_a_month_too_short_for_two_of_the_days_shows_one_slot() -> None:
    """February has neither a 30th nor a 31st: one slot says so, for a slot is one wall time."""
    found = slots(rule("30th and 31st 09:00"), after=datetime(2026, 2, 1, tzinfo=UTC), count=2)
    assert [(s.local_date, s.skipped) for s in found] == [
        (date(2026, 2, 28), "February has no day 30 or 31"),
        (date(2026, 3, 30), ""),
    ]


def test_of_slots_that_a_gap_brings_to_one_instant_the_last_runs() -> None:
    """On the spring day 01:00, 01:30 and 02:00 are one moment, and readers get one edition."""
    found = slots(
        rule("every 30 minutes 00:30-02:30"), after=datetime(2026, 3, 29, tzinfo=UTC), count=5
    )
    assert [s.due_at and f"{s.due_at:%H:%M}" for s in found] == [
        *("00:30", "01:00", "01:00", "01:00", "01:30")
    ]
    assert [bool(s.skipped) for s in found] == [False, True, True, False, False]
    assert "the 02:00 slot comes at this moment" in found[1].skipped


def test_slots_that_leave_their_date_meet_those_of_the_next() -> None:
    """Nuuk's 23:30 of the change day falls on midnight, where the next day's slot is."""
    found = slots(
        rule("daily 00:00, 23:30", "America/Nuuk"),
        after=datetime(2026, 3, 28, 12, tzinfo=UTC),
        count=2,
    )
    assert found[0].due_at == found[1].due_at
    assert [(s.local_date.day, bool(s.skipped)) for s in found] == [(28, True), (29, False)]


def test_a_last_day_years_away_is_reached_when_asked() -> None:
    """With an end given, that end is the horizon."""
    end = START + timedelta(days=8 * 366)
    found = slots(rule("daily 07:00"), after=START, until=end)
    assert found[-1].local_date == end.date() - timedelta(days=1)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (rule(zone="Europe/Dubln"), "'Europe/Dubln' is no time zone"),
        (rule(holidays=Holidays(country="XX", rule=HolidayRule.SKIP)), "holidays for 'XX'"),
        (rule(holidays=Holidays(country="GB-QQ", rule=HolidayRule.SKIP)), "holidays for 'GB-QQ'"),
    ],
)
def test_what_nobody_checked_before_is_refused_in_a_sentence(bad: ScheduleRule, told: str) -> None:
    """A zone or country that does not exist is a mistake in the configuration, named."""
    with pytest.raises(ConfigError, match=told):
        slots(bad, after=START, count=1)


def test_a_rule_without_a_slot_ends() -> None:
    """Single dates in the past plan nothing, and planning comes to an end."""
    assert slots(rule("2020-01-01 10:00"), after=START, count=5) == ()
    never = slots(rule("0 0 30 2 *"), after=START, count=50)
    assert never and all(slot.skipped == "February has no day 30" for slot in never)


def test_a_day_the_zone_never_had_is_a_skipped_slot() -> None:
    """Apia, 30 December 2011: shown, with the reason, and never due."""
    found = slots(
        rule("daily 10:00", "Pacific/Apia"), after=datetime(2011, 12, 29, tzinfo=UTC), count=3
    )
    gone = [s for s in found if s.due_at is None]
    assert [s.local_date for s in gone] == [date(2011, 12, 30)]
    assert "does not exist in Pacific/Apia" in gone[0].skipped


FROM, TO = datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2031-01-01")
TEXTS = st.sampled_from(
    ["daily 01:30", "weekdays 02:15", "every 1 hours 00:00-23:00", "last day 23:30", "31st 00:00",
     "1st monday 02:30", "*/30 0-3 * * *"]
)  # fmt: skip
ZONES = st.sampled_from(
    ["Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "America/Nuuk", "Africa/Cairo"]
)


@given(
    text=TEXTS,
    zone=ZONES,
    start=st.datetimes(FROM, TO),
    steps=st.lists(st.integers(1, 40), min_size=1, max_size=6),
)
def test_the_preview_is_what_then_fires(
    text: str, zone: str, start: datetime, steps: list[int]
) -> None:
    """Planned in one go or day by day on a walking clock, the slots are the same, each once."""
    after = start.replace(tzinfo=UTC)
    end = after + timedelta(days=sum(steps))
    preview = slots(rule(text, zone), after=after, until=end)
    walked = []
    for days in steps:
        until = after + timedelta(days=days)
        walked += slots(rule(text, zone), after=after, until=until)
        after = until
    assert tuple(walked) == preview
    keys = [(s.local_date, s.local_time) for s in preview]
    assert len(keys) == len(set(keys))
    due = [s.due_at for s in preview if s.due_at]
    assert due == sorted(due)


def late(minutes: int, number: int = 1) -> Occurrence:
    """A slot that was due some minutes ago."""
    return occurrence(id=number, due_at=NOW - timedelta(minutes=minutes))


def test_a_slot_in_its_cutoff_runs() -> None:
    """Ten minutes early, with the draft due, is on time."""
    verdicts = decide([late(-10)], LateRule(), now=NOW, last_tick=NOW)
    assert [v.fate for v in verdicts] == [Fate.RUN]


def test_several_missed_slots_come_down_to_the_newest() -> None:
    """After an hour's stop one edition goes out, and the other slot says why it did not."""
    found = decide([late(60, 1), late(30, 2)], LateRule(), now=NOW, last_tick=NOW)
    assert [v.fate for v in found] == [Fate.SKIP, Fate.RUN]
    assert "the slot after it was missed too" in found[0].because


def test_too_late_is_skipped_or_asked_by_rule() -> None:
    """Beyond the window the rule's word holds."""
    recent = NOW - timedelta(minutes=60)
    for otherwise, fate in ((IfLate.SKIP, Fate.SKIP), (IfLate.ASK, Fate.ASK)):
        window = LateRule(run_within=timedelta(hours=2), otherwise=otherwise)
        found = decide([late(180)], window, now=NOW, last_tick=recent)
        assert [v.fate for v in found] == [fate]


def test_after_a_long_stop_or_a_restored_backup_an_editor_decides() -> None:
    """Claims made after a backup are unknown, so nothing overdue goes out by itself."""
    found = decide([late(30)], LateRule(), now=NOW, last_tick=NOW - timedelta(hours=9))
    assert [v.fate for v in found] == [Fate.ASK]


def test_too_late_after_a_long_stop_still_follows_the_rule() -> None:
    """What would not run anyway needs no editor, unless the rule wants one."""
    found = decide([late(180)], LateRule(), now=NOW, last_tick=NOW - timedelta(days=3))
    assert [v.fate for v in found] == [Fate.SKIP]


def test_zones_are_read_by_name() -> None:
    """The preview names the local date of the zone, not the machine's."""
    found = slots(rule("daily 00:30", "Pacific/Auckland"), after=START, count=1)
    assert found[0].due_at is not None
    assert found[0].due_at.astimezone(ZoneInfo("Pacific/Auckland")).time() == time(0, 30)
