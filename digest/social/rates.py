"""What each network counts, how much of it is allowed, and what reading back costs.

Sources: the networks' own documentation as of August 2026.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digest.model.account import Account, Budget, Network, Period
from digest.model.mail import Rate
from digest.model.post import Ceiling, Terms

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)

POINTS = {Network.BLUESKY: 2}
"""What publishing counts where it is not 1: Bluesky takes 2 for a put."""

OF_ACCOUNT: Mapping[Network, tuple[Rate, ...]] = {
    Network.X: (Rate(most=100, within=QUARTER),),
    Network.BLUESKY: (Rate(most=5_000, within=HOUR), Rate(most=35_000, within=DAY)),
    Network.MASTODON: (Rate(most=300, within=timedelta(minutes=5)),),
    Network.THREADS: (Rate(most=250, within=DAY),),
    Network.LINKEDIN: (Rate(most=150, within=DAY),),
    Network.TELEGRAM: (
        Rate(most=1, within=timedelta(seconds=1)),
        Rate(most=20, within=timedelta(minutes=1)),
    ),
    Network.SLACK: (Rate(most=1, within=timedelta(seconds=1)),),
    Network.DISCORD: (Rate(most=30, within=timedelta(minutes=1)),),
}

OF_APP: Mapping[Network, tuple[Rate, ...]] = {Network.X: (Rate(most=10_000, within=DAY),)}

X_READING = 10
"""Thousandths of a US dollar for reading ten posts of the own timeline."""
X_ALT_TEXT = 5
"""The same for giving a picture its alt text."""


def terms(account: Account, now: datetime) -> Terms:
    """What must hold when a post of the account is published at this moment."""
    since = until = None
    if account.budget:
        since, until = period(account.budget, account.timezone, now)
    return Terms(
        account_id=account.id,
        app=account.app,
        points=POINTS.get(account.network, 1),
        ceilings=_ceilings(account),
        gap=account.gap,
        cap=int(account.budget.amount * 1000) if account.budget else None,
        since=since,
        until=until,
    )


def alt_text(network: Network) -> int:
    """Thousandths of a US dollar for the alt text of a picture."""
    return X_ALT_TEXT if network is Network.X else 0


def reading(network: Network) -> int:
    """Thousandths of a US dollar that one look at the account costs at most."""
    return X_READING if network is Network.X else 0


def period(budget: Budget, timezone: str, now: datetime) -> tuple[datetime, datetime]:
    """From when to when the budget of this moment counts, by the account's clock."""
    zone = ZoneInfo(timezone)
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    match budget.per:
        case Period.DAY:
            begins, ends = today, today + DAY
        case Period.WEEK:
            begins = today - DAY * today.weekday()
            ends = begins + 7 * DAY
        case Period.MONTH:
            begins = today.replace(day=1)
            ends = (begins + timedelta(days=31)).replace(day=1)
    utc = now.tzinfo
    return begins.astimezone(utc), ends.astimezone(utc)


def _ceilings(account: Account) -> tuple[Ceiling, ...]:
    own = [
        Ceiling(scope=f"account:{account.id}", rate=rate)
        for rate in OF_ACCOUNT.get(account.network, ())
    ]
    if account.app:
        own += [
            Ceiling(scope=f"app:{account.app}", rate=rate)
            for rate in OF_APP.get(account.network, ())
        ]
    return tuple(own)
