"""Stored slots, and the ticker's lease and last tick."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    delete,
    false,
    func,
    literal,
    or_,
    select,
    update,
)

from digest.model.edition import Occurrence, OccurrenceState, Slot, SlotFlag
from digest.store.engine import Database
from digest.store.tables import leases, moments, occurrences
from digest.store.times import EPOCH, UtcTime

TICKER = "ticker"
LAST_TICK = "last tick"
DUE = OccurrenceState.DUE.value
CLAIMED = OccurrenceState.CLAIMED.value
SKIPPED = OccurrenceState.SKIPPED.value

Key = tuple[date, time]


class Occurrences:
    """The OccurrenceStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def plan(
        self, newsletter_id: str, rule: str, slots: Sequence[Slot], after: datetime | None = None
    ) -> int:
        """Make the unclaimed future exactly these slots; the number inserted."""
        wanted = {(slot.local_date, slot.local_time): slot for slot in slots}
        first = min(wanted, default=None)
        added = 0
        with self._database.write() as connection:
            stored = _stored(connection, newsletter_id, first, after)
            for key, slot in wanted.items():
                if key not in stored:
                    added += self._insert(connection, newsletter_id, rule, slot)
                elif not stored[key].fixed:
                    _update(connection, stored[key], rule, slot)
            for key in stored.keys() - wanted.keys():
                if _is_ahead(stored[key], first, after):
                    connection.execute(delete(occurrences).where(_undecided(stored[key])))
        return added

    def due(self, newsletter_id: str, until: datetime) -> list[Occurrence]:
        """In state due with due_at <= until, oldest first."""
        wanted = and_(
            occurrences.c.newsletter_id == newsletter_id,
            occurrences.c.state == DUE,
            occurrences.c.due_at <= until,
        )
        with self._database.read() as connection:
            rows = (
                select(occurrences).where(wanted).order_by(occurrences.c.due_at, occurrences.c.id)
            )
            return [_noun(row) for row in connection.execute(rows)]

    def claim(self, occurrence_id: int, worker: str, now: datetime) -> bool:
        """due -> claimed; False when somebody else has it."""
        free = and_(occurrences.c.id == occurrence_id, occurrences.c.state == DUE)
        mine = {"state": CLAIMED, "claimed_by": worker, "claimed_at": now, "fixed": True}
        with self._database.write() as connection:
            return connection.execute(update(occurrences).where(free).values(mine)).rowcount == 1

    def settle(self, occurrence_id: int, state: OccurrenceState, because: str) -> None:
        """Record how it ended."""
        ended = {
            "state": state.value,
            "because": because,
            "fixed": state is not OccurrenceState.DUE,
        }
        this = occurrences.c.id == occurrence_id
        with self._database.write() as connection:
            connection.execute(update(occurrences).where(this).values(ended))

    def abandoned(self, before: datetime) -> list[Occurrence]:
        """Claimed before the instant and not settled: their worker died."""
        wanted = and_(occurrences.c.state == CLAIMED, occurrences.c.claimed_at < before)
        with self._database.read() as connection:
            rows = (
                select(occurrences).where(wanted).order_by(occurrences.c.due_at, occurrences.c.id)
            )
            return [_noun(row) for row in connection.execute(rows)]

    def skip(
        self, newsletter_id: str, local_date: date, local_time: time | None, because: str
    ) -> int:
        """Mark the day's unclaimed slots (or the one at local_time) skipped; how many."""
        wanted = and_(
            occurrences.c.newsletter_id == newsletter_id,
            occurrences.c.local_date == local_date,
            occurrences.c.state == DUE,
        )
        if local_time is not None:
            wanted = and_(wanted, occurrences.c.local_time == local_time)
        skipped = {"state": SKIPPED, "because": because, "fixed": True}
        with self._database.write() as connection:
            return connection.execute(update(occurrences).where(wanted).values(skipped)).rowcount

    def recent(self, newsletter_id: str, limit: int) -> list[Occurrence]:
        """The latest that are no longer due, newest first; a skip that is only planned and lies
        ahead of the last tick is not yet among them."""
        last_tick = select(moments.c.at).where(moments.c.name == LAST_TICK).scalar_subquery()
        past = occurrences.c.due_at <= func.coalesce(last_tick, literal(EPOCH, UtcTime))
        wanted = and_(
            occurrences.c.newsletter_id == newsletter_id,
            occurrences.c.state != DUE,
            or_(occurrences.c.fixed, past),
        )
        newest_first = (occurrences.c.due_at.desc(), occurrences.c.id.desc())
        with self._database.read() as connection:
            rows = select(occurrences).where(wanted).order_by(*newest_first).limit(limit)
            return [_noun(row) for row in connection.execute(rows)]

    def last_tick(self) -> datetime | None:
        """When the last tick ran, of any process."""
        with self._database.read() as connection:
            return connection.scalar(select(moments.c.at).where(moments.c.name == LAST_TICK))

    def record_tick(self, now: datetime) -> None:
        """Remember the tick."""
        insert = self._database.insert(moments).values(name=LAST_TICK, at=now)
        with self._database.write() as connection:
            connection.execute(
                insert.on_conflict_do_update(index_elements=["name"], set_={"at": now})
            )

    def lead(self, worker: str, now: datetime, until: datetime) -> bool:
        """Take or renew the ticker's lease; False while another live worker holds it."""
        insert = self._database.insert(leases).values(name=TICKER, worker=worker, until=until)
        taken = insert.on_conflict_do_update(
            index_elements=["name"],
            set_={"worker": worker, "until": until},
            where=or_(leases.c.worker == worker, leases.c.until <= now),
        ).returning(leases.c.worker)
        with self._database.write() as connection:
            return connection.scalar(taken) is not None

    def _insert(self, connection: Connection, newsletter_id: str, rule: str, slot: Slot) -> int:
        insert = self._database.insert(occurrences).values(
            newsletter_id=newsletter_id,
            local_date=slot.local_date,
            local_time=slot.local_time,
            fixed=False,
            claimed_by="",
            **_planned(rule, slot),
        )
        new = insert.on_conflict_do_nothing().returning(occurrences.c.id)
        return len(connection.scalars(new).all())


