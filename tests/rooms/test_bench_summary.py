"""The summary bench measures what it says, and training learns what can be learnt."""

import json
from pathlib import Path

import pytest

from digest.bench import summary, summary_data, summary_measures, summary_rouge, train
from digest.bench.summary_data import Told
from digest.bench.summary_rouge import Rouge
from digest.bench.train import FEATURES, Lesson
from tests.builders import article

LINE = "Kesterby council has closed the swing bridge to lorries after engineers found cracks."


def lesson(*gains: float, printed: tuple[bool, ...] = ()) -> Lesson:
    """Sentences whose first feature alone tells how good they are."""
    return Lesson(
        rows=tuple((gain, *[0.0] * (len(FEATURES) - 1)) for gain in gains),
        handicaps=tuple(0.0 for _ in gains),
        printed=printed or tuple(True for _ in gains),
        gains=gains,
        texts=tuple(f"Sentence {number}." for number in range(len(gains))),
        lead="Sentence 0.",
    )


def test_rouge_counts_stems_pairs_and_runs() -> None:
    """As rouge-score does: lower case, letters and digits, words of four letters on stemmed."""
    assert summary_rouge.tokens("The CATS' 2 running-shoes!") == ["the", "cat", "2", "run", "shoe"]
    found = summary_rouge.of("the cat sat on the mat", "the cat lay on a mat")
    assert found.one == pytest.approx(2 * 4 / 12)
    assert found.two == pytest.approx(2 * 1 / 10)
    assert found.longest == pytest.approx(2 * 4 / 12)
    assert summary_rouge.of("one two three", "one two three") == Rouge(one=1, two=1, longest=1)
    assert summary_rouge.of("", "one") == Rouge(one=0, two=0, longest=0)


def test_a_word_said_twice_counts_twice_only_where_it_stands_twice() -> None:
    """Repeating a word earns nothing."""
    assert summary_rouge.of("the mat", "the the the").one == pytest.approx(2 * 1 / 5)


def test_means_and_bests_are_taken_measure_by_measure() -> None:
    """The best of each may come from different texts."""
    scores = [Rouge(one=0.2, two=0.0, longest=0.4), Rouge(one=0.4, two=0.2, longest=0.2)]
    assert Rouge.best(scores) == Rouge(one=0.4, two=0.2, longest=0.4)
    assert Rouge.mean(scores).one == pytest.approx(0.3)
    assert Rouge.mean([]) == Rouge.best([]) == Rouge(one=0, two=0, longest=0)


def test_a_rival_that_is_always_half_as_good_is_so_in_every_draw() -> None:
    """The ratio of means, with an interval that is narrow where articles agree."""
    found = summary_measures.ratio([0.2, 0.4, 0.6], [0.1, 0.2, 0.3])
    assert (found.times, found.low, found.high) == pytest.approx((2, 2, 2))
    wide = summary_measures.ratio([0.1, 0.9, 0.5], [0.5, 0.5, 0.5])
    assert wide.low < wide.times < wide.high


def test_looks_count_what_readers_stumble_over() -> None:
    """Length, anaphors, questions, omissions, own voice; an article without a line is named."""
    seen = summary_measures.looks(
        [
            LINE,
            "",
            "He said so.",
            "This year's fair is over.",
            "Will it close?",
            "We saw it…",
            "“We saw it,” Ada Roe said.",
            "word " * 35 + "end.",
        ]
    )
    assert (seen.none, seen.long, seen.questions, seen.cut) == (1, 1, 1, 1)
    assert seen.anaphors == pytest.approx(1 / 7)
    assert seen.own_voice == pytest.approx(1 / 7)


def test_what_the_page_had_above_the_text_is_no_part_of_it() -> None:
    """Byline and dates go, and the full stops that stand by themselves."""
    page = (
        "By . Ada Roe . PUBLISHED: . 14:11 EST, 25 October 2013 . | . UPDATED: . 15:36 EST,"
        f" 25 October 2013 . {LINE} It rained ."
    )
    assert summary_data.without_page(page) == f"{LINE} It rained."
    assert summary_data.without_page(f"(CNN){LINE}") == f"(CNN){LINE}"


def test_training_finds_the_feature_that_tells() -> None:
    """It gets by far the largest weight, the others none, and the choice is right."""
    lessons = [lesson(0.1, 0.5), lesson(0.9, 0.3, 0.2), lesson(0.4, 0.8), lesson(0.7, 0.1)] * 3
    weights = train.train(lessons)
    first, *others = FEATURES
    assert weights[first].weight > 0.5
    assert all(weights[name].weight == 0 for name in others)
    assert [train.choice(each, weights) for each in lessons[:4]] == [1, 0, 1, 0]


def test_only_what_may_be_printed_is_chosen() -> None:
    """The best sentence of all is passed over, and nothing is chosen where nothing may be."""
    weights = train.train([lesson(0.1, 0.9), lesson(0.8, 0.2)])
    assert train.choice(lesson(0.9, 0.1, printed=(False, True)), weights) == 1
    assert train.choice(lesson(0.9, 0.1, printed=(False, False)), weights) is None


def test_an_article_is_judged_by_weights_that_never_saw_it() -> None:
    """Every article is held out once; one that teaches the opposite changes nothing for itself."""
    parts = train.folds(11)
    assert sorted(number for part in parts for number in part) == list(range(11))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
    lessons = [lesson(0.1, 0.5) for _ in range(9)]
    contrary = Lesson(
        rows=lessons[0].rows,
        handicaps=(0.0, 0.0),
        printed=(True, True),
        gains=(0.5, 0.1),
        texts=("Sentence 0.", "Sentence 1."),
        lead="Sentence 0.",
    )
    assert train.crossed([*lessons, contrary])[-1] == "Sentence 1."


def test_an_article_gives_a_lesson_of_what_it_may_print() -> None:
    """Rows, gains and texts belong to the same sentences; a question may not be printed."""
    told = Told(
        article=article(1, headline="", paragraphs=(f"{LINE} Will it open again?",)), lines=(LINE,)
    )
    found = train.lesson(told)
    assert found.printed == (True, False)
    assert found.gains[0] == pytest.approx(2.0)
    assert found.texts == (LINE, "Will it open again?")
    assert len(found.rows[0]) == len(FEATURES)


def test_weights_are_written_as_a_module(tmp_path: Path) -> None:
    """It says from what it was trained, and how good it was on what it had not seen."""
    rows = [
        {"id": str(n), "text": f"{LINE} It rained in Kesterby for {n} days.", "ref": [LINE]}
        for n in range(10, 16)
    ]
    source = tmp_path / "told.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    train.main([str(source)], tmp_path)
    written = (tmp_path / "weights.py").read_text("utf-8")
    assert "Trained on 6 articles of\n\n- told.jsonl\n" in written
    assert "- all highlights: 1.000 [1.000, 1.000]" in written
    assert f'    "{FEATURES[0]}": Weight(' in written


def test_without_its_data_the_bench_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No figure is made up: one sentence tells what is missing."""
    monkeypatch.setenv("DIGEST_SHARED", str(tmp_path))
    told: list[str] = []
    assert list(summary.run(lambda line: told.append(str(line)))) == ["skipped"]
    assert len(told) == 1
    assert "nothing measured" in told[0]


@pytest.mark.shared
def test_people_wrote_lines_of_the_wikinews_stories(shared: Path) -> None:
    """Each has a headline, a body and at least one line."""
    told = summary_data.wikinews(shared / "data")
    assert len(told) == 22
    assert all(t.lines and t.article.headline and t.article.paragraphs for t in told)
