"""What there is to say in mail, whatever the language."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Words of one language; what stands in braces is put in."""

    code: str
    stories: Mapping[str, str]
    """Plural form (CLDR) -> so many stories."""
    comma: str = ","
    bulletin: str
    """What a minute of news is called."""
    nothing: str
    web: str
    more: str
    """Stands before a headline that leads to its article."""
    why: str
    manage: str
    leave: str
    """The unsubscribe link; beside other letters the English word, which mail programs know."""
    picture: str
    raised: str
    """How far a goal is reached."""
    ends: str
