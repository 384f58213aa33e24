"""How often a source is asked, when it has moved, and when it is left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect import manners
from digest.collect.manners import LONGEST, MOST_PATIENT, SHORTEST, Visit
from digest.model.fetch import Fetched
from digest.model.news import SourceState
from digest.model.newsletter import Source
from tests.builders import NOW, source

FEED = source().url
MOVED = "https://new.example/feed"
FRESH = SourceState(source_id="post", url=FEED)


def fetched(**changes: object) -> Fetched:
    """A good answer."""
    return Fetched(**{"url": FEED, "status": 200, "etag": '"1"', **changes})


def visit(**changes: object) -> Visit:
    """A fetch that gave articles."""
    return Visit(**{"fetched": fetched(), "because": "2 items: 2 same", **changes})


def pauses(*visits: Visit, of: Source | None = None) -> list[timedelta]:
    """The pauses after one visit each, one after the other."""
    state, now, found = FRESH, NOW, []
    for each in visits:
        state = manners.after(state, of or source(), each, now)
        assert state.next_at is not None
        found.append(state.next_at - now)
        now = state.next_at
    return found


def test_a_source_is_due_when_its_time_has_come() -> None:
    """A new one at once, a muted one never."""
    assert manners.due(FRESH, NOW)
    assert manners.due(replace(FRESH, next_at=NOW), NOW)
    assert not manners.due(replace(FRESH, next_at=NOW + timedelta(seconds=1)), NOW)
    assert not manners.due(replace(FRESH, muted="gone"), NOW)


def test_another_address_in_the_file_is_another_source() -> None:
    """Validators, failures and mutes belong to the address they were learned at."""
    old = replace(FRESH, url="https://old.example/", etag='"9"', muted="gone", failures=3)
    assert manners.fresh(old, source()) == FRESH
    assert manners.fresh(None, source()) == FRESH
    assert manners.fresh(replace(FRESH, failures=2), source()).failures == 2


def test_news_makes_visits_more_frequent_and_silence_rarer() -> None:
    """Between 5 and 60 minutes, step by step."""
    quiet = pauses(*[visit()] * 12)
    assert quiet[:5] == sorted(quiet[:5]) and LONGEST <= quiet[-1] <= LONGEST * 1.1
    busy = pauses(*[visit(news=True)] * 6)
    assert busy[0] > busy[1] > busy[2]
    assert SHORTEST <= busy[-1] <= SHORTEST * 1.1


def test_the_editors_every_wins_over_news_and_wishes() -> None:
    """Only the jitter of a tenth is added, whatever the feed says about itself."""
    fixed = source(every=timedelta(minutes=2))
    wish = visit(wish=timedelta(hours=3), fetched=fetched(fresh_until=NOW + timedelta(hours=2)))
    for found in pauses(visit(news=True), visit(), wish, of=fixed):
        assert timedelta(minutes=2) <= found <= timedelta(minutes=2.2)
    state = manners.after(FRESH, fixed, visit(), NOW)
    assert state.pause is None


def test_ttl_and_cache_control_are_honoured_up_to_six_hours() -> None:
    """The later of the two wishes counts, and none keeps a newsroom waiting for a day."""
    (hour,) = pauses(visit(news=True, wish=timedelta(hours=1)))
    assert hour == timedelta(hours=1)
    (two,) = pauses(
        visit(wish=timedelta(hours=1), fetched=fetched(fresh_until=NOW + timedelta(hours=2)))
    )
    assert two == timedelta(hours=2)
    (most,) = pauses(visit(wish=timedelta(days=1)))
    assert most == MOST_PATIENT


def test_retry_after_wins_over_everything() -> None:
    """With a good answer, with a failure, and over the editors' `every`."""
    until = NOW + timedelta(days=1)
    for each in (visit(fetched=fetched(retry_at=until)), refused(503, retry_at=until)):
        for one in (source(), source(every=timedelta(minutes=1))):
            assert manners.after(FRESH, one, each, NOW).next_at == until


def refused(status: int, **changes: object) -> Visit:
    """An answer that gave nothing."""
    told = f"sample.example answered {status}; we try again later"
    return Visit(
        fetched=fetched(status=status, problem=told, etag="", **changes),
        problem=told,
        because=told,
    )


def test_a_host_that_wants_rest_is_no_failure() -> None:
    """Nobody asked, so nothing failed; the source waits until its host may be asked."""
    until = NOW + timedelta(hours=1)
    resting = Visit(fetched=Fetched(url=FEED, retry_at=until, problem="rest"), problem="rest")
    state = manners.after(replace(FRESH, failures=1), source(), resting, NOW)
    assert (state.failures, state.next_at) == (1, until)


def test_failures_wait_longer_each_time_up_to_six_hours() -> None:
    """Twice as long each time, with the reason; one good answer ends it."""
    found = pauses(*[refused(500)] * 8)
    assert found[0] < found[1] < found[2] < found[3]
    assert MOST_PATIENT <= found[-1] <= MOST_PATIENT * 1.1
    failing = manners.after(FRESH, source(), refused(500), NOW)
    assert failing.failures == 1 and "answered 500" in failing.because
    assert manners.after(failing, source(), visit(), NOW).failures == 0
    slow = source(every=timedelta(days=2))
    assert manners.after(failing, slow, refused(500), NOW).next_at >= NOW + timedelta(days=2)


