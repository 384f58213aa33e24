"""What can be counted of each sentence of an article, for the ranker."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from digest.summarise.weights import BIAS, WEIGHTS
from digest.summarise.wording import Wording
from digest.text import words
from digest.text.terms import terms

Vector = Mapping[str, float]

_COMMONEST = 8
_ROUNDS = 20
_DAMPING = 0.85
_RARITY = 3.3
"""What a term weighs where no collection of texts says how rare it is: as good as counting how
rare it is within the article, and quicker."""
_NUMBER = re.compile(r"\d[\d.,:]*")
_CAPITALISED = re.compile(r"(?<=\s)[\"“‘'(]?[A-Z\u00c0-\u00de][^\W_]*")


def scores(sentences: Sequence[str], wording: Wording) -> list[float]:
    """How well each sentence would stand for the article; the higher the better."""
    return [
        BIAS + sum((row[n] - w.mean) / w.spread * w.weight for n, w in WEIGHTS.items())
        for row in table(sentences, wording)
    ]


def table(sentences: Sequence[str], wording: Wording) -> list[dict[str, float]]:
    """The features of each sentence by name."""
    bags = [Counter(terms(s, wording.language)) for s in sentences]
    vectors = [unit(bag) for bag in bags]
    rows = [
        _place(index, len(sentences)) | _surface(s, wording) for index, s in enumerate(sentences)
    ]
    for row, weighed in zip(rows, _weighed(bags), strict=True):
        row.update(weighed)
    for row, alike in zip(rows, _alike(bags, vectors), strict=True):
        row.update(alike)
    return rows


def cosine(left: Vector, right: Vector) -> float:
    """The cosine of two vectors of length one."""
    if len(left) > len(right):
        left, right = right, left
    return sum(value * right[term] for term, value in left.items() if term in right)


def unit(vector: Vector) -> dict[str, float]:
    """The vector at length one; an empty one stays empty."""
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {term: value / length for term, value in vector.items()} if length else {}


def _place(index: int, count: int) -> dict[str, float]:
    return {
        "one over position": 1 / (index + 1),
        "is first": float(index == 0),
        "is second": float(index == 1),
        "is third": float(index == 2),
        "log of position": math.log(index + 1),
        "relative position": index / max(1, count - 1),
    }


def _surface(sentence: str, wording: Wording) -> dict[str, float]:
    size = words.count(sentence)
    return {
        "length": min(1.0, size / 40),
        "too short": float(size < 8),
        "too long": float(size > 35),
        "speech verb": float(bool(wording.speech_verb.search(sentence))),
        "first person": float(bool(wording.first_person.search(sentence))),
        "weekday": float(bool(wording.weekday.search(sentence))),
        "opens with a quotation mark": float(sentence[:1] in "\"“‘'"),
        "bracket": float("(" in sentence),
        "numbers": min(3, len(_NUMBER.findall(sentence))) / 3,
        "names": min(8, len(_CAPITALISED.findall(sentence))) / 8,
        "quotation mark": float(any(mark in sentence for mark in '"“”')),
        "question": float("?" in sentence),
        "pronoun opener": float(bool(wording.pronoun_opener.match(sentence))),
        "boilerplate": float(bool(wording.boilerplate.search(sentence))),
    }


def _weighed(bags: Sequence[Counter[str]]) -> list[dict[str, float]]:
    """What the terms' frequencies in the article say."""
    whole: Counter[str] = Counter()
    for bag in bags:
        whole.update(bag)
    total = max(1, sum(whole.values()))
    commonest = {t for t, _ in sorted(whole.items(), key=lambda tc: (-tc[1], tc[0]))[:_COMMONEST]}
    return [
        {
            "share of the commonest terms": len(commonest & bag.keys()) / _COMMONEST,
            "mean frequency of its terms": 100
            * sum(whole[t] for t in bag)
            / max(1, len(bag))
            / total,
            "mass of its terms": 0.2 * _RARITY * sum(whole[t] for t in bag) / total,
        }
        for bag in bags
    ]


def _alike(bags: Sequence[Counter[str]], vectors: Sequence[Vector]) -> list[dict[str, float]]:
    """How close each sentence is to the first, to the others and to the whole."""
    size = len(vectors)
    near = _likeness(vectors)
    opening = set().union(*bags[:2])
    sums: Counter[str] = Counter()
    for vector in vectors:
        sums.update(vector)
    whole = unit(sums)
    ranks = _page_rank(near)
    rows = []
    for index, bag in enumerate(bags):
        first = index == 0
        rows.append(
            {
                "rank among the sentences": ranks[index] * size,
                "likeness to the first": 0.5 if first else near[index].get(0, 0.0),
                "likeness to the others": sum(near[index].values()) / max(1, size - 1),
                "likeness to the whole": cosine(vectors[index], whole),
                "terms of the opening": 0.5
                if first
                else len(opening & bag.keys()) / max(1, len(bag)),
            }
        )
    return rows


def _likeness(vectors: Sequence[Vector]) -> list[dict[int, float]]:
    """The cosine of every two sentences that share a term, itself left out."""
    index: dict[str, list[tuple[int, float]]] = {}
    near: list[dict[int, float]] = [{} for _ in vectors]
    for here, vector in enumerate(vectors):
        for term, value in vector.items():
            for there, other in index.setdefault(term, []):
                near[here][there] = near[here].get(there, 0.0) + value * other
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
    ranks = [1 / size] * size
    for _ in range(_ROUNDS):
        lost = sum(rank for rank, total in zip(ranks, out, strict=True) if total <= 0)
        given = [
            (rank / total if total > 0 else 0.0) for rank, total in zip(ranks, out, strict=True)
        ]
        floor = (1 - _DAMPING) / size + _DAMPING * lost / size
        ranks = [
            floor + _DAMPING * sum(value * given[there] for there, value in row.items())
            for row in near
        ]
    return ranks
