"""Which stories are the lighter ones: those of sections such as culture or sport."""

import re
from collections.abc import Sequence

from digest.text.languages import Language

_PART_BREAK = re.compile(r"\s*(?:[,/&|:>+]|\b(?:and|und)\b)\s*")


def is_light(section: str, named: Sequence[str], language: Language) -> bool:
    """Whether the section, or a part of its name ("Arts & Culture"), is one of those the editors
    named, or without such of those the language's list names."""
    wanted = {name.casefold() for name in named} or language.light
    whole = section.casefold().strip()
    return not wanted.isdisjoint({whole, *_PART_BREAK.split(whole)} - {""})
