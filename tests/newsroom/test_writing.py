"""A model may word the lines: each for itself, never against the rules, and never late."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from digest.adapters.writers.call import ModelWriter
from digest.app.build import App
from digest.model.edition import Brief, Bulletin, Edition
from digest.model.news import Article, Pick, Sensitive, SensitiveKind, Story
from digest.newsroom import editions, writing
from digest.newsroom.house import House
from digest.summarise import bulletin as bulletins
from digest.summarise import taking
from tests import builders
from tests.fakes import FakeClock
from tests.fakes_writer import WORDED, FakeWriter, told, well_worded
from tests.house import house, morning, with_articles


def good(**others: str) -> FakeWriter:
    """A good model, but for the lines of the places named."""
    return FakeWriter(lambda request: well_worded(request.stories, **others))


def picked(*articles: Article, sensitive: tuple[Sensitive, ...] = ()) -> list[Pick]:
    """Each article a story of its own, the first one sensitive if so said."""
    return [
        builders.pick(n, story=Story(articles=(article,)), sensitive=sensitive if n == 1 else ())
        for n, article in enumerate(articles, start=1)
    ]


async def worded(at: House, picks: list[Pick], *, words: int = 210, **left: float) -> Bulletin:
    """The bulletin of these picks in the words of the house's writer, so long before the slot."""
    newsletter = morning(at)
    by_rule = bulletins.write(
        picks,
        writing.style(at, newsletter, builders.NOW.date()),
        stories=7,
        words=words,
        sources={},
    )
    due_at = at.clock.now() + timedelta(**left)
    return await writing.worded(at, newsletter, by_rule, picks, due_at)


def distinct(count: int = 3) -> list[Article]:
    """Stories that nobody takes for one another."""
    return [builders.distinct_article(n) for n in range(1, count + 1)]


async def produced(at: House) -> Edition:
    """The edition of Monday's slot."""
    made = await editions.produce(at, morning(at), builders.occurrence())
    assert isinstance(made, Edition), made
    return made


async def test_without_a_writer_nothing_changes() -> None:
    """The default costs nothing and says nothing."""
    bulletin = await worded(house(), picked(*distinct()))
    assert bulletin.writing is None
    assert taking.told(bulletin) == ()
    assert not any(brief.writer or brief.replaced for brief in bulletin.briefs)


async def test_good_lines_are_taken() -> None:
    """With the model's name, the sentences they come from, the checks and the true length."""
    bulletin = await worded(house(writer=good()), picked(*distinct()))
    for brief in bulletin.briefs:
        assert brief.line in WORDED.values()
        assert brief.writer == "fake-1"
        assert brief.replaced == ""
        assert brief.source
        assert brief.checks and all(check.ok for check in brief.checks)
        assert brief.words == len(f"{brief.label} {brief.line}".split())
        assert "worded by fake-1 from paragraph 1" in brief.because
    assert bulletin.words == sum(brief.words for brief in bulletin.briefs)
    assert bulletin.writing is not None
    assert bulletin.writing.because == "3 of 3 lines taken"
    assert taking.told(bulletin) == (
        "Worded by fake-1: 3 of 3 lines taken (0.5 s; 900 tokens in, 120 out).",
    )


async def test_choice_and_order_are_not_the_models() -> None:
    """Whatever it answers, the same stories stand in the same places."""
    picks = picked(*distinct())
    by_rule = await worded(house(), picks)
    for lines in (good(), FakeWriter({"3": "x", "2": "y", "9": "z"}), FakeWriter("[]")):
        bulletin = await worded(house(writer=lines), picks)
        assert [b.url for b in bulletin.briefs] == [b.url for b in by_rule.briefs]
        assert [b.headline for b in bulletin.briefs] == [b.headline for b in by_rule.briefs]


