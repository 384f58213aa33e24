"""How alike articles are: their words, their opening and their names, weighed by rarity."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from digest.model.news import Article
from digest.text import sentences
from digest.text.languages import ENGLISH, Language
from digest.text.terms import words

_SHARES = (0.35, 0.35, 0.3)
"""Of the body, the opening (precision before recall), and the names and numbers."""
_HEAD_SENTENCES = 2
_MOST_LETTERS = 3000
"""Of the body; what comes later says more about the background than about the event."""
_OPENING_LETTERS = 1500
"""Where a text comes as one paragraph, its first sentences are within these."""
_COMMON = 0.25
"""A word that stands in more than this share of many articles tells no two of them apart."""
_MANY = 200
"""With fewer articles every word is looked at."""
_BEFORE = 5
"""Inside a group the other articles of the day still count like so many of its own."""

Table = list[list[float]]

Bag = Counter[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What articles say, in three views, and in how many of them each word stands."""

    views: tuple[tuple[Bag, ...], ...]
    """For each view (body; opening; names and numbers) one bag of words an article."""
    spread: tuple[Bag, ...]

    @property
    def size(self) -> int:
        """How many articles there are."""
        return len(self.views[0])


def read(articles: Sequence[Article], language: Language = ENGLISH) -> Reading:
    """The words of the articles, read once for every comparison."""
    told = [_views(article, language) for article in articles]
    views = tuple(tuple(each[number] for each in told) for number in range(len(_SHARES)))
    return Reading(views=views, spread=tuple(_spread(bags) for bags in views))


def likeness(reading: Reading) -> Table:
    """The likeness of every two articles, from 0 to 1."""
    table = _empty(reading.size)
    most = reading.size if reading.size < _MANY else int(reading.size * _COMMON)
    for bags, spread, share in zip(reading.views, reading.spread, _SHARES, strict=True):
        rarity = {t: math.log((1 + reading.size) / (1 + n)) + 1 for t, n in spread.items()}
        common = {t for t, n in spread.items() if n > most}
        _compare(table, bags, rarity, share, common)
    return _mirrored(table)


def likeness_within(reading: Reading, members: Sequence[int]) -> Table:
    """The likeness of every two of the articles by what not all of them say.

    Articles on look-alike events share the words of their subject; among themselves these weigh
    little, and the names and numbers that tell the events apart weigh much.
    """
    table = _empty(len(members))
    for bags, spread, share in zip(reading.views, reading.spread, _SHARES, strict=True):
        few = [bags[index] for index in members]
        inside = _spread(few)
        there = {t: spread[t] * _BEFORE / reading.size + n for t, n in inside.items()}
        rarity = {t: math.log((_BEFORE + len(few)) / n) for t, n in there.items()}
        _compare(table, few, rarity, share, frozenset())
    return _mirrored(table)


def _views(article: Article, language: Language) -> tuple[Bag, Bag, Bag]:
    """The words of the body, of the opening, and those written with a capital or a figure."""
    body = " ".join(article.paragraphs)[:_MOST_LETTERS]
    first = article.paragraphs[0][:_OPENING_LETTERS] if article.paragraphs else ""
    opening = sentences.split(first, language)[:_HEAD_SENTENCES]
    head = words(" ".join([article.headline, article.standfirst, *opening]))
    written = [*words(f"{article.headline} {article.standfirst}"), *words(body)]
    names = [word for word in written if word[0].isupper() or word[0].isdigit()]
    return _count(written, language), _count(head, language), _count(names, language)


def _count(found: Iterable[str], language: Language) -> Bag:
    return Counter(
        word for word in map(str.lower, found) if word not in language.stop and len(word) > 1
    )


def _spread(bags: Iterable[Bag]) -> Bag:
    """In how many of the bags each word stands."""
    found: Bag = Counter()
    for bag in bags:
        found.update(bag.keys())
    return found


def _empty(size: int) -> Table:
    return [[0.0] * size for _ in range(size)]


def _compare(
    table: Table,
    bags: Sequence[Bag],
    rarity: Mapping[str, float],
    share: float,
    common: Set[str],
) -> None:
    """Add the cosines of the bags, at this share, to the lower half of the table.

    Rare words count more, repeats count less and less.
    """
    index: dict[str, list[tuple[int, float]]] = {}
    for here, bag in enumerate(bags):
        vector = {t: (1 + math.log(n)) * rarity[t] for t, n in bag.items()}
        length = math.sqrt(sum(w * w for w in vector.values()) / share) or 1.0
        row = table[here]
        for term, weight in vector.items():
            if term in common:
                continue
            weight /= length
            known = index.setdefault(term, [])
            for there, other in known:
                row[there] += weight * other
            known.append((here, weight))


def _mirrored(table: Table) -> Table:
    for here, row in enumerate(table):
        for there in range(here):
            table[there][here] = row[there]
    return table
