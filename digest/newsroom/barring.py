"""Addresses that get nothing: listed, taken from and given to files, and an editor's last word."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from digest.deliver import addresses
from digest.errors import UsageError
from digest.model.audience import SuppressionReason
from digest.model.bounce import Suppression
from digest.model.mail import Pause
from digest.newsroom.house import House

COLUMNS = ("address", "reason", "because", "since")
REASONS = {
    **{reason.value: reason for reason in SuppressionReason},
    "hard": SuppressionReason.BOUNCE,
    "bounced": SuppressionReason.BOUNCE,
    "spam": SuppressionReason.COMPLAINT,
    "unsubscribed": SuppressionReason.UNSUBSCRIBE,
}
"""How other programs' lists name them, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a file."""

    new: int
    known: int
    bad: tuple[str, ...] = ()


def add(house: House, address: str, why: str) -> str:
    """An editor bars an address by hand."""
    one = _suppression(address, SuppressionReason.MANUAL, why, house.clock.now())
    new = house.store.bounces.suppress([one])
    return (
        f"{one.address} gets nothing any more" if new else f"{one.address} was suppressed already"
    )


def lift(house: House, address: str, who: str, why: str) -> str:
    """An editor's word over a suppression; bounces from before count no more."""
    because = f"{who}: {why}" if why else who
    tidy = addresses.tidy_address(address)
    if not house.store.bounces.lift(tidy, because, house.clock.now()):
        raise UsageError(f"{tidy} is not suppressed; nothing was changed")
    return f"{tidy} may be mailed again"


def exported(house: House) -> str:
    """All of them as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in house.store.bounces.suppressions():
        because = f"'{one.because}" if one.because[:1] in ("=", "+", "-", "@") else one.because
        writer.writerow((one.address, one.reason.value, because, one.since.isoformat()))
    return out.getvalue()


def imported(house: House, text: str) -> Taken:
    """Every line that can be taken: an address, and perhaps reason, sentence and time."""
    found: list[Suppression] = []
    bad: list[str] = []
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    for number, row in enumerate(rows, start=1):
        if not row or (number == 1 and row[0].strip().lower() in ("address", "email")):
            continue
        cells = [cell.strip() for cell in [*row, "", "", ""]]
        try:
            reason = REASONS.get(cells[1].lower(), SuppressionReason.MANUAL)
            since = _instant(cells[3], house.clock.now())
            found.append(_suppression(cells[0], reason, cells[2] or "imported", since))
        except UsageError as error:
            bad.append(f"line {number}: {error}")
    new = house.store.bounces.suppress(found)
    return Taken(new=new, known=len(found) - new, bad=tuple(bad))


def paused(house: House) -> tuple[Pause, ...]:
    """Relays and domains that get nothing just now, and why."""
    now = house.clock.now()
    return tuple(sorted(house.store.paces.pauses(now).values(), key=lambda one: one.scope))


def unpause(house: House, scope: str) -> str:
    """End a pause, because the editor has mended what it was for."""
    if not house.store.paces.lift(scope):
        known = ", ".join(one.scope for one in paused(house)) or "nothing"
        raise UsageError(f"{scope!r} is not paused; paused is: {known}")
    return f"{scope}: the pause is over; what waits goes out at its next try"


def _suppression(address: str, reason: SuppressionReason, why: str, since: datetime) -> Suppression:
    tidy = addresses.tidy_address(address)
    if problem := addresses.address_problem(tidy):
        raise UsageError(f"{address!r}: {problem}; it was not added")
    return Suppression(address=tidy, reason=reason, because=why, since=since)


def _instant(text: str, now: datetime) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return now
    return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)
