"""When posts go out, for how much, in whose words, and what editors are told."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from digest.errors import UsageError
from digest.model.account import (
    Budget,
    Links,
    Network,
    Period,
    PostPicture,
    PostShape,
    TextRule,
    Unread,
)
from digest.model.appeal import AppealPlan
from digest.model.edition import Bulletin
from digest.model.mail import Quiet
from digest.model.newsletter import Approval, ScheduleRule
from digest.model.picture import Illustration, Picture
from digest.model.post import Post, PostState
from digest.newsroom import planning, queue
from digest.newsroom.house import House
from digest.newsroom.posting import post_due
from tests import builders
from tests.builders import NOW
from tests.fakes import FakeClock
from tests.fakes_social import FakePoster, account, house, paper, posts_of, release, states
from tests.house import KeepingMailer

P = PostState
DUBLIN = "Europe/Dublin"


def home(net: FakePoster, clock: FakeClock, **changes: Any) -> House:
    """A house with one account, on X unless told otherwise, and an edition planned by its rules."""
    network = changes.get("network", Network.X)
    where = account(**{"id": "main", **changes})
    newsletter = builders.newsletter(accounts=("main",), approval=Approval(ask=("desk@a.example",)))
    made = house([where], {network: net}, clock=clock)
    return replace(
        made,
        settings=replace(made.settings, newsletters=(newsletter,)),
        mailer=KeepingMailer(),
    )


def planned(there: House, **changes: Any) -> list[Post]:
    """An edition released with the posts that its account's rules plan."""
    edition = there.store.editions.add(paper(**changes), [])
    assert edition is not None
    posts = planning.planned_posts(there, edition)
    there.store.editions.release(edition, "test", there.clock.now(), AppealPlan(), posts)
    return there.store.posts.of_edition(edition.id)


def due(there: House, **changes: Any) -> list[str]:
    """The local times of the posts of an edition."""
    zone = there.settings.accounts[0].timezone
    return [f"{p.due_at.astimezone(ZoneInfo(zone)):%a %H:%M}" for p in planned(there, **changes)]


def notices(there: House) -> str:
    """All mail to editors."""
    assert isinstance(there.mailer, KeepingMailer)
    return "\n".join(m.content.decode().replace("=\r\n", "") for m in there.mailer.kept)


def test_without_slots_posts_follow_at_the_gap() -> None:
    """The first at once; those of the next edition come after those that wait."""
    there = home(FakePoster(), FakeClock(), gap=timedelta(minutes=5), timezone=DUBLIN)
    assert due(there) == ["Mon 07:00", "Mon 07:05", "Mon 07:10"]
    assert due(there, slug="two", local_time=time(9), bulletin=other())[0] == "Mon 07:15"


def other() -> Bulletin:
    """Three other stories."""
    return Bulletin(briefs=tuple(builders.brief(n) for n in (11, 12, 13)), words=36, seconds=9)


def test_slots_take_one_post_each_and_none_twice() -> None:
    """Of this and of the next edition; what finds no slot while it is news is taken out."""
    rule = ScheduleRule(text="weekdays 08:15, 09:00, 10:30, 12:00", timezone=DUBLIN)
    there = home(FakePoster(), FakeClock(), slots=(rule,), timezone=DUBLIN)
    assert due(there) == ["Mon 08:15", "Mon 09:00", "Mon 10:30"]
    second = planned(there, slug="two", local_time=time(9), bulletin=other())
    assert [p.state for p in second] == [P.QUEUED, P.EXPIRED, P.EXPIRED]
    assert second[0].due_at == datetime(2026, 3, 16, 12, 0, tzinfo=UTC)
    assert "no free slot within 6 h" in second[1].because


def test_quiet_hours_are_waited_for() -> None:
    """An edition at seven posts from nine on, where the account sleeps until then."""
    quiet = Quiet(begins=time(21), ends=time(9))
    there = home(FakePoster(), FakeClock(), quiet=quiet, timezone=DUBLIN, gap=timedelta(minutes=1))
    assert due(there) == ["Mon 09:00", "Mon 09:01", "Mon 09:02"]


