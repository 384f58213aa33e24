"""English as it is read out."""

import re
from collections.abc import Callable

from num2words import num2words

from digest.text.languages import ENGLISH
from digest.text.languages.language import listed

_LARGEST = 15
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT_MONTHS = {month[:3]: month for month in _MONTHS.split("|")} | {"Sept": "September"}
_SCALES = {
    "k": "thousand", "m": "million", "mn": "million", "bn": "billion", "b": "billion",
    "tn": "trillion", "trn": "trillion",
}  # fmt: skip
_MONEY = {
    "€": ("euro", "euro", "cent"), "£": ("pound", "pounds", "pence"),
    "$": ("dollar", "dollars", "cents"),
}  # fmt: skip
_UNITS = {
    "km/h": "kilometres an hour", "kph": "kilometres an hour", "kmph": "kilometres an hour",
    "mph": "miles an hour", "m/s": "metres a second", "kg": "kilograms", "km": "kilometres",
    "cm": "centimetres", "mm": "millimetres", "ml": "millilitres", "mg": "milligrams",
    "sq km": "square kilometres", "sq ft": "square feet", "ft": "feet", "lb": "pounds",
    "lbs": "pounds", "oz": "ounces", "ha": "hectares", "kWh": "kilowatt hours", "MWh":
    "megawatt hours", "MW": "megawatts", "GW": "gigawatts", "kW": "kilowatts", "GB": "gigabytes",
    "TB": "terabytes", "Mb": "megabits", "hrs": "hours", "mins": "minutes", "secs": "seconds",
    "%": "percent", "°C": "degrees", "° C": "degrees", "°F": "degrees Fahrenheit", "°": "degrees",
    "p": "pence", "c": "cent", "pc": "percent",
}  # fmt: skip
_RACES = "hurdles|freestyle|sprint|final|race|butterfly|relay|backstroke|breaststroke|heats?"
_RACES += "|away|deep|high|tall|long|wide|above|below|from|underground|champion|gold|silver|bronze"
_ATTRIBUTE = re.compile(
    r"\s(?:deal|fund|plan|bill|loan|loss|profit|budget|investment|package|project|contract|takeover"
    r"|fine|settlement|boost|grant|scheme|bond|bailout|jackpot|reward|bail|debt|bid|fraud|fee)\b"
)
"""What a sum is said of: a five million euro deal."""
_FRACTIONS = {"1/2": "a half", "1/3": "a third", "2/3": "two thirds", "1/4": "a quarter",
              "3/4": "three quarters", "24/7": "twenty-four seven"}  # fmt: skip
_SHORT = {
    "Gda": "Garda", "Dr": "Doctor", "Prof": "Professor", "Rev": "Reverend", "Fr": "Father",
    "Sgt": "Sergeant", "Supt": "Superintendent", "Insp": "Inspector", "Det": "Detective",
    "Cllr": "Councillor", "Sen": "Senator", "Rep": "Representative", "Gov": "Governor",
    "Gen": "General", "Lt": "Lieutenant", "Capt": "Captain", "Col": "Colonel", "Hon": "Honourable",
    "St": "Saint", "Mt": "Mount", "Ft": "Fort", "Co": "County",
}  # fmt: skip
_LOWER = {
    "e.g.": "for example", "i.e.": "that is", "etc.": "et cetera", "approx.": "approximately",
    "vs.": "versus", "vs": "versus", "v.": "versus", "v": "versus", "w/": "with",
    "Ltd.": "Limited", "Ltd": "Limited", "Inc.": "Incorporated", "Jr.": "Junior", "Sr.": "Senior",
    "Jr": "Junior", "plc": "P L C", "Corp.": "Corporation", "Rd.": "Road", "Ave.": "Avenue",
}  # fmt: skip
_PRONOUNCED = listed(
    """
    AIDS ASEAN BAFTA BAFTAS BRICS COP COVID CRISPR DART DEFRA FEMA FIFA GIF HIQA IBEC ICE IKEA
    ISIL ISIS JPEG LASER LUAS MERS NAFTA NAMA NASA NATO NICE OFCOM OPEC PIN POTUS RADAR SAGA SAGE
    SARS SCUD SIM SIPTU SWAT TUSLA UEFA UNESCO UNICEF UNIFIL WADA ZIP
    """
)
_ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10,
    "XI": 11, "XII": 12, "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16, "XXIII": 23,
}  # fmt: skip
_NUMBER = r"\d+(?:,\d{3})*(?!\d)(?:\.\d+)?"


def say_number(figures: str) -> str:
    """A number in words; one with a leading nought, or of more digits than anybody says, figure by
    figure."""
    whole, _, part = figures.replace(",", "").partition(".")
    if len(whole) > _LARGEST or (len(whole) > 1 and whole[0] == "0"):
        said = " ".join(_cardinal(int(digit)) for digit in whole)
    else:
        said = _cardinal(int(whole or "0"))
    return f"{said} point {' '.join(_cardinal(int(d)) for d in part)}" if part else said


