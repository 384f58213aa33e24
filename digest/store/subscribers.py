"""Subscribers, what they subscribe to, and the addresses that get nothing."""

import zlib
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    case,
    delete,
    func,
    literal,
    select,
    update,
)

from digest.model.audience import Subscriber, Subscription, SubscriptionState
from digest.model.delivery import DeliveryState
from digest.store.addresses import normal
from digest.store.engine import Database
from digest.store.tables import editions, subscribers, subscriptions, suppressions
from digest.store.tables_mail import bounces, deliveries, pardons
from digest.store.times import UtcTime

CONFIRMED = SubscriptionState.CONFIRMED.value
UNSENT = (DeliveryState.QUEUED.value, DeliveryState.DEFERRED.value)
FORGOTTEN = "the subscriber was forgotten on request"


class Subscribers:
    """The SubscriberStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, address: str, name: str, supporter: bool, now: datetime) -> Subscriber:
        """Insert, or update name and supporter of the address; addresses compare lower-case."""
        insert = self._database.insert(subscribers).values(
            address=normal(address),
            name=name,
            supporter=supporter,
            number=_number(normal(address)),
            created=now,
        )
        saved = insert.on_conflict_do_update(
            index_elements=["address"], set_={"name": name, "supporter": supporter}
        ).returning(subscribers)
        with self._database.write() as connection:
            return subscriber_noun(connection.execute(saved).one())

    def support(self, address: str, until: datetime | None, now: datetime) -> Subscriber:
        """Note that the address gave; the later end counts, and None is for good."""
        insert = self._database.insert(subscribers).values(
            address=normal(address),
            name="",
            supporter=True,
            supporter_until=until,
            number=_number(normal(address)),
            created=now,
        )
        known = subscribers.c.supporter_until
        for_good = and_(subscribers.c.supporter.is_(True), known.is_(None))
        longest: ColumnElement[datetime] | None = None
        if until is not None:
            longest = case((for_good, None), (known > until, known), else_=literal(until, UtcTime))
        saved = insert.on_conflict_do_update(
            index_elements=["address"], set_={"supporter": True, "supporter_until": longest}
        ).returning(subscribers)
        with self._database.write() as connection:
            return subscriber_noun(connection.execute(saved).one())

    def subscribe(
        self,
        subscriber_id: int,
        newsletter_id: str,
        state: SubscriptionState,
        because: str,
        now: datetime,
    ) -> Subscription:
        """Insert or change a subscription."""
        values = {"state": state.value, "changed": now, "because": because}
        insert = self._database.insert(subscriptions).values(
            subscriber_id=subscriber_id, newsletter_id=newsletter_id, **values
        )
        saved = insert.on_conflict_do_update(
            index_elements=["newsletter_id", "subscriber_id"], set_=values
        ).returning(subscriptions)
        with self._database.write() as connection:
            return _subscription(connection.execute(saved).one())

    def get(self, address: str) -> Subscriber | None:
        """By address."""
        return self._one(subscribers.c.address == normal(address))

    def by_id(self, subscriber_id: int) -> Subscriber | None:
        """By id; one that was forgotten is nobody any more."""
        return self._one(subscribers.c.id == subscriber_id)

    def subscriptions(self, subscriber_id: int) -> list[Subscription]:
        """All of a subscriber's, by newsletter."""
        rows = (
            select(subscriptions)
            .where(subscriptions.c.subscriber_id == subscriber_id)
            .order_by(subscriptions.c.newsletter_id)
        )
        with self._database.read() as connection:
            return [_subscription(row) for row in connection.execute(rows)]

    def everybody(self) -> list[tuple[Subscriber, Subscription]]:
        """For export, by address; somebody without any subscription is not among them."""
        ours = subscriptions.c.subscriber_id == subscribers.c.id
        pairs = (
            select(*(c.label(f"person_{c.name}") for c in subscribers.c), *subscriptions.c)
            .join_from(subscribers, subscriptions, ours)
            .order_by(subscribers.c.address, subscriptions.c.newsletter_id)
        )
        with self._database.read() as connection:
            return [
                (subscriber_noun(row, "person_"), _subscription(row))
                for row in connection.execute(pairs)
            ]

    def confirmed(self, newsletter_id: str) -> int:
        """How many get the next edition: confirmed minus suppressed."""
        barred = select(suppressions.c.address).where(
            suppressions.c.address == subscribers.c.address
        )
        count = (
            select(func.count())
            .join_from(
                subscriptions, subscribers, subscribers.c.id == subscriptions.c.subscriber_id
            )
            .where(
                subscriptions.c.newsletter_id == newsletter_id,
                subscriptions.c.state == CONFIRMED,
                subscribers.c.address.is_not(None),
                ~barred.exists(),
            )
        )
        with self._database.read() as connection:
            return connection.execute(count).scalar_one()

    def suppress(self, address: str, reason: str, because: str, now: datetime) -> None:
        """The address gets nothing any more; the latest reason counts."""
        values = {"reason": reason, "because": because, "since": now}
        insert = self._database.insert(suppressions).values(address=normal(address), **values)
        with self._database.write() as connection:
            connection.execute(
                insert.on_conflict_do_update(index_elements=["address"], set_=values)
            )

    def suppressed(self, address: str) -> str:
        """The reason, or ""."""
        reason = select(suppressions.c.reason).where(suppressions.c.address == normal(address))
        with self._database.read() as connection:
            return connection.scalar(reason) or ""

    def forget(self, address: str) -> bool:
        """Erase the person; what is left are delivery rows that name nobody."""
        with self._database.write() as connection:
            known = select(subscribers.c.id).where(subscribers.c.address == normal(address))
            subscriber_id = connection.scalar(known)
            barred = suppressions.c.address == normal(address)
            erased = connection.execute(delete(suppressions).where(barred)).rowcount
            connection.execute(delete(bounces).where(bounces.c.address == normal(address)))
            connection.execute(delete(pardons).where(pardons.c.address == normal(address)))
            if subscriber_id is not None:
                _erase(connection, subscriber_id)
            return subscriber_id is not None or erased > 0

    def _one(self, condition: ColumnElement[bool]) -> Subscriber | None:
        somebody = and_(condition, subscribers.c.address.is_not(None))
        with self._database.read() as connection:
            row = connection.execute(select(subscribers).where(somebody)).one_or_none()
            return None if row is None else subscriber_noun(row)


