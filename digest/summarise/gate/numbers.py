"""Figures and number words by value and kind, and whether a line's are its story's."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from re import Pattern

from digest.summarise.wording import Wording

_FIGURE = re.compile(
    r"(?P<sign>[$€£¥₹])?\s?(?<!\w)(?P<digits>\d+(?:[.,:]\d+)*)"
    r"(?P<pair>\s?[–/-]\s?\d+(?![.,:]?\d))?"
)
_SCALED = re.compile(r"[ -]?([^\W\d_]+)")
_SIGNED_PERCENT = re.compile(r"\s?%")
_CLOCK = re.compile(r"\s?([ap])\.?\s?m\b\.?", re.IGNORECASE)
_CLOSE = 1e-13
_NEAR = 0.67
_MOST = 1e300
"""Figures beyond it are one number; arithmetic with them must not overflow."""
COUNTED = 2
"""Words for numbers up to this one are used too loosely to be held against a story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number as a text has it."""

    value: float
    also: float | None = None
    """The second of "5-4"."""
    kind: str
    """ "", "percent", "time", "order", "many" or the sign of a currency."""
    start: int
    end: int
    text: str
    word: bool
    """Written without figures."""

    @property
    def counts(self) -> bool:
        """It is held against the story; small numbers in words are used too loosely for that."""
        return not self.word or self.value > COUNTED


def find(text: str, wording: Wording) -> tuple[Number, ...]:
    """The numbers of a sentence in order."""
    figures = list(_figures(text, wording)) if any(map(str.isdigit, text)) else []
    taken = [(n.start, n.end) for n in figures]
    found = [
        n
        for n in _worded(text, wording)
        if not any(start < n.end and n.start < end for start, end in taken)
    ]
    return tuple(sorted((*figures, *found), key=lambda n: n.start)) if found else tuple(figures)


def same(one: Number, other: Number) -> bool:
    """Whether a line's number may stand for the story's other one: equal in value, and of kinds
    that go together."""
    if one.kind == "many" or other.kind == "many":
        return _many(one, other)
    alike = one.kind == other.kind or {one.kind, other.kind} <= {"", "order"}
    loose = {one.kind, other.kind} == {"", "time"} or "" in (one.kind, other.kind)
    return _equal(one, other) and (alike or (loose and "order" not in (one.kind, other.kind)))


def rounds(number: Number, exact: Number) -> bool:
    """Whether a number in a line is the story's with its last figures made zero."""
    if number.kind != exact.kind or number.also is not None or number.value < 10:
        return False
    size = 10.0 ** (math.floor(math.log10(number.value)))
    step = size if _even(number.value, size) else size / 10
    if not _even(number.value, step) or exact.value <= 0:
        return False
    ratio = exact.value / step
    return _NEAR < exact.value / number.value < 1 / _NEAR and any(
        math.isclose(way(ratio) * step, number.value, rel_tol=_CLOSE)
        for way in (math.floor, round, math.ceil)
    )


def _even(value: float, step: float) -> bool:
    return math.isclose(value / step, round(value / step), rel_tol=_CLOSE)


def _equal(one: Number, other: Number) -> bool:
    """A single number may be either of a pair: "5-4" is "five votes to four"."""
    if (one.also is None) != (other.also is None):
        pair, single = (one, other) if other.also is None else (other, one)
        return single.value in (pair.value, pair.also)
    return math.isclose(one.value, other.value, rel_tol=_CLOSE) and (
        one.also is None or other.also is None or one.also == other.also
    )


def _many(one: Number, other: Number) -> bool:
    """ "Thousands" may stand for any number from two thousand up to a thousand times that, but no
    such number for "thousands"."""
    if one.kind == other.kind:
        return one.value == other.value
    return one.kind == "many" and 2 * one.value <= other.value < 1000 * one.value


def _figures(text: str, wording: Wording) -> Iterator[Number]:
    for match in _FIGURE.finditer(text):
        sign, start, end = match["sign"] or "", match.start("digits"), match.end()
        clock = _CLOCK.match(text, end)
        if clock and not match["pair"]:
            value = _minutes(match["digits"], clock[1])
            yield _number(text, value, start, clock.end(), "time")
            continue
        factor, end = _factor(text, end, sign, wording)
        kind, end = _kind(text, end, sign, wording)
        if ":" in match["digits"] and not kind:
            yield _number(text, _minutes(match["digits"], ""), start, end, "time")
            continue
        second = re.sub(r"\D", "", match["pair"] or "")[:300]
        also = float(second) * factor if second else None
        yield _number(text, _value(match["digits"], wording) * factor, start, end, kind, also=also)


