"""Real days once more through the real use cases: nothing collected or told twice."""

import asyncio
import time as stopwatch
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import ParamSpec, TypeVar

from digest.app import App
from digest.bench.past import HandClock, Past, PastFetcher, Snapshots, Stream, shared
from digest.model.edition import Edition, Occurrence
from digest.model.fetch import Stopped
from digest.model.mail import MailSettings
from digest.model.news import Article
from digest.model.newsletter import CollectingSettings, Newsletter, ScheduleRule, Site, Source
from digest.model.settings import Settings
from digest.newsroom import collecting, editions
from digest.newsroom.house import House
from digest.newsroom.reporting import SourceReport
from digest.ports import Flight
from digest.select import duplicates, stories
from digest.select.developments import developments
from digest.url import page_key

TIMES = (time(7), time(17))
"""When an edition goes out, UTC."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One story of a released edition, as its article then stood."""

    edition: str
    at: datetime
    article: Article


class OnTheSpot:
    """A workshop without processes, as the bytes are known; it counts what it is asked to do."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Stopped:
        """What the function returns."""
        self.done[f"{work.__module__}.{work.__name__}"] += 1
        return work(*args, **kwargs)


class NoMail:
    """Nobody has subscribed."""

    async def pump(self, flight: Flight) -> None:
        """Nothing to hand over."""


@dataclass(slots=True, kw_only=True)
class Replayed:
    """What the days gave."""

    house: House
    fetcher: PastFetcher
    workshop: OnTheSpot
    rounds: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    """Articles over all rounds: new, changed, same, failed."""
    troubles: list[str] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    because: list[str] = field(default_factory=list)
    """Why there was no edition, for each slot without one."""
    told: list[Told] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    """Of CPU, for each edition: chosen, written, rendered and released."""
    collecting_seconds: float = 0.0

    def articles(self) -> list[Article]:
        """All that was collected."""
        sources = [source.id for source in self.house.settings.sources]
        long_ago = self.house.clock.now() - timedelta(days=3650)
        return self.house.store.articles.since(long_ago, sources)

    def doubled(self) -> list[str]:
        """Pages that were collected as more than one article."""
        pages = Counter(page_key(article.url) for article in self.articles())
        return [page for page, count in pages.items() if count > 1]

    def told_again(self) -> list[tuple[Told, Told]]:
        """Articles, or copies of one text, that stood in two editions."""
        sets = duplicates.sets([told.article for told in self.told])
        return [pair for members in sets for pair in self._pairs(members)]

    def developed(self) -> list[tuple[Told, Told]]:
        """Stories that stood in two editions: each with the report that came before it."""
        of = {told.article.url: number for number, told in enumerate(self.told)}
        groups = stories.group([told.article for told in self.told])
        numbers = [sorted(of[article.url] for article in group) for group in groups]
        return [pair for members in numbers for pair in self._pairs(members)]

    def retold(self) -> list[tuple[Told, Told]]:
        """Those of them that tell nothing new."""
        return [
            (before, after)
            for before, after in self.developed()
            if not developments([after.article], [before.article])
        ]

    def stale(self) -> list[Told]:
        """Stories that were too old for their edition, or not yet due."""
        oldest = self.house.settings.newsletters[0].max_age
        nothing = timedelta(0)
        return [told for told in self.told if not nothing <= told.at - told.article.when <= oldest]

    def _pairs(self, members: Sequence[int]) -> list[tuple[Told, Told]]:
        ordered = [self.told[number] for number in members]
        return list(zip(ordered, ordered[1:], strict=False))


def run(say: Callable[[str], object]) -> dict[str, object]:
    """Replay both sets of days, print what they gave and return the figures."""
    folder = shared()
    return {
        "hourly": _said("stories/replay", Stream(folder / "stories/replay"), say),
        "business": _said("feeds_replay", Snapshots(folder / "feeds_replay"), say),
    }


def replay(
    past: Past, *, store: str = "sqlite://", validators: bool = False, visits: int = 1
) -> Replayed:
    """All moments of the past in order, with an edition at every slot between them.

    At each moment so many rounds are made; what the feeds say is the same for all of them.
    """
    clock = HandClock(past.moments[0])
    fetcher = PastFetcher(past, clock, validators=validators)
    workshop = OnTheSpot()
    app = App.build(
        settings(past, store), clock=clock, fetcher=fetcher, workshop=workshop, mailer=NoMail()
    )
    found = Replayed(house=app.house, fetcher=fetcher, workshop=workshop)
    asyncio.run(_days(found, clock, past.moments, visits))
    return found


def settings(past: Past, store: str = "sqlite://") -> Settings:
    """A newsroom with a source for every feed, whose own texts are the articles."""
    sources = tuple(
        Source(
            id=name,
            name=name,
            url=past.address(name),
            pages=False,
            every=timedelta(minutes=5),
        )
        for name in past.names
    )
    daily = ScheduleRule(text="daily 07:00, 17:00", timezone="UTC")
    return Settings(
        site=Site(name="The Replay", url="https://replay.example", timezone="UTC"),
        store=store,
        sources=sources,
        newsletters=(Newsletter(id="days", title="News in 60 seconds", schedule=daily),),
        mail=MailSettings(from_name="The Replay", from_address="news@replay.example"),
        collecting=CollectingSettings(items=200),
    )


async def _days(
    found: Replayed, clock: HandClock, moments: Sequence[datetime], visits: int
) -> None:
    """Rounds and slots in the order of their instants."""
    slots = set(_slots(moments))
    for instant in sorted(slots | set(moments)):
        clock.instant = instant
        if instant in slots:
            await _edition(found, instant)
            continue
        for _ in range(visits):
            await _round(found)


async def _round(found: Replayed) -> None:
    start = stopwatch.process_time()
    reports = await collecting.collect_due(found.house, now_please=True)
    found.collecting_seconds += stopwatch.process_time() - start
    found.rounds += 1
    for report in reports:
        found.counts.update(_counts(report))
        found.troubles += report.troubles


def _counts(report: SourceReport) -> dict[str, int]:
    return {
        "new": report.new,
        "changed": report.changed,
        "same": report.same,
        "failed": report.failed,
    }


async def _edition(found: Replayed, slot: datetime) -> None:
    house = found.house
    newsletter = house.settings.newsletters[0]
    occurrence = Occurrence(
        newsletter_id=newsletter.id, local_date=slot.date(), local_time=slot.time(), due_at=slot
    )
    start = stopwatch.process_time()
    made = await editions.produce(house, newsletter, occurrence)
    if isinstance(made, str):
        found.because.append(f"{slot:%d %b %H:%M}: {made}")
        return
    await editions.release_due(house)
    found.seconds.append(stopwatch.process_time() - start)
    released = house.store.editions.by_id(made.id)
    assert released is not None and released.released_at is not None, made.slug
    found.editions.append(released)
    urls = [brief.url for brief in released.bulletin.briefs]
    stood = house.store.articles.get(urls)
    found.told += [Told(edition=released.slug, at=slot, article=stood[url]) for url in urls]


def _slots(moments: Sequence[datetime]) -> Iterator[datetime]:
    first, last = moments[0], moments[-1]
    for day in range((last.date() - first.date()).days + 1):
        for at in TIMES:
            slot = datetime.combine(first.date() + timedelta(days=day), at, tzinfo=first.tzinfo)
            if first < slot <= last:
                yield slot


def _said(name: str, past: Past, say: Callable[[str], object]) -> dict[str, object]:
    found = replay(past)
    articles = found.articles()
    versions = sum(article.version - 1 for article in articles)
    figures: dict[str, object] = {
        "rounds": found.rounds,
        "failed": found.counts["failed"] + len(found.troubles),
        "feeds": found.fetcher.answers.total(),
        "parsed": found.workshop.done["digest.collect.feed.parse"],
        "articles": len(articles),
        "versions": versions,
        "doubled": len(found.doubled()),
        "editions": len(found.editions),
        "told": len(found.told),
        "told_again": len(found.told_again()),
        "stale": len(found.stale()),
        "developed": len(found.developed()),
        "retold": len(found.retold()),
        "collecting_cpu": found.collecting_seconds,
        "edition_cpu": max(found.seconds, default=0.0),
    }
    say(f"\n{name}: " + ", ".join(f"{n} {key}" for key, n in figures.items() if "cpu" not in key))
    say(
        f"{found.collecting_seconds / found.rounds:.2f} CPU-seconds a round, at most"
        f" {max(found.seconds, default=0.0):.2f} an edition; stories with a later development:"
    )
    for before, after in found.developed():
        say(
            f"  {before.at:%d %b %H:%M} {before.article.headline}\n"
            f"  {after.at:%d %b %H:%M}   {after.article.headline}"
        )
    return figures
