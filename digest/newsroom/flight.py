"""Deliveries on their way: chunks in, messages out, answers recorded."""

import logging
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digest import outbox
from digest.deliver import bounces
from digest.errors import StoreError
from digest.model.delivery import (
    Chunk,
    Delivery,
    DeliveryState,
    Intent,
    Message,
    Phase,
    PutOff,
    Settled,
    SubmitResult,
)
from digest.model.mail import Wait
from digest.model.newsletter import InDoubt
from digest.newsroom.bouncing import refused, weigh
from digest.newsroom.house import House
from digest.newsroom.leg import Leg
from digest.newsroom.letters import Letters, letters
from digest.newsroom.pacing import Pacer

LEASE = timedelta(seconds=60)
"""A worker that says nothing for so long is dead, and what it had in the air is in doubt."""
GLANCE = timedelta(seconds=2)
"""After so long we ask whether there is a newer revision."""

log = logging.getLogger(__name__)

Key = tuple[int, int]
"""Edition and subscriber."""


class DueFlight:
    """Editions in turn; nothing is in memory but one chunk of names of each and the messages in
    the mailer's hands."""

    def __init__(self, house: House, made: Sequence[Letters], pacer: Pacer) -> None:
        self.legs = {one.edition.id: Leg(one) for one in made}
        self.worker = f"{house.worker}/{house.ids.token(6)}"
        """Whose leases they are: a later flight of the same process does not prolong them."""
        self.resting = ""
        """Why the relay that asked last had to wait, "" when it had not."""
        self._house = house
        self._pacer = pacer
        self._turn = deque(self.legs.values())
        self._taken: dict[Key, tuple[Delivery, Chunk]] = {}
        self._granted: set[Key] = set()
        self._out: Counter[Chunk] = Counter()
        self._glanced = house.clock.now()

    def take(self) -> Message | None:
        """The next message, written now; None when nothing is owed any more."""
        if self._house.clock.now() - self._glanced >= GLANCE:
            self._glance()
        while self._turn:
            leg = self._turn[0]
            try:
                if (delivery := self._next(leg)) is not None:
                    message = self._write(leg, delivery)
                    self._turn.rotate(-1)
                    return message
            except StoreError:
                raise
            except Exception as error:  # one edition may fail, the others go on
                log.exception("%s: no message can be written", leg.edition.slug)
                leg.problem = f"sending stopped: {error}"
            self._turn.popleft()
        return None

    def wait(self, relay: str) -> Wait:
        """Whether the relay may have a message now; then it counts against its limits."""
        found = self._pacer.relay(relay)
        self.resting = found.because
        return found

    def settle(self, results: Sequence[SubmitResult], intents: Sequence[Message]) -> list[Message]:
        """Answers become states and intents become leases, in one transaction.

        A refusal that came before the intent is rare, and has no row to be recorded on until the
        delivery is ours: it is granted first and settled in a second transaction.
        """
        early = [r for r in results if _key(r) not in self._granted]
        refusals = [r for r in early if r.phase is Phase.ANSWERED]
        for result in early:
            if result.phase is not Phase.ANSWERED:
                self._leave(result)
        keys = [_key(r) for r in refusals] + [_key(m) for m in intents]
        granted = self._save([r for r in results if _key(r) in self._granted], keys)
        self._save([r for r in refusals if _key(r) in granted], [])
        for key in set(keys) - granted:
            self._withdrawn(key)
        return [m for m in intents if _key(m) in granted]

    def close(self) -> None:
        """Give back every chunk; a body whose answer nobody waits for any more is in doubt."""
        store = self._house.store.deliveries
        # Granted, or perhaps granted: the failure of a commit does not tell.
        unanswered = {chunk for _, chunk in self._taken.values()}
        for leg in self.legs.values():
            self._put_off(leg, leg.chunk)
            if leg.chunk is not None:
                self._out[leg.chunk] += 0
                leg.chunk = None
        self._taken.clear()
        for chunk in list(self._out):
            leg = self.legs[chunk.edition_id]
            if chunk in unanswered:
                again = leg.made.newsletter.in_doubt is InDoubt.RESEND
                count = store.lose(chunk, again=again)
                leg.ended[DeliveryState.QUEUED if again else DeliveryState.IN_DOUBT] += count
            else:
                store.give_back(chunk)
        self._out.clear()

    def _next(self, leg: Leg) -> Delivery | None:
        """The edition's next delivery whose recipient domain takes one now."""
        while leg.rows or self._claim(leg):
            delivery = leg.rows.popleft()
            later = self._pacer.domain(delivery)
            if later is None:
                return delivery
            leg.waiting.append(PutOff(delivery=delivery, until=later[0], because=later[1]))
        return None

    def _claim(self, leg: Leg) -> bool:
        """The next chunk with something in it; the one before is given back when it has landed."""
        store, now = self._house.store.deliveries, self._house.clock.now()
        while True:
            self._let_go(leg)
            chunk = store.claim(leg.edition.id, self.worker, now, now + LEASE)
            if chunk is None:
                return False
            leg.chunk = chunk
            leg.rows.extend(store.take(chunk, now))
            if leg.rows:
                if leg.rows[0].revision != leg.edition.revision:
                    self._glance()
                return True

    def _let_go(self, leg: Leg) -> None:
        chunk, leg.chunk = leg.chunk, None
        if chunk is None:
            return
        self._put_off(leg, chunk)
        if self._out[chunk] <= 0:
            del self._out[chunk]
            self._house.store.deliveries.give_back(chunk)

    def _put_off(self, leg: Leg, chunk: Chunk | None) -> None:
        if leg.waiting and chunk is not None:
            self._house.store.deliveries.put_off(chunk, leg.waiting)
        leg.waiting.clear()

    def _write(self, leg: Leg, delivery: Delivery) -> Message:
        assert leg.chunk is not None
        if delivery.revision != leg.edition.revision:
            # What it will have carried, whatever was newest when the chunk was read.
            delivery = replace(delivery, revision=leg.edition.revision)
        message = leg.made.message_to(delivery.subscriber_id, delivery.address, delivery.variant)
        self._taken[leg.edition.id, delivery.subscriber_id] = (delivery, leg.chunk)
        self._out[leg.chunk] += 1
        return message

    def _land(self, key: Key) -> None:
        """The message is out of the mailer's hands."""
        _, chunk = self._taken.pop(key)
        self._granted.discard(key)
        self._out[chunk] -= 1
        if not self._out[chunk] and chunk is not self.legs[key[0]].chunk:
            del self._out[chunk]
            self._house.store.deliveries.give_back(chunk)

    def _leave(self, result: SubmitResult) -> None:
        """It never began, so there is nothing to record on the delivery."""
        leg = self.legs[result.edition_id]
        leg.left += 1
        leg.problem = result.text
        self._land(_key(result))

    def _withdrawn(self, key: Key) -> None:
        """The edition was held, the reader left, or the lease is lost: read the chunk again."""
        leg = self.legs[key[0]]
        if self._taken[key][1] == leg.chunk:
            leg.rows.clear()
        self._land(key)

    def _save(self, results: Sequence[SubmitResult], keys: Sequence[Key]) -> set[Key]:
        """One transaction; the keys granted."""
        if not results and not keys:
            return set()
        now = self._house.clock.now()
        settled = [self._settled(result, now) for result in results]
        intents = [Intent(delivery=d, chunk=c) for d, c in (self._taken[key] for key in keys)]
        granted = self._house.store.deliveries.settle(settled, intents)
        for one in settled:
            self.legs[one.edition_id].ended[one.state] += 1
            self._land((one.edition_id, one.subscriber_id))
            if one.bounce is not None:
                weigh(self._house, one.bounce)
        found = set()
        for delivery in granted:
            key = (delivery.edition_id, delivery.subscriber_id)
            self._taken[key] = (delivery, self._taken[key][1])
            found.add(key)
        self._granted |= found
        return found

    def _settled(self, result: SubmitResult, now: datetime) -> Settled:
        delivery, _ = self._taken[_key(result)]
        verdict = pause = None
        if result.phase is Phase.ANSWERED:
            if result.code >= 300:
                verdict = bounces.of_reply(result.code, result.text)
                pause = self._pacer.refused(result, verdict, delivery.address)
            else:
                self._pacer.taken(delivery.address)
        settled = outbox.after_submission(
            result,
            attempt=delivery.attempt,
            now=now,
            in_doubt=self.legs[result.edition_id].made.newsletter.in_doubt,
            verdict=verdict,
            pause=pause,
        )
        if verdict is None or settled.state is not DeliveryState.REJECTED:
            return settled
        return replace(settled, bounce=refused(settled, verdict, delivery.address, now))

    def _glance(self) -> None:
        """Go on with the newest revision of each edition; what is taken keeps the one it has."""
        self._glanced = self._house.clock.now()
        for leg in self.legs.values():
            newest = self._house.store.editions.by_id(leg.edition.id)
            if newest is not None and newest.revision != leg.edition.revision:
                leg.made = letters(self._house, newest)


def _key(one: SubmitResult | Message) -> Key:
    return one.edition_id, one.subscriber_id
