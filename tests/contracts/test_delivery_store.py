"""Deliveries: granted to one worker, recorded once, never mailed against a subscriber's will."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from digest.model.audience import SubscriptionState
from digest.model.delivery import Delivery, DeliveryState, Settled
from digest.model.edition import EditionState
from digest.model.newsletter import InDoubt
from digest.ports import Store
from digest.store import SqlStore
from tests.builders import NOW
from tests.contracts.rows import added, readers, released, unsubscribe

MINUTE = timedelta(minutes=1)
LEASE = NOW + MINUTE
Q, S, OK = DeliveryState.QUEUED, DeliveryState.SUBMITTING, DeliveryState.SUBMITTED
DEFERRED, DOUBT = DeliveryState.DEFERRED, DeliveryState.IN_DOUBT
REJECTED, SUPPRESSED = DeliveryState.REJECTED, DeliveryState.SUPPRESSED


def waiting(store: Store, edition_id: int, limit: int = 100) -> list[Delivery]:
    """What may be submitted now."""
    return [delivery for delivery, _ in store.deliveries.take(edition_id, 0, limit, NOW)]


def granted(store: Store, intents: Sequence[Delivery], worker: str = "w1") -> list[Delivery]:
    """The intents the store grants."""
    return store.deliveries.settle([], intents, worker, LEASE)


def ended(delivery: Delivery, state: DeliveryState, **changes: Any) -> Settled:
    """A result of the delivery."""
    values: dict[str, Any] = {
        "edition_id": delivery.edition_id,
        "subscriber_id": delivery.subscriber_id,
    }
    return Settled(**{**values, "state": state, **changes})


def record(store: Store, *results: Settled, worker: str = "w1") -> None:
    """Record results of a worker."""
    assert store.deliveries.settle(results, [], worker, LEASE) == []


def states(store: Store, edition_id: int) -> list[DeliveryState]:
    """States by subscriber of what is not submitted."""
    return [d.state for d in store.deliveries.missing(edition_id)]


def test_take_goes_through_all_in_order(store: Store) -> None:
    """Queued deliveries come by subscriber after the given one, each with its subscriber."""
    ids = readers(store, 5)
    edition = released(store, revision=3)
    found = store.deliveries.take(edition.id, 0, 3, NOW)
    assert [d.subscriber_id for d, _ in found] == ids[:3]
    delivery, subscriber = found[0]
    assert delivery == Delivery(
        edition_id=edition.id,
        subscriber_id=ids[0],
        address="reader0@reader.example",
        revision=3,
    )
    assert subscriber == store.subscribers.by_id(ids[0])
    rest = store.deliveries.take(edition.id, ids[2], 9, NOW)
    assert [d.subscriber_id for d, _ in rest] == ids[3:]
    assert store.deliveries.take(edition.id, ids[4], 9, NOW) == []
    assert len(waiting(store, edition.id)) == 5


def test_grant_and_result(store: Store) -> None:
    """An intent is granted with one attempt more; its result is recorded with code and words."""
    readers(store, 2)
    edition = released(store)
    first, second = waiting(store, edition.id)
    given = granted(store, [first])
    assert given == [replace(first, state=S, attempt=1)]
    assert waiting(store, edition.id) == [second]
    result = ended(first, OK, code=250, text="2.0.0 queued as 1", submitted_at=NOW)
    assert store.deliveries.settle([result], [second], "w1", LEASE) == [
        replace(second, state=S, attempt=1)
    ]
    assert store.deliveries.counts(edition.id).counts == {OK: 1, S: 1}
    ((told, slug),) = store.deliveries.of_address("Reader0@reader.example")
    assert slug == edition.slug
    assert told == replace(
        first, state=OK, attempt=1, code=250, text="2.0.0 queued as 1", submitted_at=NOW
    )


def test_grant_records_the_revision(store: Store) -> None:
    """A delivery remembers which revision of the edition its message carried."""
    readers(store, 1)
    edition = released(store, revision=2)
    (only,) = waiting(store, edition.id)
    granted(store, [replace(only, revision=4)])
    ((told, _),) = store.deliveries.of_address(only.address)
    assert told.revision == 4


def test_grant_is_given_once(store: Store) -> None:
    """What one worker has, no other gets, nor the same one twice."""
    readers(store, 3)
    edition = released(store)
    found = waiting(store, edition.id)
    assert len(granted(store, found[:2])) == 2
    assert [d.subscriber_id for d in granted(store, found, "w2")] == [found[2].subscriber_id]
    assert granted(store, found) == []


def test_stale_intent_is_refused(store: Store) -> None:
    """A worker that read a delivery before another one tried it does not get it."""
    readers(store, 1)
    edition = released(store)
    (stale,) = waiting(store, edition.id)
    granted(store, [stale], "w2")
    record(store, ended(stale, DEFERRED, next_at=NOW, code=451, text="later"), worker="w2")
    (fresh,) = waiting(store, edition.id)
    assert granted(store, [stale]) == []
    assert granted(store, [fresh]) == [replace(fresh, state=S, attempt=2, next_at=None)]


def test_result_counts_only_for_the_worker_that_has_it(store: Store) -> None:
    """A worker that lost its lease, or never had one, cannot settle a delivery."""
    readers(store, 2)
    edition = released(store)
    mine, untouched = waiting(store, edition.id)
    granted(store, [mine])
    record(store, ended(mine, OK), ended(untouched, OK), worker="w2")
    assert states(store, edition.id) == [S, Q]
    store.deliveries.expire(LEASE, {})
    record(store, ended(mine, REJECTED))
    assert states(store, edition.id) == [DOUBT, Q]


def test_settled_is_not_settled_again(store: Store) -> None:
    """A second result of the same message changes nothing."""
    readers(store, 1)
    edition = released(store)
    (only,) = granted(store, waiting(store, edition.id))
    record(store, ended(only, OK, code=250))
    record(store, ended(only, REJECTED, code=550))
    assert store.deliveries.counts(edition.id).counts == {OK: 1}


def test_deferred_waits_for_its_time(store: Store) -> None:
    """A deferred delivery is due again at its next attempt, not before."""
    readers(store, 1)
    edition = released(store)
    (only,) = granted(store, waiting(store, edition.id))
    record(store, ended(only, DEFERRED, next_at=NOW + MINUTE, code=451, text="greylisted"))
    assert waiting(store, edition.id) == []
    assert store.deliveries.open_editions(NOW) == []
    assert store.deliveries.open_editions(NOW + MINUTE) == [edition.id]
    ((due, _),) = store.deliveries.take(edition.id, 0, 9, NOW + MINUTE)
    assert (due.state, due.attempt, due.next_at) == (DEFERRED, 1, NOW + MINUTE)
    assert (due.code, due.text) == (451, "greylisted")
    assert len(granted(store, [due])) == 1


def test_message_that_never_left_is_queued_again(store: Store) -> None:
    """A result that says queued puts the delivery back in its place."""
    readers(store, 1)
    edition = released(store)
    (only,) = granted(store, waiting(store, edition.id))
    record(store, ended(only, Q, text="the connection was lost before the body"))
    (again,) = waiting(store, edition.id)
    assert (again.state, again.attempt) == (Q, 1)


@pytest.mark.parametrize("state", [EditionState.HELD, EditionState.KILLED, EditionState.DONE])
def test_only_released_editions_are_submitted(store: Store, state: EditionState) -> None:
    """As soon as an edition is held or killed nothing of it is granted; what flies is recorded."""
    readers(store, 2)
    edition = released(store)
    first, second = waiting(store, edition.id)
    granted(store, [first])
    store.editions.change_state(edition.id, [EditionState.RELEASED], state, "by editor")
    result = ended(first, OK)
    assert store.deliveries.settle([result], [second], "w1", LEASE) == []
    assert waiting(store, edition.id) == []
    assert store.deliveries.open_editions(NOW) == []
    assert store.deliveries.counts(edition.id).counts == {OK: 1, Q: 1}


def test_who_unsubscribes_after_release_gets_nothing(store: Store) -> None:
    """The delivery of somebody who left meanwhile is suppressed when its turn comes; others go."""
    ids = readers(store, 3)
    edition = released(store)
    found = waiting(store, edition.id)
    unsubscribe(store, ids[1])
    assert [d.subscriber_id for d in granted(store, found)] == [ids[0], ids[2]]
    told = store.deliveries.missing(edition.id)[1]
    assert (told.state, told.text) == (SUPPRESSED, "unsubscribed after the release")
    assert store.deliveries.open_editions(NOW) == []


def test_who_is_suppressed_after_release_gets_nothing(store: Store) -> None:
    """The delivery to an address suppressed meanwhile keeps the reason; results are still kept."""
    readers(store, 2)
    edition = released(store)
    first, second = waiting(store, edition.id)
    granted(store, [first])
    store.subscribers.suppress(second.address, "complaint", "", NOW)
    assert store.deliveries.settle([ended(first, OK)], [second], "w1", LEASE) == []
    (told,) = store.deliveries.missing(edition.id)
    assert (told.state, told.text) == (SUPPRESSED, "the address is suppressed (complaint)")
    assert store.deliveries.counts(edition.id).counts == {OK: 1, SUPPRESSED: 1}


def test_deferred_one_who_leaves_gets_nothing(store: Store) -> None:
    """Leaving also stops a delivery that was to be tried again."""
    (reader,) = readers(store, 1)
    edition = released(store)
    (only,) = granted(store, waiting(store, edition.id))
    record(store, ended(only, DEFERRED, next_at=NOW))
    unsubscribe(store, reader)
    assert granted(store, waiting(store, edition.id)) == []
    assert states(store, edition.id) == [SUPPRESSED]


def test_settling_nothing_is_nothing(store: Store) -> None:
    """Without results and intents there is nothing to grant."""
    assert store.deliveries.settle([], [], "w1", LEASE) == []


def test_many_at_once(store: Store) -> None:
    """Any number of results and intents, of several editions, is one step."""
    readers(store, 30)
    one, two = released(store), released(store, slug="two", local_date=date(2026, 3, 17))
    first, second = waiting(store, one.id), waiting(store, two.id)
    assert granted(store, [*first, *second]) == [
        replace(d, state=S, attempt=1) for d in [*first, *second]
    ]
    record(store, *(ended(d, OK) for d in first))
    assert store.deliveries.counts(one.id).counts == {OK: 30}
    assert store.deliveries.counts(two.id).counts == {S: 30}


def test_open_editions_come_by_slot(store: Store) -> None:
    """Only released editions with something to submit now are open, the oldest slot first."""
    readers(store, 1)
    later = released(store, slug="later", local_date=date(2026, 3, 17), due_at=NOW + MINUTE)
    sooner = released(store)
    added(store, slug="draft", local_date=date(2026, 3, 18))
    assert store.deliveries.open_editions(NOW) == [sooner.id, later.id]
    granted(store, waiting(store, sooner.id))
    assert store.deliveries.open_editions(NOW) == [later.id]


def test_lost_lease_is_in_doubt(store: Store) -> None:
    """What a dead worker had in the air is in doubt, and is not submitted again by itself."""
    readers(store, 2)
    edition = released(store)
    granted(store, waiting(store, edition.id)[:1])
    assert store.deliveries.expire(NOW, {}) == 0
    assert store.deliveries.expire(LEASE, {"morning": InDoubt.HOLD}) == 1
    assert states(store, edition.id) == [DOUBT, Q]
    assert "stopped before" in store.deliveries.missing(edition.id)[0].text
    assert store.deliveries.expire(LEASE, {}) == 0


def test_lost_lease_is_queued_where_the_newsletter_says_resend(store: Store) -> None:
    """Under `resend` the same delivery is queued again; other newsletters keep their rule."""
    ids = readers(store, 1)
    store.subscribers.subscribe(ids[0], "evening", SubscriptionState.CONFIRMED, "", NOW)
    morning = released(store)
    evening = released(store, slug="evening", newsletter_id="evening")
    granted(store, [*waiting(store, morning.id), *waiting(store, evening.id)])
    policies = {"morning": InDoubt.RESEND, "evening": InDoubt.ASK}
    assert store.deliveries.expire(LEASE, policies) == 2
    assert states(store, morning.id) == [Q]
    assert states(store, evening.id) == [DOUBT]
    assert len(granted(store, waiting(store, morning.id))) == 1


@pytest.mark.parametrize("state", [EditionState.HELD, EditionState.KILLED])
def test_lease_is_over_in_a_stopped_edition_too(store: Store, state: EditionState) -> None:
    """A worker that dies while its edition is held still leaves a delivery in doubt."""
    readers(store, 1)
    edition = released(store)
    granted(store, waiting(store, edition.id))
    store.editions.change_state(edition.id, [EditionState.RELEASED], state, "by editor")
    assert store.deliveries.expire(LEASE, {}) == 1


def test_renewed_lease_holds(store: Store) -> None:
    """Renewing prolongs this worker's leases and nobody else's."""
    readers(store, 2)
    edition = released(store)
    first, second = waiting(store, edition.id)
    granted(store, [first])
    granted(store, [second], "w2")
    store.deliveries.renew("w1", LEASE + MINUTE)
    assert store.deliveries.expire(LEASE, {}) == 1
    assert states(store, edition.id) == [S, DOUBT]
    record(store, ended(first, OK))
    assert store.deliveries.expire(LEASE + MINUTE, {}) == 0


def test_failures_and_missing(store: Store) -> None:
    """Failures are listed with address and reason; missing is all that was not submitted."""
    readers(store, 6)
    edition = released(store)
    found = granted(store, waiting(store, edition.id)[:5])
    ends = [OK, REJECTED, DeliveryState.FAILED, DOUBT, DEFERRED]
    record(
        store, *(ended(d, s, text=s.value, next_at=LEASE) for d, s in zip(found, ends, strict=True))
    )
    failures = store.deliveries.failures(edition.id, 9)
    assert [(d.state, d.text) for d in failures] == [(s, s.value) for s in ends[1:]]
    assert failures[0].address == "reader1@reader.example"
    assert [d.next_at for d in failures] == [None, None, None, LEASE]
    assert store.deliveries.failures(edition.id, 1) == failures[:1]
    assert states(store, edition.id) == [*ends[1:], Q]


def test_deliveries_of_an_address(store: Store) -> None:
    """An address's deliveries come newest first; nobody else's are among them."""
    readers(store, 2)
    released(store)
    released(store, slug="later", local_date=date(2026, 3, 17), due_at=NOW + MINUTE)
    told = store.deliveries.of_address("reader1@reader.example")
    assert [slug for _, slug in told] == ["later", "morning-2026-03-16-0700"]
    assert {d.address for d, _ in told} == {"reader1@reader.example"}
    assert store.deliveries.of_address("nobody@reader.example") == []


def test_retry_queues_what_was_asked(store: Store) -> None:
    """Named states are queued at once; what is being or has been submitted never is."""
    readers(store, 4)
    edition = released(store)
    found = granted(store, waiting(store, edition.id))
    record(
        store,
        ended(found[0], OK),
        ended(found[1], REJECTED),
        ended(found[2], DEFERRED, next_at=LEASE),
    )
    assert store.deliveries.retry(edition.id, [REJECTED, DEFERRED, OK, S]) == 2
    assert [d.subscriber_id for d in waiting(store, edition.id)] == [
        found[1].subscriber_id,
        found[2].subscriber_id,
    ]
    assert store.deliveries.counts(edition.id).counts == {OK: 1, Q: 2, S: 1}
    assert store.deliveries.retry(edition.id, []) == 0


def test_two_workers_share_an_edition(store: SqlStore, another: Callable[[], SqlStore]) -> None:
    """Two processes that go through the same edition submit each delivery once."""
    readers(store, 60)
    edition = released(store)

    def go_through(number: int) -> list[int]:
        ledger = [store, opened][number].deliveries
        sent: list[int] = []
        for delivery, _ in ledger.take(edition.id, 0, 100, NOW):
            for one in ledger.settle([], [delivery], f"w{number}", LEASE):
                ledger.settle([ended(one, OK)], [], f"w{number}", LEASE)
                sent.append(one.subscriber_id)
        return sent

    opened = another()
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(go_through, range(2))
    assert sorted([*first, *second]) == sorted(set(first) | set(second))
    assert store.deliveries.counts(edition.id).counts == {OK: 60}


def test_carried_counts_what_was_handed_over(store: Store) -> None:
    """By the revision in the message: submitted, in flight or in doubt; the rest carried none."""
    readers(store, 6)
    edition = released(store)
    found = waiting(store, edition.id)
    assert store.deliveries.carried(edition.id) == {}
    given = granted(store, [*found[:3], *(replace(d, revision=2) for d in found[3:5])])
    ends = [OK, DOUBT, REJECTED, OK]
    record(store, *(ended(d, s) for d, s in zip(given, ends, strict=False)))
    assert store.deliveries.carried(edition.id) == {1: 2, 2: 2}
