"""Dates as feeds and pages write them, read into aware UTC."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_FIRST_YEAR = 1900
"""Programs write year 1 for "no date"."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier januar enero gennaio januari eanáir ean",
            "feb february février fevrier februar febrero febbraio februari feabhra feabh",
            "mar march mars märz maerz marzo maart márta",
            "apr april avril abril aprile aibreán aib",
            "may mai mayo maggio mei bealtaine beal",
            "jun june juin juni junio giugno meitheamh meith",
            "jul july juillet juli julio luglio iúil",
            "aug august août aout agosto augustus lúnasa lún",
            "sep sept september septembre septiembre settembre",
            "oct october octobre oktober okt octubre ottobre",
            "nov november novembre noviembre samhain samh",
            "dec december décembre dezember dez diciembre dicembre nollaig",
        ),
        start=1,
    )
    for name in names.split()
}
# RFC 822 fixes these offsets; every other run of letters means different places to
# different newsrooms, so the source's own zone decides.
_FIXED_ZONES = {
    **dict.fromkeys(("utc", "ut", "gmt", "z"), 0),
    **{"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7},
}
_ISO = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)"
    r"(?:(?:[T ]|\s*,\s*)(?P<time>.*))?$",
    re.I | re.S,
)
_DAY_FIRST = re.compile(
    r"(?:\D*?,\s*)?(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º)?[\s-]+(?:de\s+|of\s+)?(?P<name>[^\W\d_]{3,})\.?,?"
    r"[\s-]+(?:de\s+)?(?P<year>\d{4}|\d{2})(?!:)\b(?P<time>.*)$",
    re.I | re.S,
)
_MONTH_FIRST = re.compile(
    r"(?:\D*?\s)??(?P<name>[^\W\d_]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+"
    r"(?P<year>\d{4})\b(?P<time>.*)$",
    re.I | re.S,
)
_ASCTIME = re.compile(
    r"(?:[^\W\d_]{3,},?\s+)?(?P<name>[^\W\d_]{3,})\s+(?P<day>\d{1,2})\s+"
    r"(?P<time>\d{1,2}:\d\d(?::\d\d)?(?:\s+[A-Z]{1,5})?)\s+(?P<year>\d{4})$",
    re.I,
)
_NUMBERS = re.compile(
    r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})\b(?P<time>.*)$", re.S
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?",
    re.I,
)
_COMPACT_TIME = re.compile(r"^(\d\d)(\d\d)(\d\d)(?!\d)")
_TIME_FIRST = re.compile(
    r"^(?P<time>\d{1,2}:\d\d\S*(?: [ap]m)?)(?:,| on| -| \|)?\s+(?P<day>.*\d{4})$", re.I
)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)\b")
_LETTERS = re.compile(r"\b([A-Z]{1,5})\b")


def read(text: str, zone: str = "UTC") -> datetime | None:
    """The instant a date names; without an offset it is wall time in the zone; None if unreadable.

    Day comes before month in dd/mm/yyyy; a date without a time is midnight in the zone.
    """
    text = _TIME_FIRST.sub(r"\g<day> \g<time>", " ".join(text.split())[:100])
    for form in (_ISO, _ASCTIME, _DAY_FIRST, _MONTH_FIRST, _NUMBERS):
        if match := form.match(text):
            found = _instant(match.groupdict(), zone)
            if found is not None:
                return found
    return None


def _instant(parts: dict[str, str | None], zone: str) -> datetime | None:
    name, year = parts.get("name"), int(parts["year"] or 0)
    month = _MONTHS.get(name.lower()) if name else int(parts.get("month") or 0)
    if not month:
        return None
    if len(parts["year"] or "") == 2:
        year += 2000 if year < 70 else 1900
    if year < _FIRST_YEAR:
        return None
    rest = parts.get("time") or ""
    try:
        day = datetime(year, month, int(parts["day"] or 0), tzinfo=UTC)
        moment, rest = _with_time(day, rest)
        return moment.replace(tzinfo=_offset(rest, moment, zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _with_time(day: datetime, text: str) -> tuple[datetime, str]:
    """The day with the clock time found in the text, and the text after it."""
    match = _TIME.search(_COMPACT_TIME.sub(r"\1:\2:\3", text))
    if match is None:
        return day, ""
    hour, minute = int(match["hour"]), int(match["minute"])
    if half := match["half"]:
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    # 24:00 is the end of the day, and feeds do write it.
    extra = timedelta(days=1) if hour == 24 else timedelta()
    moment = day.replace(hour=hour % 24 if hour == 24 else hour, minute=minute)
    return moment.replace(second=min(int(match["second"] or 0), 59)) + extra, match.string[
        match.end() :
    ]


def _offset(text: str, moment: datetime, zone: str) -> tzinfo:
    if match := _OFFSET.search(text):
        size = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"]))
        return timezone(-size if match["sign"] == "-" else size)
    local = _zone(zone)
    letters = _LETTERS.search(text.upper())
    if letters is None:
        return local
    own = {moment.replace(month=month, day=1, tzinfo=local).tzname() for month in (1, 7)}
    fixed = _FIXED_ZONES.get(letters[1].lower())
    # "GMT" from a Dublin desk in July still says GMT: only the daylight letters are doubtful.
    if fixed == 0 or (fixed is not None and letters[1] not in own):
        return timezone(timedelta(hours=fixed))
    return local


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
