"""The bulletin: as many briefs as fit, whatever comes in."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model.edition import Bulletin
from digest.model.news import Article, Pick, Sensitive, SensitiveKind, Story
from digest.model.newsletter import Closer
from digest.summarise import arranging, bulletin
from digest.summarise.style import Style
from digest.text import words
from tests.builders import NOW, article, source
from tests.builders import pick as numbered

SOURCES = {"post": source(), "wire": source(id="wire", name="The Wire")}
HOSTILE = st.text(
    st.sampled_from("AaBb éß12.,!?…“”\"'‘’()[]{}<>*_#|/:;-—\n\t\x00\u200b\u202e😀"), max_size=400
)
SENTENCE = st.lists(
    st.sampled_from(
        "Kesterby council has not closed 17 bridges yesterday (again) he We the".split()
    ),
    min_size=1,
    max_size=50,
).map(lambda found: " ".join(found).capitalize() + ".")


MARK = (Sensitive(kind=SensitiveKind.DEATH, word="killed"),)


def write(
    *picks: Pick,
    stories: int = 7,
    limit: int = 210,
    each: int = 35,
    closer: Closer = Closer.ANY,
) -> Bulletin:
    """The bulletin of the day after."""
    return bulletin.write(
        picks,
        Style(on=NOW.date(), max_words=each),
        stories=stories,
        words=limit,
        sources=SOURCES,
        closer=closer,
    )


def told(number: int, *paragraphs: str, **changes: Any) -> Pick:
    """A story of one article with these paragraphs."""
    fields = {"headline": f"Number {number}", "standfirst": "", "section": "News"}
    only = article(number, paragraphs=paragraphs, **{**fields, **changes})
    return Pick(story=Story(articles=(only,)), score=1.0, because=f"1 source, {number} h old")


def test_briefs_stand_in_the_order_of_the_picks() -> None:
    """Each with its place's and its sentence's reason, its source's name and the story block."""
    made = write(numbered(1), numbered(2))
    assert [b.article_id for b in made.briefs] == [1, 2]
    first = made.briefs[0]
    assert first.because.startswith("1 source, 1 h old; sentence 1 of the article")
    assert first.source_name == "The Sample Post"
    assert first.standfirst == "Divers joined the last strand at low water on Sunday."
    assert made.words == sum(b.words for b in made.briefs)
    assert made.seconds == words.seconds(made.words, 238)


def test_a_story_that_is_back_is_labelled_so() -> None:
    """Its label says that readers know the beginning."""
    before = article(9, headline="Bridge", standfirst="", paragraphs=("The bridge stood open.",))
    back = replace(numbered(1), before=(before,))
    (brief,) = write(back).briefs
    assert brief.label == "Update"
    assert brief.words == words.count(f"Update {brief.line}")


def test_the_same_news_of_another_place_is_no_update() -> None:
    """What one country's bank did is not the beginning of what another's does."""
    other = "Uganda’s central bank holds its lending rate"
    before = article(9, headline=other, standfirst="", paragraphs=(f"{other} at 9 percent.",))
    line = "Kenya’s central bank cut its key lending rate to help the country grow."
    fresh = told(1, line, headline="Kenya’s central bank cuts its key lending rate")
    (brief,) = write(replace(fresh, before=(before,))).briefs
    assert (brief.label, brief.line) == ("News", line)


def test_a_story_without_a_brief_is_named_and_the_next_takes_its_place() -> None:
    """Nothing is missing without a sentence about it."""
    made = write(told(1, "He did it."), numbered(2), stories=1)
    assert [b.article_id for b in made.briefs] == [2]
    assert made.left_out == (
        "None of the 1 sentences of “Number 1” can stand alone in a bulletin; the commonest"
        " reason: it has fewer than 6 words.",
    )


def test_another_article_of_the_story_may_give_the_brief() -> None:
    """The story's best article without a line leaves the word to the next."""
    mute = told(1, "He did it.").story.best
    both = Pick(story=Story(articles=(mute, article(2, source_id="wire"))), score=1.0, because="x")
    made = write(both)
    assert (made.briefs[0].article_id, made.briefs[0].source_name) == (2, "The Wire")


def test_what_does_not_fit_is_left_out_with_the_figures() -> None:
    """The limit holds, and a shorter story may still come in."""
    short = told(3, "Kesterby council closed the swing bridge.")
    made = write(numbered(1), numbered(2), short, limit=40)
    assert [b.article_id for b in made.briefs] == [1, 3]
    assert "did not fit" in made.left_out[0]


def test_no_line_twice() -> None:
    """Two articles with the same sentence give one brief."""
    sentence = "Kesterby council closed the swing bridge to lorries on 4 March."
    made = write(told(1, sentence), told(2, sentence))
    assert len(made.briefs) == 1
    assert "repeat a line" in made.left_out[0]


