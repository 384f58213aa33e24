"""People: added, shown and forgotten by editors; leaving by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digest.deliver import addresses, tokens
from digest.errors import UsageError
from digest.model.audience import Subscriber, Subscription, SubscriptionState
from digest.model.delivery import Delivery
from digest.newsroom.house import House
from digest.text.plain import one_line

GONE = SubscriptionState.UNSUBSCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding one person did."""

    address: str
    new: bool
    """False when the address was known before."""
    subscribed: tuple[str, ...] = ()
    left_alone: tuple[str, ...] = ()
    """Newsletters the person had left: nobody but they can come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """All that is kept about one address."""

    subscriber: Subscriber | None
    subscriptions: tuple[Subscription, ...]
    suppressed: str
    deliveries: tuple[tuple[Delivery, str], ...]
    """With the edition's slug, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the reader of an unsubscribe link stands with its newsletter."""

    newsletter_id: str
    title: str
    subscriber_id: int
    gone: bool


def add(
    house: House,
    address: str,
    *,
    name: str = "",
    supporter: bool | None = None,
    newsletters: Sequence[str] = (),
    because: str = "added by the editor",
) -> Added:
    """Subscribe one person to the newsletters named, or to all; who had left stays away."""
    chosen = named_or_all(house, newsletters)
    tidy = addresses.tidy_address(address)
    problem = addresses.address_problem(tidy)
    if problem:
        raise UsageError(f"{address!r} was not added: {problem}")
    return put(house, tidy, name, supporter, chosen, SubscriptionState.CONFIRMED, because)


def named_or_all(house: House, named: Sequence[str]) -> tuple[str, ...]:
    """The newsletter ids named, or all there are; UsageError for one that is not configured."""
    known = tuple(newsletter.id for newsletter in house.settings.newsletters)
    for newsletter_id in named:
        if newsletter_id not in known:
            raise UsageError(
                f"there is no newsletter {newsletter_id!r}; there are: {', '.join(known)}."
                " Nobody was added"
            )
    return tuple(named) or known


def put(
    house: House,
    address: str,
    name: str,
    supporter: bool | None,
    newsletters: Sequence[str],
    state: SubscriptionState,
    because: str,
    until: datetime | None = None,
) -> Added:
    """Save a checked address; an empty name or an unknown supporter leaves what was known, and a
    supporter is one for good unless an end is named."""
    people, now = house.store.subscribers, house.clock.now()
    gives = supporter is True
    before = people.get(address)
    if before is not None:
        name = name or before.name
        supporter = before.supporter if supporter is None else supporter
    person = people.add(address, one_line(name), bool(supporter), now)
    if gives or until:
        person = people.support(address, until, now)
    states = {s.newsletter_id: s.state for s in people.subscriptions(person.id)}
    left = tuple(n for n in newsletters if states.get(n) is GONE)
    joined = tuple(n for n in newsletters if n not in left)
    for newsletter_id in joined:
        if states.get(newsletter_id) is not state:
            people.subscribe(person.id, newsletter_id, state, because, now)
    return Added(address=address, new=before is None, subscribed=joined, left_alone=left)


def show(house: House, address: str) -> Person | None:
    """All that is kept about an address, None if nothing is."""
    people = house.store.subscribers
    tidy = addresses.tidy_address(address)
    subscriber, suppressed = people.get(tidy), people.suppressed(tidy)
    if subscriber is None and not suppressed:
        return None
    return Person(
        subscriber=subscriber,
        subscriptions=tuple(people.subscriptions(subscriber.id)) if subscriber else (),
        suppressed=suppressed,
        deliveries=tuple(house.store.deliveries.of_address(tidy)),
    )


def forget(house: House, address: str) -> bool:
    """Erase the person; False when nothing was kept."""
    return house.store.subscribers.forget(addresses.tidy_address(address))


def standing(house: House, token: str) -> Standing | None:
    """Whom and what an unsubscribe link is about; changes nothing. None for a wrong link."""
    found = tokens.read_token(secret(house), token)
    if found is None:
        return None
    newsletter_id, subscriber_id = found
    newsletter = house.settings.newsletter(newsletter_id)
    return Standing(
        newsletter_id=newsletter_id,
        title=newsletter.title if newsletter else newsletter_id,
        subscriber_id=subscriber_id,
        gone=_state(house, subscriber_id, newsletter_id) in (None, GONE),
    )


def unsubscribe(house: House, token: str) -> Standing | None:
    """The reader leaves the newsletter; again, or after being forgotten, it changes nothing."""
    found = standing(house, token)
    if found is None or found.gone:
        return found
    house.store.subscribers.subscribe(
        found.subscriber_id,
        found.newsletter_id,
        GONE,
        "unsubscribed by the reader's own link",
        house.clock.now(),
    )
    return replace(found, gone=True)


def secret(house: House) -> str:
    """What unsubscribe links are signed with; made the first time it is asked for."""
    return house.store.memory.secret("links", house.ids.token(32))


def _state(house: House, subscriber_id: int, newsletter_id: str) -> SubscriptionState | None:
    """None when there is no such person or subscription any more."""
    for subscription in house.store.subscribers.subscriptions(subscriber_id):
        if subscription.newsletter_id == newsletter_id:
            return subscription.state
    return None
