"""Addresses that get nothing: listed, taken from and given to files, and an editor's last word."""

from dataclasses import dataclass
from datetime import datetime

from digest.deliver import addresses
from digest.errors import UsageError
from digest.model.audience import SuppressionReason
from digest.model.bounce import Suppression
from digest.model.mail import Pause
from digest.newsroom import sheets
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
    return f"{one.address} {'gets nothing any more' if new else 'was suppressed already'}"


def lift(house: House, address: str, who: str, why: str) -> str:
    """An editor's word over a suppression; bounces from before count no more."""
    because = f"{who}: {why}" if why else who
    tidy = addresses.tidy_address(address)
    if not house.store.bounces.lift(tidy, because, house.clock.now()):
        raise UsageError(f"{tidy} is not suppressed; nothing was changed")
    return f"{tidy} may be mailed again"


def exported(house: House) -> str:
    """All of them as CSV."""
    return sheets.written(
        COLUMNS,
        (
            (one.address, one.reason.value, one.because, one.since.isoformat())
            for one in house.store.bounces.suppressions()
        ),
    )


def imported(house: House, text: str) -> Taken:
    """Every line that can be taken: an address, and perhaps reason, sentence and time."""
    found: list[Suppression] = []
    bad: list[str] = []
    for line, row in sheets.rows(text, COLUMNS):
        try:
            reason = REASONS.get(row.get("reason", "").lower(), SuppressionReason.MANUAL)
            since = _instant(row.get("since", ""), house.clock.now())
            because = row.get("because") or "imported"
            found.append(_suppression(row["address"], reason, because, since))
        except UsageError as error:
            bad.append(f"line {line}: {error}")
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
