"""How often a source is asked, where it has moved to, and when it is left alone."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from digest.model.fetch import Fetched
from digest.model.news import SourceState
from digest.model.newsletter import Source
from digest.url import host

FIRST_PAUSE = timedelta(minutes=15)
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(minutes=60)
"""Between two fetches of a source whose `every` is left to us."""
MOST_PATIENT = timedelta(hours=6)
"""No back-off and no wish of a feed for rest is longer, unless the editors' `every` is."""
FASTER, SLOWER = 0.6, 1.3
JITTER = 0.1
"""Up to so much is added, so that sources that began together do not stay together."""

MOVES = 6
MOVED_FOR = timedelta(days=3)
"""A feed has moved for good after so many permanent redirects to one address over so long."""

TOLD_AFTER = 8
"""Failures in a row, about a day of them, after which the editors are told, once."""

LOST = 3
"""After so many failures at the address a feed had moved to, the configured one is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What came of one fetch of a source, as far as the next one depends on it."""

    fetched: Fetched
    problem: str = ""
    """Why it gave no articles at all, "" when it did or is unchanged."""
    news: bool = False
    """Whether an article was new or changed."""
    familiar: bool = False
    """Whether it lists an article that is known already."""
    complete: bool = True
    """Whether every article could be read."""
    unread_until: datetime | None = None
    """How long pages that gave no text yet are worth another try."""
    wish: timedelta | None = None
    """How long the feed itself asks not to be fetched again."""
    fingerprint: str = ""
    because: str = ""


def due(state: SourceState, now: datetime) -> bool:
    """Whether the source is to be fetched now."""
    return not state.muted and (state.next_at is None or state.next_at <= now)


def fresh(state: SourceState | None, source: Source) -> SourceState:
    """The state to begin with: another address in config.yaml means another source."""
    if state is None or state.url != source.url:
        return SourceState(source_id=source.id, url=source.url)
    return state


def after(state: SourceState, source: Source, visit: Visit, now: datetime) -> SourceState:
    """What is remembered after a fetch: validators, next time, moves, mutes, and why."""
    state = replace(state, checked_at=now, because=visit.because)
    if visit.fetched.status == 410:
        return _muted(state, visit, now)
    if visit.fetched.status == 0 and visit.fetched.retry_at is not None:
        # Nobody asked: its host wants rest, and that is no failure of the source.
        return replace(state, next_at=visit.fetched.retry_at)
    if visit.problem:
        return _failed(state, source, visit, now)
    state = _validated(_moved(state, visit, now), visit)
    pause = _pause(state, source, visit)
    # All at once: this is the path of every source that has nothing new, thousands of times a day.
    return replace(
        state,
        failures=0,
        muted="",
        unread_until=_unread(state, visit, now),
        pause=None if source.every else pause,
        next_at=_next(state, source, visit, pause, now),
    )


def notice(before: SourceState, after: SourceState) -> str:
    """What the editors must be told of a fetch, "" when it can wait until they look."""
    if after.muted and not before.muted:
        return after.muted
    if after.address and after.address != before.address:
        return after.because
    if after.failures == TOLD_AFTER and before.failures < TOLD_AFTER:
        told = after.because.rstrip(".")
        return f"it has given nothing for {TOLD_AFTER} visits in a row: {told}"
    return ""


def broken(state: SourceState, source: Source, because: str, now: datetime) -> SourceState:
    """What is remembered when our own work on the source failed."""
    visit = Visit(fetched=Fetched(url=source.url), problem=because, because=because)
    return _failed(replace(state, checked_at=now, because=because), source, visit, now)


