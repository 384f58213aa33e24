"""The flight ledger: the one transaction that every message passes through, so it is the fast one.

A transaction through SQLAlchemy costs about five times what SQLite itself needs for one message.
So the two updates are composed from the tables once, and run on the driver's connection as long as
everything is as expected; when it is not, the same two updates run row by row the plain way.
"""

from collections.abc import Sequence
from operator import itemgetter

from sqlalchemy import (
    ColumnElement,
    Connection,
    Exists,
    Select,
    Update,
    and_,
    bindparam,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor

from digest.model.audience import SubscriptionState
from digest.model.delivery import Chunk, Delivery, DeliveryState, Intent, PutOff, Settled
from digest.model.edition import EditionState
from digest.store.audience import suppression_reason
from digest.store.bounces import note
from digest.store.engine import Database
from digest.store.tables import editions, subscribers, subscriptions, suppressions
from digest.store.tables_mail import chunks, deliveries
from digest.store.times import EPOCH, UtcTime

Values = dict[str, object]

QUEUED = DeliveryState.QUEUED.value
DEFERRED = DeliveryState.DEFERRED.value
SUBMITTING = DeliveryState.SUBMITTING.value
SUPPRESSED = DeliveryState.SUPPRESSED.value
IN_DOUBT = DeliveryState.IN_DOUBT.value


class Flights:
    """Settles results and grants intents."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._result = Prepared(database, RESULT)
        self._intent = Prepared(database, INTENT)

    def settle(self, results: Sequence[Settled], intents: Sequence[Intent]) -> list[Delivery]:
        """Results and intents in one transaction; the intents granted."""
        if not results and not intents:
            return []
        settled = [_result_values(result) for result in results]
        wanted = [_intent_values(intent) for intent in intents]
        told = [result.bounce for result in results if result.bounce is not None]
        if not told and self._all_at_once(settled, wanted):
            return [_granted(intent.delivery) for intent in intents]
        with self._database.write() as connection:
            for values in settled:
                connection.execute(RESULT, values)
            for bounce in told:
                note(self._database, connection, bounce)
            return [
                _granted(intent.delivery)
                for intent, values in zip(intents, wanted, strict=True)
                if _grant(connection, values)
            ]

    def _all_at_once(self, settled: Sequence[Values], wanted: Sequence[Values]) -> bool:
        """Save everything when every intent can be granted; else save nothing."""

        def work(connection: DBAPIConnection) -> bool:
            cursor = connection.cursor()
            if settled:
                self._result.run(cursor, settled)
            return not wanted or self._intent.run(cursor, wanted) == len(wanted)

        return self._database.driver(work)


class Prepared:
    """An update as the driver takes it: composed from the tables once, run many times."""

    def __init__(self, database: Database, statement: Update) -> None:
        compiled = statement.compile(dialect=database.dialect)
        self._sql = str(compiled)
        self._constants = dict(compiled.params)
        order = compiled.positiontup
        self._pick = itemgetter(*order) if order else None
        self._times = [name for name, b in compiled.binds.items() if isinstance(b.type, UtcTime)]
        self._time = UtcTime().bind_processor(database.dialect) or _as_it_is

    def run(self, cursor: DBAPICursor, rows: Sequence[Values]) -> int:
        """Run it for every row; how many rows of the table it changed."""
        filled = [self._fill(row) for row in rows]
        if self._pick is None:
            cursor.executemany(self._sql, filled)
        else:
            cursor.executemany(self._sql, [self._pick(row) for row in filled])
        return cursor.rowcount

    def _fill(self, row: Values) -> Values:
        values = self._constants | row
        for name in self._times:
            values[name] = self._time(values[name])
        return values


def _as_it_is(value: object) -> object:
    return value


def _this() -> ColumnElement[bool]:
    return and_(
        deliveries.c.edition_id == bindparam("at_edition", required=False),
        deliveries.c.subscriber_id == bindparam("at_subscriber", required=False),
    )


def _waiting() -> ColumnElement[bool]:
    return or_(deliveries.c.state == QUEUED, deliveries.c.state == DEFERRED)


def _confirmed() -> Exists:
    """Its subscriber still subscribes to its newsletter."""
    return (
        select(subscriptions.c.subscriber_id)
        .where(
            editions.c.id == deliveries.c.edition_id,
            subscriptions.c.newsletter_id == editions.c.newsletter_id,
            subscriptions.c.subscriber_id == deliveries.c.subscriber_id,
            subscriptions.c.state == SubscriptionState.CONFIRMED.value,
        )
        .correlate(deliveries)
        .exists()
    )


def _suppression(column: ColumnElement[str]) -> Select[str]:
    """Of the delivery's address."""
    return (
        select(column)
        .join_from(subscribers, suppressions, suppressions.c.address == subscribers.c.address)
        .where(subscribers.c.id == deliveries.c.subscriber_id)
        .correlate(deliveries)
    )


def _ours() -> Exists:
    """The lease under which it is wanted still stands."""
    return (
        select(chunks.c.lo)
        .where(
            chunks.c.edition_id == deliveries.c.edition_id,
            chunks.c.lo == bindparam("at_chunk", required=False),
            chunks.c.attempt == bindparam("fence", required=False),
        )
        .correlate(deliveries)
        .exists()
    )


# A worker that slept through the end of its lease may still bring the truth about the attempt that
# was its own; nothing else of it counts.
RESULT = (
    update(deliveries)
    .where(
        _this(),
        or_(deliveries.c.state == SUBMITTING, deliveries.c.state == IN_DOUBT),
        deliveries.c.attempt == bindparam("known_attempt", required=False),
    )
    .values(
        state=bindparam("to_state", required=False),
        code=bindparam("to_code", required=False),
        text=bindparam("to_text", required=False),
        wake_at=bindparam("to_wake_at", required=False),
        submitted_at=bindparam("to_submitted_at", required=False),
    )
)

INTENT = (
    update(deliveries)
    .where(
        _this(),
        _waiting(),
        deliveries.c.attempt == bindparam("known_attempt", required=False),
        _ours(),
        _confirmed().where(editions.c.state == EditionState.RELEASED.value),
        ~_suppression(suppressions.c.address).exists(),
    )
    .values(
        state=SUBMITTING,
        attempt=deliveries.c.attempt + 1,
        wake_at=null(),
        revision=bindparam("to_revision", required=False),
    )
)

PUT_OFF = (
    update(deliveries)
    .where(
        _this(),
        _waiting(),
        deliveries.c.attempt == bindparam("known_attempt", required=False),
        _ours(),
    )
    .values(
        state=DEFERRED,
        wake_at=bindparam("to_wake_at", required=False),
        text=bindparam("to_text", required=False),
    )
)

BARRED = (
    update(deliveries)
    .where(_this(), _waiting(), _suppression(suppressions.c.address).exists())
    .values(
        state=SUPPRESSED,
        wake_at=None,
        text=_suppression(suppression_reason()).scalar_subquery(),
    )
)

GONE = (
    update(deliveries)
    .where(_this(), _waiting(), ~_confirmed())
    .values(state=SUPPRESSED, wake_at=None, text="unsubscribed after the release")
)


def _grant(connection: Connection, values: Values) -> bool:
    """Grant one intent; a subscriber who may no longer be mailed gets this delivery no more."""
    if connection.execute(INTENT, values).rowcount == 1:
        return True
    connection.execute(BARRED, values)
    connection.execute(GONE, values)
    return False


def _granted(intent: Delivery) -> Delivery:
    """Written out: `replace` takes three times as long, and every message passes here."""
    return Delivery(
        edition_id=intent.edition_id,
        subscriber_id=intent.subscriber_id,
        address=intent.address,
        state=DeliveryState.SUBMITTING,
        attempt=intent.attempt + 1,
        revision=intent.revision,
        variant=intent.variant,
    )


def _result_values(result: Settled) -> Values:
    wake_at = None
    if result.state is DeliveryState.QUEUED:
        wake_at = EPOCH
    elif result.state is DeliveryState.DEFERRED:
        wake_at = result.next_at or EPOCH
    return {
        "at_edition": result.edition_id,
        "at_subscriber": result.subscriber_id,
        "known_attempt": result.attempt,
        "to_state": result.state.value,
        "to_code": result.code,
        "to_text": result.text,
        "to_wake_at": wake_at,
        "to_submitted_at": result.submitted_at,
    }


def _intent_values(intent: Intent) -> Values:
    return {
        "at_edition": intent.delivery.edition_id,
        "at_subscriber": intent.delivery.subscriber_id,
        "known_attempt": intent.delivery.attempt,
        "to_revision": intent.delivery.revision,
        "at_chunk": intent.chunk.lo,
        "fence": intent.chunk.attempt,
    }


def put_off_values(chunk: Chunk, one: PutOff) -> Values:
    """For PUT_OFF."""
    return {
        "at_edition": one.delivery.edition_id,
        "at_subscriber": one.delivery.subscriber_id,
        "known_attempt": one.delivery.attempt,
        "at_chunk": chunk.lo,
        "fence": chunk.attempt,
        "to_wake_at": one.until,
        "to_text": one.because,
    }
