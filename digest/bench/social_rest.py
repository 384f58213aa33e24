"""X's contract, throttling, the hold with many workers, and what a thousand posts cost."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from digest.adapters.clock import SystemClock
from digest.adapters.x import XPoster
from digest.bench import social_peers, social_work
from digest.bench.social_faults import FOREVER, job_file
from digest.bench.social_work import FastClock, Job
from digest.model.account import Account, Network, PostShape, TextRule
from digest.model.post import (
    Attached,
    Call,
    Held,
    NotPublished,
    Parent,
    Post,
    PostOutcome,
    PostState,
    Published,
    Unclear,
)
from digest.newsroom import posting
from digest.newsroom.house import House
from digest.social import measure
from digest.store import SqlStore, open_store
from digest.store.tables_social import charges

POSTS = 40
PICTURE = Attached(content=b"a picture of letters only", alt="Harbour", width=1200, height=630)
"""Prism passes no other bytes on as they are."""
WORKERS = 8
WINDOW = 4
"""Seconds, of the stand-in that throttles."""
BARE = ("", "", " TheJournal.ie has more.", " See gov.uk.", " It is on sample.ie/lamps now.")


@dataclass(slots=True)
class Noting:
    """A poster that notes when it was asked, and whether the network had said to wait."""

    inner: XPoster
    clock: FastClock | SystemClock
    asked: int = 0
    refused: int = 0
    too_soon: int = 0
    until: datetime | None = None
    texts: list[str] = field(default_factory=list)

    async def publish(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> PostOutcome:
        """Asked once more."""
        self.asked += 1
        self.too_soon += self.until is not None and self.clock.now() < self.until
        outcome = await self.inner.publish(account, post, parent, attached)
        if isinstance(outcome, NotPublished) and outcome.throttled:
            self.refused += 1
            self.until = outcome.retry_at
        elif isinstance(outcome, Published):
            self.until = outcome.full_until
        return outcome

    async def find(self, account: Account, post: Post) -> Published | None | Unclear:
        """As it is."""
        return await self.inner.find(account, post)

    async def rule(self, account: Account) -> TextRule | None | str:
        """As it is."""
        return await self.inner.rule(account)

    def calls(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> Sequence[Call]:
        """As it is."""
        return self.inner.calls(account, post, parent, attached)


def contract() -> dict[str, int]:
    """Posts, answers and readings through X's own description: how many, and its complaints."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        log = Path(folder) / "prism.log"
        stub = stack.enter_context(
            social_peers.peer("x_stub.py", "--port", "0", "--limit", FOREVER, "--length", "plain")
        )
        prism = stack.enter_context(
            social_peers.peer(
                "x_contract",
                *("--port", str(social_peers.free_port()), "--to", stub, "--log", str(log)),
            )
        )
        count = asyncio.run(_all_kinds(prism))
        asked = sum(
            number
            for what, number in social_peers.state(stub)["counts"].items()
            if what.startswith(("POST 2", "GET 2"))
        )
        pictures = social_peers.state(stub)["media"]
        said = log.read_text("utf-8", "replace") if log.exists() else ""
        faults = sum("Violation" in line or "violation" in line for line in said.splitlines())
    return {"posts": count, "pictures": pictures, "requests": asked, "violations": faults}


async def _all_kinds(url: str) -> int:
    """Single posts, parts of threads, some with a picture, and each of them read back."""
    accounts, clock = open_store("sqlite://"), SystemClock()
    try:
        poster = XPoster(clock, accounts.accounts)
        account = social_work.account(Network.X, "main", url)
        count, parent = 0, None
        for post in _posts(account, POSTS):
            answer = parent if count % 3 else None
            shown = PICTURE if count % 4 == 0 else None
            post = replace(post, image=shown is not None)
            outcome = await poster.publish(account, post, answer, shown)
            if not isinstance(outcome, Published):
                raise RuntimeError(f"X's contract: {outcome}")
            found = await poster.find(account, post)
            if not isinstance(found, Published):
                raise RuntimeError(f"X's contract, reading back: {found}")
            parent = Parent(root_id=outcome.remote_id, parent_id=outcome.remote_id)
            count += 1
        return count
    finally:
        accounts.close()


