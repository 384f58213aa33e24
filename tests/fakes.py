"""Fakes of the small ports."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from digest.model.fetch import Stopped
from tests.builders import NOW

P = ParamSpec("P")
T = TypeVar("T")


class FakeClock:
    """A clock that moves only when told."""

    def __init__(self, now: datetime = NOW) -> None:
        self.instant = now

    def now(self) -> datetime:
        """The instant it stands at."""
        return self.instant

    def forward(self, **by: float) -> datetime:
        """Move by a timedelta's arguments."""
        self.instant += timedelta(**by)
        return self.instant


class FakeIds:
    """Counts instead of drawing lots: id1, id2, padded to the size asked."""

    def __init__(self) -> None:
        self.count = 0

    def token(self, size: int = 16) -> str:
        """The next word."""
        self.count += 1
        return f"id{self.count}".ljust(size, "x")[:size]


class InlineWorkshop:
    """Does the work on the spot; names in `refused` (of functions) are stopped instead."""

    def __init__(self, *refused: str) -> None:
        self.refused = set(refused)

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Stopped:
        """What the function returns."""
        if work.__name__ in self.refused:
            return Stopped(because="reading it took more than 20 seconds")
        try:
            return work(*args, **kwargs)
        except Exception as error:
            return Stopped(because=f"reading it failed ({error})")
