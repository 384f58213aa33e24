"""People in and out of the house as CSV files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from digest.deliver import addresses
from digest.model.audience import Subscriber, SubscriptionState
from digest.newsroom import sheets
from digest.newsroom.house import House
from digest.newsroom.subscribing import Added, named_or_all, put

COLUMNS = ("address", "name", "supporter", "newsletter", "state", "changed", "because")
"""Of an export; an import needs only the first, and takes the first five."""

IMPORTED = "imported by the editor"
YES = frozenset({"yes", "y", "true", "1", "x"})


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
    for line, row in sheets.rows(text, COLUMNS[:3]):
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
    return sheets.written(
        COLUMNS,
        (
            (
                person.address,
                person.name,
                _supporter(person),
                subscription.newsletter_id,
                subscription.state.value,
                subscription.changed.isoformat(),
                subscription.because,
            )
            for person, subscription in house.store.subscribers.everybody()
        ),
    )


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
