"""From rules to occurrences to editions: planned, claimed once, and every end with its reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.model.edition import Edition, EditionState, Occurrence, OccurrenceState
from digest.model.news import Article
from digest.model.newsletter import IfLate, LateRule, Newsletter, ScheduleRule
from digest.newsroom import scheduling
from digest.newsroom.house import House
from digest.ports import Store
from digest.schedule.plan import slots
from tests import builders
from tests.fakes import FakeClock
from tests.house import house, morning, with_articles

SIX = datetime(2026, 3, 16, 6, 0, tzinfo=UTC)  # a Monday; the morning slot is at 07:00
SEVEN = SIX + timedelta(hours=1)
CUTOFF = SEVEN - timedelta(minutes=10)
S = OccurrenceState


class OneSourceFails:
    """A store that reads no articles of one source: its disk block is bad."""

    def __init__(self, store: Store, source_id: str) -> None:
        self._store = store
        self._source_id = source_id

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @property
    def articles(self) -> "OneSourceFails":
        """Itself, for it has the one method that fails."""
        return self

    def get(self, urls: Sequence[str]) -> dict[str, Article]:
        """This one works."""
        return self._store.articles.get(urls)

    def since(self, instant: datetime, source_ids: Sequence[str]) -> list[Article]:
        """Fail for the one source."""
        if self._source_id in source_ids:
            raise OSError("input/output error")
        return self._store.articles.since(instant, source_ids)


def letter(text: str = "weekdays 07:00", **changes: Any) -> Newsletter:
    """A newsletter of that rule in Dublin, without accounts; news lasts three days."""
    rule = ScheduleRule(text=text, timezone="Europe/Dublin")
    kept = {"schedule": rule, "accounts": (), "max_age": timedelta(days=3)}
    return builders.newsletter(**{**kept, **changes})


def at(instant: datetime = SIX, *letters: Newsletter, **more: Any) -> House:
    """A house whose clock stands there."""
    return house(clock=FakeClock(instant), newsletters=letters or (letter(),), **more)


def later(home: House, instant: datetime) -> House:
    """The same house with the clock set on."""
    return replace(home, clock=FakeClock(instant))


def ended(home: House, newsletter_id: str = "morning") -> list[Occurrence]:
    """Occurrences that are no longer due, oldest first."""
    return home.store.occurrences.recent(newsletter_id, 1000)[::-1]


def only(home: House) -> Occurrence:
    """The one occurrence that ended."""
    (found,) = ended(home)
    return found


def coming(home: House, days: int = 30) -> list[Occurrence]:
    """Occurrences still due."""
    return home.store.occurrences.due("morning", home.clock.now() + timedelta(days=days))


def drafts(home: House) -> list[Edition]:
    """All editions."""
    return home.store.editions.recent(None, 1000)


async def test_planning_twice_stores_every_slot_once() -> None:
    """Ten slots or eight days ahead are stored; the second time nothing is new."""
    home = at()
    assert (scheduling.plan(home), scheduling.plan(home)) == (10, 0)
    assert coming(home)[0].due_at == SEVEN
    assert scheduling.plan(at(SIX, letter("every 1 hours 00:00-23:00"))) == 8 * 24


async def test_the_draft_is_written_at_the_cutoff_and_released_at_the_slot() -> None:
    """Nothing before the cut-off, one draft then, one release at the slot, and not again."""
    home = with_articles(at())
    assert (await scheduling.tick(home)).next_wake == CUTOFF
    report = await scheduling.tick(later(home, CUTOFF))
    assert report.next_wake == SEVEN
    assert [e.state for e in drafts(home)] == [EditionState.DRAFT]
    assert (only(home).state, only(home).because) == (S.DONE, "morning-2026-03-16-0700")
    report = await scheduling.tick(later(home, SEVEN))
    assert [e.state for e in drafts(home)] == [EditionState.RELEASED]
    assert report.next_wake == CUTOFF + timedelta(days=1)
    assert (await scheduling.tick(later(home, SEVEN))).did == ()


async def test_a_newsletter_added_within_its_cutoff_still_gets_its_slot() -> None:
    """The first tick plans before it claims."""
    home = with_articles(at(SEVEN - timedelta(minutes=3)))
    await scheduling.tick(home)
    assert [e.slug for e in drafts(home)] == ["morning-2026-03-16-0700"]


async def test_nothing_new_is_a_recorded_end() -> None:
    """A slot without stories is skipped with the reason and not tried at every tick."""
    home = at(CUTOFF)
    assert len((await scheduling.tick(home)).did) == 1
    assert (await scheduling.tick(later(home, SEVEN))).did == ()
    assert (only(home).state, only(home).because) == (S.SKIPPED, "nothing new")


async def test_a_second_ticker_stands_by_until_the_first_is_silent() -> None:
    """One worker leads; another takes over a minute after its last tick, and doubles nothing."""
    first = with_articles(at(CUTOFF, worker="a"))
    second = replace(first, worker="b")
    await scheduling.tick(first)
    assert (await scheduling.tick(second)).did == ()
    await scheduling.tick(later(second, SEVEN))
    assert [e.state for e in drafts(first)] == [EditionState.RELEASED]
    assert only(first).claimed_by == "a"


@given(turns=st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 400)), max_size=12))
@settings(max_examples=25, deadline=None)
async def test_two_tickers_make_one_edition_of_each_slot(turns: list[tuple[str, int]]) -> None:
    """Whoever ticks whenever, each slot ends once and has at most one edition."""
    clock = FakeClock(SIX)
    home = house(clock=clock, newsletters=(letter("every 20 minutes 06:20-08:00", at_least=0),))
    for worker, minutes in [*turns, ("a", 5), ("b", 5)]:
        clock.forward(minutes=minutes)
        await scheduling.tick(replace(home, worker=worker))
    slugs = [e.slug for e in drafts(home)]
    assert len(slugs) == len(set(slugs))
    keys = [(o.local_date, o.local_time) for o in ended(home)]
    assert len(keys) == len(set(keys))
    due = [o for o in ended(home) if o.due_at <= clock.now()]
    assert all(o.state in (S.DONE, S.SKIPPED, S.ASK) and o.because for o in due)


async def test_a_claim_whose_worker_died_is_taken_up_again() -> None:
    """Killed between claim and draft: two minutes later the next tick writes the edition, once."""
    home = with_articles(at(CUTOFF))
    scheduling.plan(home)
    assert home.store.occurrences.claim(coming(home)[0].id, "dead", CUTOFF)
    await scheduling.tick(later(home, CUTOFF + timedelta(minutes=1)))
    assert drafts(home) == []
    for minute in (3, 6):
        await scheduling.tick(later(home, CUTOFF + timedelta(minutes=minute)))
    assert [e.slug for e in drafts(home)] == ["morning-2026-03-16-0700"]
    assert only(home).state is S.DONE


async def test_a_claim_whose_worker_died_after_the_draft_makes_no_second_one() -> None:
    """Killed between draft and record: the draft that is there is the slot's edition."""
    home = with_articles(at(CUTOFF))
    await scheduling.tick(home)
    home.store.occurrences.settle(only(home).id, S.DUE, "")
    scheduling.plan(home)
    assert home.store.occurrences.claim(coming(home)[0].id, "dead", CUTOFF)
    await scheduling.tick(later(home, CUTOFF + timedelta(minutes=5)))
    assert len(drafts(home)) == 1
    assert only(home).state is S.DONE


