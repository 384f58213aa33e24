"""An edition sent to a few addresses to be looked at: no delivery, no count, nobody's links."""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.deliver import addresses
from digest.errors import UsageError
from digest.model.delivery import Phase
from digest.newsroom import desk
from digest.newsroom.asking import Notices
from digest.newsroom.house import House
from digest.newsroom.letters import letters

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What became of one message."""

    address: str
    variant: str
    ok: bool
    because: str


async def send(house: House, slug: str, to: Sequence[str]) -> tuple[Tried, ...]:
    """Each address gets the edition in each of its wordings."""
    edition = desk.find(house, slug)
    tidy = [addresses.tidy_address(one) for one in to]
    for one in tidy:
        if problem := addresses.address_problem(one):
            raise UsageError(f"{one!r}: {problem}; nothing was sent")
    if len(tidy) > MOST:
        raise UsageError(f"{len(tidy)} addresses are no test; {MOST} at most. Nothing was sent")
    made = letters(house, edition)
    wordings = [name for name in made.by_variant if name] or [""]
    wanted = [(address, name) for address in tidy for name in wordings]
    flight = Notices([made.trial(address, name) for address, name in wanted])
    await house.mailer.pump(flight)
    told = {result.subscriber_id: result for result in flight.results}
    found = []
    for address, name in wanted:
        key = made.trial(address, name).subscriber_id
        result = told.get(key)
        ok = result is not None and result.phase is Phase.ANSWERED and result.code < 400
        because = result.text if result else "it was not handed over"
        found.append(Tried(address=address, variant=name, ok=ok, because=because))
    return tuple(found)
