"""Lists of addresses as CSV files, in and out, as spreadsheets write and run them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from digest.errors import UsageError

ADDRESS_COLUMNS = ("address", "email", "e-mail", "mail")
FORMULA = ("=", "+", "-", "@", "\t")
"""How a cell begins that a spreadsheet would run."""


def rows(text: str, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Line number and columns of each row, whatever the delimiter; without a head the columns are
    those given."""
    try:
        return list(_rows(text.removeprefix("\ufeff"), columns))
    except csv.Error as error:
        raise UsageError(
            f"this is no CSV file ({error}); nobody was imported. Save it as CSV in UTF-8"
        ) from error


def written(columns: Sequence[str], found: Iterable[Sequence[str]]) -> str:
    """A file that `rows` takes back, and that no spreadsheet runs."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for cells in found:
        writer.writerow([f"'{c}" if c.startswith(FORMULA) else c for c in cells])
    return out.getvalue()


def _rows(text: str, names: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns: list[str] = []
    for cells in reader:
        row = [_plain(cell) for cell in cells]
        if not any(row):
            continue
        if not columns:
            columns = ["address" if c.lower() in ADDRESS_COLUMNS else c.lower() for c in row]
            if "address" in columns:
                continue
            columns = list(names)
        yield reader.line_num, {"address": "", **dict(zip(columns, row, strict=False))}


def _plain(cell: str) -> str:
    """The cell without blanks around it and without the quote an export puts before a formula."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell
