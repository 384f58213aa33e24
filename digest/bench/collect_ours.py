"""Our side of `bench collect`, a process of its own: the real program on the same feeds."""

import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from digest.adapters.workshop import HANDS
from digest.app import App
from digest.app.build import read_settings
from digest.bench import memory
from digest.collect import changes, feed
from digest.newsroom.collecting import collect_due

FOREVER = timedelta(days=36_500)
"""The feeds are years old: all their items count, as they do for the peer."""
ITEMS = 10_000
CONFIG = """\
site:
  name: Bench
  url: https://bench.example
  timezone: Europe/Dublin
  language: en
  postal_address: Bench, 1 Example Street, Dublin 1
store: sqlite:///digest.db
sources:
{sources}
newsletters:
  - {{id: morning, title: Bench, schedule: daily 07:00}}
collecting: {{intranet: [127.0.0.0/8], max_age: 3650d, items: {items}}}
mail: {{from: Bench <bench@bench.example>, relay: "maildir:outbox"}}
"""


def main(age: str, folder: Path, passes: int) -> None:
    """Collect so many times, print what it took and what was kept.

    `age` "young" takes every item for one that an edition may still read, whose lines are sorted.
    """
    feeds = json.loads((folder / "urls.json").read_text("utf-8"))
    path = folder / "config.yaml"
    path.write_text(config(feeds), "utf-8")
    settings = read_settings(str(path), {})
    collecting = replace(settings.collecting, max_age=FOREVER)
    ages = {"young": FOREVER, "as dated": settings.newsletters[0].max_age}
    newsletters = tuple(replace(n, max_age=ages[age]) for n in settings.newsletters)
    app = App.build(replace(settings, collecting=collecting, newsletters=newsletters))
    try:
        taken = app.finish(_passes(app, passes))
        print(json.dumps({"passes": taken, **_kept(app), **_peaks()}))
    finally:
        app.close()


def config(feeds: list[str]) -> str:
    """A config.yaml that takes the text of each feed as the article, as the peer does."""
    sources = "\n".join(
        f'  - {{id: f{number:03}, url: "{url}", pages: false}}' for number, url in enumerate(feeds)
    )
    return CONFIG.format(sources=sources, items=ITEMS)


async def _passes(app: App, passes: int) -> list[dict[str, float]]:
    """As `digest serve` does: one session and one workshop for all of them, already open."""
    await asyncio.gather(*(_warm(app) for _ in range(HANDS)))
    return [await _measured(app) for _ in range(passes)]


async def _warm(app: App) -> None:
    """Start a process of the workshop: starting Python is not collecting, for no program."""
    house = app.house
    await house.workshop.do(feed.parse, b"", url="https://bench.example/")
    now = house.clock.now()
    await house.workshop.do(changes.without_pages, house.settings.sources[0], (), now, now)


async def _measured(app: App) -> dict[str, float]:
    began, cpu = time.perf_counter(), _cpu()
    reports = await collect_due(app.house, now_please=True)
    return {
        "cpu": _cpu() - cpu,
        "wall": time.perf_counter() - began,
        "failed": sum(report.failed > 0 for report in reports),
    }


def _kept(app: App) -> dict[str, int]:
    """Articles, and how often a source lists one: an article in two feeds is one article."""
    store, settings = app.house.store, app.house.settings
    since = app.house.clock.now() - FOREVER
    found = store.articles.since(since, [source.id for source in settings.sources])
    listed = store.articles.sources_of([article.url for article in found])
    return {"articles": len(found), "listed": sum(map(len, listed.values()))}


def _peaks() -> dict[str, float]:
    """MiB at the most: the program, and the largest of its workshop's processes."""
    return {
        "peak": memory.peak(),
        "peak_reading": memory.peak_of_children(),
    }


def _cpu() -> float:
    """Seconds of this process, of the processes it started, and of those that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    ended = sum(each.ru_utime + each.ru_stime for each in used)
    ticks = os.sysconf("SC_CLK_TCK")
    return ended + sum(of for _, of in descendants(os.getpid(), dict(_stats()))) / ticks


def descendants(pid: int, stats: dict[int, tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Process id and ticks of all that a process started and that still run."""
    for child, (parent, ticks) in stats.items():
        if parent == pid:
            yield child, ticks
            yield from descendants(child, stats)


def stat(text: str) -> tuple[int, int]:
    """Parent and CPU ticks in a /proc/PID/stat; a name may hold blanks and brackets."""
    fields = text.rpartition(")")[2].split()
    return int(fields[1]), sum(map(int, fields[11:15]))


def _stats() -> Iterator[tuple[int, tuple[int, int]]]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            yield int(path.parent.name), stat(path.read_text("utf-8", "replace"))
        except (OSError, ValueError):
            continue  # it ended while we looked


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
