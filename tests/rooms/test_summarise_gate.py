"""The gate: a line says what its story says, or the rule that catches it names why."""

import json
import statistics
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest.summarise import gate
from digest.summarise.style import Style
from digest.summarise.wording import ENGLISH
from tests.builders import NOW, article

STORY = article(
    1,
    headline="Swing bridge in Kesterby closes to lorries",
    standfirst="",
    published=NOW,
    paragraphs=(
        "Kesterby council voted 5-4 to close the swing bridge to lorries after engineers found"
        " cracks in 12 of its girders, mayor Ada Roe said.",
        "“The bridge is a hundred years old,” she said, adding that it would cost €1.5 million.",
        "Police do not believe that anybody was hurt.",
        "Bo Lunt, a haulier accused of overloading, may appeal in Holme.",
        "He told the court on Friday that his lorries had always been within the limit.",
        "The World Bridge Union, which sent two inspectors, failed to find older cracks.",
        "Traffic rose by 40 percent last year, according to the council.",
        "The work was illegal, inspector Cy Penn said: “Nobody asked us about the new bolts.”",
    ),
)
HONEST = "Kesterby council voted 5-4 to close the swing bridge to lorries, mayor Ada Roe said."
RULES = [
    "numbers", "names", "placing", "quotations", "speakers", "negation", "hedges", "attribution",
    "dates", "coverage", "story", "shape", "days",
]  # fmt: skip


def failed(line: str, **more: object) -> set[str]:
    """The names of the rules that refuse the line."""
    on = NOW.date() + timedelta(days=int(str(more.get("days", 0))))
    return {check.name for check in gate.check(line, STORY, Style(on=on)) if not check.ok}


def test_an_honest_line_passes_every_rule() -> None:
    """All are met, and an editor reads what was found."""
    checks = gate.check(HONEST, STORY, Style(on=NOW.date()))
    assert [c.name for c in checks] == RULES
    assert all(c.ok for c in checks)
    found = {c.name: c.detail for c in checks if c.detail}
    assert found == {
        "numbers": "1 number found in the story",
        "names": "2 names found in the story",
        "coverage": "100% of its words are the story’s",
    }


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (HONEST.replace("5-4", "6-4"), "numbers"),
        (HONEST.replace("5-4", "4-5"), "numbers"),
        ("Engineers found cracks in thirteen girders of the Kesterby swing bridge.", "numbers"),
        ("The Kesterby swing bridge would cost €1.6 million, she said.", "numbers"),
        ("The Kesterby swing bridge would cost €1.5 billion, she said.", "numbers"),
        ("The Kesterby swing bridge would cost $1.5 million, she said.", "numbers"),
        ("Traffic rose by 40 euros last year, according to the Kesterby council.", "numbers"),
        ("Traffic rose by 12 percent last year, according to the council.", "numbers"),
        (HONEST.replace("Ada Roe", "Ann Doe"), "names"),
        (HONEST.replace("Ada Roe", "Ada Lunt"), "names"),
        (HONEST.replace("Kesterby", "Knockbrack"), "names"),
        (HONEST.replace("Ada Roe", "Bo Lunt"), "placing"),
        ("Ada Roe, a haulier accused of overloading, may appeal in Holme.", "placing"),
        ("The bridge is “two hundred years old”, mayor Ada Roe of Kesterby said.", "quotations"),
        ("“The bridge is a hundred years old,” Bo Lunt said.", "speakers"),
        ("“Nobody asked us about the new bolts,” said mayor Ada Roe of the bridge.", "speakers"),
        ("Police believe that anybody was hurt on the Kesterby bridge.", "negation"),
        (HONEST.replace("voted 5-4", "did not vote 5-4"), "negation"),
        ("The World Bridge Union, which sent two inspectors, managed to find older cracks.",
         "negation"),
        ("The work was legal, inspector Cy Penn said of the new bolts.", "negation"),
        ("Traffic fell by 40 percent last year, according to the council.", "negation"),
        ("Bo Lunt, a haulier, will appeal in Holme over overloading.", "hedges"),
        ("Bo Lunt, a haulier guilty of overloading, may appeal in Holme.", "hedges"),
        ("Kesterby council voted 5-4 to close the swing bridge to lorries after engineers found"
         " cracks in 12 of its girders.", "attribution"),
        ("Traffic rose by 40 percent last year.", "attribution"),
        ("Bo Lunt told the court on Thursday that his lorries had been within the limit.", "dates"),
        ("Kesterby celebrates its famous carnival with fireworks and dancing bears.", "coverage"),
        (HONEST[:-1], "shape"),
        ("We saw Kesterby council vote 5-4 to close the swing bridge to lorries.", "shape"),
        ("Will Kesterby council close the swing bridge to lorries?", "shape"),
        (HONEST[:-1] + ", see https://kesterby.example.", "shape"),
        ("Kesterby council voted to close the bridge...", "shape"),
        ("Der Rat von Kesterby hat beschlossen, die Brücke für Lastwagen zu schließen.", "shape"),
        (" ".join([HONEST] * 3), "shape"),
        ("", "shape"),
    ],
)  # fmt: skip
def test_a_corrupted_line_is_caught(line: str, rule: str) -> None:
    """The rule that was broken is among those that refuse."""
    assert rule in failed(line)


