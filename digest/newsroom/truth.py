"""What became of editions and of each subscriber's mail, told from the rows."""

from dataclasses import dataclass
from datetime import datetime

from digest.deliver import standing as standing_room
from digest.errors import UsageError
from digest.model.delivery import Delivery, DeliveryState
from digest.model.edition import Correction, Edition, EditionState
from digest.newsroom import desk
from digest.newsroom.house import House

SHOWN = 20
BOUNCES = 5
"""Of an address that `explain` tells; the latest."""
"""Failures shown with an edition; `missing` lists all."""

OUT = (EditionState.RELEASED, EditionState.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTold:
    """One delivery, with a sentence on how it stands."""

    edition: str
    address: str
    state: DeliveryState
    because: str
    code: int
    attempt: int
    next_at: datetime | None
    submitted_at: datetime | None
    revision: int
    """Of the edition: the one its message carried, once it was handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionTold:
    """One edition with its counts."""

    edition: str
    state: EditionState
    because: str
    due_at: datetime
    counts: dict[str, int]
    failures: tuple[DeliveryTold, ...] = ()
    """The first that were rejected, failed, deferred or are in doubt."""
    revision: int = 1
    corrections: tuple[Correction, ...] = ()
    carried: dict[int, int] | None = None
    """Revision -> how many deliveries carried it; None where it was not counted."""
    bounces: dict[str, int] | None = None
    """Reason -> how many came back; None where it was not counted."""
    newcomers: int = 0
    """Readers who joined after the release and have not got it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Everything known about one address."""

    address: str
    standing: tuple[str, ...]
    """Suppression and subscriptions, a sentence each."""
    deliveries: tuple[DeliveryTold, ...]


def status(house: House, slug: str | None) -> tuple[EditionTold, ...]:
    """How far the edition has got, or each of the latest ten."""
    if slug is not None:
        return (_edition(house, desk.find(house, slug), SHOWN),)
    return tuple(_edition(house, edition, 0) for edition in house.store.editions.recent(None, 10))


def missing(house: House, slug: str) -> tuple[DeliveryTold, ...]:
    """Everybody in the edition's audience whose message the relay has not taken, and why."""
    edition = desk.find(house, slug)
    return tuple(_told(house, d, edition) for d in house.store.deliveries.missing(edition.id))


def explain(house: House, address: str, slug: str | None) -> Explained:
    """What became of a subscriber's mail, of one edition or of all."""
    wanted = desk.find(house, slug) if slug is not None else None
    subscriber = house.store.subscribers.get(address)
    suppressed = house.store.subscribers.suppressed(address)
    if subscriber is None and not suppressed:
        raise UsageError(f"nobody has the address {address!r}; check the spelling")
    standing = [f"gets nothing: the address is suppressed ({suppressed})"] if suppressed else []
    if subscriber is not None:
        standing += [
            f"{s.newsletter_id}: {s.state} since {_time(s.changed)}"
            + (f" ({s.because})" if s.because else "")
            for s in house.store.subscribers.subscriptions(subscriber.id)
        ]
    standing += _bounces(house, address)
    deliveries = _deliveries(house, address, slug)
    if wanted is not None and not deliveries:
        standing.append(_left_out(wanted))
    return Explained(address=address, standing=tuple(standing), deliveries=deliveries)


def _bounces(house: House, address: str) -> list[str]:
    """What came back from it, and how near the soft ones are to a suppression."""
    now = house.clock.now()
    history = house.store.bounces.history(address, now - standing_room.MEMORY)
    told = [
        f"{one.verdict.kind} bounce at {_time(one.at)} ({one.origin}): {one.verdict.reason}"
        + (f", {one.verdict.text}" if one.verdict.text else "")
        for one in history[-BOUNCES:]
    ]
    if score := standing_room.score(history, now):
        told.append(f"soft bounces weigh {score:.1f} of {standing_room.TOO_MANY:g}")
    return told


def _deliveries(house: House, address: str, slug: str | None) -> tuple[DeliveryTold, ...]:
    found = house.store.deliveries.of_address(address)
    wanted = [(d, desk.find(house, s)) for d, s in found if slug in (None, s)]
    return tuple(_told(house, delivery, edition) for delivery, edition in wanted)


def _left_out(edition: Edition) -> str:
    if edition.released_at is None:
        return f"{edition.slug} is {edition.state} ({edition.because}): it has no audience yet"
    return (
        f"was not in the audience of {edition.slug}: not confirmed when it was released at"
        f" {_time(edition.released_at)}"
    )


def _edition(house: House, edition: Edition, limit: int) -> EditionTold:
    store = house.store.deliveries
    failures = store.failures(edition.id, limit) if limit else []
    return EditionTold(
        edition=edition.slug,
        state=edition.state,
        because=edition.because,
        due_at=edition.due_at,
        counts={state.value: n for state, n in store.counts(edition.id).counts.items()},
        failures=tuple(_told(house, delivery, edition) for delivery in failures),
        revision=edition.revision,
        corrections=edition.corrections,
        carried=store.carried(edition.id) if limit and edition.revision > 1 else None,
        bounces=house.store.bounces.counts(edition.id) if limit else None,
        newcomers=store.newcomers(edition.id) if limit and edition.released_at else 0,
    )


def _told(house: House, delivery: Delivery, edition: Edition) -> DeliveryTold:
    return DeliveryTold(
        edition=edition.slug,
        address=delivery.address,
        state=delivery.state,
        because=_because(house, delivery, edition),
        code=delivery.code,
        attempt=delivery.attempt,
        next_at=delivery.next_at,
        submitted_at=delivery.submitted_at,
        revision=delivery.revision,
    )


def _because(house: House, delivery: Delivery, edition: Edition) -> str:
    """The state in an editor's words."""
    said = f"{delivery.code} {delivery.text}".strip() if delivery.code else delivery.text
    match delivery.state:
        case DeliveryState.QUEUED:
            return _queued(edition, said)
        case DeliveryState.SUBMITTING:
            return "is being handed to the relay at this moment"
        case DeliveryState.SUBMITTED:
            when = _time(delivery.submitted_at) if delivery.submitted_at else "an unknown time"
            which = f", revision {delivery.revision}" if edition.revision > 1 else ""
            return f"the relay took it at {when}, attempt {delivery.attempt}{which}: {said}"
        case DeliveryState.DEFERRED:
            when = _time(delivery.next_at) if delivery.next_at else "the next run"
            return f"not taken yet ({said}); attempt {delivery.attempt + 1} follows at {when}"
        case DeliveryState.REJECTED:
            return f"the relay refused it for good: {said}"
        case DeliveryState.IN_DOUBT:
            return _in_doubt(house, edition, said)
        case DeliveryState.BOUNCED:
            return f"the relay took it, and it came back: {said}"
        case DeliveryState.COMPLAINED:
            return f"the relay took it, and the reader called it spam ({said})"
        case _:
            return said


def _queued(edition: Edition, said: str) -> str:
    if edition.state not in OUT:
        return f"waits, for the edition is {edition.state} ({edition.because})"
    return f"waits for its turn ({said})" if said else "waits for its turn"


def _in_doubt(house: House, edition: Edition, said: str) -> str:
    newsletter = house.settings.newsletter(edition.newsletter_id)
    rule = f"the newsletter's rule is {newsletter.in_doubt}; " if newsletter else ""
    return (
        f"handed over, but the answer was never seen ({said}); {rule}"
        f"`digest send {edition.slug} --in-doubt` sends it once more, perhaps a second time"
    )


def _time(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S} UTC"
