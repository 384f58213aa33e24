"""The audience of an edition, frozen into its delivery rows at the release."""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    Text,
    and_,
    case,
    func,
    literal,
    or_,
    select,
)

from digest.model.appeal import DECKS, AppealPlan
from digest.model.audience import SubscriptionState
from digest.model.delivery import DeliveryState
from digest.model.edition import Edition
from digest.store import chunks
from digest.store.tables import editions, subscribers, subscriptions, suppressions
from digest.store.tables_mail import deliveries
from digest.store.times import EPOCH, UtcTime

QUEUED = DeliveryState.QUEUED.value
SUPPRESSED = DeliveryState.SUPPRESSED.value
CONFIRMED = SubscriptionState.CONFIRMED.value

APPEAL_LOCK = 0x0A99EA1
"""Any number that other users of a PostgreSQL server do not lock."""

COLUMNS = (
    "edition_id",
    "subscriber_id",
    "state",
    "attempt",
    "wake_at",
    "code",
    "text",
    "revision",
    "variant",
)


def freeze(connection: Connection, ready: Edition, plan: AppealPlan) -> None:
    """One delivery for every confirmed subscription, in one statement: queued, or suppressed."""
    barred = suppressions.c.address.is_not(None)
    values = (
        literal(ready.id),
        subscribers.c.id,
        case((barred, SUPPRESSED), else_=QUEUED),
        literal(0),
        case((barred, None), else_=literal(EPOCH, UtcTime)),
        literal(0),
        case((barred, suppression_reason()), else_=""),
        literal(ready.revision),
        case((barred, ""), else_=_variant(plan, _counted(connection, ready, plan))),
    )
    owed = (
        select(*values)
        .select_from(
            subscriptions.join(
                subscribers, subscribers.c.id == subscriptions.c.subscriber_id
            ).outerjoin(suppressions, suppressions.c.address == subscribers.c.address)
        )
        .where(
            subscriptions.c.newsletter_id == ready.newsletter_id,
            subscriptions.c.state == CONFIRMED,
            subscribers.c.address.is_not(None),
        )
        .order_by(subscriptions.c.subscriber_id)
    )
    connection.execute(deliveries.insert().from_select(COLUMNS, owed))
    chunks.make(connection, ready.id)


def absent(edition_id: int) -> Subquery:
    """Who is confirmed and may be mailed, but has no delivery of the edition: ids with its newest
    revision."""
    has_one = (
        select(deliveries.c.edition_id)
        .where(
            deliveries.c.edition_id == edition_id,
            deliveries.c.subscriber_id == subscriptions.c.subscriber_id,
        )
        .correlate(subscriptions)
    )
    barred = select(suppressions.c.address).where(suppressions.c.address == subscribers.c.address)
    return (
        select(subscriptions.c.subscriber_id, editions.c.revision)
        .join(editions, editions.c.newsletter_id == subscriptions.c.newsletter_id)
        .join(subscribers, subscribers.c.id == subscriptions.c.subscriber_id)
        .where(
            editions.c.id == edition_id,
            subscriptions.c.state == CONFIRMED,
            subscribers.c.address.is_not(None),
            ~has_one.exists(),
            ~barred.correlate(subscribers).exists(),
        )
        .subquery()
    )


def top_up(connection: Connection, edition_id: int) -> int:
    """A queued delivery without an appeal for everybody who is absent; how many."""
    rows = absent(edition_id)
    values = (
        literal(edition_id),
        rows.c.subscriber_id,
        literal(QUEUED),
        literal(0),
        literal(EPOCH, UtcTime),
        literal(0),
        literal("joined after the release"),
        rows.c.revision,
        literal(""),
    )
    count: int = connection.scalar(select(func.count()).select_from(rows)) or 0
    if count:
        connection.execute(deliveries.insert().from_select(COLUMNS, select(*values)))
        chunks.make(connection, edition_id, more=True)
        chunks.wake(connection, edition_id)
    return count


def suppression_reason() -> ColumnElement[str]:
    """The sentence a suppressed delivery keeps; stands beside a row of `suppression`."""
    why = case((suppressions.c.because == "", ""), else_=": " + suppressions.c.because)
    return "the address is suppressed (" + suppressions.c.reason + ")" + why


def _counted(connection: Connection, ready: Edition, plan: AppealPlan) -> Sequence[int]:
    """The editions whose appeals count against `at_most`; none when they cannot reach it.

    Two releases with caps go one after the other: each must see whom the other asks.
    """
    if plan.at_most == 0 or not plan.deals:
        return ()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(APPEAL_LOCK)))
    wanted = and_(
        editions.c.released_at >= (plan.since or EPOCH),
        editions.c.appeal != "",
        editions.c.id != ready.id,
    )
    found = connection.scalars(select(editions.c.id).where(wanted)).all()
    return found if len(found) >= plan.at_most else ()


def _variant(plan: AppealPlan, counted: Sequence[int]) -> ColumnElement[str]:
    """The appeal variant of one subscriber, "" for none."""
    if not plan.deals:
        return literal("", Text)
    none_for: list[ColumnElement[bool]] = []
    if plan.hide_from_supporters:
        until = subscribers.c.supporter_until
        still = or_(until.is_(None), until > (plan.now or EPOCH))
        none_for.append(and_(subscribers.c.supporter.is_(True), still))
    if counted:
        none_for.append(subscribers.c.id.in_(_seen_enough(counted, plan.at_most)))
    deck = (subscribers.c.number * plan.factor + plan.shift) % DECKS
    dealt = case(*((deck < below, variant) for below, variant in plan.deals), else_="")
    return case((or_(*none_for), ""), else_=dealt) if none_for else dealt


def _seen_enough(counted: Sequence[int], at_most: int) -> Select[int]:
    """The subscribers who had so many appeals already, gathered once for the whole audience."""
    return (
        select(deliveries.c.subscriber_id)
        .where(deliveries.c.edition_id.in_(counted), deliveries.c.variant != "")
        .group_by(deliveries.c.subscriber_id)
        .having(func.count() >= at_most)
    )
