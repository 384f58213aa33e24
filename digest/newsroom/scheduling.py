"""Slots planned into the occurrence table, claimed once, and made into editions."""

import asyncio
import logging
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo

from digest.model.edition import Edition, EditionState, Occurrence, OccurrenceState, Slot
from digest.model.newsletter import Newsletter, ScheduleRule
from digest.newsroom import collecting, editions
from digest.newsroom.house import House
from digest.schedule.late import Fate, decide
from digest.schedule.plan import slots

log = logging.getLogger(__name__)

AHEAD = timedelta(days=8)
AT_LEAST = 10
LEASE = timedelta(seconds=60)
"""A ticker that says nothing for so long is dead, and another may lead."""
LAST_LOOK = 45.0
"""Seconds the sources have to answer once more before an edition is written; less than a lease."""
ABANDONED = timedelta(minutes=2)
"""A claim older than this without an end belongs to a worker that died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TickReport:
    """What one tick did, a sentence each, and when the next one is needed."""

    did: tuple[str, ...] = ()
    next_wake: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One coming run, as an editor reads it."""

    newsletter_id: str
    at: str
    """UTC, ISO 8601; "" when the day does not exist."""
    local: str
    """For example "Mon 30 Mar 2026 07:00 IST (+01:00)"."""
    note: str
    """What is special: moved, skipped and why; "" on an ordinary day."""


def plan(house: House) -> int:
    """Store the coming slots of every newsletter; how many are new."""
    now = house.clock.now()
    return sum(_plan_one(house, newsletter, now) for newsletter in house.settings.newsletters)


async def tick(house: House) -> TickReport:
    """Claim what is due, produce and release; any number of processes may call it at any time."""
    now = house.clock.now()
    occurrences = house.store.occurrences
    if not occurrences.lead(house.worker, now, now + LEASE):
        return TickReport(did=(), next_wake=None)
    last_tick = occurrences.last_tick()
    # What is written goes out first: another newsletter's model may take its time.
    did = list(await _unit("release", editions.release_due(house)))
    for occurrence in occurrences.abandoned(now - ABANDONED):
        did += await _unit(_named(occurrence), _produce(house, occurrence))
    for newsletter in house.settings.newsletters:
        did += await _unit(newsletter.id, _plan_and_fire(house, newsletter, now, last_tick))
    did += await _unit("release", editions.release_due(house))
    occurrences.record_tick(now)
    for sentence in did:
        log.info(sentence)
    return TickReport(did=tuple(did), next_wake=_next_wake(house, now))


def next_runs(house: House, newsletter_id: str | None, count: int) -> tuple[Run, ...]:
    """The next runs of one newsletter or of all, by the planner's own function."""
    now = house.clock.now()
    found: list[tuple[datetime, Run]] = []
    for newsletter in house.settings.newsletters:
        if newsletter_id in (None, newsletter.id):
            left_out = _left_out(house, newsletter)
            for slot in slots(newsletter.schedule, after=now, count=count):
                found.append((slot.due_at or _wall(slot), _run(newsletter, slot, left_out)))
    found.sort(key=lambda pair: pair[0])
    return tuple(run for _, run in found[:count])


def skip(house: House, newsletter: Newsletter, day: date, wall: time | None, who: str) -> int:
    """Leave out one day (or one slot of it); the schedule goes on after it. How many slots."""
    now = house.clock.now()
    _plan_one(house, newsletter, now, until=_end_of(day, newsletter.schedule))
    return house.store.occurrences.skip(newsletter.id, day, wall, f"left out by {who}")


def wall_time(instant: datetime, timezone: str) -> datetime:
    """The instant as the clocks of a zone show it."""
    return instant.astimezone(ZoneInfo(timezone))


def _plan_one(
    house: House, newsletter: Newsletter, now: datetime, *, until: datetime | None = None
) -> int:
    rule = newsletter.schedule
    found = slots(rule, after=now, until=max(now + AHEAD, until or now))
    if len(found) < AT_LEAST:
        found = slots(rule, after=now, count=AT_LEAST)
    text = f"{rule.text}|{rule.timezone}|tz {version('tzdata')}"
    real = [slot for slot in found if slot.due_at is not None]
    return house.store.occurrences.plan(newsletter.id, text, real, after=now)


async def _unit(name: str, work: Awaitable[Iterable[str]]) -> Iterable[str]:
    """One piece of a tick; when it fails, the others go on and the next tick tries again."""
    try:
        return await work
    except Exception as error:
        log.exception("%s: the tick could not do its part", name)
        return [f"{name}: not done ({error}); the next tick tries again"]


