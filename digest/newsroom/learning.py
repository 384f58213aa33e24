"""What accounts' own servers allow, asked once a day."""

import asyncio
import logging
from datetime import timedelta

from digest.model.account import Account, TextRule
from digest.newsroom.house import House
from digest.social import measure

log = logging.getLogger(__name__)

FRESH = timedelta(days=1)
AGAIN = timedelta(hours=1)
"""After a server did not answer."""


async def learn(house: House) -> None:
    """Ask the servers of the accounts how much text they take, unless that is known for today."""
    due = [account for account in house.settings.accounts if _due(house, account)]
    if due:
        await asyncio.gather(*(_ask(house, account) for account in due))


def _due(house: House, account: Account) -> bool:
    if not measure.differs(account.network) or account.network not in house.posters:
        return False
    known = house.store.accounts.rule(account.id)
    return known is None or house.clock.now() - known[1] >= FRESH


async def _ask(house: House, account: Account) -> None:
    """Keep what the server says; what it said before when it says nothing."""
    now, accounts = house.clock.now(), house.store.accounts
    try:
        found = await house.posters[account.network].rule(account)
    except Exception as error:
        log.exception("the rule of %s", account.id)
        found = f"a fault of our own: {error!r}"
    if isinstance(found, TextRule):
        accounts.keep_rule(account.id, found, now)
        return
    if isinstance(found, str):
        log.warning("%s: its server did not say how much text it takes: %s", account.id, found)
    known = accounts.rule(account.id)
    rule = known[0] if known else measure.usual(account.network)
    accounts.keep_rule(account.id, rule, now - FRESH + AGAIN)
