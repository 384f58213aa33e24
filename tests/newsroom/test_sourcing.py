"""A site's address becomes sources: few visits, a sample of each feed, a sentence for the rest."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.errors import UsageError
from digest.model.news import SourceState
from digest.newsroom import sourcing
from digest.newsroom.house import House
from digest.newsroom.sourcing import Refused
from tests.builders import source
from tests.fakes import InlineWorkshop
from tests.fakes_collect import Answer, FakeFetcher
from tests.house import house as build_house

SITE = "https://paper.example"
LINK = '<link rel="alternate" type="application/rss+xml" href="{}">'
ROBOTS = f"Sitemap: {SITE}/all.xml\nSitemap: {SITE}/news.xml\n"


def rss(title: str = "Paper", count: int = 4) -> Answer:
    """A feed of some items."""
    items = "".join(
        f"<item><title>Story {n}</title><link>{SITE}/{title}/{n}</link>"
        f"<pubDate>Mon, 16 Mar 2026 0{n}:00:00 GMT</pubDate></item>"
        for n in range(count)
    )
    body = f"<rss version='2.0'><channel><title>{title}</title><language>en</language>{items}"
    return Answer(body=f"{body}</channel></rss>".encode())


def page(*feeds: str, body: str = "") -> Answer:
    """A page that links these feeds."""
    links = "".join(LINK.format(each) for each in feeds)
    text = f"<html><head>{links}</head><body>{body}</body></html>"
    return Answer(body=text.encode(), headers={"Content-Type": "text/html"})


def newsroom(places: dict[str, Answer], **settings: object) -> tuple[House, FakeFetcher]:
    """A house whose web is these paths of the site; the rest is not found."""
    paths = {f"{SITE}{path}" if path.startswith("/") else path: a for path, a in places.items()}
    web = Everywhere(paths)
    return replace(build_house(**settings), fetcher=web), web


class Everywhere(FakeFetcher):
    """Answers 404 where nothing is; hosts beside the site do not answer at all."""

    async def fetch(self, request):  # type: ignore[no-untyped-def]
        """As ever."""
        if request.url.startswith(SITE):
            self.answers.setdefault(request.url, Answer(status=404))
        return await super().fetch(request)


async def test_a_feed_s_own_address_is_fetched_once() -> None:
    """And nothing else is asked."""
    house, web = newsroom({"/feed": rss()})
    found = await sourcing.find(house, f"{SITE}/feed")
    (sample,) = found.good
    assert (sample.source.id, sample.source.url, sample.source.name) == (
        "paper",
        f"{SITE}/feed",
        "Paper",
    )
    assert (sample.title, sample.language, sample.count) == ("Paper", "en", 4)
    assert sample.newest == datetime(2026, 3, 16, 3, 0, tzinfo=UTC)
    assert sample.headlines == ("Story 0", "Story 1", "Story 2")
    assert (sample.source.timezone, sample.source.every) == ("", None)
    assert (found.because, found.refused) == ("", ())
    assert web.visits == {f"{SITE}/feed": 1}


async def test_every_feed_a_page_links_is_looked_at_once_and_nothing_is_guessed() -> None:
    """Good ones in the page's order, ids apart; bad ones with their sentence; no robots.txt."""
    places = {
        "/": page("/a", "/b", "/broken", "/gone", "/empty", "/comments/feed"),
        "/a": rss("Paper"),
        "/b": rss("Paper sport"),
        "/broken": Answer(body=b"<html>no</html>"),
        "/empty": rss("Quiet", 0),
    }
    house, web = newsroom(places)
    found = await sourcing.find(house, f"{SITE}/")
    assert [(s.source.id, s.title) for s in found.good] == [
        ("paper", "Paper"),
        ("paper-sport", "Paper sport"),
    ]
    told = {each.url.removeprefix(SITE): each.because for each in found.refused}
    assert "web page" in told["/broken"] and "404" in told["/gone"]
    assert told["/empty"] == "it lists no article at this moment"
    assert told["/comments/feed"] == "it lists readers' comments, not articles"
    assert set(web.visits.values()) == {1} and f"{SITE}/comments/feed" not in web.visits
    assert f"{SITE}/robots.txt" not in web.visits


