"""A locked, full, damaged or unreachable database: a clear sentence, and nothing saved is lost."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from digest.errors import StoreError
from digest.model.appeal import AppealPlan
from digest.model.delivery import Chunk, DeliveryState, Intent, Settled
from digest.model.news import SourceState
from digest.model.post import Held, Terms
from digest.store import SqlStore, chunks, open_store
from digest.store.deliveries import next_to_submit
from tests import postgres
from tests.builders import NOW
from tests.contracts.rows import added, post, readers, released

WAIT = 0.05
"""Seconds; real programs wait longer for a lock."""

LATER = NOW + timedelta(minutes=1)
CHUNK = Chunk(edition_id=1, lo=1, hi=3, attempt=0)

INSERT = "insert into hold (scope, because, who, at, told) values ('*', 'storm', '', now(), true)"

Step = Callable[[SqlStore], object]

STEPS: dict[str, Step] = {
    "sources.save": lambda s: s.sources.save([SourceState(source_id="wire")]),
    "occurrences.plan": lambda s: s.occurrences.plan("morning", "daily", []),
    "occurrences.claim": lambda s: s.occurrences.claim(1, "w", NOW),
    "occurrences.lead": lambda s: s.occurrences.lead("w", NOW, NOW),
    "editions.add": lambda s: added(s, slug="new", newsletter_id="evening"),
    "deliveries.settle": lambda s: s.deliveries.settle([result()], []),
    "deliveries.claim": lambda s: s.deliveries.claim(1, "w", NOW, LATER),
    "deliveries.give_back": lambda s: s.deliveries.give_back(CHUNK),
    "deliveries.top_up": lambda s: s.deliveries.top_up(1),
    "posts.claim": lambda s: s.posts.claim(1, "w", NOW, LATER, Terms(account_id="x-main")),
    "subscribers.add": lambda s: s.subscribers.add("new@reader.example", "", False, NOW),
    "subscribers.forget": lambda s: s.subscribers.forget("reader0@reader.example"),
    "memory.secret": lambda s: s.memory.secret("name", "value"),
}


def result() -> Settled:
    """The relay took the first delivery."""
    return Settled(edition_id=1, subscriber_id=1, attempt=1, state=DeliveryState.SUBMITTED)


def intents(store: SqlStore) -> list[Intent]:
    """To submit everything, under a lease of our own."""
    store.deliveries.expire(LATER, {})
    chunk = store.deliveries.claim(1, "w", NOW, LATER)
    assert chunk is not None
    return [Intent(delivery=d, chunk=chunk) for d in store.deliveries.take(chunk, NOW)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database file is."""
    return tmp_path / "digest.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqlStore]:
    """A store with an edition, released to three readers, that does not wait long for a lock."""
    opened = open_store(f"sqlite:///{path}", busy_timeout=WAIT)
    readers(opened, 3)
    released(opened, post())
    yield opened
    opened.close()


@pytest.fixture
def lock(path: Path, store: SqlStore) -> Iterator[sqlite3.Connection]:
    """Another program that holds the write lock."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    yield other
    other.close()


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_locked_database(store: SqlStore, lock: sqlite3.Connection, step: Step) -> None:
    """Every step that writes says that the database is locked, and works once it is free."""
    with pytest.raises(StoreError, match="is locked by another program; nothing .* saved"):
        step(store)
    lock.execute("rollback")
    step(store)


def test_reading_needs_no_lock(store: SqlStore, lock: sqlite3.Connection) -> None:
    """While another program writes, everything can still be read."""
    assert store.deliveries.counts(1).total == 3
    assert store.deliveries.open_editions(NOW) == [1]
    assert len(store.deliveries.take(CHUNK, NOW)) == 3
    assert len(store.posts.due(NOW)) == 1
    assert store.subscribers.confirmed("morning") == 3


def test_locked_at_the_start(path: Path, store: SqlStore, lock: sqlite3.Connection) -> None:
    """A database that is up to date opens while another program writes."""
    open_store(f"sqlite:///{path}", busy_timeout=WAIT).close()


def test_full_disk(path: Path, store: SqlStore) -> None:
    """When the disk is full the step says so, and what was saved before is all there."""
    edition = added(
        store, slug="two", newsletter_id="morning", local_time=NOW.time().replace(hour=9)
    )
    with store._database.write() as connection:
        pages = connection.exec_driver_sql("pragma page_count").scalar_one()
        connection.exec_driver_sql(f"pragma max_page_count = {pages}")
    saved = 0
    with pytest.raises(StoreError, match="no room left on its disk"):
        for saved in range(10_000):
            store.subscribers.add(f"many{saved}@reader.example", "x" * 500, False, NOW)
    posts = [post(part, text="x" * 5_000) for part in range(50)]
    with pytest.raises(StoreError, match="no room left on its disk"):
        store.editions.release(edition, "by rule", NOW, AppealPlan(), posts)
    store.close()
    again = open_store(f"sqlite:///{path}")
    assert again.deliveries.counts(1).total == 3
    assert again.subscribers.get(f"many{saved - 1}@reader.example") is not None
    assert again.editions.by_id(edition.id) == edition
    assert again.deliveries.counts(edition.id).total == 0
    assert again.editions.release(edition, "by rule", NOW, AppealPlan(), posts)
    with again._database.read() as connection:
        assert connection.scalar(text("pragma integrity_check")) == "ok"
    again.close()


def test_full_disk_while_submitting(store: SqlStore) -> None:
    """When an intent cannot be saved it is not granted, so the message never leaves."""
    found = intents(store)
    store._database.driver(lambda driver: bool(driver.execute("pragma query_only = on")))
    with pytest.raises(StoreError, match="may only be read"):
        store.deliveries.settle([], found)
    assert store.deliveries.counts(1).counts == {DeliveryState.QUEUED: 3}


def test_missing_folder(tmp_path: Path) -> None:
    """A path in a folder that is not there names the folder."""
    with pytest.raises(StoreError, match="The folder .*none of the database digest.db does not"):
        open_store(f"sqlite:///{tmp_path / 'none' / 'digest.db'}")


def test_file_that_is_no_database(path: Path) -> None:
    """Another program's file is recognised and left as it is."""
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="is not a database; nothing was changed"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == b"not a database at all" * 100


