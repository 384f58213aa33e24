"""The social queue: posts, holds, what was spent, and how we are logged in."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from digest.store.times import UtcTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create them."""
    _post()
    _hold()
    _charge()
    _throttle()
    _log_in()
    _text_rule()


def _post() -> None:
    op.create_table(
        "post",
        _number("id"),
        _number("edition_id"),
        _text("account_id"),
        _text("network"),
        _number("part"),
        _flag("thread"),
        _text("kind"),
        _text("story_url"),
        _text("text"),
        _text("words", "a hash of the text, for the same words twice"),
        _text("link"),
        _text("link_title"),
        _text("link_summary"),
        _flag("image"),
        _text("picture"),
        _text("alt"),
        _text("tags", "each with a blank on both sides"),
        _number("length"),
        _number("price", "thousandths of a US dollar"),
        _time("created"),
        _time("due_at"),
        _time("expires_at"),
        _flag("urgent", "an editor said now"),
        _flag("edited", "its words are an editor's"),
        _text("key"),
        _text("state"),
        _number("attempt"),
        _number("looks"),
        sa.Column("claimed_at", UtcTime(), comment="when its last attempt began"),
        sa.Column("next_at", UtcTime()),
        _text("remote_id"),
        _text("remote_url"),
        _text("because"),
        _number("revision", "of the edition whose words it has"),
        _text("worker"),
        sa.Column("lease_until", UtcTime()),
        _flag("told", "editors know how it ended, or need not"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_post_edition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.UniqueConstraint(
            "edition_id", "account_id", "part", name="uq_post_edition_id_account_id_part"
        ),
    )
    op.create_index("ix_post_state_due_at", "post", ["state", "due_at"])
    op.create_index("ix_post_account_id_claimed_at", "post", ["account_id", "claimed_at"])
    op.create_index(
        "uq_post_story",
        "post",
        ["account_id", "story_url", "kind", "part"],
        unique=True,
        sqlite_where=sa.text("story_url != ''"),
        postgresql_where=sa.text("story_url != ''"),
    )


def _hold() -> None:
    op.create_table(
        "hold",
        _text("scope", "* for every account, its id, or tag:NAME"),
        _text("because"),
        _text("who"),
        _time("at"),
        _flag("told"),
        sa.PrimaryKeyConstraint("scope", name="pk_hold"),
    )


def _charge() -> None:
    op.create_table(
        "charge",
        _number("id"),
        _number("post_id"),
        _number("attempt", "of the post; 0: a reading"),
        _text("account_id"),
        _text("app"),
        _time("at"),
        _number("points"),
        _number("price", "thousandths of a US dollar"),
        sa.PrimaryKeyConstraint("id", name="pk_charge"),
    )
    op.create_index("ix_charge_account_id_at", "charge", ["account_id", "at"])
    op.create_index("ix_charge_app_at", "charge", ["app", "at"])
    op.create_index("ix_charge_post_id", "charge", ["post_id"])


def _throttle() -> None:
    op.create_table(
        "throttle",
        _text("scope", "account:ID or app:NAME"),
        _time("until"),
        _text("because"),
        sa.PrimaryKeyConstraint("scope", name="pk_throttle"),
    )


def _log_in() -> None:
    op.create_table(
        "log_in",
        _text("account_id"),
        _text("seed", "a hash of the configured secret"),
        _text("access"),
        _text("refresh"),
        sa.Column("expires_at", UtcTime()),
        _text("name"),
        sa.PrimaryKeyConstraint("account_id", name="pk_log_in"),
    )


def _text_rule() -> None:
    op.create_table(
        "text_rule",
        _text("account_id"),
        _number("longest", "text the account's server takes"),
        _number("link", "what a link counts there"),
        _time("seen_at"),
        sa.PrimaryKeyConstraint("account_id", name="pk_text_rule"),
    )


def _text(name: str, comment: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def _number(name: str, comment: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, comment=comment)


def _flag(name: str, comment: str | None = None) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, comment=comment)


def _time(name: str) -> sa.Column[datetime]:
    return sa.Column(name, UtcTime(), nullable=False)
