"""How fast messages may go."""

BURST = 0.02
"""Seconds' worth of messages that may go at once, so that a coarse timer loses no speed."""


class Pace:
    """Spaces messages evenly: no window of T seconds holds more than rate x (T + BURST) + 1."""

    def __init__(self, rate: float) -> None:
        self._gap = 1 / rate if rate > 0 else 0.0
        self._next = 0.0

    def wait(self, now: float) -> float:
        """0.0 and the place is taken, or the seconds until the next one is free."""
        if not self._gap:
            return 0.0
        if self._next > now:
            return self._next - now
        self._next = max(self._next, now - BURST) + self._gap
        return 0.0