def test_gone_for_good_is_muted_with_a_sentence() -> None:
    """410 ends the visits until an editor says so."""
    state = manners.after(FRESH, source(), refused(410), NOW)
    assert "gone for good (410)" in state.muted and "digest sources resume post" in state.muted
    assert not manners.due(state, NOW + timedelta(days=365))
    assert not manners.after(state, source(), visit(), NOW).muted


def moved(times: int, *, every: timedelta, **changes: object) -> SourceState:
    """What is remembered after so many permanent redirects."""
    state = FRESH
    for number in range(times):
        each = visit(**{"fetched": fetched(url=MOVED, moved_to=MOVED), "familiar": True, **changes})
        state = manners.after(state, source(), each, NOW + number * every)
    return state


def test_a_permanent_redirect_counts_after_days_and_repetition() -> None:
    """Six times over three days; sooner, or fewer, and the configured address stays."""
    assert moved(7, every=timedelta(hours=12)).address == MOVED
    assert moved(6, every=timedelta(hours=1)).address == ""
    assert moved(3, every=timedelta(days=2)).address == ""
    state = moved(7, every=timedelta(hours=12))
    assert "digest sources move post" in state.because


def test_a_feed_with_other_articles_has_not_moved() -> None:
    """A parked domain redirects permanently, too: without a known article nothing moves."""
    assert moved(20, every=timedelta(hours=12), familiar=False).address == ""


def test_a_temporary_redirect_is_never_stored() -> None:
    """One answer without the permanent redirect starts the count anew."""
    state = moved(5, every=timedelta(hours=18))
    assert state.moved_times == 5
    state = manners.after(state, source(), visit(), NOW + timedelta(days=4))
    assert (state.moved_to, state.moved_times, state.address) == ("", 0, "")


def test_a_move_that_went_wrong_is_taken_back() -> None:
    """After three failures there, or a 410 there, the configured address is asked again."""
    state = moved(7, every=timedelta(hours=12))
    for _ in range(3):
        assert state.address == MOVED
        state = manners.after(state, source(), refused(404), NOW)
    assert state.address == ""
    state = manners.after(moved(7, every=timedelta(hours=12)), source(), refused(410), NOW)
    assert (state.address, state.muted) == ("", "")


@pytest.mark.parametrize(
    ("before", "answer", "kept"),
    [
        (("", ""), {"etag": '"2"', "last_modified": "then"}, ('"2"', "then")),
        (('"1"', "then"), {"etag": '"2"', "last_modified": ""}, ('"2"', "")),
        (('"1"', "then"), {"status": 304, "etag": "", "last_modified": ""}, ('"1"', "then")),
        (('"1"', ""), {"status": 304, "etag": 'W/"1"', "last_modified": ""}, ('W/"1"', "")),
    ],
)
def test_validators_are_kept_as_the_pair_they_came(
    before: tuple[str, str], answer: dict[str, object], kept: tuple[str, str]
) -> None:
    """Verbatim, also when only one changed; a 304 without any keeps what there was."""
    state = replace(FRESH, etag=before[0], last_modified=before[1])
    after = manners.after(state, source(), visit(fetched=fetched(**answer)), NOW)
    assert (after.etag, after.last_modified) == kept


def test_what_was_not_read_whole_is_asked_for_whole() -> None:
    """No validators and no fingerprint while an article of the feed could not be read."""
    state = replace(FRESH, etag='"1"', fingerprint="abc")
    after = manners.after(state, source(), visit(complete=False, fingerprint="def"), NOW)
    assert (after.etag, after.last_modified, after.fingerprint) == ("", "", "")
    assert manners.after(state, source(), visit(fingerprint="def"), NOW).fingerprint == "def"


def test_a_fault_of_our_own_waits_like_any_failure() -> None:
    """With the sentence, and without touching the validators."""
    state = manners.broken(replace(FRESH, etag='"1"'), source(), "a bug", NOW)
    assert (state.failures, state.because, state.etag) == (1, "a bug", '"1"')
    assert state.next_at is not None and state.next_at > NOW + timedelta(minutes=20)


VISITS = st.lists(
    st.one_of(
        st.builds(visit, news=st.booleans(), familiar=st.booleans(), complete=st.booleans()),
        st.sampled_from([404, 410, 429, 500, 503]).map(refused),
        st.just(visit(fetched=fetched(moved_to=MOVED), familiar=True)),
        st.just(visit(fetched=fetched(status=304))),
    ),
    max_size=30,
)


@given(VISITS, st.sampled_from([None, timedelta(minutes=1), timedelta(days=3)]))
def test_no_history_leaves_a_source_asked_too_often_or_never(
    visits: list[Visit], every: timedelta | None
) -> None:
    """Whatever happened: either muted with a reason, or due again within bounds."""
    state, now = FRESH, NOW
    for each in visits:
        state = manners.after(state, source(every=every), each, now)
        if state.muted:
            assert state.next_at is None and each.fetched.status == 410
            return
        assert state.next_at is not None
        at_most = max(every or LONGEST, MOST_PATIENT) * (1 + manners.JITTER)
        assert state.next_at - now <= at_most
        if not each.problem:
            assert state.next_at - now >= (every or SHORTEST)
        now = max(now, state.next_at)
