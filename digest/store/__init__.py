"""The database: one set of queries for SQLite and PostgreSQL."""

from sqlalchemy import Connection, inspect, text

from digest.errors import StoreError
from digest.late import load
from digest.store.accounts import Accounts
from digest.store.appeals import Appeals
from digest.store.articles import Articles
from digest.store.bounces import Bounces
from digest.store.deliveries import Deliveries
from digest.store.editions import Editions
from digest.store.engine import Database, connect
from digest.store.memory import SmallValues
from digest.store.migrations import KNOWN
from digest.store.occurrences import Occurrences
from digest.store.paces import Paces
from digest.store.pictures import Pictures
from digest.store.posts import Posts
from digest.store.rulings import Rulings
from digest.store.sources import Sources
from digest.store.subscribers import Subscribers
from digest.store.switches import Switches

BUSY_TIMEOUT = 8.0
"""Seconds a step waits for another program's lock."""

MIGRATION_LOCK = 0x0D16E57
"""Any number that other users of a PostgreSQL server do not lock."""


class SqlStore:
    """The Store port on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.sources = Sources(database)
        self.articles = Articles(database)
        self.occurrences = Occurrences(database)
        self.appeals = Appeals(database)
        self.pictures = Pictures(database)
        self.rulings = Rulings(database)
        self.editions = Editions(database)
        self.deliveries = Deliveries(database)
        self.bounces = Bounces(database)
        self.paces = Paces(database)
        self.posts = Posts(database)
        self.switches = Switches(database)
        self.accounts = Accounts(database)
        self.subscribers = Subscribers(database)
        self.memory = SmallValues(database)

    def close(self) -> None:
        """Give back every connection."""
        self._database.close()


def open_store(url: str, *, busy_timeout: float = BUSY_TIMEOUT) -> SqlStore:
    """The store at a `store:` address, its tables created or brought up to date; StoreError when
    that cannot be."""
    database = connect(url, busy_timeout=busy_timeout)
    try:
        _bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return SqlStore(database)


def _bring_up_to_date(database: Database) -> None:
    with database.read() as connection:
        version = _version(connection)
    if version == KNOWN[-1]:
        return
    with database.write() as connection:
        if database.postgres:
            lock = text("select pg_advisory_xact_lock(:key)")
            connection.execute(lock, {"key": MIGRATION_LOCK})
        version = _version(connection)
        if version not in (None, *KNOWN):
            raise StoreError(
                f"The database {database.name} was written by a newer version of Digest"
                f" (schema {version}, this one knows {KNOWN[-1]}); nothing was changed;"
                " install that version, or restore a backup made with this one."
            )
        if version != KNOWN[-1]:
            load("digest.store.migrating:upgrade")(connection)


def _version(connection: Connection) -> str | None:
    """The schema's version; None for a database without our tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("select version_num from alembic_version"))
    return version