@pytest.mark.parametrize(
    "line",
    [
        "Engineers found cracks in twelve girders of the Kesterby swing bridge.",
        "The Kesterby swing bridge would cost €1,500,000, mayor Ada Roe said.",
        "The Kesterby swing bridge would cost 1.5 million euros, mayor Ada Roe said.",
        'The swing bridge "is a hundred years old", mayor Ada Roe said.',
        "Kesterby’s council voted to close the swing bridge to lorries, Roe said.",
        "Kesterby council voted five to four to close the swing bridge to lorries, Roe said.",
        "Bo Lunt told the court on Friday that his lorries had always been within the limit.",
        "Bo Lunt told the court on 13 March that his lorries had always been within the limit.",
        "The WBU, which sent two inspectors, failed to find older cracks.",
        "The WBU, which sent two inspectors, did not find older cracks.",
        "Traffic rose by 40 percent in 2025, according to the council.",
        "“Nobody asked us about the new bolts,” inspector Penn said.",
        "Bo Lunt, a haulier accused of overloading, might appeal in Holme.",
    ],
)
def test_another_way_of_writing_is_no_alarm(line: str) -> None:
    """Figures for words, marks, possessives, short names, dates and pronouns written out pass."""
    assert failed(line) == set()


def test_today_passes_only_on_the_day() -> None:
    """A relative day is checked against the article's date."""
    today = article(
        2,
        published=NOW,
        paragraphs=("Kesterby council voted today to close the swing bridge to lorries.",),
    )
    line = today.paragraphs[0]
    assert {c.name for c in gate.check(line, today, Style(on=NOW.date())) if not c.ok} == set()
    for on in (None, NOW.date() + timedelta(days=1)):
        assert {c.name for c in gate.check(line, today, Style(on=on)) if not c.ok} == {"days"}


@pytest.mark.parametrize(
    ("said", "line", "ok"),
    [
        ("yesterday", "on Sunday", True),
        ("yesterday", "on 15 March", True),
        ("yesterday", "on Saturday", False),
        ("yesterday", "on 14 March", False),
        ("yesterday", "today", False),
        ("today", "on Monday", True),
        ("tomorrow", "today", True),
        ("tomorrow", "on Wednesday", False),
        ("last month", "in February", True),
        ("last month", "in January", False),
        ("on 3 March", "on 3 March", True),
        ("on 3 March", "on 3 May", False),
    ],
)
def test_a_day_set_right_names_the_same_day(said: str, line: str, ok: bool) -> None:
    """The article is of Monday, 16 March 2026, the bulletin of the day after."""
    text = "The council of Kesterby closed the old swing bridge to all lorries {}."
    told = article(3, published=NOW, paragraphs=(text.format(said),))
    checks = gate.check(text.format(line), told, Style(on=NOW.date() + timedelta(days=1)))
    assert all(c.ok for c in checks) is ok


def test_a_name_for_a_pronoun_is_one_named_before() -> None:
    """Somebody whom only a later sentence names cannot be "he"."""
    line = "{} told the court on Friday that his lorries had always been within the limit."
    assert failed(line.format("Bo Lunt")) == set()
    assert "placing" in failed(line.format("Cy Penn"))


def test_another_story_may_not_cover_a_line_better() -> None:
    """A line under the wrong story is caught though every word of it is in both."""
    other = article(
        4, paragraphs=("Kesterby council closed the swing bridge in Holme to lorries and cars.",)
    )
    line = "Kesterby council may close the swing bridge in Holme to lorries and cars."
    known, beside = gate.facts(STORY, ENGLISH), gate.facts(other, ENGLISH)
    checks = gate.verdicts(line, known, written=None, on=None, max_words=35, others=[beside])
    assert [c.ok for c in checks if c.name == "story"] == [False]
    alone = gate.verdicts(line, known, written=None, on=None, max_words=35, others=[known])
    assert [c.ok for c in alone if c.name == "story"] == [True]


def test_the_detail_names_what_is_wrong() -> None:
    """An editor reads which word the story does not have, and what stands there instead."""
    checks = gate.check(HONEST.replace("Ada", "Zoe"), STORY, Style(on=None))
    found = {c.name: c.detail for c in checks if not c.ok}
    assert found["names"] == "Zoe: not in the story"
    checks = gate.check(HONEST.replace("5-4", "6-4"), STORY, Style(on=None))
    assert {c.name: c.detail for c in checks}["numbers"] == "6-4, where the story has 5-4"


@pytest.mark.shared
def test_lines_about_other_stories_are_caught(shared: Path) -> None:
    """99 of 100 human lines fail when held against another article."""
    rows = (shared / "data/newsroom/gold_summaries.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(row) for row in rows]
    stories = [
        gate.facts(article(1, headline=t["title"], paragraphs=_body(shared, t["id"])), ENGLISH)
        for t in found
    ]
    verdicts = [
        any(not c.ok for c in gate.verdicts(s["text"], other, written=None, on=None, max_words=99))
        for row, own in zip(found, stories, strict=True)
        for other in stories
        if other is not own
        for s in row["summaries"]
    ]
    assert statistics.mean(verdicts) >= 0.99


def _body(shared: Path, name: str) -> tuple[str, ...]:
    path = shared / f"data/newsroom/articles/{name}.json"
    return tuple(text for _, text in json.loads(path.read_text("utf-8"))["body"])


def test_no_exact_figure_stands_for_thousands() -> None:
    """A line may say thousands where the story counts them, but not the other way round."""
    told = replace(STORY, paragraphs=("Thousands of lorries crossed the bridge of Kesterby.",))
    counted = replace(STORY, paragraphs=("2,713 lorries crossed the bridge of Kesterby.",))
    exact, vague = "2,713 lorries crossed the bridge of Kesterby.", told.paragraphs[0]
    for line, story, ok in ((exact, told, False), (vague, counted, True), (vague, told, True)):
        checks = {c.name: c.ok for c in gate.check(line, story, Style(on=None))}
        assert checks["numbers"] is ok, line
