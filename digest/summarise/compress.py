"""Shorter sentences without a change of meaning: only whole asides go, and only safe ones."""

import re

from digest.summarise.wording import Wording
from digest.text import quotes, words

_HOPELESS = 3
"""A sentence so many times too long has more than asides too many."""
_LEANS = re.compile(r"^\s*(?:who|which|whose|including|such as)\b|\b[a-z]+ing\b")
"""Where the words before a last aside are a clause or a list themselves, it may belong to those."""
_BRACKET = re.compile(r"\s+\(([^()\d\"“”‘]*)\)(?=[\s.,;:!?]|$)")


def compress(sentence: str, max_words: int, wording: Wording) -> str:
    """The sentence without a leading "Meanwhile," and without bracketed asides that hold no figure;
    above `max_words` also without clauses and appositions that can be left out."""
    shorter = _without_brackets(_without_discourse(sentence, wording), wording)
    while max_words < words.count(shorter) <= _HOPELESS * max_words:
        asides = [m for m in wording.aside.finditer(shorter) if _may_go(shorter, m, wording)]
        if not asides:
            break
        least = min(asides, key=lambda m: m.lastindex or 0)
        rest = shorter[least.end() :]
        shorter = shorter[: least.start()] + (" " if rest[:1].isalnum() else "") + rest
    return shorter


def _without_discourse(sentence: str, wording: Wording) -> str:
    match = wording.discourse.match(sentence)
    if not match:
        return sentence
    rest = sentence[match.end() :]
    return rest[0].upper() + rest[1:]


def _without_brackets(sentence: str, wording: Wording) -> str:
    for aside in reversed(list(_BRACKET.finditer(sentence))):
        if _may_go(sentence, aside, wording):
            sentence = sentence[: aside.start()] + sentence[aside.end() :]
    return sentence


def _may_go(sentence: str, aside: re.Match[str], wording: Wording) -> bool:
    """Attribution, hedges, negation, numbers and anything inside a quotation stay."""
    if any(q.start < aside.start() < q.end for q in quotes.find(sentence)):
        return False
    if aside.string[aside.end() :] == "." and _LEANS.search(
        sentence[: aside.start()].split(",")[-1]
    ):
        return False
    said = aside[aside.lastindex or 0]
    rules = (wording.attribution, wording.hedge, wording.negation)
    numbers = wording.number_words
    return not any(rule.search(said) for rule in rules) and not any(
        numbers.get(word, 0) > 2 for word in re.findall(r"[^\W\d_]+", said.lower())
    )
