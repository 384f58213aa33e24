"""The word or two before a line."""

from dataclasses import replace

import pytest

from digest.model.news import Article
from digest.summarise import judge, label, places
from digest.summarise.style import Style
from tests.builders import article


def told(headline: str, *body: str, section: str = "World") -> Article:
    """An article with this headline and body, the headline's words by themselves."""
    return article(
        1, headline=headline, standfirst="", paragraphs=body or (headline,), section=section
    )


def of(about: Article, dateline: str = "", *, line: str = "") -> str:
    """The label of an article whose text began with that place."""
    case = judge.open_case(about, Style(on=None))
    assert case is not None
    begun = replace(case, candidates=replace(case.candidates, place=dateline))
    return label.of(begun, line)


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (told("Ukraine urges allies to act"), "Ukraine"),
        (told("Gales hit Northern Ireland and close roads"), "Northern Ireland"),
        (told("Bank of Ireland raises fees"), "World"),
        (told("Cork University Hospital is full"), "World"),
        (told("Paris Hilton arrives"), "World"),
        (told("Washington Post sold"), "World"),
        (told("Michael Jordan returns", "Jordan said so."), "World"),
        (told("Aid for Jordan agreed", "It is in Jordan.", "Jordanian aides left."), "Jordan"),
        (told("Chad Smith drums on", "Chad is here."), "World"),
        (told("Fires rage in Georgia", "It is in Georgia, near Atlanta."), "World"),
        (told("How Thanksgiving Got Its Turkey", "They ate turkey. Turkey is good."), "World"),
        (told("Actors leave the US for good"), "US"),
        (told("Actors leave the United States"), "US"),
        (told("Let us praise them"), "World"),
        (told("Ukraine urges allies to act", "Allies were urged."), "World"),
        (told("UK Ends Visits To Gaza", "The UK has ended visits."), "UK"),
        (told("Lights are on", section="science and technology"), "Science"),
        (told("Lights are on", section="Science, Technology and More News"), "Science"),
        (told("Lights are on", section=""), ""),
        (
            told("Rents rise again", "Tenants and landlords are to meet over rents."),
            "Housing",
        ),
        (told("Nurses to strike", "The hospital said that patients must wait."), "Health"),
        (told("Storm to bring snow", "A weather warning is in place."), "Weather"),
        (told("One storm in a teacup", "Ada Roe laughed."), "World"),
        (told("Galbraith quits", *["So Effie Galbraith left."] * 3), "Galbraith"),
        (told("Kestersoft buys rival", *["The rival of Kestersoft fell."] * 3), "Kestersoft"),
        (told("Indonesian boats rescued", *["An Indonesian boat sank."] * 3), "World"),
        (told("USS Abraham Lincoln sails", *["The Abraham Lincoln sailed."] * 3), "World"),
    ],
)
def test_labels(about: Article, expected: str) -> None:
    """A place only when headline and body agree on it by itself, else a subject that both speak
    of, else the name that both are about, else the section."""
    assert of(about) == expected


def test_a_headline_of_many_places_is_about_none() -> None:
    """Three teams that won are no place."""
    headline = "Sweden, Belgium and England win at the World Cup"
    assert of(told(headline)) == "World"


def test_the_dateline_comes_first_if_it_is_known() -> None:
    """An agency's place is the story's; a village nobody knows is none for a label."""
    about = told("Ukraine urges allies to act")
    assert of(about, "London") == "London"
    assert of(about, "Kesterby") == "Ukraine"


def test_a_label_does_not_say_the_first_words_again() -> None:
    """The next that fits is taken instead, and the section when there is none."""
    about = told(
        "Rents rise in Ukraine", "Tenants and landlords in Ukraine are to meet over rents."
    )
    assert of(about, line="Rents are up in Kyiv.") == "Ukraine"
    assert of(about, line="Ukraine has seen rents rise.") == "Housing"
    assert of(told("Ukraine acts"), line="Ukraine has acted.") == "World"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "Ivory Coast"),
        ("en", "Northern Ireland"),
        ("fr", "Allemagne"),
        ("de", "Frankreich"),
        ("es", "Alemania"),
        ("ga", "Fhrainc"),
    ],
)
def test_countries_are_known_in_five_languages(code: str, name: str) -> None:
    """By Babel's names, without the article, and by those that papers use."""
    assert places.is_place(name, code)
    assert not places.is_place("Eurozone", code)
