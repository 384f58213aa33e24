"""Lost requests, lost answers and dead workers: no post doubled, none lost."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.model.account import Network, PostShape
from digest.model.post import PostState
from digest.newsroom.house import House
from digest.newsroom.posting import post_due
from digest.store import open_store
from tests.fakes import FakeClock
from tests.fakes_social import FakePoster, account, claimed, house, release, states

P = PostState


def _home(net: FakePoster, clock: FakeClock, **changes: object) -> House:
    home = house([account(stories=1, **changes)], {Network.X: net}, clock=clock)
    release(home)
    return home


async def _settle_down(home: House, clock: FakeClock, seconds: int = 600) -> None:
    """Let the queue run every five seconds, as `serve` does."""
    for _ in range(seconds // 5):
        await post_due(home)
        clock.forward(seconds=5)


async def _finish(home: House, clock: FakeClock) -> None:
    """Let the queue run whenever something in it becomes due, until nothing waits."""
    while home.store.posts.queue(1):
        await post_due(home)
        later = [p.next_at for p in home.store.posts.queue(9) if p.next_at]
        clock.instant = max(clock.instant, min(later, default=clock.instant))


async def test_a_lost_answer_is_read_back_and_not_sent_again() -> None:
    """The post is found on the account at the first look."""
    clock, net = FakeClock(), FakePoster("A")
    home = _home(net, clock)
    await post_due(home)
    assert states(home) == [P.IN_DOUBT]
    clock.forward(seconds=5)
    await post_due(home)
    assert (states(home), net.asked, len(net.texts)) == ([P.PUBLISHED], 1, 1)


async def test_a_lost_request_is_sent_again_only_after_the_last_look() -> None:
    """Reads lag: for more than two minutes nothing is sent, then once."""
    clock, net = FakeClock(), FakePoster("L")
    home = _home(net, clock)
    await _settle_down(home, clock, 150)
    assert net.asked == 1
    await _settle_down(home, clock, 60)
    assert (states(home), net.asked, len(net.texts)) == ([P.PUBLISHED], 2, 1)


async def test_a_lagging_timeline_does_not_double() -> None:
    """A post that two looks do not show yet is found by the third."""
    clock, net = FakeClock(), FakePoster("A", blind=2)
    home = _home(net, clock)
    await _settle_down(home, clock)
    assert (states(home), net.asked, len(net.texts)) == ([P.PUBLISHED], 1, 1)


async def test_an_account_that_cannot_be_read_back_goes_to_an_editor() -> None:
    """Unreadable is not absent: the post is never sent blindly."""
    clock, net = FakeClock(), FakePoster("A")
    net.unreadable = 100
    home = _home(net, clock)
    await _settle_down(home, clock)
    assert (states(home), net.asked) == ([P.NEEDS_EDITOR], 1)


@pytest.mark.parametrize("published", [False, True])
async def test_a_worker_killed_between_claim_and_settle(published: bool, tmp_path: Path) -> None:
    """The lease ends, the post is read back, and it is on the network once."""
    clock, net = FakeClock(), FakePoster()
    url = f"sqlite:///{tmp_path}/digest.db"
    killed = house([account(stories=1)], {Network.X: net}, clock=clock, store=open_store(url))
    release(killed)
    post = killed.store.posts.due(clock.now())[0]
    claimed(killed, post, killed.worker)
    if published:
        await net.publish(killed.settings.accounts[0], post, None, None)
    killed.store.close()
    after = house(
        [account(stories=1)], {Network.X: net}, clock=clock, store=open_store(url), worker="test:2"
    )
    await post_due(after)
    assert len(net.texts) == published
    clock.forward(seconds=61)
    await _settle_down(after, clock)
    assert (states(after), len(net.texts)) == ([P.PUBLISHED], 1)
    after.store.close()


async def test_two_workers_publish_once(tmp_path: Path) -> None:
    """Whoever claims a post publishes it; the other leaves it alone."""
    clock, net = FakeClock(), FakePoster()
    url = f"sqlite:///{tmp_path}/digest.db"
    one = house([account()], {Network.X: net}, clock=clock, store=open_store(url), worker="a")
    two = house([account()], {Network.X: net}, clock=clock, store=open_store(url), worker="b")
    release(one)
    first, second = await post_due(one), await post_due(two)
    assert (first.published, second.published, len(net.texts)) == (3, 0, 3)
    one.store.close()
    two.store.close()


async def test_a_late_reading_never_undoes_what_another_worker_settled() -> None:
    """While one worker reads back, another has found the post: its word stands."""
    clock = FakeClock()
    net = _SettledByAnother("A")
    home = _home(net, clock)
    net.home = home
    await post_due(home)
    clock.forward(seconds=5)
    report = await post_due(home)
    assert states(home) == [P.PUBLISHED]
    assert report.results[0].state is P.PUBLISHED


class _SettledByAnother(FakePoster):
    """Sees nothing, and meanwhile somebody else has seen the post."""

    home: House | None = None

    async def find(self, account: object, post: object) -> None:
        """Settles as the other worker would."""
        assert self.home is not None
        row = self.home.store.posts.of_edition(1)[0]
        self.home.store.posts.settle(row.id, P.PUBLISHED, "found", published=self._published(row))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(script=st.text("PLAT", max_size=12), blind=st.integers(0, 2))
async def test_whatever_gets_lost_every_part_is_there_once(script: str, blind: int) -> None:
    """Any run of lost requests, lost answers and throttling ends with the thread whole."""
    clock = FakeClock()
    net = FakePoster(script, clock=clock, blind=blind)
    home = house([account(stories=2, shape=PostShape.THREAD)], {Network.X: net}, clock=clock)
    release(home)
    await _finish(home, clock)
    assert states(home) == [P.PUBLISHED] * 4
    assert [post.part for post in net.shown] == [0, 1, 2, 3]
    home.store.close()
