"""The delivery engine: deliveries, chunks, pace and pauses, and what comes back."""

import sqlalchemy as sa
from alembic import op

from digest.store.times import UtcTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create them."""
    _delivery()
    _chunk()
    _pace()
    _pause()
    _bounce()
    _letter_seen()
    _pardon()


def _delivery() -> None:
    op.create_table(
        "delivery",
        _number("edition_id"),
        _number("subscriber_id"),
        _text("state"),
        _number("attempt"),
        sa.Column("wake_at", UtcTime(), comment="queued: 1970; deferred: next attempt; else null"),
        _number("code"),
        _text("text"),
        sa.Column("submitted_at", UtcTime()),
        _number("revision"),
        _text("variant"),
        sa.PrimaryKeyConstraint("edition_id", "subscriber_id", name="pk_delivery"),
        sqlite_with_rowid=False,
    )


def _chunk() -> None:
    op.create_table(
        "chunk",
        _number("edition_id"),
        sa.Column("lo", sa.Integer(), nullable=False, comment="its first subscriber"),
        sa.Column("hi", sa.Integer(), nullable=False, comment="its last"),
        sa.Column("wake_at", UtcTime(), comment="of its deliveries the first; null: none waits"),
        _text("worker"),
        sa.Column("lease_until", UtcTime(), comment="null: nobody has it"),
        sa.Column(
            "attempt",
            sa.Integer(),
            nullable=False,
            comment="the fence: counts claims and lost leases",
        ),
        sa.PrimaryKeyConstraint("edition_id", "lo", name="pk_chunk"),
        sqlite_with_rowid=False,
    )
    for column in ("wake_at", "lease_until"):
        op.create_index(
            f"ix_chunk_{column}",
            "chunk",
            [column],
            sqlite_where=sa.text(f"{column} IS NOT NULL"),
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )


def _pace() -> None:
    op.create_table(
        "pace",
        sa.Column("name", sa.Text(), nullable=False, comment="of the limit"),
        sa.Column("start", UtcTime(), nullable=False, comment="of the span"),
        _number("taken"),
        sa.PrimaryKeyConstraint("name", "start", name="pk_pace"),
    )


def _pause() -> None:
    op.create_table(
        "pause",
        sa.Column("scope", sa.Text(), nullable=False, comment="relay:ID or domain:NAME"),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        _number("times"),
        _text("because"),
        sa.PrimaryKeyConstraint("scope", name="pk_pause"),
    )


def _bounce() -> None:
    op.create_table(
        "bounce",
        _number("id"),
        sa.Column("origin", sa.Text(), nullable=False, comment="smtp, mail or a provider"),
        sa.Column("key", sa.Text(), nullable=False, comment="the report's own id there"),
        _text("address"),
        _text("kind"),
        _text("reason"),
        _text("blame"),
        _number("code"),
        _text("dsn"),
        _text("text"),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("edition_id", sa.Integer(), comment="null when no genuine token came back"),
        sa.Column("subscriber_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_bounce"),
        sa.UniqueConstraint("origin", "key", "address", name="uq_bounce_origin_key_address"),
    )
    op.create_index("ix_bounce_address_at", "bounce", ["address", "at"])
    op.create_index("ix_bounce_at", "bounce", ["at"])


def _letter_seen() -> None:
    op.create_table(
        "letter_seen",
        _text("mailbox"),
        sa.Column("name", sa.Text(), nullable=False, comment="the server's lasting name of it"),
        sa.Column("at", UtcTime(), nullable=False),
        _text("because"),
        sa.PrimaryKeyConstraint("mailbox", "name", name="pk_letter_seen"),
    )


def _pardon() -> None:
    op.create_table(
        "pardon",
        _text("address"),
        sa.Column("at", UtcTime(), nullable=False, comment="earlier bounces count no more"),
        _text("because"),
        sa.PrimaryKeyConstraint("address", name="pk_pardon"),
    )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)
