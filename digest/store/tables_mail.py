"""The tables of the delivery engine, of its pace, and of what comes back."""

from sqlalchemy import (
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from digest.store.metadata import metadata, number, text
from digest.store.times import UtcTime

# No foreign keys: the rows are made from edition and subscriber in one statement, neither is ever
# deleted, and PostgreSQL would check a million rows one by one inside the release.
deliveries = Table(
    "delivery",
    metadata,
    Column("edition_id", Integer, nullable=False),
    Column("subscriber_id", Integer, nullable=False),
    text("state"),
    number("attempt"),
    Column("wake_at", UtcTime, comment="queued: 1970; deferred: next attempt; else null"),
    number("code"),
    text("text"),
    Column("submitted_at", UtcTime),
    number("revision"),
    text("variant"),
    PrimaryKeyConstraint("edition_id", "subscriber_id"),
    sqlite_with_rowid=False,
)

# A worker leases a range of subscribers, never single deliveries: a claim costs one row of these.
chunks = Table(
    "chunk",
    metadata,
    Column("edition_id", Integer, nullable=False),
    Column("lo", Integer, nullable=False, comment="its first subscriber"),
    Column("hi", Integer, nullable=False, comment="its last"),
    Column("wake_at", UtcTime, comment="of its deliveries the first; null: none waits"),
    text("worker"),
    Column("lease_until", UtcTime, comment="null: nobody has it"),
    Column("attempt", Integer, nullable=False, comment="the fence: counts claims and lost leases"),
    PrimaryKeyConstraint("edition_id", "lo"),
    sqlite_with_rowid=False,
)

Index(
    "ix_chunk_wake_at",
    chunks.c.wake_at,
    sqlite_where=chunks.c.wake_at.is_not(None),
    postgresql_where=chunks.c.wake_at.is_not(None),
)
Index(
    "ix_chunk_lease_until",
    chunks.c.lease_until,
    sqlite_where=chunks.c.lease_until.is_not(None),
    postgresql_where=chunks.c.lease_until.is_not(None),
)

# How much of a limit was used in which short span: what makes a window exact over restarts.
paces = Table(
    "pace",
    metadata,
    Column("name", Text, nullable=False, comment="of the limit"),
    Column("start", UtcTime, nullable=False, comment="of the span"),
    number("taken"),
    PrimaryKeyConstraint("name", "start"),
)

pauses = Table(
    "pause",
    metadata,
    Column("scope", Text, nullable=False, comment="relay:ID or domain:NAME"),
    Column("since", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    number("times"),
    text("because"),
    PrimaryKeyConstraint("scope"),
)

bounces = Table(
    "bounce",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("origin", Text, nullable=False, comment="smtp, mail or a provider"),
    Column("key", Text, nullable=False, comment="the report's own id there"),
    text("address"),
    text("kind"),
    text("reason"),
    text("blame"),
    number("code"),
    text("dsn"),
    text("text"),
    Column("at", UtcTime, nullable=False),
    Column("edition_id", Integer, comment="null when no genuine token came back"),
    Column("subscriber_id", Integer),
    UniqueConstraint("origin", "key", "address"),
    Index(None, "address", "at"),
    Index(None, "at"),
)

letters_seen = Table(
    "letter_seen",
    metadata,
    Column("mailbox", Text, nullable=False),
    Column("name", Text, nullable=False, comment="the server's lasting name of it"),
    Column("at", UtcTime, nullable=False),
    text("because"),
    PrimaryKeyConstraint("mailbox", "name"),
)

pardons = Table(
    "pardon",
    metadata,
    Column("address", Text, nullable=False),
    Column("at", UtcTime, nullable=False, comment="earlier bounces count no more"),
    text("because"),
    PrimaryKeyConstraint("address"),
)
