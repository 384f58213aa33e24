"""One text in several papers is one report, however it is dressed."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import select
from digest.model.news import Article
from digest.select import duplicates, stories
from digest.select.duplicates import LEAST_WORDS
from tests.builders import NOW, article, newsletter, source

AGENCY = (
    "Engineers closed the Knockbrack dam on Tuesday after sensors showed that its northern wall had"
    " moved by eleven millimetres in a week, the water authority said.",
    "About 2,300 people who live below the dam were asked to sleep in schools until divers have"
    " looked at the foundations, which were laid in 1931 on clay rather than rock.",
    "The authority lowered the lake by two metres and expects to know by Friday whether the wall"
    " can be saved, its chief engineer Orla Tierney told reporters at the gate.",
    "Farmers had complained since March that springs on the northern side ran brown; a report that"
    " was due in May has not been published.",
)
OTHER = (
    "Bakers in Holme struck for a third morning over night wages, and the bread factory that feeds"
    " half the county sold what it had baked on Saturday.",
    "The union wants two pounds an hour more for work before six; the owners offered one and a day"
    " of leave, and both sides return to the table on Thursday in Sorrisdale.",
    "Shops limited customers to one loaf, and a school sent its cooks to bake in the church hall.",
)
LONG = " ".join(AGENCY)


def printed(number: int, *paragraphs: str, **changes: Any) -> Article:
    """A text as one paper prints it, an hour ago."""
    fields = {"headline": f"Headline {number}", "standfirst": "", "paragraphs": paragraphs}
    return article(number, **{**fields, "published": NOW - timedelta(hours=1), **changes})


def together(*articles: Article) -> bool:
    """Whether all are one text."""
    return len(duplicates.sets(articles)) == 1


def test_a_wire_copy_with_another_top_and_tail_is_the_same_text() -> None:
    """Own first and last paragraphs do not make it another."""
    ours = printed(1, "Our town holds its breath this week.", *AGENCY, "More in tomorrow's paper.")
    theirs = printed(2, "DAM FEARS: families are moved out.", *AGENCY, "Additional reporting: JK.")
    assert together(ours, theirs)


@pytest.mark.parametrize("left", [2, 3])
def test_a_shortened_copy_is_the_same_text(left: int) -> None:
    """Papers cut agency texts from the end."""
    assert together(printed(1, *AGENCY), printed(2, *AGENCY[:left]))


def test_every_tenth_word_edited_is_the_same_text() -> None:
    """A sub-editor's pen does not make a second report."""
    words = LONG.split()
    edited = [f"edited{n}" if n % 10 == 5 else word for n, word in enumerate(words)]
    assert together(printed(1, LONG), printed(2, " ".join(edited)))


def test_two_reports_on_one_event_are_two_texts() -> None:
    """Who writes the same facts in own words is a source of its own."""
    own = (
        "The northern wall of the Knockbrack dam has moved eleven millimetres, so engineers shut it"
        " on Tuesday and 2,300 people spent the night in school halls.",
        "Orla Tierney, the chief engineer, said divers would go down to the clay under the wall and"
        " that by Friday everybody would know whether it could be repaired.",
    )
    assert not together(printed(1, *AGENCY), printed(2, *own))
    assert not together(printed(1, *AGENCY), printed(2, *OTHER))


def test_short_texts_are_never_compared() -> None:
    """A standfirst of an agency or a notice of one line says too little."""
    short = " ".join(LONG.split()[: LEAST_WORDS - 10])
    enough = " ".join(LONG.split()[: LEAST_WORDS + 10])
    assert not together(printed(1, short), printed(2, short))
    assert together(printed(1, enough), printed(2, enough))


def test_one_mould_days_apart_is_not_one_text() -> None:
    """Yesterday's weather is not today's, but a text printed again word for word is the same."""
    days = {"published": NOW - timedelta(days=4)}
    assert not together(printed(1, *AGENCY, *OTHER), printed(2, *AGENCY, **days))
    assert together(printed(1, *AGENCY, *OTHER), printed(2, *AGENCY))
    assert together(printed(1, *AGENCY), printed(2, *AGENCY, **days))


def test_copies_are_one_story_whatever_else_they_say() -> None:
    """A long top of its own, a headline and a standfirst about other things do not part them."""
    dressed = printed(
        1,
        *OTHER,
        *AGENCY,
        headline="Bakers of Holme strike for a third morning over night wages",
        standfirst="The bread factory sold what it had baked on Saturday, one loaf a customer.",
    )
    plain = printed(2, *AGENCY, headline="Wall of dam moves")
    bread = printed(3, OTHER[0], headline="Bakers of Holme strike over night wages")
    groups = [{a.url for a in group} for group in stories.group([dressed, plain, bread])]
    assert {dressed.url, plain.url} <= groups[0]


def test_five_papers_with_one_agency_text_are_one_report() -> None:
    """The reason says so, and two papers with texts of their own stand before them."""
    papers = [f"paper{n}" for n in range(5)]
    copies = [
        printed(n, f"{name} has its own first line.", *AGENCY, source_id=name, section="Dam")
        for n, name in enumerate(papers, 1)
    ]
    own = [
        printed(6, *OTHER, source_id="paper0", section="Bread"),
        printed(
            7,
            "Holme's bakers are out again: for the third morning the bread factory stood still over"
            " night wages, and half the county went without a loaf on Saturday.",
            "Two pounds an hour is what the union wants for work before six in the morning.",
            source_id="paper1",
            section="Bread",
        ),
    ]
    sources = {name: source(id=name) for name in papers}
    chosen = select.pick(
        [*copies, *own], newsletter=newsletter(), sources=sources, used=set(), now=NOW
    )
    assert [p.because.partition(", ")[0] for p in chosen.picks] == [
        "2 sources",
        "5 sources print the same agency text",
    ]


def test_a_report_of_its_own_beside_copies_counts() -> None:
    """Three papers, two texts: two reports."""
    copies = [printed(n, *AGENCY, source_id=f"paper{n}") for n in (1, 2)]
    own = printed(3, AGENCY[0], OTHER[0], OTHER[1], OTHER[2], source_id="paper3")
    mine = printed(4, *AGENCY[:1], headline="Knockbrack dam closed", source_id="paper3")
    sources = {f"paper{n}": source(id=f"paper{n}") for n in (1, 2, 3)}
    chosen = select.pick(
        [*copies, mine], newsletter=newsletter(), sources=sources, used=set(), now=NOW
    )
    assert chosen.picks[0].because.startswith("3 sources (2 different texts), ")
    assert not together(*copies, own)


@given(st.permutations(range(6)))
def test_the_order_of_articles_changes_no_set(order: list[int]) -> None:
    """Who prints the same text does not depend on who comes first."""
    texts = [AGENCY, OTHER, (*AGENCY, *OTHER), AGENCY[:3], OTHER[:1], OTHER[1:]]
    articles = [printed(n, *texts[n]) for n in order]
    found = {
        frozenset(articles[index].url for index in members) for members in duplicates.sets(articles)
    }
    plain = [printed(n, *text) for n, text in enumerate(texts)]
    assert found == {
        frozenset(plain[index].url for index in members) for members in duplicates.sets(plain)
    }
