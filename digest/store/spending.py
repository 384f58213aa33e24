"""What a post may cost, and whether the network takes one now: read where the intent is written."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select

from digest.model.post import Ceiling, NotNow, PostState, Terms
from digest.store.engine import Database
from digest.store.tables_social import charges, posts, throttles
from digest.text.money import dollars

LOCK = 0x0D16E58
"""PostgreSQL: whoever writes an intent or turns a switch holds it, so that none slips past."""

THE_SAME = timedelta(hours=24)
"""Networks take the same words from an account within this for a mistake, and so do we."""

OUT = (PostState.PUBLISHING.value, PostState.PUBLISHED.value, PostState.IN_DOUBT.value)
"""What is on the network or may be."""

READING = 0
"""The attempt that a charge for reading back names."""


def lock(database: Database, connection: Connection) -> None:
    """Nobody else writes an intent or turns a switch before this transaction ends."""
    if database.postgres:
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))


def hindered(
    connection: Connection, row: Row[tuple[object, ...]], now: datetime, terms: Terms
) -> NotNow | None:
    """Why the post cannot go at this moment, or None."""
    return (
        throttled(connection, now, terms)
        or _too_close(connection, row, now, terms)
        or _over_ceiling(connection, now, terms)
        or out_of_money(connection, now, row.price, terms)
        or _said_already(connection, row, now)
    )


def throttled(connection: Connection, now: datetime, terms: Terms) -> NotNow | None:
    """The network said when it will take the next one."""
    wanted = select(throttles.c.until, throttles.c.because).where(
        throttles.c.scope.in_(scopes(terms)), throttles.c.until > now
    )
    longest = connection.execute(wanted.order_by(throttles.c.until.desc()).limit(1)).first()
    return NotNow(until=longest.until, because=longest.because) if longest else None


def charge(
    connection: Connection, post_id: int, attempt: int, now: datetime, price: int, terms: Terms
) -> None:
    """Reserve what a request counts and costs."""
    connection.execute(
        insert(charges).values(
            post_id=post_id,
            attempt=attempt,
            account_id=terms.account_id,
            app=terms.app,
            at=now,
            points=0 if attempt == READING else terms.points,
            price=price,
        )
    )


def out_of_money(connection: Connection, now: datetime, price: int, terms: Terms) -> NotNow | None:
    """Whether the budget has no room for the price."""
    if terms.cap is None or terms.since is None or terms.until is None or price == 0:
        return None
    spent = spent_since(connection, terms.account_id, terms.since)
    if spent + price <= terms.cap:
        return None
    return NotNow(
        until=max(terms.until, now),
        because=f"{dollars(spent)} of {dollars(terms.cap)} are spent and this costs"
        f" {dollars(price)}: out of budget until {terms.until:%Y-%m-%d %H:%M} UTC",
    )


def spent_since(connection: Connection, account_id: str, since: datetime) -> int:
    """Thousandths of a US dollar that the account has cost."""
    cost = select(func.coalesce(func.sum(charges.c.price), 0)).where(
        charges.c.account_id == account_id, charges.c.at >= since
    )
    return int(connection.execute(cost).scalar_one())


def scopes(terms: Terms) -> tuple[str, ...]:
    """Under which names the network may keep the account waiting."""
    own = f"account:{terms.account_id}"
    return (own, f"app:{terms.app}") if terms.app else (own,)


def _too_close(
    connection: Connection, row: Row[tuple[object, ...]], now: datetime, terms: Terms
) -> NotNow | None:
    """Another post of the account went out less than the gap ago; the parts of a thread are one."""
    if not terms.gap or row.urgent or (row.thread and row.part > 0):
        return None
    last = connection.execute(
        select(func.max(posts.c.claimed_at)).where(
            posts.c.account_id == row.account_id, posts.c.id != row.id, posts.c.state.in_(OUT)
        )
    ).scalar()
    if last is None or now - last >= terms.gap or last > now:
        return None
    minutes = terms.gap / timedelta(minutes=1)
    return NotNow(
        until=last + terms.gap, because=f"{minutes:g} minutes after the account's last post"
    )


def _over_ceiling(connection: Connection, now: datetime, terms: Terms) -> NotNow | None:
    """The first ceiling that has no room for the points, and when it has."""
    for ceiling in terms.ceilings:
        taken = connection.execute(
            select(charges.c.at, charges.c.points)
            .where(_under(ceiling), charges.c.at > now - ceiling.rate.within, charges.c.points > 0)
            .order_by(charges.c.at)
        ).all()
        over = sum(row.points for row in taken) + terms.points - ceiling.rate.most
        if over > 0:
            free_at = _free_at([(row.at, row.points) for row in taken], over, now)
            return NotNow(
                until=free_at + ceiling.rate.within,
                because=f"{ceiling.rate} is the network's limit for {ceiling.scope}",
            )
    return None


def _free_at(taken: Iterable[tuple[datetime, int]], over: int, now: datetime) -> datetime:
    """When the last of the points was taken that must leave the window."""
    for at, points in taken:
        over -= points
        if over <= 0:
            return at
    return now


def _under(ceiling: Ceiling) -> ColumnElement[bool]:
    kind, _, name = ceiling.scope.partition(":")
    return (charges.c.account_id if kind == "account" else charges.c.app) == name


def _said_already(
    connection: Connection, row: Row[tuple[object, ...]], now: datetime
) -> NotNow | None:
    """The account has, or may have, the same words on show already."""
    earlier = connection.execute(
        select(posts.c.id, posts.c.claimed_at).where(
            posts.c.account_id == row.account_id,
            posts.c.words == row.words,
            posts.c.id != row.id,
            posts.c.state.in_(OUT),
            posts.c.claimed_at > now - THE_SAME,
        )
    ).first()
    if earlier is None:
        return None
    return NotNow(
        until=earlier.claimed_at + THE_SAME,
        because=f"post {earlier.id} said the same, word for word, less than a day ago",
    )
