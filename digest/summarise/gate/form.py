"""A line's form: a whole short sentence of the paper's own, in the right language."""

from digest.summarise.gate.story import Facts
from digest.summarise.wording import ADDRESS, FINAL, MARKUP, Wording
from digest.text import languages, quotes
from digest.text import words as counting
from digest.text.languages import Language
from digest.text.terms import terms, words

COVERED = 0.6
"""The least share of a line's meaning words that its story must contain."""

_HEAD = 5
_AKIN = 0.75
"""What a word counts of which the story has another with the same beginning."""
_ENOUGH = 8
"""Words from which on a sentence of any language has some that say little."""


def coverage(line: str, source: Facts) -> float:
    """The share of the line's meaning words that the story has."""
    bag = set(terms(line, source.wording.language))
    known = bag & source.stems
    if known == bag:
        return 1.0
    heads = {stem[:_HEAD] for stem in source.stems if len(stem) >= _HEAD}
    akin = {stem for stem in bag - known if stem[:_HEAD] in heads}
    return (len(known) + _AKIN * len(akin)) / len(bag)


def problem(line: str, max_words: int, wording: Wording) -> str:
    """What is wrong with the line whatever it says, "" for nothing."""
    size = counting.count(line)
    outside = quotes.without(line)
    faults = {
        "it is empty": not line,
        f"{size} words are more than {max_words}": size > max_words,
        "it does not end like a sentence": not FINAL.search(line),
        "it has an omission in it": "…" in line or "..." in line,
        "it holds an address or mark-up": bool(ADDRESS.search(line) or MARKUP.search(line)),
        "it speaks as I, we or you": bool(wording.first_person.search(outside)),
        "it asks a question": "?" in outside,
        "it holds boilerplate": bool(wording.boilerplate.search(line)),
        f"it is not in {wording.language.name}": not _is_in(wording.language, line),
    }
    return "; ".join(fault for fault, present in faults.items() if present)


def _is_in(language: Language, line: str) -> bool:
    """Whether no other language has more of its small words in the line, which may be all names."""
    found = [word.lower() for word in words(line, language)]
    if len(found) < _ENOUGH or not language.stop:
        return True
    own = sum(word in language.stop for word in found)
    others = (other.stop for code, other in languages.KNOWN.items() if code != language.code)
    return own >= max((sum(w in stop for w in found) for stop in others), default=0)
