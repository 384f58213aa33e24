"""Editors' pins and bars, sensitive drafts, and how often a bulletin is written."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from digest.errors import UsageError
from digest.model.edition import Edition, EditionState
from digest.model.news import Article, ArticleKind, Ruling, RulingKind
from digest.model.newsletter import Approval, IfNobody, IfSensitive
from digest.newsroom import choosing, desk, editions, pinning, previewing, ruling, tracing
from digest.newsroom.house import House
from tests import builders
from tests.fakes import FakeClock
from tests.house import KeepingMailer, house, morning, with_articles, with_readers

SAD = (
    "Two divers were killed on Sunday when a crane fell on their boat at Sorrisdale, police said.",
    "The boat had left the harbour at noon to look for the cable.",
)


def at(desk_house: House, number: int) -> Article:
    """The numbered article as it is stored."""
    (found,) = desk_house.store.articles.get([builders.distinct_article(number).url]).values()
    return found


def briefs(desk_house: House) -> list[str]:
    """The addresses in the next edition, in order."""
    now = desk_house.clock.now()
    return [b.url for b in choosing.by_rule(desk_house, morning(desk_house), now).bulletin.briefs]


def sad(desk_house: House, **changes: Any) -> House:
    """With a story about a death."""
    told = builders.article(
        90,
        id=0,
        headline="Two divers killed as crane falls on boat",
        standfirst="",
        paragraphs=SAD,
        published=builders.NOW - timedelta(minutes=20),
        **changes,
    )
    desk_house.store.articles.save([told])
    return desk_house


async def drafted(desk_house: House) -> Edition:
    """The draft of Monday's slot."""
    made = await editions.produce(desk_house, morning(desk_house), builders.occurrence())
    assert isinstance(made, Edition), made
    return made


def test_pins_come_first_in_the_order_given() -> None:
    """Under whatever address they were named; pinned again, they go to the end."""
    desk_house = with_articles(house())
    urls = [at(desk_house, n).url for n in (8, 5)]
    said = pinning.pin(desk_house, "morning", [urls[0] + "?utm_source=x", *urls], "Effie")
    assert briefs(desk_house)[:2] == urls
    assert said == [
        f"“{at(desk_house, 8).headline}” comes first in the next edition.",
        f"“{at(desk_house, 5).headline}” comes as number 2 in the next edition.",
    ]
    pinning.pin(desk_house, "morning", urls[:1], "Effie")
    assert briefs(desk_house)[:2] == urls[::-1]


async def test_a_pin_is_over_once_its_story_was_released() -> None:
    """It is not listed any more, and the next edition says nothing about it."""
    clock = FakeClock()
    desk_house = with_readers(with_articles(house(clock=clock)))
    pinning.pin(desk_house, "morning", [at(desk_house, 8).url], "Effie")
    assert [one.kind for one in pinning.listed(desk_house, "morning")] == [RulingKind.PIN]
    await desk.run_now(desk_house, morning(desk_house), "Effie")
    assert pinning.listed(desk_house, "morning") == []
    clock.forward(hours=1)
    written = choosing.by_rule(desk_house, morning(desk_house), clock.now())
    assert not any("pinned" in reason for reason in written.reasons)


def test_a_pin_waits_for_a_story_that_is_not_collected() -> None:
    """Said at once and with the edition; once it is there it comes first, and after eight days it
    is over."""
    clock = FakeClock()
    desk_house = with_articles(house(clock=clock))
    late = builders.distinct_article(9, id=0, published=builders.NOW)
    (said,) = pinning.pin(desk_house, "morning", [late.url], "Effie")
    assert said == f"{late.url} was not collected yet; the pin waits for it until 24 March 2026."
    written = choosing.by_rule(desk_house, morning(desk_house), clock.now())
    assert written.reasons[0] == (
        f"{late.url} was pinned by Effie, but left out: it was not collected."
    )
    desk_house.store.articles.save([late])
    assert briefs(desk_house)[0] == late.url
    clock.forward(days=8, minutes=1)
    assert pinning.listed(desk_house, "morning") == []


def test_a_pin_outranks_age_and_section() -> None:
    """An article of last week, of a section that never comes in."""
    never = builders.newsletter(sections={"sport": 0.0})
    desk_house = with_articles(house(newsletters=(never,)))
    old = builders.distinct_article(
        9, id=0, section="Sport", published=builders.NOW - timedelta(days=7)
    )
    desk_house.store.articles.save([old])
    pinning.pin(desk_house, "morning", [old.url], "Effie")
    assert briefs(desk_house)[0] == old.url


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": ArticleKind.OPINION}, "it is opinion, not news"),
        ({"withdrawn": "its page is gone (404)"}, "it was withdrawn: its page is gone (404)"),
    ],
)
def test_what_cannot_be_pinned_is_said_and_not_kept(changes: dict[str, Any], reason: str) -> None:
    """The command fails with the reason."""
    desk_house = with_articles(house())
    desk_house.store.articles.save([replace(at(desk_house, 3), hash="other", **changes)])
    with pytest.raises(UsageError, match="Nothing was changed") as failed:
        pinning.pin(desk_house, "morning", [at(desk_house, 3).url], "Effie")
    assert reason in str(failed.value)
    assert desk_house.store.rulings.of("morning", builders.NOW) == []


