"""Deliveries: granted to one worker, recorded once, never mailed against a subscriber's will."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from digest.model.audience import SubscriptionState
from digest.model.delivery import Chunk, Delivery, DeliveryState, Intent, PutOff, Settled
from digest.model.edition import EditionState
from digest.model.newsletter import InDoubt
from digest.ports import Store
from digest.store import SqlStore, chunks
from tests.builders import NOW
from tests.contracts.rows import added, readers, released, unsubscribe

MINUTE = timedelta(minutes=1)
LEASE = NOW + MINUTE
Q, S, OK = DeliveryState.QUEUED, DeliveryState.SUBMITTING, DeliveryState.SUBMITTED
DEFERRED, DOUBT = DeliveryState.DEFERRED, DeliveryState.IN_DOUBT
REJECTED, SUPPRESSED = DeliveryState.REJECTED, DeliveryState.SUPPRESSED


class Hand:
    """A worker at one store: it leases each edition's chunk once, and keeps it."""

    def __init__(self, store: Store) -> None:
        self.store = store.deliveries
        self.chunks: dict[int, Chunk] = {}

    def chunk(self, edition_id: int, worker: str = "w1", now: datetime = NOW) -> Chunk:
        """The chunk of an edition with fewer readers than a chunk has."""
        found = self.store.claim(edition_id, worker, now, LEASE)
        if found is not None:
            self.chunks[edition_id] = found
        return self.chunks[edition_id]

    def waiting(self, edition_id: int, now: datetime = NOW) -> list[Delivery]:
        """What may be submitted now."""
        return self.store.take(self.chunk(edition_id), now)

    def granted(self, intents: Sequence[Delivery]) -> list[Delivery]:
        """The intents the store grants under this hand's leases."""
        return self.store.settle([], self.intents(intents))

    def intents(self, found: Sequence[Delivery]) -> list[Intent]:
        """Under this hand's leases."""
        return [Intent(delivery=d, chunk=self.chunk(d.edition_id)) for d in found]

    def record(self, *results: Settled) -> None:
        """Record results."""
        assert self.store.settle(results, []) == []

    def give_back(self, edition_id: int) -> None:
        """End the lease."""
        self.store.give_back(self.chunks.pop(edition_id))


@pytest.fixture
def hand(store: Store) -> Hand:
    """The first worker."""
    return Hand(store)


def ended(delivery: Delivery, state: DeliveryState, **changes: Any) -> Settled:
    """A result of the delivery's attempt that was granted."""
    values: dict[str, Any] = {
        "edition_id": delivery.edition_id,
        "subscriber_id": delivery.subscriber_id,
        "attempt": delivery.attempt,
    }
    return Settled(**{**values, "state": state, **changes})


def states(store: Store, edition_id: int) -> list[DeliveryState]:
    """States by subscriber of what is not submitted."""
    return [d.state for d in store.deliveries.missing(edition_id)]


def test_take_goes_through_all_in_order(store: Store, hand: Hand) -> None:
    """The chunk's deliveries come by subscriber, with address and newest revision."""
    ids = readers(store, 5)
    edition = released(store, revision=3)
    chunk = hand.chunk(edition.id)
    assert (chunk.lo, chunk.hi, chunk.attempt) == (ids[0], ids[-1], 1)
    found = store.deliveries.take(chunk, NOW)
    assert [d.subscriber_id for d in found] == ids
    assert found[0] == Delivery(
        edition_id=edition.id,
        subscriber_id=ids[0],
        address="reader0@reader.example",
        revision=3,
    )


def test_grant_and_result(store: Store, hand: Hand) -> None:
    """An intent is granted with one attempt more; its result is recorded with code and words."""
    readers(store, 2)
    edition = released(store)
    first, second = hand.waiting(edition.id)
    (given,) = hand.granted([first])
    assert given == replace(first, state=S, attempt=1)
    assert hand.waiting(edition.id) == [second]
    result = ended(given, OK, code=250, text="2.0.0 queued as 1", submitted_at=NOW)
    assert store.deliveries.settle([result], hand.intents([second])) == [
        replace(second, state=S, attempt=1)
    ]
    assert store.deliveries.counts(edition.id).counts == {OK: 1, S: 1}
    ((told, slug),) = store.deliveries.of_address("Reader0@reader.example")
    assert slug == edition.slug
    assert told == replace(
        first, state=OK, attempt=1, code=250, text="2.0.0 queued as 1", submitted_at=NOW
    )


