"""No boilerplate comes out of any markup or wording, and no paragraph is lost."""

import pytest

from digest.collect import page, plain
from digest.model.news import Page
from tests.rooms import shapes


def holds_the_article(found: Page, words: shapes.Words) -> None:
    """The eight paragraphs in order and nothing else; the standfirst may stand among them."""
    text = [line for line in found.paragraphs if line != shapes.STANDFIRST]
    assert tuple(text) == shapes.PARAGRAPHS
    assert found.headline == shapes.HEADLINE
    assert not shapes.boilerplate(words) & {found.headline, found.standfirst}


@pytest.mark.parametrize("words", shapes.PAPERS, ids=["star", "coffee", "friend", "jar", "german"])
@pytest.mark.parametrize("markup", shapes.MARKUPS)
def test_every_markup_gives_the_article(markup: str, words: shapes.Words) -> None:
    """Fourteen markups, five papers' wordings: the same eight paragraphs."""
    found = page.read(shapes.page(markup, words))
    holds_the_article(found, words)
    assert all(line.because for line in found.dropped)


@pytest.mark.parametrize("words", shapes.PAPERS, ids=["star", "coffee", "friend", "jar", "german"])
def test_pasted_text_gives_the_article(words: shapes.Words) -> None:
    """Copied with everything around it, without any markup."""
    found = plain.read(shapes.pasted(words))
    holds_the_article(found, words)


def test_dropped_lines_say_why() -> None:
    """Each line of the page that is not the article is listed with its reason."""
    words = shapes.PAPERS[0]
    found = page.read(shapes.page("flat", words))
    told = {line.text: line.because for line in found.dropped}
    assert told["Advertisement"] == "an advertising label"
    assert told["Give today"] == "part of a block that asks readers to pay, join or sign up"
    assert told["UPDATED 3 hours ago"] == "the time of the last change"
    assert shapes.boilerplate(words) <= set(told)
