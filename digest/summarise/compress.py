"""Shorter sentences without a change of meaning: only whole asides go, and only safe ones."""

import re

from digest.summarise.wording import Wording
from digest.text import quotes, words

_BRACKET = re.compile(r"\s+\(([^()\d\"“”‘]*)\)(?=[\s.,;:!?]|$)")


def compress(sentence: str, max_words: int, wording: Wording) -> str:
    """The sentence without a leading "Meanwhile," and without bracketed asides that hold no figure;
    above `max_words` also without "who" and "which" clauses between commas."""
    shorter = _without_brackets(_without_discourse(sentence, wording), wording)
    while words.count(shorter) > max_words:
        clause = next(
            (m for m in wording.aside.finditer(shorter) if _may_go(shorter, m, wording)), None
        )
        if clause is None:
            break
        shorter = f"{shorter[: clause.start()]} {shorter[clause.end() :]}"
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
    """Attribution, hedges, negation and anything inside a quotation stay."""
    if any(q.start < aside.start() < q.end for q in quotes.find(sentence)):
        return False
    rules = (wording.attribution, wording.hedge, wording.negation)
    return not any(rule.search(aside[1]) for rule in rules)
