"""The known word that somebody probably meant."""

import re
from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The nearest known word, small and capital letters alike; "" when none is near."""
    plain = {_plain(name): name for name in known}
    asked = _plain(word)
    near = get_close_matches(asked, plain, n=1, cutoff=cutoff)
    turned = (name for name in plain if sorted(name) == sorted(asked))
    return plain[near[0]] if near else plain.get(next(turned, ""), "")


def _plain(word: str) -> str:
    return re.sub(r"[\s-]+", "_", word.strip()).casefold()
