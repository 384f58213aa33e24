"""One line from one article: chosen, cleaned, explained, never wrong about its day."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from digest.model.edition import Brief, NoBrief
from digest.model.news import Article, Sensitive, SensitiveKind
from digest.summarise import block, brief, judge
from digest.summarise.style import Style
from digest.text import words
from tests.builders import NOW, article

TODAY = NOW.date()
LEAD = (
    "Kesterby council voted on 4 March to close the swing bridge to lorries after engineers found"
    " cracks in two of its girders."
)


def story(*paragraphs: str, **changes: Any) -> Article:
    """An article of these paragraphs under a headline that says nothing of them."""
    fields = {"headline": "", "standfirst": "", "published": NOW, "paragraphs": paragraphs}
    return article(1, **{**fields, **changes})


def line(told: Article, on: date | None = TODAY, *, sentences: int = 1, max_words: int = 35) -> str:
    """The line, or "" when there is none."""
    written = brief.write(told, Style(on=on, max_words=max_words), sentences=sentences)
    return written.line if isinstance(written, Brief) else ""


def test_the_line_keeps_its_source_and_reason() -> None:
    """The sentence stands beside the line, with its place and why it was taken."""
    written = brief.write(
        story(LEAD, "It was raining.", headline="Swing bridge closes to lorries"), Style(on=TODAY)
    )
    assert isinstance(written, Brief)
    assert written.line == LEAD
    assert [(s.paragraph, s.sentence, s.text) for s in written.source] == [(0, 0, LEAD)]
    assert written.because == (
        "sentence 1 of the article: best of 2 by rank, has 4 of the headline's 4 main words;"
        " self-contained; 22 words"
    )
    assert all(check.ok for check in written.checks)
    assert written.words == 23
    assert written.label == "News"


@pytest.mark.parametrize(
    "sentence",
    [
        "He told the council on Monday that the bridge would stay open for cars.",
        "The company said on Monday that the bridge would stay open for cars.",
        "The forms are part of the effort of Kesterby council to clear its backlog.",
        "Both agreed on Monday that the Kesterby bridge would stay open for cars.",
        "For example, Kesterby council agreed on Monday to keep the bridge open.",
        "Will Kesterby council agree on Monday that the bridge should stay open?",
        "“The bridge stays open,” said Ada Roe, the mayor of Kesterby, on Monday.",
        "We asked Kesterby council on Monday why the bridge should stay open.",
        "Kesterby council agreed on Monday that your bridge should stay open.",
        "Ada Roe, the mayor, said on Monday “the bridge stays open for everybody.",
        "Kesterby council agreed on Monday … that the bridge should stay open",
        "Kesterby council agreed on Monday that the bridge should stay open",
        "Subscribe now to read how Kesterby council agreed to keep the bridge open.",
        "Originally from Kesterby, he agreed on Monday that the bridge should stay open.",
        "Kesterby council agreed on Monday to keep these bridges open for cars.",
        "Read it at https://kesterby.example how the council agreed to close the bridge.",
        "Kesterby Bridge: an engineer looks at the cracks in the girders (left).",
    ],
)
def test_a_sentence_that_cannot_stand_alone_gives_no_line(sentence: str) -> None:
    """Such a sentence is never the line, and the reason says so."""
    written = brief.write(story(sentence), Style(on=TODAY))
    assert isinstance(written, NoBrief)
    assert written.because.startswith("None of the 1 sentences of")


def test_the_house_opening_is_set_in_small_letters() -> None:
    """Capitals go where the article writes the words small, names keep theirs."""
    shouted = LEAD.replace("Kesterby council voted", "KESTERBY COUNCIL VOTED")
    written = brief.write(story(shouted, "Kesterby has a council of nine."), Style(on=TODAY))
    assert isinstance(written, Brief)
    assert written.line == LEAD
    assert written.source[0].text == shouted


def test_the_dateline_goes_and_becomes_the_label() -> None:
    """An agency's place stands before the line, not in it."""
    written = brief.write(story(f"LONDON (Reuters) - {LEAD}"), Style(on=TODAY))
    assert isinstance(written, Brief)
    assert (written.label, written.line) == ("London", LEAD)
    assert written.source[0].text == f"LONDON (Reuters) - {LEAD}"


