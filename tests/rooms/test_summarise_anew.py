"""A brief against the newest version of its article: what stands is kept, the rest written anew."""

from dataclasses import replace

import pytest

from digest.model.edition import Brief, NoBrief
from digest.model.news import Article, ArticleKind
from digest.summarise import anew, brief, bulletin
from digest.summarise.style import Style
from tests import builders
from tests.changing import corrected

ON = builders.NOW.date()


def written(article: Article) -> Brief:
    """The article's brief, as the bulletin has it."""
    pick = builders.pick(story=replace(builders.pick().story, articles=(article,)))
    made = bulletin.write(
        [pick],
        Style(on=ON),
        stories=1,
        words=210,
        sources={"post": builders.source()},
    )
    return made.briefs[0]


def again(before: Brief, article: Article, *, room: int = 210) -> Brief | NoBrief:
    """The brief for the next version."""
    newer = replace(article, version=article.version + 1)
    return anew.again(before, newer, Style(on=ON), room=room)


@pytest.fixture
def article() -> Article:
    """The salt mine's story, which has a line, a block and a headline of its own."""
    return builders.distinct_article(6)


def test_the_same_words_stay_whatever_else_was_added(article: Article) -> None:
    """Paragraphs before, between and after change nothing but the version."""
    before = written(article)
    more = tuple(
        text
        for paragraph in article.paragraphs
        for text in ("The union will meet the owners of the mine on Friday.", paragraph)
    )
    assert again(before, replace(article, paragraphs=more)) == replace(before, article_version=2)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("140 miners", "104 miners"),
        ("in May", "in June"),
        ("under Carrickfergus", "under Larne"),
        ("will close", "will not close"),
        ("will lose their jobs", "may lose their jobs"),
    ],
)
def test_a_corrected_sentence_is_written_anew(article: Article, old: str, new: str) -> None:
    """Figure, day, place, "not" or hedge: the new line has the new words."""
    before = written(article)
    assert old in before.line
    paragraphs = (article.paragraphs[0].replace(old, new), *article.paragraphs[1:])
    after = again(before, replace(article, paragraphs=paragraphs))
    assert isinstance(after, Brief)
    assert new in after.line and old not in after.line
    assert anew.difference(before, after) == (before.line, after.line)
    assert (after.article_version, after.source_name) == (2, before.source_name)
    assert after.because.startswith(before.because.partition("; ")[0])
    assert "written anew from version 2" in after.because


def test_a_sentence_that_a_later_one_denies_does_not_stand(article: Article) -> None:
    """Nothing was taken away, but what was added says the opposite."""
    before = written(article)
    denial = before.line.replace("will close", "will not close")
    paragraphs = (denial, *article.paragraphs)
    after = again(before, replace(article, paragraphs=paragraphs))
    assert after != replace(before, article_version=2)


def test_a_correction_beside_the_brief_is_only_noted(article: Article) -> None:
    """Other sentences are not the brief's business."""
    before = written(article)
    changed = corrected(article, "More than 600 miners", "More than 900 miners")
    after = again(before, changed)
    assert isinstance(after, Brief)
    assert anew.difference(before, after) is None


def test_a_corrected_sentence_of_the_block_changes_the_block_alone(article: Article) -> None:
    """The line stays to the letter; the words below it are those of now."""
    before = written(article)
    assert before.standfirst == article.standfirst
    after = again(before, corrected(article, "had waited long", "had never waited"))
    assert isinstance(after, Brief)
    assert (after.line, after.headline) == (before.line, before.headline)
    assert "had never waited" in after.standfirst
    assert anew.difference(before, after) == (before.standfirst, after.standfirst)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Salt mine in Carrickfergus closes", "Salt mine in Larne closes"),
        ("Salt mine sheds 140 jobs", "Salt mine sheds 104 jobs"),
        ("Salt mine to close", "Salt mine not to close"),
        ("Salt mine loses three shafts", "Salt mine loses four shafts"),
    ],
)
def test_a_corrected_headline_changes_the_headline_alone(
    article: Article, old: str, new: str
) -> None:
    """Name, figure (in digits or words) or "not"."""
    before = written(replace(article, headline=old))
    after = again(before, replace(article, headline=new))
    assert isinstance(after, Brief)
    assert (after.headline, after.line, after.standfirst) == (new, before.line, before.standfirst)


@pytest.mark.parametrize(
    "new", ["Miners of Carrickfergus face the end of their salt mine", "Salt mine in Carrickfergus"]
)
def test_a_headline_that_is_only_reworded_is_no_correction(article: Article, new: str) -> None:
    """Desks try several headlines in a morning."""
    before = written(article)
    after = again(before, replace(article, headline=new))
    assert isinstance(after, Brief)
    assert anew.difference(before, after) is None


def test_the_headline_of_a_live_page_may_turn(article: Article) -> None:
    """It says what happened last; the brief's words stand."""
    live = replace(article, kind=ArticleKind.LIVE)
    before = written(live)
    after = again(before, replace(live, headline="Live: 12 miners are still underground"))
    assert after == replace(before, article_version=2)


def test_a_wall_is_no_correction(article: Article) -> None:
    """Who must pay for the rest sees less of it; the brief was true and stays."""
    before = written(article)
    stub = replace(article, kind=ArticleKind.PAYWALL, paragraphs=("Subscribe to read on.",))
    assert again(before, stub) == replace(before, article_version=2)


def test_an_article_without_any_good_sentence_gives_no_brief(article: Article) -> None:
    """The reason is the writer's."""
    empty = replace(article, headline="Updated", standfirst="", paragraphs=("Updated.",))
    after = again(written(article), empty)
    assert isinstance(after, NoBrief) and "Updated" in after.because


def test_a_longer_line_keeps_to_the_room_that_is_left(article: Article) -> None:
    """The bulletin stays within its words: a shorter sentence, or none."""
    before = written(article)
    longer = article.paragraphs[0].replace("in May", "in May after years of talks with its owners")
    changed = replace(article, paragraphs=(longer, *article.paragraphs[1:]))
    for room in range(4, 40):
        after = again(before, changed, room=room)
        assert isinstance(after, NoBrief) or after.words <= room
    free = again(before, changed)
    assert isinstance(free, Brief) and free.words > before.words


def test_an_equal_line_from_another_sentence_is_remembered_with_its_source(
    article: Article,
) -> None:
    """The same line is no correction, and the next version is held against the new sentence."""
    before = written(article)
    elsewhere = replace(before, source=(replace(before.source[0], text="It stood there once."),))
    after = again(elsewhere, article)
    assert isinstance(after, Brief)
    assert anew.difference(before, after) is None
    assert after.source == brief.write(article, Style(on=ON)).source  # type: ignore[union-attr]
