"""The tables of the social queue: posts, holds, what was spent, and how we are logged in."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from digest.store.metadata import metadata, number, text
from digest.store.times import UtcTime

posts = Table(
    "post",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition_id", Integer, ForeignKey("edition.id"), nullable=False),
    text("account_id"),
    text("network"),
    number("part"),
    Column("thread", Boolean, nullable=False),
    text("kind"),
    text("story_url"),
    text("text"),
    Column("words", Text, nullable=False, comment="a hash of the text, for the same words twice"),
    text("link"),
    text("link_title"),
    text("link_summary"),
    Column("image", Boolean, nullable=False),
    text("picture"),
    text("alt"),
    Column("tags", Text, nullable=False, comment="each with a blank on both sides"),
    number("length"),
    Column("price", Integer, nullable=False, comment="thousandths of a US dollar"),
    Column("created", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("urgent", Boolean, nullable=False, comment="an editor said now"),
    Column("edited", Boolean, nullable=False, comment="its words are an editor's"),
    text("key"),
    text("state"),
    number("attempt"),
    number("looks"),
    Column("claimed_at", UtcTime, comment="when its last attempt began"),
    Column("next_at", UtcTime),
    text("remote_id"),
    text("remote_url"),
    text("because"),
    Column("revision", Integer, nullable=False, comment="of the edition whose words it has"),
    text("worker"),
    Column("lease_until", UtcTime),
    Column("told", Boolean, nullable=False, comment="editors know how it ended, or need not"),
    UniqueConstraint("edition_id", "account_id", "part"),
    Index(None, "state", "due_at"),
    Index(None, "account_id", "claimed_at"),
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
    Column("scope", Text, nullable=False, comment="* for every account, its id, or tag:NAME"),
    text("because"),
    text("who"),
    Column("at", UtcTime, nullable=False),
    Column("told", Boolean, nullable=False),
    PrimaryKeyConstraint("scope"),
)

# One row a request that is counted or paid: written with the intent, before the first byte.
charges = Table(
    "charge",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("post_id", Integer, nullable=False),
    Column("attempt", Integer, nullable=False, comment="of the post; 0: a reading"),
    text("account_id"),
    text("app"),
    Column("at", UtcTime, nullable=False),
    number("points"),
    Column("price", Integer, nullable=False, comment="thousandths of a US dollar"),
    Index(None, "account_id", "at"),
    Index(None, "app", "at"),
    Index(None, "post_id"),
)

throttles = Table(
    "throttle",
    metadata,
    Column("scope", Text, nullable=False, comment="account:ID or app:NAME"),
    Column("until", UtcTime, nullable=False),
    text("because"),
    PrimaryKeyConstraint("scope"),
)

log_ins = Table(
    "log_in",
    metadata,
    text("account_id"),
    Column("seed", Text, nullable=False, comment="a hash of the configured secret"),
    text("access"),
    text("refresh"),
    Column("expires_at", UtcTime),
    text("name"),
    PrimaryKeyConstraint("account_id"),
)

text_rules = Table(
    "text_rule",
    metadata,
    text("account_id"),
    Column("longest", Integer, nullable=False, comment="text the account's server takes"),
    Column("link", Integer, nullable=False, comment="what a link counts there"),
    Column("seen_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("account_id"),
)
