"""Work on foreign bytes in processes of their own, killed when they take too long or too much.

A hand is such a process. It is given orders over a socket and holds a pipe whose other end is
ours, so that it dies with us. What it answers is foreign too: only plain values, and the nouns
and enumerations of this program, are let in.
"""

import asyncio
import io
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, is_dataclass
from enum import EnumType
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from digest.model.fetch import Stopped

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 20.0
"""The longest any feed or page of the benchmarks takes is a second."""
STARTING = 60.0
"""Seconds for a process to start and load what the work needs, which nobody outside delays."""
MEMORY = 768 * 1024 * 1024
"""Bytes of address space above what the process has once everything is loaded."""
LARGEST = 64 * 1024 * 1024
"""Bytes of an answer."""
HANDS = 2
ORDERS = 500
"""After so many a process is replaced: parsers leak, and it may run for a year."""
LENGTH = struct.Struct("!Q")
HAND = Path(__file__).with_name("workshop_hand.py")
KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "TZDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_TIMES = frozenset({"datetime", "date", "time", "timedelta", "timezone"})


@dataclass(slots=True, eq=False)
class _Hand:
    process: subprocess.Popen[bytes]
    channel: socket.socket
    orders: int = 0


class ProcessWorkshop:
    """A few processes, started when first needed, that do one piece of work at a time.

    They are kept while a context is open, and no longer; they belong to no event loop.
    """

    def __init__(
        self, *, hands: int = HANDS, seconds: float = SECONDS, memory: int = MEMORY
    ) -> None:
        self._hands = hands
        self._seconds = seconds
        self._memory = memory
        self._idle: list[_Hand] = []
        self._contexts = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gate = asyncio.Semaphore(hands)

    async def __aenter__(self) -> Self:
        """Nothing is started yet."""
        self._contexts += 1
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes, if nobody else has the workshop open."""
        self._contexts -= 1
        while self._idle and not self._contexts:
            await _end(self._idle.pop())

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Stopped:
        """What the function returns, or why it was stopped."""
        order = pickle.dumps((work, args, kwargs), protocol=pickle.HIGHEST_PROTOCOL)
        async with self._at_once():
            try:
                hand = self._idle_one() or self._start()
            except OSError as error:
                return Stopped(because=f"no process could be started for it ({error.strerror})")
            return await self._done(hand, order)

    async def _done(self, hand: _Hand, order: bytes) -> T | Stopped:
        """The answer; the process stays only after work that went well."""
        try:
            found: T | Stopped = _opened(await self._exchange(hand, order))
        except TimeoutError:
            await _end(hand)
            return Stopped(because=f"reading it took more than {self._seconds:g} seconds")
        except OverflowError:
            await _end(hand)
            return Stopped(because=f"reading it gave more than {LARGEST // 1024**2} MiB")
        except (OSError, EOFError):
            return Stopped(because=self._told(await _end(hand, at_once=False)))
        except BaseException:
            await _end(hand)
            raise
        hand.orders += 1
        if self._contexts and hand.orders < ORDERS and not isinstance(found, Stopped):
            self._idle.append(hand)
        else:
            await _end(hand)
        return found

    async def _exchange(self, hand: _Hand, order: bytes) -> bytearray:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(STARTING):
            await loop.sock_sendall(hand.channel, LENGTH.pack(len(order)) + order)
            await _received(hand.channel, 1)
        async with asyncio.timeout(self._seconds):
            (size,) = LENGTH.unpack(await _received(hand.channel, LENGTH.size))
            if size > LARGEST:
                raise OverflowError
            return await _received(hand.channel, size)

    def _at_once(self) -> asyncio.Semaphore:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._gate = loop, asyncio.Semaphore(self._hands)
        return self._gate

    def _idle_one(self) -> _Hand | None:
        while self._idle:
            hand = self._idle.pop()
            if hand.process.poll() is None:
                return hand
            _buried(hand)
        return None

    def _start(self) -> _Hand:
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                process = _process(theirs.fileno())
        except OSError:
            ours.close()
            raise
        path = [str(Path(each or ".").absolute()) for each in sys.path]
        first = pickle.dumps((path, self._memory, self._seconds))
        ours.sendall(LENGTH.pack(len(first)) + first)
        ours.setblocking(False)
        return _Hand(process=process, channel=ours)

    def _told(self, code: int) -> str:
        if code == -signal.SIGXCPU:
            return f"reading it took more than {self._seconds:g} seconds"
        if code == -signal.SIGKILL:
            return "reading it took too much memory, or somebody killed the reader"
        name = f"signal {-code}" if code < 0 else f"exit code {code}"
        return f"the reader broke down on it ({name})"


def _process(channel: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-W", "ignore", str(HAND), str(channel)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        pass_fds=(channel,),
        cwd="/",
        # No key or password goes where foreign bytes are read.
        env={name: os.environ[name] for name in KEPT if name in os.environ},
        # Ctrl-C at the desk is for us, not for them.
        start_new_session=True,
    )


class _Opener(pickle.Unpickler):
    """Makes values of an answer, and calls nothing but the classes such values are of."""

    def find_class(self, module: str, name: str) -> object:
        """A noun or enumeration of this program, or a time."""
        if module == "datetime" and name in _TIMES:
            return super().find_class(module, name)
        if module.startswith("digest.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, EnumType) or (isinstance(found, type) and is_dataclass(found)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


def _opened(answer: bytearray) -> T | Stopped:
    try:
        is_done, value = _Opener(io.BytesIO(answer)).load()
    except Exception as error:  # whatever a broken or taken-over reader sends
        return Stopped(because=f"reading it gave something that is no value ({error})")
    if is_done:
        found: T = value
        return found
    return Stopped(because=str(value))


async def _received(channel: socket.socket, size: int) -> bytearray:
    loop = asyncio.get_running_loop()
    found = bytearray(size)
    view, at = memoryview(found), 0
    while at < size:
        count = await loop.sock_recv_into(channel, view[at:])
        if not count:
            raise EOFError
        at += count
    return found


async def _end(hand: _Hand, *, at_once: bool = True) -> int:
    """Kill the process, or see why it died by itself; no trace of it is left. Its exit code."""
    if at_once:
        hand.process.kill()
    return await asyncio.shield(asyncio.to_thread(_buried, hand))


def _buried(hand: _Hand) -> int:
    hand.channel.close()
    with suppress(subprocess.TimeoutExpired):
        hand.process.wait(1)
    hand.process.kill()
    assert hand.process.stdin is not None
    hand.process.stdin.close()
    return hand.process.wait()
