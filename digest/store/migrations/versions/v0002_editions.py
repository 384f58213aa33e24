"""What is made of it: slots, editions, people."""

import sqlalchemy as sa
from alembic import op

from digest.store.times import UtcTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create them."""
    _occurrence()
    _ruling()
    _edition()
    _email()
    _used_story()
    _subscriber()
    _subscription()
    _suppression()
    _secret()
    _lease()
    _moment()


def _occurrence() -> None:
    op.create_table(
        "occurrence",
        _number("id"),
        _text("newsletter_id"),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("local_time", sa.Time(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        _text("state"),
        _text("flag"),
        _text("because"),
        sa.Column("rule", sa.Text(), nullable=False, comment="the schedule it was planned from"),
        sa.Column(
            "fixed",
            sa.Boolean(),
            nullable=False,
            comment="claimed or decided: no longer the planner's",
        ),
        _text("claimed_by"),
        sa.Column("claimed_at", UtcTime()),
        sa.PrimaryKeyConstraint("id", name="pk_occurrence"),
        sa.UniqueConstraint(
            "newsletter_id",
            "local_date",
            "local_time",
            name="uq_occurrence_newsletter_id_local_date_local_time",
        ),
    )
    op.create_index("ix_occurrence_newsletter_id_due_at", "occurrence", ["newsletter_id", "due_at"])


def _ruling() -> None:
    op.create_table(
        "ruling",
        _number("id"),
        _text("newsletter_id"),
        _text("url"),
        sa.Column("kind", sa.Text(), nullable=False, comment="pin or bar"),
        _text("who"),
        sa.Column("at", UtcTime(), nullable=False),
        _text("because"),
        sa.PrimaryKeyConstraint("id", name="pk_ruling"),
        sa.UniqueConstraint("newsletter_id", "url", name="uq_ruling_newsletter_id_url"),
        sqlite_autoincrement=True,
    )


def _edition() -> None:
    op.create_table(
        "edition",
        _number("id"),
        _text("slug"),
        _text("newsletter_id"),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("local_time", sa.Time(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        _text("state"),
        _text("because"),
        _text("subject"),
        _text("preheader"),
        sa.Column("bulletin", sa.Text(), nullable=False, comment="JSON"),
        _text("appeal"),
        _text("no_appeal_because"),
        sa.Column("left_out", sa.Text(), nullable=False, comment="JSON list"),
        _number("revision"),
        sa.Column("composed_at", UtcTime(), nullable=False),
        sa.Column("released_at", UtcTime()),
        sa.Column("looked_at", UtcTime()),
        sa.Column("corrections", sa.Text(), nullable=False, comment="JSON list"),
        sa.Column(
            "told",
            sa.Integer(),
            nullable=False,
            comment="the newest revision its editors know of",
        ),
        sa.Column(
            "preflight", sa.Text(), nullable=False, comment="JSON; empty before the first look"
        ),
        sa.Column("overrides", sa.Text(), nullable=False, comment="JSON list"),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
        sa.UniqueConstraint(
            "newsletter_id",
            "local_date",
            "local_time",
            name="uq_edition_newsletter_id_local_date_local_time",
        ),
        sa.UniqueConstraint("slug", name="uq_edition_slug"),
    )
    op.create_index("ix_edition_due_at", "edition", ["due_at"])
    op.create_index("ix_edition_newsletter_id_due_at", "edition", ["newsletter_id", "due_at"])
    op.create_index("ix_edition_released_at", "edition", ["released_at"])
    op.create_index("ix_edition_state_due_at", "edition", ["state", "due_at"])


def _email() -> None:
    op.create_table(
        "email",
        _number("edition_id"),
        _number("revision"),
        _text("variant"),
        _text("subject"),
        _text("html"),
        _text("text"),
        _text("nonce"),
        sa.Column(
            "letter", sa.LargeBinary(), nullable=False, comment="what messages are made from"
        ),
        sa.Column("hash", sa.Text(), nullable=False, comment="SHA-256 over the letter"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_email_edition_id"),
        sa.PrimaryKeyConstraint("edition_id", "revision", "variant", name="pk_email"),
    )


def _used_story() -> None:
    op.create_table(
        "used_story",
        _text("newsletter_id"),
        _text("url"),
        _number("edition_id"),
        sa.Column("released_at", UtcTime(), nullable=False),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="of the article, as the edition's brief has it; 0: the brief was pulled",
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_used_story_edition_id"),
        sa.PrimaryKeyConstraint("newsletter_id", "url", "edition_id", name="pk_used_story"),
    )
    op.create_index(
        "ix_used_story_newsletter_id_released_at", "used_story", ["newsletter_id", "released_at"]
    )
    op.create_index("ix_used_story_released_at", "used_story", ["released_at"])
    # ### end Alembic commands ###


def _subscriber() -> None:
    op.create_table(
        "subscriber",
        _number("id"),
        sa.Column("address", sa.Text(), comment="lower case; null once forgotten"),
        _text("name"),
        sa.Column("supporter", sa.Boolean(), nullable=False),
        sa.Column("supporter_until", UtcTime(), comment="null: for good, if at all"),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="0 to 9999, from the address; deals variants",
        ),
        sa.Column("created", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscriber"),
        sa.UniqueConstraint("address", name="uq_subscriber_address"),
    )


def _subscription() -> None:
    op.create_table(
        "subscription",
        _text("newsletter_id"),
        _number("subscriber_id"),
        _text("state"),
        sa.Column("changed", UtcTime(), nullable=False),
        _text("because"),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscriber.id"], name="fk_subscription_subscriber_id"
        ),
        sa.PrimaryKeyConstraint("newsletter_id", "subscriber_id", name="pk_subscription"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_subscription_subscriber_id", "subscription", ["subscriber_id"])


def _suppression() -> None:
    op.create_table(
        "suppression",
        _text("address"),
        _text("reason"),
        _text("because"),
        sa.Column("since", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_suppression"),
    )


def _secret() -> None:
    op.create_table(
        "secret", _text("name"), _text("value"), sa.PrimaryKeyConstraint("name", name="pk_secret")
    )


def _lease() -> None:
    op.create_table(
        "lease",
        _text("name"),
        _text("worker"),
        sa.Column("until", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )


def _moment() -> None:
    op.create_table(
        "moment",
        sa.Column("name", sa.Text(), nullable=False, comment="for example: last tick"),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_moment"),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)
