"""What can be counted of each sentence of an article, for the ranker."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul

from digest.summarise import givens, manner
from digest.summarise.weight import Weight
from digest.summarise.weights import WEIGHTS
from digest.summarise.wording import Wording
from digest.text import quotes, words
from digest.text.terms import terms

Vector = Mapping[str, float]

OPENING = 5
"""So many sentences are the opening."""
_WHOLE = 12
"""Words of a sentence that has begun to tell; a shorter first one only calls for attention."""
_COMMONEST = 8
_NAMES = 5
_ROUNDS = 10
_DAMPING = 0.85
_NUMBER = re.compile(r"\d[\d.,:]*")
_CAPITALISED = re.compile(r"(?<=\s)[\"“‘'(]?([A-Z\u00c0-\u00de][^\W_]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence taken apart once."""

    text: str
    terms: tuple[str, ...]
    names: tuple[str, ...]
    """Its words with a capital, the first one left out."""


def read(text: str, wording: Wording) -> Sentence:
    """The sentence with its terms and names."""
    return Sentence(
        text=text,
        terms=tuple(terms(text, wording.language)),
        names=tuple(_CAPITALISED.findall(text)),
    )


def score(row: Mapping[str, float], weights: Mapping[str, Weight] = WEIGHTS) -> float:
    """How well a sentence with these features would stand for its article."""
    return sum((row[n] - w.mean) / w.spread * w.weight for n, w in weights.items())


def table(
    sentences: Sequence[Sentence], wording: Wording, *, ahead: int = 0
) -> list[dict[str, float]]:
    """The features of each sentence by name; the first `ahead` stand before the body, placed as if
    they were its own first whole sentence and those behind it."""
    sizes = [words.count(sentence.text) for sentence in sentences]
    columns = zip(
        _places(sizes, ahead),
        (_shape(s, size, wording) for s, size in zip(sentences, sizes, strict=True)),
        _givens(sentences, wording),
        _topic(sentences),
        strict=True,
    )
    return [place | shape | given | topic for place, shape, given, topic in columns]


def cosine(left: Vector, right: Vector) -> float:
    """The cosine of two vectors of length one."""
    if len(left) > len(right):
        left, right = right, left
    return sum(value * right[term] for term, value in left.items() if term in right)


def unit(vector: Vector) -> dict[str, float]:
    """The vector at length one; an empty one stays empty."""
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {term: value / length for term, value in vector.items()} if length else {}


def _places(sizes: Sequence[int], ahead: int) -> list[dict[str, float]]:
    body = sizes[ahead:]
    opening = next((n for n, size in enumerate(body) if size >= _WHOLE), 0)
    places = [*range(opening, opening + ahead), *range(len(body))]
    return [
        {
            "in the opening": float(place < OPENING),
            "near the first whole sentence": 1 / (abs(place - opening) + 1),
        }
        for place in places
    ]


def _shape(sentence: Sentence, size: int, wording: Wording) -> dict[str, float]:
    text = sentence.text
    own = quotes.without(text)
    signs = manner.of(wording)
    return {
        "length": math.log(max(1, size)),
        "weekday": float(bool(wording.weekday.search(text))),
        "numbers": min(3, len(_NUMBER.findall(text))) / 3,
        "just done": float(bool(signs.just_done.search(own))),
        "share of quotation": 1 - len(own) / max(1, len(text)),
        "opens with who speaks": float(bool(signs.speaks.match(text))),
        "pronouns": min(3, len(signs.pronoun.findall(text))) / 3,
        "scene": float(bool(signs.scene.match(text))),
        "comment": float(bool(signs.comment.match(text))),
        "part": float(bool(signs.part.match(text))),
        "definition": float(bool(signs.definition.match(text))),
        "before": float(bool(signs.before.match(text))),
    }


def _givens(sentences: Sequence[Sentence], wording: Wording) -> list[dict[str, float]]:
    """What a sentence takes as known, and whether it only says who somebody is."""
    texts = [sentence.text for sentence in sentences]
    columns = zip(givens.bare_names(texts, wording), givens.portraits(texts, wording), strict=True)
    return [{"bare name": float(bare), "portrait": float(portrait)} for bare, portrait in columns]


def _topic(sentences: Sequence[Sentence]) -> list[dict[str, float]]:
    """How much of what the article is about a sentence has."""
    whole = Counter(term for sentence in sentences for term in sentence.terms)
    commonest = {term for term, _ in whole.most_common(_COMMONEST)}
    named = Counter(name for sentence in sentences for name in sentence.names)
    names = {name for name, _ in named.most_common(_NAMES)}
    ranks = _page_rank(_likeness([unit(Counter(s.terms)) for s in sentences]))
    return [
        {
            "share of the commonest terms": len(commonest.intersection(s.terms)) / _COMMONEST,
            "share of the commonest names": len(names.intersection(s.names)) / _NAMES,
            "rank among the sentences": rank * len(sentences),
        }
        for s, rank in zip(sentences, ranks, strict=True)
    ]


def _likeness(vectors: Sequence[Vector]) -> list[dict[int, float]]:
    """The cosine of every two sentences that share a term, itself left out."""
    index: dict[str, list[tuple[int, float]]] = {}
    near: list[dict[int, float]] = [{} for _ in vectors]
    for here, vector in enumerate(vectors):
        row = near[here]
        for term, value in vector.items():
            for there, other in index.setdefault(term, []):
                row[there] = row.get(there, 0.0) + value * other
            index[term].append((here, value))
    for here, row in enumerate(near):
        for there, value in list(row.items()):
            if there < here:
                near[there][here] = value
    return near


def _page_rank(near: Sequence[Mapping[int, float]]) -> list[float]:
    """The share of attention each sentence gets when likeness passes it on."""
    size = len(near)
    out = [sum(row.values()) for row in near]
    rows = [(list(row), [value / out[there] for there, value in row.items()]) for row in near]
    lonely = [index for index, total in enumerate(out) if total <= 0]
    ranks = [1 / size] * size
    for _ in range(_ROUNDS):
        lost = sum(ranks[index] for index in lonely)
        floor = (1 - _DAMPING + _DAMPING * lost) / size
        ranks = [
            floor + _DAMPING * sum(map(mul, shares, map(ranks.__getitem__, others)))
            for others, shares in rows
        ]
    return ranks
