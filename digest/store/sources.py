"""What is remembered of sources, and of the hosts they live on, between two fetches."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Insert, Row, Table, select

from digest.model.news import HostState, SourceState
from digest.store.engine import Database
from digest.store.tables import host_states, source_states


class Sources:
    """The SourceStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keep_source = _upsert(database, source_states, "source_id")
        self._keep_host = _upsert(database, host_states, "host")

    def states(self) -> dict[str, SourceState]:
        """By source id."""
        with self._database.read() as connection:
            return {row.source_id: _noun(row) for row in connection.execute(select(source_states))}

    def save(self, states: Sequence[SourceState]) -> None:
        """Insert or replace, all in one transaction."""
        self._save(self._keep_source, {state.source_id: _columns(state) for state in states})

    def hosts(self) -> dict[str, HostState]:
        """By host."""
        with self._database.read() as connection:
            return {row.host: _host(row) for row in connection.execute(select(host_states))}

    def save_hosts(self, states: Sequence[HostState]) -> None:
        """Insert or replace, all in one transaction."""
        self._save(self._keep_host, {state.host: _host_columns(state) for state in states})

    def _save(self, keep: Insert, rows: dict[str, dict[str, object]]) -> None:
        if rows:
            # In the order of their keys, so that two processes never wait for one another.
            with self._database.write() as connection:
                connection.execute(keep, [rows[key] for key in sorted(rows)])


def _upsert(database: Database, table: Table, key: str) -> Insert:
    insert = database.insert(table)
    changed = {column.name: insert.excluded[column.name] for column in table.c}
    del changed[key]
    return insert.on_conflict_do_update(index_elements=[key], set_=changed)


def _columns(noun: SourceState) -> dict[str, object]:
    return {
        "source_id": noun.source_id,
        "url": noun.url,
        "address": noun.address,
        "etag": noun.etag,
        "last_modified": noun.last_modified,
        "fingerprint": noun.fingerprint,
        "checked_at": noun.checked_at,
        "next_at": noun.next_at,
        "pause": None if noun.pause is None else int(noun.pause.total_seconds()),
        "failures": noun.failures,
        "moved_to": noun.moved_to,
        "moved_since": noun.moved_since,
        "moved_times": noun.moved_times,
        "unread_until": noun.unread_until,
        "muted": noun.muted,
        "because": noun.because,
    }


def _noun(row: Row[tuple[object, ...]]) -> SourceState:
    return SourceState(
        source_id=row.source_id,
        url=row.url,
        address=row.address,
        etag=row.etag,
        last_modified=row.last_modified,
        fingerprint=row.fingerprint,
        checked_at=row.checked_at,
        next_at=row.next_at,
        pause=None if row.pause is None else timedelta(seconds=row.pause),
        failures=row.failures,
        moved_to=row.moved_to,
        moved_since=row.moved_since,
        moved_times=row.moved_times,
        unread_until=row.unread_until,
        muted=row.muted,
        because=row.because,
    )


def _host_columns(noun: HostState) -> dict[str, object]:
    return {
        "host": noun.host,
        "until": noun.until,
        "because": noun.because,
        "robots": noun.robots,
        "robots_at": noun.robots_at,
    }


def _host(row: Row[tuple[object, ...]]) -> HostState:
    return HostState(
        host=row.host,
        until=row.until,
        because=row.because,
        robots=row.robots,
        robots_at=row.robots_at,
    )
