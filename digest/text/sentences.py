"""News text into sentences."""

import re
from functools import cache

from digest.text import quotes
from digest.text.languages import ENGLISH, Language

_END = re.compile(
    r"(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]]*)(?=\s+[\"'“‘«„(\[]*[A-Z\u00c0-\u00deА-Я0-9$€£¥])"
)
_LAST_WORD = re.compile(r"[^\s\"“”‘’'(\[—–/]+$")
_NEXT_WORD = re.compile(r"\W*(\w+)")
_LIST_NUMBER = re.compile(r"\W*\(?\d{1,3}$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,2}$")


def split(text: str, language: Language = ENGLISH) -> list[str]:
    """The sentences of a text in order, quotations kept whole; nothing but white space is lost."""
    return [
        sentence
        for block in re.split(r"\n\s*\n", text)
        for sentence in _split_block(block, language)
    ]


def _split_block(block: str, language: Language) -> list[str]:
    spans = [(q.start, q.end) for q in quotes.find(block) if q.closed]
    sentences: list[str] = []
    start = 0
    for end in _END.finditer(block):
        at = end.end()
        if any(a < at < b for a, b in spans):
            continue
        if _is_boundary(block, start, end, language):
            sentences.append(block[start:at].strip())
            start = at
    sentences.append(block[start:].strip())
    return [s for s in sentences if s]


def _is_boundary(block: str, start: int, end: re.Match[str], language: Language) -> bool:
    if end["close"] and end["mark"][-1] in "!?":
        opens_with_quotation = block[start : end.start()].lstrip()[:1] in ('"', "'", "“", "‘")
        speaker = _speaker_follows(language.speech)
        return not (opens_with_quotation and speaker.match(block, end.end()))
    if end["mark"] == "." or (end["mark"] == "!" and not end["close"]):
        before = block[start : end.start()]
        word = _LAST_WORD.search(before)
        following = _NEXT_WORD.match(block, end.end())
        if word and following:
            return _ends_after(word.group(), following.group(1), before, language)
    return True


@cache
def _speaker_follows(speech: str) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:[^\W\d_][\w'’.-]*\s+){{1,4}}?(?:{speech})\b")


def _ends_after(word: str, following: str, sentence: str, language: Language) -> bool:
    """Whether a dot after `word` ends the sentence, given the word that follows."""
    lower, opener = word.lower(), following.lower() in language.openers
    if lower in language.titles or _LIST_NUMBER.fullmatch(sentence):
        return False
    if following[0].isdigit() and lower in language.before_numbers:
        return False
    if lower in ("a.m", "p.m"):
        return following.lower() not in language.after_hours
    if word.isalpha() and word.isupper() and len(word) > 2:
        return True
    known = not language.abbreviations.isdisjoint((lower, word.split("-")[-1]))
    initial = len(word) == 1 and word.isupper()
    return opener or not (known or initial or _DOTTED.fullmatch(word))
