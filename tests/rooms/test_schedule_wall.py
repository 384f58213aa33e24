"""Wall times on the days when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.edition import SlotFlag
from digest.schedule.wall import instant

ZONES = sorted(available_timezones() - {"Factory", "localtime"})
FROM, TO = datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2033-12-31")
MOVED, FIRST, PLAIN = SlotFlag.MOVED, SlotFlag.FIRST_OF_TWO, SlotFlag.NONE


@pytest.mark.parametrize(
    ("zone", "wall", "expected", "flag"),
    [
        ("Europe/Dublin", "2026-03-29 01:30", "2026-03-29 01:00", MOVED),
        ("Europe/Dublin", "2026-10-25 01:30", "2026-10-25 00:30", FIRST),
        ("Europe/Dublin", "2026-06-01 07:00", "2026-06-01 06:00", PLAIN),
        ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:00", MOVED),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30", FIRST),
        ("America/New_York", "2026-03-09 00:00", "2026-03-09 04:00", PLAIN),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30", MOVED),
        ("Africa/Cairo", "2026-04-24 00:00", "2026-04-23 22:00", MOVED),
    ],
)
def test_the_known_clock_changes(zone: str, wall: str, expected: str, flag: SlotFlag) -> None:
    """The first of two instants, and the first valid one after a gap."""
    local = datetime.fromisoformat(wall)
    found = instant(local.date(), local.time(), ZoneInfo(zone))
    assert found == (datetime.fromisoformat(expected).replace(tzinfo=UTC), flag)


def test_a_day_that_never_was_has_no_instant() -> None:
    """Samoa went from 29 to 31 December 2011."""
    apia = ZoneInfo("Pacific/Apia")
    for hour in range(24):
        assert instant(date(2011, 12, 30), time(hour), apia)[0] is None
    assert instant(date(2011, 12, 31), time(0), apia)[0] is not None


def test_a_gap_before_midnight_moves_to_the_next_day() -> None:
    """Nuuk changes at 23:00: the slot fires, on the next local date."""
    nuuk = ZoneInfo("America/Nuuk")
    found, flag = instant(date(2026, 3, 28), time(23, 30), nuuk)
    assert found is not None and flag is MOVED
    assert found.astimezone(nuuk) == datetime(2026, 3, 29, 0, 0, tzinfo=nuuk)


@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2024, 1, 1), date(2033, 12, 31)),
    minutes=st.integers(0, 47),
)
def test_every_slot_has_one_instant_and_none_goes_back(zone: str, day: date, minutes: int) -> None:
    """A later wall time of the day never comes before an earlier one."""
    info = ZoneInfo(zone)
    half_hours = [time(n // 2, 30 * (n % 2)) for n in range(minutes, 48)]
    found = [instant(day, wall, info)[0] for wall in half_hours]
    assert all(at is not None for at in found)
    assert found == sorted(at for at in found if at is not None)


@given(
    zone=st.sampled_from(ZONES),
    at=st.datetimes(FROM, TO),
)
def test_an_instant_reads_back_as_its_wall_time(zone: str, at: datetime) -> None:
    """Unless it was moved, the instant shows exactly the planned wall time."""
    info = ZoneInfo(zone)
    wall = at.replace(microsecond=0)
    found, flag = instant(wall.date(), wall.time(), info)
    assert found is not None
    if flag is not MOVED:
        assert found.astimezone(info).replace(tzinfo=None) == wall
    else:
        assert (
            timedelta(0) < found.astimezone(info).replace(tzinfo=None) - wall <= timedelta(days=1)
        )
