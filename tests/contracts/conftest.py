"""Every store suite runs on a SQLite file, on SQLite in memory and on PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digest.store import SqlStore, open_store
from tests import postgres


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database that only holds the tables, to be copied."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def empty_postgres(postgres_server: str) -> Iterator[str]:
    """A PostgreSQL database that only holds the tables, emptied for each test."""
    with postgres.database(postgres_server, "contracts") as url:
        open_store(url).close()
        yield url


@pytest.fixture(params=["file", "memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A `store:` address with an empty database behind it."""
    if request.param == "memory":
        return "sqlite://"
    if request.param == "file":
        shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "digest.db")
        return f"sqlite:///{tmp_path / 'digest.db'}"
    url: str = request.getfixturevalue("empty_postgres")
    postgres.empty(url)
    return url


@pytest.fixture
def store(address: str) -> Iterator[SqlStore]:
    """An empty store."""
    opened = open_store(address)
    yield opened
    opened.close()


@pytest.fixture
def another(address: str) -> Iterator[Callable[[], SqlStore]]:
    """Opens the same database once more, as a second process would."""
    if address == "sqlite://":
        pytest.skip("a database in memory belongs to one process")
    opened: list[SqlStore] = []

    def open_another() -> SqlStore:
        opened.append(open_store(address))
        return opened[-1]

    yield open_another
    for one in opened:
        one.close()
