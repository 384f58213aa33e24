"""What a language's texts are taken apart by."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """The word lists of one language, lower case unless said; an empty list only costs quality.

    Itself alone its equal, so that what is read by it can be remembered.
    """

    code: str
    """ISO 639-1."""
    name: str
    update: str
    """The label of a story that is back with what is new."""
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
    """The end of a sentence only before a word that opens one. Capitalised ones only so written,
    and only before a figure or after a comma or hyphen: "Jan. 5", "Salem, Mass."."""
    before_numbers: frozenset[str]
    """Not the end of a sentence before a digit."""
    openers: frozenset[str]
    """Words that open a sentence more often than a name."""
    after_hours: frozenset[str]
    """Words behind "3 p.m." that belong to it."""
    dotted_ordinals: bool
    """Whether a figure with a dot is an ordinal: "3. Oktober", "Karl V. Habsburg"."""
    elisions: frozenset[str]
    """What an apostrophe ties to the next word without being part of it: "l'État", "d'fhág"."""
    speech: str
    """Verbs that name a speaker, as an alternation for a regular expression."""
    stop: frozenset[str]
    """Words that say little by themselves."""
    themes: Mapping[str, frozenset[str]]
    """Theme (death, disaster, war, violence, illness) -> words that betray it."""
    light: frozenset[str]
    """Names of sections whose stories are light, case-folded."""
    court: frozenset[str]
    """Words that betray a case before a court, or one that will be."""
    minor: frozenset[str]
    """Words for somebody who is not of age."""


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written with blanks between them."""
    return frozenset(words.split())


def named(names: str) -> frozenset[str]:
    """The names of a list that is written with commas between them, case-folded."""
    return frozenset(" ".join(name.casefold().split()) for name in names.split(",") if name.strip())