def spoken(text: str) -> str:
    """The text with every figure, sign and abbreviation as it is said."""
    for pattern, say in _RULES:
        text = pattern.sub(say, text)
    return text


def _cardinal(number: int) -> str:
    return str(num2words(number, lang="en")).replace(",", "")


def _ordinal(number: int) -> str:
    return str(num2words(number, to="ordinal", lang="en")).replace(",", "")


def _year(figures: str) -> str:
    number = int(figures)
    if 2000 <= number < 2010 or number % 1000 == 0:
        return _cardinal(number)
    return str(num2words(number, to="year", lang="en")).replace("oh-", "oh ")


def _decade(match: re.Match[str]) -> str:
    figures = match[1]
    said = _year(figures) if len(figures) == 4 else _cardinal(int(figures))
    return said[:-1] + "ies" if said.endswith("y") else said + "s"


def _time(match: re.Match[str]) -> str:
    hour, minutes, half = match[1], match[2] or "00", match[3] or ""
    said = _cardinal(int(hour))
    if minutes != "00":
        said += f" oh {_cardinal(int(minutes))}" if minutes[0] == "0" else ""
        said += f" {_cardinal(int(minutes))}" if minutes[0] != "0" else ""
    elif not half:
        said += " hundred" if int(hour) > 12 else " o’clock"
    return f"{said} {half[0].lower()} m" if half else said


def _money(match: re.Match[str]) -> str:
    sign, figures, scale = match["sign"], match["figures"], match["scale"] or ""
    one, many, small = _MONEY[sign]
    before = match.string[: match.start()]
    single = figures == "1" and not scale
    after = match.string[match.end() :]
    attribute = (
        bool(_ATTRIBUTE.match(after))
        or bool(re.search(r"\b(?:an?|the|this|that|one)\s$", before))
        and bool(re.match(r"\s[a-z]", after))
    )
    name = one if single or attribute else many
    whole, _, part = figures.partition(".")
    if len(part) == 2 and not scale:
        rest = f" {_cardinal(int(part))}" if int(part) else ""
        if whole == "0":
            return f"{_cardinal(int(part))} {small}"
        return f"{say_number(whole)} {one if whole == '1' else many}{rest}"
    said = say_number(figures)
    return f"{said} {_SCALES.get(scale.lower(), scale)} {name}" if scale else f"{said} {name}"


def _unit(match: re.Match[str]) -> str:
    unit = _UNITS[match[2]]
    singular = match[1] == "1" and match[2] not in ("%", "c", "pc")
    if singular:
        first, _, rest = unit.partition(" ")
        first = {"feet": "foot", "pence": "penny"}.get(first, first.removesuffix("s"))
        unit = f"{first} {rest}".strip()
    return f"{say_number(match[1])} {unit}"


def _letters(match: re.Match[str]) -> str:
    """An acronym letter by letter, unless people say it as a word or it is only shouted."""
    word, plural = match[1], match[2] or ""
    if word in _PRONOUNCED:
        return word + plural
    if word.lower() in ENGLISH.stop and word not in ("US", "IT", "AM"):
        return word.lower() + plural
    return " ".join(word) + plural


def _roman(match: re.Match[str]) -> str:
    number = _ROMAN[match[2]]
    if match[1] in ("War", "Act", "Part", "Phase", "Type", "Level", "Bowl", "Chapter", "Title"):
        return f"{match[1]} {_cardinal(number).capitalize()}"
    return f"{match[1]} the {_ordinal(number).capitalize()}"


def _day_month(match: re.Match[str]) -> str:
    article = "" if match.string[: match.start()].endswith("the ") else "the "
    return f"{article}{_ordinal(int(match[1]))} of {match[2]}"


def _rest(match: re.Match[str]) -> str:
    """A number that nothing else explains, apart from the letters beside it."""
    text = match.string
    glued = text[match.start() - 1 : match.start()].isalpha()
    gap = " " if glued or text[match.start() - 1 : match.start()] in ("-", ".") else ""
    tail = " " if text[match.end() : match.end() + 1].isalpha() else ""
    return gap + say_number(match.group()) + tail


