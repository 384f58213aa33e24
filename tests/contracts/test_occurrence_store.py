"""Slots: planned, claimed by one, settled with a reason; the ticker's lease."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from typing import Any

from digest.model.edition import OccurrenceState, Slot, SlotFlag
from digest.ports import OccurrenceStore, Store
from digest.store import SqlStore
from tests.builders import NOW

DAY = timedelta(days=1)
RULE = "daily 07:00"


def slot(day: int, at: time = time(7, 0), **changes: Any) -> Slot:
    """A slot at its wall time in UTC, on the day of March."""
    on = date(2026, 3, day)
    values: dict[str, Any] = {"due_at": datetime.combine(on, at, tzinfo=NOW.tzinfo), **changes}
    return Slot(local_date=on, local_time=at, **values)


def days(store: Store, until: int = 30) -> list[int]:
    """The days of March with a slot that is due by the end of the given one."""
    end = datetime(2026, 3, until, 23, tzinfo=NOW.tzinfo)
    return [o.local_date.day for o in store.occurrences.due("morning", end)]


def claimed(store: Store, day: int) -> int:
    """The id of a planned slot, claimed by a worker."""
    store.occurrences.plan("morning", RULE, [slot(day)])
    (only,) = store.occurrences.due("morning", NOW + 30 * DAY)
    assert store.occurrences.claim(only.id, "w1", NOW)
    return only.id


def test_plan_twice_plans_once(store: Store) -> None:
    """Planning the same slots again inserts nothing."""
    slots = [slot(16), slot(17)]
    assert store.occurrences.plan("morning", RULE, slots) == 2
    assert store.occurrences.plan("morning", RULE, slots) == 0
    assert store.occurrences.plan("evening", RULE, slots) == 2
    first, second = store.occurrences.due("morning", NOW + DAY)
    assert (first.local_date, first.local_time, first.due_at) == (date(2026, 3, 16), time(7), NOW)
    assert (second.state, second.because, second.claimed_by) == (OccurrenceState.DUE, "", "")


def test_plan_follows_what_moved(store: Store) -> None:
    """A slot whose instant, flag or reason changed is the same row with the new values."""
    store.occurrences.plan("morning", RULE, [slot(16), slot(17)])
    before = store.occurrences.due("morning", NOW + DAY)
    moved = slot(16, due_at=NOW + timedelta(hours=1), flag=SlotFlag.MOVED)
    assert store.occurrences.plan("morning", RULE, [moved, slot(17, skipped="holiday")]) == 0
    (after,) = store.occurrences.due("morning", NOW + DAY)
    assert (after.id, after.flag, after.due_at) == (before[0].id, SlotFlag.MOVED, moved.due_at)
    store.occurrences.plan("morning", RULE, [moved, slot(17)])
    assert days(store) == [16, 17]


def test_plan_deletes_what_is_no_longer_planned(store: Store) -> None:
    """Unclaimed slots from the first planned one on that the rule no longer gives are deleted."""
    store.occurrences.plan("morning", RULE, [slot(15), slot(16), slot(17), slot(18)])
    assert store.occurrences.plan("morning", "other", [slot(16), slot(18, time(9))]) == 1
    assert days(store) == [15, 16, 18]


def test_plan_deletes_later_than_after(store: Store) -> None:
    """With `after`, slots between it and the new rule's first go too; what is past it stays."""
    store.occurrences.plan("morning", RULE, [slot(15), slot(16), slot(17)])
    evening = [slot(16, time(18)), slot(17, time(18))]
    now = NOW - timedelta(minutes=5)
    assert store.occurrences.plan("morning", "daily 18:00", evening, after=now) == 2
    due = store.occurrences.due("morning", NOW + 30 * DAY)
    assert [(o.local_date.day, o.local_time.hour) for o in due] == [(15, 7), (16, 18), (17, 18)]
    store.occurrences.plan("morning", "never", [], after=now)
    assert days(store) == [15]


def test_plan_of_nothing_without_after(store: Store) -> None:
    """An empty plan that does not say where the future begins touches nothing."""
    store.occurrences.plan("morning", RULE, [slot(16)])
    assert store.occurrences.plan("morning", RULE, []) == 0
    assert days(store) == [16]


def test_plan_never_touches_what_is_decided(store: Store) -> None:
    """Claimed, settled and skipped slots stay whatever the rule says now."""
    store.occurrences.plan("morning", RULE, [slot(16), slot(17), slot(18)])
    first, second, _ = store.occurrences.due("morning", NOW + 30 * DAY)
    store.occurrences.claim(first.id, "w1", NOW)
    store.occurrences.claim(second.id, "w1", NOW)
    store.occurrences.settle(second.id, OccurrenceState.DONE, "slug")
    store.occurrences.skip("morning", date(2026, 3, 18), None, "left out by editor")
    moved = [slot(d, due_at=NOW + 9 * DAY) for d in (16, 17, 18)]
    assert store.occurrences.plan("morning", "other", moved, after=NOW - DAY) == 0
    assert store.occurrences.plan("morning", "other", [], after=NOW - DAY) == 0
    states = [(o.local_date.day, o.state) for o in store.occurrences.recent("morning", 9)]
    assert states == [
        (18, OccurrenceState.SKIPPED),
        (17, OccurrenceState.DONE),
        (16, OccurrenceState.CLAIMED),
    ]


