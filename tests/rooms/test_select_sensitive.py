"""Deaths, courts and minors: found by words, and not by those that only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.news import Article
from digest.select import sensitive
from digest.select.light import is_light
from digest.text import languages
from digest.text.languages import ENGLISH
from tests.builders import article


def told(headline: str, *paragraphs: str, standfirst: str = "") -> Article:
    """An article with this headline."""
    body = paragraphs or ("The council met on Tuesday evening.",)
    return article(headline=headline, standfirst=standfirst, paragraphs=body)


def marks(headline: str, *paragraphs: str, standfirst: str = "") -> dict[str, str]:
    """Kind -> word."""
    found = sensitive.of([told(headline, *paragraphs, standfirst=standfirst)], ENGLISH)
    return {mark.kind.value: mark.word for mark in found}


@pytest.mark.parametrize(
    ("headline", "kind", "word"),
    [
        ("Three killed in motorway pile-up", "death", "killed"),
        ("Poet dies in Galway", "death", "dies"),
        ("Body of a woman found in canal", "death", "Body"),
        ("Two bodies recovered from lake", "death", "bodies"),
        ("Court quashes planning permission", "court", "Court"),
        ("Supreme Court nominee faces senators", "court", "Court"),
        ("Former mayor jailed over bribes", "court", "jailed"),
        ("Man charged with theft of bronze bell", "court", "charged with"),
        ("Suspect held after shooting", "court", "Suspect"),
        ("A 15-year-old from Sligo wins chess title", "minor", "15-year-old"),
        ("Nine-month-old baby rescued from car", "minor", "Nine-month-old"),
        ("Swimmer, aged 12, crosses the bay", "minor", "aged 12"),
        ("Boy (9) finds Viking brooch", "minor", "Boy (9)"),
        ("Cayman Naib, 13, has not been seen since Wednesday", "minor", "Cayman Naib, 13"),
        ("Police search for missing girl", "minor", "girl"),
        ("Two 16-year-olds arrested over fire", "minor", "16-year-olds"),
        ("Driver in his teens hurt in crash", "minor", "in his teens"),
    ],
)
def test_what_a_story_touches(headline: str, kind: str, word: str) -> None:
    """Each with the word that shows it."""
    assert marks(headline)[kind] == word


@pytest.mark.parametrize(
    "headline",
    [
        "Rowers finish in a dead heat",
        "Senate repeals the death tax",
        "Filibuster could kill the bill",
        "Festival makes a killing on tickets",
        "Murder mystery tops the book charts",
        "Governing body approves the budget",
        "Song drowned out by applause",
        "Tennis club resurfaces its clay courts",
        "Food court reopens in shopping centre",
        "New pill enters clinical trials",
        "Delivery charges rise at the post office",
        "Minister tried to calm the farmers",
        "Cardiac arrest unit gets new scanners",
        "A 12-year-old whisky wins gold",
        "Bridge reopens after 9-year-long works",
        "Boy band announces stadium tour",
        "Minor changes to the bus timetable",
        "Schoolchildren plant 4,000 trees",
        "Jury is still out on the new pitch",
        "Pension age rises for those aged 17 and over",
        "Dates set for March 13, 2027",
        "Shot putter breaks club record",
        "Mary Smith, 42, elected mayor",
    ],
)
def test_what_only_looks_like_it(headline: str) -> None:
    """Figures of speech, things with an age, and groups that nothing befell."""
    assert marks(headline) == {}


@pytest.mark.parametrize(
    ("tag", "headline", "found"),
    [
        ("de", "15-Jähriger aus Kassel vermisst", ["minor"]),
        ("de", "Junge (9) findet Römerhelm", ["minor"]),
        ("de", "Fahren im toten Winkel", []),
        ("de", "Die Toten Hosen spielen in Köln", []),
        ("de", "30-jähriger Krieg: Ausstellung in Münster", []),
        ("de", "Die Koalition einigt sich", []),
        ("fr", "Une fillette âgée de 6 ans retrouvée", ["minor"]),
        ("es", "Una niña de 12 años gana el torneo", ["minor"]),
    ],
)
def test_other_languages_have_rules_of_their_own(tag: str, headline: str, found: list[str]) -> None:
    """Their articles ("die" among them) are no deaths."""
    language = languages.of(tag)
    assert language is not None
    quiet = article(headline=headline, standfirst="", paragraphs=("",))
    assert [mark.kind.value for mark in sensitive.of([quiet], language)] == found


def test_the_first_paragraphs_count_and_later_ones_do_not() -> None:
    """What comes later is background."""
    quiet = "The council met on Tuesday evening and agreed on the new timetable for the buses."
    dead = "Two people died when a bus left the road in 1987."
    assert "death" in marks("Bus timetable agreed", quiet, dead)
    assert marks("Bus timetable agreed", quiet, quiet, dead) == {}
    assert "death" in marks("Bus timetable agreed", standfirst=dead)


def test_other_reports_of_the_story_speak_by_their_headlines() -> None:
    """Another paper says what ours left out."""
    ours, theirs = told("Bus leaves the road"), told("Two die as bus leaves road: one killed")
    assert sensitive.of([ours], ENGLISH) == ()
    assert [m.kind for m in sensitive.of([ours, theirs], ENGLISH)] == ["death"]


@given(st.text(max_size=200), st.text(max_size=300))
def test_whatever_is_written_it_ends(headline: str, body: str) -> None:
    """No text breaks it, and every mark has its word."""
    assert all(mark.word for mark in sensitive.of([told(headline, body)], ENGLISH))


@pytest.mark.parametrize(
    ("section", "named", "light"),
    [
        ("Sport", (), True),
        ("Arts & Culture", (), True),
        ("World", (), False),
        ("", (), False),
        ("Sport", ("Odd news",), False),
        ("odd News", ("Odd news",), True),
    ],
)
def test_light_sections(section: str, named: tuple[str, ...], light: bool) -> None:
    """The language's list, or the editors' own instead."""
    assert is_light(section, named, ENGLISH) is light
