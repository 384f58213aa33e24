"""The database itself: how it is opened, what a transaction is, and what its failures mean."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Dialect, Engine, Table, create_engine, event, exc, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, QueuePool

from digest.errors import StoreError

READERS = 4
"""Connections that only read, beside the one that writes (SQLite)."""

BEGIN_WRITING = "BEGIN IMMEDIATE"
"""Takes SQLite's write lock at once: a transaction never fails half-way for want of it."""

# What failed and what to do, by SQLite's primary result code or the first that fits of PostgreSQL's
# SQLSTATE and its class.
SAYINGS = {
    "5": "is locked by another program; nothing of this step was saved; it is tried again later",
    "6": "is locked by another program; nothing of this step was saved; it is tried again later",
    "8": "may only be read; give the user that runs Digest the right to write the file and folder",
    "10": "cannot be read or written (disk error); nothing of this step was saved; check the disk",
    "11": "is damaged; nothing was changed; restore the latest backup",
    "13": "has no room left on its disk; nothing of this step was saved; free some space",
    "14": "cannot be opened; check the path and that the user that runs Digest may write there",
    "26": "is not a database; nothing was changed; check the path in `store:`",
    "28": "refuses the login; check user and password in `store:`",
    "3D": "does not exist on its server; create it or check its name in `store:`",
    "40": "was needed by two steps at once; nothing of this one was saved; it is tried again later",
    "53": "has run out of disk, memory or connections; nothing of this step was saved; make room",
    "55": "is locked by another program; nothing of this step was saved; it is tried again later",
    "57": "is shutting down or was told to stop this step; nothing of it was saved",
    "": "cannot be reached; nothing of this step was saved; check that its server runs",
}