async def test_what_an_outage_delayed_keeps_its_distance() -> None:
    """Three posts overdue for an hour go out one a gap, not in a burst."""
    clock, net = FakeClock(), FakePoster()
    there = home(net, clock, gap=timedelta(minutes=5))
    planned(there)
    clock.forward(hours=1)
    counts = []
    for _ in range(12):
        await post_due(there)
        counts.append(len(net.shown))
        clock.forward(minutes=1)
    assert counts == [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3]


async def test_quiet_hours_hold_what_is_late_and_an_editor_may_break_them() -> None:
    """Overdue at night: it waits for the morning, unless somebody says now."""
    clock, net = FakeClock(), FakePoster()
    quiet = Quiet(begins=time(7, 30), ends=time(11))
    there = home(net, clock, quiet=quiet)
    posts = planned(there)
    clock.forward(hours=1)
    await post_due(there)
    assert net.asked == 0
    assert states(there) == [P.DEFERRED] * 3
    queue.post_now(there, posts[1].id)
    await post_due(there)
    assert [p.id for p in net.shown] == [posts[1].id]
    clock.forward(hours=3)
    await post_due(there)
    assert states(there) == [P.PUBLISHED] * 3


async def test_a_budget_is_never_exceeded() -> None:
    """Two of three posts with a link fit into 45 cents; the third is taken out when it is old."""
    clock, net = FakeClock(), FakePoster()
    money = Budget(amount=Decimal("0.45"), per=Period.MONTH)
    there = home(net, clock, budget=money)
    posts = planned(there, bulletin=linked())
    assert [p.price for p in posts] == [200, 200, 200]
    await post_due(there)
    assert states(there) == [P.PUBLISHED, P.PUBLISHED, P.DEFERRED]
    waiting = there.store.posts.of_edition(1)[2]
    assert "$0.40 of $0.45" in waiting.because
    clock.forward(hours=7)
    await post_due(there)
    assert states(there)[2] is P.EXPIRED
    assert "out of budget" in there.store.posts.of_edition(1)[2].because
    assert there.store.accounts.spent("main", NOW - timedelta(days=1)) == 400


def linked() -> Bulletin:
    """Three stories whose addresses X sees as links."""
    briefs = paper().bulletin.briefs
    return Bulletin(
        briefs=tuple(replace(b, url=f"https://sample.ie/{b.article_id}/") for b in briefs)
    )


def test_links_go_as_far_as_the_budget() -> None:
    """`links: budget`: the leading story has its link, the others keep their words."""
    money = Budget(amount=Decimal("0.25"), per=Period.DAY)
    there = home(FakePoster(), FakeClock(), budget=money, links=Links.BUDGET)
    posts = planned(there, bulletin=linked())
    assert [p.price for p in posts] == [200, 15, 15]
    assert [bool(p.link) for p in posts] == [True, False, False]


async def test_a_refusal_is_told_to_editors_once() -> None:
    """A rejected post and refused keys, one mail each, whoever runs the queue again."""
    clock = FakeClock()
    there = home(FakePoster("RK", clock=clock), clock)
    planned(there)
    for _ in range(3):
        await post_due(there)
    told = notices(there)
    assert told.count("Subject: Posts on main need you") == 1
    assert "the text is too long" in told
    assert "Nothing more goes to main: the keys are refused" in told
    assert "digest posts resume main" in told


async def test_what_a_server_takes_is_asked_once_a_day() -> None:
    """The rule of the account's own server is in force from the next edition on; a server that
    does not answer is asked again after an hour, and the usual rule holds."""
    clock, net = FakeClock(), FakePoster()
    there = home(net, clock, network=Network.MASTODON)
    net.told = "it answered 503"
    await post_due(there)
    assert there.store.accounts.rule("main") is not None
    net.told = TextRule(limit=120, link=32)
    await post_due(there)
    assert planned(there)[0].length > 120
    clock.forward(hours=1)
    await post_due(there)
    second = planned(there, slug="two", local_time=time(9), bulletin=other())
    assert all(p.length <= 120 for p in second)


