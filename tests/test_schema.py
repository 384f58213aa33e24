"""The migrations make exactly the tables the queries are written for, in time and for good."""

import multiprocessing
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, text

from digest.errors import StoreError
from digest.store import open_store
from digest.store.metadata import metadata
from digest.store.migrating import config
from digest.store.migrations import KNOWN
from tests import postgres


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A `store:` address with nothing behind it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'digest.db'}"
        return
    with postgres.database(request.getfixturevalue("postgres_server"), "schema") as url:
        yield url


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    """An engine of the test's own on a database brought up to date."""
    open_store(address).close()
    made = create_engine(address)
    yield made
    made.dispose()


def version(connection: Connection) -> str:
    """The schema's version."""
    found = connection.scalar(text("select version_num from alembic_version"))
    assert isinstance(found, str)
    return found


def test_migrations_make_the_tables(engine: Engine) -> None:
    """After all migrations Alembic finds no difference to the tables in the code."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert version(connection) == KNOWN[-1]


def test_delivery_keeps_its_measured_shape(tmp_path: Path) -> None:
    """On SQLite these tables are stored in the order of their keys."""
    path = tmp_path / "digest.db"
    open_store(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        made = dict(connection.execute("select name, sql from sqlite_master where type = 'table'"))
    connection.close()
    assert sorted(name for name, sql in made.items() if "WITHOUT ROWID" in sql) == [
        "chunk",
        "delivery",
        "sighting",
        "source_line",
        "subscription",
    ]


def test_every_migration_is_known() -> None:
    """The list that decides whether Alembic is needed names all migrations in their order."""
    with create_engine("sqlite://").connect() as connection:
        script = ScriptDirectory.from_config(config(connection))
    revisions = [one.revision for one in script.walk_revisions()]
    assert revisions[::-1] == list(KNOWN)


def test_open_again_changes_nothing(address: str, engine: Engine) -> None:
    """Opening a database that is up to date leaves its rows as they are."""
    first = open_store(address)
    first.memory.secret("name", "value")
    first.close()
    second = open_store(address)
    assert second.memory.secret("name", "other") == "value"
    second.close()


def test_newer_database_is_refused(address: str, engine: Engine) -> None:
    """A database of a newer program is not touched, and the sentence says so."""
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(StoreError, match="written by a newer version .* .schema 9999"):
        open_store(address)
    with engine.connect() as connection:
        assert version(connection) == "9999"


def test_processes_that_start_together(address: str) -> None:
    """Of two processes that find an empty database both open it, and one makes the tables."""
    context = multiprocessing.get_context("spawn")
    starters = [context.Process(target=start, args=(address,)) for _ in range(2)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert [starter.exitcode for starter in starters] == [0, 0]


def start(address: str) -> None:
    """Open and close the store, in a process of its own."""
    store = open_store(address, busy_timeout=30)
    store.sources.states()
    store.close()
