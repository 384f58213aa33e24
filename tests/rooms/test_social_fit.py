"""Shortening without breaking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.social import fit

LINE = "The lights of Sorrisdale harbour came back on after 17 days, Effie Galbraith said."


def _within(size: int) -> fit.Fits:
    return lambda text: len(text) <= size


def test_a_line_that_fits_is_left_alone() -> None:
    """Nothing is lost without need."""
    assert fit.choose(LINE, "Headline", fits=_within(len(LINE))) == LINE


def test_whole_sentences_come_before_the_headline() -> None:
    """Of two sentences the first is kept whole."""
    line = "The lights are on again. Divers joined the cable at low water on Sunday morning."
    assert fit.choose(line, "Lights back", fits=_within(40)) == "The lights are on again."


def test_the_headline_comes_before_a_cut() -> None:
    """A complete headline is better than half a line."""
    assert fit.choose(LINE, "Harbour lights back on", fits=_within(40)) == "Harbour lights back on"


@pytest.mark.parametrize(
    ("text", "size", "cut"),
    [
        (LINE, 70, "The lights of Sorrisdale harbour came back on after 17 days…"),
        ("Rain fell on 17 days of June in the west", 15, "Rain fell…"),
        ("It was seen by Mary Ann Burke yesterday", 24, "It was seen…"),
        ("The vote on 4 May was close again", 14, "The vote…"),
        ("The minister said “we will never pay for this” again", 40, "The minister said…"),
        ("Read https://sample.ie/a-very-long-address now", 30, "Read…"),
        ("The harbour of the town is shut", 20, "The harbour…"),
    ],
)
def test_a_cut_keeps_things_together(text: str, size: int, cut: str) -> None:
    """Never inside a number, a name, a quotation or a link; no small word is left hanging."""
    assert fit.cut(text, fits=_within(size)) == cut


def test_no_honest_cut_gives_nothing() -> None:
    """A line that is one quotation is not cut at all; the headline is tried instead."""
    line = "“We will rebuild the pier stone by stone before the next winter comes”"
    headline = "Pier to be rebuilt after winter storms"
    assert fit.cut(line, fits=_within(30)) == ""
    assert fit.choose(line, headline, fits=_within(30)) == "Pier to be rebuilt…"


def test_scripts_without_gaps_are_cut_between_characters() -> None:
    """Something is said even where no word ends."""
    assert fit.choose("日本語" * 50, "", fits=_within(11)) == "日本語日本語日本語日…"


WORDS = st.lists(
    st.sampled_from(
        ["the", "Mary", "Burke", "said", "17", "days,", "“we", "will”", "https://sample.ie/a", "of"]
        + ["harbour", "£4m", "May", "water.", "No.", "it's", "日本"]
    ),
    min_size=1,
    max_size=40,
).map(" ".join)


@given(WORDS, WORDS, st.integers(3, 120))
def test_what_is_chosen_always_fits(line: str, headline: str, size: int) -> None:
    """Whatever the text, the result is within the limit and says something."""
    chosen = fit.choose(line, headline, fits=_within(size))
    assert 0 < len(chosen) <= size


@given(WORDS, st.integers(3, 200))
def test_a_cut_ends_between_words(text: str, size: int) -> None:
    """Without its last mark the cut is the beginning of the text, and a blank follows."""
    kept = fit.cut(text, fits=_within(size))
    if kept and kept != text:
        words = kept.removesuffix("…")
        assert text.startswith(words)
        assert text.removeprefix(words).lstrip(",;:.").startswith(" ")


@given(st.text(max_size=200))
def test_clean_text_is_one_line(text: str) -> None:
    """No control character and no line break reaches a post."""
    clean = fit.clean(text)
    assert "\n" not in clean and "\r" not in clean and "\x00" not in clean
