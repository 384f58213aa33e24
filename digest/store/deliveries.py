"""Deliveries: what is owed, what the relay said, what is left."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, update

from digest.model.audience import Subscriber
from digest.model.delivery import Delivery, DeliveryCounts, DeliveryState, Settled
from digest.model.edition import EditionState
from digest.model.newsletter import InDoubt
from digest.store.engine import Database
from digest.store.flight import Flights
from digest.store.subscribers import normal, subscriber_noun
from digest.store.tables import deliveries, editions, subscribers
from digest.store.times import EPOCH

QUEUED = DeliveryState.QUEUED.value
DEFERRED = DeliveryState.DEFERRED.value
SUBMITTING = DeliveryState.SUBMITTING.value
IN_DOUBT = DeliveryState.IN_DOUBT.value
FAILURES = (DeliveryState.REJECTED.value, DeliveryState.FAILED.value, IN_DOUBT, DEFERRED)
HANDED_OVER = (DeliveryState.SUBMITTED.value, SUBMITTING, IN_DOUBT)
UNTOUCHED_BY_RETRY = (DeliveryState.SUBMITTING, DeliveryState.SUBMITTED)
PERSON = ("id", "address", "name", "supporter", "supporter_until", "created")
UNFINISHED = (EditionState.RELEASED.value, EditionState.HELD.value, EditionState.KILLED.value)


class Deliveries:
    """The DeliveryStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._flights = Flights(database)

    def counts(self, edition_id: int) -> DeliveryCounts:
        """Derived from the rows."""
        counted = (
            select(deliveries.c.state, func.count().label("rows"))
            .where(deliveries.c.edition_id == edition_id)
            .group_by(deliveries.c.state)
        )
        with self._database.read() as connection:
            rows = connection.execute(counted).all()
        return DeliveryCounts(counts={DeliveryState(row.state): row.rows for row in rows})

    def open_editions(self, now: datetime) -> list[int]:
        """Editions (not held or killed) with something to submit now."""
        with self._database.read() as connection:
            return list(connection.scalars(open_editions(now)))

    def take(
        self, edition_id: int, after: int, limit: int, now: datetime
    ) -> list[tuple[Delivery, Subscriber]]:
        """Queued, or deferred and due, with subscriber_id > after, by subscriber_id, each with
        the newest revision of its edition; claims nothing."""
        with self._database.read() as connection:
            rows = connection.execute(next_to_submit(edition_id, after, limit, now))
            return [(_noun(row, row.newest), subscriber_noun(row, "person_")) for row in rows]

    def settle(
        self,
        results: Sequence[Settled],
        intents: Sequence[Delivery],
        worker: str,
        lease_until: datetime,
    ) -> list[Delivery]:
        """Results and intents in one transaction; the intents granted."""
        return self._flights.settle(results, intents, worker, lease_until)

    def renew(self, worker: str, lease_until: datetime) -> None:
        """Prolong the lease of this worker's `submitting` rows."""
        mine = and_(_in_flight(), deliveries.c.worker == worker)
        with self._database.write() as connection:
            connection.execute(update(deliveries).where(mine).values(wake_at=lease_until))

    def expire(self, now: datetime, policies: Mapping[str, InDoubt]) -> int:
        """`submitting` rows whose lease is over become in_doubt, or queued again where the
        newsletter's policy is resend; how many."""
        over = and_(_in_flight(), deliveries.c.wake_at <= now)
        resend = [name for name, policy in policies.items() if policy is InDoubt.RESEND]
        again = and_(
            over,
            deliveries.c.edition_id.in_(
                select(editions.c.id).where(editions.c.newsletter_id.in_(resend))
            ),
        )
        stopped = "the process that submitted it stopped before the relay's answer was seen"
        queued = {
            "state": QUEUED,
            "wake_at": EPOCH,
            "worker": "",
            "text": f"{stopped}; it is submitted again, as the newsletter says",
        }
        doubt = {"state": IN_DOUBT, "wake_at": None, "worker": "", "text": stopped}
        with self._database.write() as connection:
            count = 0
            if resend:
                count = connection.execute(update(deliveries).where(again).values(queued)).rowcount
            return count + connection.execute(update(deliveries).where(over).values(doubt)).rowcount

    def failures(self, edition_id: int, limit: int) -> list[Delivery]:
        """Those rejected, failed, in doubt or deferred, with address and reason."""
        wanted = and_(deliveries.c.edition_id == edition_id, deliveries.c.state.in_(FAILURES))
        return self._list(wanted, limit)

    def missing(self, edition_id: int) -> list[Delivery]:
        """All that are not submitted, with the reason."""
        wanted = and_(
            deliveries.c.edition_id == edition_id,
            deliveries.c.state != DeliveryState.SUBMITTED.value,
        )
        return self._list(wanted, None)

    def carried(self, edition_id: int) -> dict[int, int]:
        """Revision -> how many deliveries carried it: submitted, being submitted or in doubt."""
        counted = (
            select(deliveries.c.revision, func.count().label("rows"))
            .where(deliveries.c.edition_id == edition_id, deliveries.c.state.in_(HANDED_OVER))
            .group_by(deliveries.c.revision)
            .order_by(deliveries.c.revision)
        )
        with self._database.read() as connection:
            return {row.revision: row.rows for row in connection.execute(counted)}

    def of_address(self, address: str) -> list[tuple[Delivery, str]]:
        """An address's deliveries with the edition's slug, newest first."""
        rows = (
            _deliveries(editions.c.slug)
            .join(editions, editions.c.id == deliveries.c.edition_id)
            .where(subscribers.c.address == normal(address))
            .order_by(editions.c.due_at.desc(), editions.c.id.desc())
        )
        with self._database.read() as connection:
            return [(_noun(row), row.slug) for row in connection.execute(rows)]

    def retry(self, edition_id: int, states: Sequence[DeliveryState]) -> int:
        """Back to queued, at once, but never what is being or has been submitted; how many."""
        allowed = [state.value for state in states if state not in UNTOUCHED_BY_RETRY]
        wanted = and_(deliveries.c.edition_id == edition_id, deliveries.c.state.in_(allowed))
        with self._database.write() as connection:
            again = update(deliveries).where(wanted).values(state=QUEUED, wake_at=EPOCH)
            return connection.execute(again).rowcount

    def _list(self, wanted: ColumnElement[bool], limit: int | None) -> list[Delivery]:
        rows = _deliveries().where(wanted).order_by(deliveries.c.subscriber_id).limit(limit)
        with self._database.read() as connection:
            return [_noun(row) for row in connection.execute(rows)]