def test_an_aside_goes_but_a_figure_stays() -> None:
    """Only brackets without a figure and a leading discourse word are dropped."""
    told = "Meanwhile, Ada Roe (the mayor) agreed with Bo Lunt (47) to close the swing bridge."
    assert line(story(told)) == "Ada Roe agreed with Bo Lunt (47) to close the swing bridge."


def test_today_is_only_said_today() -> None:
    """On another day, or without a day, a sentence without the word is taken instead."""
    told = story(
        "Kesterby council closed the swing bridge to lorries today after cracks were found.",
        "Engineers from Holme found cracks in two girders of the Kesterby swing bridge.",
    )
    assert "today" in line(told)
    for on in (TODAY + timedelta(days=1), None):
        assert line(told, on) == told.paragraphs[1]


@pytest.mark.parametrize(
    ("words_of_the_day", "days", "said"),
    [
        ("two hours ago", 1, False),
        ("on Sunday", 1, True),
        ("on Sunday", 7, False),
        ("this week", 1, True),
        ("this week", 7, False),
        ("this year", 7, True),
        ("on 4 March", 30, True),
    ],
)
def test_a_day_word_is_printed_only_while_it_is_right(
    words_of_the_day: str, days: int, said: bool
) -> None:
    """Written on Monday 16 March, read so many days later."""
    told = story(f"Kesterby council closed the old swing bridge to lorries {words_of_the_day}.")
    assert bool(line(told, TODAY + timedelta(days=days))) is said


def test_the_newsrooms_zone_decides_what_today_is() -> None:
    """At 23:30 UTC it is already tomorrow in Dublin in summer."""
    late = NOW.replace(month=7, hour=23, minute=30)
    told = story("Kesterby council closed the swing bridge to lorries today.", published=late)
    zone = ZoneInfo("Europe/Dublin")
    days = (late.date() + timedelta(days=1), late.date())
    found = [brief.write(told, Style(on=day, zone=zone)) for day in days]
    assert [isinstance(written, Brief) for written in found] == [True, False]


def test_the_standfirst_stands_in_for_a_body_without_a_line() -> None:
    """Its sentence is one of those to choose from, and here the only one that stands alone."""
    told = story("He did it again on Monday.", standfirst=LEAD)
    written = brief.write(told, Style(on=TODAY))
    assert isinstance(written, Brief)
    assert written.line == LEAD
    assert written.source[0].paragraph == -1
    assert written.because == "the standfirst: best of 2 by rank; self-contained; 22 words"


def test_the_headline_stands_in_last() -> None:
    """It is closed with a full stop; one without a verb is no sentence."""
    told = story("He did it.", headline="Kesterby council closes swing bridge to lorries")
    assert line(told) == "Kesterby council closes swing bridge to lorries."
    assert not line(story("He did it.", headline="Interview with the mayor of Kesterby town"))


@pytest.mark.parametrize("opening", ["Why", "How", "What"])
def test_a_headline_that_only_calls_for_attention_is_no_line(opening: str) -> None:
    """It announces an article instead of telling news."""
    told = story("He did it.", headline=f"{opening} Kesterby council closed its swing bridge")
    assert not line(told)


def test_a_live_pages_headline_is_told_without_its_mark() -> None:
    """Readers of a mail cannot follow anything live."""
    told = "Kesterby council closes swing bridge to lorries"
    for mark in (" – as it happened", " - live", " | live updates"):
        assert line(story("He did it.", headline=f"{told}{mark}")) == f"{told}."
    assert line(story("He did it.", headline=f"Live: {told}")) == f"{told}."


