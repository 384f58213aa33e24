"""Lengths by each network's own rule."""

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from digest.model.account import Network
from digest.social import links, measure

WEIGHTED = (
    "WeightedTweetsCounterTest",
    "WeightedTweetsWithDiscountedEmojiCounterTest",
    "UnicodeDirectionalMarkerCounterTest",
)
BEFORE_EMOJI_RULE = {"H🐱☺👨‍👩‍👧‍👦": 7, "🙋🏽👨‍🎤": 4}
"""Rows of the first section give the count of X's older rule; this is what counts today."""

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab.:/-_@#?=&()é日א👍🏽\u200d\r\n 1"), st.characters(codec="utf-8")
    ),
    max_size=80,
)


def _rows(shared: Path, name: str, section: str) -> list[dict[str, Any]]:
    file = shared / "data" / "social" / "twitter-text" / "conformance" / name
    rows: list[dict[str, Any]] = YAML(typ="safe").load(file.read_text("utf-8"))["tests"][section]
    return rows


@pytest.mark.shared
@pytest.mark.parametrize(("section", "count"), list(zip(WEIGHTED, (20, 22, 2), strict=True)))
def test_x_length_is_twitter_texts(shared: Path, section: str, count: int) -> None:
    """Every row of X's own conformance tests for weighted length."""
    rows = _rows(shared, "validate.yml", section)
    for row in rows:
        old = BEFORE_EMOJI_RULE if section == WEIGHTED[0] else {}
        wanted = old.get(row["text"], row["expected"]["weightedLength"])
        assert measure.length(Network.X, row["text"]) == wanted, row["description"]
    assert len(rows) == count


@pytest.mark.shared
@pytest.mark.parametrize(
    "section",
    ["urls", "urls_with_indices", "urls_with_directional_markers", "tco_urls_with_params"],
)
def test_x_links_are_twitter_texts(shared: Path, section: str) -> None:
    """Every row of X's own conformance tests for links, with their places where given."""
    for row in _rows(shared, "extract.yml", section):
        text, found = row["text"], links.spans(row["text"])
        if row["expected"] and isinstance(row["expected"][0], dict):
            shown: list[Any] = [{"url": text[a:b], "indices": [a, b]} for a, b in found]
        else:
            shown = [text[a:b] for a, b in found]
        assert shown == row["expected"], row["description"]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Harbour lights back", 19),
        ("One\r\ntwo", 7),
        ("cafe\u0301", 4),
        ("日本", 4),
        ("“Yes” – he said…", 17),
        ("👨‍👩‍👧‍👦 🇮🇪 👍🏽 ☹️", 11),
        ("https://www.thejournal.ie/a-very-long-address-that-never-ends-123456/", 23),
        ("TheJournal.ie says", 28),
        ("(see gov.uk/x_(y).)", 30),
        ("http://sample.example/a", 23),
        ("news@sample.ie", 14),
        ("3.5 of No.1", 11),
    ],
)
def test_x_weights(text: str, length: int) -> None:
    """What editors meet: links and bare domains 23, wide characters and emoji 2."""
    assert measure.length(Network.X, text) == length


def test_no_text_takes_long_to_measure() -> None:
    """Ten thousand characters, chosen to defeat backtracking, take one pass (else minutes)."""
    hostile = ["a.", "a.com.", "-a", "(a", "http://", "a.com/((", "é.", "日.", "_a.", ".", "a?"]
    hostile += [
        "👨\u200d",
        "👨🏽",
        "1\ufe0f",
        "@a",
        "@a@",
        "@a@b.",
        "a",
        "@",
        "http://a,",
        "e\u0301",
    ]
    for piece in hostile:
        text = (piece * 10_000)[:10_000]
        for network in Network:
            assert measure.length(network, text) > 0
    dice = random.Random(1)
    for _ in range(20):
        text = "".join(dice.choice(hostile) for _ in range(3_000))[:10_000]
        assert measure.length(Network.X, text) > 0


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("a" * 300, True),
        ("a" * 301, False),
        ("日" * 300, True),
        ("🇮🇪" * 300, True),
        ("e\u0301" * 300, True),
        ("\r\n" * 300, True),
        ("\u1100\u1161\u11a8" * 300, True),
        ("👨‍👩‍👧‍👦" * 120, True),
        ("👨‍👩‍👧‍👦" * 121, False),
        ("क्षि" * 230, True),
    ],
)
def test_bluesky_takes_300_graphemes_and_3000_bytes(text: str, fits: bool) -> None:
    """The cases a real server was asked."""
    assert measure.fits(Network.BLUESKY, text) is fits


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("a" * 500, 500),
        ("https://sample.ie/" + "x" * 400, 23),
        ("See https://sample.ie/a, please.", 4 + 23 + 9),
        ("sample.ie", 9),
        ("@anna@example.org said", 10),
        ("👨‍👩‍👧‍👦", 1),
    ],
)
def test_mastodon_counts_graphemes(text: str, length: int) -> None:
    """An address counts 23, a bare domain is no link, a mention loses its server."""
    assert measure.length(Network.MASTODON, text) == length


def test_a_link_makes_a_post_dearer_on_x() -> None:
    """A newspaper's name with its domain is a link to X, and costs like one."""
    assert measure.price(Network.X, "The Journal reports") == 15
    assert measure.price(Network.X, "TheJournal.ie reports") == 200
    assert measure.price(Network.BLUESKY, "TheJournal.ie reports") == 0


@given(TEXTS)
def test_links_are_in_order_and_apart(text: str) -> None:
    """Links never overlap, and each holds a dot."""
    end = 0
    for start, stop in links.spans(text):
        assert end <= start < stop <= len(text)
        assert "." in text[start:stop]
        end = stop


@given(TEXTS, st.sampled_from(list(Network)))
def test_a_word_more_is_never_shorter(text: str, network: Network) -> None:
    """Whole words only add, so the longest fitting part can be searched by halving."""
    assert measure.length(network, text) <= measure.length(network, f"{text} word")


@given(TEXTS, st.sampled_from(list(Network)))
def test_fits_is_length_within_limit(text: str, network: Network) -> None:
    """The two answers never contradict."""
    assert measure.fits(network, text) is (measure.length(network, text) <= measure.limit(network))
