"""lemon24/reader's side of `bench collect`: a script for a Python that has reader installed."""

import json
import resource
import sys
import time
from pathlib import Path

try:
    import reader
except ImportError:
    reader = None  # our own Python never has it: reader lives in an environment of its own

WORKERS = 10


def main(folder: Path, passes: int) -> None:
    """Add the feeds, update them so many times, print what it took and what was kept."""
    feeds = json.loads((folder / "urls.json").read_text("utf-8"))
    library = reader.make_reader(str(folder / "reader.db"))
    for url in feeds:
        library.add_feed(url)
    taken = [_measured(library) for _ in range(passes)]
    counts = library.get_entry_counts()
    print(json.dumps({"passes": taken, "articles": counts.total, "listed": counts.total}))


def _measured(library: "reader.Reader") -> dict[str, float]:
    began, cpu = time.perf_counter(), _cpu()
    # "scheduled" would leave out, on the second pass, every feed of the first.
    updates = list(library.update_feeds_iter(workers=WORKERS, scheduled=False))
    return {
        "cpu": _cpu() - cpu,
        "wall": time.perf_counter() - began,
        "failed": sum(isinstance(update.value, Exception) for update in updates),
    }


def _cpu() -> float:
    """Seconds of this process, its threads and its children that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