def test_a_good_standfirst_beats_a_scene() -> None:
    """By its score: a first sentence that only leads up to the news loses against it, while one
    that the body has as well is the body's."""
    scene = "Thirty years ago, people in Kesterby would never have thought of lorries on a bridge."
    told = story(scene, "It was raining.", headline="Swing bridge closes", standfirst=LEAD)
    written = brief.write(told, Style(on=TODAY))
    assert isinstance(written, Brief)
    assert (written.line, written.source[0].paragraph) == (LEAD, -1)
    twice = brief.write(story(LEAD, "It was raining.", standfirst=LEAD), Style(on=TODAY))
    assert isinstance(twice, Brief)
    assert twice.source[0].paragraph == 0


def test_the_headline_is_better_than_a_line_beside_the_point() -> None:
    """Where no sentence has a word of it the news is in the headline alone."""
    told = story(
        "Some 400 people were naturalised in the old town hall of Holme in the spring of 2019.",
        headline="Citizenship test changes might require better English skills",
    )
    written = brief.write(told, Style(on=TODAY))
    assert isinstance(written, Brief)
    assert written.line == "Citizenship test changes might require better English skills."
    assert written.because == (
        "the headline, because no sentence of the article tells its news; 8 words"
    )


def test_a_story_told_before_is_told_by_what_is_new() -> None:
    """The best sentence of the day before gives way, and a figure that changed is new."""
    before = story(LEAD, "Engineers from Holme found the cracks in the spring of last year.")
    new = "Ada Roe, the mayor, resigned over the bridge after 12 years in office."
    written = brief.write(story(LEAD, new), Style(on=TODAY), told=[before])
    assert isinstance(written, Brief)
    assert written.line == new
    assert "of its main words are new since the last edition about it" in written.because
    figure = LEAD.replace("two of its", "nine of its").replace("4 March", "5 March")
    again = brief.write(story(figure), Style(on=TODAY), told=[before])
    assert isinstance(again, Brief)
    assert again.line == figure


def test_a_story_that_only_repeats_gives_no_line() -> None:
    """Neither the body nor the headline may say the same again."""
    before = story(LEAD, headline="Swing bridge closes to lorries")
    written = brief.write(before, Style(on=TODAY), told=[before])
    assert isinstance(written, NoBrief)
    assert "it only repeats what an earlier edition told" in written.because


def test_nothing_is_cut_from_a_sentence_about_a_death() -> None:
    """A sentence that would be shortened elsewhere is passed over."""
    cut = "Bo Lunt (the lock keeper of Kesterby) died when the swing bridge fell into the river."
    whole = "Bo Lunt of Kesterby died when the old swing bridge fell into the river on 4 March."
    death = [Sensitive(kind=SensitiveKind.DEATH, word="died")]
    assert line(story(cut)) == cut.replace(" (the lock keeper of Kesterby)", "")
    written = brief.write(story(cut, whole), Style(on=TODAY), sensitive=death)
    assert isinstance(written, Brief)
    assert (written.line, written.sensitive) == (whole, tuple(death))
    refused = brief.write(story(cut), Style(on=TODAY), sensitive=death)
    assert isinstance(refused, NoBrief)
    assert "a sentence about a death is not cut" in refused.because