async def test_one_bad_line_is_replaced_alone() -> None:
    """With what the model wrote and what was wrong with it."""
    writer = good(Knockbrack="Mary Coughlan found soil in new meters in Knockbrack this week.")
    by_rule = await worded(house(), picked(*distinct()))
    bulletin = await worded(house(writer=writer), picked(*distinct()))
    first, second, third = bulletin.briefs
    assert (first.writer, second.writer, third.writer) == ("fake-1", "", "fake-1")
    assert second.line == by_rule.briefs[1].line
    assert second.replaced == (
        "the model’s line “Mary Coughlan found soil in new meters in Knockbrack this week.” was"
        " refused: names: Mary, Coughlan: not in the story"
    )
    assert taking.told(bulletin)[1] == f"2. “{second.headline}” keeps the line of the rules: " + (
        f"{second.replaced}."
    )


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("L", "gave no answer"),
        ("E", "answered 500"),
        ("N", "no text"),
        ("J", "not the JSON"),
        ("B", "failed in ourselves"),
    ],
)
async def test_when_the_call_fails_the_rules_have_written_all(script: str, why: str) -> None:
    """The bulletin is that of the rules, with the reason beside it."""
    picks = picked(*distinct())
    by_rule = await worded(house(), picks)
    bulletin = await worded(house(writer=FakeWriter(script=script)), picks)
    assert bulletin.briefs == by_rule.briefs
    assert bulletin.writing is not None
    assert why in bulletin.writing.because
    assert bulletin.writing.because.startswith("no line taken, all are by rule: ")
    assert len(taking.told(bulletin)) == 1


async def test_the_bulletin_stays_within_its_words() -> None:
    """Lines that are longer than their share are taken only while there is room."""
    picks = picked(*distinct(4))
    long = " of the harbour of Sorrisdale, where divers and the council had waited for the cable"
    writer = good(Sorrisdale=f"The lights{long}, came back on after divers joined a cable.")
    by_rule = await worded(house(), picks)
    for words in range(by_rule.words, by_rule.words + 12, 3):
        at = house(writer=writer, summary=replace(builders.settings().summary, words=words))
        bulletin = await worded(at, picks, words=words)
        assert bulletin.words <= words
        refused = [b.replaced for b in bulletin.briefs if b.replaced]
        assert all("over its length" in because for because in refused)
        assert bulletin.briefs[0].writer or refused


KINDS = {
    SensitiveKind.DEATH: "death",
    SensitiveKind.COURT: "court",
    SensitiveKind.MINOR: "child",
}


@pytest.mark.parametrize(("kind", "word"), KINDS.items())
async def test_what_is_sensitive_is_not_reworded(kind: SensitiveKind, word: str) -> None:
    """Nor does its text leave the house; the reason stands beside the line."""
    picks = picked(*distinct(), sensitive=(Sensitive(kind=kind, word="x"),))
    writer = good()
    bulletin = await worded(house(writer=writer), picks)
    first, *others = bulletin.briefs
    assert first.sensitive and first.writer == ""
    assert first.replaced.startswith("it was not given to the model: it is about")
    assert word in first.replaced
    assert all(brief.writer for brief in others)
    assert "Sorrisdale" not in writer.requests[0].stories


async def test_a_language_without_rules_is_not_reworded() -> None:
    """A line that nobody could check is not asked for."""
    welsh = builders.distinct_article(
        1, language="cy", headline="Goleuadau'r harbwr ymlaen eto", paragraphs=("Mae'r goleuadau.",)
    )
    writer = good()
    bulletin = await worded(house(writer=writer), picked(welsh, *distinct(2)[1:]))
    assert bulletin.briefs[0].replaced == (
        "it was not given to the model: we could not check a line in its language"
    )
    assert bulletin.briefs[1].writer == "fake-1"
    assert set(told(writer.requests[0].stories)) == {"2"}


async def test_with_nothing_to_word_nobody_is_asked() -> None:
    """No call, no cost, and the reason is still there."""
    writer = good()
    picks = picked(*distinct(1), sensitive=(Sensitive(kind=SensitiveKind.DEATH, word="died"),))
    bulletin = await worded(house(writer=writer), picks)
    assert writer.requests == []
    assert bulletin.writing is None
    assert len(taking.told(bulletin)) == 1


@pytest.mark.parametrize(
    ("left", "seconds"),
    [
        ({}, writing.LONGEST),
        ({"minutes": -5}, writing.LONGEST),
        ({"minutes": 10}, writing.LONGEST),
        ({"seconds": 10}, 5.0),
        ({"seconds": 1}, writing.LEAST),
    ],
)
async def test_the_slot_does_not_wait(left: dict[str, Any], seconds: float) -> None:
    """The writer has half of the time that is left; where an editor acts, its own deadline."""
    writer = good()
    await worded(house(writer=writer), picked(*distinct()), **left)
    assert writer.requests[0].seconds == seconds


async def test_each_edition_is_worded_once() -> None:
    """A second tick finds the edition and asks nobody."""
    writer = good()
    at = with_articles(house(writer=writer))
    first = await produced(at)
    second = await produced(at)
    assert first == second
    assert len(writer.requests) == 1
    await editions.release_due(at)
    assert len(writer.requests) == 1


