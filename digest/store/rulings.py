"""Pins and bars: what editors decided about single stories."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Delete, delete, select

from digest.model.news import Ruling, RulingKind
from digest.store.engine import Database
from digest.store.tables import rulings


class Rulings:
    """The RulingStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, new: Sequence[Ruling]) -> None:
        """Save them in their order, each in the place of an earlier one about the same article."""
        with self._database.write() as connection:
            for ruling in new:
                connection.execute(_of_article(ruling.newsletter_id, ruling.url))
                columns = {
                    "newsletter_id": ruling.newsletter_id,
                    "url": ruling.url,
                    "kind": ruling.kind.value,
                    "who": ruling.who,
                    "at": ruling.at,
                    "because": ruling.because,
                }
                connection.execute(rulings.insert().values(columns))

    def lift(self, newsletter_id: str, url: str) -> bool:
        """Forget the ruling; whether there was one."""
        with self._database.write() as connection:
            return connection.execute(_of_article(newsletter_id, url)).rowcount > 0

    def of(self, newsletter_id: str, since: datetime) -> list[Ruling]:
        """Those made since, in the order they were made."""
        made = (
            select(rulings)
            .where(rulings.c.newsletter_id == newsletter_id, rulings.c.at >= since)
            .order_by(rulings.c.id)
        )
        with self._database.read() as connection:
            return [
                Ruling(
                    newsletter_id=row.newsletter_id,
                    url=row.url,
                    kind=RulingKind(row.kind),
                    who=row.who,
                    at=row.at,
                    because=row.because,
                )
                for row in connection.execute(made)
            ]


def _of_article(newsletter_id: str, url: str) -> Delete:
    return delete(rulings).where(rulings.c.newsletter_id == newsletter_id, rulings.c.url == url)