def test_an_embargo_holds_and_the_pin_waits() -> None:
    """Until the hour has come."""
    clock = FakeClock()
    desk_house = with_articles(house(clock=clock))
    later = builders.distinct_article(9, id=0, published=builders.NOW + timedelta(hours=2))
    desk_house.store.articles.save([later])
    (said,) = pinning.pin(desk_house, "morning", [later.url], "Effie")
    assert "it is embargoed until 09:00" in said and "The pin waits for it until" in said
    assert later.url not in briefs(desk_house)
    clock.forward(hours=3)
    assert briefs(desk_house)[0] == later.url


async def test_what_was_sent_cannot_be_pinned() -> None:
    """The ledger outranks the editor."""
    desk_house = with_readers(with_articles(house()))
    edition = await desk.run_now(desk_house, morning(desk_house), "Effie")
    with pytest.raises(UsageError, match="it stood in an earlier edition"):
        pinning.pin(desk_house, "morning", [edition.bulletin.briefs[0].url], "Effie")


async def test_a_bar_keeps_out_until_it_is_lifted_or_over() -> None:
    """Thirty days."""
    clock = FakeClock()
    desk_house = with_articles(house(clock=clock))
    url = at(desk_house, 2).url
    said = await pinning.bar(desk_house, "morning", [url], "Effie", "sub judice")
    assert said[0].endswith("comes into no edition of morning until 15 April 2026.")
    assert url not in briefs(desk_house)
    with pytest.raises(UsageError, match="barred by Effie: sub judice"):
        pinning.pin(desk_house, "morning", [url], "Ailsa")
    assert "lifted" in pinning.lift(desk_house, "morning", [url])[0]
    assert url in briefs(desk_house)
    await pinning.bar(desk_house, "morning", [url], "Effie", "sub judice")
    clock.forward(days=30, minutes=1)
    assert ruling.barred(desk_house, morning(desk_house), clock.now()) == {}


async def test_a_bar_pulls_the_story_from_a_draft_at_once() -> None:
    """Another moves up, and an approval stands with a word about it."""
    desk_house = with_articles(house(), 10)
    edition = await drafted(desk_house)
    desk.approve(desk_house, edition.slug, "Effie")
    url = edition.bulletin.briefs[0].url
    said = await pinning.bar(desk_house, "morning", [url], "Effie", "sub judice")
    after = desk.find(desk_house, edition.slug)
    assert after.revision == 2 and f"revision {after.revision}: 7 stories" in said[1]
    assert url not in {brief.url for brief in after.bulletin.briefs}
    assert after.state is EditionState.APPROVED and "barred by Effie" in after.because
    assert any("barred by Effie: sub judice" in reason for reason in after.left_out)


async def test_a_bar_after_the_release_says_what_is_out() -> None:
    """Nothing is pulled from readers' hands."""
    desk_house = with_readers(with_articles(house()))
    edition = await desk.run_now(desk_house, morning(desk_house), "Effie")
    url = edition.bulletin.briefs[0].url
    said = await pinning.bar(desk_house, "morning", [url], "Effie", "sub judice")
    assert f"`digest hold {edition.slug}` stops what is still on its way" in said[1]
    assert desk.find(desk_house, edition.slug).revision == 1


async def test_a_draft_stands_until_it_is_redrafted() -> None:
    """The pin says so; redrafted it has the pin first, and needs a new approval."""
    mailer = KeepingMailer()
    approval = Approval(ask=("desk@example.org",))
    newsletter = builders.newsletter(approval=approval)
    desk_house = with_articles(house(mailer=mailer, newsletters=(newsletter,)), 10)
    edition = await drafted(desk_house)
    desk.approve(desk_house, edition.slug, "Effie")
    told = {brief.url for brief in edition.bulletin.briefs}
    spare = next(at(desk_house, n) for n in range(1, 11) if at(desk_house, n).url not in told)
    said = pinning.pin(desk_house, "morning", [spare.url], "Effie")
    assert said[1] == (
        f"{edition.slug} is written already and stands as it is (approved);"
        f" `digest redraft {edition.slug}` chooses and writes it anew."
    )
    lines = await desk.redraft(desk_house, edition.slug, "Effie")
    after = desk.find(desk_house, edition.slug)
    assert after.bulletin.briefs[0].url == spare.url
    assert (after.state, after.revision, after.told) == (EditionState.DRAFT, 2, 2)
    assert lines[1] == f"1. {spare.headline}"
    assert spare.headline.encode() in desk_house.store.editions.emails(after.id, 2)[0].html.encode()
    assert len(mailer.kept) == 2 and b"Ready to approve" in mailer.kept[1].content


