"""A sender that dies, breaks down or falls asleep at a named point of the flight.

python -m digest.bench.deliver_crash URL PORT CONNECTIONS POINT NUMBER MODE
POINT: after_intent, after_dot, after_250; NUMBER: the how manieth time; MODE: kill, raise, hang.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from digest.adapters.pump.ledger import Ledger
from digest.adapters.smtp.wire import Wire
from digest.bench import deliver_work
from digest.store.flight import Flights

LARGE = 2_000
"""A write of so many bytes holds a body."""


class Broken(Exception):
    """What `raise` raises: a bug of ours."""


def crash(point: str, number: int, mode: str) -> None:
    """Arm the point."""
    left = [number]

    def reached() -> None:
        left[0] -= 1
        if left[0]:
            return
        if mode == "raise":
            raise Broken(f"at {point}")
        os.kill(os.getpid(), signal.SIGKILL if mode == "kill" else signal.SIGSTOP)

    place: tuple[type, str, Callable[..., bool]] = {
        "after_intent": (Flights, "settle", lambda granted, *_: bool(granted)),
        "after_dot": (Wire, "write", lambda _, self, data: len(data) > LARGE),
        "after_250": (Ledger, "answered", lambda *_: True),
    }[point]
    _wrap(*place, reached, before=point == "after_250")


def _wrap(
    kind: type, name: str, counts: Callable[..., bool], reached: Callable[[], None], *, before: bool
) -> None:
    """Say when the method was (or is about to be) called in a way that counts."""
    method = getattr(kind, name)

    def wrapped(self: Any, *args: Any, **keys: Any) -> Any:
        if before and counts(None, self, *args):
            reached()
        result = method(self, *args, **keys)
        if not before and counts(result, self, *args):
            reached()
        return result

    setattr(kind, name, wrapped)


if __name__ == "__main__":
    url, port, connections, where, count, how = sys.argv[1:]
    crash(where, int(count), how)
    deliver_work.send(url, int(port), int(connections), "")
