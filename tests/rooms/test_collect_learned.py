"""Lines that a source prints in stories about other things are its own."""

from collections import defaultdict
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect import learned

PLEA = "Every gift of ours began with somebody like this."
HEADLINES = (
    "Harbour gets second cable before October",
    "Museum finds voice in the cellar",
    "Nine sets of twins start at one school",
    "Bakery flour prices fall again",
)


def seen(*articles: tuple[str, Sequence[str]]) -> dict[str, list[tuple[str, str]]]:
    """Line key -> URL and headline, as the store gives them."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for number, (headline, lines) in enumerate(articles):
        for key in learned.keys(lines):
            found[key].append((f"https://a.example/{number}", headline))
    return found


def gone(
    line: str, headlines: Sequence[str], *, url: str = "https://a.example/0", headline: str = ""
) -> list[str]:
    """Reasons to drop the line after it stood under the headlines."""
    known = seen(*((each, [line]) for each in headlines))
    return [
        d.because
        for d in learned.repeated([line], known, url=url, headline=headline or headlines[0])
    ]


def test_a_line_under_three_unlike_headlines_is_the_papers() -> None:
    """Two are chance; the reason counts the articles."""
    assert gone(PLEA, HEADLINES[:2]) == []
    assert gone(PLEA, HEADLINES[:3]) == ["it stands in 3 articles of this source"]
    assert gone(PLEA, HEADLINES) == ["it stands in 4 articles of this source"]


def test_the_article_itself_counts_once() -> None:
    """Whether or not the store knows it already."""
    new = "https://a.example/new"
    assert gone(PLEA, HEADLINES[:2], url=new, headline=HEADLINES[2]) != []
    assert gone(PLEA, HEADLINES[:1] * 3) == []


def test_background_shared_by_one_event_is_genuine() -> None:
    """Articles on the same thing repeat paragraphs, and their headlines share words."""
    line = "Two boats touched the rocks while the lights were out on the east side."
    same = (
        "Harbour cable repair starts Monday",
        "Cable repair at harbour takes longer",
        "Harbour trust pays for cable repair",
        "Divers finish harbour cable repair",
    )
    assert gone(line, same) == []


@pytest.mark.parametrize(
    "line",
    [
        "“We will not be moved,” she said.",
        'He answered: "No comment."',
        "The harbour is open to all.",
    ],
)
def test_quotations_and_the_storys_own_words_are_safe(line: str) -> None:
    """Somebody speaks, or the line names what the headline names."""
    assert gone(line, HEADLINES) == []


def test_numbers_and_marks_do_not_matter() -> None:
    """ "12 people are reading" and "7 people are reading!" are the same line."""
    one, other = "12 people are reading this.", "7 people are reading this!"
    assert learned.key(one) == learned.key(other) != learned.key("Nobody is reading this.")


def test_edges_and_short_lines_are_remembered() -> None:
    """First two and last four whatever their length, others up to forty words; each once."""
    long = [f"{'word ' * 41}{letter}." for letter in "abcdefghij"]
    assert learned.keys(long) == [learned.key(text) for text in (*long[:2], *long[-4:])]
    middle = [*long[:4], "A short line.", "A short line.", *long[4:]]
    assert learned.keys(middle).count(learned.key("A short line.")) == 1
    assert learned.keys([]) == []


@given(st.lists(st.text(max_size=80), max_size=12), st.text(max_size=60))
def test_nothing_is_dropped_before_anything_was_seen(lines: list[str], headline: str) -> None:
    """Any text has keys, and the first article of a source stays whole."""
    assert len(learned.keys(lines)) <= len(lines)
    assert learned.repeated(lines, {}, url="https://a.example/1", headline=headline) == []
    alone = seen((headline, lines))
    assert learned.repeated(lines, alone, url="https://a.example/0", headline=headline) == []
