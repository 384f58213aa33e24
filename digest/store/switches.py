"""The switches that hold posts."""

from datetime import datetime

from sqlalchemy import and_, delete, or_, select, update

from digest.model.post import Held, PostState
from digest.store.engine import Database
from digest.store.post_rows import EVERY_ACCOUNT, WAITING
from digest.store.spending import lock
from digest.store.tables_social import holds, posts

OVERDUE = "it came due while it was held; an editor decides whether it still goes"


class Switches:
    """The SwitchStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hold(self, held: Held, *, told: bool = True) -> bool:
        """Nothing more goes to what it names; False when a hold stood there already."""
        new = {"because": held.because, "who": held.who, "at": held.at}
        known = holds.c.scope == held.scope
        with self._database.write() as connection:
            # Whoever is writing an intent ends first: after this commit there are no more.
            lock(self._database, connection)
            if connection.execute(update(holds).where(known).values(new)).rowcount:
                return False
            insert = self._database.insert(holds).values(scope=held.scope, told=told, **new)
            connection.execute(insert)
            return True

    def unhold(self, scope: str, now: datetime) -> int:
        """Lift the hold; what came due meanwhile is held until an editor says now; how many."""
        late = or_(posts.c.next_at.is_(None), posts.c.next_at <= now)
        overdue = and_(posts.c.state.in_(WAITING), posts.c.due_at <= now, late)
        if scope.startswith("tag:"):
            overdue = and_(overdue, posts.c.tags.like(f"% {scope} %"))
        elif scope != EVERY_ACCOUNT:
            overdue = and_(overdue, posts.c.account_id == scope)
        kept = {"state": PostState.HELD.value, "because": OVERDUE, "next_at": None}
        with self._database.write() as connection:
            lock(self._database, connection)
            if connection.execute(delete(holds).where(holds.c.scope == scope)).rowcount == 0:
                return 0
            return connection.execute(update(posts).where(overdue).values(kept)).rowcount

    def holds(self) -> list[Held]:
        """All of them, by scope."""
        with self._database.read() as connection:
            rows = connection.execute(select(holds).order_by(holds.c.scope))
            return [Held(scope=r.scope, because=r.because, who=r.who, at=r.at) for r in rows]

    def untold(self) -> list[Held]:
        """Holds that the editors were not told of yet; from now on they count as told."""
        quiet = holds.c.told.is_(False)
        with self._database.read() as connection:
            if connection.execute(select(holds.c.scope).where(quiet)).first() is None:
                return []
        with self._database.write() as connection:
            lock(self._database, connection)
            rows = connection.execute(select(holds).where(quiet).order_by(holds.c.scope)).all()
            connection.execute(update(holds).values(told=True))
        return [Held(scope=r.scope, because=r.because, who=r.who, at=r.at) for r in rows]
