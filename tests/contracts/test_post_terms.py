"""What must hold when the intent to publish is written: money, rates, gaps, throttles, tags."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import pytest

from digest.model.account import TextRule
from digest.model.mail import Rate
from digest.model.post import (
    Ceiling,
    Held,
    LogIn,
    NotNow,
    Post,
    PostState,
    Published,
    Terms,
)
from digest.ports import Store
from digest.store import SqlStore
from tests.builders import NOW
from tests.contracts.rows import post, released

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
MONTH = {"cap": 1_000, "since": NOW - HOUR, "until": NOW + 30 * timedelta(days=1)}
OUT = Published(remote_id="17", url="https://x.example/17")


def queued(store: Store, *posts: Post) -> list[Post]:
    """The posts of a released edition as they are stored."""
    return store.posts.of_edition(released(store, *posts).id)


def claim(store: Store, known: Post, at: datetime = NOW, **terms: Any) -> Post | NotNow | None:
    """An intent under these terms."""
    wanted = Terms(**{"account_id": known.account_id, **terms})
    return store.posts.claim(known.id, "w", at, at + MINUTE, wanted)


def texts(count: int, **changes: Any) -> list[Post]:
    """So many posts that say different things."""
    return [post(number, text=f"News number {number}", **changes) for number in range(count)]


def test_what_would_exceed_the_budget_waits(store: Store) -> None:
    """Five at 20 cents make a dollar; the sixth waits for the next month, and nothing is charged
    for it."""
    posts = queued(store, *texts(6, price=200))
    for one in posts[:5]:
        assert isinstance(claim(store, one, **MONTH), Post)
    refused = claim(store, posts[5], **MONTH)
    assert isinstance(refused, NotNow)
    assert refused.until == MONTH["until"]
    assert "$1.00 of $1.00" in refused.because and "$0.20" in refused.because
    assert store.accounts.spent("x-main", NOW - HOUR) == 1_200, "the waiting one is counted in"
    assert isinstance(claim(store, posts[5], cap=1_200, since=NOW, until=NOW), Post)


def test_an_attempt_that_published_nothing_costs_nothing(store: Store) -> None:
    """The reservation is given back, and is made anew at the next attempt."""
    (only,) = queued(store, *texts(1, price=200))
    assert isinstance(claim(store, only, cap=200, since=NOW, until=NOW + HOUR), Post)
    assert store.accounts.spent("x-main", NOW) == 200
    store.posts.settle(only.id, PostState.DEFERRED, "429", next_at=NOW, refund=True)
    assert store.accounts.spent("x-main", NOW) == 200, "it still waits, and will cost"
    assert isinstance(claim(store, only, cap=200, since=NOW, until=NOW + HOUR), Post)
    store.posts.settle(only.id, PostState.PUBLISHED, "", published=OUT)
    assert store.accounts.spent("x-main", NOW) == 200
    assert store.accounts.spent("x-main", NOW + MINUTE) == 0


def test_reading_back_costs_too(store: Store) -> None:
    """What is left of the budget must pay for it; without a price only a throttle forbids it."""
    (only,) = queued(store, *texts(1, price=200))
    claim(store, only)
    wanted = Terms(account_id="x-main", cap=215, since=NOW, until=NOW + HOUR)
    assert store.posts.may_read(only, NOW, 10, wanted) is None
    refused = store.posts.may_read(only, NOW, 10, wanted)
    assert isinstance(refused, NotNow) and refused.until == NOW + HOUR
    assert store.posts.may_read(only, NOW, 0, wanted) is None
    assert store.accounts.spent("x-main", NOW) == 210
    store.posts.settle(only.id, PostState.QUEUED, "not there", refund=True)
    assert store.accounts.spent("x-main", NOW) == 210, "the reading stays paid, the post waits"


def test_no_window_holds_more_than_its_ceiling(store: Store) -> None:
    """Three in ten minutes: the fourth waits until the first leaves the window."""
    ceiling = Ceiling(scope="account:x-main", rate=Rate(most=3, within=10 * MINUTE))
    posts = queued(store, *texts(4))
    for number, one in enumerate(posts[:3]):
        assert isinstance(claim(store, one, NOW + number * MINUTE, ceilings=(ceiling,)), Post)
    late = NOW + 3 * MINUTE
    refused = claim(store, posts[3], late, ceilings=(ceiling,))
    assert isinstance(refused, NotNow)
    assert refused.until == NOW + 10 * MINUTE
    assert "3/10m" in refused.because
    assert isinstance(claim(store, posts[3], refused.until, ceilings=(ceiling,)), Post)


def test_accounts_of_an_app_share_its_ceiling(store: Store) -> None:
    """Points are counted under the app, whoever spends them; an app of another name is free."""
    ceiling = Ceiling(scope="app:a1", rate=Rate(most=4, within=HOUR))
    mine, yours, other = queued(
        store, post(0), post(0, account_id="x-two"), post(0, account_id="x-three")
    )
    wanted = {"ceilings": (ceiling,), "points": 2, "app": "a1"}
    assert isinstance(claim(store, mine, **wanted), Post)
    assert isinstance(claim(store, yours, **wanted), Post)
    assert isinstance(claim(store, other, **wanted), NotNow)
    free = Ceiling(scope="app:a2", rate=Rate(most=4, within=HOUR))
    assert isinstance(claim(store, other, ceilings=(free,), points=2, app="a2"), Post)


def test_throttled_accounts_and_apps_wait(store: Store) -> None:
    """The later of two ends counts; reading back waits as well; afterwards all goes on."""
    one, two = queued(store, post(0), post(0, account_id="x-two"))
    store.accounts.throttle("account:x-main", NOW + 5 * MINUTE, "429 from x")
    store.accounts.throttle("account:x-main", NOW + 2 * MINUTE, "429 again")
    refused = claim(store, one)
    assert refused == NotNow(until=NOW + 5 * MINUTE, because="429 from x")
    assert store.posts.may_read(one, NOW, 0, Terms(account_id="x-main")) == refused
    store.accounts.throttle("app:a1", NOW + 9 * MINUTE, "the app")
    assert isinstance(claim(store, two, app="a2"), Post)
    assert claim(store, one, NOW + 6 * MINUTE, app="a1") == NotNow(
        until=NOW + 9 * MINUTE, because="the app"
    )
    assert isinstance(claim(store, one, NOW + 9 * MINUTE, app="a1"), Post)


def test_posts_keep_their_distance_and_threads_stay_together(store: Store) -> None:
    """Another post waits for the gap, the next part of a thread does not, an editor's word is
    obeyed at once, and another account is not concerned."""
    first, second, third = queued(
        store, *(post(n, thread=n < 2, text=f"Part {n}") for n in range(3))
    )
    assert isinstance(claim(store, first, gap=10 * MINUTE), Post)
    store.posts.settle(first.id, PostState.PUBLISHED, "", published=OUT)
    at = NOW + MINUTE
    assert isinstance(claim(store, second, at, gap=10 * MINUTE), Post)
    store.posts.settle(second.id, PostState.PUBLISHED, "", published=OUT)
    refused = claim(store, third, at + MINUTE, gap=10 * MINUTE)
    assert isinstance(refused, NotNow) and refused.until == at + 10 * MINUTE
    assert store.posts.now(third.id, at + MINUTE, at + HOUR)
    assert isinstance(claim(store, third, at + MINUTE, gap=10 * MINUTE), Post)


def test_the_same_words_do_not_go_twice_within_a_day(store: Store) -> None:
    """White space and case apart; on another account, or a day later, they may."""
    one, two, other = queued(
        store,
        post(0, text="The lights  are on"),
        post(1, text="the lights are ON"),
        post(0, account_id="x-two", text="The lights are on"),
    )
    claim(store, one)
    refused = claim(store, two)
    assert isinstance(refused, NotNow)
    assert refused.until == NOW + 24 * HOUR and f"post {one.id}" in refused.because
    assert isinstance(claim(store, other), Post)
    store.posts.settle(one.id, PostState.REJECTED, "no")
    assert isinstance(claim(store, two, NOW + MINUTE), Post), "what is not out does not count"


@pytest.mark.parametrize("scope", ["tag:courts", "x-main", "*"])
def test_a_hold_names_a_tag_an_account_or_all(store: Store, scope: str) -> None:
    """Only posts with exactly that tag; what came due meanwhile waits for an editor."""
    tagged, other = queued(
        store, post(0, tags=("courts", "local")), post(1, tags=("courts-martial",), text="Other")
    )
    held = Held(scope=scope, because="a trial begins", who="ann", at=NOW)
    assert store.switches.hold(held)
    assert not store.switches.hold(held), "it stands already"
    assert store.switches.holds() == [held]
    free = scope == "tag:courts"
    assert claim(store, tagged) is None
    assert [p.id for p in store.posts.due(NOW)] == ([other.id] if free else [])
    assert store.switches.unhold(scope, NOW) == (1 if free else 2)
    assert store.switches.unhold(scope, NOW) == 0
    assert store.posts.due(NOW) == ([other] if free else [])


def test_editors_are_told_once(store: Store) -> None:
    """Of each post that ended badly and of each hold that we put ourselves, in one process."""
    posts = queued(store, *texts(5))
    for one, state in zip(
        posts,
        (
            PostState.REJECTED,
            PostState.FAILED,
            PostState.NEEDS_EDITOR,
            PostState.DEFERRED,
            PostState.PUBLISHED,
        ),
        strict=True,
    ):
        store.posts.settle(one.id, state, "why")
    ours = Held(scope="x-main", because="401", who="Digest", at=NOW)
    store.switches.hold(ours, told=False)
    store.switches.hold(Held(scope="*", because="storm", who="ann", at=NOW))
    assert [p.id for p in store.posts.untold()] == [p.id for p in posts[:3]]
    assert store.switches.untold() == [ours]
    assert (store.posts.untold(), store.switches.untold()) == ([], [])


def test_an_editor_words_holds_and_takes_out_what_waits(store: Store) -> None:
    """And nothing that is on its way or out."""
    one, two, three = queued(store, *texts(3))
    assert store.posts.edit(one.id, "Better words", 12, 15)
    found = store.posts.by_id(one.id)
    assert found is not None
    assert (found.text, found.length, found.price, found.edited) == ("Better words", 12, 15, True)
    assert store.posts.stop(two.id, PostState.HELD, "wait (ann)")
    assert store.posts.stop(two.id, PostState.EXPIRED, "no (ann)")
    claim(store, three)
    assert not store.posts.edit(three.id, "Too late", 8, 0)
    assert not store.posts.stop(three.id, PostState.HELD, "too late")
    assert not store.posts.found(three.id, OUT, "seen")
    store.posts.settle(three.id, PostState.IN_DOUBT, "lost")
    assert store.posts.found(three.id, OUT, "seen by ann")
    there = store.posts.by_id(three.id)
    assert there is not None and (there.state, there.remote_url) == (PostState.PUBLISHED, OUT.url)
    assert store.posts.by_id(99) is None


def test_a_post_is_put_off_without_an_attempt(store: Store) -> None:
    """Until its time it is not due; what is on its way is left alone."""
    (only,) = queued(store, post())
    store.posts.put_off(only.id, NOW + HOUR, "quiet hours")
    assert store.posts.due(NOW) == []
    (due,) = store.posts.due(NOW + HOUR)
    assert (due.attempt, due.because) == (0, "quiet hours")
    claim(store, due, NOW + HOUR)
    store.posts.put_off(only.id, NOW + 2 * HOUR, "again")
    found = store.posts.by_id(only.id)
    assert found is not None and found.state is PostState.PUBLISHING


def test_planned_times_are_the_accounts_own(store: Store) -> None:
    """Of all posts but those that were taken out."""
    one, _, gone = queued(
        store,
        post(0, due_at=NOW + HOUR),
        post(1, due_at=NOW - HOUR),
        post(2, due_at=NOW + 2 * HOUR),
    )
    store.posts.stop(gone.id, PostState.EXPIRED, "no slot")
    assert store.posts.planned("x-main", NOW) == [one.due_at]
    assert store.posts.planned("x-two", NOW) == []


def test_log_ins_and_rules_are_kept(store: Store) -> None:
    """The newest of an account; another secret in the configuration voids a log-in."""
    first = LogIn(seed="s1", access="a", refresh="r", expires_at=NOW, name="did:x")
    store.accounts.keep_log_in("x-main", LogIn(seed="s1", access="old"))
    store.accounts.keep_log_in("x-main", first)
    assert store.accounts.log_in("x-main", "s1") == first
    assert store.accounts.log_in("x-main", "s2") is None
    assert store.accounts.log_in("x-two", "s1") is None
    assert store.accounts.rule("masto") is None
    store.accounts.keep_rule("masto", TextRule(limit=500, link=23), NOW)
    store.accounts.keep_rule("masto", TextRule(limit=5_000, link=32), NOW + HOUR)
    assert store.accounts.rule("masto") == (TextRule(limit=5_000, link=32), NOW + HOUR)


def test_no_intent_is_written_after_a_hold(
    store: SqlStore, another: Callable[[], SqlStore]
) -> None:
    """Eight workers claim as fast as they can while an editor holds everything: what was claimed
    when the hold was there is all that ever is."""
    ids = [p.id for p in queued(store, *texts(400))]
    stores, stop = [another() for _ in range(3)], Event()

    def work(number: int) -> int:
        won = 0
        mine = stores[number % 3].posts
        for key in ids[number::8]:
            if stop.is_set():
                break
            won += isinstance(
                mine.claim(key, f"w{number}", NOW, NOW, Terms(account_id="x-main")), Post
            )
        return won

    with ThreadPoolExecutor(9) as threads:
        running = [threads.submit(work, number) for number in range(8)]
        while not store.posts.queue(1) or len(store.posts.due(NOW)) > 380:
            pass
        store.switches.hold(Held(scope="*", because="storm", who="ann", at=NOW))
        at_hold = sum(p.state is PostState.PUBLISHING for p in store.posts.queue(1_000))
        won = sum(one.result() for one in running)
        stop.set()
    assert won == at_hold < len(ids)
