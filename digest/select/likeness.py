"""How alike two articles are: their words, their opening and their names, weighed by rarity."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from digest.model.news import Article
from digest.text import sentences
from digest.text.terms import STOP, words

_BODY, _HEAD, _NAMES = 0.35, 0.35, 0.3
"""0.7 for the text, half of it for the opening alone (precision before recall), 0.3 for names:
the best of 15 variants on ECB+."""
_HEAD_SENTENCES = 2
_MOST_LETTERS = 3000
"""Of the body; what comes later says more about the background than about the event."""

Vector = Mapping[str, float]


def likeness(articles: Sequence[Article]) -> list[list[float]]:
    """The likeness of every two articles, from 0 to 1."""
    vectors = _vectors(articles)
    table = [[0.0] * len(vectors) for _ in vectors]
    index: dict[str, list[tuple[int, float]]] = {}
    for here, vector in enumerate(vectors):
        row = table[here]
        for term, weight in vector.items():
            known = index.setdefault(term, [])
            for there, other in known:
                row[there] += weight * other
            known.append((here, weight))
    for here, row in enumerate(table):
        for there in range(here):
            table[there][here] = row[there]
    return table


def _vectors(articles: Sequence[Article]) -> list[dict[str, float]]:
    """One vector an article: body, opening and names side by side, each at its share of length."""
    views = [_views(article) for article in articles]
    joined: list[dict[str, float]] = [{} for _ in articles]
    for view, (name, share) in enumerate((("b", _BODY), ("h", _HEAD), ("n", _NAMES))):
        for vector, weighed in zip(joined, _weigh([v[view] for v in views]), strict=True):
            vector.update({f"{name}:{t}": math.sqrt(share) * w for t, w in weighed.items()})
    return joined


def _views(article: Article) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """The words of the body, of the opening, and those written with a capital."""
    body = " ".join(article.paragraphs)[:_MOST_LETTERS]
    opening = sentences.split(article.paragraphs[0])[:_HEAD_SENTENCES] if article.paragraphs else []
    head = words(" ".join([article.headline, article.standfirst, *opening]))
    written = [*words(f"{article.headline} {article.standfirst}"), *words(body)]
    capitalised = [word for word in written if word[0].isupper()]
    return _count(written), _count(head), _count(capitalised)


def _count(found: Sequence[str]) -> Counter[str]:
    return Counter(word for word in map(str.lower, found) if word not in STOP and len(word) > 1)


def _weigh(bags: Sequence[Counter[str]]) -> list[dict[str, float]]:
    """Each bag as a vector of length one; rare words count more, repeats count less and less."""
    spread: Counter[str] = Counter()
    for bag in bags:
        spread.update(bag.keys())
    rarity = {t: math.log((1 + len(bags)) / (1 + n)) + 1 for t, n in spread.items()}
    weighed = []
    for bag in bags:
        vector = {t: (1 + math.log(n)) * rarity[t] for t, n in bag.items()}
        length = math.sqrt(sum(w * w for w in vector.values())) or 1.0
        weighed.append({t: w / length for t, w in vector.items()})
    return weighed