def test_path_that_cannot_be_opened(path: Path) -> None:
    """A folder in place of the file cannot be opened."""
    path.mkdir()
    with pytest.raises(StoreError, match="cannot be opened; check the path"):
        open_store(f"sqlite:///{path}")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("no address", "The address in `store:` cannot be read"),
        ("mysql://user:secret@host/digest", "SQLite or PostgreSQL, not in mysql"),
        ("postgresql://user:secret@127.0.0.1:9/digest", "cannot be reached"),
    ],
)
def test_address_that_cannot_be_used(url: str, sentence: str) -> None:
    """A wrong or unreachable address is told without the password in it."""
    with pytest.raises(StoreError, match=sentence) as raised:
        open_store(url)
    assert "secret" not in str(raised.value)


def test_due_work_is_found_by_key(store: SqlStore) -> None:
    """SQLite finds open editions by the index of waking chunks, a chunk and its deliveries by their
    keys: it never walks all rows of an edition."""
    queries = (
        chunks.open_editions(NOW),
        chunks.claimable(1, NOW).values(attempt=1),
        next_to_submit(CHUNK, NOW),
    )
    plans = []
    with store._database.read() as connection:
        for query in queries:
            compiled = query.compile(
                dialect=connection.dialect, compile_kwargs={"literal_binds": True}
            )
            rows = connection.exec_driver_sql(f"explain query plan {compiled}").all()
            plans.append([r[3] for r in rows if "chunk" in r[3] or "delivery" in r[3]])
    assert plans == [
        ["SEARCH chunk USING INDEX ix_chunk_wake_at (wake_at<?)"],
        [
            "SEARCH chunk USING PRIMARY KEY (edition_id=? AND lo=?)",
            "SEARCH chunk USING PRIMARY KEY (edition_id=?)",
        ],
        [
            "SEARCH delivery USING PRIMARY KEY"
            " (edition_id=? AND subscriber_id>? AND subscriber_id<?)"
        ],
    ]


@pytest.fixture(scope="module")
def remote(postgres_server: str) -> Iterator[str]:
    """The address of a PostgreSQL database with an edition released to three readers."""
    with postgres.database(postgres_server, f"faults{os.getpid()}") as url:
        opened = open_store(url)
        readers(opened, 3)
        released(opened, post())
        opened.close()
        yield url


@pytest.mark.postgres
@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_locked_tables(remote: str, step: Step) -> None:
    """On PostgreSQL a step that meets a lock says so, and works once it is free."""
    store = open_store(remote, busy_timeout=WAIT)
    engine = create_engine(remote)
    tables = "source_state, occurrence, lease, edition, delivery, post, subscriber, suppression"
    with engine.connect() as other:
        other.execute(text(f"lock table {tables}, secret in access exclusive mode"))
        with pytest.raises(StoreError, match="is locked by another program"):
            step(store)
    step(store)
    store.close()
    engine.dispose()


@pytest.mark.postgres
def test_server_that_drops_every_connection(remote: str) -> None:
    """After the server came back, the next step opens a new connection by itself."""
    store = open_store(remote)
    found = intents(store)
    postgres.drop_connections(remote)
    assert store.deliveries.counts(1).total == 3
    postgres.drop_connections(remote)
    assert len(store.deliveries.settle([], found)) == len(found)
    store.close()


@pytest.mark.postgres
def test_connection_lost_in_the_middle(remote: str) -> None:
    """A step whose connection is cut is not saved, says so, and can be done again."""
    store = open_store(remote)
    with pytest.raises(StoreError, match="nothing of it was saved"):
        with store._database.write() as connection:
            connection.execute(text("delete from hold"))
            connection.execute(text(INSERT))
            postgres.drop_connections(remote)
            connection.execute(text("select 1"))
    assert store.switches.holds() == []
    storm = Held(scope="*", because="storm", who="ann", at=NOW)
    store.switches.hold(storm)
    assert store.switches.holds() == [storm]
    store.close()


@pytest.mark.postgres
def test_no_such_database(postgres_server: str) -> None:
    """A database that is not on its server is named."""
    with pytest.raises(StoreError, match="does not exist"):
        open_store(postgres_server.replace("/postgres?", "/none?"))
