"""Dates as feeds and pages write them."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.dates import read

WRITTEN = [
    ("Thu, 23 Feb 2023 09:00:00 +0000", "UTC", "2023-02-23T09:00:00"),
    ("Wed, 08 Jul 2026 07:15:00 IST", "Europe/Dublin", "2026-07-08T06:15:00"),
    ("Wed, 08 Jul 2026 07:15:00 IST", "Asia/Kolkata", "2026-07-08T01:45:00"),
    ("Wed, 08 Jul 2026 07:15:00 GMT", "Europe/Dublin", "2026-07-08T07:15:00"),
    ("Wed, 08 Jul 2026 07:15:00 BST", "Europe/London", "2026-07-08T06:15:00"),
    ("Wed, 08 Jul 2026 07:15:00 EDT", "Europe/London", "2026-07-08T11:15:00"),
    ("Tue, 28 Nov 2017 15:40:00 -0800", "Europe/Dublin", "2017-11-28T23:40:00"),
    ("08/07/2026 14:00", "Europe/Paris", "2026-07-08T12:00:00"),
    ("2026-07-08", "Europe/Dublin", "2026-07-07T23:00:00"),
    ("2026-07-08T07:15:00", "Europe/Dublin", "2026-07-08T06:15:00"),
    ("2026-07-08T07:15:00.123456+02:00", "UTC", "2026-07-08T05:15:00"),
    ("20240320T101112Z", "UTC", "2024-03-20T10:11:12"),
    ("2003-12-31T24:00:00Z", "UTC", "2004-01-01T00:00:00"),
    ("Thu, 01 Jan 04 19:48:21 GMT", "UTC", "2004-01-01T19:48:21"),
    ("Sun Jan  4 16:29:06 PST 2004", "UTC", "2004-01-05T00:29:06"),
    ("July 8, 2026 3:45 pm", "UTC", "2026-07-08T15:45:00"),
    ("07:15 on 8 Jul 2026", "UTC", "2026-07-08T07:15:00"),
    ("3. März 2021 10.30", "Europe/Berlin", "2021-03-03T09:30:00"),
    ("Fri, 01 Jan 2036 00:00:00 GMT", "UTC", "2036-01-01T00:00:00"),
    ("Thu, 01 Jan 2036 12:00:00 IST", "Europe/Dublin", "2036-01-01T12:00:00"),
    # An hour that does not exist counts on from before the change, one that exists twice is the
    # first of the two.
    ("2026-03-29T01:30:00", "Europe/Dublin", "2026-03-29T01:30:00"),
    ("2026-10-25T01:30:00", "Europe/Dublin", "2026-10-25T00:30:00"),
    ("2026-10-25T01:30:00+00:00", "Europe/Dublin", "2026-10-25T01:30:00"),
    ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25T00:30:00"),
    ("Wed, 08 Jul 2026 07:15:00 CEST", "Europe/Dublin", "2026-07-08T05:15:00"),
    ("Wed, 08 Jul 2026 07:15:00 CET", "Europe/Berlin", "2026-07-08T05:15:00"),
    ("Wed, 08 Jul 2026 07:15:00 GMT+2", "Europe/Dublin", "2026-07-08T05:15:00"),
    ("Wed, 08 Jul 2026 07:15:00 -0000", "Europe/Dublin", "2026-07-08T07:15:00"),
    ("Wed, 08 Jul 26 07:15 +0100", "UTC", "2026-07-08T06:15:00"),
    ("08 Jul 99 07:15:00 GMT", "UTC", "1999-07-08T07:15:00"),
    ("Wed, 8 July 2026", "Europe/Dublin", "2026-07-07T23:00:00"),
    ("31/12/2026", "Europe/Dublin", "2026-12-31T00:00:00"),
    ("2026/1/10 14:33:00", "Asia/Shanghai", "2026-01-10T06:33:00"),
    ("2026年1月10日 14:33", "Asia/Tokyo", "2026-01-10T05:33:00"),
    ("2026-W28-3", "UTC", "2026-07-08T00:00:00"),
    ("2026W28", "UTC", "2026-07-06T00:00:00"),
    ("2026-189T07:15:00Z", "UTC", "2026-07-08T07:15:00"),
    ("2026-07-08T07:15Z", "UTC", "2026-07-08T07:15:00"),
    ("2026-07-08T07:15:00.5Z", "UTC", "2026-07-08T07:15:00"),
    ("2026-07-08T07:15:00,123+0200", "UTC", "2026-07-08T05:15:00"),
    ("2026-07-08T07:15:60Z", "UTC", "2026-07-08T07:15:59"),
    ("8 juillet 2026 à 07h15", "Europe/Paris", "2026-07-08T05:15:00"),
    ("Mittwoch, 8. Juli 2026, 07:15 Uhr", "Europe/Berlin", "2026-07-08T05:15:00"),
    ("8 de julio de 2026 07:15", "Europe/Madrid", "2026-07-08T05:15:00"),
    ("8 luglio 2026", "Europe/Rome", "2026-07-07T22:00:00"),
    ("8 Iúil 2026 07:15", "Europe/Dublin", "2026-07-08T06:15:00"),
    ("8 lipca 2026, 07:15", "Europe/Warsaw", "2026-07-08T05:15:00"),
]


@pytest.mark.parametrize(("written", "zone", "wanted"), WRITTEN)
def test_dates_are_read_in_the_sources_zone(written: str, zone: str, wanted: str) -> None:
    """Offsets hold; without one, or with letters of several zones, the source's zone does."""
    assert read(written, zone) == datetime.fromisoformat(wanted).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "0001-01-01T00:00:00Z",
        "2026-13-40",
        "99/99/2026",
        "2026-W60-1",
        "2025-366",
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "32 Jul 2026",
        "8 Smarch 2026",
        "1752000000",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    """Words, impossible days and a program's "no date" give none."""
    assert read(text, "Europe/Dublin") is None


def test_an_unknown_zone_counts_as_utc() -> None:
    """A zone that does not exist stops nothing."""
    assert read("2026-07-08T07:15:00", "Mars/Base") == datetime(2026, 7, 8, 7, 15, tzinfo=UTC)


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2037, 12, 30)),  # noqa: DTZ001 (hypothesis wants naive)
    st.integers(-12 * 60, 14 * 60),
)
def test_every_rfc822_and_iso_date_comes_back(moment: datetime, minutes: int) -> None:
    """What the standard library writes, we read."""
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert read(format_datetime(aware), "Asia/Tokyo") == aware
    assert read(aware.isoformat(), "Asia/Tokyo") == aware


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    """Anything may stand where a date should."""
    found = read(text, "Europe/Dublin")
    assert found is None or found.tzinfo is UTC
