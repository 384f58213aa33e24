"""The compose room: slug, subject, preheader, and whether an appeal fits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import compose
from digest.model.appeal import AppealRules, Goal
from digest.model.edition import Brief, Bulletin, Edition, EditionState
from digest.model.news import Sensitive, SensitiveKind
from tests import builders, mail

TEXT = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "S")), min_size=1, max_size=250
)


DAY = date(2026, 3, 16)


def bulletin(*headlines: str, line: str = "A line.") -> Bulletin:
    """A bulletin with these headlines."""
    briefs = tuple(builders.brief(n, headline=h, line=line) for n, h in enumerate(headlines, 1))
    return Bulletin(briefs=briefs, words=12 * len(briefs), seconds=3 * len(briefs))


def test_slug_names_newsletter_and_slot() -> None:
    """The slug tells newsletter, local date and wall time."""
    assert compose.slug("morning", date(2026, 11, 24), time(7, 0)) == "morning-2026-11-24-0700"


def test_slug_of_a_run_by_hand_tells_the_second() -> None:
    """Two runs by hand within a minute get two slugs."""
    first = compose.slug("morning", date(2026, 11, 24), time(7, 0, 1))
    assert first != compose.slug("morning", date(2026, 11, 24), time(7, 0, 2))


def test_local_is_the_wall_time() -> None:
    """In summer seven o'clock in Dublin is six in UTC."""
    instant = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
    assert compose.local(instant, "Europe/Dublin").hour == 7


def test_edition_is_a_draft_with_everything_in_it() -> None:
    """The draft carries slot, bulletin, appeal and why stories were left out."""
    made = compose.edition(
        newsletter=builders.newsletter(),
        site=builders.site(),
        occurrence=builders.occurrence(),
        bulletin=builders.bulletin(),
        left_out=["Old story: too old"],
        appeal=builders.appeal(),
        now=builders.NOW,
    )
    assert made.state is EditionState.DRAFT
    assert made.slug == "morning-2026-03-16-0700"
    assert (made.appeal, made.no_appeal_because) == ("help", "")
    assert made.left_out == ("Old story: too old",)


def test_subject_is_the_first_two_headlines() -> None:
    """Two short headlines make the subject together."""
    briefs = bulletin("Lights back on", "Town told to boil water", "Third").briefs
    assert compose.subject(briefs, "x") == "Lights back on; Town told to boil water"


def test_subject_of_long_headlines_is_the_first() -> None:
    """What does not fit in 90 characters leaves the second headline out."""
    briefs = bulletin(
        "Harbour lights are back on after seventeen days of darkness", "B " * 20
    ).briefs
    assert compose.subject(briefs, "x") == briefs[0].headline


def test_subject_passes_over_shouted_headlines() -> None:
    """A headline in capitals never becomes the subject."""
    briefs = bulletin("LIGHTS BACK ON", "Town told to boil water").briefs
    assert compose.subject(briefs, "x") == "Town told to boil water"


def test_subject_without_a_usable_headline_names_the_newsletter() -> None:
    """When every headline shouts, the newsletter's name stands in."""
    assert compose.subject(bulletin("LIGHTS").briefs, "News from Post") == "News from Post"


def test_subject_holds_no_placeholder() -> None:
    """Braces from a broken page cannot look like a placeholder of ours."""
    assert "{{" not in compose.subject(bulletin("Hello {{ name }} and {% x %}").briefs, "x")


@given(st.lists(TEXT, max_size=4), TEXT)
def test_subject_and_preheader_keep_their_length(headlines: list[str], line: str) -> None:
    """Whatever the headlines are, the subject has at most 90 characters, the preheader 110."""
    made = bulletin(*headlines, line=line)
    assert len(compose.subject(made.briefs, "News from The Sample Post")) <= 90
    assert len(compose.preheader(made, "en")) <= 110


@given(TEXT, st.integers(min_value=5, max_value=90))
def test_shortened_never_cuts_a_word(text: str, room: int) -> None:
    """What is left is a beginning of the text that ends where a word ends."""
    text = " ".join(text.split())
    short = compose.shortened(text, room)
    assert len(short) <= room and text.startswith(short) and not short.endswith(" ")
    rest = text[len(short) :].lstrip(",;:-\u2013\u2014(\u201c\u2018")
    assert not short or not rest or rest.startswith(" ")


def test_shortened_ends_in_a_word_with_meaning() -> None:
    """A shortened headline does not end in "of the"."""
    text = "Minister opens the new wing of the hospital"
    assert compose.shortened(text, 34) == "Minister opens the new wing"


def test_preheader_tells_length_and_the_third_story() -> None:
    """The first two headlines are in the subject, so the preheader goes on with the third."""
    found = compose.preheader(bulletin("One", "Two", "Block to cut half of its staff"), "en")
    assert found == "3 stories, 9 seconds: Block to cut half of its staff"


def test_preheader_of_one_story_is_singular() -> None:
    """One story is not "1 stories"."""
    assert compose.preheader(bulletin("One", line="It rained."), "en").startswith(
        "1 story, 3 seconds: It"
    )


def test_appeal_not_beside_a_death() -> None:
    """A story about a death keeps the appeal out, and the reason names story and word."""
    appeal = builders.appeal(rules=AppealRules(not_beside=("death",)))
    briefs = bulletin("Lights on", "Three killed in crash").briefs
    found = compose.without_appeal(builders.newsletter(), appeal, briefs, DAY)
    assert found == (
        "story 2 is about death ('killed'), and the appeal is not to stand beside death"
    )