async def test_a_hold_word_waits_for_an_editor() -> None:
    """Only where the text says the word, as a word."""
    net = FakePoster()
    there = home(net, FakeClock(), hold_words=("divers", "lights of harbour number 2", "harb"))
    assert [p.state for p in planned(there)] == [P.HELD] * 3
    there = home(net, FakeClock(), hold_words=("lights of harbour number 2", "harb"))
    posts = planned(there)
    assert [p.state for p in posts] == [P.QUEUED, P.HELD, P.QUEUED]
    assert "a hold word of main" in posts[1].because
    await post_due(there)
    assert states(there) == [P.PUBLISHED, P.HELD, P.PUBLISHED]


async def test_a_tag_is_held_and_the_rest_goes() -> None:
    """Sections, hashtags and what is sensitive are tags."""
    net = FakePoster()
    there = home(net, FakeClock(), hashtags=("Harbour",))
    briefs = [
        replace(b, section=s)
        for b, s in zip(linked().briefs, ("Sport", "News", "Sport"), strict=True)
    ]
    posts = planned(there, bulletin=Bulletin(briefs=tuple(briefs)))
    assert posts[0].tags == ("morning", "sport", "harbour")
    assert "#Harbour" in posts[0].text
    queue.hold(there, "tag:Sport", "doping case", "ann")
    await post_due(there)
    assert states(there) == [P.QUEUED, P.PUBLISHED, P.QUEUED]
    assert "doping case" in (await queue.rehearse(there, posts[0].id)).because


async def test_a_story_goes_with_its_own_picture_or_a_drawn_one() -> None:
    """Never without alt text; none where the account wants none, and the card's on Bluesky."""
    shown = Illustration(name="0a1b.jpg", width=1200, height=675, alt="The harbour at night")
    first, *rest = linked().briefs
    briefs = (replace(first, picture=shown), *rest)
    for network, wanted, pictures in (
        (Network.X, PostPicture.IMAGE, 3),
        (Network.X, PostPicture.CARD, 0),
        (Network.BLUESKY, PostPicture.CARD, 3),
        (Network.BLUESKY, PostPicture.NONE, 0),
        (Network.MASTODON, PostPicture.IMAGE, 3),
    ):
        net = FakePoster()
        there = home(net, FakeClock(), network=network, picture=wanted)
        there.store.pictures.save(
            Picture(name="0a1b.jpg", url="u", width=1200, height=675, content=b"own", made_at=NOW)
        )
        planned(there, bulletin=Bulletin(briefs=briefs))
        await post_due(there)
        found = [one for one in net.pictures if one is not None]
        assert len(found) == pictures
        assert all(one.alt for one in found)
        if found:
            assert (found[0].content, found[0].alt) == (b"own", "The harbour at night")
            assert found[1].content.startswith(b"\xff\xd8") and found[1].width == 1200


async def test_an_editors_words_go_out_and_fit() -> None:
    """Too long is refused with both figures; the price follows the words."""
    net = FakePoster()
    there = home(net, FakeClock())
    posts = planned(there, bulletin=linked())
    with pytest.raises(UsageError, match="of 280 signs"):
        queue.edit(there, posts[0].id, "long " * 60)
    told = queue.edit(there, posts[0].id, "The lights are on again.")
    assert told == f"post {posts[0].id}: 24 of 280 signs, $0.015"
    queue.hold(there, str(posts[1].id), "wait", "ann")
    queue.take_out(there, posts[2].id, "no news", "ann")
    await post_due(there)
    assert net.texts == ["The lights are on again."]
    assert states(there) == [P.PUBLISHED, P.HELD, P.EXPIRED]


