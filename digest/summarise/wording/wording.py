"""What the room's rules look for in one language."""

from dataclasses import dataclass
from re import Pattern

from digest.text.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A language and its closed lists of words, as patterns."""

    language: Language
    speech_verb: Pattern[str]
    weekday: Pattern[str]
    pronoun_opener: Pattern[str]
    first_person: Pattern[str]
    """I, we and you in all their forms; "US" and "World War I." are none of them."""
    negation: Pattern[str]
    hedge: Pattern[str]
    attribution: Pattern[str]
    boilerplate: Pattern[str]