class Database:
    """Transactions on one database; every failure of it leaves here as a StoreError."""

    def __init__(
        self, name: str, writer: Engine, reader: Engine, hot: Engine | None = None
    ) -> None:
        self.name = name
        self._writer = writer
        self._reader = reader
        self._hot = hot or writer
        """For `driver`, which keeps its connection: fetching one costs as much as its work."""
        self._kept: PoolProxiedConnection | None = None
        self._driver_error: type[Exception] = writer.dialect.loaded_dbapi.Error

    @property
    def dialect(self) -> Dialect:
        """SQLite's or PostgreSQL's, for statements that are compiled beforehand."""
        return self._writer.dialect

    @property
    def postgres(self) -> bool:
        """Whether this is PostgreSQL."""
        return self._writer.dialect.name == "postgresql"

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that may write: all of it is saved, or nothing."""
        with self._failures(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view, which waits for no writer."""
        with self._failures(), self._reader.connect() as connection:
            yield connection

    def driver(self, work: Callable[[DBAPIConnection], bool]) -> bool:
        """Run the work on the driver's own connection, in a transaction that may write, for the
        one hot path; what is True is committed, otherwise nothing is saved."""
        with self._failures():
            kept, self._kept = self._kept, None
            done = None if kept is None else self._through_kept(kept, work)
            if kept is None or done is None:
                kept = self._hot.raw_connection()
                done = self._done(kept, work)
            self._end(kept, done)
            return done

    def _through_kept(
        self, kept: PoolProxiedConnection, work: Callable[[DBAPIConnection], bool]
    ) -> bool | None:
        """None when the server has cut the connection since: no commit was asked for, so the work
        may be done again through another one."""
        try:
            return self._done(kept, work)
        except self._driver_error:
            if not self.postgres:
                raise
            return None

    def _done(self, kept: PoolProxiedConnection, work: Callable[[DBAPIConnection], bool]) -> bool:
        with _invalid_if_it_fails(kept):
            connection = kept.driver_connection
            assert connection is not None
            if not self.postgres:
                connection.execute(BEGIN_WRITING)
            return work(connection)

    def _end(self, kept: PoolProxiedConnection, done: bool) -> None:
        with _invalid_if_it_fails(kept):
            if done:
                kept.commit()
            else:
                kept.rollback()
        if self._hot is self._writer:
            kept.close()
        else:
            self._kept = kept

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
        return postgresql.insert(table) if self.postgres else sqlite.insert(table)

    def close(self) -> None:
        """Give back every connection."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
        self._hot.dispose()
        self._writer.dispose()
        self._reader.dispose()

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except (exc.IntegrityError, exc.ProgrammingError, exc.DataError):
            raise
        except exc.DBAPIError as error:
            raise self._failed(error.orig) from error
        except exc.TimeoutError as error:
            raise StoreError(f"The database {self.name} {SAYINGS['5']}.") from error
        except self._driver_error as error:
            raise self._failed(error) from error

    def _failed(self, error: BaseException | None) -> StoreError:
        return StoreError(f"The database {self.name} {_saying(error)} ({_first_line(error)}).")


def connect(url: str, *, busy_timeout: float) -> Database:
    """Engines for a `store:` address; StoreError when it is none or its folder is missing."""
    parsed = _parsed(url)
    if parsed.get_backend_name() == "postgresql":
        return _postgres(parsed, busy_timeout)
    return _sqlite(parsed, busy_timeout)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except exc.ArgumentError as error:
        raise StoreError(
            "The address in `store:` cannot be read; write for example sqlite:///digest.db"
            " or postgresql://user:password@host/digest."
        ) from error
    kind = parsed.get_backend_name()
    if kind not in ("sqlite", "postgresql"):
        raise StoreError(
            f"Digest keeps its data in SQLite or PostgreSQL, not in {kind}; change `store:`."
        )
    driver = "sqlite+pysqlite" if kind == "sqlite" else "postgresql+psycopg"
    return parsed.set(drivername=driver)


def _postgres(url: URL, busy_timeout: float) -> Database:
    milliseconds = int(busy_timeout * 1000)
    ways = {
        "connect_timeout": 10,
        # What a server forgets when it stops would be sent again: ours it must not.
        "options": f"-c timezone=UTC -c lock_timeout={milliseconds} -c synchronous_commit=on",
    }
    engine = create_engine(url, pool_pre_ping=True, pool_timeout=busy_timeout, connect_args=ways)
    hot = create_engine(url, pool_size=1, max_overflow=0, connect_args=ways)
    return Database(url.render_as_string(hide_password=True), engine, engine, hot)


def _sqlite(url: URL, busy_timeout: float) -> Database:
    if url.database in (None, "", ":memory:"):
        engine = _sqlite_engine(url, busy_timeout, size=1, begin=BEGIN_WRITING)
        return Database("in memory", engine, engine)
    path = Path(str(url.database)).absolute()
    if not path.parent.is_dir():
        raise StoreError(
            f"The folder {path.parent} of the database {path.name} does not exist;"
            " create it or change `store:`."
        )
    writer = _sqlite_engine(url, busy_timeout, size=1, begin=BEGIN_WRITING)
    reader = _sqlite_engine(url, busy_timeout, size=READERS, begin="BEGIN")
    hot = _sqlite_engine(url, busy_timeout, size=1, begin=BEGIN_WRITING)
    event.listen(reader, "connect", _only_reads)
    return Database(str(path), writer, reader, hot)


def _sqlite_engine(url: URL, busy_timeout: float, *, size: int, begin: str) -> Engine:
    """A pool whose single writer makes threads wait for one another, in memory as on disk."""
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=busy_timeout + 1,
        connect_args={"check_same_thread": False, "timeout": busy_timeout},
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _beginner(begin))
    return engine


def _on_connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _only_reads(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA query_only = ON")


@contextmanager
def _invalid_if_it_fails(kept: PoolProxiedConnection) -> Iterator[None]:
    """Nobody knows what state a connection is in after a failure."""
    try:
        yield
    except BaseException:
        kept.invalidate()
        kept.close()
        raise


def _beginner(statement: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin


def _saying(error: BaseException | None) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return SAYINGS.get(str(code & 0xFF), SAYINGS["10"])
    state = getattr(error, "sqlstate", None) or ""
    return SAYINGS.get(state[:2], SAYINGS[""])


def _first_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
