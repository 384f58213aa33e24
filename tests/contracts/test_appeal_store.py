"""Links, clicks and contributions, and what each wording of an appeal did."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta

import pytest

from digest.model.appeal import AppealPlan, Click, Contribution, VariantCounts
from digest.model.edition import Edition, EditionState
from digest.ports import Store
from digest.store import SqlStore
from tests.builders import NOW
from tests.contracts.rows import added, readers, submitted

DAY = timedelta(days=1)
HALVES = AppealPlan(deals=((5000, "a"), (10000, "b")), now=NOW)


def out(store: Store, count: int = 6, **changes: object) -> Edition:
    """An edition whose deliveries are all submitted."""
    readers(store, count)
    made = added(store, **changes)
    assert store.editions.release(made, "", NOW, HALVES, ())
    submitted(store, made.id)
    return made


def gift(event: str, edition: Edition, **changes: object) -> Contribution:
    """Twenty euro through wording a."""
    plain = Contribution(
        platform="stripe",
        event=event,
        amount=2000,
        currency="EUR",
        at=NOW,
        reference="r",
        appeal="help",
        variant="a",
        edition_id=edition.id,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def click(edition: Edition, visitor: str, link: str = "a", **changes: object) -> Click:
    """Somebody follows a link."""
    plain = Click(edition_id=edition.id, link=link, at=NOW, visitor=visitor)
    return replace(plain, **changes)  # type: ignore[arg-type]


def counts(store: Store, since: timedelta = DAY) -> dict[str, VariantCounts]:
    """By wording."""
    return {c.variant: c for c in store.appeals.counts("help", "EUR", NOW - since)}


def test_a_link_leads_on_and_tells_whether_its_edition_is_out(store: Store) -> None:
    """One that never was does not; a killed edition's still does."""
    made = added(store)
    assert store.appeals.target(made.slug, "a") == (made.id, "https://give.example/a", False)
    store.editions.release(made, "", NOW, AppealPlan(), ())
    assert store.appeals.target(made.slug, "a") == (made.id, "https://give.example/a", True)
    assert store.appeals.target(made.slug, "b") is None
    assert store.appeals.target("other", "a") is None
    store.editions.change_state(made.id, list(EditionState), EditionState.KILLED, "")
    assert store.appeals.target(made.slug, "a") is not None


def test_a_visitor_counts_once_a_link(store: Store) -> None:
    """People and machines are counted apart."""
    made = out(store)
    assert store.appeals.click(click(made, "v1"))
    assert not store.appeals.click(click(made, "v1", at=NOW + DAY))
    assert store.appeals.click(click(made, "v2"))
    assert store.appeals.click(click(made, "v3", machine=True))
    found = counts(store)["a"]
    assert (found.clicks, found.machine_clicks) == (2, 1)


def test_a_payment_counts_once(store: Store) -> None:
    """However often, and by whomever, it is told."""
    made = out(store)
    one, other = gift("1", made), gift("1", made, platform="plain")
    assert store.appeals.contribute([one, other, one]) == 2
    assert store.appeals.contribute([replace(one, amount=5)]) == 0
    assert store.appeals.contribution("stripe", "1") == one
    assert store.appeals.contribution("stripe", "2") is None
    assert store.appeals.raised("help", "EUR") == 4000


def test_a_large_gift_is_kept_to_the_cent(store: Store) -> None:
    """A bequest of 80 million, and its square."""
    made = out(store)
    store.appeals.contribute([gift("1", made, amount=8_000_000_001)])
    assert store.appeals.raised("help", "EUR") == 8_000_000_001
    assert counts(store)["a"].squares == pytest.approx(8_000_000_001.0**2)


def test_of_many_tellings_at_once_one_is_kept(
    store: SqlStore, another: Callable[[], SqlStore]
) -> None:
    """Two processes that hear of a payment keep it once."""
    made = out(store)
    stores = [store.appeals, another().appeals] * 3
    with ThreadPoolExecutor(len(stores)) as threads:
        new = list(threads.map(lambda s: s.contribute([gift("1", made)]), stores))
    assert sum(new) == 1