def test_grant_records_the_revision(store: Store, hand: Hand) -> None:
    """A delivery remembers which revision of the edition its message carried."""
    readers(store, 1)
    edition = released(store, revision=2)
    (only,) = hand.waiting(edition.id)
    hand.granted([replace(only, revision=4)])
    ((told, _),) = store.deliveries.of_address(only.address)
    assert told.revision == 4


def test_grant_is_given_once(store: Store, hand: Hand) -> None:
    """The same delivery is granted once, and a chunk is leased to one worker."""
    readers(store, 3)
    edition = released(store)
    found = hand.waiting(edition.id)
    assert len(hand.granted(found[:2])) == 2
    assert [d.subscriber_id for d in hand.granted(found)] == [found[2].subscriber_id]
    assert hand.granted(found) == []
    assert store.deliveries.claim(edition.id, "w2", NOW, LEASE) is None


def test_stale_intent_is_refused(store: Store, hand: Hand) -> None:
    """A worker that read a delivery before another one tried it does not get it."""
    readers(store, 1)
    edition = released(store)
    (stale,) = hand.waiting(edition.id)
    (given,) = hand.granted([stale])
    hand.record(ended(given, DEFERRED, next_at=NOW, code=451, text="later"))
    (fresh,) = hand.waiting(edition.id)
    assert hand.granted([stale]) == []
    assert hand.granted([fresh]) == [replace(fresh, state=S, attempt=2, next_at=None)]


def test_a_worker_that_wakes_after_its_lease(store: Store, hand: Hand) -> None:
    """It gets no intent any more, but what it saw of its own attempt is the truth."""
    readers(store, 3)
    edition = released(store)
    first, second, third = hand.waiting(edition.id)
    mine, lost = hand.granted([first, second])
    assert store.deliveries.expire(LEASE, {}) == 2
    assert states(store, edition.id) == [DOUBT, DOUBT, Q]
    late = Intent(delivery=third, chunk=hand.chunks[edition.id])
    assert store.deliveries.settle([ended(mine, OK, code=250)], [late]) == []
    assert states(store, edition.id) == [DOUBT, Q]
    other = store.deliveries.claim(edition.id, "w2", LEASE, LEASE + MINUTE)
    assert other is not None and other.attempt == 3
    assert len(store.deliveries.settle([], [Intent(delivery=third, chunk=other)])) == 1
    store.deliveries.retry(edition.id, [DOUBT])
    hand.record(ended(lost, REJECTED))
    assert store.deliveries.counts(edition.id).counts == {OK: 1, Q: 1, S: 1}


def test_settled_is_not_settled_again(store: Store, hand: Hand) -> None:
    """A second result of the same message changes nothing, nor does one of another attempt."""
    readers(store, 2)
    edition = released(store)
    one, two = hand.granted(hand.waiting(edition.id))
    hand.record(ended(one, OK, code=250), ended(two, OK, attempt=0))
    hand.record(ended(one, REJECTED, code=550), ended(two, OK, attempt=2))
    assert store.deliveries.counts(edition.id).counts == {OK: 1, S: 1}


def test_deferred_waits_for_its_time(store: Store, hand: Hand) -> None:
    """A deferred delivery, and its chunk, are due again at its next attempt, not before."""
    readers(store, 1)
    edition = released(store)
    (only,) = hand.granted(hand.waiting(edition.id))
    hand.record(ended(only, DEFERRED, next_at=NOW + MINUTE, code=451, text="greylisted"))
    assert hand.waiting(edition.id) == []
    hand.give_back(edition.id)
    assert store.deliveries.open_editions(NOW) == []
    assert store.deliveries.claim(edition.id, "w1", NOW, LEASE) is None
    assert store.deliveries.open_editions(NOW + MINUTE) == [edition.id]
    chunk = hand.chunk(edition.id, now=NOW + MINUTE)
    (due,) = store.deliveries.take(chunk, NOW + MINUTE)
    assert (due.state, due.attempt, due.next_at) == (DEFERRED, 1, None)
    assert store.deliveries.missing(edition.id)[0].text == "greylisted"
    assert len(hand.granted([due])) == 1


def test_message_that_never_left_is_queued_again(store: Store, hand: Hand) -> None:
    """A result that says queued puts the delivery back in its place."""
    readers(store, 1)
    edition = released(store)
    (only,) = hand.granted(hand.waiting(edition.id))
    hand.record(ended(only, Q, text="the connection was lost before the body"))
    (again,) = hand.waiting(edition.id)
    assert (again.state, again.attempt) == (Q, 1)


