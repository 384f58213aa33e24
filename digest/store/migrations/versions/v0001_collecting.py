"""What is collected: sources, hosts, articles."""

import sqlalchemy as sa
from alembic import op

from digest.store.times import UtcTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create them."""
    _source_state()
    _host_state()
    _article()
    _sighting()
    _source_line()
    _article_version()


def _source_state() -> None:
    op.create_table(
        "source_state",
        _text("source_id"),
        _text("url"),
        _text("address"),
        _text("etag"),
        _text("last_modified"),
        _text("fingerprint"),
        sa.Column("checked_at", UtcTime()),
        sa.Column("next_at", UtcTime()),
        sa.Column("pause", sa.Integer(), comment="seconds"),
        _number("failures"),
        _text("moved_to"),
        sa.Column("moved_since", UtcTime()),
        _number("moved_times"),
        sa.Column("unread_until", UtcTime()),
        _text("muted"),
        _text("because"),
        sa.PrimaryKeyConstraint("source_id", name="pk_source_state"),
    )


def _host_state() -> None:
    op.create_table(
        "host_state",
        _text("host"),
        sa.Column("until", UtcTime()),
        _text("because"),
        _text("robots"),
        sa.Column("robots_at", UtcTime()),
        sa.PrimaryKeyConstraint("host", name="pk_host_state"),
    )


def _article() -> None:
    op.create_table(
        "article",
        _number("id"),
        _text("url"),
        sa.Column(
            "key",
            sa.Text(),
            nullable=False,
            comment="of its url: http or https, www or not: one page",
        ),
        _text("address"),
        sa.Column("address_key", sa.Text(), nullable=False, comment="of its address"),
        _text("guid"),
        _text("source_id"),
        _text("headline"),
        _text("standfirst"),
        sa.Column("authors", sa.Text(), nullable=False, comment="JSON list"),
        sa.Column("published", UtcTime()),
        sa.Column("updated", UtcTime()),
        _text("section"),
        _text("kind"),
        _text("kind_because"),
        _text("language"),
        _text("image"),
        _text("image_alt"),
        _text("image_credit"),
        sa.Column("paragraphs", sa.Text(), nullable=False, comment="JSON list"),
        sa.Column("dropped", sa.Text(), nullable=False, comment="JSON list of text and reason"),
        _number("place"),
        _text("hash"),
        _number("version"),
        sa.Column("collected", UtcTime(), nullable=False),
        sa.Column("read_at", UtcTime()),
        sa.Column("looked_at", UtcTime()),
        _text("withdrawn"),
        sa.Column(
            "counts_from", UtcTime(), nullable=False, comment="published, or collected without it"
        ),
        _text("because"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("key", name="uq_article_key"),
    )
    op.create_index("ix_article_address_key", "article", ["address_key"])
    op.create_index("ix_article_counts_from", "article", ["counts_from"])


def _sighting() -> None:
    op.create_table(
        "sighting",
        _text("source_id"),
        _number("article_id"),
        _text("guid"),
        _number("place"),
        _text("mark"),
        sa.Column("first_seen", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_sighting_article_id"),
        sa.PrimaryKeyConstraint("source_id", "article_id", name="pk_sighting"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sighting_article_id", "sighting", ["article_id"])
    op.create_index("ix_sighting_source_id_guid", "sighting", ["source_id", "guid"])


def _source_line() -> None:
    op.create_table(
        "source_line",
        _text("source_id"),
        sa.Column("line", sa.Text(), nullable=False, comment="hash of its squeezed words"),
        _text("url"),
        _text("headline"),
        sa.PrimaryKeyConstraint("source_id", "line", "url", name="pk_source_line"),
        sqlite_with_rowid=False,
    )


def _article_version() -> None:
    op.create_table(
        "article_version",
        _number("article_id"),
        _number("version"),
        sa.Column("article", sa.Text(), nullable=False, comment="the whole old version as JSON"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_article_version_article_id"
        ),
        sa.PrimaryKeyConstraint("article_id", "version", name="pk_article_version"),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)
