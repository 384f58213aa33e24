"""Small values that must survive a restart."""

from sqlalchemy import select

from digest.store.engine import Database
from digest.store.tables import secrets


class SmallValues:
    """The Memory port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def secret(self, name: str, fresh: str) -> str:
        """The secret of that name; `fresh` becomes it the first time."""
        known = select(secrets.c.value).where(secrets.c.name == name)
        with self._database.read() as connection:
            value: str | None = connection.scalar(known)
        if value is not None:
            return value
        insert = self._database.insert(secrets).values(name=name, value=fresh)
        with self._database.write() as connection:
            connection.execute(insert.on_conflict_do_nothing())
            value = connection.execute(known).scalar_one()
        return value
