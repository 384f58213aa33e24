"""What the room's rules look for in one language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from re import Pattern

from digest.text.languages import Language

NEVER = re.compile(r"(?!)")
"""For a rule that a language does without."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wording:
    """A language and its closed lists of words, most of them as patterns; itself alone its equal,
    so that what is read by it can be remembered."""

    language: Language
    nouns_capitalised: bool = False
    """Every noun has a capital, so a capital tells no name: German."""

    # What the gate looks for.
    first_person: Pattern[str]
    """I, we and you in all their forms; "US" and "World War I." are none of them."""
    negation: Pattern[str]
    hedge: Pattern[str]
    attribution: Pattern[str]
    boilerplate: Pattern[str]
    number_words: Mapping[str, int]
    """Word -> its value, from 0 on."""
    spoke: Pattern[str] = NEVER
    """Verbs that put words into somebody's mouth: "said", "according"."""
    implied_negation: Pattern[str] = NEVER
    """"Failed to", "denied": words that deny without a "not"."""
    negative_prefixes: tuple[str, ...] = ()
    """"un" of "unlawful"; the word without it means the contrary."""
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    """Pairs of sides, each with all forms of its words: "rose rise rises" and "fell fall falls"."""
    hedge_kinds: Mapping[str, Pattern[str]] = field(default_factory=dict)
    """What `hedge` finds, by kind: "alleged", "possible", "planned"."""
    guilt: Pattern[str] = NEVER
    """"Guilty", "killer", "arrested": no line may have one that the story has not."""
    scales: Mapping[str, float] = field(default_factory=dict)
    """Words and letters behind a number that multiply it: million, bn; lower case."""
    ordinals: Mapping[str, int] = field(default_factory=dict)
    """First -> 1 and so on."""
    ordinal_ending: Pattern[str] = NEVER
    """What follows figures at once: "th"."""
    many: Mapping[str, int] = field(default_factory=dict)
    """"Hundreds" -> 100: at least two of them."""
    percent: Pattern[str] = NEVER
    """Words for "%" behind a number, with the blank before them."""
    currencies: Mapping[str, str] = field(default_factory=dict)
    """"Euros" -> "€", behind a number."""
    roughly: Pattern[str] = NEVER
    """What stands, at the end of the text before it, before a rounded number: "about$"."""
    decimal_mark: str = "."
    """Between whole and tenth; "," where thousands are parted by points."""
    same_names: tuple[frozenset[str], ...] = ()
    """Names for one thing, lower case: "us", "united states", "american"."""
    name_endings: frozenset[str] = frozenset()
    """Endings, "" among them, that tell forms of one name apart: "ian" of "Italian", "y"."""
    demonym_endings: tuple[str, ...] = ()
    """Endings of words such as "Italian", which may stand before any name."""
    ordinary: frozenset[str] = frozenset()
    """Words that open a sentence and are no names, besides `common` and the language's openers."""
    ordinary_opening: Pattern[str] = NEVER
    """A first word that is no name by its ending and what follows: "Increasing pressure ..."."""

    # Days and times.
    weekdays: tuple[str, ...]
    """Their names from Monday on, lower case."""
    weekday: Pattern[str]
    """Exactly those names as they are written."""
    same_day: Pattern[str]
    """"Today" and its like; capitals inside a sentence are a programme's or paper's name."""
    period: Pattern[str]
    """"This week" and its like, as groups named week, month and year."""
    months: tuple[tuple[str, ...], ...] = ()
    """From January on, each with its short forms, lower case."""
    months_capitalised: bool = True
    """In small letters the word is a month only beside a number: "may"."""
    relative_days: Mapping[str, int] = field(default_factory=dict)
    """"Yesterday" -> -1, lower case."""
    period_steps: Mapping[str, int] = field(default_factory=dict)
    """First word of what `period` finds -> which one it is: "last" -> -1."""

    # Whether a sentence can stand alone.
    opener: Pattern[str]
    """First words that point back."""
    definite: Pattern[str]
    """"the company" and its like, which point back, too, unless `defined` follows."""
    defined: Pattern[str]
    institutions: frozenset[str] = frozenset()
    """Of them those that a name before them defines: "the US immigration agency"."""
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
    somewhere: Pattern[str] = NEVER
    """"The country" and its like, which some name in the sentence must explain."""
    teaser: Pattern[str] = NEVER
    """First words of a headline that announces an article instead of telling news."""
    running: Pattern[str] = NEVER
    """What marks a headline as that of a live page."""
    interview: Pattern[str]
    """What a headline calls an interview."""
    verb: Pattern[str] = NEVER
    """What shows that a headline is a sentence."""

    # What a sentence takes as known.
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