def _muted(state: SourceState, visit: Visit, now: datetime) -> SourceState:
    """410 is a site's last word: it is not asked again until an editor says so."""
    if state.address:
        # Gone from where it had moved to; the configured address has its say first.
        return replace(state, address="", etag="", last_modified="", next_at=now, failures=0)
    because = (
        f"{host(visit.fetched.url)} says that this feed is gone for good (410); it is not fetched"
        f" any more. Give its new address in config.yaml, or `digest sources resume"
        f" {state.source_id}` to try again"
    )
    return replace(state, muted=because, because=because, next_at=None)


def _failed(state: SourceState, source: Source, visit: Visit, now: datetime) -> SourceState:
    state = replace(state, failures=state.failures + 1)
    if state.address and state.failures >= LOST:
        state = replace(state, address="", etag="", last_modified="", moved_times=0, moved_to="")
    base = source.every or FIRST_PAUSE
    pause = min(base * 2 ** min(state.failures, 16), max(MOST_PATIENT, base))
    wait = visit.fetched.retry_at or now
    return replace(state, next_at=max(now + _jittered(pause, state, now), wait))


def _moved(state: SourceState, visit: Visit, now: datetime) -> SourceState:
    """A permanent redirect counts when it leads to the same place again and again, and the same
    articles are there: a parked domain redirects permanently, too."""
    target = visit.fetched.moved_to
    if not target:
        still = not (state.moved_to or state.moved_since or state.moved_times)
        return state if still else replace(state, moved_to="", moved_since=None, moved_times=0)
    if target != state.moved_to:
        return replace(state, moved_to=target, moved_since=now, moved_times=1)
    times = state.moved_times + 1
    since = state.moved_since or now
    state = replace(state, moved_times=times)
    if times < MOVES or now - since < MOVED_FOR or not (visit.familiar or _unchanged(visit)):
        return state
    because = (
        f"{state.because}; it has moved for good and is fetched from {target};"
        f" `digest sources move {state.source_id}` writes that into config.yaml"
    )
    return replace(
        state, address=target, moved_to="", moved_since=None, moved_times=0, because=because
    )


def _unchanged(visit: Visit) -> bool:
    return visit.fetched.status == 304


def _validated(state: SourceState, visit: Visit) -> SourceState:
    """Validators are kept verbatim and as a pair, and only while every article could be read.

    Without them the next answer is whole again, and what failed gets its second try.
    """
    fetched = visit.fetched
    if _unchanged(visit) and not (fetched.etag or fetched.last_modified):
        return state
    if not visit.complete:
        return replace(state, etag="", last_modified="", fingerprint="")
    fingerprint = visit.fingerprint or state.fingerprint
    told = (fetched.etag, fetched.last_modified, fingerprint)
    if told == (state.etag, state.last_modified, state.fingerprint):
        return state
    return replace(
        state,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        fingerprint=fingerprint,
    )


def _unread(state: SourceState, visit: Visit, now: datetime) -> datetime | None:
    until = [u for u in (state.unread_until, visit.unread_until) if u is not None and u > now]
    return max(until, default=None)


def _pause(state: SourceState, source: Source, visit: Visit) -> timedelta:
    """Shorter after news, longer without; the editors' `every` wins."""
    if source.every:
        return source.every
    pause = (state.pause or FIRST_PAUSE) * (FASTER if visit.news else SLOWER)
    return min(max(pause, SHORTEST), LONGEST)


def _next(
    state: SourceState, source: Source, visit: Visit, pause: timedelta, now: datetime
) -> datetime:
    found = now + _jittered(pause, state, now)
    if not source.every:
        wishes = [now + visit.wish if visit.wish else now, visit.fetched.fresh_until or now]
        found = max(found, min(max(wishes), now + MOST_PATIENT))
    return max(found, visit.fetched.retry_at or found)


def _jittered(pause: timedelta, state: SourceState, now: datetime) -> timedelta:
    """The pause and up to a tenth more, by a draw that the source and the moment decide."""
    draw = sha256(f"{state.source_id} {now.isoformat()}".encode()).digest()
    return pause * (1 + JITTER * int.from_bytes(draw[:4]) / 2**32)
