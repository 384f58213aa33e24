"""Listing pages: links that match the editor's pattern become items."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.collect import listing
from digest.model.news import Feed
from digest.url import is_web

URL = "https://sample.example/news/"
STORY = r"/story/\d+"


def read(body: str, links: str = STORY, zone: str = "UTC") -> Feed:
    """The page at the usual address."""
    return listing.read(body.encode(), url=URL, links=links, zone=zone)


def page(*parts: str) -> str:
    """A page with a menu and a footer around the parts."""
    return (
        '<!doctype html><html lang="ga"><head><title> The  Sample Post </title></head><body>'
        '<nav><a href="/">Home</a><a href="/news/">News</a><a href="/story/9/">The menu</a>'
        f"</nav><main>{''.join(parts)}</main>"
        '<footer><a href="/story/2/">Most read: the second story of them all</a>'
        '<a href="/imprint">Imprint</a></footer></body></html>'
    )


def card(number: int, more: str = "") -> str:
    """A story with its picture, headline, time and "Read more", as most pages list them."""
    return (
        f'<article><a href="/story/{number}/"><img src="/{number}.jpg" alt="A boat at sea"></a>'
        f'<h2><a href="/story/{number}/?utm_source=front#top">Ferry {number} is late again</a></h2>'
        f"<p>It was the third time.</p>{more}"
        f'<a href="https://sample.example/story/{number}/">Read more</a></article>'
    )


def test_a_listing_page_becomes_items() -> None:
    """One item for each address, in the order of the page, with headline, date and place."""
    time = '<time datetime="2026-07-08T07:15">Wednesday</time>'
    found = read(page(card(1, time), card(2)), zone="Europe/Dublin")
    assert (found.title, found.language, found.problem) == ("The Sample Post", "ga", "")
    first, second, menu = found.items
    assert (first.url, first.headline) == (
        "https://sample.example/story/1/",
        "Ferry 1 is late again",
    )
    assert first.published == datetime(2026, 7, 8, 6, 15, tzinfo=UTC)
    assert (second.headline, second.published) == ("Ferry 2 is late again", None)
    assert (first.standfirst, first.paragraphs, first.guid) == ("", (), "")
    assert menu.url == "https://sample.example/story/9/"
    assert [each.place for each in found.items] == [0, 1, 2]


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        ("Ferry fares are repaid", "Ferry fares are repaid"),
        ("Ferry\n  <b>fares</b> are repaid", "Ferry fares are repaid"),
        ("<h3>Ferry fares</h3><p>A long standfirst, told in the same link.</p>", "Ferry fares"),
        ("<div>Ferry fares are repaid</div><div>12 minutes ago</div>", "Ferry fares are repaid"),
        ("<span>World</span><div>Ferry fares are repaid</div>", "Ferry fares are repaid"),
        ("<div>World</div><div>Ferry fares are repaid</div>", "Ferry fares are repaid"),
        ('<img src="a.jpg" alt="Ferry fares are repaid">', "Ferry fares are repaid"),
        ('<img src="a.jpg"><svg><title>arrow</title></svg>', ""),
        ("Read more", ""),
        ("Continue reading", ""),
        ("12", ""),
        ("Strike", "Strike"),
        ("Ferry &lt;b&gt; fares", "Ferry fares"),
    ],
)
def test_headlines(inside: str, wanted: str) -> None:
    """A heading before words, words before a picture's; what fits any story fits none."""
    assert read(f'<body><a href="/story/1">{inside}</a></body>').items[0].headline == wanted


def test_the_fullest_words_win() -> None:
    """Whatever the order of the links to one address."""
    short, full = '<a href="/story/1">Ferries</a>', '<a href="/story/1">Ferry fares are repaid</a>'
    for body in (short + full, full + short):
        assert [each.headline for each in read(body).items] == ["Ferry fares are repaid"]