def test_a_story_block_keeps_to_what_its_line_keeps_to() -> None:
    """The text beside the line of a child's story names nobody either, in any language."""
    named = "Emma Naib left her school in Holme on foot at noon without her coat and her phone."
    other = "Police in Kesterby are looking for a girl who has been missing from school."
    minor = [Sensitive(kind=SensitiveKind.MINOR, word="13")]
    told = story(other, "It rained.", named, headline="Girl missing from Kesterby since Sunday")
    style = Style(on=TODAY)
    written = brief.write(told, style, sensitive=minor)
    assert isinstance(written, Brief)
    case = judge.open_case(told, style)
    assert case is not None and block.text(case, written) == ""
    assert block.text(case, replace(written, sensitive=())) == named
    foreign = replace(told, language="xx", standfirst=named)
    unread = brief.write(foreign, style, sensitive=minor)
    assert isinstance(unread, Brief)
    below = block.whole_standfirst(foreign, unread)
    assert (unread.line, below) == (f"{told.headline}.", "")


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("Girl missing from Kesterby since Sunday", False),
        ("Emma Naib missing from Kesterby since Sunday", True),
    ],
)
def test_a_child_is_named_only_where_the_headline_does(headline: str, said: bool) -> None:
    """The paper decides with its headline, the line never goes further."""
    named = "Police in Kesterby are looking for Emma Naib, 13, who has been missing since Sunday."
    other = "Police in Kesterby are looking for a girl who has been missing from school."
    minor = [Sensitive(kind=SensitiveKind.MINOR, word="13")]
    written = brief.write(story(named, other, headline=headline), Style(on=TODAY), sensitive=minor)
    assert isinstance(written, Brief)
    assert written.line == (named if said else other)


def test_an_interviewees_words_are_never_ours() -> None:
    """Answers carry no quotation marks, so only what stands before the first question counts."""
    told = story(
        "Ada Roe has been the mayor of Kesterby and its swing bridge since 2019.",
        "What is wrong with the bridge?",
        "Kesterby council has always been a nest of thieves and fools, believe me.",
        headline="Kesterby mayor interviewed",
    )
    assert line(told) == told.paragraphs[0]
    assert not line(story(*told.paragraphs[1:], headline="Interview with Ada Roe"))


def test_speech_that_runs_on_is_not_the_papers_word() -> None:
    """After a quotation that is never closed everything may be speech."""
    assert not line(story("“I saw it. Kesterby council sold the bridge to thieves for nothing."))


def test_two_sentences_keep_the_limit_and_the_order() -> None:
    """Both together have no more words than asked for and stand as in the article."""
    second = "Engineers from Holme will weld new plates to the girders before the summer."
    told = story(LEAD, second)
    assert line(told, sentences=2, max_words=70) == f"{LEAD} {second}"
    assert line(told, sentences=2, max_words=25) == LEAD


@pytest.mark.shared
def test_the_seed_reads_as_an_editor_wrote_it(shared: Path) -> None:
    """The lead of the model page, without its capitals."""
    expected = json.loads((shared / "data/seed/expected.json").read_text("utf-8"))
    told = story(
        *expected["body"], headline=expected["headline"], standfirst=expected["standfirst"]
    )
    written = brief.write(told, Style(on=TODAY))
    assert isinstance(written, Brief)
    assert written.line == expected["lead_without_capitals"]
    assert written.label == "Ukraine"


@pytest.mark.shared
def test_lines_of_the_sample_newsroom(shared: Path) -> None:
    """No question, first person, omission, over-long line or dangling opener in 88 articles."""
    lines = [line(told, told.when.date() + timedelta(days=1)) for told in _newsroom(shared)]
    found = [text for text in lines if text]
    assert len(found) >= 80
    for text in found:
        assert 6 <= words.count(text) <= 35, text
        assert not re.search(r"…|\.\.\.|\?$|^(?:He|She|It|They|But|And|That|[\"“])\b", text)
        assert not re.match(r"This (?!(?:past )?(?:week|year)\b)", text), text
        assert not re.search(r"\b(?:yesterday|today|tomorrow|I|we|you)\b", _outside(text)), text


def _newsroom(shared: Path) -> list[Article]:
    """The articles of the sample newsroom."""
    found = [
        json.loads(path.read_text("utf-8"))
        for path in sorted((shared / "data/newsroom/articles").glob("*.json"))
    ]
    return [
        story(
            *(text for _, text in told["body"]),
            headline=told["title"],
            section=told["section"].title(),
            published=NOW.fromisoformat(told["date"].replace("Z", "+00:00")),
        )
        for told in found
    ]


def _outside(text: str) -> str:
    """The line without what it quotes."""
    return re.sub(r"[\"“][^\"”]*[\"”]", "", text)
