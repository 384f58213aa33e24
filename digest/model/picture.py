"""Pictures that stand in our mail, kept and served by ourselves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Pictures(StrEnum):
    """Which pictures of a source we may show."""

    NONE = "none"
    OWN = "own"
    """All but those whose caption or credit names an agency."""
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustration:
    """A picture as a story shows it."""

    name: str
    """Of its file under /pictures/, made from its content."""
    width: int
    """Pixels; mail shows it at half of that at most."""
    height: int
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture's bytes, ready for every mail program: JPEG, at most 1200 pixels wide."""

    name: str
    url: str
    """Where it came from."""
    width: int
    height: int
    content: bytes
    made_at: datetime
