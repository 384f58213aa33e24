"""Where a site's feeds are looked for, in which order, and what a page without any suggests."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.collect import discover, links
from digest.collect.discover import COMMENTS, LINKED, LOOKS_LIKE_ONE, NEWS_SITEMAP, SITEMAP, USUAL
from digest.url import canonical, is_web

SITE = "https://www.sample.example/"


def page(head: str = "", body: str = "") -> bytes:
    """A page with these elements."""
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def link(kind: str, address: str, title: str = "") -> str:
    """A feed as pages announce it."""
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{address}">'


def test_announced_feeds_come_in_the_page_s_order_with_title_and_reason() -> None:
    """RSS, Atom and JSON Feed; what is no feed is left out."""
    found = discover.linked(
        page(
            link("application/rss+xml", "/feed/", "The Sample Post &raquo; Feed")
            + link("application/atom+xml; charset=utf-8", "https://f.example/atom?a=1&amp;b=2")
            + link("APPLICATION/FEED+JSON", "feed.json")
            + link("application/json", "/wp-json/wp/v2/posts/1")
            + link("application/json+oembed", "/oembed")
            + '<link rel="alternate" hreflang="ga" href="/ga/">'
            + '<link rel="alternate stylesheet" type="text/css" href="/a.css">'
        ),
        url=SITE,
    )
    assert [(each.url, each.title, each.because) for each in found] == [
        (f"{SITE}feed/", "The Sample Post » Feed", "the page links it as RSS"),
        ("https://f.example/atom?a=1&b=2", "", "the page links it as Atom"),
        (f"{SITE}feed.json", "", "the page links it as a JSON Feed"),
    ]
    assert {each.rank for each in found} == {LINKED}


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ('<a href="/news/feed">News</a>', "/news/feed"),
        ('<a href="/news.rss">x</a>', "/news.rss"),
        ('<a href="/all.xml"><img alt=""></a>', "/all.xml"),
        ('<a href="/help/rss-feeds">Our RSS feeds</a>', "/help/rss-feeds"),
        ('<a href="/i" title="RSS"></a>', "/i"),
        ('<a href="/news/feeding-time">Feeding time at the zoo</a>', ""),
        ('<a href="/harass">Trusted words</a>', ""),
        ('<a href="javascript:rss()">RSS</a>', ""),
        ('<a href="mailto:a@b.example">RSS</a>', ""),
        ('<a href="#rss">RSS</a>', "/"),
    ],
)
def test_a_link_that_looks_like_a_feed_is_a_candidate(markup: str, wanted: str) -> None:
    """By its address or its words, when it leads to a web address."""
    found = discover.linked(page(body=markup), url=SITE)
    assert [each.url for each in found] == ([SITE + wanted[1:]] if wanted else [])
    assert all(each.rank == LOOKS_LIKE_ONE for each in found)


def test_an_address_stands_once_and_comments_come_last() -> None:
    """Announced and linked are one candidate; two spellings of an address are one."""
    found = discover.linked(
        page(
            link("application/rss+xml", "/comments/feed/", "x")
            + link("application/rss+xml", "/b/", "Comments on: The lights")
            + link("application/rss+xml", "/feed?utm_source=x", "Feed")
            + link("application/rss+xml", "HTTPS://WWW.sample.example:443/feed#top", "Again"),
            '<a href="/feed">RSS</a>',
        ),
        url=SITE,
    )
    assert [each.title for each in found] == ["Feed", "x", "Comments on: The lights"]
    assert [each.rank for each in found] == [LINKED, COMMENTS, COMMENTS]


def test_base_counts_and_a_section_s_own_feed_is_first() -> None:
    """Links are read against <base>; who gives a section's address wants that section."""
    body = page('<base href="/x/">' + link("text/xml", "feed") + link("text/xml", "/sport/feed"))
    found = discover.linked(body, url=f"{SITE}sport")
    assert [each.url for each in found] == [f"{SITE}sport/feed", f"{SITE}x/feed"]
    assert [each.url for each in discover.linked(body, url=SITE)][0] == f"{SITE}x/feed"


