"""How many words a text has, and how long they take to read."""

import re

_CLOSED_UP = re.compile(r"(?<=[^\W_])—(?=[^\W_])")


def count(text: str) -> int:
    """The number of words: what stands between blanks or closed-up dashes.

    Never fewer than blanks alone would give, so a limit kept here is kept by anybody's count.
    """
    return len(text.split()) + (len(_CLOSED_UP.findall(text)) if "—" in text else 0)


def seconds(words: int, per_minute: int) -> int:
    """The time in seconds at that speed, rounded up."""
    return -(-words * 60 // per_minute)


def most(words: int, per_minute: int) -> int:
    """As many words as asked for, but never more than are read in 60 seconds at that speed."""
    return min(words, per_minute)
