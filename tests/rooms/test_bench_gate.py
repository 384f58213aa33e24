"""The bench of the gate: corruptions change one thing, and shares come with their uncertainty."""

from random import Random

import pytest

from digest.bench import gate as bench
from digest.bench import gate_corruptions as corruptions
from digest.bench.gate import Honest, Share
from digest.bench.gate_corruptions import KINDS, Told
from tests.builders import article, distinct_article

TEXT = (
    "The council said Ada Roe may close the bridge on Friday. Later that day Bo Lunt said 40"
    " lorries had not crossed it. “Nobody asked us about the new bolts,” said Bo Lunt, who lost the"
    " vote."
)
OTHER = "In a village near Larne a farmer called Cy Penn keeps goats, and Dee Moy buys the cheese."


def told(line: str, text: str = TEXT) -> Told:
    """A line and its article."""
    return Told(
        line=line, names=corruptions.names(text), words=corruptions.ordinary(text), text=text
    )


def corrupt(kind: str, line: str, seed: int = 1) -> str | None:
    """The line made false in this way."""
    return KINDS[kind][0](told(line), told("Dee Moy buys the cheese.", OTHER), Random(seed))


@pytest.mark.parametrize(
    ("kind", "line", "made"),
    [
        ("another story's line", "Ada Roe may close it.", {"Dee Moy buys the cheese."}),
        ("name from another article", "It was Ada Roe.", {"It was Cy Penn.", "It was Dee Moy."}),
        ("name swapped within the article", "It was Ada Roe.", {"It was Bo Lunt."}),
        ("negation added", "It was open.", {"It was not open."}),
        ("negation removed", "It had not moved.", {"It had moved."}),
        ("negation removed", "It failed to move.", {"It managed to move."}),
        ("hedge removed", "It may move.", {"It will move."}),
        ("hedge removed", "He is accused of theft.", {"He is guilty of theft."}),
        ("quotation given to another", "“Nobody asked us about the bolts,” Bo Lunt said.",
         {"“Nobody asked us about the bolts,” Ada Roe said."}),
        ("word for its opposite", "They lost.", {"They won."}),
        ("attribution dropped",
         "The bridge was closed to lorries after cracks were found, the council said.",
         {"The bridge was closed to lorries after cracks were found."}),
    ],
)  # fmt: skip
def test_each_corruption_makes_one_mistake(kind: str, line: str, made: set[str]) -> None:
    """What it makes of a plain line."""
    assert {corrupt(kind, line, seed) for seed in range(20)} == made


@pytest.mark.parametrize("line", ["All 40 lorries moved.", "There were four.", "A million did."])
def test_a_changed_number_is_another_one(line: str) -> None:
    """In figures, words and scales."""
    made = {corrupt("number changed", line, seed) for seed in range(20)}
    assert None not in made and line not in made


def test_a_changed_quotation_changes_inside_its_marks() -> None:
    """What stands outside them is left alone."""
    line = "“Nobody asked us about the new bolts,” said Bo Lunt."
    for seed in range(20):
        made = corrupt("quoted word altered", line, seed)
        assert made and made != line and made.startswith("“") and made.endswith(",” said Bo Lunt.")


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_without_the_thing_is_no_base(kind: str) -> None:
    """Nothing can be made false that is not there; only a whole line always can."""
    made = corrupt(kind, "Goats eat grass.")
    assert made is None or kind == "another story's line"


def test_a_share_knows_how_sure_it_is() -> None:
    """Wilson's interval: 0 of 10 is not certainly none."""
    low, high = Share(found=0, of=10).interval
    assert low == pytest.approx(0, abs=1e-9) and high == pytest.approx(0.278, abs=0.001)
    assert Share(found=0, of=0).interval == (0.0, 1.0)
    assert "50.0 %" in str(Share(found=5, of=10))


def test_what_is_false_is_counted_and_what_is_honest_is_not_stopped() -> None:
    """On the sample stories: lines of other stories are caught, own ones pass."""
    half = [
        Honest(article=a, lines={"own lines": [a.paragraphs[0]]})
        for a in (distinct_article(n) for n in range(1, 6))
    ]
    assert bench.alarms(half)["own lines"] == Share(found=0, of=5)
    caught, reworded = bench.caught(half)
    assert caught["another story's line"] == Share(found=5, of=5)
    assert reworded["another story's line"] == Share(found=0, of=0)
    assert bench.printed(half)["on the day"].found == 0


def test_copies_of_an_article_stay_in_one_half() -> None:
    """What was seen on one side must not be new on the other."""
    urls = ["a", "b", "c", f"{bench.NEWSROOM}a", f"{bench.NEWSROOM}b", f"{bench.NEWSROOM}d"]
    even, odd = bench.halved([Honest(article=article(1, url=url), lines={}) for url in urls])
    assert [each.article.url for each in even] == ["a", "c", "newsroom a"]
    assert [each.article.url for each in odd] == ["b", "newsroom b", "newsroom d"]


def test_an_article_without_lines_gives_no_corruption() -> None:
    """And one that stands alone has nobody to be confused with."""
    alone = Honest(article=article(1), lines={"own lines": []})
    assert list(bench.corrupted([alone])) == []
    assert list(bench.corrupted([])) == []
