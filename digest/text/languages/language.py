"""What a language's texts are taken apart by."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The word lists of one language, lower case unless said; an empty list only costs quality."""

    code: str
    """ISO 639-1."""
    name: str
    stemmer: str
    """Name of its Snowball algorithm."""
    silent: int
    """Words a minute that adults read silently."""
    aloud: int
    """Words a minute that a presenter reads aloud."""
    titles: frozenset[str]
    """Abbreviations, without their last dot, that never end a sentence: a name or an example
    follows."""
    abbreviations: frozenset[str]
    """The end of a sentence only before a word that opens one; capitalised ones only so written."""
    before_numbers: frozenset[str]
    """Not the end of a sentence before a digit."""
    openers: frozenset[str]
    """Words that open a sentence more often than a name."""
    after_hours: frozenset[str]
    """Words behind "3 p.m." that belong to it."""
    speech: str
    """Verbs that name a speaker, as an alternation for a regular expression."""
    stop: frozenset[str]
    """Words that say little by themselves."""
    themes: Mapping[str, frozenset[str]]
    """Theme (death, disaster, war, violence, illness) -> words that betray it."""


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written with blanks between them."""
    return frozenset(words.split())