async def _plan_and_fire(
    house: House, newsletter: Newsletter, now: datetime, last_tick: datetime | None
) -> list[str]:
    """Every due slot of a newsletter gets its verdict; those that run are claimed first."""
    _plan_one(house, newsletter, now)
    due = house.store.occurrences.due(newsletter.id, now + newsletter.cutoff)
    said = []
    for verdict in decide(due, newsletter.if_late, now=now, last_tick=last_tick):
        occurrence = verdict.occurrence
        if not house.store.occurrences.claim(occurrence.id, house.worker, now):
            continue
        if verdict.fate is Fate.RUN:
            said += await _produce(house, occurrence)
            continue
        state = OccurrenceState.ASK if verdict.fate is Fate.ASK else OccurrenceState.SKIPPED
        house.store.occurrences.settle(occurrence.id, state, verdict.because)
        said.append(f"{_named(occurrence)}: {state} ({verdict.because})")
    return said


async def _produce(house: House, occurrence: Occurrence) -> list[str]:
    """Make the edition of a claimed slot and record how that ended; a failure is its reason."""
    newsletter = house.settings.newsletter(occurrence.newsletter_id)
    state, because = OccurrenceState.SKIPPED, "the newsletter is no longer configured"
    if newsletter is not None:
        try:
            await _look_once_more(house, newsletter)
            made = await editions.produce(house, newsletter, occurrence)
        except Exception as error:
            log.exception("%s: no edition", _named(occurrence))
            state, because = OccurrenceState.ASK, f"the edition could not be made: {error}"
        else:
            if isinstance(made, Edition):
                state, because = OccurrenceState.DONE, made.slug
            else:
                because = made
    house.store.occurrences.settle(occurrence.id, state, because)
    return [f"{_named(occurrence)}: {state} ({because})"]


async def _look_once_more(house: House, newsletter: Newsletter) -> None:
    """What its sources have since their last visit; a slow one never holds the edition up."""
    try:
        async with asyncio.timeout(LAST_LOOK):
            await collecting.collect_for(house, newsletter)
    except TimeoutError:
        log.warning("%s: some sources did not answer in time for this edition", newsletter.id)


def _next_wake(house: House, now: datetime) -> datetime | None:
    """The first instant after the tick's own at which something becomes due; it may be past by
    the end of a long tick, and the next tick then follows at once."""
    waiting = house.store.editions.in_states([EditionState.DRAFT, EditionState.APPROVED])
    wakes = [edition.due_at for edition in waiting]
    for newsletter in house.settings.newsletters:
        due = house.store.occurrences.due(newsletter.id, now + AHEAD)
        wakes += [occurrence.due_at - newsletter.cutoff for occurrence in due]
    return min((wake for wake in wakes if wake > now), default=None)


def _left_out(house: House, newsletter: Newsletter) -> dict[tuple[date, time], str]:
    """Stored slots that will not run, with the reason."""
    ended = house.store.occurrences.recent(newsletter.id, 100)
    return {
        (o.local_date, o.local_time): o.because for o in ended if o.state is OccurrenceState.SKIPPED
    }


def _run(newsletter: Newsletter, slot: Slot, left_out: dict[tuple[date, time], str]) -> Run:
    skipped = slot.skipped or left_out.get((slot.local_date, slot.local_time), "")
    note = "; ".join(part for part in (slot.flag, f"skipped: {skipped}" if skipped else "") if part)
    if slot.due_at is None:
        local = f"{slot.local_date:%a %d %b %Y} {slot.local_time:%H:%M}"
        return Run(newsletter_id=newsletter.id, at="", local=local, note=note)
    clock = wall_time(slot.due_at, newsletter.schedule.timezone)
    local = f"{clock:%a %d %b %Y %H:%M:%S}".removesuffix(":00") + f" {clock:%Z} ({_offset(clock)})"
    return Run(newsletter_id=newsletter.id, at=slot.due_at.isoformat(), local=local, note=note)


def _offset(clock: datetime) -> str:
    text = f"{clock:%z}"
    return f"{text[:3]}:{text[3:5]}"


def _wall(slot: Slot) -> datetime:
    return datetime.combine(slot.local_date, slot.local_time, tzinfo=ZoneInfo("UTC"))


def _end_of(day: date, rule: ScheduleRule) -> datetime:
    zone = ZoneInfo(rule.timezone)
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)


def _named(occurrence: Occurrence) -> str:
    return f"{occurrence.newsletter_id} {occurrence.local_date} {occurrence.local_time:%H:%M}"
