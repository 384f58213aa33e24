"""Clicks and contributions, and what each wording of an appeal did."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, Select, and_, case, delete, func, select

from digest.model.appeal import Click, Contribution, VariantCounts
from digest.model.delivery import DeliveryState
from digest.model.edition import EditionState
from digest.store.counting import count_by
from digest.store.engine import Database
from digest.store.tables import editions
from digest.store.tables_appeal import clicks, contributions, links, tallies
from digest.store.tables_mail import deliveries

TAKEN = (DeliveryState.SUBMITTED.value, DeliveryState.COMPLAINED.value)
DONE = EditionState.DONE.value


class Appeals:
    """The AppealStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def target(self, slug: str, link: str) -> tuple[int, str, bool] | None:
        """Id of the edition, address the link leads to, and whether the edition is or was out."""
        wanted = (
            select(links.c.edition_id, links.c.target, editions.c.released_at)
            .join(editions, editions.c.id == links.c.edition_id)
            .where(editions.c.slug == slug, links.c.name == link)
        )
        with self._database.read() as connection:
            row = connection.execute(wanted).one_or_none()
            if row is None:
                return None
            return (row.edition_id, row.target, row.released_at is not None)

    def click(self, click: Click) -> bool:
        """Keep a click; False, and nothing done, when this visitor's was kept before."""
        values = {
            "edition_id": click.edition_id,
            "link": click.link,
            "visitor": click.visitor,
            "at": click.at,
            "machine": click.machine,
        }
        new = self._database.insert(clicks).values(values).on_conflict_do_nothing()
        with self._database.write() as connection:
            return connection.execute(new.returning(clicks.c.link)).first() is not None

    def contribute(self, contributed: Sequence[Contribution]) -> int:
        """Keep payments; those whose platform and event are known stay; how many were new."""
        new = self._database.insert(contributions).on_conflict_do_nothing()
        once = new.returning(contributions.c.event)
        with self._database.write() as connection:
            return sum(
                connection.execute(once.values(_columns(one))).first() is not None
                for one in contributed
            )

    def contribution(self, platform: str, event: str) -> Contribution | None:
        """The payment that a platform told of under that id."""
        wanted = select(contributions).where(
            contributions.c.platform == platform, contributions.c.event == event
        )
        with self._database.read() as connection:
            row = connection.execute(wanted).one_or_none()
            return None if row is None else _noun(row)

    def raised(self, appeal: str, currency: str) -> int:
        """The sum given through an appeal, in the smallest unit."""
        total = select(func.coalesce(func.sum(contributions.c.amount), 0)).where(
            contributions.c.appeal == appeal, contributions.c.currency == currency
        )
        with self._database.read() as connection:
            return int(connection.scalars(total).one())

    def counts(self, appeal: str, currency: str, since: datetime) -> list[VariantCounts]:
        """What each wording of the appeal did in editions released since, by variant id."""
        with self._database.read() as connection:
            released = editions.c.released_at >= since
            wanted = select(editions.c.id, editions.c.state).where(
                editions.c.appeal == appeal, released
            )
            found = connection.execute(wanted).all()
            ids = [row.id for row in found]
            submitted = _submitted(connection, ids)
            clicked = {
                row.link: row for row in connection.execute(_clicked(ids)) if row.link is not None
            }
            given = {row.variant: row for row in connection.execute(_given(appeal, currency, ids))}
        names = sorted({*submitted, *clicked, *given})
        return [
            VariantCounts(
                variant=name,
                submitted=submitted.get(name, 0),
                clicks=int(clicked[name].people) if name in clicked else 0,
                machine_clicks=int(clicked[name].machines) if name in clicked else 0,
                gifts=int(given[name].gifts) if name in given else 0,
                total=int(given[name].total) if name in given else 0,
                squares=float(given[name].squares) if name in given else 0.0,
            )
            for name in names
        ]

    def tally(self, edition_id: int) -> None:
        """Count an edition's submitted deliveries by wording, and keep the counts."""
        this = tallies.c.edition_id == edition_id
        with self._database.write() as connection:
            counted = _counted(connection, [edition_id])
            connection.execute(delete(tallies).where(this))
            rows = [
                {"edition_id": edition_id, "variant": variant, "submitted": submitted}
                for variant, submitted in counted.items()
            ]
            # An edition that nobody got has its tally too, or it would be counted each time.
            rows = rows or [{"edition_id": edition_id, "variant": "", "submitted": 0}]
            connection.execute(self._database.insert(tallies), rows)


def _submitted(connection: Connection, ids: Sequence[int]) -> dict[str, int]:
    """By wording: from the tallies, and from the rows of editions that have none yet."""
    kept = connection.execute(select(tallies).where(tallies.c.edition_id.in_(ids))).all()
    known = {row.edition_id for row in kept}
    found = _counted(connection, [i for i in ids if i not in known])
    for row in kept:
        found[row.variant] = found.get(row.variant, 0) + row.submitted
    found.pop("", None)
    return found


def _counted(connection: Connection, ids: Sequence[int]) -> dict[str, int]:
    """Submitted deliveries by wording, of editions that are told by their ids."""
    wanted = and_(deliveries.c.edition_id.in_(ids), deliveries.c.state.in_(TAKEN))
    return count_by(connection, deliveries.c.variant, wanted)


def _clicked(ids: Sequence[int]) -> Select[tuple[str, int, int]]:
    people = func.sum(case((clicks.c.machine, 0), else_=1)).label("people")
    machines = func.sum(case((clicks.c.machine, 1), else_=0)).label("machines")
    return (
        select(clicks.c.link, people, machines)
        .where(clicks.c.edition_id.in_(ids))
        .group_by(clicks.c.link)
    )


def _given(appeal: str, currency: str, ids: Sequence[int]) -> Select[tuple[str, int, int, float]]:
    """What came in through these editions; what was paid back counts against it, as no gift."""
    amount = contributions.c.amount
    gifts = func.sum(case((amount > 0, 1), else_=0)).label("gifts")
    squares = func.sum(amount * 1.0 * amount).label("squares")
    return (
        select(contributions.c.variant, gifts, func.sum(amount).label("total"), squares)
        .where(
            contributions.c.appeal == appeal,
            contributions.c.currency == currency,
            contributions.c.edition_id.in_(ids),
        )
        .group_by(contributions.c.variant)
    )


def _noun(row: Row[tuple[object, ...]]) -> Contribution:
    return Contribution(
        platform=row.platform,
        event=row.event,
        amount=row.amount,
        currency=row.currency,
        at=row.at,
        reference=row.reference,
        appeal=row.appeal,
        variant=row.variant,
        edition_id=row.edition_id,
    )


def _columns(noun: Contribution) -> dict[str, object]:
    return {
        "platform": noun.platform,
        "event": noun.event,
        "amount": noun.amount,
        "currency": noun.currency,
        "at": noun.at,
        "reference": noun.reference,
        "appeal": noun.appeal,
        "variant": noun.variant,
        "edition_id": noun.edition_id,
    }