@pytest.mark.parametrize("state", [EditionState.HELD, EditionState.KILLED, EditionState.DONE])
def test_only_released_editions_are_submitted(
    store: Store, hand: Hand, state: EditionState
) -> None:
    """As soon as an edition is held or killed nothing of it is granted; what flies is recorded."""
    readers(store, 2)
    edition = released(store)
    first, second = hand.waiting(edition.id)
    (given,) = hand.granted([first])
    store.editions.change_state(edition.id, [EditionState.RELEASED], state, "by editor")
    assert store.deliveries.settle([ended(given, OK)], hand.intents([second])) == []
    assert hand.waiting(edition.id) == []
    hand.give_back(edition.id)
    assert store.deliveries.open_editions(NOW) == []
    assert store.deliveries.claim(edition.id, "w1", NOW, LEASE) is None
    assert store.deliveries.counts(edition.id).counts == {OK: 1, Q: 1}


def test_who_unsubscribes_after_release_gets_nothing(store: Store, hand: Hand) -> None:
    """The delivery of somebody who left meanwhile is suppressed when its turn comes; others go."""
    ids = readers(store, 3)
    edition = released(store)
    found = hand.waiting(edition.id)
    unsubscribe(store, ids[1])
    assert [d.subscriber_id for d in hand.granted(found)] == [ids[0], ids[2]]
    told = store.deliveries.missing(edition.id)[1]
    assert (told.state, told.text) == (SUPPRESSED, "unsubscribed after the release")
    hand.give_back(edition.id)
    assert store.deliveries.open_editions(NOW) == []
    assert store.deliveries.finished() == [edition.id]


def test_who_is_suppressed_after_release_gets_nothing(store: Store, hand: Hand) -> None:
    """The delivery to an address suppressed meanwhile keeps the reason; results are still kept."""
    readers(store, 2)
    edition = released(store)
    first, second = hand.waiting(edition.id)
    (given,) = hand.granted([first])
    store.subscribers.suppress(second.address, "complaint", "", NOW)
    assert store.deliveries.settle([ended(given, OK)], hand.intents([second])) == []
    (told,) = store.deliveries.missing(edition.id)
    assert (told.state, told.text) == (SUPPRESSED, "the address is suppressed (complaint)")
    assert store.deliveries.counts(edition.id).counts == {OK: 1, SUPPRESSED: 1}


def test_deferred_one_who_leaves_gets_nothing(store: Store, hand: Hand) -> None:
    """Leaving also stops a delivery that was to be tried again."""
    (reader,) = readers(store, 1)
    edition = released(store)
    (only,) = hand.granted(hand.waiting(edition.id))
    hand.record(ended(only, DEFERRED, next_at=NOW))
    unsubscribe(store, reader)
    assert hand.granted(hand.waiting(edition.id)) == []
    assert states(store, edition.id) == [SUPPRESSED]


def test_settling_nothing_is_nothing(store: Store, hand: Hand) -> None:
    """Without results and intents there is nothing to grant."""
    assert store.deliveries.settle([], []) == []


def test_many_at_once(store: Store, hand: Hand) -> None:
    """Any number of results and intents, of several editions, is one step."""
    readers(store, 30)
    one, two = released(store), released(store, slug="two", local_date=date(2026, 3, 17))
    first, second = hand.waiting(one.id), hand.waiting(two.id)
    assert hand.granted([*first, *second]) == [
        replace(d, state=S, attempt=1) for d in [*first, *second]
    ]
    hand.record(*(ended(replace(d, attempt=1), OK) for d in first))
    assert store.deliveries.counts(one.id).counts == {OK: 30}
    assert store.deliveries.counts(two.id).counts == {S: 30}


def test_open_editions_come_by_slot(store: Store, hand: Hand) -> None:
    """Only released editions with something to submit now are open, the oldest slot first."""
    readers(store, 1)
    later = released(store, slug="later", local_date=date(2026, 3, 17), due_at=NOW + MINUTE)
    sooner = released(store)
    added(store, slug="draft", local_date=date(2026, 3, 18))
    assert store.deliveries.open_editions(NOW) == [sooner.id, later.id]
    hand.chunk(sooner.id)
    assert store.deliveries.open_editions(NOW) == [later.id]


def test_lost_lease_is_in_doubt(store: Store, hand: Hand) -> None:
    """What a dead worker had in the air is in doubt, and is not submitted again by itself."""
    readers(store, 2)
    edition = released(store)
    hand.granted(hand.waiting(edition.id)[:1])
    assert store.deliveries.expire(NOW, {}) == 0
    assert store.deliveries.expire(LEASE, {"morning": InDoubt.HOLD}) == 1
    assert states(store, edition.id) == [DOUBT, Q]
    assert "stopped before" in store.deliveries.missing(edition.id)[0].text
    assert store.deliveries.expire(LEASE, {}) == 0


