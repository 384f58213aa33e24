"""What every table is described with."""

from sqlalchemy import Column, Integer, MetaData, Text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def text(name: str) -> Column[str]:
    """A text that is never null."""
    return Column(name, Text, nullable=False)


def number(name: str) -> Column[int]:
    """A whole number that is never null."""
    return Column(name, Integer, nullable=False)