def _stored(
    connection: Connection, newsletter_id: str, first: Key | None, after: datetime | None
) -> dict[Key, Row[tuple[object, ...]]]:
    """The rows a plan may meet: from the day of its first slot on, or later than `after`."""
    wanted: list[ColumnElement[bool]] = []
    if first is not None:
        wanted.append(occurrences.c.local_date >= first[0])
    if after is not None:
        wanted.append(occurrences.c.due_at > after)
    rows = connection.execute(
        select(occurrences).where(
            occurrences.c.newsletter_id == newsletter_id, or_(false(), *wanted)
        )
    )
    return {(row.local_date, row.local_time): row for row in rows}


def _is_ahead(row: Row[tuple[object, ...]], first: Key | None, after: datetime | None) -> bool:
    """Whether a plan without this row takes it away: the past is never touched."""
    if after is not None:
        return bool(row.due_at > after)
    return first is not None and (row.local_date, row.local_time) >= first


def _update(connection: Connection, row: Row[tuple[object, ...]], rule: str, slot: Slot) -> None:
    """Follow what moved."""
    planned = _planned(rule, slot)
    if any(getattr(row, name) != value for name, value in planned.items()):
        connection.execute(update(occurrences).where(_undecided(row)).values(planned))


def _undecided(row: Row[tuple[object, ...]]) -> ColumnElement[bool]:
    """Asked again by every change, for another process may have claimed it since it was read."""
    return and_(occurrences.c.id == row.id, occurrences.c.fixed.is_(False))


def _planned(rule: str, slot: Slot) -> dict[str, object]:
    """What the planner says of a slot; one on a day its zone left out is kept at its wall time."""
    wall_time = datetime.combine(slot.local_date, slot.local_time, tzinfo=UTC)
    return {
        "due_at": slot.due_at or wall_time,
        "state": SKIPPED if slot.skipped or slot.due_at is None else DUE,
        "flag": slot.flag.value,
        "because": slot.skipped or ("" if slot.due_at else "no such day"),
        "rule": rule,
    }


def _noun(row: Row[tuple[object, ...]]) -> Occurrence:
    return Occurrence(
        id=row.id,
        newsletter_id=row.newsletter_id,
        local_date=row.local_date,
        local_time=row.local_time,
        due_at=row.due_at,
        state=OccurrenceState(row.state),
        flag=SlotFlag(row.flag),
        because=row.because,
        claimed_by=row.claimed_by,
    )
