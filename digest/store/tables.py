"""The tables; the unique keys here are what makes a second tick, process or restart harmless."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    Time,
    UniqueConstraint,
)

from digest.store.times import UtcTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


source_states = Table(
    "source_state",
    metadata,
    Column("source_id", Text, primary_key=True),
    _text("url"),
    _text("address"),
    _text("etag"),
    _text("last_modified"),
    _text("fingerprint"),
    Column("checked_at", UtcTime),
    Column("next_at", UtcTime),
    Column("pause", Integer, comment="seconds"),
    _number("failures"),
    _text("moved_to"),
    Column("moved_since", UtcTime),
    _number("moved_times"),
    Column("unread_until", UtcTime),
    _text("muted"),
    _text("because"),
)

host_states = Table(
    "host_state",
    metadata,
    Column("host", Text, primary_key=True),
    Column("until", UtcTime),
    _text("because"),
    _text("robots"),
    Column("robots_at", UtcTime),
)

articles = Table(
    "article",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("url"),
    Column("key", Text, nullable=False, comment="of its url: http or https, www or not: one page"),
    _text("address"),
    Column("address_key", Text, nullable=False, comment="of its address"),
    _text("guid"),
    _text("source_id"),
    _text("headline"),
    _text("standfirst"),
    Column("authors", Text, nullable=False, comment="JSON list"),
    Column("published", UtcTime),
    Column("updated", UtcTime),
    _text("section"),
    _text("kind"),
    _text("kind_because"),
    _text("language"),
    _text("image"),
    Column("paragraphs", Text, nullable=False, comment="JSON list"),
    Column("dropped", Text, nullable=False, comment="JSON list of text and reason"),
    _number("place"),
    _text("hash"),
    _number("version"),
    Column("collected", UtcTime, nullable=False),
    Column("read_at", UtcTime),
    Column("looked_at", UtcTime),
    _text("withdrawn"),
    Column("counts_from", UtcTime, nullable=False, comment="published, or collected without it"),
    _text("because"),
    UniqueConstraint("key"),
    Index(None, "counts_from"),
    Index(None, "address_key"),
)

sightings = Table(
    "sighting",
    metadata,
    Column("source_id", Text, nullable=False),
    Column("article_id", Integer, ForeignKey("article.id"), nullable=False),
    _text("guid"),
    _number("place"),
    _text("mark"),
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
    _text("headline"),
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
    _text("newsletter_id"),
    Column("local_date", Date, nullable=False),
    Column("local_time", Time, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    _text("state"),
    _text("flag"),
    _text("because"),
    Column("rule", Text, nullable=False, comment="the schedule it was planned from"),
    Column("fixed", Boolean, nullable=False, comment="claimed or decided: no longer the planner's"),
    _text("claimed_by"),
    Column("claimed_at", UtcTime),
    UniqueConstraint("newsletter_id", "local_date", "local_time"),
    Index(None, "newsletter_id", "due_at"),
)

# Ids tell the order in which pins were set, so a new one must be above all that ever were.
rulings = Table(
    "ruling",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("newsletter_id"),
    _text("url"),
    Column("kind", Text, nullable=False, comment="pin or bar"),
    _text("who"),
    Column("at", UtcTime, nullable=False),
    _text("because"),
    UniqueConstraint("newsletter_id", "url"),
    sqlite_autoincrement=True,
)

editions = Table(
    "edition",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("slug"),
    _text("newsletter_id"),
    Column("local_date", Date, nullable=False),
    Column("local_time", Time, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    _text("state"),
    _text("because"),
    _text("subject"),
    _text("preheader"),
    Column("bulletin", Text, nullable=False, comment="JSON"),
    _text("appeal"),
    _text("no_appeal_because"),
    Column("left_out", Text, nullable=False, comment="JSON list"),
    _number("revision"),
    Column("composed_at", UtcTime, nullable=False),
    Column("released_at", UtcTime),
    Column("looked_at", UtcTime),
    Column("corrections", Text, nullable=False, comment="JSON list"),
    Column("told", Integer, nullable=False, comment="the newest revision its editors know of"),
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
    _text("subject"),
    _text("html"),
    _text("text"),
    _text("nonce"),
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
    _text("name"),
    Column("supporter", Boolean, nullable=False),
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
    _text("state"),
    Column("changed", UtcTime, nullable=False),
    _text("because"),
    PrimaryKeyConstraint("newsletter_id", "subscriber_id"),
    Index(None, "subscriber_id"),
    sqlite_with_rowid=False,
)

suppressions = Table(
    "suppression",
    metadata,
    Column("address", Text, nullable=False),
    _text("reason"),
    _text("because"),
    Column("since", UtcTime, nullable=False),
    PrimaryKeyConstraint("address"),
)

# No foreign keys: the rows are made from edition and subscriber in one statement, neither is ever
# deleted, and PostgreSQL would check a million rows one by one inside the release.
deliveries = Table(
    "delivery",
    metadata,
    Column("edition_id", Integer, nullable=False),
    Column("subscriber_id", Integer, nullable=False),
    _text("state"),
    _number("attempt"),
    Column(
        "wake_at",
        UtcTime,
        comment="queued: 1970; deferred: next attempt; submitting: end of lease; else null",
    ),
    _number("code"),
    _text("text"),
    Column("submitted_at", UtcTime),
    _number("revision"),
    _text("variant"),
    Column("worker", Text, nullable=False, comment="who submits it just now"),
    PrimaryKeyConstraint("edition_id", "subscriber_id"),
    sqlite_with_rowid=False,
)

# One index for "is anything to be submitted" and "is a lease over"; settled rows are not in it.
# Its column order cannot be had from the primary key: SQLite would prefer that and walk it.
Index(
    "ix_delivery_wake",
    deliveries.c.edition_id,
    deliveries.c.wake_at,
    sqlite_where=deliveries.c.wake_at.is_not(None),
    postgresql_where=deliveries.c.wake_at.is_not(None),
)

posts = Table(
    "post",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition_id", Integer, ForeignKey("edition.id"), nullable=False),
    _text("account_id"),
    _text("network"),
    _number("part"),
    Column("thread", Boolean, nullable=False),
    _text("kind"),
    _text("story_url"),
    _text("text"),
    _text("link"),
    _text("link_title"),
    _text("link_summary"),
    _number("length"),
    Column("created", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    _text("key"),
    _text("state"),
    _number("attempt"),
    Column("next_at", UtcTime),
    _text("remote_id"),
    _text("remote_url"),
    _text("because"),
    Column("revision", Integer, nullable=False, comment="of the edition whose words it has"),
    _text("worker"),
    Column("lease_until", UtcTime),
    UniqueConstraint("edition_id", "account_id", "part"),
    Index(None, "state", "due_at"),
)

Index(
    "uq_post_story",
    posts.c.account_id,
    posts.c.story_url,
    posts.c.kind,
    posts.c.part,
    unique=True,
    sqlite_where=posts.c.story_url != "",
    postgresql_where=posts.c.story_url != "",
)

holds = Table(
    "hold",
    metadata,
    Column("account_id", Text, nullable=False, comment="* for every account"),
    _text("because"),
    PrimaryKeyConstraint("account_id"),
)

secrets = Table(
    "secret",
    metadata,
    Column("name", Text, nullable=False),
    _text("value"),
    PrimaryKeyConstraint("name"),
)

leases = Table(
    "lease",
    metadata,
    Column("name", Text, nullable=False),
    _text("worker"),
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
