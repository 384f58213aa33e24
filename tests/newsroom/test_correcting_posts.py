"""Posts of a story that changes: those that wait get its new words, those that are out are told."""

from dataclasses import replace

import pytest

from digest.model.account import Network, PostShape
from digest.model.newsletter import Approval
from digest.model.post import Post, PostState
from digest.newsroom import correcting, posting
from digest.newsroom.house import House
from tests import builders
from tests.changing import correct, newest, read_from_the_web, released, withdraw
from tests.fakes import FakeClock
from tests.fakes_collect import Answer, FakeFetcher
from tests.fakes_social import FakePoster, account, claimed
from tests.house import KeepingMailer, house, with_articles

P = PostState
SUNDAY, MONDAY = "came back on Sunday", "came back on Monday"


def newsroom(poster: FakePoster, **changes: object) -> House:
    """Eight stories and one account."""
    newsletter = builders.newsletter(approval=Approval(ask=("desk@example.org",)))
    there = house(
        newsletters=(newsletter,),
        accounts=(account(**changes),),
        posters={Network.X: poster},
        clock=FakeClock(),
    )
    return with_articles(there)


def forward(house: House, **by: float) -> None:
    """Let time pass."""
    assert isinstance(house.clock, FakeClock)
    house.clock.forward(**by)


def posts(house: House) -> list[Post]:
    """The edition's posts in order."""
    return house.store.posts.of_edition(1)


def states(house: House) -> list[PostState]:
    """Their states."""
    return [post.state for post in posts(house)]


def url(number: int) -> str:
    """The address of a story."""
    return f"https://sample.example/news/story-{number}/"


def notice(house: House) -> str:
    """The latest mail to the editor."""
    assert isinstance(house.mailer, KeepingMailer)
    return house.mailer.kept[-1].content.decode().replace("=\r\n", "")


@pytest.mark.parametrize("state", [P.QUEUED, P.DEFERRED, P.HELD, P.NEEDS_EDITOR, P.FAILED])
async def test_a_post_that_waits_gets_the_new_words(state: PostState) -> None:
    """Text and length are new; place, time, key and state are those it had."""
    there = newsroom(FakePoster())
    await released(there)
    before = posts(there)
    for post in before:
        there.store.posts.settle(post.id, state, "")
    correct(there, url(1), SUNDAY, MONDAY)
    await correcting.follow(there)
    first, *rest = posts(there)
    assert first == replace(
        before[0], state=state, revision=2, text=before[0].text.replace(SUNDAY, MONDAY)
    )
    assert [post.text for post in rest] == [post.text for post in before[1:]]


@pytest.mark.parametrize("state", [P.PUBLISHING, P.IN_DOUBT, P.PUBLISHED])
async def test_a_post_that_may_be_out_keeps_its_words_and_the_editor_is_told(
    state: PostState,
) -> None:
    """What the network has, or may have, is for the editor to decide; it is named in the notice."""
    there = newsroom(FakePoster())
    await released(there)
    there.store.posts.settle(posts(there)[0].id, state, "")
    before = posts(there)[0]
    correct(there, url(1), SUNDAY, MONDAY)
    await correcting.follow(there)
    assert posts(there)[0] == before
    assert f"A post on x-main is {state.replace('_', ' ')} with the old words" in notice(there)


async def test_posts_of_a_withdrawn_story_do_not_go_out() -> None:
    """They end with the reason, the others are published."""
    net = FakePoster()
    there = newsroom(net)
    await released(there)
    withdraw(there, url(2))
    await posting.post_due(there)
    assert states(there) == [P.PUBLISHED, P.EXPIRED, P.PUBLISHED]
    assert posts(there)[1].because == "withdrawn: its page is gone (404)"
    assert not any("boil their water" in text for text in net.texts)


async def test_a_post_nobody_could_read_back_is_looked_for_by_the_editor() -> None:
    """Taken out of the queue, but it may be on the network."""
    there = newsroom(FakePoster())
    await released(there)
    there.store.posts.settle(posts(there)[0].id, P.NEEDS_EDITOR, "unreadable")
    withdraw(there, url(1))
    await correcting.follow(there)
    assert "so look there" in posts(there)[0].because


