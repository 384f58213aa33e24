"""People in and out of the house as CSV files."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from digest.deliver import addresses
from digest.errors import UsageError
from digest.model.audience import Subscriber, SubscriptionState
from digest.newsroom.house import House
from digest.newsroom.subscribing import Added, named_or_all, put

COLUMNS = ("address", "name", "supporter", "newsletter", "state", "changed", "because")
"""Of an export; an import needs only the first, and takes the first five."""

ADDRESS_COLUMNS = ("address", "email", "e-mail", "mail")
IMPORTED = "imported by the editor"
YES = frozenset({"yes", "y", "true", "1", "x"})
FORMULA = ("=", "+", "-", "@", "\t")
"""How a cell begins that a spreadsheet would run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A line of a file that could not be taken, and why."""

    line: int
    text: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of every line of a file."""

    new: int = 0
    known: int = 0
    doubled: int = 0
    left_alone: int = 0
    """Of the known: people who had unsubscribed and stay so."""
    bad: tuple[BadRow, ...] = ()


def import_csv(house: House, text: str, *, newsletters: Sequence[str] = ()) -> ImportReport:
    """Take every line that can be taken, report every other with its number and reason."""
    chosen = named_or_all(house, newsletters)
    counts = {"new": 0, "known": 0, "doubled": 0, "left_alone": 0}
    bad: list[BadRow] = []
    seen: set[tuple[str, str]] = set()
    for line, row in _read(text):
        address, newsletter = addresses.tidy_address(row["address"]), row.get("newsletter", "")
        key = (address.lower(), newsletter)
        problem = addresses.address_problem(address) or _row_problem(house, row)
        if problem:
            bad.append(BadRow(line=line, text=row["address"], because=problem))
        elif key in seen:
            counts["doubled"] += 1
        else:
            seen.add(key)
            added = _take(house, address, row, (newsletter,) if newsletter else chosen)
            counts["new" if added.new else "known"] += 1
            counts["left_alone"] += bool(added.left_alone)
    return ImportReport(**counts, bad=tuple(bad))


def export_csv(house: House) -> str:
    """Everybody with every subscription, in a form that `import_csv` takes back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for person, subscription in house.store.subscribers.everybody():
        cells = (
            person.address,
            person.name,
            _supporter(person),
            subscription.newsletter_id,
            subscription.state.value,
            subscription.changed.isoformat(),
            subscription.because,
        )
        writer.writerow([f"'{c}" if c.startswith(FORMULA) else c for c in cells])
    return out.getvalue()


def _take(house: House, address: str, row: dict[str, str], newsletters: Sequence[str]) -> Added:
    told = row.get("supporter", "")
    until = _until(told)
    supporter = until is not None or told.lower() in YES if told else None
    state = SubscriptionState(row.get("state") or SubscriptionState.CONFIRMED)
    name = row.get("name", "")
    return put(house, address, name, supporter, newsletters, state, IMPORTED, until)


def _supporter(person: Subscriber) -> str:
    """yes, no, or the day until which."""
    if person.supporter and person.supporter_until:
        return person.supporter_until.date().isoformat()
    return "yes" if person.supporter else "no"


def _until(text: str) -> datetime | None:
    """The end of the day that is named, None for anything but a date."""
    try:
        return datetime.combine(date.fromisoformat(text), time.max, UTC)
    except ValueError:
        return None


def _row_problem(house: House, row: dict[str, str]) -> str:
    wanted, state = row.get("newsletter", ""), row.get("state", "")
    if wanted and house.settings.newsletter(wanted) is None:
        return f"there is no newsletter {wanted!r}"
    if state and state not in [known.value for known in SubscriptionState]:
        return f"{state!r} is no state; it can be {', '.join(SubscriptionState)}"
    return ""


def _read(text: str) -> list[tuple[int, dict[str, str]]]:
    try:
        return list(_rows(text.removeprefix("\ufeff")))
    except csv.Error as error:
        raise UsageError(
            f"this is no CSV file ({error}); nobody was imported. Save it as CSV in UTF-8"
        ) from error


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and columns of each row, whatever the delimiter, with or without a head."""
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
            columns = list(COLUMNS[:3])
        yield reader.line_num, {"address": "", **dict(zip(columns, row, strict=False))}


def _plain(cell: str) -> str:
    """The cell without blanks around it and without the quote an export puts before a formula."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell
