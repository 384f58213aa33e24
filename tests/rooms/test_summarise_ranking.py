"""The order in which sentences are tried: news first, scenes and comments last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.news import Article
from digest.summarise import demands, features, judge, manner, ranking
from digest.summarise.style import Style
from digest.summarise.weights import WEIGHTS
from digest.summarise.wording import ENGLISH
from tests.builders import NOW, article

NEWS = "Kesterby council has closed the swing bridge to lorries after engineers found two cracks."

REST = (
    "The council will ask two engineers from Holme to weld new plates to the girders.",
    "Lorries have to go round by Holme until the bridge is open again.",
)


def ranked(*paragraphs: str, headline: str = "", standfirst: str = "") -> list[str]:
    """The sentences in the order in which they would be tried."""
    told = of(*paragraphs, headline=headline, standfirst=standfirst)
    case = judge.open_case(told, Style(on=NOW.date()))
    assert case is not None
    return [
        each.candidate.text for each in ranking.rank(case, demands.of(case, told=(), sensitive=()))
    ]


def of(*paragraphs: str, **fields: str) -> Article:
    """An article of these paragraphs, published today."""
    return article(1, **{"paragraphs": paragraphs, "published": NOW, **fields})


@pytest.mark.parametrize(
    ("sign", "sentence"),
    [
        ("scene", "Thirty years ago, a journey over the bridge meant a queue of an hour."),
        ("scene", "In the first hour of the meeting, nobody spoke of the swing bridge."),
        ("scene", "Shortly after the vote Kesterby council closed the swing bridge."),
        ("comment", "Thankfully, no one was on the bridge when engineers found the cracks."),
        ("part", "One of the engineers found two cracks in the girders of the swing bridge."),
        ("definition", "The swing bridge of Kesterby is one of the oldest in the county."),
        ("before", "Engineers from Holme had already found a crack in the bridge in May."),
        ("portrait", "Ada Roe is the mayor of Kesterby and of its old swing bridge."),
    ],
)
def test_what_tells_no_news_comes_last(sign: str, sentence: str) -> None:
    """Even where it opens the article."""
    row = features.table([features.read(sentence, ENGLISH)], ENGLISH)[0]
    assert row[sign]
    assert ranking.penalty(row) >= ranking.PENALTIES[sign]
    assert ranked(sentence, NEWS, *REST)[0] == NEWS


@pytest.mark.parametrize(
    "sentence",
    [
        NEWS,
        "Once again lorries have to go round by Holme.",
        "Two years of work on the bridge have ended.",
        "At least nine people were killed when the bridge fell on Sunday.",
        "First-year students will have to walk.",
        "First Minister Ada Roe has closed the swing bridge.",
        "One of the world's largest banks has closed its branch in Kesterby.",
        "One man was killed and six were hurt when the bridge fell on Sunday.",
        "Two years after she broke a leg, Ada Roe has won the race round the bridge.",
        "Think tanks in Kesterby have called for a second bridge.",
    ],
)
def test_news_has_no_handicap(sentence: str) -> None:
    """The signs are openings that news does without."""
    row = features.table([features.read(sentence, ENGLISH)], ENGLISH)[0]
    assert ranking.penalty(row) == 0


def test_every_feature_is_weighed_or_handicaps() -> None:
    """None is counted for nothing, none is missing."""
    names = set(features.table([features.read(NEWS, ENGLISH)], ENGLISH)[0])
    assert names == WEIGHTS.keys() | ranking.PENALTIES.keys()
    assert not WEIGHTS.keys() & ranking.PENALTIES.keys()


def test_the_headline_pulls_its_sentence_up() -> None:
    """Between two sentences the one that has its words comes first."""
    other = "Holme council has opened the new swimming pool to schools after a year of work."
    bodies = (other, NEWS)
    assert ranked(*bodies, headline="Kesterby swing bridge closes to lorries")[0] == NEWS
    assert ranked(*bodies, headline="Holme swimming pool opens to schools")[0] == other


def test_a_standfirst_is_placed_as_if_it_opened_the_article() -> None:
    """It moves no sentence of the body from its place."""
    sentences = [features.read(text, ENGLISH) for text in (NEWS, "It rained.", NEWS)]
    rows = features.table(sentences, ENGLISH, ahead=1)
    near = [row["near the first whole sentence"] for row in rows]
    assert near == [1, 1 / 2, 1]


def test_no_sentence_has_a_rank_of_its_own_where_none_is_alike() -> None:
    """Attention is shared out evenly when nothing passes it on."""
    sentences = [features.read(text, ENGLISH) for text in ("Rain fell.", "Snow melted.")]
    rows = features.table(sentences, ENGLISH)
    assert [row["rank among the sentences"] for row in rows] == pytest.approx([1, 1])


@given(st.lists(st.text(max_size=80), max_size=8))
def test_any_text_can_be_ranked(paragraphs: list[str]) -> None:
    """All sentences are tried, each once, whatever they are made of."""
    told = of(*paragraphs)
    case = judge.open_case(told, Style(on=NOW.date()))
    assert case is not None
    found = ranking.rank(case, demands.of(case, told=(), sensitive=()))
    numbers = sorted(each.number for each in found if each.number)
    assert numbers == list(range(1, len(case.candidates.body) + 1))


def test_a_language_without_signs_is_ranked_without_them() -> None:
    """Nothing is a scene where we know none."""
    silent = manner.of(ENGLISH)
    assert silent is not manner.SILENT
    assert not manner.SILENT.scene.search("Once upon a time")
