"""The editors' rules: a matching line always goes, or never does."""

import pytest

from digest.collect import lines, page, plain, rules
from digest.collect.lines import Line
from tests.rooms.test_collect_page import STORY, html


def test_a_matching_line_goes_with_the_rule_as_its_reason() -> None:
    """Wherever it stands, whatever it says; the others stay."""
    found = page.read(html(), drop=["visibility of less", "^Nothing"])
    assert found.paragraphs == (STORY[0], *STORY[2:])
    assert [(d.text, d.because) for d in found.dropped if d.text == STORY[1]] == [
        (STORY[1], "the editors' rule “visibility of less”")
    ]


def test_a_line_to_keep_stays_whatever_it_looks_like() -> None:
    """A label between paragraphs, and a line of an aside."""
    label, aside = "Advertisement", "Lights: east 4, west 2"
    source = html(f"<p>{label}</p>", f"<aside><p>{aside}</p></aside>")
    assert page.read(source).paragraphs == STORY
    found = page.read(source, keep=[f"^{label}$", "^Lights:"])
    assert found.paragraphs == (*STORY[:2], label, aside, *STORY[2:])


def test_keep_is_the_stronger_and_the_headline_is_no_paragraph() -> None:
    """A line under both kinds of rule stays; the headline never becomes text."""
    found = page.read(html(), drop=["divers"], keep=["Four divers", "Lights on"])
    assert found.paragraphs == STORY and found.headline == "Lights on"


def test_a_standfirst_may_go() -> None:
    """A paper's slogan in the description is no standfirst."""
    head = '<meta name="description" content="The harbour council and trust, every day.">'
    assert page.read(html(head=head)).standfirst == "The harbour council and trust, every day."
    assert page.read(html(head=head), drop=["every day"]).standfirst == ""


def test_pasted_text_obeys_them_too() -> None:
    """The same rules for a file without markup."""
    text = "\n\n".join(["Harbour gets second cable before October", *STORY, "Results: east 4"])
    assert "Results: east 4" not in plain.read(text).paragraphs
    found = plain.read(text, drop=["^Two boats"], keep=["^Results:"])
    assert found.paragraphs == (*STORY[:3], "Results: east 4")


@pytest.mark.parametrize("pattern", ["(a|aa)+(a|aa)+[^a]{0}#$", "(", "[z-a]"])
def test_a_rule_that_cannot_be_followed_is_told(pattern: str) -> None:
    """It takes too long or is none: the page is read all the same, once, and says so."""
    long = "a" * 60 + "!"
    found = page.read(html(*[f"<p>The word was {long} on {n}.</p>" for n in "abc"]), drop=[pattern])
    assert found.paragraphs[0] == STORY[0] and len(found.paragraphs) == 7
    told = [d.because for d in found.dropped if d.text == pattern]
    assert len(told) == 1 and "rule of the editors" in told[0]


def test_only_the_beginning_of_a_line_is_looked_at() -> None:
    """A megabyte without a line end costs no more than a page."""
    assert rules.of(["needle"], []).reason("x" * 1_000_000 + "needle") == ""


def test_a_dropped_line_does_not_judge_its_neighbours() -> None:
    """A sub-head stays a sub-head although a rule found a label on the page."""
    told = [Line(text=t) for t in (STORY[0], "What happens next", "Photos", *STORY[1:])]
    found = lines.sort(told, boxed=True, rules=rules.of(["^Photos$"], []))
    assert [line.text for line in found.kept] == [STORY[0], "What happens next", *STORY[1:]]
