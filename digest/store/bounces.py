"""Bounces and complaints on record, and the addresses that get nothing because of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, and_, delete, func, select, update

from digest.model.audience import SuppressionReason
from digest.model.bounce import Blame, Bounce, BounceKind, Suppression, Verdict
from digest.model.delivery import DeliveryState
from digest.store.addresses import normal
from digest.store.engine import Database
from digest.store.tables import suppressions
from digest.store.tables_mail import bounces, deliveries, letters_seen, pardons

CAME_BACK = (BounceKind.HARD, BounceKind.SOFT)
HANDED_OVER = (DeliveryState.SUBMITTED.value, DeliveryState.IN_DOUBT.value)


class Bounces:
    """The BounceStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, told: Sequence[Bounce]) -> int:
        """Save those not yet known with all that follows from them, in one transaction; how many
        were new."""
        with self._database.write() as connection:
            return sum(note(self._database, connection, one) for one in told)

    def history(self, address: str, since: datetime) -> list[Bounce]:
        """Of an address, the oldest first; none from before it was pardoned."""
        pardoned = select(pardons.c.at).where(pardons.c.address == normal(address))
        wanted = (
            select(bounces)
            .where(bounces.c.address == normal(address), bounces.c.at >= since)
            .where(~pardoned.where(pardons.c.at >= bounces.c.at).exists())
            .order_by(bounces.c.at, bounces.c.id)
        )
        with self._database.read() as connection:
            return [_noun(row) for row in connection.execute(wanted)]

    def counts(self, edition_id: int) -> dict[str, int]:
        """Reason -> how many bounces of an edition."""
        told = (
            select(bounces.c.reason, func.count().label("rows"))
            .where(bounces.c.edition_id == edition_id)
            .group_by(bounces.c.reason)
            .order_by(bounces.c.reason)
        )
        with self._database.read() as connection:
            return {row.reason: row.rows for row in connection.execute(told)}

    def seen(self, mailbox: str, names: Sequence[str]) -> set[str]:
        """Of these letters in a mailbox, those that were read before."""
        known: set[str] = set()
        with self._database.read() as connection:
            for start in range(0, len(names), 500):
                some = names[start : start + 500]
                wanted = select(letters_seen.c.name).where(
                    letters_seen.c.mailbox == mailbox, letters_seen.c.name.in_(some)
                )
                known.update(connection.scalars(wanted))
        return known

    def see(self, mailbox: str, name: str, because: str, at: datetime) -> None:
        """Remember that a letter was read and left where it is."""
        insert = self._database.insert(letters_seen).values(
            mailbox=mailbox, name=name, because=because, at=at
        )
        with self._database.write() as connection:
            connection.execute(insert.on_conflict_do_nothing())

    def suppressions(self) -> list[Suppression]:
        """All, by address."""
        with self._database.read() as connection:
            return [
                Suppression(
                    address=row.address,
                    reason=SuppressionReason(row.reason),
                    because=row.because,
                    since=row.since,
                )
                for row in connection.execute(select(suppressions).order_by(suppressions.c.address))
            ]

    def suppress(self, added: Iterable[Suppression]) -> int:
        """Add those that are not suppressed yet; how many were."""
        with self._database.write() as connection:
            return sum(_suppress(self._database, connection, one) for one in added)

    def lift(self, address: str, because: str, at: datetime) -> bool:
        """An editor's word: the address may be mailed again, and what it bounced before counts no
        more; False when it was not suppressed."""
        values = {"at": at, "because": because}
        insert = self._database.insert(pardons).values(address=normal(address), **values)
        with self._database.write() as connection:
            gone = delete(suppressions).where(suppressions.c.address == normal(address))
            if not connection.execute(gone).rowcount:
                return False
            connection.execute(
                insert.on_conflict_do_update(index_elements=["address"], set_=values)
            )
            return True


def note(database: Database, connection: Connection, told: Bounce) -> int:
    """Save one bounce with what follows from it, unless it is known; 1 when it was new."""
    verdict = told.verdict
    insert = (
        database.insert(bounces)
        .values(
            origin=told.origin,
            key=told.key,
            address=normal(told.address),
            kind=verdict.kind.value,
            reason=verdict.reason,
            blame=verdict.blame.value,
            code=verdict.code,
            dsn=verdict.dsn,
            text=verdict.text,
            at=told.at,
            edition_id=told.edition_id or None,
            subscriber_id=told.subscriber_id or None,
        )
        .on_conflict_do_nothing()
        .returning(bounces.c.id)
    )
    if connection.execute(insert).one_or_none() is None:
        return 0
    _mark(connection, told)
    if told.suppress is not None:
        one = Suppression(
            address=told.address, reason=told.suppress, because=_said(verdict), since=told.at
        )
        _suppress(database, connection, one)
    return 1


def _mark(connection: Connection, told: Bounce) -> None:
    """Write on the delivery that it came back, or that it was complained about."""
    state = DeliveryState.COMPLAINED if told.verdict.kind is BounceKind.COMPLAINT else None
    if told.verdict.kind in CAME_BACK:
        state = DeliveryState.BOUNCED
    if state is None or not told.edition_id:
        return
    this = and_(
        deliveries.c.edition_id == told.edition_id,
        deliveries.c.subscriber_id == told.subscriber_id,
        deliveries.c.state.in_(HANDED_OVER),
    )
    values = {"state": state.value, "code": told.verdict.code, "text": _said(told.verdict)}
    connection.execute(update(deliveries).where(this).values(values))


def _suppress(database: Database, connection: Connection, one: Suppression) -> int:
    """The first reason stands, but a complaint outweighs the others."""
    values = {"reason": one.reason.value, "because": one.because, "since": one.since}
    insert = database.insert(suppressions).values(address=normal(one.address), **values)
    if one.reason is SuppressionReason.COMPLAINT:
        new = insert.on_conflict_do_update(
            index_elements=["address"], set_=values, where=suppressions.c.reason != values["reason"]
        )
    else:
        new = insert.on_conflict_do_nothing()
    return len(connection.execute(new.returning(suppressions.c.address)).all())


def _said(verdict: Verdict) -> str:
    """For example "userunknown: 5.1.1 no such user"."""
    words = f"{verdict.dsn} {verdict.text}".strip()
    return f"{verdict.reason}: {words}" if words else verdict.reason


def _noun(row: Row[tuple[object, ...]]) -> Bounce:
    return Bounce(
        origin=row.origin,
        key=row.key,
        address=row.address,
        verdict=Verdict(
            kind=BounceKind(row.kind),
            reason=row.reason,
            blame=Blame(row.blame),
            recipient=row.address,
            code=row.code,
            dsn=row.dsn,
            text=row.text,
        ),
        at=row.at,
        edition_id=row.edition_id or 0,
        subscriber_id=row.subscriber_id or 0,
    )