_Say = Callable[[re.Match[str]], str]
_MONTH_SHORT = "|".join(_SHORT_MONTHS)
_RULES: tuple[tuple[re.Pattern[str], _Say], ...] = (
    (re.compile(r"%\s?[-–]\s?(?=\d)"), lambda m: "% to "),
    (re.compile(rf"\b({_MONTH_SHORT})\.(?=\s\d)"), lambda m: _SHORT_MONTHS[m[1]]),
    (re.compile(r"\bNos?\.?\s(?=\d)"), lambda m: "Number "),
    (
        re.compile(r"\b(\d{1,2})(?:[.:]([0-5]\d))?\s?([ap]\.?m)\b\.?", re.IGNORECASE),
        _time,
    ),
    (re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)()\b(?!:)"), _time),
    (
        re.compile(r"\b(\d{1,2})-(\d{1,2})(\s(?:to|v|versus)\s)(\d{1,2})-(\d{1,2})\b"),
        lambda m: (
            f"{say_number(m[1])} {say_number(m[2])}{m[3]}{say_number(m[4])} {say_number(m[5])}"
        ),
    ),
    (
        re.compile(
            rf"(?:US|A|C)?(?P<sign>[€£$])\s?(?P<figures>{_NUMBER})"
            r"(?:[\s-]?(?P<scale>thousand|million|billion|trillion|k|mn?|bn|b|trn|tn)\b)?",
            re.IGNORECASE,
        ),
        _money,
    ),
    (
        re.compile(rf"\b({_NUMBER})m(?=\s(?:{_RACES})\b)"),
        lambda m: f"{say_number(m[1])} metres",
    ),
    (
        re.compile(
            rf"(?<!\w)({_NUMBER})\s?({'|'.join(sorted(map(re.escape, _UNITS), key=len)[::-1])})"
            r"(?!\w)"
        ),
        _unit,
    ),
    (
        re.compile(rf"(?<!\w)({_NUMBER})(k|mn?|bn|trn|tn)\b"),
        lambda m: f"{say_number(m[1])} {_SCALES[m[2]]}",
    ),
    (re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s({_MONTHS})\b"), _day_month),
    (
        re.compile(rf"\b({_MONTHS})\s(\d{{1,2}})(?:st|nd|rd|th)?\b(?![\d:,.]*\d)"),
        lambda m: f"{m[1]} the {_ordinal(int(m[2]))}",
    ),
    (
        re.compile(rf"\b({_MONTHS})\s(\d{{1,2}})(?:st|nd|rd|th)?(?=,\s\d{{4}}\b)"),
        lambda m: f"{m[1]} the {_ordinal(int(m[2]))}",
    ),
    (re.compile(r"\b(\d{1,15})(?:st|nd|rd|th)(?![a-z])"), lambda m: _ordinal(int(m[1])) + " "),
    (re.compile(r"(?<![\d,.])[’']?((?:1[1-9]|20)\d0|[2-9]0)[’']?s\b"), _decade),
    (
        re.compile(r"\b((?:1[5-9]|20)\d\d)\s?[-–]\s?((?:1[5-9]|20)\d\d)\b"),
        lambda m: f"{m[1]} to {m[2]}",
    ),
    (
        re.compile(r"\b((?:1[5-9]|20)\d\d)[-–/](\d\d)\b"),
        lambda m: f"{_year(m[1])} {_cardinal(int(m[2]))}",
    ),
    (re.compile(rf"\b({'|'.join(_FRACTIONS)})\b(?!/)"), lambda m: _FRACTIONS[m[1]]),
    (re.compile(r"\b(\d{1,3})\s?[-–]\s?(\d{1,3})\b(?!-)"), lambda m: f"{m[1]} to {m[2]}"),
    (re.compile(r"(?<![\d,.:/-])((?:1[5-9]|20)\d\d)(?![\d,.]*\d)(?!\w)"), lambda m: _year(m[1])),
    (re.compile(r"\b(\d+)/(\d+)\b"), lambda m: f"{m[1]} out of {m[2]}"),
    (
        re.compile(rf"\b([A-Z][a-z]+)\s({'|'.join(sorted(_ROMAN, key=len)[:0:-1])})\b(?!\.)"),
        _roman,
    ),
    (
        re.compile(rf"\b({'|'.join(_SHORT)})\.?(?=\s[A-Z\u00c0-\u00de])"),
        lambda m: _SHORT[m[1]],
    ),
    (
        re.compile(
            rf"(?<!\S)({'|'.join(re.escape(w) for w in sorted(_LOWER, key=len)[::-1])})(?!\w)"
        ),
        lambda m: _LOWER[m[1]],
    ),
    (
        re.compile(r"\b(?:[^\W\d_]\.\s?){2,}(?=\s|$)|\b(?:[A-Z]\.){2,}|\b[A-Z]\.(?=\s[A-Z])"),
        lambda m: (
            re.sub(r"\s*\.\s*", " ", m.group()).strip()
            + ("." if m.end() == len(m.string) else " " if m.group().endswith(" ") else "")
        ),
    ),
    (re.compile(r"\band/or\b"), lambda m: "and or"),
    (re.compile(r"\b(\w+)/(\w+)\b"), lambda m: f"{m[1]} or {m[2]}"),
    (
        re.compile(r"\b([A-Z]{1,3})&([A-Z]{1,3})\b"),
        lambda m: f"{' '.join(m[1])} and {' '.join(m[2])}",
    ),
    (re.compile(r"\s?&\s?"), lambda m: " and "),
    (re.compile(r"\s?\+\s?(?=\w)"), lambda m: " plus "),
    (re.compile(r"@(?=\w)"), lambda m: " at "),
    (re.compile(r"(?<=[A-Za-z])[-–](?=\d)"), lambda m: " "),
    (re.compile(rf"{_NUMBER}|\d+"), _rest),
    (re.compile(r"\b([A-Z\u00c0-\u00de]{2,5})(s)?\b"), _letters),
    (re.compile(r"%"), lambda m: " percent"),
    (re.compile(r"[€£$]"), lambda m: " "),
)