async def test_what_is_out_cannot_be_redrafted() -> None:
    """Readers have it."""
    desk_house = with_readers(with_articles(house()))
    edition = await desk.run_now(desk_house, morning(desk_house), "Effie")
    with pytest.raises(UsageError, match="nothing was changed"):
        await desk.redraft(desk_house, edition.slug, "Effie")


async def test_an_article_tells_its_rulings() -> None:
    """`digest explain URL` knows who barred it."""
    desk_house = with_articles(house())
    url = at(desk_house, 2).url
    await pinning.bar(desk_house, "morning", [url], "Effie", "sub judice")
    (told,) = tracing.explain_article(desk_house, url).rulings
    assert (told.newsletter, told.kind, told.who) == ("morning", RulingKind.BAR, "Effie")


async def test_a_pin_made_before_its_article_was_known_under_another_address() -> None:
    """The feed's address leads to the article, and lifting by either lifts it."""
    desk_house = with_articles(house())
    short = "https://s.example/9"
    pinning.pin(desk_house, "morning", [short], "Effie")
    late = builders.distinct_article(9, id=0, published=builders.NOW, address=short)
    desk_house.store.articles.save([late])
    assert briefs(desk_house)[0] == late.url
    pinning.lift(desk_house, "morning", [late.url])
    assert desk_house.store.rulings.of("morning", builders.NOW) == []


async def test_editors_are_told_what_to_look_at() -> None:
    """In the approval mail, the preview and the words of the edition."""
    mailer = KeepingMailer()
    approval = Approval(ask=("desk@example.org",), if_sensitive=IfSensitive.HOLD)
    newsletter = builders.newsletter(approval=approval)
    desk_house = sad(with_articles(house(mailer=mailer, newsletters=(newsletter,))))
    edition = await drafted(desk_house)
    place = next(n for n, b in enumerate(edition.bulletin.briefs, 1) if b.sensitive)
    (mail,) = mailer.kept
    words = mail.content.decode("utf-8", "replace").replace("=\r\n", "")
    assert f"Story {place} is about a death" in words
    assert "If nobody acts, it is held" in words
    shown = previewing.bulletin_shown(edition.bulletin)["briefs"][place - 1]
    assert shown["sensitive"] == [{"kind": "death", "word": "killed"}]


@pytest.mark.parametrize("rule", IfNobody)
async def test_a_sensitive_draft_that_nobody_approved_is_held(rule: IfNobody) -> None:
    """Whatever else silence means; the reason names the story and the word."""
    approval = Approval(if_nobody=rule, if_sensitive=IfSensitive.HOLD)
    desk_house = sad(with_articles(house(newsletters=(builders.newsletter(approval=approval),))))
    edition = await drafted(desk_house)
    await editions.release_due(desk_house)
    after = desk.find(desk_house, edition.slug)
    assert after.state is EditionState.HELD
    assert "is about a death (“killed”)" in after.because
    desk.approve(desk_house, edition.slug, "Effie")
    await editions.release_due(desk_house)
    assert desk.find(desk_house, edition.slug).state is EditionState.RELEASED


async def test_a_draft_without_sensitive_stories_goes_out() -> None:
    """The rule holds nothing else, and `same` holds nothing at all."""
    approval = Approval(if_sensitive=IfSensitive.HOLD)
    calm = with_articles(house(newsletters=(builders.newsletter(approval=approval),)))
    for desk_house in (calm, sad(with_articles(house()))):
        edition = await drafted(desk_house)
        await editions.release_due(desk_house)
        assert desk.find(desk_house, edition.slug).state is EditionState.RELEASED


async def test_a_correction_may_make_a_story_sensitive() -> None:
    """The mark is made anew with the line."""
    desk_house = with_articles(house())
    edition = await drafted(desk_house)
    brief = edition.bulletin.briefs[0]
    assert not brief.sensitive
    (before,) = desk_house.store.articles.get([brief.url]).values()
    desk_house.store.articles.save(
        [replace(before, hash="new", paragraphs=SAD, because="its text was corrected")]
    )
    await editions.release_due(desk_house)
    after = desk.find(desk_house, edition.slug)
    marked = [b for b in after.bulletin.briefs if b.url == brief.url]
    assert after.revision == 2 and [m.word for b in marked for m in b.sensitive] == ["killed"]


async def test_a_bulletin_is_chosen_once_where_looking_changes_nothing() -> None:
    """Once for the draft; a store that counts says so."""
    desk_house = with_articles(house())
    asked: list[str] = []
    rulings = desk_house.store.rulings

    class Counting:
        """The rulings of the store, which every choice asks for once."""

        def put(self, new: list[Ruling]) -> None:
            """As it is."""
            rulings.put(new)

        def lift(self, newsletter_id: str, url: str) -> bool:
            """As it is."""
            return rulings.lift(newsletter_id, url)

        def of(self, newsletter_id: str, since: object) -> list[Ruling]:
            """Counted."""
            asked.append(newsletter_id)
            return []

    desk_house.store.rulings = Counting()  # type: ignore[misc, assignment]
    await drafted(desk_house)
    assert asked == ["morning"]
