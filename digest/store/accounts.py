"""What is known of social accounts: what they cost, and how they are logged in."""

from datetime import datetime

from sqlalchemy import func, select

from digest.model.account import TextRule
from digest.model.post import LogIn
from digest.store.engine import Database
from digest.store.post_rows import WAITING
from digest.store.spending import spent_since
from digest.store.tables_social import log_ins, posts, text_rules, throttles


class Accounts:
    """The AccountStore port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def spent(self, account_id: str, since: datetime) -> int:
        """Thousandths of a US dollar: what the account has cost from an instant on, and what its
        waiting posts will."""
        to_come = select(func.coalesce(func.sum(posts.c.price), 0)).where(
            posts.c.account_id == account_id, posts.c.state.in_(WAITING)
        )
        with self._database.read() as connection:
            coming = int(connection.execute(to_come).scalar_one())
            return spent_since(connection, account_id, since) + coming

    def throttle(self, scope: str, until: datetime, because: str) -> None:
        """Nothing goes to account:ID or app:NAME before that; the later of two ends counts."""
        insert = self._database.insert(throttles).values(scope=scope, until=until, because=because)
        later = insert.on_conflict_do_update(
            index_elements=["scope"],
            set_={"until": until, "because": because},
            where=throttles.c.until < until,
        )
        with self._database.write() as connection:
            connection.execute(later)

    def log_in(self, account_id: str, seed: str) -> LogIn | None:
        """What the account is logged in with, if that came of this secret."""
        known = select(log_ins).where(log_ins.c.account_id == account_id, log_ins.c.seed == seed)
        with self._database.read() as connection:
            row = connection.execute(known).first()
        if row is None:
            return None
        return LogIn(
            seed=row.seed,
            access=row.access,
            refresh=row.refresh,
            expires_at=row.expires_at,
            name=row.name,
        )

    def keep_log_in(self, account_id: str, log_in: LogIn) -> None:
        """Keep it, in place of the one before."""
        values = {
            "seed": log_in.seed,
            "access": log_in.access,
            "refresh": log_in.refresh,
            "expires_at": log_in.expires_at,
            "name": log_in.name,
        }
        insert = self._database.insert(log_ins).values(account_id=account_id, **values)
        with self._database.write() as connection:
            connection.execute(
                insert.on_conflict_do_update(index_elements=["account_id"], set_=values)
            )

    def rule(self, account_id: str) -> tuple[TextRule, datetime] | None:
        """How much text the account's server takes, and when that was seen."""
        known = select(text_rules).where(text_rules.c.account_id == account_id)
        with self._database.read() as connection:
            row = connection.execute(known).first()
        return (TextRule(limit=row.longest, link=row.link), row.seen_at) if row else None

    def keep_rule(self, account_id: str, rule: TextRule, now: datetime) -> None:
        """Keep it, in place of the one before."""
        values = {"longest": rule.limit, "link": rule.link, "seen_at": now}
        insert = self._database.insert(text_rules).values(account_id=account_id, **values)
        with self._database.write() as connection:
            connection.execute(
                insert.on_conflict_do_update(index_elements=["account_id"], set_=values)
            )
