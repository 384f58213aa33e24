"""Values out of data nobody promised the shape of: JSON of web pages, parsers' dictionaries."""

from collections.abc import Mapping, Sequence


def text(value: object) -> str:
    """The string (or number) itself, "" for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def mapping(value: object) -> Mapping[str, object]:
    """The mapping itself, an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def sequence(value: object) -> Sequence[object]:
    """The list itself; a single value as a list of one; nothing as an empty list."""
    if value is None or value == "":
        return ()
    return value if isinstance(value, list | tuple) else (value,)