@pytest.mark.parametrize("headline", ["Deadline for grants passes", "Floodlit final on Sunday"])
def test_appeal_beside_words_that_only_look_like_it(headline: str) -> None:
    """A deadline is no death, and a floodlit pitch no flood."""
    assert compose.beside(("death", "disaster"), bulletin(headline).briefs) == ""


@pytest.mark.parametrize("kind", SensitiveKind)
def test_appeal_not_beside_a_story_that_was_marked(kind: SensitiveKind) -> None:
    """Whatever its words are, in every language."""
    marked = (Sensitive(kind=kind, word="the word"),)
    briefs = [builders.brief(1), builders.brief(2, sensitive=marked)]
    for language in ("en", "xx"):
        assert compose.beside((kind.value.title(),), briefs, language) == (
            f"story 2 is about {kind.value.title()} ('the word'), and the appeal is not to stand"
            f" beside {kind.value.title()}"
        )


def test_a_theme_is_told_by_the_words_of_the_language() -> None:
    """Where we have none, only the theme itself is looked for."""
    briefs = bulletin("Flood waters rise").briefs
    assert compose.beside(("disaster",), briefs, "en-IE")
    assert compose.beside(("disaster",), briefs, "xx") == ""


def test_appeal_not_beside_an_editor_s_own_word() -> None:
    """A theme that is in no vocabulary is looked for as the word it is."""
    assert compose.beside(("Eviction",), bulletin("Eviction halted").briefs)


@pytest.mark.parametrize(
    ("newsletter", "appeal", "because"),
    [
        ({"appeal": ""}, builders.appeal(), "the newsletter has no appeal"),
        ({}, None, "the appeal 'help' is not configured"),
        ({}, builders.appeal(variants=()), "the appeal 'help' has no wording"),
    ],
)
def test_no_appeal_has_a_reason(newsletter: dict[str, str], appeal: object, because: str) -> None:
    """An edition without an appeal says why."""
    made = compose.without_appeal(builders.newsletter(**newsletter), appeal, (), DAY)
    assert made == because


def test_sample_edition_has_an_appeal() -> None:
    """The seven sample stories leave room for the appeal."""
    assert mail.edition().appeal == "help"


def revision(before: Edition, briefs: Sequence[Brief], **changes: Any) -> Edition:
    """The edition with other briefs."""
    values = {
        "newsletter": builders.newsletter(),
        "site": builders.site(),
        "appeal": builders.appeal(),
        **changes,
    }
    return compose.revised(before, bulletin_of(briefs), **values)


def bulletin_of(briefs: Sequence[Brief]) -> Bulletin:
    """These briefs as a bulletin."""
    return Bulletin(briefs=tuple(briefs), words=12 * len(briefs), seconds=3 * len(briefs))


def composed() -> Edition:
    """A draft of three briefs, with the subject and preheader that come from them."""
    return compose.edition(
        newsletter=builders.newsletter(),
        site=builders.site(),
        occurrence=builders.occurrence(),
        bulletin=builders.bulletin(),
        left_out=(),
        appeal=builders.appeal(),
        now=builders.NOW,
    )


def test_a_revision_has_the_words_of_its_briefs() -> None:
    """Subject and preheader that came from the old briefs come from the new ones."""
    before = composed()
    briefs = [builders.brief(1, headline="The lamps stay dark"), builders.brief(2)]
    after = revision(before, briefs)
    assert after.revision == 2
    assert after.subject.startswith("The lamps stay dark")
    assert after.preheader.startswith("2 stories, 6 seconds")
    assert (after.slug, after.state, after.appeal) == (before.slug, before.state, before.appeal)


def test_an_editors_own_subject_survives_a_revision() -> None:
    """What did not come from the briefs is not taken from them."""
    before = replace(composed(), subject="A word from the editor", preheader="Good morning")
    after = revision(before, [builders.brief(1, headline="The lamps stay dark")])
    assert (after.subject, after.preheader) == ("A word from the editor", "Good morning")


def test_a_revision_may_lose_its_appeal() -> None:
    """When the corrected line is about a death, nobody is asked for money beside it."""
    appeal = builders.appeal(rules=AppealRules(not_beside=("death",)))
    sad = builders.brief(1, line="Two divers died in the harbour on Sunday.")
    after = revision(composed(), [sad], appeal=appeal)
    assert after.appeal == "" and "death" in after.no_appeal_because


def test_after_the_release_no_appeal_comes_back() -> None:
    """Its readers were dealt none; before the release it may."""
    before = replace(composed(), appeal="", no_appeal_because="story 1 is about death")
    assert revision(before, before.bulletin.briefs).appeal == "help"
    released = replace(before, released_at=builders.NOW)
    after = revision(released, before.bulletin.briefs)
    assert (after.appeal, after.no_appeal_because) == ("", "story 1 is about death")


def test_an_appeal_whose_last_day_is_over_is_not_shown() -> None:
    """On its last day it still is."""
    for ends, because in ((DAY, ""), (date(2026, 3, 15), "the appeal 'help' ended on 2026-03-15")):
        appeal = builders.appeal(goal=Goal(amount=1, currency="EUR", ends=ends))
        assert compose.without_appeal(builders.newsletter(), appeal, (), DAY) == because


def test_the_preheader_speaks_the_newsletters_language() -> None:
    """Length and unit as that language writes them."""
    assert compose.preheader(bulletin("Eins", "Zwei"), "de").startswith("2 Meldungen, 6 Sekunden")


@pytest.mark.parametrize("last", ["five", "5", "for five", "a"])
def test_no_number_dangles_at_the_end_of_a_subject(last: str) -> None:
    """Where its noun was cut off, the number goes too."""
    head = "Streamlined asylum process to replace interview"
    assert compose.shortened(f"{head} {last} nationalities", len(f"{head} {last} na")) == head
