"""What is owed becomes messages, and what the relay says becomes states."""

import logging
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from digest import outbox
from digest.model.audience import Subscriber
from digest.model.delivery import (
    Delivery,
    DeliveryState,
    Message,
    Settled,
    SubmitResult,
)
from digest.model.edition import Edition, EditionState
from digest.newsroom.house import House
from digest.newsroom.letters import Letters, letters

log = logging.getLogger(__name__)

CHUNK = 500
"""So many deliveries are read at once; their messages are written one by one."""
LEASE = timedelta(seconds=60)
"""A worker that says nothing for so long is dead, and what it had in the air is in doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReport:
    """What one run of the senders did."""

    submitted: int = 0
    deferred: int = 0
    rejected: int = 0
    in_doubt: int = 0
    because: tuple[str, ...] = ()
    """One sentence for each edition or failure."""


class EditionFlight:
    """The deliveries of one edition on their way: chunks in, messages out, answers recorded.

    Nothing is in memory but one chunk of names and the messages in the mailer's hands.
    """

    def __init__(self, house: House, made: Letters) -> None:
        self.house = house
        self.made = made
        self.ended: Counter[DeliveryState] = Counter()
        self._edition_id = made.edition.id
        self._after = 0
        self._chunk: deque[tuple[Delivery, Subscriber]] = deque()
        self._taken: dict[int, Delivery] = {}

    def take(self) -> Message | None:
        """The next message, written now; None when nothing of the edition is owed any more."""
        if not self._chunk:
            self._read_on()
        if not self._chunk:
            return None
        delivery, subscriber = self._chunk.popleft()
        self._taken[subscriber.id] = delivery
        return self.made.message(subscriber, delivery.variant)

    def settle(self, results: Sequence[SubmitResult], intents: Sequence[Message]) -> list[Message]:
        """Answers become states and intents become leases, in one transaction."""
        now = self.house.clock.now()
        settled = [self._settled(result) for result in results]
        wanted = {m.subscriber_id: m for m in intents}
        granted = self.house.store.deliveries.settle(
            settled,
            [self._taken[subscriber_id] for subscriber_id in wanted],
            self.house.worker,
            now + LEASE,
        )
        self.ended.update(s.state for s in settled)
        allowed = {d.subscriber_id for d in granted}
        for subscriber_id in wanted.keys() - allowed:
            self._taken.pop(subscriber_id)
        for result in results:
            self._taken.pop(result.subscriber_id, None)
        return [message for key, message in wanted.items() if key in allowed]

    def _settled(self, result: SubmitResult) -> Settled:
        attempt = self._taken[result.subscriber_id].attempt + 1
        return outbox.after_submission(result, attempt=attempt, now=self.house.clock.now())

    def _read_on(self) -> None:
        self.house.store.deliveries.renew(self.house.worker, self.house.clock.now() + LEASE)
        found = self.house.store.deliveries.take(
            self._edition_id, self._after, CHUNK, self.house.clock.now()
        )
        if found:
            self._after = found[-1][1].id
            self._chunk.extend(found)


async def send_due(house: House) -> SendReport:
    """Submit what is owed now; called again, or in two processes, nothing goes twice."""
    now = house.clock.now()
    policies = {n.id: n.in_doubt for n in house.settings.newsletters}
    doubtful = house.store.deliveries.expire(now, policies)
    said = [f"{doubtful} deliveries of a worker that died are settled by rule"] if doubtful else []
    ended: Counter[DeliveryState] = Counter()
    for edition_id in house.store.deliveries.open_editions(now):
        edition = house.store.editions.by_id(edition_id)
        if edition is None:
            continue
        try:
            ended += await _send_one(house, edition)
        except Exception as error:
            log.exception("%s: sending stopped", edition.slug)
            said.append(f"{edition.slug}: sending stopped: {error}")
    said += _finish(house)
    return SendReport(
        submitted=ended[DeliveryState.SUBMITTED],
        deferred=ended[DeliveryState.DEFERRED],
        rejected=ended[DeliveryState.REJECTED],
        in_doubt=ended[DeliveryState.IN_DOUBT],
        because=tuple(said),
    )


async def _send_one(house: House, edition: Edition) -> Counter[DeliveryState]:
    flight = EditionFlight(house, letters(house, edition))
    await house.mailer.pump(flight)
    return flight.ended


def _finish(house: House) -> list[str]:
    """Editions of which nothing is owed any more are done, with the count as the reason."""
    said = []
    for edition in house.store.editions.in_states([EditionState.RELEASED]):
        counts = house.store.deliveries.counts(edition.id)
        if counts.open:
            continue
        because = told(counts.counts)
        house.store.editions.change_state(
            edition.id, [EditionState.RELEASED], EditionState.DONE, because
        )
        said.append(f"{edition.slug}: done, {because}")
    return said


def told(counts: dict[DeliveryState, int]) -> str:
    """For example "98 submitted, 2 rejected"."""
    parts = [f"{counts[s]} {s.value.replace('_', ' ')}" for s in DeliveryState if counts.get(s)]
    return ", ".join(parts) or "nobody to send to"
