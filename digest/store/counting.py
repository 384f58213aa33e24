"""Counting by value without sorting: SQLite would sort a million rows, and keep them in memory."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, select


def count_by(
    connection: Connection,
    column: ColumnElement[str],
    wanted: ColumnElement[bool],
    values: Sequence[str] | None = None,
) -> dict[str, int]:
    """Value -> rows that have it, for the `values` given or those there are; none for 0."""
    if values is None:
        values = list(connection.scalars(select(column).where(wanted).distinct()))
    if not values:
        return {}
    counts = [func.count().filter(column == value) for value in values]
    row = connection.execute(select(*counts).where(wanted)).one()
    return {value: count for value, count in zip(values, row, strict=True) if count}
