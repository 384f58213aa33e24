"""Feeds per CPU-second, cold and when nothing changed, beside lemon24/reader on the same server."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from digest.bench import nginx, reader_peer
from digest.bench.nginx import Nginx, Visit
from digest.errors import DigestError

FEEDS = 200
ROUNDS = 3
QUIET = 3
"""Passes in which nothing has changed, after the cold one."""
PEER = "reader 3.26"
PEER_PACKAGES = ("reader==3.26", "feedparser==6.0.14", "sgmllib3k")
BARS = {"cold": 4.0, "quiet": 30.0}
"""So many times the peer's rate, at least."""
UNCHANGED_AT_LEAST = 0.99
REPLAY_EVERY = 7
"""Of the replay's moments, so that a feed that is served twice says something else."""
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(rss|feed|rdf)\b", re.I)

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One process of one program: a cold pass and those after it."""

    cold: float
    """Feeds per CPU-second."""
    quiet: float
    cold_wall: float
    """Seconds."""
    quiet_wall: float
    failed: int
    """Feeds that could not be read."""
    articles: int
    listed: int
    """Articles of all feeds together; one that stands in two feeds is listed twice."""
    unchanged: float
    """Of the visits after the first pass, the part that was answered 304."""
    peak: float = 0.0
    """MiB of the program and of the largest of its reading processes."""
    peak_reading: float = 0.0


def run(say: Say) -> dict[str, object]:
    """Print the table and return its figures; without what it needs, say what to install."""
    data = shared_data()
    missing = _missing(data)
    if missing:
        say(missing)
        return {"skipped": missing}
    programs: dict[str, Sequence[str]] = {}
    ours = (sys.executable, "-m", "digest.bench.collect_ours")
    sorting = {"sorting all": (*ours, "young")}
    try:
        python = peer_python()
        prepare_peer(python)
        programs[PEER] = (str(python), reader_peer.__file__)
    except (OSError, subprocess.CalledProcessError) as error:
        say(f"{PEER} could not be installed ({_last_words(error)}): its row is left out")
    return _told(
        say, _rounds(programs | {"digest": (*ours, "as dated")} | sorting, chosen_feeds(data))
    )


def shared_data() -> Path:
    """The team's feeds, beside the checkout unless DIGEST_SHARED says otherwise."""
    beside = Path(__file__).resolve().parents[3] / "shared"
    return Path(os.environ.get("DIGEST_SHARED", beside)) / "data"


def chosen_feeds(data: Path, most: int = FEEDS) -> list[bytes]:
    """Real feeds that give items, then the replay's, a few moments of each."""
    expected = json.loads(gzip.decompress((data / "feeds" / "expected.json.gz").read_bytes()))
    names = [data / "feeds" / name for name, feed in sorted(expected.items()) if feed["entries"]]
    moments = sorted(each for each in (data / "feeds_replay").iterdir() if each.is_dir())
    for moment in moments[::REPLAY_EVERY]:
        names += sorted(moment.glob("*.xml.gz"))
    return [gzip.decompress(name.read_bytes()) for name in names[:most]]


def ending(body: bytes) -> str:
    """Of the file name, from which the server tells the kind of a feed."""
    if body.lstrip().startswith(b"{"):
        return "json"
    root = _ROOT.search(body[:4096])
    return "atom" if root and root[1].lower() == b"feed" else "rss"


def write_feeds(feeds: Sequence[bytes], folder: Path) -> list[str]:
    """Lay the feeds out for the server, packed and plain; their paths."""
    (folder / "f").mkdir(parents=True)
    paths = []
    for number, body in enumerate(feeds):
        path = f"/f/{number:03}.{ending(body)}"
        (folder / path[1:]).write_bytes(body)
        (folder / f"{path[1:]}.gz").write_bytes(gzip.compress(body, mtime=0))
        paths.append(path)
    return paths


def unchanged_part(visits: Sequence[Visit]) -> float:
    """Of the visits to a feed after its first, the part answered 304; 0 when there were none."""
    seen: set[tuple[str, str]] = set()
    later = []
    for visit in visits:
        feed = (visit.address, visit.path)
        if feed in seen:
            later.append(visit.status == 304)
        seen.add(feed)
    return sum(later) / len(later) if later else 0.0


def measured(answer: dict[str, object], visits: Sequence[Visit], feeds: int) -> Measured:
    """One process's own figures beside what the server saw of it."""
    passes = _passes(answer["passes"])
    cold, quiet = passes[0], passes[1:]
    return Measured(
        cold=feeds / cold["cpu"],
        quiet=feeds / median(each["cpu"] for each in quiet),
        cold_wall=cold["wall"],
        quiet_wall=median(each["wall"] for each in quiet),
        failed=int(cold["failed"]),
        articles=int(str(answer["articles"])),
        listed=int(str(answer["listed"])),
        unchanged=unchanged_part(visits),
        peak=float(str(answer.get("peak", 0))),
        peak_reading=float(str(answer.get("peak_reading", 0))),
    )