async def test_one_newsletter_that_fails_leaves_the_others_alone() -> None:
    """Its slot asks an editor with the reason; the other newsletter goes out."""
    bad = letter(id="bad", sources=("other",))
    sources = (builders.source(), builders.source(id="other"))
    home = with_articles(at(CUTOFF, bad, letter(sources=("post",)), sources=sources))
    home = replace(home, store=OneSourceFails(home.store, "other"))
    await scheduling.tick(home)
    assert [e.newsletter_id for e in drafts(home)] == ["morning"]
    (failed,) = ended(home, "bad")
    assert failed.state is S.ASK
    assert "input/output error" in failed.because


async def test_a_rule_that_cannot_be_planned_stops_no_other_newsletter() -> None:
    """Its sentence stands in the report, and the others are planned, drafted and released."""
    broken = letter(id="lost", schedule=ScheduleRule(text="daily 07:00", timezone="Sea/Atlantis"))
    home = with_articles(at(SEVEN - timedelta(minutes=5), broken, letter()))
    report = await scheduling.tick(home)
    assert any("'Sea/Atlantis' is no time zone" in sentence for sentence in report.did)
    assert [e.newsletter_id for e in drafts(home)] == ["morning"]
    assert home.store.occurrences.last_tick() == home.clock.now()


