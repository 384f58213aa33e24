"""The gate on any text: what is the story's passes, nothing raises, and no text takes too long."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.summarise import gate
from digest.summarise.anew import FACTS
from digest.summarise.gate import dates, numbers
from digest.summarise.style import Style
from digest.summarise.wording import ENGLISH, GERMAN
from digest.text import sentences
from tests.builders import NOW, article

_NAMES = st.sampled_from(["Ada Roe", "Bo Lunt", "Kesterby", "the WBU", "Cy Penn of Holme"])
_VERBS = st.sampled_from(
    ["may close", "did not open", "failed to sell", "was accused of burning", "said it would move"]
)
_THINGS = st.sampled_from(
    ["the bridge", "12 lorries", "€1.5 million", "a “very old” mill", "five to four", "40 percent"]
)
_DAYS = st.sampled_from(["yesterday", "on Friday", "on 3 March", "last week", "in 2019", "at 6pm"])
_SENTENCES = st.builds(
    lambda a, b, c, d: f"{a[0].upper()}{a[1:]} {b} {c} {d}.", _NAMES, _VERBS, _THINGS, _DAYS
)
_ANY = st.text(max_size=200) | st.text("ABC abc'’-.,:;0123456789\"“”()\n", max_size=200)


@given(st.lists(_SENTENCES, min_size=1, max_size=6, unique=True), st.data())
def test_a_sentence_of_the_story_keeps_the_storys_facts(
    told: list[str], data: st.DataObject
) -> None:
    """Word for word it passes every rule about facts, whatever stands around it.

    Only a story that also says the opposite is left out: there the rule on negation speaks up.
    """
    story = article(1, published=NOW, headline="", standfirst="", paragraphs=(" ".join(told),))
    line = data.draw(st.sampled_from(told))
    wrong = [c for c in gate.check(line, story, Style(on=NOW.date())) if not c.ok]
    assert {c.name for c in wrong if c.name in FACTS} <= {"negation"}
    assert all(c.detail.startswith("the story also says") for c in wrong if c.name == "negation")


@given(_ANY, _ANY, st.none() | st.dates(), st.none() | st.dates())
@settings(max_examples=300)
def test_no_text_raises(line: str, story: str, written: date | None, on: date | None) -> None:
    """Every rule gives a verdict with a name, and a reason when it refuses."""
    known = gate.facts(article(1, paragraphs=(story, line[::-1])), ENGLISH)
    checks = gate.verdicts(line, known, written=written, on=on, max_words=35, others=[known, known])
    assert len({c.name for c in checks}) == len(checks)
    assert all(c.detail for c in checks if not c.ok)


@given(st.floats(min_value=3, max_value=1e12).map(round))
def test_a_number_is_the_same_however_it_is_written(value: int) -> None:
    """With and without separators, and never equal to its neighbour."""
    [plain], [parted], [next_one] = (
        numbers.find(text, ENGLISH)
        for text in (f"all {value} of", f"all {value:,} of", f"all {value + 1} of")
    )
    assert numbers.same(plain, parted)
    assert not numbers.same(plain, next_one)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("€1.5 million", 1.5e6, "€"),
        ("1.5 million euros", 1.5e6, "€"),
        ("£5m", 5e6, "£"),
        ("three hundred and fifty thousand people", 350_000, ""),
        ("twenty-five people", 25, ""),
        ("half of 40 per cent", 40, "percent"),
        ("40%", 40, "percent"),
        ("the 3rd time", 3, "order"),
        ("the third time", 3, "order"),
        ("at 6.41pm", 18 * 60 + 41, "time"),
        ("at 18:41", 18 * 60 + 41, "time"),
        ("at 6:41 p.m.", 18 * 60 + 41, "time"),
        ("thousands of people", 1000, "many"),
        ("a 12-year-old", 12, ""),
    ],
)
def test_numbers_are_read_with_their_kind(text: str, value: float, kind: str) -> None:
    """Value and kind, in figures and words."""
    assert [(n.value, n.kind) for n in numbers.find(text, ENGLISH)] == [(value, kind)]


@pytest.mark.parametrize(
    ("line", "ok"),
    [
        ("Der Brücken wegen will der Rat von Kesterby die Lastwagen verbieten.", True),
        ("Der Rat von Knockbrack will der alten Brücke wegen Lastwagen verbieten.", False),
        ("Der Rat von Kesterby will alte Lastwagen und Brücken nicht verbieten.", False),
    ],
)
def test_a_language_whose_nouns_have_capitals(line: str, ok: bool) -> None:
    """There an inflected noun is no foreign name, while a foreign name still is one."""
    told = "Der Rat von Kesterby will Lastwagen auf der alten Brücke verbieten."
    story = article(1, headline="", standfirst="", paragraphs=(told,))
    known = gate.facts(story, GERMAN)
    checks = gate.verdicts(line, known, written=None, on=None, max_words=35)
    assert all(c.ok for c in checks) is ok


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("yesterday", date(2026, 3, 15)),
        ("on 3 March", date(2026, 3, 3)),
        ("on March 3, 2026", date(2026, 3, 3)),
        ("on Friday", date(2026, 3, 13)),
        ("tomorrow", date(2026, 3, 17)),
    ],
)
def test_day_words_are_read_as_days(text: str, day: date) -> None:
    """Among the days that a word may mean is the one that it means."""
    [moment] = dates.find(text, ENGLISH, NOW.date())
    assert (day, day) in moment.spans


@pytest.mark.parametrize(
    "unit",
    ["THE KESTERBY COUNCIL ", "A", "'’-’' ", "1.1.1,1:1-1 ", "“a ‘b ", "of March 3 ", "not "],
)
def test_no_text_is_tried_in_many_ways(unit: str) -> None:
    """Ten thousand characters of one kind come to an end, which patterns with 2^n ways do not."""
    story = article(1, paragraphs=(unit * (10_000 // len(unit)),))
    known = gate.facts(story, ENGLISH)
    assert gate.verdicts(f"X {unit * 30}", known, written=None, on=None, max_words=35)


@pytest.mark.shared
def test_sentences_of_real_articles_keep_their_facts(shared: Path) -> None:
    """Every sentence of the sample newsroom, held against its own article."""
    for path in sorted((shared / "data/newsroom/articles").glob("*.json"))[::6]:
        told = json.loads(path.read_text("utf-8"))
        body = tuple(text for _, text in told["body"])
        story = article(1, headline=told["title"], standfirst="", paragraphs=body)
        known = gate.facts(story, ENGLISH)
        for line in [s for text in body for s in sentences.split(text)]:
            checks = gate.verdicts(line, known, written=None, on=None, max_words=99)
            assert all(c.ok for c in checks if c.name in FACTS), line
