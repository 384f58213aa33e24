"""From slot to released edition: once per slot, by the newsletter's own rules."""

from dataclasses import replace

import pytest

from digest.model.delivery import DeliveryState
from digest.model.edition import Edition, EditionState
from digest.model.newsletter import Approval, IfNobody
from digest.newsroom import desk, editions
from digest.newsroom.house import House
from tests import builders
from tests.fakes import FakeClock
from tests.house import KeepingMailer, house, morning, with_articles, with_readers


def asking(rule: IfNobody, *editors: str) -> dict[str, object]:
    """Settings of a newsletter with that approval rule."""
    approval = Approval(ask=editors, if_nobody=rule)
    return {"newsletters": (builders.newsletter(approval=approval),)}


async def drafted(house: House) -> Edition:
    """The draft of Monday's slot."""
    made = await editions.produce(house, morning(house), builders.occurrence())
    assert isinstance(made, Edition), made
    return made


async def test_a_second_call_for_the_slot_makes_no_second_edition() -> None:
    """Producing twice gives the same edition and one row."""
    desk_house = with_articles(house())
    first, second = await drafted(desk_house), await drafted(desk_house)
    assert first.id == second.id
    assert len(desk_house.store.editions.recent("morning", 10)) == 1


async def test_a_draft_has_its_emails_stored() -> None:
    """One email without an appeal and one for each variant, all with the same subject."""
    desk_house = with_articles(house())
    edition = await drafted(desk_house)
    emails = desk_house.store.editions.emails(edition.id, edition.revision)
    assert [e.variant for e in emails] == ["", "a", "b"]
    assert {e.subject for e in emails} == {edition.subject}
    assert 3 <= len(edition.bulletin.briefs) <= 7
    assert edition.bulletin.words <= 210


async def test_nothing_new_makes_no_edition() -> None:
    """Without an article the reason is written, and no row is made."""
    desk_house = house()
    assert await editions.produce(desk_house, morning(desk_house), builders.occurrence()) == (
        "nothing new"
    )
    assert desk_house.store.editions.recent("morning", 10) == []


async def test_too_few_stories_make_no_edition() -> None:
    """A newsletter that wants three stories does not go out with one."""
    wanted = builders.newsletter(at_least=3)
    desk_house = with_articles(house(newsletters=(wanted,)), 1)
    made = await editions.produce(desk_house, wanted, builders.occurrence())
    assert made == "1 stories, 3 needed"


async def test_silence_sends_when_the_rule_says_so() -> None:
    """At the slot an edition nobody touched is released with its audience and the reason."""
    desk_house = with_readers(with_articles(house()), 5)
    edition = await drafted(desk_house)
    await editions.release_due(desk_house)
    after = desk.find(desk_house, edition.slug)
    assert after.state is EditionState.RELEASED
    assert "if nobody approves, send" in after.because
    assert desk_house.store.deliveries.counts(edition.id).counts == {DeliveryState.QUEUED: 5}


@pytest.mark.parametrize(
    ("rule", "state"), [(IfNobody.HOLD, EditionState.HELD), (IfNobody.SKIP, EditionState.SKIPPED)]
)
async def test_silence_holds_or_skips_by_rule(rule: IfNobody, state: EditionState) -> None:
    """Without approval nothing is owed to anybody."""
    desk_house = with_readers(with_articles(house(**asking(rule))))
    edition = await drafted(desk_house)
    await editions.release_due(desk_house)
    assert desk.find(desk_house, edition.slug).state is state
    assert desk_house.store.deliveries.counts(edition.id).total == 0


async def test_an_approved_edition_goes_out_under_every_rule() -> None:
    """An editor's word beats the rule for silence."""
    desk_house = with_readers(with_articles(house(**asking(IfNobody.HOLD))))
    edition = await drafted(desk_house)
    desk.approve(desk_house, edition.slug, "Effie")
    await editions.release_due(desk_house)
    after = desk.find(desk_house, edition.slug)
    assert (after.state, after.because) == (EditionState.RELEASED, "approved by Effie")


