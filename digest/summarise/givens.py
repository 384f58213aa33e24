"""What a sentence takes as known from the sentences before it."""

import re
from collections.abc import Sequence

from digest.summarise.wording import Wording

# Each letter has one place to stand in: a sentence in capitals would else be tried in 2^n ways.
_NAME = r"[A-Z\u00c0-\u00de][^\W\d_]*(?:[’'-][^\W\d_]*)?"
_NAMES = re.compile(rf"{_NAME}(?:\s+{_NAME})*")


def bare_names(sentences: Sequence[str], wording: Wording) -> list[bool]:
    """For each sentence, whether it names somebody short whom an earlier one named in full; not
    told where every noun has a capital."""
    if wording.nouns_capitalised:
        return [False] * len(sentences)
    introduced: set[str] = set()
    found = []
    for sentence in sentences:
        names = [_parts(match.group(), wording) for match in _NAMES.finditer(sentence)]
        full = {part for parts in names if len(parts) > 1 for part in parts}
        alone = {parts[0] for parts in names if len(parts) == 1}
        found.append(bool((alone - full) & introduced))
        introduced |= full
    return found


def portraits(sentences: Sequence[str], wording: Wording) -> list[bool]:
    """For each sentence, whether it only says who somebody is."""
    return [
        bool((name := _NAMES.match(sentence)) and wording.portrait.match(sentence, name.end()))
        for sentence in sentences
    ]


def _parts(name: str, wording: Wording) -> list[str]:
    """The words of a name, without an opening word such as "The" or "When"."""
    parts = [part.removesuffix("'s").removesuffix("’s") for part in name.split()]
    return parts[1:] if parts[0].lower() in wording.language.stop else parts
