"""The gate: a line says what its story says, or the rule that catches it names why."""

import json
import statistics
from datetime import timedelta
from pathlib import Path

import pytest

from digest.summarise import gate
from digest.summarise.style import Style
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
    ),
)
HONEST = "Kesterby council voted 5-4 to close the swing bridge to lorries, mayor Ada Roe said."


def failed(line: str, **more: object) -> set[str]:
    """The names of the rules that refuse the line."""
    on = NOW.date() + timedelta(days=int(str(more.get("days", 0))))
    return {check.name for check in gate.check(line, STORY, Style(on=on)) if not check.ok}


def test_an_honest_line_passes_every_rule() -> None:
    """Eight rules, all met."""
    checks = gate.check(HONEST, STORY, Style(on=NOW.date()))
    assert [c.name for c in checks] == [
        "numbers", "names", "quotations", "negation", "hedges", "coverage", "shape", "days",
    ]  # fmt: skip
    assert all(c.ok and not c.detail for c in checks)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (HONEST.replace("5-4", "6-4"), "numbers"),
        ("Engineers found cracks in thirteen girders of the Kesterby swing bridge.", "numbers"),
        ("The Kesterby swing bridge would cost €1.6 million, she said.", "numbers"),
        (HONEST.replace("Ada Roe", "Ann Doe"), "names"),
        (HONEST.replace("Kesterby", "Knockbrack"), "names"),
        ("The bridge is “two hundred years old”, mayor Ada Roe of Kesterby said.", "quotations"),
        ("Police believe that anybody was hurt on the Kesterby bridge.", "negation"),
        (HONEST.replace("voted 5-4", "did not vote 5-4"), "negation"),
        ("Bo Lunt, a haulier, will appeal in Holme over overloading.", "hedges"),
        ("Kesterby celebrates its famous carnival with fireworks and dancing bears.", "coverage"),
        (HONEST[:-1], "shape"),
        ("We saw Kesterby council vote 5-4 to close the swing bridge to lorries.", "shape"),
        ("Will Kesterby council close the swing bridge to lorries?", "shape"),
        (HONEST[:-1] + ", see https://kesterby.example.", "shape"),
        (" ".join([HONEST] * 3), "shape"),
        ("", "shape"),
    ],
)
def test_a_corrupted_line_is_caught(line: str, rule: str) -> None:
    """The rule that was broken is among those that refuse."""
    assert rule in failed(line)


@pytest.mark.parametrize(
    "line",
    [
        "Engineers found cracks in twelve girders of the Kesterby swing bridge.",
        "The Kesterby swing bridge would cost €1,500,000, mayor Ada Roe said.",
        'The swing bridge "is a hundred years old", mayor Ada Roe said.',
        "Roe’s council voted to close the swing bridge to Kesterby’s lorries.",
    ],
)
def test_another_way_of_writing_is_no_alarm(line: str) -> None:
    """Figures for words, straight marks for curly ones and possessives pass."""
    assert failed(line) == set()


def test_today_passes_only_on_the_day() -> None:
    """A relative day is checked against the article's date."""
    line = "Kesterby council voted 5-4 today to close the swing bridge to lorries."
    assert failed(line) == set()
    assert failed(line, days=1) == {"days"}
    assert any(not c.ok for c in gate.check(line, STORY, Style(on=None)))


def test_the_detail_names_what_is_wrong() -> None:
    """An editor reads which word the story does not have."""
    found = {
        c.name: c.detail for c in gate.check(HONEST.replace("Ada", "Zoe"), STORY, Style(on=None))
    }
    assert found["names"] == "Zoe: not in the story"


@pytest.mark.shared
def test_lines_about_other_stories_are_caught(shared: Path) -> None:
    """99 of 100 human lines fail when held against another article."""
    rows = (shared / "data/newsroom/gold_summaries.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(row) for row in rows]
    stories = [
        article(1, headline=told["title"], standfirst="", paragraphs=_body(shared, told["id"]))
        for told in found
    ]
    verdicts = [
        any(not c.ok for c in gate.check(summary["text"], other, Style(on=None, max_words=99)))
        for told, row in zip(stories, found, strict=True)
        for other in stories
        if other is not told
        for summary in row["summaries"]
    ]
    assert statistics.mean(verdicts) >= 0.99


def _body(shared: Path, name: str) -> tuple[str, ...]:
    path = shared / f"data/newsroom/articles/{name}.json"
    return tuple(text for _, text in json.loads(path.read_text("utf-8"))["body"])
