"""Words without their endings (Snowball's algorithms; English by Porter's of 1980)."""

from functools import cache, lru_cache

import snowballstemmer


@lru_cache(maxsize=65536)
def stem(word: str, stemmer: str = "porter") -> str:
    """The stem of a lower-case word by the algorithm of that name; two letters are one already."""
    if len(word) <= 2:
        return word
    return str(_algorithm(stemmer).stemWord(word))


@cache
def _algorithm(name: str) -> "snowballstemmer.among":
    return snowballstemmer.stemmer(name)
