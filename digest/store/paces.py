"""How much of each limit is used, and what is paused: the same for every process."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zlib import crc32

from sqlalchemy import delete, func, select

from digest.model.mail import Pause
from digest.store.engine import Database
from digest.store.tables_mail import paces, pauses

Spans = Mapping[datetime, int]
"""Start of a span -> how many were taken in it."""


class Paces:
    """The PaceStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def change(self, name: str, change: Callable[[Spans], Spans]) -> None:
        """Replace the spans of a limit by what the function makes of them; nobody else can change
        them meanwhile."""
        mine = paces.c.name == name
        with self._database.write() as connection:
            if self._database.postgres:
                connection.execute(select(func.pg_advisory_xact_lock(crc32(name.encode()))))
            rows = connection.execute(select(paces.c.start, paces.c.taken).where(mine))
            before = {row.start: row.taken for row in rows}
            after = change(before)
            if gone := [start for start in before if start not in after]:
                connection.execute(delete(paces).where(mine, paces.c.start.in_(gone)))
            for start, taken in after.items():
                if before.get(start) != taken:
                    insert = self._database.insert(paces).values(
                        name=name, start=start, taken=taken
                    )
                    connection.execute(
                        insert.on_conflict_do_update(
                            index_elements=["name", "start"], set_={"taken": taken}
                        )
                    )

    def pauses(self, now: datetime) -> dict[str, Pause]:
        """Scope -> the pause that lasts at this moment."""
        return {p.scope: p for p in self.all_pauses() if p.until > now}

    def all_pauses(self) -> list[Pause]:
        """Those of now and those that were, by scope."""
        with self._database.read() as connection:
            rows = connection.execute(select(pauses).order_by(pauses.c.scope)).all()
        return [
            Pause(
                scope=row.scope,
                since=row.since,
                until=row.until,
                times=row.times,
                because=row.because,
            )
            for row in rows
        ]

    def pause(self, pause: Pause) -> None:
        """Begin or replace it."""
        values = {
            "since": pause.since,
            "until": pause.until,
            "times": pause.times,
            "because": pause.because,
        }
        insert = self._database.insert(pauses).values(scope=pause.scope, **values)
        with self._database.write() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=["scope"], set_=values))

    def lift(self, scope: str) -> bool:
        """End a pause and forget how often there was one; False when there was none."""
        with self._database.write() as connection:
            gone = delete(pauses).where(pauses.c.scope == scope)
            return connection.execute(gone).rowcount > 0
