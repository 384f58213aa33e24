"""How the sources stand: when each was asked and will be again, and an editor's word on it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from difflib import get_close_matches

from digest.collect import discover, manners, opml
from digest.collect.opml import LeftOut, Written
from digest.errors import UsageError
from digest.model.fetch import Stopped
from digest.model.news import Article, HostState, SourceState
from digest.model.newsletter import Source
from digest.newsroom.house import House
from digest.url import host, page_key, place

DAY = timedelta(hours=24)
LATEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One configured source and what is known of it."""

    id: str
    name: str
    url: str
    section: str
    checked_at: datetime | None
    next_at: datetime | None
    """None when it is due now or muted."""
    why_then: str
    failures: int
    because: str
    """One sentence on the last fetch."""
    muted: str
    moved_to: str
    articles: int
    """Published (or, without a date, collected) in the last 24 hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """A feed of a list that is collected from already."""

    title: str
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an OPML file brings: new sources, those that are there, those it cannot bring."""

    new: tuple[Source, ...] = ()
    there: tuple[There, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def overview(house: House) -> tuple[Standing, ...]:
    """Every configured source, in the order of config.yaml."""
    states, hosts = house.store.sources.states(), house.store.sources.hosts()
    return tuple(
        _standing(house, source, manners.fresh(states.get(source.id), source), hosts)
        for source in house.settings.sources
    )


def latest(house: House, source_id: str) -> tuple[Standing, tuple[Article, ...]]:
    """One source and the newest articles of its last week."""
    source, state = _source(house, source_id)
    since = house.clock.now() - 7 * DAY
    articles = house.store.articles.since(since, [source.id])[:LATEST]
    return _standing(house, source, state, house.store.sources.hosts()), tuple(articles)


def resume(house: House, source_id: str) -> str:
    """The source is asked again with the next round, whatever was held against it."""
    source, state = _source(house, source_id)
    now = house.clock.now()
    if not state.muted and not state.failures and manners.due(state, now):
        return f"{source.id}: was not held back; it is fetched with the next round"
    told = f"was muted ({state.muted})" if state.muted else f"had failed {state.failures} times"
    told = told if state.muted or state.failures else "was not due yet"
    house.store.sources.save([replace(state, muted="", failures=0, next_at=None)])
    resting = _rest(state, source, house.store.sources.hosts(), now)
    later = (
        f", but not before {resting.until:%d %b %H:%M} UTC: {resting.because}" if resting else ""
    )
    return f"{source.id}: {told}; it is fetched with the next round{later}"


def moved_to(house: House, source_id: str) -> str:
    """Where the source has moved for good, or seems to be moving."""
    source, state = _source(house, source_id)
    target = state.address or state.moved_to
    if not target or target == source.url:
        raise UsageError(f"{source.id} has not moved: {source.url} leads nowhere else")
    return target


def has_moved(house: House, source_id: str, url: str) -> None:
    """What was learned at the old address holds for the new one that config.yaml now names."""
    _, state = _source(house, source_id)
    house.store.sources.save(
        [replace(state, url=url, address="", moved_to="", moved_since=None, moved_times=0)]
    )


async def take(house: House, body: bytes) -> Taken:
    """The feeds of an OPML file beside the sources there are; nothing is fetched."""
    found = await house.workshop.do(opml.read, body)
    if isinstance(found, Stopped):
        raise UsageError(f"the file cannot be used: {found.because}; nothing was added")
    if found.problem:
        raise UsageError(f"{found.problem} Nothing was added")
    sources = house.settings.sources
    there = {page_key(source.url): source.id for source in sources}
    taken = {source.id for source in sources}
    new: list[Source] = []
    doubles: list[There] = []
    for outline in found.outlines:
        if owner := there.get(page_key(outline.url)):
            doubles.append(There(title=outline.title or outline.url, source_id=owner))
            continue
        source = outline.source or Source(
            id="", url=outline.url, section=outline.section, name=outline.title[:80]
        )
        if not source.id or source.id in taken:
            source = replace(source, id=discover.id_for(outline.url, outline.title, taken))
        taken.add(source.id)
        there[page_key(outline.url)] = source.id
        new.append(source)
    return Taken(new=tuple(new), there=tuple(doubles), left_out=found.left_out)


def export(house: House) -> Written:
    """All sources as OPML; what config.yaml fills in by itself is not written out."""
    site = house.settings.site

    def plain() -> Iterator[Source]:
        for source in house.settings.sources:
            zone = "" if source.timezone == site.timezone else source.timezone
            named = source.name not in (host(source.url).removeprefix("www."), site.name)
            yield replace(source, timezone=zone, name=source.name if named else "")

    return opml.write(tuple(plain()), title=f"Sources of {site.name}", when=house.clock.now())


def _source(house: House, source_id: str) -> tuple[Source, SourceState]:
    source = house.settings.source(source_id)
    if source is None:
        ids = [each.id for each in house.settings.sources]
        near = get_close_matches(source_id, ids, n=1)
        hint = f", did you mean {near[0]!r}?" if near else f"; there are: {', '.join(ids[:20])}"
        raise UsageError(f"no source has the id {source_id!r}{hint}")
    return source, manners.fresh(house.store.sources.states().get(source.id), source)


def _standing(
    house: House, source: Source, state: SourceState, hosts: dict[str, HostState]
) -> Standing:
    now = house.clock.now()
    next_at, why_then = _next(source, state, _rest(state, source, hosts, now), now)
    return Standing(
        id=source.id,
        name=source.name,
        url=source.url,
        section=source.section,
        checked_at=state.checked_at,
        next_at=next_at,
        why_then=why_then,
        failures=state.failures,
        because=state.because,
        muted=state.muted,
        moved_to=state.address or state.moved_to,
        articles=len(house.store.articles.since(now - DAY, [source.id])),
    )


def _next(
    source: Source, state: SourceState, resting: HostState | None, now: datetime
) -> tuple[datetime | None, str]:
    """When it is asked again, and why then."""
    if state.muted:
        return None, f"not until you resume it: {state.muted}"
    at = state.next_at if state.next_at and state.next_at > now else None
    if resting is not None and resting.until is not None and (at is None or resting.until > at):
        return resting.until, resting.because
    if at is None:
        return None, "due now" if state.checked_at else "due now: it was never fetched"
    if state.failures:
        times = "once" if state.failures == 1 else f"{state.failures} times in a row"
        return at, f"it failed {times}, so we wait longer"
    if source.every is not None:
        return at, f"every {_spoken(source.every)}, as config.yaml says"
    return at, f"about every {_spoken(state.pause)}, as often as it changes" if state.pause else ""


def _rest(
    state: SourceState, source: Source, hosts: dict[str, HostState], now: datetime
) -> HostState | None:
    """The host's state while it asked for rest."""
    resting = hosts.get(place(state.address or source.url))
    return resting if resting and resting.until and resting.until > now else None


def _spoken(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    if minutes % 60 or minutes < 60:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    hours = minutes // 60
    return f"{hours} hour{'' if hours == 1 else 's'}"
