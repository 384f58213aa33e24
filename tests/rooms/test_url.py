"""Addresses: one spelling for one page, and only web pages are followed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.url import canonical, host, is_site_root, is_web, join, page_key, place

SAME = [
    ("https://a.example/x?utm_source=rss&utm_medium=feed", "https://a.example/x"),
    ("https://a.example/x?fbclid=1&id=9", "https://a.example/x?id=9"),
    ("https://a.example/x?at_medium=RSS&at_campaign=K", "https://a.example/x"),
    ("https://a.example/x?ref=rss", "https://a.example/x"),
    ("https://a.example/x?ref=chapter-2", "https://a.example/x?ref=chapter-2"),
    ("HTTPS://A.Example/Path", "https://a.example/Path"),
    ("http://a.example:80/x", "http://a.example/x"),
    ("https://a.example:443/x", "https://a.example/x"),
    ("https://a.example:8443/x", "https://a.example:8443/x"),
    ("https://a.example/x#part", "https://a.example/x"),
    ("https://a.example/a/../b/./c", "https://a.example/b/c"),
    ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2"),
    ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
    ("https://a.example/%7euser/%e4", "https://a.example/~user/%E4"),
    ("https://a.example", "https://a.example/"),
    ("https://a.example/x?", "https://a.example/x"),
    ("https://editor:secret@a.example/x", "https://a.example/x"),
    ("https://a.example/é b", "https://a.example/%C3%A9%20b"),
    ("https://[::1]:8080/x", "https://[::1]:8080/x"),
]


@pytest.mark.parametrize(("written", "wanted"), SAME)
def test_one_page_has_one_spelling(written: str, wanted: str) -> None:
    """Every rule of the canonical form, one address each."""
    assert canonical(written) == wanted


@pytest.mark.parametrize("url", ["mailto:a@b.example", "javascript:alert(1)", "http://a:b/c", ""])
def test_what_is_no_web_address_stays_as_it_is(url: str) -> None:
    """Nothing is made up for an address that names no web page."""
    assert canonical(url) == url
    assert not is_web(url)


@given(st.text(max_size=80))
def test_canonical_takes_any_text_and_is_its_own_canonical(text: str) -> None:
    """No text breaks it, and doing it twice changes nothing."""
    for url in (text, f"https://a.example/{text}", f"https://a.example/x?{text}"):
        once = canonical(url)
        assert canonical(once) == once


@given(st.text(max_size=40), st.text(max_size=40))
def test_join_never_raises(base: str, link: str) -> None:
    """Broken links give an address or nothing."""
    assert isinstance(join(f"https://a.example/{base}", link), str)


def test_join_reads_a_link_against_its_base() -> None:
    """Relative, rooted and absolute links."""
    assert join("https://a.example/b/c", "d") == "https://a.example/b/d"
    assert join("https://a.example/b/c", "/d") == "https://a.example/d"
    assert join("https://a.example/b/c", " https://e.example/f ") == "https://e.example/f"
    assert join("https://a.example/", "http://[broken") == ""


def test_host_and_site_root() -> None:
    """The host in ASCII, and the address of a whole site."""
    assert host("https://BÜCHER.example:8080/x") == "xn--bcher-kva.example"
    assert is_site_root("https://a.example/")
    assert not is_site_root("https://a.example/?p=12")
    assert not is_site_root("https://a.example/news/x")


def test_a_place_is_host_and_port() -> None:
    """Without name and password, in small letters."""
    assert place("https://me:secret@News.Example:8443/x") == "news.example:8443"
    assert place("https://news.example/x") == "news.example"
    assert place("http://[broken") == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/a/b",
        "https://www.news.example/a/b/",
        "https://amp.news.example/a/b",
        "https://news.example/a/b/amp",
        "https://news.example/a/b?amp=1&utm_source=x",
    ],
)
def test_one_page_has_one_key(url: str) -> None:
    """Scheme, www, a closing slash and AMP forms name the same page; a real id another one."""
    assert page_key(url) == page_key("https://news.example/a/b")
    assert page_key(url) != page_key("https://news.example/a/b?id=9")
