"""News text into sentences, in time that grows only with its length."""

import re
from functools import cache, lru_cache

from digest.text import quotes
from digest.text.languages import ENGLISH, Language

_UPPER = "".join(chr(code) for code in range(0x530) if chr(code).isupper())
_LOWER = "".join(chr(code) for code in range(0x530) if chr(code).islower())
_OPENING = r"\"'“‘«„‚»‹›(\[¿¡"
_NOTE = r"\[\d{1,3}\]|[\u00b9\u00b2\u00b3\u2070-\u2079*†‡]"
_CLOSE = rf"[\"'”’)\]›]|[“«»](?!\w)|[ \u00a0\u202f]»(?![^\s.,;:!?)])|{_NOTE}"
_BULLET = r"(?:[•▪·*]\s*+|(?:[–—]|--?)\s++)?"
_GAP = (
    rf"(?=\s++{_BULLET}[{_OPENING}]*+(?:\.\.\.|…|[#@])?\s?"
    rf"(?:[{_UPPER}0-9$€£¥]|[{_LOWER}]{{1,4}}[{_UPPER}]|[a-z]{{3,15}}\.[a-z]{{2,3}}\b(?!\.)))"
)
_END = re.compile(
    rf"(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>(?:{_CLOSE})*+)"
    rf"(?:(?P<gap>{_GAP})|(?P<note>\d{{1,2}}){_GAP}|(?=[{_OPENING}]?[{_UPPER}][{_LOWER}’']))"
)
"""A final mark and what closes with it, before a blank and a capital, figure or sign of money;
or with a blank that was lost, which `_lost_blank` judges."""
_LAST_WORD = re.compile(r"[^\s\"“”„‘’‚'«»‹›()\[\]—–/]+$")
_NEXT_WORD = re.compile(r"\W{0,40}(\w{1,40})")
_SIGNATURE = re.compile(r"\s+(?:[–—]|--?)\s*\w")
_LIST_MARK = re.compile(r"(?:(?P<start>\W*)|.*[:;]\s)\(?(?:\d{1,3}|(?(start)[A-Za-z]|(?!)))$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+[^\W\d_]{1,2}")
_ORDINAL = re.compile(r"\d{1,2}|[IVX]+")
_ADDRESS_END = frozenset("com net org html htm php de fr es ie io co uk eu asp js".split())
_LOOK_BACK = 80
"""No word that a dot could belong to is longer."""


def split(text: str, language: Language = ENGLISH) -> list[str]:
    """The sentences of a text in order, quotations kept whole; nothing but white space is lost."""
    return [
        sentence
        for block in re.split(r"\n\s*\n", text)
        for sentence in split_block(block, language)
    ]


@lru_cache(maxsize=4096)
def split_block(block: str, language: Language) -> tuple[str, ...]:
    """The sentences of a text without blank lines."""
    spans = [q for q in quotes.find(block) if q.closed]
    sentences: list[str] = []
    start = passed = 0
    for end in _END.finditer(block):
        at = end.end()
        while passed < len(spans) and spans[passed].end <= at:
            passed += 1
        if passed < len(spans) and spans[passed].start < at:
            continue
        if _is_boundary(block, start, end, language):
            sentences.append(block[start:at].strip())
            start = at
    sentences.append(block[start:].strip())
    return tuple(s for s in sentences if s)


def _is_boundary(block: str, start: int, end: re.Match[str], language: Language) -> bool:
    before = block[max(start, end.start() - _LOOK_BACK) : end.start()]
    word = _LAST_WORD.search(before)
    last = word.group() if word else ""
    if end["gap"] is None and not _lost_blank(block, end, last, language):
        return False
    mark, close = end["mark"], end["close"]
    if close and _SIGNATURE.match(block, end.end()):
        return False
    if close and mark[-1] in "!?":
        opens_with_quotation = block[start : start + 3].lstrip()[:1] in ('"', "'", "“", "‘", "„")
        speaker = _speaker_follows(language.speech)
        return not (opens_with_quotation and speaker.match(block, end.end()))
    following = _NEXT_WORD.match(block, end.end())
    if last and following and (mark == "." or (mark == "!" and not close)):
        if mark == "." and _LIST_MARK.fullmatch(before):
            return False
        return _ends_after(last, following, before, language)
    return True


def _lost_blank(block: str, end: re.Match[str], last: str, language: Language) -> bool:
    """Whether "yesterday.The" or "said.12 The" has lost what parts sentences: in an address, an
    abbreviation or a name something else stands around the dot."""
    if end["note"]:
        bare = last.lower()
        known = bare in language.titles | language.abbreviations | language.before_numbers
        return len(last) > 3 and last.isalpha() and last.islower() and not known
    following = _NEXT_WORD.match(block, end.end())
    if not following or following.group(1).lower() in _ADDRESS_END:
        return False
    if end["close"]:
        return not last or last[-1].isalnum()
    if "@" in last or "." in last or block[following.end() : following.end() + 1] in "./@_":
        return False
    opens = following.group(1).lower() in language.openers
    plain = last.isalpha() and last.islower() and len(last) > 2 and len(following.group(1)) > 2
    return plain or (opens and (last.isdigit() or (last.isalpha() and len(last) > 2)))


@cache
def _speaker_follows(speech: str) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:[^\W\d_][\w'’.-]{{0,30}}\s+){{1,4}}?(?:{speech})\b")


def _ends_after(word: str, after: re.Match[str], sentence: str, language: Language) -> bool:
    """Whether a dot after `word` ends the sentence, given the word that follows."""
    lower, following = word.lower(), after.group(1).lower()
    if lower in language.titles or lower.rpartition("-")[2] in language.titles:
        return False
    if following[0].isdigit() and lower in language.before_numbers:
        return False
    if lower in ("a.m", "p.m"):
        return "(" not in after.group() and following not in language.after_hours
    if following in language.openers:
        return True
    if language.dotted_ordinals and _ORDINAL.fullmatch(word):
        return False
    if word.isalpha() and word.isupper() and len(word) > 2:
        return True
    dotted = (len(word) == 1 and word.isupper()) or _DOTTED.fullmatch(word)
    return not (dotted or _abbreviated(word, following, sentence, language))


def _abbreviated(word: str, following: str, sentence: str, language: Language) -> bool:
    """Those listed with a capital are months or states, "Jan. 5" or "Salem, Mass.": otherwise
    "Mass" is a service and "Wash" something to do."""
    lower, part = word.lower(), word.rpartition("-")[2]
    if not language.abbreviations.isdisjoint((lower, part.lower())):
        return True
    if part not in language.abbreviations:
        return False
    placed = part != word or sentence[: -len(word)].rstrip().endswith(",")
    return placed or following[0].isdigit()
