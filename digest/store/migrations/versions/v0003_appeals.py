"""What stands in an email beside its words, and what came of it: links, clicks, gifts, pictures."""

import sqlalchemy as sa
from alembic import op

from digest.store.times import UtcTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create them."""
    _link()
    _click()
    _contribution()
    _tally()
    _picture()


def _link() -> None:
    op.create_table(
        "link",
        _number("edition_id"),
        sa.Column("name", sa.Text(), nullable=False, comment="of an appeal: the id of its variant"),
        _text("target"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_link_edition_id"),
        sa.PrimaryKeyConstraint("edition_id", "name", name="pk_link"),
    )


def _click() -> None:
    op.create_table(
        "click",
        _number("edition_id"),
        _text("link"),
        sa.Column("visitor", sa.Text(), nullable=False, comment="differs from day to day"),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("machine", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_click_edition_id"),
        sa.PrimaryKeyConstraint("edition_id", "link", "visitor", name="pk_click"),
    )


def _contribution() -> None:
    op.create_table(
        "contribution",
        _text("platform"),
        sa.Column("event", sa.Text(), nullable=False, comment="the platform's own id of it"),
        sa.Column(
            "amount", sa.BigInteger(), nullable=False, comment="smallest unit; negative: paid back"
        ),
        _text("currency"),
        sa.Column("at", UtcTime(), nullable=False),
        _text("reference"),
        _text("appeal"),
        _text("variant"),
        sa.Column("edition_id", sa.Integer(), comment="null when no genuine reference came back"),
        sa.PrimaryKeyConstraint("platform", "event", name="pk_contribution"),
    )
    op.create_index("ix_contribution_appeal_at", "contribution", ["appeal", "at"])
    op.create_index("ix_contribution_edition_id", "contribution", ["edition_id"])


def _tally() -> None:
    op.create_table(
        "tally",
        _number("edition_id"),
        _text("variant"),
        _number("submitted"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_tally_edition_id"),
        sa.PrimaryKeyConstraint("edition_id", "variant", name="pk_tally"),
    )


def _picture() -> None:
    op.create_table(
        "picture",
        _text("name"),
        _text("url"),
        _number("width"),
        _number("height"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_picture"),
    )
    op.create_index("ix_picture_url", "picture", ["url"])


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)
