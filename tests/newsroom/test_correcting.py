"""An article changes or vanishes: before the draft, before the release, and after it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.errors import UsageError
from digest.model.delivery import DeliveryState, Message
from digest.model.edition import EditionState
from digest.model.news import ArticleKind
from digest.model.newsletter import Approval, IfNobody
from digest.newsroom import correcting, desk, editions, sending
from digest.newsroom.house import House
from tests import builders
from tests.changing import (
    add,
    correct,
    drafted,
    lines,
    newest,
    read_from_the_web,
    released,
    told,
    withdraw,
)
from tests.fakes import FakeClock
from tests.fakes_collect import Answer, FakeFetcher
from tests.house import KeepingMailer, house, with_articles, with_readers

SUNDAY, MONDAY = "came back on Sunday", "came back on Monday"


def newsroom(count: int = 10, readers: int = 5, **changes: object) -> House:
    """Ten stories, five readers, and an editor who is told."""
    approval = Approval(ask=("desk@example.org",), if_nobody=IfNobody.SEND)
    newsletter = builders.newsletter(**{"approval": approval, **changes})
    return with_readers(with_articles(house(newsletters=(newsletter,)), count), readers)


def forward(house: House, **by: float) -> None:
    """Let time pass."""
    assert isinstance(house.clock, FakeClock)
    house.clock.forward(**by)


def kept(house: House) -> list[Message]:
    """All messages so far."""
    assert isinstance(house.mailer, KeepingMailer)
    return house.mailer.kept


def notices(house: House) -> list[str]:
    """The mails to the editor about corrections."""
    found = [m.content.decode().replace("=\r\n", "") for m in kept(house) if m.subscriber_id < 0]
    return [text for text in found if "Subject: Corrected" in text]


async def on_the_web(house: House) -> tuple[House, FakeFetcher]:
    """The same house with a page for each article, and time for them to grow old."""
    web = FakeFetcher({})
    there = replace(house, fetcher=web)
    await read_from_the_web(there, web)
    forward(there, minutes=10)
    web.now = there.clock.now()
    return there, web


def changed_page(web: FakeFetcher, url: str, old: str, new: str) -> None:
    """The page says something else from now on."""
    answer = web.answers[url]
    assert old.encode() in answer.body
    web.answers[url] = replace(answer, body=answer.body.replace(old.encode(), new.encode()))


def url(number: int) -> str:
    """The address of a story."""
    return f"https://sample.example/news/story-{number}/"


async def test_a_draft_is_written_from_what_the_pages_say_now() -> None:
    """A corrected page gives its new words, one that is gone gives its place to the next story."""
    there, web = await on_the_web(newsroom())
    changed_page(web, url(1), SUNDAY, MONDAY)
    web.answers[url(2)] = Answer(status=410)
    edition = await drafted(there)
    assert any(MONDAY in line for line in lines(edition))
    assert url(2) not in {brief.url for brief in edition.bulletin.briefs}
    assert len(edition.bulletin.briefs) == 7
    assert f"it was withdrawn: {told(there, url(2)).withdrawn}" in " ".join(edition.left_out)
    used = {brief.url for brief in edition.bulletin.briefs}
    assert all(web.visits[one] == 1 for one in used), "each was looked at, and once"
    assert edition.revision == 1 and edition.corrections == ()


async def test_pages_that_do_not_answer_keep_no_edition_back() -> None:
    """Without any web the draft is written from what is stored."""
    there, web = await on_the_web(newsroom())
    web.answers.clear()
    assert len((await drafted(there)).bulletin.briefs) == 7


async def test_nobody_asks_for_a_page_that_was_looked_at_just_now() -> None:
    """Half a minute after the draft no page is fetched again; ten minutes later all."""
    there, web = await on_the_web(newsroom())
    edition = await drafted(there)
    web.visits.clear()
    forward(there, seconds=30)
    await correcting.look(there, [newest(there, edition)], seconds=1, fresh=correcting.FRESH)
    assert web.visits.total() == 0
    forward(there, minutes=10)
    await editions.release_due(there)
    assert set(web.visits) == {brief.url for brief in edition.bulletin.briefs}


async def test_no_two_notices_are_one_file() -> None:
    """A dry machine names files by edition and number: the draft's notice is not written over."""
    there, web = await on_the_web(newsroom())
    edition = await drafted(there)
    forward(there, minutes=30)
    changed_page(web, url(2), "4,000", "400")
    await editions.release_due(there)
    numbers = [m.subscriber_id for m in kept(there) if m.subscriber_id < 0]
    assert len(numbers) == len(set(numbers)) >= 2 and edition.id