def test_robots_sitemaps_and_usual_addresses_are_guessed_in_this_order() -> None:
    """News sitemaps first, other sitemaps last; a section is tried before the whole site."""
    robots = (
        "User-agent: *\nDisallow: /a\nSitemap: https://www.sample.example/sitemap.xml\n"
        " sitemap:/news-sitemap.xml # all\nSitemap: ftp://x.example/\n#Sitemap: /no.xml\n"
    )
    found = discover.guessed(f"{SITE}sport/?page=2", robots)
    assert found[0].url == f"{SITE}news-sitemap.xml"
    assert (found[0].rank, found[0].because) == (NEWS_SITEMAP, "named in robots.txt")
    assert [each.url for each in found[1:4]] == [
        f"{SITE}sport/feed/",
        f"{SITE}sport/rss.xml",
        f"{SITE}feed/",
    ]
    assert (found[-1].url, found[-1].rank) == (f"{SITE}sitemap.xml", SITEMAP)
    assert {each.because for each in found[1:-1]} == {"a usual address"}
    usual = [each.url for each in discover.guessed(SITE)]
    assert usual == [SITE + place[1:] for place in discover.PLACES]
    assert all(each.rank == USUAL for each in discover.guessed(SITE))


@pytest.mark.parametrize(
    ("url", "title", "first", "second"),
    [
        ("https://www.thejournal.ie/feed/", "The Journal", "thejournal", "the-journal"),
        ("https://feeds.bbci.co.uk/news/rss.xml", "BBC News", "bbci", "bbci-news"),
        ("https://www.theguardian.com/world/rss", "World", "theguardian", "theguardian-world"),
        ("http://127.0.0.1:8000/feed", "Ünder Żebra: news", "under-zebra-news", None),
        ("http://[::1]/", "", "source", "source-2"),
        ("https://news.com.au/feed", "", "source", "source-2"),
    ],
)
def test_an_id_names_site_section_or_title(
    url: str, title: str, first: str, second: str | None
) -> None:
    """The shortest that is free; numbered when all are taken."""
    assert discover.id_for(url, title, ()) == first
    assert discover.id_for(url, title, {first}) == (second or f"{first}-2")


@given(
    body=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)),
    robots=st.text(max_size=100),
    url=st.sampled_from([SITE, "http://[::1]:80/a", "https://x.example/a%zz?q#f"]),
    title=st.text(max_size=60),
)
@settings(max_examples=200, deadline=None)
def test_whatever_the_bytes_candidates_are_web_addresses_once_each(
    body: bytes, robots: str, url: str, title: str
) -> None:
    """In order of rank; an id is always one that config.yaml takes."""
    for found in (
        discover.linked(page(body=body.decode("latin-1")), url=url),
        discover.linked(body, url=url),
        discover.guessed(url, f"Sitemap: {robots}"),
    ):
        addresses = [canonical(each.url) for each in found]
        assert len(set(addresses)) == len(addresses)
        assert all(is_web(each.url) for each in found)
        assert [each.rank for each in found] == sorted(each.rank for each in found)
    links.suggest(body, url=url)
    name = discover.id_for(url, title, {"source"})
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", name)


def teasers(*addresses: str) -> bytes:
    """A page of headlines."""
    listed = "".join(
        f'<a href="{address}">The ferry number {n} runs again</a>'
        for n, address in enumerate(addresses)
    )
    return page(body=f'<a href="/about">About</a><a href="/news">All the news of today</a>{listed}')


@pytest.mark.parametrize(
    ("addresses", "pattern"),
    [
        ([f"/news/2026/03/1{n}/ferry-{n}" for n in range(4)], r"/news/\d{4}/\d{2}/\d{2}/"),
        ([f"/ferry-runs-again-{n}-Mar2026/" for n in range(6543210, 6543214)], r"\d{4,}"),
        ([f"/{s}/the-ferry-runs-{s}" for s in ("sport", "world", "local")], r"/[\w-]+/"),
        ([f"/world/the-ferry-runs-{n}" for n in "abc"], "/world/[^/]+-"),
        ([f"/story/{n}" for n in range(3)], r"/story/\d+"),
    ],
)
def test_a_page_without_feeds_suggests_the_commonest_pattern(
    addresses: list[str], pattern: str
) -> None:
    """It matches all of these articles and not the page's other links, and shows three."""
    found = links.suggest(teasers(*addresses), url=SITE)
    assert found is not None
    assert pattern in found.links
    assert found.count == len(addresses)
    assert found.headlines[0] == "The ferry number 0 runs again" and len(found.headlines) == 3
    assert all(re.search(found.links, canonical(SITE + each[1:])) for each in addresses)
    assert not re.search(found.links, f"{SITE}about")


def test_too_few_links_suggest_nothing() -> None:
    """Two headlines, or links to other sites, prove no pattern."""
    assert links.suggest(teasers("/a-b-c-d", "/e-f-g-h"), url=SITE) is None
    others = [f"https://other.example/2026/0{n}/x" for n in range(1, 9)]
    assert links.suggest(teasers(*others), url=SITE) is None
    assert links.suggest(b"", url=SITE) is None