def throttled(*, header: bool) -> dict[str, int]:
    """Forty posts to a network that takes ten in a window: 429s, and requests made while it had
    said to wait. Without the header it never says until when."""
    options = ("--limit", "10", "--window", str(WINDOW), "--length", "plain")
    with (
        tempfile.TemporaryDirectory() as folder,
        social_peers.peer(
            "x_stub.py", "--port", "0", "--reset-header", str(int(header)), *options
        ) as url,
    ):
        job = _job(folder, url, speed=1.0 if header else 200.0)
        app = social_work.app_of(job)
        clock = FastClock(job.speed, datetime.fromisoformat(job.since))
        noting = Noting(XPoster(clock, app.house.store.accounts), clock)
        app.house = replace(app.house, posters={Network.X: noting})
        try:
            social_work.release(app, [social_work.edition(0, stories=POSTS)])
            app.finish(_until_empty(app.house, seconds=90))
            states = [p.state for p in app.house.store.posts.of_edition(1)]
        finally:
            app.close()
    return {
        "posts": states.count(PostState.PUBLISHED),
        "requests": noting.asked,
        "refused": noting.refused,
        "while_throttled": noting.too_soon,
    }


def hold() -> dict[str, int]:
    """Eight processes post as fast as they can; an editor holds everything."""
    with tempfile.TemporaryDirectory() as folder:
        with social_peers.several(
            10, "x_stub.py", "--limit", FOREVER, "--length", "plain", "--slow", "0.05"
        ) as urls:
            job = _job(folder, *urls, speed=1.0)
            jobs = social_work.seed(job)
            path = job_file(job, Path(folder))
            command = [sys.executable, "-m", "digest.bench.social_work", str(path)]
            workers = [
                subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                for _ in range(WORKERS)
            ]
            store = open_store(job.store)
            try:
                _until(lambda: _intents(store) > 60)
                now = datetime.now(UTC)  # noqa: TID251
                store.switches.hold(Held(scope="*", because="bench", who="bench", at=now))
                at_hold = _intents(store)
                time.sleep(4)
                after = _intents(store)
                lifted = store.switches.unhold("*", datetime.now(UTC))  # noqa: TID251
                time.sleep(2)
                fired = _intents(store) - after
            finally:
                store.close()
                for worker in workers:
                    worker.kill()
                    worker.wait()
    return {
        "jobs": jobs,
        "at_hold": at_hold,
        "after_hold": after - at_hold,
        "kept_for_an_editor": lifted,
        "fired_on_release": fired,
    }


def spend(count: int = 1_000) -> dict[str, float]:
    """What we say that a thousand posts cost, and what the stand-in, which counts with X's own
    library, charged."""
    with social_peers.peer("x_stub.py", "--port", "0", "--limit", FOREVER) as url:
        store = open_store("sqlite://")
        try:
            account = social_work.account(Network.X, "main", url)
            poster = XPoster(SystemClock(), store.accounts)
            posts = list(_posts(account, count))
            predicted = sum(measure.price(Network.X, post.text) for post in posts)
            asyncio.run(_publish(poster, account, posts))
        finally:
            store.close()
        charged = social_peers.state(url)["spent_usd"]
    return {"posts": count, "predicted": predicted / 1_000, "charged": float(charged)}


async def _publish(poster: XPoster, account: Account, posts: Sequence[Post]) -> None:
    gate = asyncio.Semaphore(8)

    async def one(post: Post) -> None:
        async with gate:
            outcome = await poster.publish(account, post, None, None)
            if not isinstance(outcome, Published):
                raise RuntimeError(f"{post.text!r}: {outcome}")

    await asyncio.gather(*(one(post) for post in posts))


def _posts(account: Account, count: int) -> list[Post]:
    """Single posts with and without links, bare domains among them."""
    edition = social_work.edition(0, stories=count)
    made = social_work.posts(replace(account, stories=count, shape=PostShape.PER_STORY), edition)
    found = []
    for number, post in enumerate(made):
        words, _, link = post.text.partition("\n\n")
        words += BARE[number % len(BARE)]
        text = f"{words}\n\n{link}" if number % 2 else words
        found.append(replace(post, text=text))
    return found


def _job(folder: str, *urls: str, speed: float) -> Job:
    return Job(
        store=f"sqlite:///{Path(folder) / 'digest.db'}",
        network=Network.X,
        urls=urls,
        speed=speed,
        since=datetime.now(UTC).isoformat(),  # noqa: TID251
    )


async def _until_empty(house: House, *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while house.store.posts.queue(1) and time.monotonic() < end:
        await posting.post_due(house)
        await asyncio.sleep(0.02)


def _intents(store: SqlStore) -> int:
    """How many attempts were ever begun."""
    with store._database.read() as connection:
        begun = select(func.count()).select_from(charges).where(charges.c.attempt > 0)
        return int(connection.execute(begun).scalar_one())


def _until(reached: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > end:
            raise RuntimeError("the workers did not begin")
        time.sleep(0.01)
