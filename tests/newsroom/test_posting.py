"""Publishing what is due, and the editors' verbs on the queue."""

import pytest

from digest.errors import UsageError
from digest.model.account import Network, PostShape
from digest.model.post import PostState
from digest.newsroom import queue
from digest.newsroom.posting import post_due
from tests.fakes import FakeClock
from tests.fakes_social import FakePoster, account, house, release, states

P = PostState


async def test_all_due_posts_are_published_in_order() -> None:
    """Three stories of an edition are on the account once, in the bulletin's order."""
    clock, net = FakeClock(), FakePoster()
    home = house([account()], {Network.X: net}, clock=clock)
    release(home)
    report = await post_due(home)
    assert report.published == 3
    assert [post.part for post in net.shown] == [0, 1, 2]
    rows = home.store.posts.of_edition(1)
    assert all(row.state is P.PUBLISHED and row.remote_id and row.remote_url for row in rows)


async def test_a_second_run_publishes_nothing() -> None:
    """What is published stays published once, however often the queue runs."""
    net = FakePoster()
    home = house([account()], {Network.X: net}, clock=FakeClock())
    release(home)
    await post_due(home)
    report = await post_due(home)
    assert (net.asked, report.results) == (3, ())


async def test_a_thread_goes_out_in_one_run_each_part_answering_the_one_before() -> None:
    """Every part after the first names the first as root and its predecessor as parent."""
    net = FakePoster()
    home = house([account(shape=PostShape.THREAD)], {Network.X: net}, clock=FakeClock())
    release(home)
    assert (await post_due(home)).published == 5
    assert net.parents[0] is None
    for before, parent in zip(net.shown, net.parents[1:], strict=False):
        assert parent is not None
        assert (parent.root_id, parent.parent_id) == (net.shown[0].key, before.key)


async def test_a_thread_waits_for_a_throttled_part_and_resumes_there() -> None:
    """No part overtakes another: after a 429 the thread goes on with the missing part."""
    clock = FakeClock()
    net = FakePoster("PT", clock=clock)
    home = house([account(shape=PostShape.THREAD)], {Network.X: net}, clock=clock)
    release(home)
    await post_due(home)
    assert states(home) == [P.PUBLISHED, P.DEFERRED, P.QUEUED, P.QUEUED, P.QUEUED]
    clock.forward(minutes=2)
    await post_due(home)
    assert [post.part for post in net.shown] == [0, 1, 2, 3, 4]


async def test_a_rejected_part_ends_its_thread_with_the_reason() -> None:
    """Parts that can never go out do not wait for ever."""
    net = FakePoster("PR")
    home = house([account(shape=PostShape.THREAD)], {Network.X: net}, clock=FakeClock())
    release(home)
    await post_due(home)
    assert states(home) == [P.PUBLISHED, *[P.REJECTED] * 4]
    assert "part 1 of the thread was rejected" in home.store.posts.of_edition(1)[4].because


async def test_a_rejected_story_does_not_stop_the_others() -> None:
    """Posts that stand alone do not depend on one another."""
    home = house([account()], {Network.X: FakePoster("R")}, clock=FakeClock())
    release(home)
    await post_due(home)
    assert states(home) == [P.REJECTED, P.PUBLISHED, P.PUBLISHED]


async def test_one_failing_account_never_stops_another() -> None:
    """A bug in one network's adapter leaves the other network's posts published."""
    accounts = [account(Network.X), account(Network.MASTODON)]
    posters = {Network.X: FakePoster("BBB"), Network.MASTODON: FakePoster()}
    home = house(accounts, posters, clock=FakeClock())
    release(home)
    await post_due(home)
    assert states(home, "x-main") == [P.IN_DOUBT] * 3
    assert states(home, "mastodon-main") == [P.PUBLISHED] * 3


async def test_refused_keys_hold_the_account_after_one_call() -> None:
    """A 401 is asked for once: the post is kept, the account held with the reason."""
    net = FakePoster("K")
    home = house([account()], {Network.X: net}, clock=FakeClock())
    release(home)
    await post_due(home)
    await post_due(home)
    assert net.asked == 1
    assert states(home) == [P.HELD, P.QUEUED, P.QUEUED]
    (held,) = home.store.switches.holds()
    assert (held.scope, held.because, held.who) == ("x-main", "the keys are refused", "Digest")


async def test_too_old_posts_expire_with_a_reason() -> None:
    """After the account's max_age a post is no news and does not go out."""
    clock, net = FakeClock(), FakePoster()
    home = house([account()], {Network.X: net}, clock=clock)
    release(home)
    clock.forward(hours=6, minutes=1)
    report = await post_due(home)
    assert net.asked == 0
    assert states(home) == [P.EXPIRED] * 3
    assert "nothing older than 6 h" in report.results[0].because


async def test_an_account_gone_from_the_configuration_keeps_its_posts() -> None:
    """Posts of a removed account are held with the reason, not lost and not sent."""
    clock = FakeClock()
    home = house([account()], {Network.X: FakePoster()}, clock=clock)
    release(home)
    without = house([], {Network.X: FakePoster()}, clock=clock, store=home.store)
    report = await post_due(without)
    assert states(home) == [P.HELD] * 3
    assert report.results[0].because == "account x-main is no longer in config.yaml"


async def test_a_hold_stops_everything_and_release_fires_nothing_overdue() -> None:
    """After resume, what came due meanwhile waits for an editor's word."""
    clock, net = FakeClock(), FakePoster()
    home = house([account()], {Network.X: net}, clock=clock)
    release(home)
    queue.hold(home, "*", "a death in the news", "ann")
    await post_due(home)
    clock.forward(minutes=5)
    told = queue.resume(home, "*")
    await post_due(home)
    assert net.asked == 0
    assert "3 overdue" in told
    post = home.store.posts.of_edition(1)[1]
    assert queue.post_now(home, post.id) == f"post {post.id}: queued"
    await post_due(home)
    assert states(home) == [P.HELD, P.PUBLISHED, P.HELD]


def test_the_verbs_refuse_what_is_not_there() -> None:
    """An unknown account, a hold that is none and an unknown post are usage errors."""
    home = house([account()], {Network.X: FakePoster()}, clock=FakeClock())
    with pytest.raises(UsageError, match="there are: x-main"):
        queue.hold(home, "x-mian", "typo", "ann")
    with pytest.raises(UsageError, match="there is no hold"):
        queue.resume(home, "x-main")
    with pytest.raises(UsageError, match="there is no post 99"):
        queue.post_now(home, 99)


def test_the_queue_shows_what_waits_and_what_is_held() -> None:
    """Everything not yet published is listed, with the holds and their reasons."""
    home = house([account()], {Network.X: FakePoster()}, clock=FakeClock())
    release(home)
    queue.hold(home, "x-main", "election silence", "ann")
    posts, holds = queue.waiting(home)
    assert len(posts) == 3
    assert [(h.scope, h.because, h.who) for h in holds] == [("x-main", "election silence", "ann")]
