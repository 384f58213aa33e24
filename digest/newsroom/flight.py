"""The deliveries of one edition on their way: chunks in, messages out, answers recorded."""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digest import outbox
from digest.model.audience import Subscriber
from digest.model.delivery import (
    Delivery,
    DeliveryState,
    Message,
    Phase,
    Settled,
    SubmitResult,
)
from digest.newsroom.house import House
from digest.newsroom.letters import Letters, letters

CHUNK = 500
"""So many deliveries are read at once; their messages are written one by one."""
LEASE = timedelta(seconds=60)
"""A worker that says nothing for so long is dead, and what it had in the air is in doubt."""
GLANCE = timedelta(seconds=2)
"""After so long in one chunk we ask whether there is a newer revision."""


class EditionFlight:
    """Nothing is in memory but one chunk of names and the messages in the mailer's hands."""

    def __init__(self, house: House, made: Letters) -> None:
        self.ended: Counter[DeliveryState] = Counter()
        self.left = 0
        """Messages the relay was not there for; their deliveries stay as they were."""
        self.problem = ""
        """Why they were left."""
        self._house = house
        self._made = made
        self._after = 0
        self._chunk: deque[tuple[Delivery, Subscriber]] = deque()
        self._taken: dict[int, Delivery] = {}
        self._granted: set[int] = set()
        self._glanced = house.clock.now()

    def take(self) -> Message | None:
        """The next message, written now; None when nothing of the edition is owed any more."""
        if not self._chunk:
            self._read_on()
        if not self._chunk:
            return None
        if self._house.clock.now() - self._glanced >= GLANCE:
            self._glance()
        delivery, subscriber = self._chunk.popleft()
        if delivery.revision != self._made.edition.revision:
            # What it will have carried, whatever was newest when the chunk was read.
            delivery = replace(delivery, revision=self._made.edition.revision)
        self._taken[subscriber.id] = delivery
        return self._made.message(subscriber, delivery.variant)

    def settle(self, results: Sequence[SubmitResult], intents: Sequence[Message]) -> list[Message]:
        """Answers become states and intents become leases, in one transaction.

        A refusal that came before the intent is rare, and has no row to be recorded on until the
        delivery is ours: it is granted first and settled in a second transaction.
        """
        now = self._house.clock.now()
        refused = [r for r in results if self._is_early(r) and r.phase is Phase.ANSWERED]
        for result in results:
            if self._is_early(result) and result.phase is not Phase.ANSWERED:
                self._leave(result)
        keys = [r.subscriber_id for r in refused] + [m.subscriber_id for m in intents]
        ready = [r for r in results if r.subscriber_id in self._granted]
        granted = self._save(ready, keys, now)
        self._save([r for r in refused if r.subscriber_id in granted], [], now)
        for key in set(keys) - granted:
            del self._taken[key]
        return [m for m in intents if m.subscriber_id in granted]

    def _is_early(self, result: SubmitResult) -> bool:
        return result.subscriber_id not in self._granted

    def _leave(self, result: SubmitResult) -> None:
        """It never began, so there is nothing to record on the delivery."""
        self.left += 1
        self.problem = result.text
        del self._taken[result.subscriber_id]

    def _save(
        self, results: Sequence[SubmitResult], keys: Sequence[int], now: datetime
    ) -> set[int]:
        """One transaction; the keys granted."""
        if not results and not keys:
            return set()
        settled = [self._settled(result, now) for result in results]
        intents = [self._taken[key] for key in keys]
        granted = self._house.store.deliveries.settle(
            settled, intents, self._house.worker, now + LEASE
        )
        self.ended.update(s.state for s in settled)
        for result in results:
            del self._taken[result.subscriber_id]
            self._granted.discard(result.subscriber_id)
        self._taken |= {d.subscriber_id: d for d in granted}
        found = {d.subscriber_id for d in granted}
        self._granted |= found
        return found

    def _settled(self, result: SubmitResult, now: datetime) -> Settled:
        attempt = self._taken[result.subscriber_id].attempt
        rule = self._made.newsletter.in_doubt
        return outbox.after_submission(result, attempt=attempt, now=now, in_doubt=rule)

    def _read_on(self) -> None:
        found = self._house.store.deliveries.take(
            self._made.edition.id, self._after, CHUNK, self._house.clock.now()
        )
        if found:
            self._after = found[-1][1].id
            self._chunk.extend(found)
            self._glance()

    def _glance(self) -> None:
        """Go on with the newest revision of the edition; what is taken keeps the one it has."""
        self._glanced = self._house.clock.now()
        newest = self._house.store.editions.by_id(self._made.edition.id)
        if newest is not None and newest.revision != self._made.edition.revision:
            self._made = letters(self._house, newest)