def open_editions(now: datetime) -> Select[tuple[int]]:
    """Stops at the first waiting row of each edition, which the index of waiting rows gives."""
    waiting = select(deliveries.c.subscriber_id).where(
        deliveries.c.edition_id == editions.c.id,
        deliveries.c.wake_at <= now,
        deliveries.c.state.in_((QUEUED, DEFERRED)),
    )
    return (
        select(editions.c.id)
        .where(
            editions.c.state == EditionState.RELEASED.value, waiting.correlate(editions).exists()
        )
        .order_by(editions.c.due_at, editions.c.id)
    )


def next_to_submit(
    edition_id: int, after: int, limit: int, now: datetime
) -> Select[tuple[object, ...]]:
    """Along the primary key from `after` on: never the first rows of a state, which would read all
    settled ones again each time."""
    due = or_(
        deliveries.c.state == QUEUED,
        and_(deliveries.c.state == DEFERRED, deliveries.c.wake_at <= now),
    )
    person = [subscribers.c[name].label(f"person_{name}") for name in PERSON]
    return (
        _deliveries(*person, editions.c.revision.label("newest"))
        .join(editions, editions.c.id == deliveries.c.edition_id)
        .where(
            deliveries.c.edition_id == edition_id,
            deliveries.c.subscriber_id > after,
            due,
            editions.c.state == EditionState.RELEASED.value,
        )
        .order_by(deliveries.c.subscriber_id)
        .limit(limit)
    )


def _deliveries(*more: ColumnElement[object]) -> Select[tuple[object, ...]]:
    """Deliveries with the address of their subscriber, "" once forgotten."""
    address = func.coalesce(subscribers.c.address, "").label("address")
    return select(*deliveries.c, address, *more).join_from(
        deliveries, subscribers, subscribers.c.id == deliveries.c.subscriber_id
    )


def _in_flight() -> ColumnElement[bool]:
    """Being submitted; the index of waiting rows has these too, after the queued ones."""
    unfinished = select(editions.c.id).where(editions.c.state.in_(UNFINISHED))
    return and_(
        deliveries.c.edition_id.in_(unfinished),
        deliveries.c.wake_at > EPOCH,
        deliveries.c.state == SUBMITTING,
    )


def _noun(row: Row[tuple[object, ...]], revision: int | None = None) -> Delivery:
    state = DeliveryState(row.state)
    return Delivery(
        edition_id=row.edition_id,
        subscriber_id=row.subscriber_id,
        address=row.address,
        state=state,
        attempt=row.attempt,
        next_at=row.wake_at if state is DeliveryState.DEFERRED else None,
        code=row.code,
        text=row.text,
        submitted_at=row.submitted_at,
        revision=row.revision if revision is None else revision,
        variant=row.variant,
    )
