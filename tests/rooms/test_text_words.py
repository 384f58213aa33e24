"""Counting, cleaning and stemming words, and finding quotations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import plain, quotes, words
from digest.text.stems import stem
from digest.text.terms import terms
from digest.text.terms import words as named


def test_words_are_what_stands_between_blanks_and_dashes() -> None:
    """A figure is one word, a closed-up dash parts two, a hyphen none."""
    assert words.count("Some 8,000 well-armed men—all of them—left at 6.41pm.") == 10
    assert words.count(" ") == 0


@given(st.text())
def test_nobody_counts_more_words(text: str) -> None:
    """A limit kept by our count is kept by counting blanks."""
    assert words.count(text) >= len(text.split())


def test_a_full_bulletin_takes_53_seconds() -> None:
    """210 words at 238 a minute, rounded up."""
    assert words.seconds(210, 238) == 53
    assert words.seconds(0, 238) == 0
    assert words.seconds(1, 238) == 1
    assert words.seconds(210, per_minute=150) == 84


def test_a_limit_never_goes_beyond_a_minute() -> None:
    """As many words as asked for, cut to what 60 seconds hold at that pace."""
    assert words.most(210, 238) == 210
    assert words.most(210, 179) == 179
    assert words.seconds(words.most(9_999, 179), 179) == 60


def test_one_line_has_no_breaks_or_disguises() -> None:
    """Line ends, tabs, controls, zero-width and direction marks go; joiners in emoji stay."""
    assert plain.one_line(" a\u00a0b\r\n\tc\x00d\u200be\u202ef\u00adg ") == "a b cdefg"
    assert plain.one_line("👩\u200d🚒") == "👩\u200d🚒"


@given(st.text())
def test_one_line_is_idempotent(text: str) -> None:
    """A clean line stays as it is."""
    once = plain.one_line(text)
    assert plain.one_line(once) == once
    assert "\n" not in once


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("caresses", "caress"), ("ponies", "poni"), ("agreed", "agre"), ("plastered", "plaster"),
        ("sing", "sing"), ("hopping", "hop"), ("filing", "file"), ("happy", "happi"),
        ("relational", "relat"), ("generalizations", "gener"), ("oscillators", "oscil"),
        ("adoption", "adopt"), ("controlled", "control"), ("rate", "rate"), ("is", "is"),
    ],
)  # fmt: skip
def test_stems(word: str, expected: str) -> None:
    """The published examples of Porter's algorithm."""
    assert stem(word) == expected


def test_terms_leave_out_what_says_little() -> None:
    """Stop words and possessive endings go, numbers stay."""
    assert terms("The harbour’s 17 lights were on.") == ["harbour", "17", "light"]
    assert named("Zelenskyy's U.S. visit") == ["Zelenskyy", "U.S", "visit"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('He said “go” and "stay".', ["“go”", '"stay"']),
        ("The players’ union isn’t ‘ready’ now.", ["‘ready’"]),
        ("‘The players’ union is ready,’ he said.", ["‘The players’ union is ready,’"]),
        ("'I'm in,' said O'Neill in the '90s.", ["'I'm in,'"]),
        ("“He told me ‘no’ twice,” she said.", ["“He told me ‘no’ twice,”"]),
        ('Er sagte „ja“ und „nein".', ["„ja“", '„nein"']),
        ("»Wir gehen«, sagte sie.", ["»Wir gehen«"]),
        ('Il dit « oui » et l’"urgence".', ["« oui »", '"urgence"']),
        ("« Il m’a dit “non” », dit-elle.", ["« Il m’a dit “non” »"]),
        ("Sie fand es ‚gut‘ und ging.", ["‚gut‘"]),
        ('Dijo «¿vienes?» y ¿"qué"?', ["«¿vienes?»", '"qué"']),
    ],
)
def test_quotations_are_found(text: str, said: list[str]) -> None:
    """Apostrophes are no quotations, and inner ones belong to the outer."""
    assert [text[q.start : q.end] for q in quotes.find(text)] == said
    assert quotes.balanced(text)


@pytest.mark.parametrize(
    "text", ["„Wir", "«Oui", "» Lire aussi", "“We won.", "We won.”", 'We "won.', 'won," he said.']
)
def test_half_quotations_are_not_balanced(text: str) -> None:
    """A mark without its partner shows."""
    assert not quotes.balanced(text)


def test_what_the_paper_itself_says() -> None:
    """Closed quotations are left out, the rest stays."""
    assert quotes.without("He said “I go” today.").split() == ["He", "said", "today."]
