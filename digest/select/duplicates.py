"""The same text in several places: agency reports that papers print with their own top and tail."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from rensa import RMinHash

from digest.model.news import Article
from digest.text.terms import words

SAME_TEXT = 0.3
"""The share of common shingles from which on two texts are one: different articles reach 0.13, an
agency text keeps this much with another top and tail, a fifth cut off, a tenth of it edited."""
WORD_FOR_WORD = 0.8
"""From here on the days between do not count."""
WINDOW = timedelta(hours=48)
"""Further apart, texts less alike are of one mould (the weather, the markets), not one text."""
LEAST_WORDS = 50
"""Shorter texts are too easily alike."""

_SHINGLE = 4
_PERMUTATIONS = 128
_SEED = 60


def sets(articles: Sequence[Article]) -> list[list[int]]:
    """Indices of the articles, those that print the same text together, the others alone."""
    of = list(range(len(articles)))
    for left, right in _pairs(articles):
        kept, lost = sorted((of[left], of[right]))
        if kept != lost:
            of = [kept if each == lost else each for each in of]
    found: dict[int, list[int]] = {}
    for index, first in enumerate(of):
        found.setdefault(first, []).append(index)
    return list(found.values())


def _pairs(articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    """Every two that print the same text."""
    sketches: list[tuple[int, RMinHash]] = []
    for here, article in enumerate(articles):
        sketch = _sketch(article)
        if sketch is None:
            continue
        for there, other in sketches:
            alike = sketch.jaccard(other)
            if alike >= SAME_TEXT and (
                alike >= WORD_FOR_WORD or abs(article.when - articles[there].when) <= WINDOW
            ):
                yield there, here
        sketches.append((here, sketch))


def _sketch(article: Article) -> RMinHash | None:
    """What stands for the text in comparisons, None when it is too short for any."""
    said = words(" ".join(article.paragraphs).lower())
    if len(said) < LEAST_WORDS:
        return None
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update([" ".join(said[n : n + _SHINGLE]) for n in range(len(said) - _SHINGLE + 1)])
    return sketch
