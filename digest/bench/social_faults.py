"""A thousand posts a network while requests, answers and workers are lost."""

import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from digest.bench import social_peers, social_work
from digest.bench.social_work import Job
from digest.model.account import Network
from digest.model.post import PostState

SPEED = 20.0
"""Times the machine's clock: two minutes until the last look take six seconds."""
LOST = 20
"""Of a hundred requests, and of a hundred answers."""
POINTS = ("after_claim", "before_answer", "after_answer", "before_find", "after_find")
KILLS = 20
SERVERS = 10
FOREVER = "1000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the jobs on one network."""

    jobs: int
    kills: int
    lost_requests: int
    lost_answers: int
    doubled: int
    lost: int
    states: dict[str, int]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A network that loses things, and how to see what it has."""

    network: Network
    urls: tuple[str, ...]
    texts: Callable[[], Counter[str]]


@contextmanager
def x() -> Iterator[Way]:
    """Stand-ins of X, one an account."""
    with tempfile.TemporaryDirectory() as folder:
        truths = [Path(folder) / f"{number}" for number in range(SERVERS)]
        with _stubs("x_stub.py", truths, "--limit", FOREVER, "--length", "plain") as urls:
            yield Way(network=Network.X, urls=urls, texts=lambda: _told(truths, "post"))


@contextmanager
def mastodon(key: str) -> Iterator[Way]:
    """Stand-ins of Mastodon servers that treat the key so."""
    with tempfile.TemporaryDirectory() as folder:
        truths = [Path(folder) / f"{number}" for number in range(SERVERS)]
        with _stubs("mastodon_stub.py", truths, "--key", key, "--rate", FOREVER) as urls:
            yield Way(network=Network.MASTODON, urls=urls, texts=lambda: _told(truths, "post"))


@contextmanager
def bluesky() -> Iterator[Way]:
    """The real server, behind a proxy that loses things."""
    with social_peers.bluesky() as (pds, proxy):
        social_peers.control(proxy, lose_request=LOST, lose_response=LOST)
        yield Way(
            network=Network.BLUESKY,
            urls=(proxy,),
            texts=lambda: Counter(social_peers.records(pds)),
        )


def run(
    way: Way,
    *,
    kills: int = KILLS,
    seed: int = 7,
    editions: int = social_work.EDITIONS,
    stories: int = social_work.STORIES,
) -> Outcome:
    """All posts, with so many workers killed on the way."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        start = datetime.now(UTC)  # noqa: TID251
        job = Job(
            store=f"sqlite:///{Path(folder) / 'digest.db'}",
            network=way.network,
            urls=way.urls,
            speed=SPEED,
            since=start.isoformat(),
            editions=editions,
            stories=stories,
        )
        jobs = social_work.seed(job)
        path = job_file(job, Path(folder))
        killed = sum(
            _work(path, POINTS[number % len(POINTS)], dice.randint(2, max(3, stories // 9)))
            for number in range(kills)
        )
        _work(path)
        seconds = (datetime.now(UTC) - start).total_seconds()  # noqa: TID251
        return _outcome(job, way, jobs, killed, seconds)


def job_file(job: Job, folder: Path) -> Path:
    """The job in a file, for workers to read."""
    path = folder / "job.json"
    path.write_text(json.dumps(asdict(job)), "utf-8")
    return path


def _work(path: Path, *point: object) -> bool:
    """One worker, until it is done or dead; whether it died."""
    command = [sys.executable, "-m", "digest.bench.social_work", str(path), *map(str, point)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1_800, check=False)
    if done.returncode not in (0, -9):
        raise RuntimeError(f"the worker ended with {done.returncode}: {done.stderr[-2_000:]}")
    return done.returncode == -9


def _outcome(job: Job, way: Way, jobs: int, kills: int, seconds: float) -> Outcome:
    app = social_work.app_of(job)
    try:
        store = app.house.store
        posts = [p for number in range(1, 99) for p in store.posts.of_edition(number)]
    finally:
        app.close()
    there = way.texts()
    wanted = Counter(post.text for post in posts)
    counts: Counter[str] = Counter()
    for url in way.urls:
        counts.update(social_peers.state(url)["counts"])
    return Outcome(
        jobs=jobs,
        kills=kills,
        lost_requests=counts["requests lost"],
        lost_answers=counts["responses lost"],
        doubled=sum(max(0, there[text] - 1) for text in there),
        lost=sum(there[text] == 0 for text in wanted),
        states=dict(Counter(PostState(post.state).value for post in posts)),
        seconds=seconds,
    )


@contextmanager
def _stubs(name: str, truths: Sequence[Path], *options: str) -> Iterator[tuple[str, ...]]:
    """A stand-in for each file of truth, all of them losing things."""
    with ExitStack() as stack:
        faults = ("--lose-request", str(LOST), "--lose-response", str(LOST))
        yield tuple(
            stack.enter_context(
                social_peers.peer(
                    name,
                    *("--port", "0", "--truth", str(truth), "--seed", str(number)),
                    *faults,
                    *options,
                )
            )
            for number, truth in enumerate(truths)
        )


def _told(truths: Sequence[Path], what: str) -> Counter[str]:
    """The texts that the stand-ins noted when they came to be."""
    rows = [json.loads(line) for truth in truths for line in truth.read_text("utf-8").splitlines()]
    return Counter(str(row["text"]) for row in rows if row["what"] == what)
