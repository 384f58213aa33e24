"""A sentence as its words, each with its place."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from re import Pattern

from digest.summarise.wording import Wording
from digest.text.languages import Language
from digest.text.stems import stem

# Every character has one place to stand in, so that no text is tried in many ways.
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*[^\W_]*(?:['’–-][^\W_]+)*|[^\W\d_][^\W_]*(?:['’.-][^\W_]+)*")
_POSSESSIVE = ("'s", "’s", "'S", "’S")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or figure; the possessive ending is not part of its text."""

    text: str
    lower: str
    key: str
    """Its stem."""
    start: int
    end: int
    says: bool
    """It carries meaning of its own."""

    @property
    def capital(self) -> bool:
        """It is written like a name."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A sentence and its tokens in order."""

    text: str
    tokens: tuple[Token, ...]

    def at(self, place: int) -> int:
        """The token that holds or follows the character."""
        return bisect_right(self.tokens, place, key=_end)

    def places(self, pattern: Pattern[str]) -> list[int]:
        """The tokens where the pattern's matches begin, each once."""
        return list(dict.fromkeys(self.at(match.start()) for match in pattern.finditer(self.text)))


def _end(token: Token) -> int:
    return token.end


@lru_cache(maxsize=1024)
def read(text: str, wording: Wording) -> Reading:
    """The sentence taken apart."""
    return Reading(text=text, tokens=tuple(_tokens(text, wording)))


def _tokens(text: str, wording: Wording) -> Iterable[Token]:
    language = wording.language
    stop, stemmer = language.stop, language.stemmer
    for match in _TOKEN.finditer(text):
        elided = _elided(match.group(), language)
        word, start = match.group()[elided:], match.start() + elided
        if word[-2:] in _POSSESSIVE and len(word) > 2:
            word = word[:-2]
        lower = word.lower().replace("’", "'")
        yield Token(word, lower, stem(lower, stemmer), start, match.end(), lower not in stop)


def _elided(word: str, language: Language) -> int:
    """How many characters of another word stand before it: "l'" of "l'école"."""
    if not language.elisions:
        return 0
    before, mark, rest = word.replace("’", "'").partition("'")
    return len(before) + 1 if mark and rest and before.lower() in language.elisions else 0