@pytest.mark.parametrize(
    ("time", "wanted"),
    [
        ('<time datetime="2026-07-08T07:15:00+02:00">now</time>', 5),
        ("<time>8 July 2026 07:15</time>", 7),
        ("<time>just now</time>", None),
        ("", None),
    ],
)
def test_dates(time: str, wanted: int | None) -> None:
    """The time marked up beside the link, in words or numbers; another story's is not taken."""
    other = '<li><a href="/story/2">Two</a><time datetime="2020-01-01">old</time></li>'
    body = f'<ul><li><div><a href="/story/1">One</a></div>{time}</li>{other}</ul>'
    first = read(body).items[0]
    assert (first.published.hour if first.published else None) == wanted


def test_addresses() -> None:
    """Relative to the page's base, without fragments; only web pages, and not the page itself."""
    body = (
        '<base href="https://sample.example/en/"><a href="story/1#x">One</a>'
        '<a href="https://SAMPLE.example:443/en/story/1">One again</a>'
        '<a href="javascript:/story/2">Two</a><a href="mailto:story/3@x.example">Three</a>'
        '<a href="http://[/story/4">Four</a><a>Five</a><a href="">Six</a>'
        f'<a href="{URL}#comments">Seven</a><a href="https://other.example/story/8">Eight</a>'
    )
    assert [each.url for each in read(body, "").items] == [
        "https://sample.example/en/story/1",
        "https://other.example/story/8",
    ]
    assert [each.url for each in read(body, r"^https://sample\.example/en/story/").items] == [
        "https://sample.example/en/story/1"
    ]


def test_no_match_tells_what_is_there() -> None:
    """Three of the site's own addresses, the longest, to write a better pattern from."""
    body = page(*(f'<a href="/2026/ferry-{n}">F</a>' for n in range(5)))
    found = read(body, r"/artikel/\d+")
    assert found.items == ()
    assert found.problem.startswith("No link on the page matches '/artikel/\\\\d+'; here are three")
    assert found.problem.count("https://sample.example/2026/ferry-") == 3
    assert "no links to its own site" in read('<div id="app"></div>').problem
    assert "empty" in read("").problem


@pytest.mark.parametrize(
    ("links", "said"),
    [("/story/(", "no regular expression"), (r"(?:(?:a|a)*)*\d$", "takes too long")],
)
def test_patterns_that_cannot_be_used(links: str, said: str) -> None:
    """A broken pattern and an endless one are the editor's to mend, and stop nothing."""
    body = f'<a href="/{"a" * 800}">A</a>'
    assert said in read(body, links).problem


def test_caps() -> None:
    """The first 200 of thousands of links; a page of more than 15 MB is not read."""
    many = "".join(f'<a href="/story/{n}">Story number {n}</a>' for n in range(6_000))
    assert len(read(many).items) == listing.MAX_ITEMS
    assert "larger than 15 MB" in read(" " * (listing.MAX_BYTES + 1)).problem


def test_charsets() -> None:
    """The server's charset counts as on any page."""
    body = '<a href="/story/1">Паром вышел</a>'.encode("cp1251")
    found = listing.read(body, url=URL, links=STORY, content_type="text/html; charset=windows-1251")
    assert found.items[0].headline == "Паром вышел"


PIECES = st.sampled_from(
    ["<a href='/story/1'>", "</a>", "<h2>", "</h2>", "<time datetime='2026'>", "<base href='x:'>"]
    + ["<nav>", "</nav>", "<img alt='x'>", "words ", "<a href='//['>", "&lt;", "<!--", "\x00", "<"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30), st.binary(max_size=40))
def test_no_page_breaks_it(pieces: list[str], noise: bytes) -> None:
    """Any markup gives a value, and only web addresses."""
    body = "".join(pieces).encode() + noise
    found = listing.read(body, url=URL, links="", zone="Europe/Dublin")
    assert isinstance(found, Feed) and (found.items == ()) == (found.problem != "")
    for each in found.items:
        assert is_web(each.url)
        assert each.published is None or each.published.utcoffset() == timedelta()
