"""A year of slots in two zones, planned and fired by the queue itself in virtual time."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.app.build import App
from digest.bench import email_sample as sample
from digest.bench import social_work
from digest.model.account import Account, Network, TextRule
from digest.model.appeal import AppealPlan
from digest.model.edition import Brief, Bulletin, Edition
from digest.model.newsletter import Newsletter, ScheduleRule
from digest.model.post import Attached, Call, Parent, Post, PostOutcome, Published, Unclear
from digest.model.settings import Settings
from digest.newsroom import planning, posting
from digest.store import open_store

ZONES = ("Europe/Dublin", "America/New_York")
TIMES = (time(1, 30), time(2, 30), time(8, 15), time(17, 45))
"""Two of them where clocks change."""
BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 365


@dataclass(slots=True)
class Paper:
    """A network that takes everything and notes when."""

    clock: "StandingClock"
    at: dict[str, list[datetime]] = field(default_factory=dict)

    async def publish(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> PostOutcome:
        """Noted."""
        self.at.setdefault(account.id, []).append(self.clock.now())
        return Published(remote_id=post.key, url="https://paper.example/")

    async def find(self, account: Account, post: Post) -> Published | None | Unclear:
        """Never asked."""
        return None

    async def rule(self, account: Account) -> TextRule | None | str:
        """None."""
        return None

    def calls(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> Sequence[Call]:
        """None."""
        return ()


class StandingClock:
    """Stands where it is put."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        """The instant."""
        return self.instant


def year() -> dict[str, dict[str, int]]:
    """Zone -> slots there were, slots fired once, slots missed, slots fired twice, and posts at
    other times."""
    clock = StandingClock(BEGINS)
    paper = Paper(clock)
    app = App.build(
        _settings(), store=open_store("sqlite://"), clock=clock, posters={Network.X: paper}
    )
    try:
        asyncio.run(_live(app, clock))
    finally:
        app.close()
    return {zone: _counted(zone, paper.at.get(_name(zone), [])) for zone in ZONES}


async def _live(app: App, clock: StandingClock) -> None:
    """An edition every two hours, and a look at the queue whenever something in it is due."""
    house, number = app.house, 0
    while clock.instant < BEGINS + timedelta(days=DAYS):
        saved = house.store.editions.add(_edition(number, clock.instant), [])
        assert saved is not None
        planned = planning.planned_posts(house, saved)
        assert house.store.editions.release(saved, "bench", clock.instant, AppealPlan(), planned)
        number += 1
        end = clock.instant + timedelta(hours=2)
        while (due := _next_due(app)) is not None and due < end:
            clock.instant = max(due, clock.instant)
            await posting.post_due(house)
        clock.instant = end


def _next_due(app: App) -> datetime | None:
    waiting = app.house.store.posts.queue(1)
    return (waiting[0].next_at or waiting[0].due_at) if waiting else None


def _counted(zone: str, fired: Sequence[datetime]) -> dict[str, int]:
    """Against slots found another way: every minute of the year, by the zone's own clock."""
    slots = _brute(zone)
    counts = Counter(fired)
    return {
        "slots": len(slots),
        "once": sum(counts[at] == 1 for at in slots),
        "missed": sum(counts[at] == 0 for at in slots),
        "twice": sum(counts[at] > 1 for at in slots),
        "elsewhere": sum(at not in slots for at in fired),
    }


def _brute(zone: str) -> set[datetime]:
    """The first instant of each day that shows a slot's time, or, where clocks jump over it, the
    first one after it."""
    found: set[datetime] = set()
    where = ZoneInfo(zone)
    seen: set[tuple[object, time]] = set()
    before = (BEGINS - timedelta(minutes=1)).astimezone(where)
    for minute in range(DAYS * 24 * 60):
        at = BEGINS + timedelta(minutes=minute)
        local = at.astimezone(where)
        for wall in TIMES:
            shows = (local.hour, local.minute) == (wall.hour, wall.minute)
            skipped = (
                before.date() == local.date()
                and before.time() < wall < local.time().replace(second=0)
                and local.utcoffset() != before.utcoffset()
            )
            if (shows or skipped) and (local.date(), wall) not in seen:
                seen.add((local.date(), wall))
                found.add(at)
        before = local
    return found - {BEGINS}


def _settings() -> Settings:
    accounts = tuple(
        replace(
            social_work.account(Network.X, _name(zone), "", stories=1),
            slots=(
                ScheduleRule(
                    text="daily " + ", ".join(f"{wall:%H:%M}" for wall in TIMES), timezone=zone
                ),
            ),
            timezone=zone,
            max_age=timedelta(hours=12),
        )
        for zone in ZONES
    )
    newsletter = Newsletter(
        id="paper",
        title="News in 60 seconds",
        schedule=ScheduleRule(text="every 2 hours", timezone="UTC"),
        accounts=tuple(account.id for account in accounts),
    )
    return Settings(
        site=sample.SITE,
        store="sqlite://",
        sources=(),
        newsletters=(newsletter,),
        mail=sample.MAIL,
        accounts=accounts,
    )


def _name(zone: str) -> str:
    return zone.partition("/")[2].lower().replace("_", "-")


def _edition(number: int, now: datetime) -> Edition:
    line = f"Ward {number} counted {number + 900} lamps on its pier."
    brief = Brief(
        article_id=number,
        url=f"https://sample.ie/{number}/",
        headline=line,
        label="Ward",
        line=line,
        words=8,
    )
    return Edition(
        slug=f"paper-{number}",
        newsletter_id="paper",
        local_date=now.date(),
        local_time=now.time(),
        due_at=now,
        subject=f"Ward {number}",
        preheader="",
        bulletin=Bulletin(briefs=(brief,)),
        appeal="",
        composed_at=now,
    )