async def test_less_likely_links_are_left_alone_once_a_feed_is_good() -> None:
    """All of them, not only the first."""
    body = '<a href="/c.xml">x</a><a href="/d.xml">y</a><a href="/e.xml">z</a>'
    house, web = newsroom({"/": page("/a", body=body), "/a": rss(), "/d.xml": rss("D")})
    found = await sourcing.find(house, f"{SITE}/")
    assert [s.title for s in found.good] == ["Paper"]
    assert sum(web.visits.values()) == 2


@pytest.mark.parametrize("scheme", ["https", "http"])
async def test_an_address_without_a_scheme_works(scheme: str) -> None:
    """https first; http when nobody answers there."""
    web = FakeFetcher({f"{scheme}://old.example": rss()})
    house = replace(build_house(), fetcher=web)
    found = await sourcing.find(house, " old.example ")
    assert found.good[0].source.url == f"{scheme}://old.example"
    assert web.visits["https://old.example"] == 1


async def test_a_page_without_links_is_helped_by_robots_and_usual_addresses() -> None:
    """A news sitemap before guesses; guesses stop at the first good one."""
    sitemap = Answer(
        body=f"<urlset><url><loc>{SITE}/n/1</loc></url></urlset>".encode(),
        headers={"Content-Type": "text/xml"},
    )
    places = {"/": page(), "/robots.txt": Answer(body=ROBOTS.encode()), "/news.xml": sitemap}
    house, web = newsroom(places)
    found = await sourcing.find(house, SITE)
    assert [s.because for s in found.good] == ["named in robots.txt"]
    assert web.visits[f"{SITE}/feed/"] == 0
    house, web = newsroom({"/": page(), "/rss": rss()})
    found = await sourcing.find(house, f"{SITE}/")
    assert [s.because for s in found.good] == ["a usual address"]
    assert (found.guesses, web.visits[f"{SITE}/feed.xml"]) == (2, 0)


async def test_a_page_about_feeds_is_followed_once() -> None:
    """ "Our RSS feeds" is a page that announces them."""
    about = '<a href="/about/feeds">Our RSS feeds</a>'
    house, _ = newsroom({"/": page(body=about), "/about/feeds": page("/world"), "/world": rss()})
    found = await sourcing.find(house, f"{SITE}/")
    assert [s.source.url for s in found.good] == [f"{SITE}/world"]
    assert found.good[0].because == f"linked from {SITE}/about/feeds"


async def test_a_catalogue_costs_ten_visits_at_most() -> None:
    """However many feeds a page links; nobody is asked twice."""
    many = [f"/f{n}" for n in range(40)]
    house, web = newsroom({"/": page(*many)} | {path: rss(path[1:]) for path in many})
    found = await sourcing.find(house, f"{SITE}/")
    assert len(found.good) == sourcing.TRIES
    assert sum(web.visits.values()) == sourcing.TRIES + 1
    house, web = newsroom({"/": page(*many)})
    found = await sourcing.find(house, f"{SITE}/")
    assert sum(web.visits.values()) == sourcing.TRIES + 2
    assert found.because == "no feed was found at paper.example"


async def test_a_site_that_wants_rest_is_left_alone() -> None:
    """After a 429 with Retry-After no other address is tried, nor in the next search."""
    busy = Answer(status=429, headers={"Retry-After": "600"})
    house, web = newsroom({"/": page("/a", "/b"), "/a": busy, "/b": rss()})
    found = await sourcing.find(house, f"{SITE}/")
    assert not found.good and "429" in found.refused[0].because
    assert web.visits[f"{SITE}/b"] == 0 and web.visits[f"{SITE}/robots.txt"] == 0
    again = await sourcing.find(house, f"{SITE}/")
    assert "not asked before" in again.because and web.visits[f"{SITE}/"] == 1


async def test_a_permanent_move_is_written_and_a_temporary_one_is_not() -> None:
    """What `moved_to` says is the source's address."""
    house, _ = newsroom({"/feed": rss()})

    class Moved(FakeFetcher):
        async def fetch(self, request):  # type: ignore[no-untyped-def]
            """A 301 that was followed."""
            return replace(await super().fetch(request), moved_to=f"{SITE}/feed")

    found = await sourcing.find(
        replace(house, fetcher=Moved({f"{SITE}/old": rss()})), f"{SITE}/old"
    )
    assert found.good[0].source.url == f"{SITE}/feed"
    temporary = FakeFetcher(
        {
            f"{SITE}/old": Answer(status=302, headers={"Location": "/feed"}),
            f"{SITE}/feed": rss(),
        }
    )
    found = await sourcing.find(replace(house, fetcher=temporary), f"{SITE}/old")
    assert found.good[0].source.url == f"{SITE}/old"