async def test_a_thread_goes_on_without_a_withdrawn_story() -> None:
    """Opener, the other stories and closer follow one another, and nothing waits for ever."""
    net = FakePoster()
    there = newsroom(net, shape=PostShape.THREAD)
    await released(there)
    withdraw(there, url(2))
    await posting.post_due(there)
    assert states(there) == [P.PUBLISHED, P.PUBLISHED, P.EXPIRED, P.PUBLISHED, P.PUBLISHED]
    parent = net.parents[2]
    assert parent is not None and parent.parent_id == net.shown[1].key


async def test_a_thread_without_any_story_left_does_not_open() -> None:
    """Neither opener nor closer stands alone."""
    net = FakePoster()
    there = newsroom(net, shape=PostShape.THREAD)
    await released(there)
    for number in (1, 2, 3):
        withdraw(there, url(number))
    await posting.post_due(there)
    assert states(there) == [P.EXPIRED] * 5
    assert (net.asked, posts(there)[0].because) == (0, "no story of its thread is left")


async def test_an_opener_follows_a_corrected_subject() -> None:
    """The title post says what the edition's subject says now."""
    there = newsroom(FakePoster(), shape=PostShape.THREAD)
    edition = await released(there)
    correct(there, url(1), "Harbour lights in Sorrisdale", "Harbour lights at Knockbrack")
    await correcting.follow(there)
    assert newest(there, edition).subject in posts(there)[0].text
    assert "Knockbrack" in posts(there)[0].text


async def test_before_a_post_its_story_is_looked_at() -> None:
    """A page corrected, and one gone, since the release: the posts know it, without any feed."""
    net = FakePoster()
    there = newsroom(net)
    web = FakeFetcher({})
    there = replace(there, fetcher=web)
    await read_from_the_web(there, web)
    await released(there)
    forward(there, minutes=11)
    body = web.answers[url(1)].body.replace(SUNDAY.encode(), MONDAY.encode())
    web.answers |= {
        url(1): replace(web.answers[url(1)], body=body),
        url(2): Answer(status=404),
    }
    report = await posting.post_due(there)
    assert report.published == 2
    assert MONDAY in net.texts[0] and "boil" not in "".join(net.texts)
    assert posts(there)[1].because == "withdrawn: its page is gone (404)"


async def test_pages_are_looked_at_once_for_many_posts() -> None:
    """Politeness: in ten minutes each page is asked for once, however often the queue runs."""
    there = newsroom(FakePoster("TTT"))
    web = FakeFetcher({})
    there = replace(there, fetcher=web)
    await read_from_the_web(there, web)
    edition = await released(there)
    forward(there, minutes=11)
    for _ in range(5):
        await posting.post_due(there)
        forward(there, minutes=1)
    assert set(web.visits) == {brief.url for brief in edition.bulletin.briefs}
    assert set(web.visits.values()) == {1}


async def test_words_that_came_back_from_the_network_are_brought_up_to_date() -> None:
    """On its way when its story changed, throttled, and published with the new words."""
    clock = FakeClock()
    net = FakePoster(clock=clock)
    there = newsroom(net)
    await released(there)
    first = posts(there)[0]
    claimed(there, first)
    correct(there, url(1), SUNDAY, MONDAY)
    await correcting.follow(there)
    assert SUNDAY in posts(there)[0].text
    there.store.posts.settle(first.id, P.DEFERRED, "throttled", next_at=there.clock.now())
    await posting.post_due(there)
    assert states(there) == [P.PUBLISHED] * 3
    assert not any(SUNDAY in text for text in net.texts)
    assert any(MONDAY in text for text in net.texts)


async def test_a_post_that_cannot_be_brought_up_to_date_is_held() -> None:
    """Old words never go out because new ones could not be written."""
    net = FakePoster()
    there = newsroom(net)
    await released(there)
    correct(there, url(1), SUNDAY, MONDAY)
    broken = replace(there, templates={})
    await posting.post_due(broken)
    assert net.asked == 0
    assert set(states(there)) == {P.HELD}
    assert "could not be brought up to it" in posts(there)[0].because
