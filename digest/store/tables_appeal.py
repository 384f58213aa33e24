"""The tables of what stands beside an email's words and what came of it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from digest.store.metadata import metadata, number, text
from digest.store.times import UtcTime

links = Table(
    "link",
    metadata,
    Column("edition_id", Integer, ForeignKey("edition.id"), nullable=False),
    Column("name", Text, nullable=False, comment="of an appeal: the id of its variant"),
    text("target"),
    PrimaryKeyConstraint("edition_id", "name"),
)

clicks = Table(
    "click",
    metadata,
    Column("edition_id", Integer, ForeignKey("edition.id"), nullable=False),
    text("link"),
    Column("visitor", Text, nullable=False, comment="differs from day to day"),
    Column("at", UtcTime, nullable=False),
    Column("machine", Boolean, nullable=False),
    PrimaryKeyConstraint("edition_id", "link", "visitor"),
)

contributions = Table(
    "contribution",
    metadata,
    Column("platform", Text, nullable=False),
    Column("event", Text, nullable=False, comment="the platform's own id of it"),
    Column("amount", BigInteger, nullable=False, comment="smallest unit; negative: paid back"),
    text("currency"),
    Column("at", UtcTime, nullable=False),
    text("reference"),
    text("appeal"),
    text("variant"),
    Column("edition_id", Integer, comment="null when no genuine reference came back"),
    PrimaryKeyConstraint("platform", "event"),
    Index(None, "appeal", "at"),
    Index(None, "edition_id"),
)

# Counted from the deliveries when an edition is done; it can always be counted again.
tallies = Table(
    "tally",
    metadata,
    Column("edition_id", Integer, ForeignKey("edition.id"), nullable=False),
    Column("variant", Text, nullable=False),
    number("submitted"),
    PrimaryKeyConstraint("edition_id", "variant"),
)

pictures = Table(
    "picture",
    metadata,
    Column("name", Text, nullable=False),
    text("url"),
    number("width"),
    number("height"),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("name"),
    Index(None, "url"),
)
