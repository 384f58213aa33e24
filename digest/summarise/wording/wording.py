"""What the room's rules look for in one language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern

from digest.text.languages import Language

NEVER = re.compile(r"(?!)")
"""For a rule that a language does without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A language and its closed lists of words, most of them as patterns."""

    language: Language

    # What the ranker counts.
    speech_verb: Pattern[str]
    pronoun_opener: Pattern[str]

    # What the gate looks for.
    first_person: Pattern[str]
    """I, we and you in all their forms; "US" and "World War I." are none of them."""
    negation: Pattern[str]
    hedge: Pattern[str]
    attribution: Pattern[str]
    boilerplate: Pattern[str]
    number_words: Mapping[str, int]
    """Word -> its value, from 0 on."""

    # Days and times.
    weekdays: tuple[str, ...]
    """Their names from Monday on, lower case."""
    weekday: Pattern[str]
    """Exactly those names as they are written."""
    same_day: Pattern[str]
    """"Today" and its like; capitals inside a sentence are a programme's or paper's name."""
    period: Pattern[str]
    """"This week" and its like, as groups named week, month and year."""

    # Whether a sentence can stand alone.
    opener: Pattern[str]
    """First words that point back."""
    definite: Pattern[str]
    """"the company" and its like, which point back, too, unless `defined` follows."""
    defined: Pattern[str]
    plural_back: Pattern[str]
    """Several of something that an earlier sentence brought up: "The forms are part of ..."."""
    person: Pattern[str]
    """Pronouns for people, who must have been named before."""
    antecedent: Pattern[str]
    """Words that bring up somebody without a name: "a", "every", "two"."""
    plural: Pattern[str]
    """Words in the plural, which "they" may stand for."""
    opening_name: Pattern[str]
    """A name at the very beginning, where every word has a capital."""
    hanging: Pattern[str]
    """"Originally from Slovenia, he ...", unless `clause` says who he is."""
    clause: Pattern[str]
    dangling: Pattern[str]
    """Words anywhere that point to something else on the page or before."""
    interview: Pattern[str]
    """What a headline calls an interview."""

    # What a sentence takes as known.
    known_opener: Pattern[str]
    """"the" and one to three words, as groups 1 and 2, at the beginning."""
    known_defined: Pattern[str]
    portrait: Pattern[str]
    """What follows a name in a sentence that only says who somebody is."""

    # What may be cut, and how shouting is quietened.
    discourse: Pattern[str]
    """"Meanwhile, " and its like at the beginning."""
    aside: Pattern[str]
    """A non-restrictive clause between commas, its words as group 1."""
    ranks: frozenset[str]
    """President, minister: capitalised only before a name."""
    acronyms: frozenset[str]
    common: frozenset[str]
    """Words that are no names though the article has them in capitals only."""
    wordish: Pattern[str]
    """Words whose ending shows that they are no names."""
