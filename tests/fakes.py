"""Fakes of the small ports."""

from datetime import datetime, timedelta

from tests.builders import NOW


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