def _factor(text: str, end: int, sign: str, wording: Wording) -> tuple[float, int]:
    """A scale behind figures; one letter is a scale only behind a currency's sign."""
    scale = _SCALED.match(text, end)
    factor = wording.scales.get(scale[1].lower()) if scale else None
    if scale is None or factor is None or (len(scale[1]) == 1 and not sign):
        return 1.0, end
    return factor, scale.end()


def _kind(text: str, end: int, sign: str, wording: Wording) -> tuple[str, int]:
    """What is counted, and where the words end that say so."""
    if sign:
        return sign, end
    percent = _SIGNED_PERCENT.match(text, end) or wording.percent.match(text, end)
    if percent:
        return "percent", percent.end()
    after = _SCALED.match(text, end)
    if after and after[1].lower() in wording.currencies:
        return wording.currencies[after[1].lower()], after.end()
    ordinal = wording.ordinal_ending.match(text, end)
    return ("order", ordinal.end()) if ordinal else ("", end)


def _number(
    text: str, value: float, start: int, end: int, kind: str, *, also: float | None = None
) -> Number:
    written = text[start:end].strip()
    return Number(
        value=min(value, _MOST),
        also=also,
        kind=kind,
        start=start,
        end=end,
        text=written,
        word=False,
    )


def _value(digits: str, wording: Wording) -> float:
    """The number; what has several points or colons becomes a number of its own."""
    mark = wording.decimal_mark
    group = "," if mark == "." else "."
    plain = re.sub(rf"{re.escape(group)}(?=\d{{3}}(?!\d))", "", digits).replace(mark, ".")
    try:
        value = float(plain)
    except ValueError:
        return float(re.sub(r"\D", "", digits)[:300]) + 0.125
    return min(value, _MOST)


def _minutes(digits: str, half: str) -> float:
    """Minutes since midnight; without a.m. or p.m. as the clock says."""
    parts = [int(part[:4]) for part in re.split(r"\D+", digits) if part]
    hour, minute = parts[0], parts[1] if len(parts) > 1 else 0
    if half.lower() == "p" and hour < 12:
        hour += 12
    if half.lower() == "a" and hour == 12:
        hour = 0
    return hour * 60 + minute + 0.0625 * sum(parts[2:])


def _worded(text: str, wording: Wording) -> Iterator[Number]:
    """Runs of number words, such as "three hundred and fifty" or "half a million"."""
    known = _known(wording)
    if not known.search(text):
        return
    run: list[tuple[int, int, str]] = []
    for match in known.finditer(text):
        if run and not _joins(text[run[-1][1] : match.start()]):
            yield from _run(text, run, wording)
            run = []
        run.append((match.start(), match.end(), match.group().lower()))
    yield from _run(text, run, wording)


def _joins(between: str) -> bool:
    return between in (" ", "-", " and ", " and a ")


def _run(text: str, run: Sequence[tuple[int, int, str]], wording: Wording) -> Iterator[Number]:
    start, end = run[0][0], run[-1][1]
    words = [word for _, _, word in run]
    order = wording.ordinals.get(words[-1])
    if len(words) == 1 and words[0] in wording.many:
        yield _said(text, float(wording.many[words[0]]), start, end, "many")
        return
    if order is not None:
        total = _total(words[:-1], wording) if len(words) > 1 else 0.0
        yield _said(text, total + order, start, end, "order")
        return
    counted = [word for word in words if word not in wording.many and word not in wording.ordinals]
    if counted:
        kind, end = _kind(text, end, "", wording)
        yield _said(text, _total(counted, wording), start, end, kind)


def _said(text: str, value: float, start: int, end: int, kind: str) -> Number:
    return Number(
        value=min(value, _MOST), kind=kind, start=start, end=end, text=text[start:end], word=True
    )


def _total(words: Sequence[str], wording: Wording) -> float:
    """The value of number words in a row."""
    total = current = 0.0
    for word in words:
        scale = wording.scales.get(word)
        if scale is not None and scale >= 1000:
            total, current = total + max(current, 1.0) * scale, 0.0
        elif scale is not None:
            current = max(current, 1.0) * scale
        else:
            current += wording.number_words.get(word, 0)
    return total + current


def _known(wording: Wording) -> Pattern[str]:
    words: Mapping[str, object] = {
        **wording.number_words,
        **{word: 1 for word in wording.scales if len(word) > 3},
        **wording.ordinals,
        **wording.many,
    }
    return _alternation(tuple(sorted(words)))


@cache
def _alternation(words: tuple[str, ...]) -> Pattern[str]:
    listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"\b(?:{listed})\b" if words else r"(?!)", re.IGNORECASE)
