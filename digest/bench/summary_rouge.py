"""ROUGE-1, -2 and -L as Google's rouge-score counts them, with our own Porter stems."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.text.stems import stem

_NO_WORD = re.compile(r"[^a-z0-9]+")
_STEMMED_FROM = 4
"""Letters; a shorter word is its own stem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rouge:
    """How much of a text another one has, as F1 of single words, pairs and the longest run."""

    one: float
    two: float
    longest: float

    @classmethod
    def mean(cls, scores: Sequence["Rouge"]) -> "Rouge":
        """The mean of each; zero for none."""
        size = max(1, len(scores))
        return cls(
            one=sum(each.one for each in scores) / size,
            two=sum(each.two for each in scores) / size,
            longest=sum(each.longest for each in scores) / size,
        )

    @classmethod
    def best(cls, scores: Iterable["Rouge"]) -> "Rouge":
        """The highest of each, whichever text it comes from."""
        found = list(scores)
        return cls(
            one=max((each.one for each in found), default=0.0),
            two=max((each.two for each in found), default=0.0),
            longest=max((each.longest for each in found), default=0.0),
        )


def tokens(text: str) -> list[str]:
    """The stems of all words in order, stop words among them."""
    found = _NO_WORD.sub(" ", text.lower()).split()
    return [stem(word) if len(word) >= _STEMMED_FROM else word for word in found]


def rouge(reference: Sequence[str], said: Sequence[str]) -> Rouge:
    """The three scores of one list of tokens against another."""
    return Rouge(
        one=_overlap(Counter(reference), Counter(said)),
        two=_overlap(_pairs(reference), _pairs(said)),
        longest=_f1(_longest(reference, said), len(reference), len(said)),
    )


def of(reference: str, said: str) -> Rouge:
    """The three scores of one text against another."""
    return rouge(tokens(reference), tokens(said))


def one(reference: Sequence[str], said: Sequence[str]) -> float:
    """ROUGE-1 alone."""
    return _overlap(Counter(reference), Counter(said))


def _pairs(found: Sequence[str]) -> Counter[str]:
    return Counter(f"{one} {other}" for one, other in zip(found, found[1:], strict=False))


def _overlap(reference: Counter[str], said: Counter[str]) -> float:
    shared = sum((reference & said).values())
    return _f1(shared, reference.total(), said.total())


def _f1(shared: int, wanted: int, got: int) -> float:
    return 2 * shared / (wanted + got) if shared else 0.0


def _longest(left: Sequence[str], right: Sequence[str]) -> int:
    """How many tokens the longest common subsequence has."""
    before = [0] * (len(right) + 1)
    for here in left:
        row = [0]
        for index, there in enumerate(right):
            row.append(before[index] + 1 if here == there else max(before[index + 1], row[index]))
        before = row
    return before[-1]