async def test_what_the_model_did_is_stored_with_the_edition() -> None:
    """Lines, reasons and the record of the call come back from the database."""
    writer = good(Westport="Fourteen villages around Westport will have 9,900 books in a bus.")
    at = with_articles(house(writer=writer))
    made = await produced(at)
    stored = at.store.editions.get(made.slug)
    assert stored is not None
    assert stored.bulletin == made.bulletin
    assert stored.bulletin.writing is not None
    assert any("9,900" in brief.replaced for brief in stored.bulletin.briefs)
    assert taking.told(stored.bulletin) == taking.told(made.bulletin)


def brief_of(edition: Edition, place: str) -> Brief:
    """The brief about a place."""
    return next(brief for brief in edition.bulletin.briefs if place in brief.line)


async def test_a_line_stands_while_its_story_bears_it() -> None:
    """A correction elsewhere in the article leaves it alone; one of its source is by rule."""
    at = with_articles(house(writer=good(), clock=FakeClock()))
    before = await produced(at)
    line = brief_of(before, "Knockbrack").line
    article = builders.distinct_article(2)
    lead, *rest = article.paragraphs
    added = replace(
        article, paragraphs=(lead, *rest, "More news is to come."), hash="added", version=2
    )
    at.store.articles.save([added])
    await editions.release_due(at)
    kept = brief_of(at.store.editions.get(before.slug) or before, "Knockbrack")
    assert (kept.line, kept.writer, kept.article_version) == (line, "fake-1", 2)

    at = with_articles(house(writer=good(), clock=FakeClock()))
    before = await produced(at)
    changed = lead.replace("4,000", "6,500")
    at.store.articles.save(
        [replace(article, paragraphs=(changed, *rest), hash="changed", version=2)]
    )
    await editions.release_due(at)
    after = brief_of(at.store.editions.get(before.slug) or before, "Knockbrack")
    assert after.writer == "" and after.line != line and "4,000" not in after.line


async def test_only_what_is_needed_goes_out() -> None:
    """The chosen stories' own text: no author, no address, no other story, nothing we left out."""
    author = "Ailsa Drummore"
    letters = (
        builders.distinct_article(1).paragraphs[0],
        "Write to ailsa.drummore@sample.example with news of lights. The council meets on Monday.",
        *(f"Sentence {n} of a very long report says a little more." for n in range(200)),
    )
    writer = good()
    picks = picked(builders.distinct_article(1, paragraphs=letters), *distinct()[1:])
    await worded(house(writer=writer), picks)
    text = writer.requests[0].stories
    assert author not in text and "@" not in text
    assert "The council meets on Monday." in text
    assert "Sentence 20 " in text and "Sentence 150 " not in text
    assert "sample.example" not in text


async def test_the_request_names_language_length_and_ids() -> None:
    """And has a mark of its own each time."""
    writer = good()
    at = house(writer=writer)
    await worded(at, picked(*distinct()))
    await worded(at, picked(*distinct()))
    first, second = writer.requests
    assert first.ids == ("1", "2", "3")
    assert "in English" in first.instructions
    assert "at most 35 words" in first.instructions
    assert '"1", "2", "3"' in first.instructions
    assert first.stories != second.stories


def test_a_saved_config_changes_the_writer(tmp_path: Path) -> None:
    """From rules to a model and back, without a restart."""
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, "utf-8")
    app = App.load(str(path), environ={})
    try:
        assert app.house.writer is None
        path.write_text(CONFIG + MODEL, "utf-8")
        assert "is in force" in app.reload({})
        assert isinstance(app.house.writer, ModelWriter)
        path.write_text(CONFIG, "utf-8")
        assert "is in force" in app.reload({})
        assert app.house.writer is None
    finally:
        app.close()


CONFIG = """
site: {name: The Sample Post, url: https://sample.example, timezone: Europe/Dublin,
       postal_address: "The Sample Post, Dublin"}
sources: [{id: post, url: https://sample.example/feed}]
newsletters: [{id: morning, title: News in 60 seconds, schedule: weekdays 07:00}]
mail: {relay: "maildir:outbox", from: The Sample Post <news@sample.example>}
"""
MODEL = """
summary: {writer: openai, openai: {url: http://127.0.0.1:8080, model: tiny-1}}
"""
