"""Calls of other programs: what is common to believing them and to refusing them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

FRESH = timedelta(minutes=5)
"""A signature older or newer than this is refused: it may be played back."""

Headers = Mapping[str, str]
"""By their names in lower case."""

UNREADABLE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    OSError,
)
"""What reading a body that is not as it should be may raise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A call that is not believed or not understood; nothing of it is kept."""

    because: str
    forged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """A genuine call about something that is not ours to know."""

    because: str


def forged(because: str) -> Refused:
    """A call that is not believed."""
    return Refused(because=f"{because}; nothing was kept", forged=True)


def stale(stamp: str, now: datetime) -> Refused | None:
    """Why the seconds since 1970 under a signature are none, or too far from now."""
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
        return forged("the call is not signed")
    if abs(now.timestamp() - int(stamp)) > FRESH.total_seconds():
        return forged("the signature is older than five minutes")
    return None
