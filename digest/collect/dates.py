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
            "jan january janvier janv januar januari enero ene gennaio gen janeiro stycznia"
            " eanáir ean",
            "feb february février fevrier févr fév februar februari febrero febbraio fevereiro fev"
            " lutego feabhra feabh",
            "mar march mars märz maerz mrz mär marzo maart marts março marca márta",
            "apr april avril avr abril abr aprile kwietnia aibreán aib",
            "may mai mayo maggio mag mei maj maio maja bealtaine beal",
            "jun june juin juni junio giugno giu junho czerwca meitheamh meith",
            "jul july juillet juil juli julio luglio lug julho lipca iúil",
            "aug august août aout agosto ago augustus augusti sierpnia lúnasa lún",
            "sep sept september septembre septiembre settembre set setembro września fómhair",
            "oct october octobre oktober okt octubre ottobre ott outubro out października",
            "nov november novembre noviembre novembro listopada samhain samh",
            "dec december décembre déc dezember dez diciembre dic dicembre desember dezembro"
            " grudnia nollaig",
        ),
        start=1,
    )
    for name in names.split()
}
# RFC 822 fixes the first of these offsets, and the others mean one thing everywhere; every other
# run of letters means different places to different newsrooms, so the source's own zone decides.
_FIXED_ZONES = {
    **dict.fromkeys(("utc", "ut", "gmt", "z"), 0),
    **{"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7},
    **{"cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9, "kst": 9},
    **{"aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13},
}
_SOUND_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_SOUND_RFC = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d)"
    r" (?:GMT|UTC|Z|([+-])(\d\d)(\d\d))"
)
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
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?:[./]|\s*[年년]\s*)(?P<month>\d{1,2})(?:[./]|\s*[月월]\s*)"
    r"(?P<day>\d{1,2})(?:\s*[日일]|\b)(?P<time>.*)$",
    re.S,
)
_WEEK = re.compile(
    r"(?P<year>\d{4})-?W(?P<week>\d\d)(?:-?(?P<weekday>[1-7]))?(?:[T ](?P<time>.*))?$"
)
_DAY_OF_YEAR = re.compile(r"(?P<year>\d{4})-?(?P<number>\d{3})(?:[T ](?P<time>.*))?$")
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
_OFFSET = re.compile(
    r"(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)\b"
    r"|(?:GMT|UTC) ?(?P<side>[+-])(?P<far>\d{1,2})\b"
)
_LETTERS = re.compile(r"\b([A-Z]{1,5})\b")


def read(text: str, zone: str = "UTC") -> datetime | None:
    """The instant a date names; without an offset it is wall time in the zone; None if unreadable.

    Day comes before month in dd/mm/yyyy; a date without a time is midnight in the zone.
    """
    if (found := _sound(text)) is not None:
        return found
    text = _TIME_FIRST.sub(r"\g<day> \g<time>", " ".join(text.split())[:100])
    for form in (_ISO, _ASCTIME, _DAY_FIRST, _MONTH_FIRST, _NUMBERS, _YEAR_FIRST):
        if match := form.match(text):
            found = _instant(match.groupdict(), zone)
            if found is not None:
                return found
    for form in (_WEEK, _DAY_OF_YEAR):
        if match := form.match(text):
            return _counted(match.groupdict(), zone)
    return None


def _sound(text: str) -> datetime | None:
    """What nine dates in ten are: spelled by the book, with an offset."""
    try:
        if _SOUND_ISO.fullmatch(text):
            moment = datetime.fromisoformat(text).replace(microsecond=0)
        elif match := _SOUND_RFC.fullmatch(text):
            month = _MONTHS[match[2].lower()]
            day, year, hour, minute, second = (int(match[n]) for n in (1, 3, 4, 5, 6))
            size = timedelta(hours=int(match[8] or 0), minutes=int(match[9] or 0))
            offset = timezone(-size if match[7] == "-" else size)
            moment = datetime(year, month, day, hour, minute, second, tzinfo=offset)
        else:
            return None
        return moment.astimezone(UTC) if moment.year >= _FIRST_YEAR else None
    except (ValueError, OverflowError, KeyError):
        return None


def _instant(parts: dict[str, str | None], zone: str) -> datetime | None:
    name, year = parts.get("name"), int(parts["year"] or 0)
    month = _MONTHS.get(name.lower()) if name else int(parts.get("month") or 0)
    if not month:
        return None
    if len(parts["year"] or "") == 2:
        year += 2000 if year < 70 else 1900
    try:
        day = datetime(year, month, int(parts["day"] or 0), tzinfo=UTC)
    except ValueError:
        return None
    return _at(day, parts.get("time") or "", zone)


def _counted(parts: dict[str, str | None], zone: str) -> datetime | None:
    """A day told by its week or by its number in the year."""
    year = int(parts["year"] or 0)
    try:
        if "week" in parts:
            weekday = int(parts["weekday"] or 1)
            day = datetime.fromisocalendar(year, int(parts["week"] or 0), weekday)
        else:
            day = datetime(year, 1, 1, tzinfo=UTC) + timedelta(int(parts["number"] or 0) - 1)
    except (ValueError, OverflowError):
        return None
    same_year = "week" in parts or day.year == year
    return _at(day.replace(tzinfo=UTC), parts.get("time") or "", zone) if same_year else None


def _at(day: datetime, time: str, zone: str) -> datetime | None:
    if day.year < _FIRST_YEAR:
        return None
    try:
        moment, rest = _with_time(day, time)
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
        size = timedelta(
            hours=int(match["hours"] or match["far"]), minutes=int(match["minutes"] or 0)
        )
        return timezone(-size if "-" in (match["sign"], match["side"]) else size)
    local = _zone(zone)
    letters = _LETTERS.search(text.upper())
    if letters is None:
        return local
    fixed = _FIXED_ZONES.get(letters[1].lower())
    if fixed is None:
        return local
    own = {moment.replace(month=month, day=1, tzinfo=local).tzname() for month in (1, 7)}
    # "GMT" from a Dublin desk in July still says GMT: only the daylight letters are doubtful.
    return local if fixed and letters[1] in own else timezone(timedelta(hours=fixed))


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
