"""The bench measures what it says: the article benchmark's own measure, and leaks by class."""

from pathlib import Path

import pytest

from digest.bench import extract, extract_data
from digest.bench.extract_measures import leaks, shingled, squeezed


def test_a_text_against_itself_is_perfect() -> None:
    """And nothing against something is nothing."""
    texts = ["one two three four five six", "too short"]
    assert shingled(texts, texts).f1 == 1.0
    assert shingled(texts, ["", ""]).f1 == 0.0
    assert shingled([""], [""]).f1 == 1.0


def test_precision_and_recall_are_means_over_pages() -> None:
    """Six words are three runs of four; one word too many costs a run, a half text two."""
    found = shingled(["a b c d e f", "a b c d e f"], ["a b c d e f g", "a b c d"], resample=True)
    assert found.precision == pytest.approx((3 / 4 + 1) / 2)
    assert found.recall == pytest.approx((1 + 1 / 3) / 2)
    assert found.f1 == pytest.approx(
        2 * found.precision * found.recall / (found.precision + found.recall)
    )
    assert found.spread > 0


def test_leaks_are_lines_that_nobody_marked() -> None:
    """A genuine line is none, whatever it says; the others are counted by class."""
    genuine = "Sign up, the poster said. Close to 300 homes were flooded."
    lines = ["Sign up, the poster said.", "Sign up to our newsletter", "Photo: PA", "A sentence."]
    assert dict(leaks(lines, genuine)) == {"newsletter": 1, "caption": 1}


def test_spellings_do_not_matter() -> None:
    """Soft hyphens, case and composed letters are the same word."""
    assert squeezed("Gru\u0308n-der\u00advater’s") == squeezed("GRÜN DERVATER S")


@pytest.mark.parametrize("field", ["authors", "author"])
def test_marked_fields_are_lists_or_texts(field: str) -> None:
    """Both sets of pages are read alike."""
    one = extract_data.Sample("a", b"", {field: "Ailsa Drummore", "region": "AT"})
    assert one.listed(field) == ["Ailsa Drummore"] and one.zone == "Europe/Berlin"
    assert one.listed("with") == [] and one.told("with") == ""


def test_every_extractor_answers_a_page() -> None:
    """Ours and the peers, on one small page and on none."""
    text = "The harbour trust will lay a second cable before October, its chairman said."
    page = f"<html><body><article><h1>Lights on</h1>{f'<p>{text}</p>' * 4}</article></body></html>"
    for name, extractor in extract_data.EXTRACTORS.items():
        for html in (page.encode(), b""):
            (answer,) = extract_data.answers(extractor, [extract_data.Sample("a", html, {})])
            assert answer.seconds >= 0 and (html == b"" or text in " ".join(answer.lines)), name


def test_missing_data_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the team's folder nothing is measured, and the bench says where it belongs."""
    monkeypatch.setenv(extract_data.SHARED, str(tmp_path))
    said: list[str] = []
    assert extract.run(said.append) == {}
    assert len(said) == 1 and extract_data.SHARED in said[0]
