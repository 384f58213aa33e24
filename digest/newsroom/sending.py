"""What is owed becomes messages, and what the relay says becomes states."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from digest.errors import DigestError, NothingToSend, StoreError, UsageError
from digest.model.delivery import DeliveryState
from digest.model.edition import Edition, EditionState
from digest.model.newsletter import InDoubt
from digest.newsroom import asking, correcting, desk
from digest.newsroom.flight import LEASE, DueFlight
from digest.newsroom.house import House
from digest.newsroom.leg import Leg
from digest.newsroom.letters import Letters, letters
from digest.newsroom.pacing import Pacer, rests

log = logging.getLogger(__name__)

WAITS = "; waits: "
"""Stands in an edition's reason between who released it and what it waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReport:
    """What one run of the senders did."""

    editions: int = 0
    submitted: int = 0
    deferred: int = 0
    rejected: int = 0
    failed: int = 0
    in_doubt: int = 0
    queued_again: int = 0
    """Begun or about to be, but the relay was not there: nobody's fault, tried again."""
    because: tuple[str, ...] = ()
    """One sentence for each edition that is done or waits."""


async def send_due(house: House) -> SendReport:
    """Submit what is owed now; called again, or in two processes, nothing goes twice."""
    said = [*_expire(house), *await correcting.catch_up(house), *_too_late(house)]
    now = house.clock.now()
    found = [house.store.editions.by_id(i) for i in house.store.deliveries.open_editions(now)]
    return await _send(house, [edition for edition in found if edition], said)


async def send_now(
    house: House, slug: str, *, again: tuple[DeliveryState, ...] = (), newcomers: bool = False
) -> SendReport:
    """Submit what is still owed of one edition; deliveries in the states `again` are queued anew,
    and with `newcomers` whoever joined after the release gets it too.

    Those in doubt may reach a reader twice when an editor names them here: nobody else does.
    """
    said = [*_expire(house), *await correcting.catch_up(house)]
    edition = desk.find(house, slug)
    if edition.state not in (EditionState.RELEASED, EditionState.DONE):
        raise UsageError(
            f"{slug} is {edition.state} ({edition.because}); nothing was sent."
            " Only a released edition can be sent"
        )
    more = house.store.deliveries.retry(edition.id, again) if again else 0
    if newcomers:
        added = house.store.deliveries.top_up(edition.id)
        said.append(f"{slug}: {added} who joined after the release get it too")
        more += added
    if more:
        house.store.editions.change_state(
            edition.id, [EditionState.DONE], EditionState.RELEASED, "an editor sends it on"
        )
        edition = desk.find(house, slug)
    if not house.store.deliveries.counts(edition.id).open:
        raise NothingToSend(f"{slug}: nothing is owed any more ({edition.because})")
    return await _send(house, [edition], said)


def would_send(
    house: House, slug: str, *, again: tuple[DeliveryState, ...] = (), newcomers: bool = False
) -> int:
    """To how many `send_now` would hand it over; nothing is changed."""
    edition = desk.find(house, slug)
    counts = house.store.deliveries.counts(edition.id)
    more = sum(
        counts.counts.get(state, 0) for state in again if state is not DeliveryState.DEFERRED
    )
    return counts.open + more + (house.store.deliveries.newcomers(edition.id) if newcomers else 0)


def told(counts: dict[DeliveryState, int]) -> str:
    """For example "98 submitted, 2 rejected"."""
    parts = [f"{counts[s]} {s.value.replace('_', ' ')}" for s in DeliveryState if counts.get(s)]
    return ", ".join(parts) or "nobody to send to"


def _expire(house: House) -> list[str]:
    """Settle by rule what workers that died had in the air."""
    policies = {n.id: n.in_doubt for n in house.settings.newsletters}
    count = house.store.deliveries.expire(house.clock.now(), policies)
    return [f"{count} deliveries of a worker that died are settled by rule"] if count else []


def _too_late(house: House) -> list[str]:
    """What no relay took in the time that the newsletter gives is not news any more."""
    said = []
    for edition in house.store.editions.in_states([EditionState.RELEASED]):
        newsletter = house.settings.newsletter(edition.newsletter_id)
        released = edition.released_at
        if newsletter is None or released is None:
            continue
        if house.clock.now() - released < newsletter.too_late:
            continue
        hours = newsletter.too_late.total_seconds() / 3600
        because = f"given up {hours:g} hours after the release (too_late)"
        if count := house.store.deliveries.give_up(edition.id, because):
            said.append(f"{edition.slug}: {count} deliveries {because}")
            log.warning(said[-1])
    return said