def test_lost_lease_is_queued_where_the_newsletter_says_resend(store: Store, hand: Hand) -> None:
    """Under `resend` the same delivery is queued again; other newsletters keep their rule."""
    ids = readers(store, 1)
    store.subscribers.subscribe(ids[0], "evening", SubscriptionState.CONFIRMED, "", NOW)
    morning = released(store)
    evening = released(store, slug="evening", newsletter_id="evening")
    hand.granted([*hand.waiting(morning.id), *hand.waiting(evening.id)])
    policies = {"morning": InDoubt.RESEND, "evening": InDoubt.ASK}
    assert store.deliveries.expire(LEASE, policies) == 2
    assert states(store, morning.id) == [Q]
    assert states(store, evening.id) == [DOUBT]
    assert len(hand.granted(hand.waiting(morning.id))) == 1


@pytest.mark.parametrize("state", [EditionState.HELD, EditionState.KILLED])
def test_lease_is_over_in_a_stopped_edition_too(
    store: Store, hand: Hand, state: EditionState
) -> None:
    """A worker that dies while its edition is held still leaves a delivery in doubt."""
    readers(store, 1)
    edition = released(store)
    hand.granted(hand.waiting(edition.id))
    store.editions.change_state(edition.id, [EditionState.RELEASED], state, "by editor")
    assert store.deliveries.expire(LEASE, {}) == 1


def test_renewed_lease_holds(store: Store, hand: Hand) -> None:
    """Renewing prolongs this worker's leases and nobody else's."""
    ids = readers(store, 1)
    store.subscribers.subscribe(ids[0], "evening", SubscriptionState.CONFIRMED, "", NOW)
    one = released(store)
    two = released(store, slug="evening", newsletter_id="evening")
    (first,) = hand.granted(hand.waiting(one.id))
    hand.chunk(two.id, "w2")
    hand.granted(hand.waiting(two.id))
    store.deliveries.renew("w1", LEASE + MINUTE)
    assert store.deliveries.expire(LEASE, {}) == 1
    assert states(store, one.id) == [S]
    assert states(store, two.id) == [DOUBT]
    hand.record(ended(first, OK))
    assert store.deliveries.expire(LEASE + MINUTE, {}) == 0


def test_failures_and_missing(store: Store, hand: Hand) -> None:
    """Failures are listed with address and reason; missing is all that was not submitted."""
    readers(store, 6)
    edition = released(store)
    found = hand.granted(hand.waiting(edition.id)[:5])
    ends = [OK, REJECTED, DeliveryState.FAILED, DOUBT, DEFERRED]
    hand.record(
        *(ended(d, s, text=s.value, next_at=LEASE) for d, s in zip(found, ends, strict=True))
    )
    failures = store.deliveries.failures(edition.id, 9)
    assert [(d.state, d.text) for d in failures] == [(s, s.value) for s in ends[1:]]
    assert failures[0].address == "reader1@reader.example"
    assert [d.next_at for d in failures] == [None, None, None, LEASE]
    assert store.deliveries.failures(edition.id, 1) == failures[:1]
    assert states(store, edition.id) == [*ends[1:], Q]


def test_deliveries_of_an_address(store: Store, hand: Hand) -> None:
    """An address's deliveries come newest first; nobody else's are among them."""
    readers(store, 2)
    released(store)
    released(store, slug="later", local_date=date(2026, 3, 17), due_at=NOW + MINUTE)
    told = store.deliveries.of_address("reader1@reader.example")
    assert [slug for _, slug in told] == ["later", "morning-2026-03-16-0700"]
    assert {d.address for d, _ in told} == {"reader1@reader.example"}
    assert store.deliveries.of_address("nobody@reader.example") == []


def test_retry_queues_what_was_asked(store: Store, hand: Hand) -> None:
    """Named states are queued at once; what is being or has been submitted never is."""
    readers(store, 4)
    edition = released(store)
    found = hand.granted(hand.waiting(edition.id))
    hand.record(
        ended(found[0], OK),
        ended(found[1], REJECTED),
        ended(found[2], DEFERRED, next_at=LEASE),
    )
    assert store.deliveries.retry(edition.id, [REJECTED, DEFERRED, OK, S]) == 2
    assert [d.subscriber_id for d in hand.waiting(edition.id)] == [
        found[1].subscriber_id,
        found[2].subscriber_id,
    ]
    assert store.deliveries.counts(edition.id).counts == {OK: 1, Q: 2, S: 1}
    assert store.deliveries.retry(edition.id, []) == 0


