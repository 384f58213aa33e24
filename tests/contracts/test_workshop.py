"""Every workshop: the one of processes, under all that work can do, and the fake."""

import asyncio
import codecs
import math
import operator
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import uvloop

from digest.adapters import workshop
from digest.adapters.workshop import ProcessWorkshop
from digest.collect.feed import parse
from digest.model.fetch import Stopped
from digest.ports import Workshop
from tests.fakes import InlineWorkshop

MIB = 1024 * 1024
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Sample</title><item>
<title>Ferry fares</title><link>https://sample.example/1</link><guid>1</guid>
<pubDate>Mon, 16 Mar 2026 06:00:00 GMT</pubDate></item></channel></rss>"""
LOOPS = pytest.mark.parametrize("new_loop", [asyncio.new_event_loop, uvloop.new_event_loop])


@pytest.fixture
async def processes() -> AsyncIterator[ProcessWorkshop]:
    """Two processes, with a limit nothing here comes near."""
    async with ProcessWorkshop(seconds=60) as place:
        yield place


@pytest.fixture(params=["processes", "fake"])
async def place(request: pytest.FixtureRequest) -> AsyncIterator[Workshop]:
    """A workshop."""
    if request.param == "fake":
        yield InlineWorkshop()
        return
    async with ProcessWorkshop(seconds=60) as found:
        yield found


async def test_work_gives_what_the_function_returns(place: Workshop) -> None:
    """With arguments by place and by name; nouns with their times come back equal."""
    assert await place.do(operator.add, 1, 2) == 3
    assert await place.do(sorted, [1, 3, 2], reverse=True) == [3, 2, 1]
    url = "https://sample.example/feed"
    assert await place.do(parse, FEED, url=url) == parse(FEED, url=url)


async def test_large_bodies_pass_both_ways(place: Workshop) -> None:
    """As large as a fetch may be."""
    body = bytes(range(256)) * (15 * MIB // 256)
    assert await place.do(bytes, body) == body


async def test_work_that_takes_too_long_is_killed() -> None:
    """The process ends, and the next piece of work gets a fresh one."""
    async with ProcessWorkshop(hands=1, seconds=0.2) as place:
        before = await place.do(os.getpid)
        found = await place.do(math.factorial, 10**8)
        assert isinstance(found, Stopped) and "more than 0.2 seconds" in found.because
        assert _is_gone(before)
        assert await place.do(os.getpid) not in (before, os.getpid())


async def test_work_that_takes_too_much_memory_is_stopped() -> None:
    """At the limit, long before the machine notices."""
    async with ProcessWorkshop(memory=64 * MIB) as place:
        assert await place.do(len, bytes(10 * MIB)) == 10 * MIB
        found = await place.do(operator.mul, b"x", 10**9)
        assert isinstance(found, Stopped) and "too much memory" in found.because
        assert await place.do(operator.add, 1, 2) == 3


@pytest.mark.parametrize(
    ("work", "argument", "told"),
    [
        (signal.raise_signal, signal.SIGSEGV, "broke down on it (signal 11)"),
        (signal.raise_signal, signal.SIGKILL, "too much memory"),
        (signal.raise_signal, signal.SIGXCPU, "more than 60 seconds"),
        (os._exit, 3, "broke down on it (exit code 3)"),
        (sys.exit, 3, "SystemExit"),
        (int, "seven", "ValueError: invalid literal"),
        (iter, (1, 2), "no value"),
        (open, os.devnull, "pickle"),
        (PurePosixPath, "a", "no value"),
        (operator.itemgetter, 1, "no value"),
        (bytes, 65 * MIB, "more than 64 MiB"),
    ],
)
async def test_every_end_is_a_sentence(
    processes: ProcessWorkshop, work: Callable[[Any], Any], argument: object, told: str
) -> None:
    """Crash, exit, error, an answer that is no value: stopped with the reason, and on it goes."""
    found = await processes.do(work, argument)
    assert isinstance(found, Stopped) and told in found.because
    assert await processes.do(operator.add, 1, 2) == 3


@pytest.mark.parametrize(
    ("work", "arguments"),
    [
        (socket.create_connection, (("127.0.0.1", 9),)),
        (socket.getaddrinfo, ("localhost", 80)),
        (subprocess.run, (["true"],)),
        (os.system, ("true",)),
        (os.fork, ()),
        (os.kill, (1, 0)),
        (os.mkdir, ("made",)),
        (os.remove, ("kept",)),
        (os.open, ("made", os.O_WRONLY | os.O_CREAT)),
        (Path.write_text, (Path("made"), "x")),
    ],
)
async def test_work_reaches_nothing_outside(
    processes: ProcessWorkshop, tmp_path: Path, work: Callable[..., Any], arguments: tuple[Any, ...]
) -> None:
    """No network, no other process, no file written or removed."""
    (tmp_path / "kept").write_text("x", "utf-8")
    there = tuple(
        type(each)(tmp_path / each) if str(each) in {"made", "kept"} else each for each in arguments
    )
    found = await processes.do(work, *there)
    assert isinstance(found, Stopped) and "may not do this" in found.because
    assert [each.name for each in tmp_path.iterdir()] == ["kept"]


async def test_work_may_load_modules(processes: ProcessWorkshop) -> None:
    """A parser finds its codecs while it works."""
    assert await processes.do(codecs.decode, b"\x8a", "cp1250") == "\u0160"
    assert await processes.do(exec, "import colorsys, wave") is None


async def test_what_is_printed_is_no_answer(processes: ProcessWorkshop) -> None:
    """Neither by Python nor by a library in C."""
    assert await processes.do(print, "x" * 5000) is None
    assert await processes.do(os.write, 1, b"y" * 5000) == 5000
    assert await processes.do(operator.add, 1, 2) == 3


async def test_no_secret_of_ours_is_in_their_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that is taken over finds no password in its environment."""
    monkeypatch.setenv("MAIL_PASSWORD", "open sesame")
    async with ProcessWorkshop() as place:
        assert await place.do(os.getenv, "MAIL_PASSWORD") is None