def test_the_block_goes_on_where_the_line_ends() -> None:
    """Without a standfirst the next whole sentences follow, at most two and 45 words."""
    more = (
        "Engineers from Holme will weld new plates to the girders before the summer.",
        "Kesterby Rovers must take the long road round to the match on 9 May.",
        "Lorries of the brewery will use the ferry at Sorrisdale.",
    )
    lead = "Kesterby council closed the swing bridge to lorries on 4 March."
    assert write(told(1, lead, *more)).briefs[0].standfirst == " ".join(more[:2])
    assert write(told(1, lead, standfirst=lead)).briefs[0].standfirst == ""
    assert write(told(1, lead, "He did it.")).briefs[0].standfirst == ""


def test_a_source_gives_its_section_to_articles_without_one() -> None:
    """The label is the source's section when the article names none."""
    made = write(told(1, "Kesterby council closed the old swing bridge.", section=""))
    assert made.briefs[0].label == "News"


def test_nothing_gives_an_empty_bulletin() -> None:
    """No picks, no words, no seconds."""
    assert write() == Bulletin()


def test_a_sentence_of_2000_words_is_never_cut() -> None:
    """It gives no brief rather than a part of it."""
    made = write(told(1, "Kesterby " + "closed the old swing bridge " * 400 + "again."))
    assert made.briefs == ()


def test_a_light_story_keeps_away_from_a_sensitive_one() -> None:
    """A neutral one comes between; without one a spare takes the light story's place."""
    sad, light = numbered(1, sensitive=MARK), numbered(2, light=True)
    made = write(sad, light, numbered(3))
    assert [b.article_id for b in made.briefs] == [1, 3, 2]
    assert made.briefs[0].sensitive == MARK and made.briefs[2].light
    alone = write(sad, light, numbered(3), stories=2)
    assert [b.article_id for b in alone.briefs] == [1, 3]
    assert alone.left_out == (
        f"“{light.story.best.headline}” was left out: it is a light story, and in every order it"
        " would stand beside a sensitive one.",
    )


def test_a_light_story_closes_if_asked() -> None:
    """The best of them."""
    picks = [numbered(1, light=True), numbered(2), numbered(3, light=True), numbered(4)]
    made = write(*picks, closer=Closer.LIGHT)
    assert [b.article_id for b in made.briefs] == [2, 3, 4, 1]


def test_a_pin_for_which_no_place_is_left_is_named() -> None:
    """Others were pinned before it; spares need no word."""
    picks = [numbered(n, pinned=True) for n in (1, 2)]
    made = write(*picks, numbered(3), stories=1)
    assert [(b.article_id, b.pinned) for b in made.briefs] == [(1, True)]
    assert made.left_out == (
        f"“{picks[1].story.best.headline}” was pinned, but left out: other pins took the 1 places.",
    )


def test_no_bulletin_takes_more_than_60_seconds() -> None:
    """Whatever the editors allow, and however many stories there are."""
    lead = "Kesterby council closed bridge number {} to lorries, buses, vans, tractors, and all"
    more = " other vehicles until engineers have put new plates on each of the old girders."
    picks = [told(n, lead.format(n) + more) for n in range(1, 21)]
    made = write(*picks, stories=20, limit=1000)
    assert made.words <= 238 and made.seconds <= 60
    assert len(made.briefs) > 5 and "did not fit" in made.left_out[-1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(HOSTILE | SENTENCE, max_size=4), max_size=5),
    st.integers(0, 7),
    st.integers(0, 80),
)
def test_whatever_comes_in_the_limits_hold(
    bodies: list[list[str]], stories: int, limit: int
) -> None:
    """Words, stories and line length keep their limits, and every word is the article's own."""
    picks = [
        replace(
            told(n, *body, published=NOW - timedelta(days=n % 2), headline=(body or [""])[-1]),
            sensitive=MARK if n % 3 == 0 else (),
            light=n % 2 == 0,
        )
        for n, body in enumerate(bodies, 1)
    ]
    made = write(*picks, stories=stories, limit=limit)
    assert made.words == sum(b.words for b in made.briefs) <= limit
    assert made.seconds <= 60
    assert not any(arranging.clash(a, b) for a, b in pairwise(made.briefs))
    assert len(made.briefs) <= stories
    assert len({b.line for b in made.briefs}) == len(made.briefs)
    assert all(sentence.endswith(".") for sentence in made.left_out)
    for brief in made.briefs:
        assert 6 <= len(brief.line.split()) <= 35
        assert "\n" not in brief.line and "…" not in brief.line
        assert _in_order(brief.line, picks[brief.article_id - 1].story.best)


DAYS = frozenset("on sunday monday tuesday wednesday thursday friday saturday".split())
"""What "yesterday" becomes on a later day."""


def _in_order(line: str, source_article: Article) -> bool:
    """Whether the line's words stand in the article in the same order, whatever their capitals."""
    text = " ".join([source_article.headline, *source_article.paragraphs]).lower()
    whole = iter(re.findall(r"\w+", text.replace("\u200b", "").replace("\u202e", "")))
    said = [word for word in re.findall(r"\w+", line.lower()) if word not in DAYS]
    return all(word in whole for word in said)
