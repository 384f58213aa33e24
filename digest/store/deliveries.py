"""Deliveries: what is owed, what the relay said, what is left."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select, update

from digest.model.delivery import (
    Chunk,
    Delivery,
    DeliveryCounts,
    DeliveryState,
    Intent,
    PutOff,
    Settled,
)
from digest.model.edition import EditionState
from digest.model.newsletter import InDoubt
from digest.store import chunks
from digest.store.addresses import normal
from digest.store.audience import absent, top_up
from digest.store.chunks import Chunks
from digest.store.counting import count_by
from digest.store.engine import Database
from digest.store.flight import PUT_OFF, Flights, put_off_values
from digest.store.tables import editions, subscribers
from digest.store.tables_mail import deliveries
from digest.store.times import EPOCH

QUEUED = DeliveryState.QUEUED.value
DEFERRED = DeliveryState.DEFERRED.value
SUBMITTING = DeliveryState.SUBMITTING.value
IN_DOUBT = DeliveryState.IN_DOUBT.value
FAILURES = (
    DeliveryState.REJECTED.value,
    DeliveryState.FAILED.value,
    DeliveryState.BOUNCED.value,
    DeliveryState.COMPLAINED.value,
    IN_DOUBT,
    DEFERRED,
)
TAKEN = (DeliveryState.SUBMITTED.value, DeliveryState.COMPLAINED.value)
HANDED_OVER = (*TAKEN, DeliveryState.BOUNCED.value, SUBMITTING, IN_DOUBT)
UNTOUCHED_BY_RETRY = (
    DeliveryState.SUBMITTING,
    DeliveryState.SUBMITTED,
    DeliveryState.BOUNCED,
    DeliveryState.COMPLAINED,
)
STATES = {state.value: state for state in DeliveryState}


class Deliveries:
    """The DeliveryStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._flights = Flights(database)
        self._chunks = Chunks(database)

    def counts(self, edition_id: int) -> DeliveryCounts:
        """Derived from the rows."""
        this = deliveries.c.edition_id == edition_id
        with self._database.read() as connection:
            found = count_by(connection, deliveries.c.state, this, list(STATES))
        return DeliveryCounts(counts={STATES[state]: rows for state, rows in found.items()})

    def open_editions(self, now: datetime) -> list[int]:
        """Editions (not held or killed) with something to submit now."""
        with self._database.read() as connection:
            return list(connection.scalars(chunks.open_editions(now)))

    def finished(self) -> list[int]:
        """Released editions of which nothing waits and nobody works on anything."""
        released = editions.c.state == EditionState.RELEASED.value
        done = select(editions.c.id).where(released, ~chunks.unfinished(editions.c.id))
        with self._database.read() as connection:
            return list(connection.scalars(done.order_by(editions.c.due_at, editions.c.id)))

    def claim(
        self, edition_id: int, worker: str, now: datetime, lease_until: datetime
    ) -> Chunk | None:
        """Lease the edition's first chunk that waits and that nobody has."""
        return self._chunks.claim(edition_id, worker, now, lease_until)

    def give_back(self, chunk: Chunk) -> None:
        """End the lease; the chunk wakes when the first of its deliveries does."""
        self._chunks.give_back(chunk)

    def lose(self, chunk: Chunk, *, again: bool) -> int:
        """End a lease under which nobody waits for answers any more: what it has in the air is in
        doubt, or queued `again`; how many."""
        return self._chunks.lose(chunk, again=again)

    def take(self, chunk: Chunk, now: datetime) -> list[Delivery]:
        """Of a chunk the queued, or deferred and due, by subscriber_id, each with the newest
        revision of its edition; without what a relay said before."""
        with self._database.read() as connection:
            return [
                Delivery(
                    edition_id=chunk.edition_id,
                    subscriber_id=row.subscriber_id,
                    address=row.address,
                    state=STATES[row.state],
                    attempt=row.attempt,
                    revision=row.revision,
                    variant=row.variant,
                )
                for row in connection.execute(next_to_submit(chunk, now))
            ]

    def settle(self, results: Sequence[Settled], intents: Sequence[Intent]) -> list[Delivery]:
        """Results and intents in one transaction; the intents granted."""
        return self._flights.settle(results, intents)

    def put_off(self, chunk: Chunk, waiting: Sequence[PutOff]) -> None:
        """Their turn comes later, for the reason given; no attempt is counted."""
        with self._database.write() as connection:
            for one in waiting:
                connection.execute(PUT_OFF, put_off_values(chunk, one))

    def renew(self, worker: str, lease_until: datetime) -> None:
        """Prolong this worker's leases."""
        self._chunks.renew(worker, lease_until)

    def expire(self, now: datetime, policies: Mapping[str, InDoubt]) -> int:
        """What workers whose lease is over had in the air becomes in_doubt, or queued again where
        the newsletter's policy is resend; how many."""
        return self._chunks.expire(now, policies)

    def give_up(self, edition_id: int, because: str) -> int:
        """What still waits has failed; how many."""
        waits = and_(
            deliveries.c.edition_id == edition_id, deliveries.c.state.in_((QUEUED, DEFERRED))
        )
        said = case((deliveries.c.text == "", ""), else_="; last: " + deliveries.c.text)
        failed = {"state": DeliveryState.FAILED.value, "wake_at": None, "text": because + said}
        with self._database.write() as connection:
            count: int = connection.execute(update(deliveries).where(waits).values(failed)).rowcount
            chunks.rest(connection, edition_id)
            return count

    def newcomers(self, edition_id: int) -> int:
        """Confirmed now, but without a delivery of the edition: how many."""
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(absent(edition_id))) or 0

    def top_up(self, edition_id: int) -> int:
        """A queued delivery for each of them; how many."""
        with self._database.write() as connection:
            return top_up(connection, edition_id)

    def failures(self, edition_id: int, limit: int) -> list[Delivery]:
        """Those that ended badly, are in doubt or deferred, with address and reason."""
        wanted = and_(deliveries.c.edition_id == edition_id, deliveries.c.state.in_(FAILURES))
        return self._list(wanted, limit)

    def missing(self, edition_id: int) -> list[Delivery]:
        """All that are not submitted, or came back, with the reason."""
        wanted = and_(
            deliveries.c.edition_id == edition_id,
            deliveries.c.state.not_in(TAKEN),
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
            count = connection.execute(again).rowcount
            if count:
                chunks.make(connection, edition_id, more=True)
                chunks.wake(connection, edition_id)
            return count

    def _list(self, wanted: ColumnElement[bool], limit: int | None) -> list[Delivery]:
        rows = _deliveries().where(wanted).order_by(deliveries.c.subscriber_id).limit(limit)
        with self._database.read() as connection:
            return [_noun(row) for row in connection.execute(rows)]


def next_to_submit(chunk: Chunk, now: datetime) -> Select[tuple[object, ...]]:
    """Along the primary key from the chunk's beginning to its end."""
    due = or_(
        deliveries.c.state == QUEUED,
        and_(deliveries.c.state == DEFERRED, deliveries.c.wake_at <= now),
    )
    return (
        select(
            deliveries.c.subscriber_id,
            func.coalesce(subscribers.c.address, "").label("address"),
            deliveries.c.state,
            deliveries.c.attempt,
            editions.c.revision,
            deliveries.c.variant,
        )
        .join_from(deliveries, subscribers, subscribers.c.id == deliveries.c.subscriber_id)
        .join(editions, editions.c.id == deliveries.c.edition_id)
        .where(
            deliveries.c.edition_id == chunk.edition_id,
            deliveries.c.subscriber_id.between(chunk.lo, chunk.hi),
            due,
            editions.c.state == EditionState.RELEASED.value,
        )
        .order_by(deliveries.c.subscriber_id)
    )


def _deliveries(*more: ColumnElement[object]) -> Select[tuple[object, ...]]:
    """Deliveries with the address of their subscriber, "" once forgotten."""
    address = func.coalesce(subscribers.c.address, "").label("address")
    return select(*deliveries.c, address, *more).join_from(
        deliveries, subscribers, subscribers.c.id == deliveries.c.subscriber_id
    )


def _noun(row: Row[tuple[object, ...]]) -> Delivery:
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
        revision=row.revision,
        variant=row.variant,
    )