def test_two_workers_share_an_edition(
    store: SqlStore, another: Callable[[], SqlStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes that go through the same edition submit each delivery once."""
    monkeypatch.setattr(chunks, "SIZE", 7)
    readers(store, 60)
    edition = released(store)

    def go_through(number: int) -> list[int]:
        ledger = [store, opened][number].deliveries
        sent: list[int] = []
        while chunk := ledger.claim(edition.id, f"w{number}", NOW, LEASE):
            for delivery in ledger.take(chunk, NOW):
                for one in ledger.settle([], [Intent(delivery=delivery, chunk=chunk)]):
                    ledger.settle([ended(one, OK)], [])
                    sent.append(one.subscriber_id)
            ledger.give_back(chunk)
        return sent

    opened = another()
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(go_through, range(2))
    assert sorted([*first, *second]) == sorted(set(first) | set(second))
    assert store.deliveries.counts(edition.id).counts == {OK: 60}
    assert store.deliveries.finished() == [edition.id]


def test_carried_counts_what_was_handed_over(store: Store, hand: Hand) -> None:
    """By the revision in the message: submitted, in flight or in doubt; the rest carried none."""
    readers(store, 6)
    edition = released(store)
    found = hand.waiting(edition.id)
    assert store.deliveries.carried(edition.id) == {}
    given = hand.granted([*found[:3], *(replace(d, revision=2) for d in found[3:5])])
    ends = [OK, DOUBT, REJECTED, OK]
    hand.record(*(ended(d, s) for d, s in zip(given, ends, strict=False)))
    assert store.deliveries.carried(edition.id) == {1: 2, 2: 2}


def test_chunks_cover_everybody_once(
    store: Store, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each delivery lies in exactly one chunk, however many there are."""
    monkeypatch.setattr(chunks, "SIZE", 4)
    ids = readers(store, 11)
    edition = released(store)
    seen: list[int] = []
    while chunk := store.deliveries.claim(edition.id, "w1", NOW, LEASE):
        seen += [d.subscriber_id for d in store.deliveries.take(chunk, NOW)]
    assert seen == ids


def test_what_is_put_off_keeps_its_reason(store: Store, hand: Hand) -> None:
    """It waits for its time with the reason, and no attempt is counted."""
    readers(store, 2)
    edition = released(store)
    first, second = hand.waiting(edition.id)
    later = PutOff(delivery=first, until=NOW + MINUTE, because="gmail.com is paused")
    store.deliveries.put_off(hand.chunk(edition.id), [later])
    assert hand.waiting(edition.id) == [second]
    told = store.deliveries.missing(edition.id)[0]
    assert (told.state, told.attempt, told.text) == (DEFERRED, 0, "gmail.com is paused")
    assert told.next_at == NOW + MINUTE
    assert hand.granted([first]) == [replace(first, state=S, attempt=1)]


def test_what_waits_too_long_is_given_up(store: Store, hand: Hand) -> None:
    """Queued and deferred ones fail with the reason and the last words; others stay."""
    readers(store, 3)
    edition = released(store)
    one, two, _ = hand.waiting(edition.id)
    one, two = hand.granted([one, two])
    hand.record(ended(one, OK), ended(two, DEFERRED, next_at=LEASE, text="greylisted"))
    assert store.deliveries.give_up(edition.id, "too late") == 2
    told = store.deliveries.missing(edition.id)
    assert [d.text for d in told] == ["too late; last: greylisted", "too late"]
    assert {d.state for d in told} == {DeliveryState.FAILED}
    hand.give_back(edition.id)
    assert store.deliveries.finished() == [edition.id]


def test_who_joined_later_can_be_topped_up(store: Store, hand: Hand) -> None:
    """Only the confirmed who have no delivery yet and may be mailed get one; once."""
    ids = readers(store, 2)
    edition = released(store)
    for delivery in hand.granted(hand.waiting(edition.id)):
        hand.record(ended(delivery, OK))
    hand.give_back(edition.id)
    more = readers(store, 5)[2:]
    store.subscribers.suppress("reader3@reader.example", "bounce", "", NOW)
    assert store.deliveries.newcomers(edition.id) == 2
    assert store.deliveries.top_up(edition.id) == 2
    assert store.deliveries.top_up(edition.id) == 0
    assert hand.waiting(edition.id) == []  # the old chunk is looked through again, too
    found = hand.waiting(edition.id)
    assert [d.subscriber_id for d in found] == [more[0], more[2]]
    assert store.deliveries.counts(edition.id).total == len(ids) + 2