def subscriber_noun(row: Row[tuple[object, ...]], prefix: str = "") -> Subscriber:
    """A row of `subscriber`, or of a join that labels its columns with the prefix."""
    values = row._mapping
    return Subscriber(
        id=values[prefix + "id"],
        address=values[prefix + "address"] or "",
        name=values[prefix + "name"],
        supporter=values[prefix + "supporter"],
        supporter_until=values[prefix + "supporter_until"],
        created=values[prefix + "created"],
    )


def _subscription(row: Row[tuple[object, ...]]) -> Subscription:
    return Subscription(
        subscriber_id=row.subscriber_id,
        newsletter_id=row.newsletter_id,
        state=SubscriptionState(row.state),
        changed=row.changed,
        because=row.because,
    )


def _erase(connection: Connection, subscriber_id: int) -> None:
    """The relay's words go too: they often quote the address. The key needs an edition, or all
    deliveries ever made would be read."""
    every_edition = deliveries.c.edition_id.in_(select(editions.c.id))
    this = and_(every_edition, deliveries.c.subscriber_id == subscriber_id)
    unsent = and_(this, deliveries.c.state.in_(UNSENT))
    connection.execute(
        update(deliveries)
        .where(unsent)
        .values(state=DeliveryState.SUPPRESSED.value, wake_at=None, text=FORGOTTEN)
    )
    connection.execute(
        update(deliveries).where(this, deliveries.c.text != "").values(text=FORGOTTEN)
    )
    connection.execute(delete(subscriptions).where(subscriptions.c.subscriber_id == subscriber_id))
    nobody = {"address": None, "name": "", "supporter": False, "number": 0}
    connection.execute(update(subscribers).where(subscribers.c.id == subscriber_id).values(nobody))


def _number(address: str) -> int:
    """From 0 to 9999, always the same for an address: appeal variants are dealt by it."""
    return zlib.crc32(address.encode()) % 10_000