async def _send(house: House, editions: list[Edition], said: list[str]) -> SendReport:
    pacer = Pacer(house)
    made: list[Letters] = []
    for edition in editions:
        try:
            made.append(letters(house, edition))
        except Exception as error:
            said += _stopped(house, edition, error)
    legs: list[Leg] = []
    if resting := rests(house, pacer) if made else "":
        said += [line for one in made for line in _waits(house, one.edition, resting)]
    elif made:
        legs = await _fly(house, made, pacer, said)
    said += _finish(house)
    ended: Counter[DeliveryState] = sum((leg.ended for leg in legs), Counter())
    return SendReport(
        editions=len(editions),
        submitted=ended[DeliveryState.SUBMITTED],
        deferred=ended[DeliveryState.DEFERRED],
        rejected=ended[DeliveryState.REJECTED],
        failed=ended[DeliveryState.FAILED],
        in_doubt=ended[DeliveryState.IN_DOUBT],
        queued_again=ended[DeliveryState.QUEUED] + sum(leg.left for leg in legs),
        because=tuple(said),
    )


async def _fly(house: House, made: list[Letters], pacer: Pacer, said: list[str]) -> list[Leg]:
    """Hand everything over; what became of each edition."""
    flight = DueFlight(house, made, pacer)
    legs = list(flight.legs.values())
    async with _lease(house, flight.worker):
        try:
            await house.mailer.pump(flight)
        except Exception as error:
            said += [line for leg in legs for line in _stopped(house, leg.edition, error)]
        finally:
            _close(flight)
    finished = house.store.deliveries.finished()
    for leg in legs:
        resting = flight.resting if leg.edition.id not in finished else ""
        said += _waits(house, leg.edition, leg.problem or resting)
        said += await _doubts(house, leg)
    return legs


def _close(flight: DueFlight) -> None:
    """Let others have what is left at once; without the database the leases end by themselves."""
    try:
        flight.close()
    except StoreError:
        log.exception("the leases could not be given back; they end by themselves")


@asynccontextmanager
async def _lease(house: House, worker: str) -> AsyncIterator[None]:
    """Meanwhile what this worker has in the air stays its own, however slow the relay answers."""
    renewing = asyncio.create_task(_renew(house, worker))
    try:
        yield
    finally:
        renewing.cancel()


async def _renew(house: House, worker: str) -> None:
    while True:
        await asyncio.sleep(LEASE.total_seconds() / 3)
        try:
            house.store.deliveries.renew(worker, house.clock.now() + LEASE)
        except StoreError:
            log.exception("the lease on deliveries in the air was not renewed; tried again soon")


def _waits(house: House, edition: Edition, problem: str) -> list[str]:
    """Write beside the edition what it waits for, and take it away again."""
    released, _, _ = edition.because.partition(WAITS)
    because = f"{released}{WAITS}{problem}" if problem else released
    if because != edition.because:
        expected = [EditionState.RELEASED]
        house.store.editions.change_state(edition.id, expected, EditionState.RELEASED, because)
        if problem:
            log.warning("%s waits: %s", edition.slug, problem)
    return [f"{edition.slug} waits and is tried again: {problem}"] if problem else []


async def _doubts(house: House, leg: Leg) -> list[str]:
    """Say that some are in doubt; under the rule `ask` the editors hear of it by mail."""
    count = leg.ended[DeliveryState.IN_DOUBT]
    if not count:
        return []
    slug = leg.edition.slug
    told = (
        f"{slug}: {count} deliveries are in doubt, the relay's answer was never seen;"
        f" `digest missing {slug}` lists them"
    )
    log.warning(told)
    if leg.made.newsletter.in_doubt is InDoubt.ASK:
        await asking.tell_of_doubt(house, leg.made.newsletter, leg.edition, told)
    return [told]


def _stopped(house: House, edition: Edition, error: Exception) -> list[str]:
    """One edition may fail, the others go on; without the database there is nowhere to note it."""
    if isinstance(error, DigestError) and not isinstance(error, StoreError):
        return _waits(house, edition, str(error))
    log.error("%s: sending stopped", edition.slug, exc_info=error)
    return [f"{edition.slug}: sending stopped: {error}"]


def _finish(house: House) -> list[str]:
    """Editions of which nothing is owed any more are done, with the count as the reason."""
    said = []
    for edition_id in house.store.deliveries.finished():
        edition = house.store.editions.by_id(edition_id)
        counts = house.store.deliveries.counts(edition_id)
        if edition is None or counts.open:
            continue
        because = told(counts.counts)
        house.store.editions.change_state(
            edition.id, [EditionState.RELEASED], EditionState.DONE, because
        )
        house.store.appeals.tally(edition.id)
        said.append(f"{edition.slug}: done, {because}")
    return said
