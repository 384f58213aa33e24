"""Chunks: ranges of an edition's deliveries, leased to workers, with a fence against late ones."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Update,
    and_,
    func,
    literal,
    select,
    update,
)

from digest.model.delivery import Chunk, DeliveryState
from digest.model.edition import EditionState
from digest.model.newsletter import InDoubt
from digest.store.engine import Database
from digest.store.tables import editions
from digest.store.tables_mail import chunks, deliveries
from digest.store.times import EPOCH, UtcTime

SIZE = 500
"""Deliveries in a chunk: what a worker that dies can hold up for the time of a lease."""

QUEUED = DeliveryState.QUEUED.value
SUBMITTING = DeliveryState.SUBMITTING.value
IN_DOUBT = DeliveryState.IN_DOUBT.value

STOPPED = "the process that submitted it stopped before the relay's answer was seen"


class Chunks:
    """Who works on what."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(
        self, edition_id: int, worker: str, now: datetime, lease_until: datetime
    ) -> Chunk | None:
        """The edition's first chunk that waits and that nobody has."""
        leased = (
            claimable(edition_id, now)
            .values(worker=worker, lease_until=lease_until, attempt=chunks.c.attempt + 1)
            .returning(chunks.c.edition_id, chunks.c.lo, chunks.c.hi, chunks.c.attempt)
        )
        with self._database.write() as connection:
            row = connection.execute(leased).one_or_none()
        if row is None:
            return None
        return Chunk(edition_id=row.edition_id, lo=row.lo, hi=row.hi, attempt=row.attempt)

    def give_back(self, chunk: Chunk) -> None:
        """Nobody has it any more; it wakes when the first of its deliveries does."""
        first = select(func.min(deliveries.c.wake_at)).where(
            deliveries.c.edition_id == chunk.edition_id,
            deliveries.c.subscriber_id.between(chunk.lo, chunk.hi),
        )
        free = {"worker": "", "lease_until": None, "wake_at": first.scalar_subquery()}
        with self._database.write() as connection:
            connection.execute(update(chunks).where(_this(chunk)).values(free))

    def renew(self, worker: str, lease_until: datetime) -> None:
        """Prolong this worker's leases."""
        mine = and_(chunks.c.lease_until.is_not(None), chunks.c.worker == worker)
        with self._database.write() as connection:
            connection.execute(update(chunks).where(mine).values(lease_until=lease_until))

    def lose(self, chunk: Chunk, *, again: bool) -> int:
        """End a lease under which nobody waits for answers any more: what it has in the air is in
        doubt, or queued `again`; how many deliveries."""
        with self._database.write() as connection:
            if connection.scalar(select(chunks.c.lo).where(_this(chunk))) is None:
                return 0
            return _land(connection, chunk.edition_id, chunk.lo, chunk.hi, again)

    def expire(self, now: datetime, policies: Mapping[str, InDoubt]) -> int:
        """Free the chunks whose lease is over; what they had in the air is in doubt, or queued
        again where the newsletter's rule is resend; how many deliveries."""
        over = and_(chunks.c.lease_until.is_not(None), chunks.c.lease_until <= now)
        with self._database.read() as connection:
            if connection.scalar(select(chunks.c.lo).where(over).limit(1)) is None:
                return 0
        resend = [name for name, policy in policies.items() if policy is InDoubt.RESEND]
        lost = (
            select(chunks.c.edition_id, chunks.c.lo, chunks.c.hi, editions.c.newsletter_id)
            .join(editions, editions.c.id == chunks.c.edition_id)
            .where(over)
            .with_for_update(of=chunks, skip_locked=True)
        )
        count = 0
        with self._database.write() as connection:
            for row in connection.execute(lost).all():
                count += _land(connection, row.edition_id, row.lo, row.hi, row[3] in resend)
        return count


