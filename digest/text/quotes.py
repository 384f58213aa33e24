"""Where quotations begin and end, whichever marks the paper uses."""

import re
from dataclasses import dataclass

_DOUBLE_OPEN = "“„«"
_DOUBLE_CLOSE = "”»"
_OPENING = re.compile(r"[\"'“„«‘]")
_MARK = re.compile(r"[\"'“”„«»‘’]")
_BEFORE_OPENING = " \t\n([{—–-/:"
_ELISIONS = ("em ", "til ", "tis ", "twas ", "cause ", "n ", "round ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One outermost quotation, its marks included."""

    start: int
    end: int
    closed: bool
    """False when the mark that ends it is missing: the rest of the text may be speech."""


def find(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order."""
    found: list[Quotation] = []
    at = 0
    while (start := _next_opening(text, at)) >= 0:
        end, closed = _end(text, start)
        if closed or text[start] not in "'‘" or start == 0:
            found.append(Quotation(start=start, end=end, closed=closed))
            at = end
        else:
            at = start + 1
    return tuple(found)


def balanced(text: str) -> bool:
    """Every quotation that begins in the text ends in it, and none ends that did not begin."""
    quotations = find(text)
    if not all(q.closed for q in quotations):
        return False
    outside = without(text)
    return not any(mark in outside for mark in '"“”„«»')


def without(text: str) -> str:
    """The text with its closed quotations left out: what the paper itself says."""
    kept: list[str] = []
    at = 0
    for quotation in find(text):
        if quotation.closed:
            kept.append(text[at : quotation.start])
            at = quotation.end
    return " ".join([*kept, text[at:]])


def _next_opening(text: str, at: int) -> int:
    marks = _OPENING.finditer(text, at)
    return next((mark.start() for mark in marks if _opens(text, mark.start())), -1)


def _opens(text: str, index: int) -> bool:
    char = text[index]
    if char in _DOUBLE_OPEN:
        return True
    if char not in "\"'‘":
        return False
    before = text[index - 1] if index else " "
    after = text[index + 1 : index + 2]
    if before not in _BEFORE_OPENING or not after or after.isspace():
        return False
    if char == '"':
        return True
    rest = text[index + 1 : index + 8].lower()
    return not rest.startswith(_ELISIONS) and not rest[:1].isdigit()


def _end(text: str, start: int) -> tuple[int, bool]:
    """Behind the closing mark and True, or where an unclosed quotation stops and False."""
    single = text[start] in "'‘"
    for mark in _MARK.finditer(text, start + 1):
        index = mark.start()
        if single:
            if text[index] in "'’" and _closes_single(text, index):
                return index + 1, True
        elif text[index] in _DOUBLE_CLOSE or (text[index] == '"' and _closes_double(text, index)):
            return index + 1, True
        elif text[index] in _DOUBLE_OPEN or text[index] == '"':
            return index, False
    return len(text), False


def _closes_double(text: str, index: int) -> bool:
    after = text[index + 1 : index + 2]
    return not text[index - 1].isspace() or not after or after.isspace()


def _closes_single(text: str, index: int) -> bool:
    before, after = text[index - 1], text[index + 1 : index + 2]
    if after.isalnum() or before.isspace():
        return False
    return not (before == "s" and after == " " and _closing_single_later(text, index))


def _closing_single_later(text: str, index: int) -> bool:
    """Whether "the players' union" is said inside a quotation that closes further on."""
    for later in range(index + 1, len(text)):
        if text[later] == "‘" or (text[later] == "'" and _opens(text, later)):
            return False
        if text[later] in "'’" and text[later - 1] in ".,!?":
            return True
    return False
