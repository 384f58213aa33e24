"""What a single line is by its own wording and shape: label, caption, byline, or prose.

Lines in words we do not know are told by their shape and their neighbours (see lines.py).
"""

import re
from functools import lru_cache

from digest.collect import names, wording
from digest.text import quotes

BYLINE = "a byline"
DATE = "a date line"
CAPTION = "a caption or photo credit"
RULE = "a line without words"
_END = re.compile(r"[.!?…。！？．؟۔।][\"'”’»)\]」』）]*\d{0,2}$")
_SIGNED = re.compile(r"[.!?…][\"'”’»)]*\s*[(\[–—/-]\s?([^()\[\]]{1,25}?)[)\]]?$")
"""Reporters' initials or an agency's behind the last full stop: "… said. (dpa)"."""
_OPEN_END = re.compile(r"[:;,–—-][\"'”’»)\]]*$")
_CAPITALS = re.compile(r"^\W*(?:[^\Wa-zß-ÿ]{2,}[\s,]+){2,}")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Letters of scripts that are written without blanks; two make about a word."""
_LONGEST = 160
_SHORT = 5
_LONG = 25
_REMEMBERED = 2_048
"""Lines of the page at hand: each is asked about several times."""


@lru_cache(maxsize=_REMEMBERED)
def reason(line: str) -> str:
    """What the line is instead of prose ("an advertising label"), "" if its words do not tell."""
    if is_quotation(line):
        return ""
    bare = line.strip(" \t•·|>»«*[](){}–—-_")
    if not bare:
        return RULE
    if len(bare) <= _LONGEST or wording.NOTE.match(bare):
        long_sentence = _END.search(bare) is not None and words(bare) > _SHORT
        for because, pattern in wording.WHOLE_LINES:
            if long_sentence and because not in wording.EVEN_SENTENCES:
                continue
            if pattern.match(bare):
                return because
    if wording.DATE.match(bare):
        return DATE
    if names.is_byline(bare):
        return BYLINE
    return CAPTION if is_caption(line) else ""


def is_caption(line: str) -> bool:
    """Whether the line ends in a photo credit, often printed twice, and in no full stop."""
    if len(line) > 600 or is_quotation(line):
        return False
    if _doubled_tail(line) or wording.FILE_PICTURE.match(line):
        return True
    if is_sentence(line):
        return False
    if wording.CREDITED.search(line) or wording.CREDIT.search(line):
        return True
    return _ends_in_name(line)


@lru_cache(maxsize=_REMEMBERED)
def is_sentence(line: str) -> bool:
    """Whether the line ends as sentences do, or runs on into what follows it."""
    if _END.search(line) or _OPEN_END.search(line):
        return True
    signed = _SIGNED.search(line)
    return signed is not None and (signed[1] == signed[1].lower() or words(line) >= _LONG)


def is_quotation(line: str) -> bool:
    """Whether the line as a whole is somebody's words: nothing in it is the page's own voice."""
    return line[:1] in '“"„«‘' and not quotes.without(line).strip(" .,;:!?–—-")


def opens_in_capitals(line: str) -> bool:
    """Whether the first words are set in capitals, as some papers open their articles."""
    return _CAPITALS.match(line) is not None


@lru_cache(maxsize=_REMEMBERED)
def words(line: str) -> int:
    """How many words the line has."""
    wide = len(_WIDE.findall(line))
    return len(_WORD.findall(line)) + wide // 2


def _doubled_tail(line: str) -> bool:
    """Whether the last one to five words stand twice, as agencies' credits do: "PA PA"."""
    found = line.split()
    for size in range(1, min(5, len(found) // 2) + 1):
        tail = found[-size:]
        if tail == found[-2 * size : -size] and tail[0][:1].isupper() and len(found) > 2 * size:
            return True
    return len(found) >= 2 and len(found) % 2 == 0 and found[: len(found) // 2] * 2 == found


def _ends_in_name(line: str) -> bool:
    """Whether a full sentence is followed by a bare name: "The crew in May. Anna Example"."""
    head, _, tail = line.rpartition(". ")
    found = tail.split()
    return (
        words(head) >= 3
        and 1 <= len(found) <= 5
        and not is_sentence(tail)
        and all(
            word[:1].isupper() or word in {"of", "de", "the", "/", "&", "via"} for word in found
        )
    )
