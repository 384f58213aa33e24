"""What is remembered of sources between two fetches."""

from sqlalchemy import Row, select

from digest.model.news import SourceState
from digest.store.engine import Database
from digest.store.tables import source_states


class Sources:
    """The SourceStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def states(self) -> dict[str, SourceState]:
        """By source id."""
        with self._database.read() as connection:
            return {row.source_id: _noun(row) for row in connection.execute(select(source_states))}

    def save(self, state: SourceState) -> None:
        """Insert or replace."""
        values = {
            "etag": state.etag,
            "last_modified": state.last_modified,
            "checked_at": state.checked_at,
            "next_at": state.next_at,
            "failures": state.failures,
            "because": state.because,
        }
        insert = self._database.insert(source_states).values(source_id=state.source_id, **values)
        with self._database.write() as connection:
            connection.execute(
                insert.on_conflict_do_update(index_elements=["source_id"], set_=values)
            )


def _noun(row: Row[tuple[object, ...]]) -> SourceState:
    return SourceState(
        source_id=row.source_id,
        etag=row.etag,
        last_modified=row.last_modified,
        checked_at=row.checked_at,
        next_at=row.next_at,
        failures=row.failures,
        because=row.because,
    )
