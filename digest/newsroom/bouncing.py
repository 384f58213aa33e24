"""What comes back is read and recorded once; nobody loses a newsletter for our own faults."""

from collections.abc import Sequence
from datetime import datetime

from digest.deliver import standing, tokens
from digest.model.audience import SuppressionReason
from digest.model.bounce import Bounce, BounceKind, Report, Suppression, Verdict
from digest.model.delivery import Settled
from digest.newsroom.house import House
from digest.newsroom.subscribing import secret


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


def record(house: House, origin: str, reports: Sequence[Report]) -> int:
    """Save what reports say, each once, with what follows for the addresses; how many were new."""
    now = house.clock.now()
    told = [one for report in reports for one in _bounces(house, origin, report, now)]
    new = house.store.bounces.record(told)
    for address in dict.fromkeys(one.address for one in told if _may_add_up(one)):
        weigh(house, address)
    return new


def weigh(house: House, address: str) -> bool:
    """Suppress an address whose soft bounces have added up; True when it now is."""
    now = house.clock.now()
    history = house.store.bounces.history(address, now - standing.MEMORY)
    because = standing.too_often(history, now)
    if not because:
        return False
    one = Suppression(address=address, reason=SuppressionReason.BOUNCE, because=because, since=now)
    return house.store.bounces.suppress([one]) > 0


def _bounces(house: House, origin: str, report: Report, now: datetime) -> list[Bounce]:
    """One for each recipient; a genuine token says whose delivery it is, whatever else is told."""
    found = tokens.read_delivery(secret(house), report.delivery) if report.delivery else None
    edition_id, subscriber_id = found or (0, 0)
    person = house.store.subscribers.by_id(subscriber_id) if found else None
    bounces = []
    for verdict in report.verdicts:
        if verdict.kind in (BounceKind.NONE, BounceKind.DELIVERED):
            continue
        address = person.address if person else verdict.recipient
        # Without a token of ours anybody could have written the report: it is kept, and believed
        # only about an address that we do mail.
        ours = person is not None or house.store.subscribers.get(address) is not None
        bounces.append(
            Bounce(
                origin=origin,
                key=report.key,
                address=address,
                verdict=verdict,
                at=now,
                edition_id=edition_id,
                subscriber_id=subscriber_id,
                suppress=standing.at_once(verdict, report.feedback) if ours else None,
            )
        )
    return bounces


def _may_add_up(one: Bounce) -> bool:
    return one.verdict.kind is BounceKind.SOFT and one.suppress is None