async def test_an_end_of_the_cutoff_during_a_tick_is_not_forgotten() -> None:
    """What comes due while a tick is at work is what the next one is asked for."""

    class Walking(FakeClock):
        def now(self) -> datetime:
            return self.forward(seconds=1)

    home = replace(with_articles(at()), clock=Walking(CUTOFF - timedelta(seconds=2)))
    assert (await scheduling.tick(home)).next_wake == CUTOFF
    assert home.clock.now() > CUTOFF
    await scheduling.tick(home)
    assert len(drafts(home)) == 1


async def test_a_paused_schedule_records_its_slots_and_goes_on_when_resumed() -> None:
    """Paused slots are skipped with that reason; after the pause the next slot runs."""
    paused = letter(
        schedule=ScheduleRule(text="daily 07:00", timezone="Europe/Dublin", paused=True)
    )
    home = with_articles(at(CUTOFF, paused))
    await scheduling.tick(home)
    await scheduling.tick(later(home, SEVEN + timedelta(minutes=1)))
    assert drafts(home) == []
    assert (only(home).state, only(home).because) == (S.SKIPPED, "paused")
    tomorrow = with_articles(
        at(CUTOFF + timedelta(days=1), letter("daily 07:00"), store=home.store)
    )
    await scheduling.tick(tomorrow)
    assert [e.slug for e in drafts(home)] == ["morning-2026-03-17-0700"]


async def test_a_changed_rule_replaces_the_slots_ahead() -> None:
    """From the last Friday at five on, the old mornings are gone and none fires."""
    home = at()
    scheduling.plan(home)
    changed = at(SIX, letter("last friday 17:00"), store=home.store)
    scheduling.plan(changed)
    assert {o.local_time for o in coming(changed, 400)} == {time(17)}
    await scheduling.tick(with_articles(later(changed, SEVEN)))
    assert drafts(changed) == []
    scheduling.plan(later(home, SEVEN))
    assert {o.local_time for o in coming(home, 400)} == {time(7)}


async def test_a_rule_without_any_slot_left_fires_nothing_more() -> None:
    """Changed to a single date in the past, the schedule ends."""
    home = at()
    scheduling.plan(home)
    changed = with_articles(at(SIX, letter("2020-01-01 10:00"), store=home.store))
    assert (await scheduling.tick(changed)).next_wake is None
    await scheduling.tick(later(changed, SEVEN))
    assert drafts(changed) == []
    assert scheduling.next_runs(changed, "morning", 5) == ()


async def test_a_slot_left_out_by_an_editor_is_shown_and_never_runs() -> None:
    """The preview says who left it out; the day after runs."""
    home = with_articles(at())
    assert scheduling.skip(home, morning(home), date(2026, 3, 16), None, "Ailsa") == 1
    runs = scheduling.next_runs(home, "morning", 2)
    assert [run.note for run in runs] == ["skipped: left out by Ailsa", ""]
    for day in range(2):
        for instant in (CUTOFF, SEVEN):
            await scheduling.tick(later(home, instant + timedelta(days=day)))
    assert [e.slug for e in drafts(home)] == ["morning-2026-03-17-0700"]


async def test_a_far_day_that_was_left_out_stays_so() -> None:
    """Christmas, left out in March, survives every tick until then."""
    home = at(SIX, letter("daily 07:00, 18:00"))
    christmas = date(2026, 12, 25)
    assert scheduling.skip(home, morning(home), christmas, time(7), "Ailsa") == 1
    await scheduling.tick(home)
    close = with_articles(later(home, datetime(2026, 12, 24, 20, tzinfo=UTC)))
    notes = [run.note for run in scheduling.next_runs(close, None, 3)]
    assert notes == ["skipped: left out by Ailsa", "", ""]
    await scheduling.tick(close)
    await scheduling.tick(later(close, datetime(2026, 12, 25, 7, tzinfo=UTC)))
    assert drafts(home) == []


async def test_leaving_out_a_day_without_a_slot_changes_nothing() -> None:
    """A Sunday has no weekday slot."""
    home = at()
    assert scheduling.skip(home, morning(home), date(2026, 3, 22), None, "Ailsa") == 0


async def after_a_stop(rule: LateRule, *, stopped: datetime, back: datetime) -> Occurrence:
    """The last slot of the time in which the ticker was down."""
    home = with_articles(at(stopped, letter(if_late=rule)))
    await scheduling.tick(home)
    await scheduling.tick(later(home, back))
    return ended(home)[-1]


async def test_a_slot_missed_by_a_short_stop_runs_late() -> None:
    """Down from six until a quarter to eight: the seven o'clock edition is written then."""
    found = await after_a_stop(LateRule(), stopped=SIX, back=SEVEN + timedelta(minutes=45))
    assert found.state is S.DONE