async def test_a_correction_before_the_release_reaches_everybody() -> None:
    """Approved at night, corrected in the morning: the approval stays and says so."""
    there, web = await on_the_web(newsroom())
    edition = await drafted(there)
    before = lines(edition)
    desk.approve(there, edition.slug, "Effie")
    forward(there, minutes=30)
    changed_page(web, url(2), "4,000", "400")
    await editions.release_due(there)
    after = newest(there, edition)
    assert (after.state, after.revision) == (EditionState.RELEASED, 2)
    assert after.because.startswith("approved by Effie; revised after approval: “Water notice")
    assert [b for b, a in zip(before, lines(after), strict=True) if b != a] == [before[1]]
    assert "About 400 people" in lines(after)[1]
    (notice,) = notices(there)
    assert "About 400 people" in notice and "nobody has it yet" in notice
    await sending.send_due(there)
    readers = [m for m in kept(there) if m.subscriber_id > 0]
    assert len(readers) == 5
    assert all(b"About 400 people" in m.content for m in readers)


async def test_a_withdrawal_before_the_release_lets_a_spare_story_move_up() -> None:
    """The others keep their order and words; the new one comes last."""
    there = newsroom()
    edition = await drafted(there)
    withdraw(there, url(2))
    await editions.release_due(there)
    after = newest(there, edition)
    assert lines(after)[:6] == [line for line in lines(edition) if "boil their water" not in line]
    assert len(after.bulletin.briefs) == 7 and after.bulletin.briefs[6].url not in {
        brief.url for brief in edition.bulletin.briefs
    }
    assert after.state is EditionState.RELEASED
    assert after.corrections[0].pulled and after.corrections[0].because == "its page is gone (404)"
    assert any("was pulled: its page is gone (404)" in reason for reason in after.left_out)
    assert after.bulletin.words == sum(brief.words for brief in after.bulletin.briefs) <= 210


async def test_too_short_an_edition_is_held_with_the_reason() -> None:
    """Below the newsletter's least number nothing goes out by itself, and the editor is told."""
    there = newsroom(3, at_least=3)
    edition = await drafted(there)
    withdraw(there, url(1))
    (said,) = await editions.release_due(there)
    after = newest(there, edition)
    assert (after.state, after.released_at) == (EditionState.HELD, None)
    assert after.because.startswith("2 stories, 3 needed: “Harbour lights")
    assert after.because in said
    assert "It is held" in notices(there)[0]


async def test_subject_and_preheader_follow_their_story() -> None:
    """A corrected headline stands in the subject; an editor's own subject stays."""
    there = newsroom()
    edition = await drafted(there)
    correct(there, url(1), "Harbour lights in Sorrisdale", "Harbour lights at Knockbrack")
    await editions.release_due(there)
    after = newest(there, edition)
    assert edition.subject.startswith("Harbour lights in Sorrisdale")
    assert after.subject.startswith("Harbour lights at Knockbrack")


async def test_after_the_release_the_rest_get_the_correction() -> None:
    """One revision, with emails of its own, and the same words for the other stories."""
    there = newsroom()
    edition = await released(there)
    correct(there, url(1), SUNDAY, MONDAY)
    assert await correcting.follow(there) == (f"{edition.slug}: revision 2",)
    after = newest(there, edition)
    assert lines(after)[1:] == lines(edition)[1:] and MONDAY in lines(after)[0]
    assert after.bulletin.briefs[0].article_version == 2
    (correction,) = after.corrections
    assert (correction.revision, correction.url, correction.because) == (
        2,
        url(1),
        "1 paragraph edited",
    )
    assert len(there.store.editions.emails(edition.id, 2)) == 3
    assert await correcting.follow(there) == ()
    assert newest(there, edition) == after, "a second run changes nothing"


async def test_the_editors_are_told_once() -> None:
    """What changed, why, and how many have the old words, however often the loop runs."""
    there = newsroom()
    await released(there)
    await sending.send_due(there)
    correct(there, url(1), SUNDAY, MONDAY)
    for _ in range(3):
        await correcting.follow(there)
        await sending.send_due(there)
    (notice,) = notices(there)
    assert "5 subscribers have an earlier revision already, 0 get revision 2" in notice
    assert MONDAY in notice and SUNDAY in notice and "1 paragraph edited" in notice


async def test_a_withdrawal_after_the_release_makes_the_edition_shorter() -> None:
    """Nothing moves up; the next run finds nothing to do, and a restored page brings nothing."""
    there = newsroom()
    edition = await released(there)
    withdraw(there, url(3))
    await correcting.follow(there)
    after = newest(there, edition)
    assert len(after.bulletin.briefs) == 6 and after.corrections[0].pulled
    there.store.articles.save([replace(told(there, url(3)), withdrawn="", hash="back")])
    assert await correcting.follow(there) == ()
    assert newest(there, edition) == after
    assert url(3) in there.store.editions.used_urls("morning", builders.NOW)