async def test_a_process_is_replaced_after_many_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsers leak; the process does not live to show it."""
    monkeypatch.setattr(workshop, "ORDERS", 2)
    async with ProcessWorkshop(hands=1) as place:
        first, second, third = [await place.do(os.getpid) for _ in range(3)]
    assert first == second != third


async def test_a_process_that_died_idle_is_replaced(processes: ProcessWorkshop) -> None:
    """The next piece of work does not pay for it."""
    before = await processes.do(os.getpid)
    assert isinstance(before, int)
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
    after = await processes.do(os.getpid)
    assert isinstance(after, int) and after != before


async def test_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without room for one more is a sentence too."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    found = await ProcessWorkshop().do(operator.add, 1, 2)
    assert isinstance(found, Stopped) and "no process could be started" in found.because


async def test_work_is_done_side_by_side(processes: ProcessWorkshop, tmp_path: Path) -> None:
    """While one process waits the other answers; a third piece of work waits for a free one."""
    pipes = [tmp_path / name for name in "ab"]
    for pipe in pipes:
        os.mkfifo(pipe)
    waiting = [asyncio.ensure_future(processes.do(Path.read_bytes, pipe)) for pipe in pipes]
    writers = [await asyncio.to_thread(pipe.open, "wb", 0) for pipe in pipes]
    third = asyncio.ensure_future(processes.do(operator.add, 1, 2))
    await asyncio.wait([third], timeout=0)
    assert not third.done() and not any(each.done() for each in waiting)
    for writer in writers:
        writer.write(b"done")
        writer.close()
    assert await asyncio.gather(*waiting, third) == [b"done", b"done", 3]


async def test_cancelled_work_is_killed(processes: ProcessWorkshop, tmp_path: Path) -> None:
    """Nobody works on for an answer that nobody waits for."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    task = asyncio.ensure_future(processes.do(Path.read_bytes, pipe))
    with await asyncio.to_thread(pipe.open, "wb", 0) as writer:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with pytest.raises(BrokenPipeError):
            writer.write(b"too late")
    assert await processes.do(operator.add, 1, 2) == 3


async def test_outside_a_context_nothing_stays() -> None:
    """Each piece of work then has a process of its own, which is gone afterwards."""
    place = ProcessWorkshop(hands=2)
    pids = await asyncio.gather(*(place.do(os.getpid) for _ in range(3)))
    assert len(set(pids)) == 3 and all(_is_gone(pid) for pid in pids)


def test_one_workshop_serves_one_event_loop_after_another() -> None:
    """Of both kinds, with more work than hands in each; between them no process stays."""
    place = ProcessWorkshop(hands=1)

    async def work() -> list[int | Stopped]:
        async with place, place:
            return await asyncio.gather(*(place.do(os.getpid) for _ in range(3)))

    for new_loop in (uvloop.new_event_loop, asyncio.new_event_loop, uvloop.new_event_loop):
        with asyncio.Runner(loop_factory=new_loop) as runner:
            pids = runner.run(work())
        assert len(set(pids)) == 1 and _is_gone(pids[0])


@LOOPS
def test_both_event_loops_kill_in_time(new_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    """Work, a limit passed, work again, and no child is left, not even a dead one."""

    async def work() -> list[object]:
        async with ProcessWorkshop(seconds=0.2) as place:
            return [await place.do(time.sleep, 60), await place.do(operator.add, 1, 2)]

    with asyncio.Runner(loop_factory=new_loop) as runner:
        stopped, found = runner.run(work())
    assert isinstance(stopped, Stopped) and found == 3


@pytest.mark.parametrize("work", ["pass", "time.sleep(600)", "math.factorial(10**9)"])
def test_processes_die_with_us(work: str) -> None:
    """kill -9 of the newsroom ends its readers at once, idle or busy."""
    script = f"""
import asyncio
from digest.adapters.workshop import ProcessWorkshop

async def main():
    async with ProcessWorkshop(seconds=600) as place:
        await place.do(exec, "import math, os, time; os.write(2, b'at work'); {work}")
        await asyncio.Event().wait()

asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE) as parent:
        assert parent.stderr is not None and parent.stderr.read(7) == b"at work"
        parent.kill()
        # The processes hold this pipe too: it ends when the last of them has.
        assert parent.communicate(timeout=30)[1] == b""


def _is_gone(pid: object) -> bool:
    assert isinstance(pid, int)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False