async def test_no_edition_is_released_before_its_slot() -> None:
    """Ten minutes early a draft stays a draft."""
    clock = FakeClock()
    desk_house = with_articles(house(clock=clock))
    edition = await drafted(desk_house)
    clock.forward(minutes=-10)
    assert await editions.release_due(desk_house) == ()
    assert desk.find(desk_house, edition.slug).state is EditionState.DRAFT


async def test_an_edition_found_hours_late_is_held() -> None:
    """After a long stop nothing stale goes out by itself."""
    clock = FakeClock()
    desk_house = with_readers(with_articles(house(clock=clock)))
    edition = await drafted(desk_house)
    clock.forward(hours=3)
    await editions.release_due(desk_house)
    after = desk.find(desk_house, edition.slug)
    assert after.state is EditionState.HELD
    assert "180 min after its slot" in after.because


async def test_a_story_is_not_sent_twice_to_a_newsletter() -> None:
    """What one edition used, the next one leaves out."""
    clock = FakeClock()
    desk_house = with_articles(house(clock=clock), 10)
    edition = await drafted(desk_house)
    await editions.release_due(desk_house)
    used = {b.url for b in edition.bulletin.briefs}
    clock.forward(hours=1)
    later = desk.occurrence_now(desk_house, morning(desk_house))
    second = await editions.produce(desk_house, morning(desk_house), later)
    assert isinstance(second, str) or not used & {b.url for b in second.bulletin.briefs}


async def test_the_editors_are_told_that_a_draft_is_ready() -> None:
    """Each editor gets one mail with the lines and the commands."""
    mailer = KeepingMailer()
    settings = asking(IfNobody.SEND, "desk@example.org", "night@example.org")
    await drafted(with_articles(house(mailer=mailer, **settings)))
    assert [m.address for m in mailer.kept] == ["desk@example.org", "night@example.org"]
    assert b"digest approve morning-2026-03-16-0700" in mailer.kept[0].content


async def test_the_state_an_edition_is_in_decides_what_an_editor_may_do() -> None:
    """A killed edition cannot be approved, and the sentence says why."""
    desk_house = with_articles(house())
    edition = await drafted(desk_house)
    desk.kill(desk_house, edition.slug, "Effie", "wrong date")
    with pytest.raises(Exception, match="is killed .*wrong date.* cannot become approved"):
        desk.approve(desk_house, edition.slug, "Effie")


async def test_hold_and_resume_keep_what_is_owed() -> None:
    """A released edition on hold owes nothing new and loses nothing."""
    desk_house = with_readers(with_articles(house()))
    edition = await drafted(desk_house)
    await editions.release_due(desk_house)
    desk.hold(desk_house, edition.slug, "Effie", "check the lead")
    assert desk_house.store.deliveries.open_editions(desk_house.clock.now()) == []
    desk.resume(desk_house, edition.slug, "Effie")
    assert desk_house.store.deliveries.open_editions(desk_house.clock.now()) == [edition.id]


async def test_run_now_makes_a_slot_of_this_second() -> None:
    """An edition outside the schedule is released at once, with the editor's name."""
    desk_house = with_readers(with_articles(house()))
    edition = await desk.run_now(desk_house, morning(desk_house), "Effie")
    assert edition.state is EditionState.RELEASED
    assert edition.because == "run now by Effie"


async def test_one_account_that_cannot_be_served_never_stops_the_mail() -> None:
    """A newsletter naming an account that is gone still reaches its readers."""
    lonely = replace(builders.newsletter(), accounts=("gone",))
    desk_house = with_readers(with_articles(house(newsletters=(lonely,), accounts=())))
    edition = await desk.run_now(desk_house, lonely, "Effie")
    assert desk_house.store.deliveries.counts(edition.id).total == 5