async def test_an_edition_without_stories_stops() -> None:
    """When all its stories are withdrawn in mid-send, nobody gets an empty mail."""
    there = newsroom(1)
    edition = await released(there)
    withdraw(there, url(1))
    await sending.send_due(there)
    after = newest(there, edition)
    assert after.state is EditionState.HELD and after.because.startswith("0 stories, 1 needed")
    assert there.store.deliveries.counts(edition.id).counts == {DeliveryState.QUEUED: 5}


async def test_a_live_page_makes_no_storm_of_revisions() -> None:
    """Twenty additions on top of the story, and a headline that turns with it: nothing changes."""
    there = newsroom()
    article = replace(told(there, url(1)), kind=ArticleKind.LIVE)
    there.store.articles.save([article])
    edition = await released(there)
    for number in range(20):
        add(there, url(1), f"At {number}.15pm the harbour master spoke to reporters on the pier.")
        live = told(there, url(1))
        headline = f"Live: update {number} from Sorrisdale"
        there.store.articles.save([replace(live, headline=headline, hash=f"h{number}")])
        assert await correcting.follow(there) == ()
    after = newest(there, edition)
    assert (after.revision, after.corrections, lines(after)) == (1, (), lines(edition))
    assert after.bulletin.briefs[0].article_version == told(there, url(1)).version > 20
    assert notices(there) == []


async def test_a_correction_elsewhere_in_the_article_is_only_noted() -> None:
    """The brief's sentence, headline and block stand: no revision, no note, nobody is told."""
    there = newsroom()
    edition = await released(there)
    correct(there, url(1), "More than 100 divers", "More than 300 divers")
    await correcting.follow(there)
    after = newest(there, edition)
    assert (after.revision, after.bulletin.briefs[0].article_version) == (1, 2)
    assert there.store.editions.outdated(builders.NOW - timedelta(days=2)) == []


async def test_after_two_days_an_edition_is_history() -> None:
    """Its page stays as it was sent; no revision is made of it any more."""
    there = newsroom()
    edition = await released(there)
    forward(there, hours=49)
    correct(there, url(1), SUNDAY, MONDAY)
    assert await correcting.follow(there) == ()
    assert newest(there, edition).revision == 1


async def test_a_killed_edition_is_left_alone() -> None:
    """What was withdrawn for good needs no correction."""
    there = newsroom()
    edition = await released(there)
    desk.kill(there, edition.slug, "Effie", "wrong")
    correct(there, url(1), SUNDAY, MONDAY)
    assert await correcting.follow(there) == ()
    assert newest(there, edition).revision == 1
    with pytest.raises(UsageError, match="is killed"):
        await desk.correct(there, edition.slug, "Effie", "")


async def test_what_cannot_be_corrected_stops_going_out() -> None:
    """A template broken meanwhile holds the edition with the reason, instead of old words."""
    there = newsroom()
    edition = await released(there)
    correct(there, url(1), SUNDAY, MONDAY)
    broken = replace(there, templates={**there.templates, "email.txt.j2": "{{ nothing }}"})
    (said,) = await correcting.follow(broken)
    after = newest(there, edition)
    assert after.state is EditionState.HELD
    assert "could not be revised: template email.txt.j2" in after.because and after.because in said
    desk.resume(there, edition.slug, "Effie")
    await correcting.follow(there)
    assert newest(there, edition).revision == 2


async def test_the_editors_word_looks_at_once_and_says_what_was_done() -> None:
    """`digest correct` fetches the pages now, keeps the editor's reason and counts the readers."""
    there, web = await on_the_web(newsroom())
    edition = await released(there)
    nothing = await desk.correct(there, edition.slug, "Effie", "a reader wrote")
    assert nothing == (
        f"{edition.slug}: looked again at 7 articles; nothing changed for its readers",
    )
    changed_page(web, url(1), SUNDAY, MONDAY)
    said = await desk.correct(there, edition.slug, "Effie", "a reader wrote")
    assert said[0] == f"{edition.slug}: revision 2, 7 stories, 31 seconds"
    assert "(1 paragraph edited; Effie: a reader wrote)" in said[1]
    assert said[2] == "0 subscribers have an earlier revision already, 5 get revision 2."


async def test_shortly_before_the_slot_the_pages_are_looked_at() -> None:
    """So that at the slot nobody waits for them."""
    early = newsroom()
    forward(early, minutes=-40)
    there, web = await on_the_web(early)
    edition = await drafted(there)
    web.visits.clear()
    forward(there, minutes=10)
    await correcting.follow(there)
    assert web.visits.total() == 0, "ten minutes early it is too soon"
    forward(there, minutes=19, seconds=30)
    changed_page(web, url(1), SUNDAY, MONDAY)
    await correcting.follow(there)
    assert web.visits.total() == 7
    forward(there, seconds=30)
    await editions.release_due(there)
    assert web.visits.total() == 7
    assert MONDAY in lines(newest(there, edition))[0]