def test_planned_skip_is_not_due(store: Store) -> None:
    """A slot that the plan skips keeps its reason, and is recent once a tick has passed it."""
    store.occurrences.plan("morning", RULE, [slot(16, skipped="holiday: St Brigid's Day")])
    assert days(store) == []
    assert store.occurrences.recent("morning", 5) == []
    store.occurrences.record_tick(NOW)
    (only,) = store.occurrences.recent("morning", 5)
    assert (only.state, only.because) == (OccurrenceState.SKIPPED, "holiday: St Brigid's Day")


def test_day_that_does_not_exist(store: Store) -> None:
    """A slot without an instant is stored as skipped."""
    store.occurrences.plan("morning", RULE, [slot(16, due_at=None)])
    store.occurrences.record_tick(NOW + DAY)
    (only,) = store.occurrences.recent("morning", 5)
    assert (only.state, only.because) == (OccurrenceState.SKIPPED, "no such day")


def test_due_is_by_newsletter_and_time(store: Store) -> None:
    """Only the newsletter's own slots up to the instant are due, oldest first."""
    store.occurrences.plan("morning", RULE, [slot(18), slot(16), slot(17)])
    assert days(store, 17) == [16, 17]
    assert [o.local_date.day for o in store.occurrences.due("morning", NOW)] == [16]
    assert store.occurrences.due("morning", NOW - timedelta(microseconds=1)) == []
    assert store.occurrences.due("evening", NOW + 30 * DAY) == []


def test_second_claim_fails(store: Store) -> None:
    """A slot is claimed once; afterwards it is no longer due."""
    key = claimed(store, 16)
    assert not store.occurrences.claim(key, "w2", NOW)
    assert not store.occurrences.claim(key + 1, "w2", NOW)
    assert days(store) == []
    (only,) = store.occurrences.recent("morning", 1)
    assert (only.state, only.claimed_by) == (OccurrenceState.CLAIMED, "w1")


def test_settle_records_the_end(store: Store) -> None:
    """A settled slot keeps its state and reason and is no longer abandoned."""
    key = claimed(store, 16)
    store.occurrences.settle(key, OccurrenceState.SKIPPED, "nothing new")
    (only,) = store.occurrences.recent("morning", 1)
    assert (only.state, only.because) == (OccurrenceState.SKIPPED, "nothing new")
    assert store.occurrences.abandoned(NOW + DAY) == []


def test_abandoned_claims_are_found(store: Store) -> None:
    """A claim made before the instant and never settled belongs to a worker that died."""
    key = claimed(store, 16)
    assert store.occurrences.abandoned(NOW) == []
    assert [o.id for o in store.occurrences.abandoned(NOW + timedelta(seconds=1))] == [key]


def test_skip_a_day_or_a_slot(store: Store) -> None:
    """An editor skips all slots of a day, or the one at a time; claimed ones are left alone."""
    slots = [slot(16), slot(16, time(12)), slot(16, time(18)), slot(17)]
    store.occurrences.plan("morning", RULE, slots)
    assert store.occurrences.skip("morning", date(2026, 3, 16), time(12), "left out") == 1
    first = store.occurrences.due("morning", NOW)[0]
    store.occurrences.claim(first.id, "w1", NOW)
    assert store.occurrences.skip("morning", date(2026, 3, 16), None, "left out") == 1
    assert days(store) == [17]


def test_recent_is_limited_and_newest_first(store: Store) -> None:
    """The latest ended slots come first, no more than asked."""
    store.occurrences.plan("morning", RULE, [slot(day) for day in (16, 17, 18)])
    for one in store.occurrences.due("morning", NOW + 30 * DAY):
        store.occurrences.claim(one.id, "w1", NOW)
    assert [o.local_date.day for o in store.occurrences.recent("morning", 2)] == [18, 17]


def test_last_tick(store: Store) -> None:
    """The latest tick is remembered."""
    assert store.occurrences.last_tick() is None
    store.occurrences.record_tick(NOW)
    store.occurrences.record_tick(NOW + DAY)
    assert store.occurrences.last_tick() == NOW + DAY


def test_one_ticker_leads(store: Store) -> None:
    """The lease is renewed by its holder and taken by another only when it is over."""
    minute = timedelta(minutes=1)
    lead = store.occurrences.lead
    assert lead("w1", NOW, NOW + minute)
    assert not lead("w2", NOW + minute / 2, NOW + 2 * minute)
    assert lead("w1", NOW + minute / 2, NOW + 2 * minute)
    assert lead("w2", NOW + 2 * minute, NOW + 3 * minute)
    assert not lead("w1", NOW + 2 * minute, NOW + 3 * minute)


def test_of_many_claims_at_once_one_wins(store: SqlStore, another: Callable[[], SqlStore]) -> None:
    """Of two processes with many threads each, exactly one gets each slot."""
    store.occurrences.plan("morning", RULE, [slot(day) for day in range(10, 20)])
    ids = [o.id for o in store.occurrences.due("morning", NOW + 30 * DAY)]
    stores: list[OccurrenceStore] = [store.occurrences, another().occurrences] * 3

    def claim_all(number: int) -> list[int]:
        return [key for key in ids if stores[number].claim(key, f"w{number}", NOW)]

    with ThreadPoolExecutor(len(stores)) as threads:
        won = [key for keys in threads.map(claim_all, range(len(stores))) for key in keys]
    assert sorted(won) == ids


def test_two_planners_at_once(store: SqlStore, another: Callable[[], SqlStore]) -> None:
    """Two processes that plan the same slots together insert each of them once."""
    slots = [slot(day) for day in range(1, 30)]
    planners = [store.occurrences, another().occurrences]
    with ThreadPoolExecutor(2) as threads:
        added = list(threads.map(lambda planner: planner.plan("morning", RULE, slots), planners))
    assert sum(added) == len(slots)
    assert days(store) == list(range(1, 30))