def peer_python() -> Path:
    """The Python of the environment that holds the peer, in the user's cache."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "digest-bench" / PEER.replace(" ", "-") / "bin" / "python"


def prepare_peer(python: Path) -> None:
    """Install the peer from PyPI the first time."""
    version = "import reader, sys; sys.exit(reader.__version__ != '3.26')"
    if python.exists() and subprocess.run([python, "-c", version], check=False).returncode == 0:
        return
    folder = python.parent.parent
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, *PEER_PACKAGES], check=True, capture_output=True, text=True)


def _missing(data: Path) -> str:
    if not nginx.program():
        return "nginx is not installed: apt-get install nginx, then run it again; nothing measured"
    if not (data / "feeds" / "expected.json.gz").is_file():
        return f"the feeds to measure with are not in {data}: set DIGEST_SHARED; nothing measured"
    return ""


def _rounds(
    programs: Mapping[str, Sequence[str]], feeds: Sequence[bytes]
) -> dict[str, list[Measured]]:
    """Each program so many times, in turn, each time on a fresh server and database."""
    rows: dict[str, list[Measured]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, command in programs.items():
            with TemporaryDirectory(prefix="digest-bench-") as folder:
                rows[name].append(_one(command, feeds, Path(folder)))
    return rows


def _one(command: Sequence[str], feeds: Sequence[bytes], folder: Path) -> Measured:
    server = Nginx(folder / "nginx")
    paths = write_feeds(feeds, server.folder / "files")
    with server:
        urls = [server.url(number, path) for number, path in enumerate(paths)]
        (folder / "urls.json").write_text(json.dumps(urls), "utf-8")
        done = subprocess.run(
            [*command, str(folder), str(1 + QUIET)], capture_output=True, text=True, check=False
        )
    if done.returncode != 0:
        raise DigestError(f"{' '.join(command)} broke down; nothing was measured:\n{done.stderr}")
    return measured(json.loads(done.stdout), server.visits(), len(feeds))


def _passes(found: object) -> list[dict[str, float]]:
    assert isinstance(found, list)
    return found


def _told(say: Say, rows: dict[str, list[Measured]]) -> dict[str, object]:
    say(f"{FEEDS} real feeds from nginx on loopback, {len(nginx.ADDRESSES)} hosts; medians")
    say(f"of {ROUNDS} rounds in turn; feeds per CPU-second of the program and its processes")
    say(f"{'':<13}{'cold':>8}{'all 304':>9}{'seconds':>15}{'failed':>8}{'listed':>8}{'304':>7}")
    figures: dict[str, object] = {"feeds": FEEDS, "rounds": ROUNDS}
    for name, found in rows.items():
        row = medians(found)
        say(
            f"{name:<13}{row.cold:>8.1f}{row.quiet:>9.1f}"
            f"{row.cold_wall:>9.2f} {row.quiet_wall:>5.2f}"
            f"{row.failed:>8}{row.listed:>8}{row.unchanged:>7.1%}"
        )
        figures[name] = {field: getattr(row, field) for field in Measured.__slots__}
    ours = medians(rows["digest"])
    say(
        f"digest keeps {ours.articles} articles (one in two feeds is one); at most"
        f" {ours.peak:.0f} MiB, and {ours.peak_reading:.0f} MiB in the largest reading process"
    )
    say("sorting all: the same with every item taken for one an edition may still read; only the")
    say("lines of those are sorted into article and rest, which reader does for none")
    if ours.unchanged < UNCHANGED_AT_LEAST:
        say(f"digest was answered 304 only to {ours.unchanged:.1%}: its pass proves nothing")
    if PEER in rows:
        figures["times"] = _compared(say, ours, medians(rows[PEER]))
    return figures


def _compared(say: Say, ours: Measured, peer: Measured) -> dict[str, float]:
    times = {"cold": ours.cold / peer.cold, "quiet": ours.quiet / peer.quiet}
    for name, label in (("cold", "cold"), ("quiet", "all 304")):
        held = "held" if times[name] >= BARS[name] else "MISSED"
        say(f"{label}: {times[name]:.1f} times {PEER} (at least {BARS[name]:g}: {held})")
    return times


def medians(found: Sequence[Measured]) -> Measured:
    """Field by field."""
    middle = {field: median(getattr(each, field) for each in found) for field in Measured.__slots__}
    return Measured(**middle)


def _last_words(error: OSError | subprocess.CalledProcessError) -> str:
    told = str(getattr(error, "stderr", "") or error).strip().splitlines()
    return told[-1] if told else type(error).__name__
