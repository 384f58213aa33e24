"""Shorten news text without breaking it: whole sentences first, else a cut that tells no lie."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

import regex

from digest.text import quotes
from digest.text.plain import one_line
from digest.text.sentences import split

Fits = Callable[[str], bool]

_GAP = re.compile(r"(?<=\S) (?=\S)")
_LAST_WORD = re.compile(r"\S+\Z")
_FIRST_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"[\"'“‘(]?[^\w\s]?\d")
_SMALL_WORDS = frozenset(
    "a about after an and are as at be because before but by for from had has have he her his if in"
    " into is it its nor not of on or over she so than that the their they this to under until was"
    " were when where which while who whose will with without would".split()
)
"""A cut never leaves one of these dangling."""
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_GRAPHEME = regex.compile(r"\X")


def clean(text: str) -> str:
    """One line without control characters: what may stand in a post."""
    return one_line(text.replace("\ufffe", "").replace("\uffff", ""))


def choose(line: str, headline: str, *, fits: Fits) -> str:
    """The best wording that fits: the line, its first sentences, the headline, or a cut."""
    line, headline = clean(line), clean(headline)
    sentences = split(line)
    whole = [" ".join(sentences[:count]) for count in range(len(sentences) - 1, 0, -1)]
    for wording in (line, *whole, headline):
        if wording and fits(wording):
            return wording
    return cut(line, fits=fits) or cut(headline, fits=fits) or _hard_cut(headline or line, fits)


def cut(text: str, *, fits: Fits) -> str:
    """As many whole words as fit, with "…": never inside a link, name, number or quotation.

    The text itself when it fits, "" when no cut is honest.
    """
    if fits(text):
        return text
    ends = [gap.start() for gap in _GAP.finditer(text)]
    room = bisect_right(ends, False, key=lambda end: not fits(_closed(text, end)))
    quoted = [(q.start, q.end) for q in quotes.find(text)]
    for end in reversed(ends[:room]):
        if not any(a < end < b for a, b in quoted) and _is_seam(text, end):
            return _closed(text, end)
    return ""


def _closed(text: str, end: int) -> str:
    """The text up to there, its last mark gone, with the mark of a cut."""
    return text[:end].rstrip(" ,;:.–—-") + "…"


def _is_seam(text: str, end: int) -> bool:
    """Whether the words on both sides of the gap can part."""
    last, following = _words(text, end)
    bare = last.strip("\"'“”‘’()[],;:.").lower()
    if bare in _SMALL_WORDS:
        return False
    if _NUMBER.match(last) and last[-1] not in ",;:.":
        return False
    if _NUMBER.match(following) and bare in _MONTHS:
        return False
    parts = last[-1] in ",;:.)–—"
    return parts or not (_is_name(last) and (_is_name(following) or _NUMBER.match(following)))


def _words(text: str, end: int) -> Sequence[str]:
    """The word before the gap and the word after it."""
    before, after = _LAST_WORD.search(text[:end]), _FIRST_WORD.search(text, end)
    return (before[0] if before else "", after[0] if after else "")


def _is_name(word: str) -> bool:
    return word.lstrip("\"'“‘(")[:1].isupper()


def _hard_cut(text: str, fits: Fits) -> str:
    """One endless word, one endless quotation, a script without gaps: what fits of it."""
    pieces = _GRAPHEME.findall(text)
    room = bisect_right(
        range(1, len(pieces) + 1), False, key=lambda size: not fits("".join(pieces[:size]) + "…")
    )
    return "".join(pieces[:room]) + "…" if room else ""
