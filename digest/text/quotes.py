"""Where quotations begin and end, whichever marks the paper uses."""

import re
from dataclasses import dataclass
from functools import lru_cache

_CLOSING = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    '"': "”“",
    "‘": "’'",
    "'": "’'",
    "‚": "‘’'",
}
"""Opening mark -> the marks that end it; a straight double one ends all double quotations."""
_SINGLE = "'‘‚"
_OPENING = re.compile(f"[{''.join(_CLOSING)}]")
_MARK = re.compile("[\"'“”„«»‹›‘’‚]")
_BLANK = " \t\n\u00a0\u202f"
_BEFORE_OPENING = f"{_BLANK}([{{—–-/:¿¡"
_ELISIONS = ("em ", "til ", "tis ", "twas ", "cause ", "n ", "round ")
_WINDOW = 400
"""How far on a single quotation is looked for the mark that shows "players’" to be inside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One outermost quotation, its marks included."""

    start: int
    end: int
    closed: bool
    """False when the mark that ends it is missing: the rest of the text may be speech."""


@lru_cache(maxsize=4096)
def find(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order, in time that grows only with its length."""
    found: list[Quotation] = []
    never_closed: set[str] = set()
    at = 0
    while (start := _next_opening(text, at)) >= 0:
        mark = text[start]
        hopeless = mark in never_closed
        end, closed = (len(text), False) if hopeless else _end(text, start)
        if closed or mark not in _SINGLE or start == 0:
            found.append(Quotation(start=start, end=end, closed=closed))
            at = end
        else:
            never_closed.add(mark)
            at = start + 1
    return tuple(found)


def balanced(text: str) -> bool:
    """Every quotation that begins in the text ends in it, and none ends that did not begin."""
    quotations = find(text)
    if not all(q.closed for q in quotations):
        return False
    outside = without(text)
    return not any(mark in outside for mark in '"“”„«»‹›')


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
    if char in "“„«":
        return True
    before = text[index - 1] if index else " "
    after = text[index + 1 : index + 2]
    if not after or after.isspace():
        return False
    if char == '"' and before in "'’":
        return after.isalpha()
    if before not in _BEFORE_OPENING:
        return False
    if char in '"»‹›':
        return True
    rest = text[index + 1 : index + 8].lower()
    return not rest.startswith(_ELISIONS) and not rest[:1].isdigit()


def _end(text: str, start: int) -> tuple[int, bool]:
    """Behind the closing mark and True, or where an unclosed quotation stops and False."""
    opening = text[start]
    closing = _CLOSING[opening]
    for mark in _MARK.finditer(text, start + 1):
        index, char = mark.start(), mark.group()
        if opening in _SINGLE:
            if char in closing and _closes_single(text, index):
                return index + 1, True
        elif _closes_double(text, index, opening):
            return index + 1, True
        elif _begins_anew(text, index, opening):
            return index, False
    return len(text), False


def _closes_double(text: str, index: int, opening: str) -> bool:
    """A “ ends what a straight mark began only where no word follows; so does a straight mark."""
    char = text[index]
    if char == '"':
        return opening in '"“„' and _stands_behind(text, index)
    if char not in _CLOSING[opening]:
        return False
    return char != "“" or opening == "„" or _stands_behind(text, index)


def _begins_anew(text: str, index: int, opening: str) -> bool:
    """Whether a mark begins the next paragraph of the same speech, so this one has no end."""
    char = text[index]
    if opening in '"“„':
        return char in '"“„'
    return char == opening == "«"


def _stands_behind(text: str, index: int) -> bool:
    after = text[index + 1 : index + 2]
    return text[index - 1] not in _BLANK or not after or after.isspace()


def _closes_single(text: str, index: int) -> bool:
    before, after = text[index - 1], text[index + 1 : index + 2]
    if after.isalnum() or before.isspace():
        return False
    return not (before == "s" and after == " " and _closing_single_later(text, index))


def _closing_single_later(text: str, index: int) -> bool:
    """Whether "the players' union" is said inside a quotation that closes further on."""
    for later in range(index + 1, min(len(text), index + _WINDOW)):
        if text[later] == "‘" or (text[later] == "'" and _opens(text, later)):
            return False
        if text[later] in "'’" and text[later - 1] in ".,!?":
            return True
    return False
