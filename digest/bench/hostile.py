"""Servers and documents that mean harm: what is told, how long it takes, how much memory."""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass

import uvloop

from digest.adapters.http import HttpFetcher
from digest.adapters.workshop import ProcessWorkshop
from digest.bench import hostile_bytes, hostile_servers, memory
from digest.bench.hostile_servers import Play
from digest.collect import feed, page
from digest.model.fetch import FetchRequest, Stopped
from digest.model.news import Feed, Page

SECONDS = 5.0
"""Given to each fetch and each document, so that the bench ends; the product gives more."""
CALM = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case."""

    outcome: str
    seconds: float
    mib: float
    """The most memory our own process held above what it has after a harmless case."""
    reader_mib: float = 0.0
    """The most that the process reading the document held."""


def run(say: Callable[[str], object]) -> dict[str, object]:
    """Print both tables and return their figures."""
    with asyncio.Runner() as runner:
        figures = runner.run(_run(say))
    worst = max(row.mib for row in figures["servers"].values())
    say(f"most memory that a server cost above a harmless one: {worst:.1f} MiB")
    rows = {
        kind: {name: asdict(row) for name, row in rows.items()} for kind, rows in figures.items()
    }
    return {"worst_server_mib": worst, **rows}


async def _run(say: Callable[[str], object]) -> dict[str, dict[str, Row]]:
    say(f"{'server':<34}{'s':>6}{'MiB':>7}  outcome")
    servers = {}
    for name, play in hostile_servers.plays().items():
        servers[name] = row = await _fetched(play)
        say(f"{name:<34}{row.seconds:>6.2f}{row.mib:>7.1f}  {row.outcome}")
    say(f"{'document':<34}{'s':>6}{'MiB':>7}{'reader':>8}  outcome")
    documents = {}
    for kind, found in (("feed", hostile_bytes.feeds()), ("page", hostile_bytes.pages())):
        for number, name in enumerate(found):
            told = f"{kind}: {name}"
            documents[told] = row = await _measured(kind, str(number))
            say(
                f"{told:<34}{row.seconds:>6.2f}{row.mib:>7.1f}{row.reader_mib:>8.1f}  {row.outcome}"
            )
    return {"servers": servers, "documents": documents}


async def _fetched(play: Play) -> Row:
    async def also_calm(writer: asyncio.StreamWriter, path: str) -> None:
        if path == "/calm":
            writer.write(CALM)
        else:
            await play(writer, path)

    async with hostile_servers.serving(also_calm) as (port, _):
        return await _measured("server", str(port))


async def _measured(*what: str) -> Row:
    """What a process of its own finds out about one case."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "digest.bench.hostile", *what), stdout=asyncio.subprocess.PIPE
    )
    found, _ = await process.communicate()
    return Row(**json.loads(found))


def measure(kind: str, which: str) -> Row:
    """One case in this process."""
    work = _measure_server(int(which)) if kind == "server" else _measure_bytes(kind, int(which))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


async def _measure_server(port: int) -> Row:
    async with HttpFetcher("digest-bench/1", intranet=("127.0.0.1",)) as fetcher:
        await fetcher.fetch(FetchRequest(url=f"http://127.0.0.1:{port}/calm"))
        before, start = _peak_now(), time.perf_counter()
        found = await fetcher.fetch(FetchRequest(url=f"http://127.0.0.1:{port}/0", seconds=SECONDS))
        seconds = time.perf_counter() - start
    return Row(
        outcome=found.problem or f"{found.status}, {len(found.body):,} bytes",
        seconds=seconds,
        mib=memory.peak() - before,
    )


async def _measure_bytes(kind: str, number: int) -> Row:
    found = hostile_bytes.feeds() if kind == "feed" else hostile_bytes.pages()
    read: Callable[..., Feed | Page] = feed.parse if kind == "feed" else page.read
    async with ProcessWorkshop(hands=1, seconds=SECONDS) as place:
        await place.do(read, b"<p>Calm.</p>", url="https://sample.example/")
        body = list(found.values())[number]()
        before, start = _peak_now(), time.perf_counter()
        # What is sent, and what comes back, is ours to hold: it is in the figure.
        value = await place.do(read, body, url="https://sample.example/")
        seconds = time.perf_counter() - start
        mib = memory.peak() - before
    reader = memory.peak_of_children()
    return Row(outcome=_told(value), seconds=seconds, mib=mib, reader_mib=reader)


def _told(value: Feed | Page | Stopped) -> str:
    if isinstance(value, Stopped):
        return value.because
    if value.problem:
        return value.problem
    count, noun = (
        (len(value.items), "item")
        if isinstance(value, Feed)
        else (len(value.paragraphs), "paragraph")
    )
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _peak_now() -> float:
    """Start counting the most memory anew, where the system can; the figure to begin with."""
    with suppress(OSError), open("/proc/self/clear_refs", "w", encoding="ascii") as file:
        file.write("5")
    return memory.peak()


if __name__ == "__main__":
    print(json.dumps(asdict(measure(*sys.argv[1:3]))))