def make(connection: Connection, edition_id: int, more: bool = False) -> None:
    """Chunks for the queued deliveries of an edition that are in none yet."""
    inside = (
        select(chunks.c.lo)
        .where(
            chunks.c.edition_id == edition_id,
            deliveries.c.subscriber_id.between(chunks.c.lo, chunks.c.hi),
        )
        .correlate(deliveries)
        .exists()
    )
    wanted = [deliveries.c.edition_id == edition_id, deliveries.c.state == QUEUED]
    if more:
        wanted.append(~inside)
    place = func.row_number().over(order_by=deliveries.c.subscriber_id) - 1
    numbered = select(deliveries.c.subscriber_id, (place // SIZE).label("group")).where(*wanted)
    rows = numbered.subquery()
    made = select(
        literal(edition_id),
        func.min(rows.c.subscriber_id),
        func.max(rows.c.subscriber_id),
        literal(EPOCH, UtcTime),
        literal(""),
        literal(0),
    ).group_by(rows.c.group)
    columns = ("edition_id", "lo", "hi", "wake_at", "worker", "attempt")
    connection.execute(chunks.insert().from_select(columns, made))


def wake(connection: Connection, edition_id: int) -> None:
    """Look through all chunks of an edition again."""
    connection.execute(
        update(chunks).where(chunks.c.edition_id == edition_id).values(wake_at=EPOCH)
    )


def rest(connection: Connection, edition_id: int) -> None:
    """Nothing of the edition waits any more; chunks that are leased wake as their rows say."""
    free = and_(chunks.c.edition_id == edition_id, chunks.c.lease_until.is_(None))
    connection.execute(update(chunks).where(free).values(wake_at=None))


def claimable(edition_id: int, now: datetime) -> Update:
    """The first free chunk of an edition that wakes by now."""
    found = (
        select(chunks.c.lo)
        .join(editions, editions.c.id == chunks.c.edition_id)
        .where(
            chunks.c.edition_id == edition_id,
            chunks.c.wake_at <= now,
            chunks.c.lease_until.is_(None),
            editions.c.state == EditionState.RELEASED.value,
        )
        .order_by(chunks.c.lo)
        .limit(1)
        .with_for_update(of=chunks, skip_locked=True)
    )
    first = found.scalar_subquery()
    return update(chunks).where(chunks.c.edition_id == edition_id, chunks.c.lo == first)


def open_editions(now: datetime) -> Select[tuple[int]]:
    """Released editions with a free chunk that wakes by now, the oldest slot first."""
    awake = select(chunks.c.edition_id).where(
        chunks.c.wake_at <= now, chunks.c.lease_until.is_(None)
    )
    return (
        select(editions.c.id)
        .where(editions.c.state == EditionState.RELEASED.value, editions.c.id.in_(awake))
        .order_by(editions.c.due_at, editions.c.id)
    )


def unfinished(edition_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Some chunk of the edition waits or is being worked on."""
    return (
        select(chunks.c.lo)
        .where(
            chunks.c.edition_id == edition_id,
            (chunks.c.wake_at.is_not(None)) | (chunks.c.lease_until.is_not(None)),
        )
        .exists()
    )


def _this(chunk: Chunk) -> ColumnElement[bool]:
    return and_(
        chunks.c.edition_id == chunk.edition_id,
        chunks.c.lo == chunk.lo,
        chunks.c.attempt == chunk.attempt,
    )


def _land(connection: Connection, edition_id: int, lo: int, hi: int, again: bool) -> int:
    """End one lease from outside; how many deliveries were in the air."""
    there = and_(
        deliveries.c.edition_id == edition_id,
        deliveries.c.subscriber_id.between(lo, hi),
        deliveries.c.state == SUBMITTING,
    )
    values: dict[str, object] = {"state": IN_DOUBT, "wake_at": None, "text": STOPPED}
    if again:
        told = f"{STOPPED}; it is submitted again, as the newsletter says"
        values = {"state": QUEUED, "wake_at": EPOCH, "text": told}
    count: int = connection.execute(update(deliveries).where(there).values(values)).rowcount
    free = {"worker": "", "lease_until": None, "wake_at": EPOCH, "attempt": chunks.c.attempt + 1}
    this = and_(chunks.c.edition_id == edition_id, chunks.c.lo == lo)
    connection.execute(update(chunks).where(this).values(free))
    return count
