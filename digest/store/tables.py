"""The tables; the unique keys here are what makes a second tick, process or restart harmless."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Time,
    UniqueConstraint,
)

from digest.store.metadata import metadata, number, text
from digest.store.times import UtcTime

source_states = Table(
    "source_state",
    metadata,
    Column("source_id", Text, primary_key=True),
    text("url"),
    text("address"),
    text("etag"),
    text("last_modified"),
    text("fingerprint"),
    Column("checked_at", UtcTime),
    Column("next_at", UtcTime),
    Column("pause", Integer, comment="seconds"),
    number("failures"),
    text("moved_to"),
    Column("moved_since", UtcTime),
    number("moved_times"),
    Column("unread_until", UtcTime),
    text("muted"),
    text("because"),
)

host_states = Table(
    "host_state",
    metadata,
    Column("host", Text, primary_key=True),
    Column("until", UtcTime),
    text("because"),
    text("robots"),
    Column("robots_at", UtcTime),
)

articles = Table(
    "article",
    metadata,
    Column("id", Integer, primary_key=True),
    text("url"),
    Column("key", Text, nullable=False, comment="of its url: http or https, www or not: one page"),
    text("address"),
    Column("address_key", Text, nullable=False, comment="of its address"),
    text("guid"),
    text("source_id"),
    text("headline"),
    text("standfirst"),
    Column("authors", Text, nullable=False, comment="JSON list"),
    Column("published", UtcTime),
    Column("updated", UtcTime),
    text("section"),
    text("kind"),
    text("kind_because"),
    text("language"),
    text("image"),
    text("image_alt"),
    text("image_credit"),
    Column("paragraphs", Text, nullable=False, comment="JSON list"),
    Column("dropped", Text, nullable=False, comment="JSON list of text and reason"),
    number("place"),
    text("hash"),
    number("version"),
    Column("collected", UtcTime, nullable=False),
    Column("read_at", UtcTime),
    Column("looked_at", UtcTime),
    text("withdrawn"),
    Column("counts_from", UtcTime, nullable=False, comment="published, or collected without it"),
    text("because"),
    UniqueConstraint("key"),
    Index(None, "counts_from"),
    Index(None, "address_key"),
)

sightings = Table(
    "sighting",
    metadata,
    Column("source_id", Text, nullable=False),
    Column("article_id", Integer, ForeignKey("article.id"), nullable=False),
    text("guid"),
    number("place"),
    text("mark"),
    Column("first_seen", UtcTime, nullable=False),
    PrimaryKeyConstraint("source_id", "article_id"),
    Index(None, "article_id"),
    Index(None, "source_id", "guid"),
    sqlite_with_rowid=False,
)

# What a source prints around its articles is learned from lines that return in unlike ones.
source_lines = Table(
    "source_line",
    metadata,
    Column("source_id", Text, nullable=False),
    Column("line", Text, nullable=False, comment="hash of its squeezed words"),
    Column("url", Text, nullable=False),
    text("headline"),
    PrimaryKeyConstraint("source_id", "line", "url"),
    sqlite_with_rowid=False,
)

article_versions = Table(
    "article_version",
    metadata,
    Column("article_id", Integer, ForeignKey("article.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("article", Text, nullable=False, comment="the whole old version as JSON"),
    PrimaryKeyConstraint("article_id", "version"),
)

occurrences = Table(
    "occurrence",
    metadata,
    Column("id", Integer, primary_key=True),
    text("newsletter_id"),
    Column("local_date", Date, nullable=False),
    Column("local_time", Time, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    text("state"),
    text("flag"),
    text("because"),
    Column("rule", Text, nullable=False, comment="the schedule it was planned from"),
    Column("fixed", Boolean, nullable=False, comment="claimed or decided: no longer the planner's"),
    text("claimed_by"),
    Column("claimed_at", UtcTime),
    UniqueConstraint("newsletter_id", "local_date", "local_time"),
    Index(None, "newsletter_id", "due_at"),
)

# Ids tell the order in which pins were set, so a new one must be above all that ever were.
rulings = Table(
    "ruling",
    metadata,
    Column("id", Integer, primary_key=True),
    text("newsletter_id"),
    text("url"),
    Column("kind", Text, nullable=False, comment="pin or bar"),
    text("who"),
    Column("at", UtcTime, nullable=False),
    text("because"),
    UniqueConstraint("newsletter_id", "url"),
    sqlite_autoincrement=True,
)

editions = Table(
    "edition",
    metadata,
    Column("id", Integer, primary_key=True),
    text("slug"),
    text("newsletter_id"),
    Column("local_date", Date, nullable=False),
    Column("local_time", Time, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    text("state"),
    text("because"),
    text("subject"),
    text("preheader"),
    Column("bulletin", Text, nullable=False, comment="JSON"),
    text("appeal"),
    text("no_appeal_because"),
    Column("left_out", Text, nullable=False, comment="JSON list"),
    number("revision"),
    Column("composed_at", UtcTime, nullable=False),
    Column("released_at", UtcTime),
    Column("looked_at", UtcTime),
    Column("corrections", Text, nullable=False, comment="JSON list"),
    Column("told", Integer, nullable=False, comment="the newest revision its editors know of"),
    Column("preflight", Text, nullable=False, comment="JSON; empty before the first look"),
    Column("overrides", Text, nullable=False, comment="JSON list"),
    UniqueConstraint("slug"),
    UniqueConstraint("newsletter_id", "local_date", "local_time"),
    Index(None, "state", "due_at"),
    Index(None, "newsletter_id", "due_at"),
    Index(None, "due_at"),
    Index(None, "released_at"),
)

emails = Table(
    "email",
    metadata,
    Column("edition_id", Integer, ForeignKey("edition.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("variant", Text, nullable=False),
    text("subject"),
    text("html"),
    text("text"),
    text("nonce"),
    Column("letter", LargeBinary, nullable=False, comment="what messages are made from"),
    Column("hash", Text, nullable=False, comment="SHA-256 over the letter"),
    PrimaryKeyConstraint("edition_id", "revision", "variant"),
)

used_stories = Table(
    "used_story",
    metadata,
    Column("newsletter_id", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("edition_id", Integer, ForeignKey("edition.id"), nullable=False),
    Column("released_at", UtcTime, nullable=False),
    Column(
        "version",
        Integer,
        nullable=False,
        comment="of the article, as the edition's brief has it; 0: the brief was pulled",
    ),
    PrimaryKeyConstraint("newsletter_id", "url", "edition_id"),
    Index(None, "newsletter_id", "released_at"),
    Index(None, "released_at"),
)

subscribers = Table(
    "subscriber",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", Text, comment="lower case; null once forgotten"),
    text("name"),
    Column("supporter", Boolean, nullable=False),
    Column("supporter_until", UtcTime, comment="null: for good, if at all"),
    Column(
        "number", Integer, nullable=False, comment="0 to 9999, from the address; deals variants"
    ),
    Column("created", UtcTime, nullable=False),
    UniqueConstraint("address"),
)

subscriptions = Table(
    "subscription",
    metadata,
    Column("newsletter_id", Text, nullable=False),
    Column("subscriber_id", Integer, ForeignKey("subscriber.id"), nullable=False),
    text("state"),
    Column("changed", UtcTime, nullable=False),
    text("because"),
    PrimaryKeyConstraint("newsletter_id", "subscriber_id"),
    Index(None, "subscriber_id"),
    sqlite_with_rowid=False,
)

suppressions = Table(
    "suppression",
    metadata,
    Column("address", Text, nullable=False),
    text("reason"),
    text("because"),
    Column("since", UtcTime, nullable=False),
    PrimaryKeyConstraint("address"),
)

secrets = Table(
    "secret",
    metadata,
    Column("name", Text, nullable=False),
    text("value"),
    PrimaryKeyConstraint("name"),
)

leases = Table(
    "lease",
    metadata,
    Column("name", Text, nullable=False),
    text("worker"),
    Column("until", UtcTime, nullable=False),
    PrimaryKeyConstraint("name"),
)

moments = Table(
    "moment",
    metadata,
    Column("name", Text, nullable=False, comment="for example: last tick"),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("name"),
)
