"""What comes back is read and recorded once; nobody loses a newsletter for our own faults."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.deliver import standing, tokens
from digest.model.audience import SuppressionReason
from digest.model.bounce import Bounce, BounceKind, Report, Suppression, Verdict
from digest.model.delivery import Settled
from digest.newsroom.house import House
from digest.newsroom.subscribing import secret

MAIL = "mail"
"""Where reports come from that anybody could have written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was made of reports."""

    believed: int
    """Verdicts about addresses of ours, whether known already or not."""
    new: int


def refused(settled: Settled, verdict: Verdict, address: str, now: datetime) -> Bounce:
    """A refusal at the relay's door, to be recorded in the transaction of its result."""
    return Bounce(
        origin="smtp",
        key=f"{settled.edition_id}-{settled.subscriber_id}-{settled.attempt}",
        address=address,
        verdict=verdict,
        at=now,
        edition_id=settled.edition_id,
        subscriber_id=settled.subscriber_id,
        suppress=standing.at_once(verdict, ""),
    )


def record(house: House, origin: str, reports: Sequence[Report]) -> Recorded:
    """Save what reports say, each once, with what follows for the addresses."""
    now = house.clock.now()
    told = [one for report in reports for one in _bounces(house, origin, report, now)]
    new = house.store.bounces.record(told)
    for one in told:
        weigh(house, one)
    return Recorded(believed=len(told), new=new)


def weigh(house: House, bounce: Bounce) -> None:
    """Suppress the address of a soft bounce if such bounces have added up."""
    if bounce.verdict.kind is not BounceKind.SOFT:
        return
    now = house.clock.now()
    history = house.store.bounces.history(bounce.address, now - standing.MEMORY)
    if because := standing.too_often(history, now):
        one = Suppression(
            address=bounce.address, reason=SuppressionReason.BOUNCE, because=because, since=now
        )
        house.store.bounces.suppress([one])


def _bounces(house: House, origin: str, report: Report, now: datetime) -> Iterator[Bounce]:
    """One for each recipient; a genuine token says whose delivery it is, whatever else is told.

    Anybody can write a mail that looks like a report: without a token of ours it is not believed,
    or a stranger could have any reader suppressed. A provider's call is signed.
    """
    found = tokens.read_delivery(secret(house), report.delivery) if report.delivery else None
    edition_id, subscriber_id = found or (0, 0)
    person = house.store.subscribers.by_id(subscriber_id) if found else None
    for verdict in report.verdicts:
        if verdict.kind in (BounceKind.NONE, BounceKind.DELIVERED):
            continue
        address = person.address if person else verdict.recipient
        if person is None:
            if origin == MAIL or house.store.subscribers.get(address) is None:
                continue
        yield Bounce(
            origin=origin,
            key=report.key,
            address=address,
            verdict=verdict,
            at=now,
            edition_id=edition_id,
            subscriber_id=subscriber_id,
            suppress=standing.at_once(verdict, report.feedback),
        )
