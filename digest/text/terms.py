"""The words of a text that carry its meaning."""

import re

from digest.text.languages import ENGLISH, Language
from digest.text.stems import stem

_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")


def words(text: str, language: Language = ENGLISH) -> list[str]:
    """The words as written, numbers among them, without possessive endings and elided words."""
    found = [
        word[:-2] if word[-2:] in ("'s", "'S") else word
        for word in _WORD.findall(text.replace("’", "'"))
    ]
    return [_whole(word, language) for word in found] if language.elisions else found


def terms(text: str, language: Language = ENGLISH) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    stop, stemmer = language.stop, language.stemmer
    return [stem(word, stemmer) for word in words(text.lower(), language) if word not in stop]


def _whole(word: str, language: Language) -> str:
    """The word without "l'" or "d'" before it."""
    elided, apostrophe, rest = word.partition("'")
    return rest if apostrophe and elided.lower() in language.elisions else word
