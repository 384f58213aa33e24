"""The process that does a workshop's work: reads orders, answers, and touches nothing else.

It is run as a file by a bare interpreter, so everything here is of the standard library.
"""

import fcntl
import logging
import math
import os
import pickle
import resource
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

LENGTH = struct.Struct("!Q")
BEGUN = b"!"
FORBIDDEN = (
    *("socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork"),
    *("os.kill", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink"),
    *("os.truncate", "os.chmod", "os.chown", "os.putenv", "shutil.", "pty.", "sqlite3."),
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
REASON = 300
"""Letters of an error that are told."""

at_work = False


def main() -> None:
    """Answer orders from the socket until its other end is closed."""
    channel = int(sys.argv[1])
    orders, answers = os.fdopen(channel, "rb"), os.fdopen(os.dup(channel), "wb")
    _die_with_parent()
    sys.path[:], memory, seconds = pickle.loads(_read(orders))
    logging.disable()  # the parsers' own remarks are no news
    sys.addaudithook(_refuse)
    is_limited = False
    while order := _read(orders):
        work = _understood(order)
        if not is_limited:  # only now, when what the work needs is loaded
            _limit_memory(memory)
            is_limited = True
        _limit_time(seconds)
        answers.write(BEGUN)
        answers.flush()
        found = _done(work)
        answers.write(LENGTH.pack(len(found)))
        answers.write(found)
        answers.flush()


def _read(orders: BinaryIO) -> bytes:
    header = orders.read(LENGTH.size)
    return orders.read(LENGTH.unpack(header)[0]) if len(header) == LENGTH.size else b""


def _understood(order: bytes) -> Callable[[], object]:
    try:
        work, args, kwargs = pickle.loads(order)
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        return lambda: _fail(told)
    return lambda: work(*args, **kwargs)


def _fail(told: str) -> None:
    raise ImportError(told)


def _done(work: Callable[[], object]) -> bytes:
    global at_work
    at_work = True
    try:
        return pickle.dumps((True, work()), protocol=pickle.HIGHEST_PROTOCOL)
    except BaseException as error:
        told = _told(error)
    finally:
        at_work = False
    return pickle.dumps((False, told))


def _told(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "reading it took too much memory"
    if isinstance(error, RecursionError):
        return "it is nested too deeply to be read"
    try:
        text = "".join(each for each in str(error)[:REASON] if each.isprintable())
    except Exception:
        text = ""
    return f"reading it failed ({type(error).__name__}{': ' if text else ''}{text})"


def _die_with_parent() -> None:
    """Nothing is ever written to our stdin; the end of it is the end of the parent, and ours."""
    with suppress(OSError):
        fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)


def _limit_memory(memory: int) -> None:
    """No more address space than given, no files, no core dump, and the first to be killed.

    Where the system counts no pages (macOS) the time limit alone holds.
    """
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("900")
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (0, 0))
    with suppress(OSError, ValueError):
        with open("/proc/self/statm", encoding="ascii") as file:
            most = int(file.read().split()[0]) * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _limit_time(seconds: float) -> None:
    """A second belt, should the parent be stopped: so many more seconds of CPU, then killed."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(spent.ru_utime + spent.ru_stime + seconds) + 1
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _refuse(event: str, args: tuple[object, ...]) -> None:
    if not at_work:
        return
    if event == "open":
        flags = args[2]
        if not (isinstance(flags, int) and flags & WRITING):
            return
    elif not event.startswith(FORBIDDEN):
        return
    raise PermissionError(f"a reader of foreign bytes may not do this: {event}")


if __name__ == "__main__":
    main()
