"""A site's address becomes sources: its feeds are found, looked at, and told with a sample."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from digest.collect import discover, links, robots
from digest.collect.discover import COMMENTS, LINKED, NEWS_SITEMAP, USUAL, Candidate
from digest.collect.links import Suggestion
from digest.errors import UsageError
from digest.model.fetch import Fetched, FetchRequest, Stopped
from digest.model.news import Feed
from digest.model.newsletter import Source
from digest.newsroom import reading
from digest.newsroom.house import House
from digest.newsroom.reading import Trip
from digest.url import host, is_web, join, page_key

TRIES = 10
"""Addresses looked at beside the one that was given and robots.txt."""
SAMPLE = 3
"""Headlines that show what a feed holds."""
LONGEST_NAME = 60
GIVEN = "the address itself"
CLOSED = frozenset({400, 401, 403, 404, 405, 406, 410})
"""Answers of a page whose site may have a feed all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A feed that can be collected from: the source it would be, and what it holds now."""

    source: Source
    because: str
    """Why it was looked at."""
    title: str = ""
    language: str = ""
    count: int = 0
    """Articles it lists."""
    newest: datetime | None = None
    headlines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An address that gives nothing to collect, and why."""

    url: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What looking for feeds at an address gave, the best first."""

    address: str
    good: tuple[Sample, ...] = ()
    refused: tuple[Refused, ...] = ()
    guesses: int = 0
    """Usual addresses that were tried and gave no feed."""
    listing: Suggestion | None = None
    """Where there is no feed: how the page itself could be the source."""
    because: str = ""
    """One sentence when nothing was found or the address itself gave nothing, else ""."""


async def find(house: House, address: str, *, pattern: str = "") -> Found:
    """The feeds at an address, which is fetched once; with a pattern the page is the source."""
    trip = reading.trip(house)
    asked, fetched = await _arrive(trip, address, page=bool(pattern))
    search = _Search(trip=trip, taken={source.id for source in house.settings.sources})
    given = Candidate(url=asked, because=GIVEN, rank=LINKED)
    if fetched.problem and fetched.status not in CLOSED:
        return Found(address=address, because=f"nothing was found: {fetched.problem}")
    problem = await search.take(given, fetched, pattern=pattern)
    if not problem or pattern:
        return search.found(address, problem)
    page = fetched if _is_page(fetched) else None
    if page is not None:
        problem = ""
        await search.go_through(await _linked(house, page))
    if search.good:
        return search.found(address)
    request = FetchRequest(url=join(fetched.url, "/robots.txt"))
    rules = robots.text(await trip.round.visit(request), "")
    await search.go_through(discover.guessed(fetched.url, rules))
    listing = None
    if page and not search.good and not robots.read(rules).refusal(page.url):
        listing = await _listing(house, page)
    return search.found(address, problem, listing)


def known(house: House, url: str) -> str:
    """The id of the source that is collected from this address already, "" when none is."""
    states = house.store.sources.states()
    for source in house.settings.sources:
        state = states.get(source.id)
        moved = state.address if state and state.url == source.url else ""
        if page_key(url) in {page_key(source.url), page_key(moved) if moved else ""}:
            return source.id
    return ""


async def _arrive(trip: Trip, address: str, *, page: bool) -> tuple[str, Fetched]:
    """The one visit, and to where; without a scheme https is tried, then http."""
    address = address.strip()
    tries = [address] if "://" in address else [f"https://{address}", f"http://{address}"]
    if not is_web(tries[0]) or address.startswith("file:"):
        raise UsageError(
            f"{address!r} is no web address; nothing was fetched."
            " Write it as a browser shows it, for example https://www.thejournal.ie"
        )
    if there := known(trip.house, tries[0]):
        raise UsageError(f"{address} is collected from already, as {there!r}; nothing was fetched")
    url, fetched = tries[0], Fetched(url=tries[0])
    for url in tries:
        fetched = await trip.round.visit(FetchRequest(url=url), page=page)
        if fetched.status or not fetched.problem:
            break
    if there := known(trip.house, fetched.moved_to or fetched.url):
        raise UsageError(f"{address} leads to what is collected from already, as {there!r}")
    return url, fetched


def _is_page(fetched: Fetched) -> bool:
    if fetched.problem:
        return False
    return "html" in fetched.content_type or b"<html" in fetched.body[:4096].lower()


async def _linked(house: House, page: Fetched) -> tuple[Candidate, ...]:
    found = await house.workshop.do(
        discover.linked, page.body, url=page.url, content_type=page.content_type
    )
    return () if isinstance(found, Stopped) else found


async def _listing(house: House, page: Fetched) -> Suggestion | None:
    found = await house.workshop.do(
        links.suggest, page.body, url=page.url, content_type=page.content_type
    )
    return None if isinstance(found, Stopped) else found


@dataclass(slots=True, kw_only=True)
class _Search:
    """Goes from candidate to candidate until it has what it looks for."""

    trip: Trip
    taken: set[str]
    good: list[Sample] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    guesses: int = 0
    tries: int = 0
    seen: set[str] = field(default_factory=set)
    there: bool = False
    """Whether one of them is collected from already."""

    async def go_through(self, candidates: Sequence[Candidate]) -> None:
        """Look at the likeliest kind first; a less likely kind only while nothing is good."""
        queue = deque(candidates)
        rank = queue[0].rank if queue else LINKED
        while queue and self.tries < TRIES:
            candidate = queue.popleft()
            enough = bool(self.good) and (candidate.rank > rank or candidate.rank >= NEWS_SITEMAP)
            if candidate.rank == COMMENTS:
                self.refuse(candidate, "it lists readers' comments, not articles")
            elif candidate.url not in self.seen and not enough:
                rank = max(rank, candidate.rank)
                queue.extendleft(reversed(await self.look_at(candidate)))

    async def look_at(self, candidate: Candidate) -> tuple[Candidate, ...]:
        """Fetch one; what it links instead when it is a page about feeds."""
        self.tries += 1
        fetched = await self.trip.round.visit(FetchRequest(url=candidate.url))
        if fetched.problem and fetched.retry_at is not None:
            self.tries = TRIES
        problem = await self.take(candidate, fetched)
        if not problem:
            return ()
        self.refuse(candidate, problem)
        if candidate.rank == LINKED or not _is_page(fetched):
            return ()
        inner = await _linked(self.trip.house, fetched)
        because = f"linked from {fetched.url}"
        return tuple(replace(c, because=because, rank=LINKED) for c in inner if c.rank == LINKED)

    async def take(self, candidate: Candidate, fetched: Fetched, *, pattern: str = "") -> str:
        """Keep a good source with a sample; "" then, else why it is none."""
        self.seen |= {candidate.url, fetched.url}
        if fetched.problem:
            return fetched.problem
        source = Source(id="", url=fetched.moved_to or candidate.url, links=pattern)
        feed = await reading.feed_of(self.trip, source, fetched)
        if feed.problem:
            return feed.problem
        if there := known(self.trip.house, source.url):
            self.there = True
            return f"it is collected from already, as {there!r}"
        is_given = candidate.because == GIVEN
        if not any(item.url for item in feed.items) and (feed.items or pattern or not is_given):
            return "it lists no article at this moment"
        if page_key(source.url) not in {page_key(sample.source.url) for sample in self.good}:
            self.good.append(self.sample(candidate, source, feed))
        return ""

    def refuse(self, candidate: Candidate, because: str) -> None:
        """Note it; usual addresses are only counted."""
        if candidate.rank == USUAL:
            self.guesses += 1
        else:
            self.refused.append(Refused(url=candidate.url, because=because))

    def sample(self, candidate: Candidate, source: Source, feed: Feed) -> Sample:
        """The source it would be and what it holds."""
        title = feed.title or candidate.title
        name = title if len(title) <= LONGEST_NAME and not source.links else ""
        source = replace(source, id=discover.id_for(source.url, title, self.taken), name=name)
        self.taken.add(source.id)
        return Sample(
            source=source,
            because=candidate.because,
            title=title,
            language=feed.language,
            count=len(feed.items),
            newest=max((i.published for i in feed.items if i.published), default=None),
            headlines=tuple(i.headline for i in feed.items if i.headline)[:SAMPLE],
        )

    def found(self, address: str, problem: str = "", listing: Suggestion | None = None) -> Found:
        """All of it."""
        site = host(address if "://" in address else f"https://{address}") or address
        because = f"no feed was found at {site}" + (f": {problem}" if problem else "")
        if self.there:
            because = f"no other feed was found at {site} than those collected from already"
        return Found(
            address=address,
            good=tuple(self.good),
            refused=tuple(self.refused),
            guesses=self.guesses,
            listing=listing,
            because=problem if self.good else because,
        )
