"""What a reader gets, seen and changed by the reader alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.deliver import tokens
from digest.model.audience import Subscriber, SubscriptionState
from digest.newsroom.house import House
from digest.newsroom.subscribing import secret

CONFIRMED = SubscriptionState.CONFIRMED
GONE = SubscriptionState.UNSUBSCRIBED
BY_HAND = "by the reader, on their own page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A newsletter, and whether the reader gets it."""

    id: str
    title: str
    gets: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A reader's own page."""

    address: str
    choices: tuple[Choice, ...]


def own(house: House, token: str) -> Own | None:
    """What the reader of a link gets; None for a wrong link or somebody forgotten."""
    reader = _reader(house, token)
    if reader is None:
        return None
    states = {s.newsletter_id: s.state for s in house.store.subscribers.subscriptions(reader.id)}
    return Own(
        address=reader.address,
        choices=tuple(
            Choice(id=n.id, title=n.title, gets=states.get(n.id) is CONFIRMED)
            for n in house.settings.newsletters
        ),
    )


def choose(house: House, token: str, wanted: Sequence[str]) -> Own | None:
    """The reader gets these newsletters from now on, and no other."""
    before, reader = own(house, token), _reader(house, token)
    if before is None or reader is None:
        return None
    now = house.clock.now()
    for choice in before.choices:
        gets = choice.id in wanted
        if gets != choice.gets:
            state = CONFIRMED if gets else GONE
            house.store.subscribers.subscribe(reader.id, choice.id, state, BY_HAND, now)
    return own(house, token)


def kept(house: House, token: str) -> dict[str, object] | None:
    """All that is kept about the reader."""
    reader = _reader(house, token)
    if reader is None:
        return None
    people = house.store.subscribers
    return {
        "address": reader.address,
        "name": reader.name,
        "supporter": reader.supporter,
        "supporter_until": reader.supporter_until.isoformat() if reader.supporter_until else None,
        "known_since": reader.created.isoformat(),
        "suppressed": people.suppressed(reader.address),
        "subscriptions": [
            {
                "newsletter": s.newsletter_id,
                "state": s.state.value,
                "since": s.changed.isoformat(),
                "because": s.because,
            }
            for s in people.subscriptions(reader.id)
        ],
        "editions": [
            {
                "edition": slug,
                "state": d.state.value,
                "submitted": d.submitted_at.isoformat() if d.submitted_at else None,
            }
            for d, slug in house.store.deliveries.of_address(reader.address)
        ],
    }


def erase(house: House, token: str) -> bool:
    """Forget the reader for good; False when there was nobody."""
    reader = _reader(house, token)
    return reader is not None and house.store.subscribers.forget(reader.address)


def _reader(house: House, token: str) -> Subscriber | None:
    found = tokens.read_token(secret(house), token)
    reader = house.store.subscribers.by_id(found[1]) if found else None
    return reader if reader is not None and reader.address else None
