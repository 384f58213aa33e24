"""Ceilings, prices and the time a budget lasts."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.account import Budget, Network, Period
from digest.model.secret import Secret
from digest.social import rates
from tests.builders import NOW, account

FROM, TO = datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2035-01-01")
MOMENTS = st.datetimes(FROM, TO, timezones=st.just(UTC))
ZONES = st.sampled_from(["Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "UTC"])


@given(now=MOMENTS, zone=ZONES, per=st.sampled_from(Period))
def test_a_budget_lasts_from_midnight_to_midnight(now: datetime, zone: str, per: Period) -> None:
    """By the account's clock, around any moment, with no gap between two periods."""
    budget = Budget(amount=Decimal(1), per=per)
    since, until = rates.period(budget, zone, now)
    assert since <= now < until
    for edge in (since, until):
        local = edge.astimezone(ZoneInfo(zone))
        assert (local.hour, local.minute) == (0, 0)
    assert rates.period(budget, zone, until)[0] == until
    longest = {Period.DAY: 25, Period.WEEK: 7 * 24 + 1, Period.MONTH: 31 * 24 + 1}[per]
    assert until - since <= timedelta(hours=longest)


def test_a_month_begins_on_its_first() -> None:
    """And a week on Monday."""
    day = datetime(2026, 2, 28, 12, tzinfo=UTC)
    month = rates.period(Budget(amount=Decimal(1), per=Period.MONTH), "UTC", day)
    assert month == (datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))
    week = rates.period(Budget(amount=Decimal(1), per=Period.WEEK), "UTC", day)
    assert week == (datetime(2026, 2, 23, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.parametrize("network", list(Network))
def test_every_network_has_a_ceiling(network: Network) -> None:
    """Of the account; on X also of the app, which two accounts of one app share and whose key is
    not told."""
    keys = Secret("consumer secret token more")
    found = rates.terms(account(network=network, keys=keys, gap=timedelta(minutes=2)), NOW)
    assert found.account_id == "x-main" and found.ceilings and found.points >= 1
    assert found.gap == timedelta(minutes=2)
    apps = [c for c in found.ceilings if c.scope.startswith("app:")]
    assert len(apps) == (network is Network.X)
    assert "consumer" not in found.app
    other = rates.terms(account(id="two", network=network, keys=keys), NOW)
    assert other.app == found.app


def test_a_budget_becomes_terms() -> None:
    """In thousandths of a dollar; without one there is no cap."""
    budget = Budget(amount=Decimal("4.5"), per=Period.DAY)
    found = rates.terms(account(budget=budget), NOW)
    assert (found.cap, found.since is None, found.until is None) == (4_500, False, False)
    assert rates.terms(account(), NOW).cap is None


def test_only_x_bills() -> None:
    """A look at ten posts is a cent, an alt text half of one."""
    for network in Network:
        billed = network is Network.X
        assert (rates.reading(network), rates.alt_text(network)) == (10 * billed, 5 * billed)
