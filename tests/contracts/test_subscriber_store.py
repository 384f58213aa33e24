"""Subscribers: one row an address, suppressions, and being forgotten."""

from dataclasses import replace
from datetime import timedelta

from digest.model.appeal import AppealPlan
from digest.model.audience import Subscriber, Subscription, SubscriptionState
from digest.model.delivery import DeliveryState
from digest.ports import Store
from tests.builders import NOW, edition

PENDING = SubscriptionState.PENDING
CONFIRMED = SubscriptionState.CONFIRMED
GONE = SubscriptionState.UNSUBSCRIBED


def reader(store: Store, address: str = "ann@reader.example") -> Subscriber:
    """A confirmed subscriber of the morning newsletter."""
    person = store.subscribers.add(address, "Ann", False, NOW)
    store.subscribers.subscribe(person.id, "morning", CONFIRMED, "signed up", NOW)
    return person


def test_subscriber_comes_back(store: Store) -> None:
    """A subscriber is found by address in any case and by id."""
    ann = store.subscribers.add(" Ann@Reader.Example ", "Ann", True, NOW)
    assert (ann.address, ann.name, ann.supporter) == ("ann@reader.example", "Ann", True)
    assert store.subscribers.get("ANN@reader.example") == ann
    assert store.subscribers.by_id(ann.id) == ann
    assert store.subscribers.get("nobody@reader.example") is None
    assert store.subscribers.by_id(ann.id + 1) is None


def test_known_address_is_updated(store: Store) -> None:
    """Adding a known address changes name and supporter, and nothing else."""
    ann = store.subscribers.add("ann@reader.example", "Ann", False, NOW)
    again = store.subscribers.add("ANN@reader.example", "Ann B", True, NOW + timedelta(days=1))
    assert again == replace(ann, name="Ann B", supporter=True)


def test_subscription_changes(store: Store) -> None:
    """A subscription is one row that changes its state."""
    ann = reader(store)
    later = NOW + timedelta(days=1)
    store.subscribers.subscribe(ann.id, "evening", PENDING, "", NOW)
    gone = store.subscribers.subscribe(ann.id, "morning", GONE, "one click", later)
    assert gone == Subscription(
        subscriber_id=ann.id,
        newsletter_id="morning",
        state=GONE,
        changed=later,
        because="one click",
    )
    assert [s.newsletter_id for s in store.subscribers.subscriptions(ann.id)] == [
        "evening",
        "morning",
    ]
    assert store.subscribers.subscriptions(ann.id)[1] == gone


def test_everybody_by_address(store: Store) -> None:
    """The export holds every subscription beside its subscriber, by address."""
    ben = reader(store, "ben@reader.example")
    ann = reader(store)
    store.subscribers.subscribe(ann.id, "evening", PENDING, "", NOW)
    store.subscribers.add("no-subscription@reader.example", "", False, NOW)
    found = [(person, s.newsletter_id, s.state) for person, s in store.subscribers.everybody()]
    assert found == [
        (ann, "evening", PENDING),
        (ann, "morning", CONFIRMED),
        (ben, "morning", CONFIRMED),
    ]


def test_confirmed_leaves_out_the_rest(store: Store) -> None:
    """Only confirmed subscriptions of addresses that are not suppressed count."""
    reader(store)
    reader(store, "ben@reader.example")
    cat = reader(store, "cat@reader.example")
    store.subscribers.subscribe(cat.id, "morning", GONE, "", NOW)
    store.subscribers.suppress("Ben@reader.example", "bounce", "550 no such user", NOW)
    assert store.subscribers.confirmed("morning") == 1
    assert store.subscribers.confirmed("evening") == 0


def test_suppression_has_the_latest_reason(store: Store) -> None:
    """A suppressed address keeps the latest reason; others have none."""
    store.subscribers.suppress("ann@reader.example", "bounce", "", NOW)
    store.subscribers.suppress("Ann@reader.example", "complaint", "", NOW)
    assert store.subscribers.suppressed("ANN@reader.example") == "complaint"
    assert store.subscribers.suppressed("ben@reader.example") == ""


def test_forgotten_person_is_gone(store: Store) -> None:
    """Nothing of a forgotten person is left but deliveries that name nobody."""
    ann = reader(store)
    reader(store, "ben@reader.example")
    new = store.editions.add(edition(), [])
    assert new is not None
    store.editions.release(new, "", NOW, AppealPlan(), [])
    store.subscribers.suppress(ann.address, "bounce", "", NOW)
    assert store.subscribers.forget("Ann@reader.example")
    assert store.subscribers.get(ann.address) is None
    assert store.subscribers.by_id(ann.id) is None
    assert store.subscribers.subscriptions(ann.id) == []
    assert store.subscribers.suppressed(ann.address) == ""
    assert [person.address for person, _ in store.subscribers.everybody()] == ["ben@reader.example"]
    gone, _ = store.deliveries.missing(new.id)
    assert (gone.subscriber_id, gone.address) == (ann.id, "")
    assert (gone.state, gone.text) == (
        DeliveryState.SUPPRESSED,
        "the subscriber was forgotten on request",
    )
    assert store.deliveries.of_address(ann.address) == []
    assert not store.subscribers.forget("ann@reader.example")


def test_two_people_can_be_forgotten(store: Store) -> None:
    """Forgetting one person does not stand in the way of forgetting the next, or of coming back."""
    ann, ben = reader(store), reader(store, "ben@reader.example")
    assert store.subscribers.forget(ann.address)
    assert store.subscribers.forget(ben.address)
    assert reader(store).id not in (ann.id, ben.id)


def test_relay_words_are_forgotten(store: Store) -> None:
    """What the relay said of a forgotten address goes too, for it may quote it."""
    ann = reader(store)
    new = store.editions.add(edition(), [])
    assert new is not None
    store.subscribers.suppress(ann.address, "bounce", f"550 <{ann.address}> unknown", NOW)
    store.editions.release(new, "", NOW, AppealPlan(), [])
    (before,) = store.deliveries.missing(new.id)
    assert ann.address in before.text
    store.subscribers.forget(ann.address)
    (after,) = store.deliveries.missing(new.id)
    assert ann.address not in after.text


def test_suppressed_stranger_is_forgotten(store: Store) -> None:
    """An address that is only suppressed can be forgotten too."""
    store.subscribers.suppress("ann@reader.example", "manual", "", NOW)
    assert store.subscribers.forget("ann@reader.example")
    assert store.subscribers.suppressed("ann@reader.example") == ""