async def test_a_slot_missed_by_more_than_its_window_follows_the_rule() -> None:
    """Down until eleven, four hours late: skipped, or an editor is asked, as the rule says."""
    for otherwise, state in ((IfLate.SKIP, S.SKIPPED), (IfLate.ASK, S.ASK)):
        rule = LateRule(otherwise=otherwise)
        found = await after_a_stop(rule, stopped=SIX, back=SEVEN + timedelta(hours=4))
        assert (found.state, found.because) == (state, "4 h late, more than 2 h")


async def test_after_a_long_stop_nothing_overdue_goes_out_by_itself() -> None:
    """An older database file came back on Monday: what it does not know it asks."""
    friday = SIX - timedelta(days=3)
    found = await after_a_stop(LateRule(), stopped=friday, back=SEVEN + timedelta(minutes=20))
    assert found.due_at == SEVEN
    assert (found.state, "an editor decides" in found.because) == (S.ASK, True)


async def test_of_several_missed_slots_the_newest_runs() -> None:
    """An hour down under a rule of every ten minutes: one edition, the others say why not."""
    home = with_articles(at(SIX, letter("every 10 minutes 06:30-08:00", cutoff=timedelta(0))))
    await scheduling.tick(home)
    await scheduling.tick(later(home, SEVEN + timedelta(minutes=5)))
    assert [o.state for o in ended(home)] == [S.SKIPPED] * 3 + [S.DONE]
    assert [e.slug for e in drafts(home)] == ["morning-2026-03-16-0700"]


async def test_a_clock_set_back_doubles_nothing() -> None:
    """Two hours back after the release: the slot's wall time comes again, its edition does not."""
    home = with_articles(at(CUTOFF))
    await scheduling.tick(home)
    await scheduling.tick(later(home, SEVEN))
    for minutes in range(-120, 5, 5):
        await scheduling.tick(later(home, SEVEN + timedelta(minutes=minutes)))
    assert [e.state for e in drafts(home)] == [EditionState.RELEASED]


WHEN = st.sampled_from(["", "weekdays", "weekends", "mon, wed, sun", "last day", "1st sunday"])
TIMES = st.lists(
    st.times().map(lambda t: f"{t:%H}:{t.minute // 10}0"), min_size=1, max_size=3, unique=True
)
RULES = st.one_of(
    st.tuples(WHEN, TIMES.map(", ".join)).map(" ".join),
    st.tuples(WHEN, st.sampled_from(["every 3 hours 00:30-22:00", "every 40 minutes 00:00-04:00"]))
    .map(" ".join),
    st.sampled_from(["*/30 0-3 * * *", "15 1 * * 0", "30 23 28-31 * *", "0 7 * * 1-5"]),
)  # fmt: skip
CHANGES = st.sampled_from(
    [
        ("Europe/Dublin", date(2026, 3, 29)),
        ("Europe/Dublin", date(2026, 10, 25)),
        ("America/New_York", date(2026, 3, 8)),
        ("America/Nuuk", date(2026, 3, 28)),
        ("Australia/Lord_Howe", date(2026, 10, 4)),
        ("Africa/Cairo", date(2026, 4, 24)),
        ("Asia/Tokyo", date(2026, 2, 28)),
    ]
)


@given(text=RULES, change=CHANGES, days=st.integers(0, 3), cutoff=st.sampled_from([0, 10, 45]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_what_the_preview_shows_is_what_then_fires(
    text: str, change: tuple[str, date], days: int, cutoff: int
) -> None:
    """Over a clock change, tick by tick on a walking clock: the same slots, each once."""
    zone, day = change
    start = datetime.combine(day, time(12), UTC) - timedelta(days=days, hours=36)
    rule = ScheduleRule(text=text.strip(), timezone=zone)
    clock = FakeClock(start)
    home = house(
        clock=clock,
        newsletters=(letter(schedule=rule, cutoff=timedelta(minutes=cutoff)),),
    )
    end = start + timedelta(days=5)
    shown = slots(rule, after=start, until=end)
    while clock.now() <= end:
        wake = (await scheduling.tick(home)).next_wake
        clock.instant = min(wake or end, end) if clock.now() < end else end + timedelta(seconds=1)
    fired = [o for o in ended(home) if o.because == "nothing new" and o.due_at <= end]
    assert [(o.local_date, o.local_time, o.due_at) for o in fired] == [
        (s.local_date, s.local_time, s.due_at) for s in shown if not s.skipped
    ]