def test_what_was_paid_back_counts_against_it(store: Store) -> None:
    """It is no gift of its own; other currencies and other appeals count elsewhere."""
    made = out(store)
    store.appeals.contribute(
        [
            gift("1", made),
            gift("2", made, amount=500),
            gift("3", made, amount=-500),
            gift("4", made, variant="b"),
            gift("5", made, currency="USD"),
            gift("6", made, appeal="other"),
            gift("7", made, appeal="", variant="", edition_id=None),
        ]
    )
    found = counts(store)
    assert (found["a"].gifts, found["a"].total) == (2, 2000)
    assert found["a"].squares == 2000**2 + 2 * 500**2
    assert (found["b"].gifts, found["b"].total) == (1, 2000)
    assert store.appeals.raised("help", "EUR") == 4000
    assert store.appeals.raised("help", "USD") == 2000


def test_counts_are_those_of_the_rows_with_a_tally_and_without(store: Store) -> None:
    """A tally may be lost, kept twice or be missing: the figures are the same."""
    made = out(store, count=40)
    by_rows: dict[str, int] = {}
    for delivery, _ in (
        p for n in range(40) for p in store.deliveries.of_address(f"reader{n}@reader.example")
    ):
        by_rows[delivery.variant] = by_rows.get(delivery.variant, 0) + 1
    before = counts(store)
    assert {name: c.submitted for name, c in before.items()} == by_rows
    store.appeals.tally(made.id)
    store.appeals.tally(made.id)
    assert counts(store) == before


def test_only_editions_since_then_count(store: Store) -> None:
    """And only those of the appeal."""
    out(store)
    out(store, slug="other", local_time=time(12), appeal="")
    assert sum(c.submitted for c in counts(store).values()) == 6
    assert counts(store, -DAY) == {}


@pytest.mark.parametrize(
    ("first", "then", "until"),
    [
        (None, DAY, None),
        (DAY, None, None),
        (DAY, 3 * DAY, 3 * DAY),
        (3 * DAY, DAY, 3 * DAY),
    ],
)
def test_the_later_end_of_support_counts(
    store: Store, first: timedelta | None, then: timedelta | None, until: timedelta | None
) -> None:
    """For good stays for good; a second gift never shortens the first."""
    for one in (first, then):
        end = NOW + one if one else None
        person = store.subscribers.support("Giver@Reader.example", end, NOW)
    assert person.supporter and person.address == "giver@reader.example"
    assert person.supporter_until == (NOW + until if until else None)
    assert store.subscribers.subscriptions(person.id) == []


def test_a_supporter_is_asked_again_when_the_support_is_over(store: Store) -> None:
    """Until then no appeal reaches them."""
    ids = readers(store, 3)
    store.subscribers.support("reader0@reader.example", NOW + DAY, NOW)
    store.subscribers.support("reader1@reader.example", NOW - DAY, NOW - 2 * DAY)
    plan = AppealPlan(deals=((10000, "a"),), hide_from_supporters=True, now=NOW)
    made = added(store)
    store.editions.release(made, "", NOW, plan, ())
    seen = {d.subscriber_id: d.variant for d in store.deliveries.missing(made.id)}
    assert seen == dict(zip(ids, ("", "a", "a"), strict=True))


def test_an_import_without_the_word_keeps_a_supporter(store: Store) -> None:
    """And a support with an end does not become one for good."""
    store.subscribers.support("giver@reader.example", NOW + DAY, NOW)
    person = store.subscribers.add("giver@reader.example", "Giver", True, NOW)
    assert (person.supporter, person.supporter_until) == (True, NOW + DAY)


def test_caps_hold_for_two_releases_at_once(
    store: SqlStore, another: Callable[[], SqlStore]
) -> None:
    """Whoever is asked by the one is not asked by the other."""
    readers(store, 50)
    first = added(store)
    second = added(store, slug="two", local_time=time(12))
    plan = AppealPlan(deals=((10000, "a"),), at_most=1, since=NOW - DAY, now=NOW)
    pairs = [(store.editions, first), (another().editions, second)]
    with ThreadPoolExecutor(2) as threads:
        done = threads.map(lambda p: p[0].release(p[1], "", NOW, plan, ()), pairs)
        assert all(done)
    asked = [
        d.subscriber_id
        for edition in (first, second)
        for d in store.deliveries.missing(edition.id)
        if d.variant
    ]
    assert sorted(asked) == sorted(set(asked)) and len(asked) == 50
