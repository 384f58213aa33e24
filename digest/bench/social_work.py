"""The social queue at work in a process of its own, which may die at a named point.

python -m digest.bench.social_work JOB.json [POINT NUMBER]
POINT: after_claim, before_answer, after_answer, before_find, after_find.
NUMBER: the how manieth time it is reached.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from digest.adapters.bluesky import BlueskyPoster
from digest.adapters.mastodon import MastodonPoster
from digest.adapters.x import XPoster
from digest.app.build import App, read_templates
from digest.bench import email_sample as sample
from digest.model.account import Account, Network, PostShape
from digest.model.appeal import AppealPlan
from digest.model.edition import Brief, Bulletin, Edition
from digest.model.newsletter import Newsletter, ScheduleRule
from digest.model.post import Post, PostState
from digest.model.secret import Secret
from digest.model.settings import Settings
from digest.newsroom import planning, posting, wording
from digest.social import write
from digest.store import open_store
from digest.store.posts import Posts

STORIES = 110
THREAD = 8
"""Stories of an edition of single posts, and of the one that becomes a thread."""
EDITIONS = 9

WAYS: dict[Network, type] = {
    Network.X: XPoster,
    Network.BLUESKY: BlueskyPoster,
    Network.MASTODON: MastodonPoster,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker is to do; in a file, as JSON."""

    store: str
    network: Network
    urls: tuple[str, ...]
    """Servers, one an account where they know only one."""
    speed: float
    """Seconds of the queue's clock in one of ours."""
    since: str
    """When its clock and ours showed the same."""
    editions: int = EDITIONS
    stories: int = STORIES

    @classmethod
    def read(cls, path: str) -> "Job":
        """From its file."""
        found = json.loads(Path(path).read_text("utf-8"))
        return cls(**{**found, "network": Network(found["network"]), "urls": tuple(found["urls"])})


class FastClock:
    """The machine's clock, only faster: minutes of waiting take seconds."""

    def __init__(self, speed: float, since: datetime) -> None:
        self._speed = speed
        self._since = since

    def now(self) -> datetime:
        """The instant it shows, aware UTC."""
        return self._since + (datetime.now(UTC) - self._since) * self._speed  # noqa: TID251


def app_of(job: Job) -> App:
    """An app on the job's database and network, with its own clock."""
    clock = FastClock(job.speed, datetime.fromisoformat(job.since))
    return App.build(_settings(job), clock=clock, store=open_store(job.store))


def seed(job: Job) -> int:
    """Editions released with all their posts; how many there are."""
    app = app_of(job)
    try:
        single = [edition(number, stories=job.stories) for number in range(job.editions)]
        return release(app, [*single, edition(job.editions, stories=THREAD)])
    finally:
        app.close()


def release(app: App, made: Sequence[Edition]) -> int:
    """Release these editions with their posts; how many those are."""
    house, count = app.house, 0
    for one in made:
        saved = house.store.editions.add(one, [])
        assert saved is not None
        planned = planning.planned_posts(house, saved)
        count += len(planned)
        assert house.store.editions.release(
            saved, "bench", house.clock.now(), AppealPlan(), planned
        )
    return count


def posts(where: Account, made: Edition) -> tuple[Post, ...]:
    """An edition's posts for an account, by our own templates."""
    templates = read_templates("")
    fill = partial(wording.filled, templates)
    now = datetime.now(UTC)  # noqa: TID251
    return write.posts(made, where, ways=write.Ways(site=sample.SITE, fill=fill), now=now)


def work(job: Job) -> None:
    """Run the queue, as `digest serve` does, until nothing waits."""
    app = app_of(job)
    try:
        app.finish(_until_done(app))
    finally:
        app.close()


def crash(point: str, number: int) -> None:
    """Arm the point: the process kills itself when it is reached for the how manieth time."""
    left = [number]

    def reached() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if point == "after_claim":
        _wrap(Posts, "claim", reached)
        return
    when, _, what = point.partition("_")
    for way in WAYS.values():
        _around(way, "publish" if what == "answer" else "find", reached, first=when == "before")


async def _until_done(app: App) -> None:
    posts = app.house.store.posts
    while posts.queue(1):
        await posting.post_due(app.house)
        await asyncio.sleep(0.05)
        waiting = posts.queue(2_000)
        if all(post.state in (PostState.NEEDS_EDITOR, PostState.HELD) for post in waiting):
            return


def _wrap(kind: type, name: str, reached: Callable[[], None]) -> None:
    method = getattr(kind, name)

    def wrapped(*args: Any, **keys: Any) -> Any:
        result = method(*args, **keys)
        if result is not None:
            reached()
        return result

    setattr(kind, name, wrapped)


def _around(kind: type, name: str, reached: Callable[[], None], *, first: bool) -> None:
    method: Callable[..., Awaitable[Any]] = getattr(kind, name)

    async def wrapped(*args: Any, **keys: Any) -> Any:
        if first:
            reached()
        result = await method(*args, **keys)
        if not first:
            reached()
        return result

    setattr(kind, name, wrapped)


def _settings(job: Job) -> Settings:
    """An account a server, and one more for the thread."""
    count = min(len(job.urls), job.editions)
    accounts = [
        account(job.network, f"single{number}", job.urls[number], stories=job.stories)
        for number in range(count)
    ]
    accounts.append(
        account(job.network, "thread", job.urls[-1], shape=PostShape.THREAD, stories=THREAD)
    )
    newsletters = [
        Newsletter(
            id=f"paper{number}",
            title="News in 60 seconds",
            schedule=ScheduleRule(text="daily 07:00", timezone="UTC"),
            accounts=(accounts[min(number, count - 1)].id if number < job.editions else "thread",),
        )
        for number in range(job.editions + 1)
    ]
    return Settings(
        site=sample.SITE,
        store=job.store,
        sources=(),
        newsletters=tuple(newsletters),
        mail=sample.MAIL,
        accounts=tuple(accounts),
    )


def account(network: Network, name: str, url: str, **rules: Any) -> Account:
    """An account that can log in on a stand-in."""
    secrets: dict[Network, dict[str, Any]] = {
        Network.X: {"keys": Secret("consumer secret token more")},
        Network.BLUESKY: {"handle": "paper.test", "password": Secret("app-password")},
        Network.MASTODON: {"token": Secret("token")},
    }
    day = timedelta(days=30)
    return Account(id=name, network=network, url=url, max_age=day, **secrets[network], **rules)


def edition(number: int, *, stories: int) -> Edition:
    """Stories that say different things from all other editions'."""
    briefs = tuple(
        Brief(
            article_id=number * 1_000 + story,
            url=f"https://sample.ie/{number}/{story}/",
            headline=f"Council {number} counts {story} lamps",
            label="Sorrisdale",
            line=f"The council of ward {number} counted {story} lamps on its pier this spring, and"
            f" four divers saw to the {story + 1} that had been dark for 17 days.",
            words=30,
        )
        for story in range(stories)
    )
    now = datetime.now(UTC)  # noqa: TID251
    return Edition(
        slug=f"paper{number}-{now:%Y-%m-%d}",
        newsletter_id=f"paper{number}",
        local_date=now.date(),
        local_time=time(7, 0),
        due_at=now,
        subject=f"Ward {number}",
        preheader="",
        bulletin=Bulletin(briefs=briefs),
        appeal="",
        composed_at=now,
    )


if __name__ == "__main__":
    if len(sys.argv) > 2:
        crash(sys.argv[2], int(sys.argv[3]))
    work(Job.read(sys.argv[1]))