async def test_where_nobody_can_look_an_editor_decides_or_the_account_risks_it() -> None:
    """Telegram shows no bot what it posted: ask, or publish once more."""
    for rule, ended, asked in ((Unread.ASK, P.NEEDS_EDITOR, 1), (Unread.RESEND, P.PUBLISHED, 2)):
        clock, net = FakeClock(), FakePoster("L")
        there = home(net, clock, network=Network.TELEGRAM, stories=1, unread=rule)
        (only,) = planned(there)
        for _ in range(3):
            await post_due(there)
            clock.forward(minutes=2)
        assert (states(there), net.asked) == ([ended], asked)
        if rule is Unread.ASK:
            queue.found(there, only.id, "https://t.me/samplepost/7")
            assert states(there) == [P.PUBLISHED]


async def test_a_throttled_account_is_left_alone_until_then() -> None:
    """One request is wasted, none follows, and reading back waits too."""
    clock = FakeClock()
    net = FakePoster("AT", clock=clock)
    there = home(net, clock)
    planned(there)
    for _ in range(11):
        await post_due(there)
        clock.forward(seconds=5)
    assert net.asked == 2
    clock.forward(seconds=10)
    for _ in range(30):
        await post_due(there)
        clock.forward(seconds=5)
    assert states(there) == [P.PUBLISHED] * 3
    assert sorted(net.texts) == sorted(set(net.texts))


def test_editors_read_the_price_before_they_approve() -> None:
    """A line an account: how many posts, for how much of what."""
    money = Budget(amount=Decimal(20), per=Period.MONTH)
    there = home(FakePoster(), FakeClock(), budget=money)
    edition = there.store.editions.add(paper(bulletin=linked()), [])
    assert edition is not None
    assert planning.told(there, planning.planned_posts(there, edition)) == [
        "main: 3 posts for $0.60 of 20 USD per month"
    ]


async def test_a_post_is_rehearsed_to_the_byte() -> None:
    """What would leave, without leaving."""
    net = FakePoster()
    there = home(net, FakeClock())
    (first, *_) = planned(there)
    told = await queue.rehearse(there, first.id)
    assert (told.limit, told.because) == (280, "")
    assert told.calls[0].body == first.text.encode()
    assert (net.asked, states(there)[0]) == (0, P.QUEUED)


def test_a_broken_template_leaves_the_mail_alone() -> None:
    """The account's posts are missing, and nothing else is."""
    there = home(FakePoster(), FakeClock())
    broken = replace(there, templates={**there.templates, "posts/story.txt.j2": "{{ nothing }}"})
    assert planned(broken) == []


def test_a_networks_own_template_replaces_everybodys() -> None:
    """posts/x/story.txt.j2 is X's alone."""
    there = home(FakePoster(), FakeClock())
    own = {**there.templates, "posts/x/story.txt.j2": "X: {{ words }} {{ link }}"}
    (first, *_) = planned(replace(there, templates=own))
    assert first.text.startswith("X: The lights")
    long = {**there.templates, "posts/x/story.txt.j2": "much too long " * 30 + "{{ words }}"}
    posts = planned(
        replace(there, templates=long), slug="two", local_time=time(9), bulletin=other()
    )
    assert {p.state for p in posts} == {P.HELD}
    assert "shorten it" in posts[0].because


def test_a_bulletin_that_fits_one_post_is_no_thread() -> None:
    """On Telegram the whole edition is one message with all its lines and the edition's page."""
    where = account(Network.TELEGRAM, shape=PostShape.THREAD)
    (only,) = posts_of(where, FakeClock())
    assert (only.kind, only.thread) == ("whole", False)
    assert only.text.startswith("News in 60 seconds, Monday 16 March\n\n• Sorrisdale: The lights")
    assert only.text.endswith("\n\nhttps://sample.ie/editions/morning-2026-03-16-0700")


def test_release_helper_is_the_same_as_planning() -> None:
    """What other tests release is what newsrooms get."""
    there = home(FakePoster(), FakeClock())
    edition = release(there)
    again = planning.planned_posts(there, edition)
    assert [p.text for p in again] == [p.text for p in there.store.posts.of_edition(edition.id)]
