"""robots.txt: which pages a host lets us fetch, and what its silence means."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect import robots
from digest.model.fetch import Fetched
from digest.model.news import HostState
from tests.builders import NOW

PAGE = "https://sample.example/news/1"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:\n", True),
        ("User-agent: *\nDisallow: /\n", False),
        ("User-agent: *\nDisallow: /news/\n", False),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/1\n", True),
        ("User-agent: digest\nDisallow: /\n\nUser-agent: *\nAllow: /\n", False),
        ("User-agent: Digest\nAllow: /\n\nUser-agent: *\nDisallow: /\n", True),
        ("User-agent: otherbot\nDisallow: /\n", True),
        ("<html><body>Not found</body></html>", True),
    ],
)
def test_the_rules_of_a_host(text: str, allowed: bool) -> None:
    """The group that names us wins, the longest rule wins, nonsense forbids nothing."""
    refusal = robots.read(text).refusal(PAGE)
    assert (refusal == "") is allowed
    assert allowed or "robots.txt does not let us fetch" in refusal


@given(st.text(max_size=300))
def test_any_text_is_some_rules(text: str) -> None:
    """A robots.txt can be anything; it never breaks a visit."""
    assert isinstance(robots.read(text).refusal(PAGE), str)


@pytest.mark.parametrize(
    ("answer", "before", "wanted"),
    [
        (Fetched(url="", status=200, body=b"\xef\xbb\xbfUser-agent: *"), "", "User-agent: *"),
        (Fetched(url="", status=404, problem="no"), "old", ""),
        (Fetched(url="", status=403, problem="no"), "old", ""),
        (Fetched(url="", status=500, problem="no"), "old", "old"),
        (Fetched(url="", status=429, problem="no"), "", robots.NOTHING),
        (Fetched(url="", problem="no answer"), "", robots.NOTHING),
    ],
)
def test_what_an_answer_means(answer: Fetched, before: str, wanted: str) -> None:
    """Not there means free (RFC 9309, 2.3.1.3), no answer means closed or as it was."""
    assert robots.text(answer, before) == wanted


def test_a_robots_txt_is_kept_for_a_day() -> None:
    """And asked for again soon where there was no answer."""
    state = HostState(host="sample.example", robots="User-agent: *", robots_at=NOW)
    assert robots.needed(None, NOW)
    assert robots.needed(HostState(host="sample.example", until=NOW), NOW)
    assert not robots.needed(state, NOW + timedelta(hours=23))
    assert robots.needed(state, NOW + timedelta(hours=24))
    silent = HostState(host="sample.example", robots=robots.NOTHING, robots_at=NOW)
    assert not robots.needed(silent, NOW + timedelta(minutes=29))
    assert robots.needed(silent, NOW + timedelta(minutes=30))