async def test_what_is_collected_from_already_is_told() -> None:
    """By address, whatever scheme, www or slash, and by where a source has moved."""
    mine = source(id="mine", url=f"{SITE}/feed/")
    house, web = newsroom(
        {"/": page("/feed", "/b"), "/feed": rss(), "/b": rss("B")}, sources=(mine,)
    )
    with pytest.raises(UsageError, match="already, as 'mine'"):
        await sourcing.find(house, "http://www.paper.example/feed")
    assert not web.visits
    found = await sourcing.find(house, f"{SITE}/")
    assert [s.title for s in found.good] == ["B"]
    assert (
        Refused(url=f"{SITE}/feed", because="it is collected from already, as 'mine'")
        in found.refused
    )
    house.store.sources.save([SourceState(source_id="mine", url=mine.url, address=f"{SITE}/b")])
    found = await sourcing.find(house, f"{SITE}/")
    assert not found.good
    assert found.because.startswith("no other feed was found at paper.example")


async def test_a_site_without_a_feed_gets_a_pattern_suggested() -> None:
    """Unless its robots.txt closes the page."""
    stories = "".join(
        f'<a href="/news/2026/story-of-the-day-{n}">The ferry number {n} runs</a>' for n in range(5)
    )
    house, _ = newsroom({"/": page(body=stories)})
    found = await sourcing.find(house, f"{SITE}/")
    assert found.listing is not None
    assert (found.listing.links, found.listing.count) == (r"/news/\d{4}/[^/]+", 5)
    assert (found.because, found.guesses) == ("no feed was found at paper.example", 10)
    taken = await sourcing.find(house, f"{SITE}/", pattern=found.listing.links)
    assert taken.good[0].source.links == found.listing.links and taken.good[0].count == 5
    closed = Answer(body=b"User-agent: *\nDisallow: /\n")
    house, _ = newsroom({"/": page(body=stories), "/robots.txt": closed})
    assert (await sourcing.find(house, f"{SITE}/")).listing is None
    refused = await sourcing.find(house, f"{SITE}/", pattern="/news/")
    assert "robots.txt" in refused.because and not refused.good


@pytest.mark.parametrize("address", ["", "file:pasted.txt", "file:///etc/passwd", "ftp://a.b/c"])
async def test_only_web_addresses_are_looked_at(address: str) -> None:
    """Anything else is a mistake of the call."""
    house, web = newsroom({})
    with pytest.raises(UsageError, match="no web address"):
        await sourcing.find(house, address)
    assert not web.visits


async def test_a_site_that_does_not_answer_is_told() -> None:
    """One visit for each scheme; a page that is refused may have a feed all the same."""
    house, web = newsroom({})
    found = await sourcing.find(house, "nobody.example")
    assert found.because == "nothing was found: nobody answers"
    assert sum(web.visits.values()) == 2
    house, _ = newsroom({"/": Answer(status=403), "/feed/": rss()})
    found = await sourcing.find(house, f"{SITE}/")
    assert len(found.good) == 1 and "403" in found.because


async def test_a_reader_that_breaks_down_is_a_sentence() -> None:
    """A hostile feed costs its own answer only."""
    house, _ = newsroom({"/": page("/a"), "/a": rss()})
    house = replace(house, workshop=InlineWorkshop("parse"))
    found = await sourcing.find(house, f"{SITE}/")
    assert not found.good
    assert found.refused[0].because == "reading it took more than 20 seconds"
    house = replace(house, workshop=InlineWorkshop("linked", "suggest"))
    found = await sourcing.find(house, f"{SITE}/")
    assert not found.good and found.listing is None


def test_sources_are_known_by_their_page_only() -> None:
    """A state about an address that editors have changed since says nothing."""
    mine = source(id="mine", url=f"{SITE}/new")
    house, _ = newsroom({}, sources=(mine,))
    house.store.sources.save(
        [SourceState(source_id="mine", url=f"{SITE}/old", address=f"{SITE}/moved")]
    )
    assert sourcing.known(house, f"{SITE}/moved") == ""
    assert sourcing.known(house, f"{SITE}/new/") == "mine"
