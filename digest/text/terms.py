"""The words of a text that carry its meaning."""

import re

from digest.text.languages import ENGLISH, Language
from digest.text.stems import stem

_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")


def words(text: str) -> list[str]:
    """The words as written, numbers among them, possessive endings taken off."""
    return [
        word[:-2] if word[-2:] in ("'s", "'S") else word
        for word in _WORD.findall(text.replace("’", "'"))
    ]


def terms(text: str, language: Language = ENGLISH) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    stop, stemmer = language.stop, language.stemmer
    return [stem(word, stemmer) for word in words(text.lower()) if word not in stop]
