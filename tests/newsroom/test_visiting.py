"""Manners of a visit: hosts that want rest, robots.txt, and the house's own hosts."""

from dataclasses import replace
from datetime import timedelta

from digest.model.fetch import FetchRequest
from digest.newsroom.house import House
from digest.newsroom.visiting import Round, visit
from tests.builders import NOW, settings
from tests.fakes import FakeClock
from tests.fakes_collect import Answer, FakeFetcher
from tests.house import house

FEED = "https://press.example/feed"
PAGE = "https://press.example/news/1"
ROBOTS = "https://press.example/robots.txt"
CLOSED = Answer(body=b"User-agent: *\nDisallow: /news/\n")


def desk(answers: dict[str, Answer], clock: FakeClock | None = None) -> tuple[House, FakeFetcher]:
    """A house with a web of these answers."""
    fetcher = FakeFetcher(answers)
    return replace(house(clock=clock), fetcher=fetcher), fetcher


async def test_a_host_that_asks_for_rest_gets_it() -> None:
    """After 429 none of its addresses is asked until it is over, also by another process."""
    clock = FakeClock()
    at, fetcher = desk({FEED: Answer(status=429, headers={"Retry-After": "3600"})}, clock)
    first = await visit(at, FetchRequest(url=FEED))
    assert first.status == 429
    fetcher.answers["https://press.example/other"] = Answer(body=b"x")
    again = await visit(at, FetchRequest(url="https://press.example/other"))
    assert again.status == 0 and again.retry_at == NOW + timedelta(hours=1)
    assert "asked for fewer visits (429)" in again.problem and "not asked before" in again.problem
    assert fetcher.visits.total() == 1
    clock.forward(hours=1)
    assert (await visit(at, FetchRequest(url="https://press.example/other"))).status == 200


async def test_another_host_is_not_held_back() -> None:
    """Rest is a matter of one host (and port)."""
    at, _ = desk(
        {
            FEED: Answer(status=503, headers={"Retry-After": "60"}),
            "https://other.example/": Answer(body=b"x"),
            "https://press.example:8443/": Answer(body=b"x"),
        }
    )
    await visit(at, FetchRequest(url=FEED))
    assert (await visit(at, FetchRequest(url="https://other.example/"))).status == 200
    assert (await visit(at, FetchRequest(url="https://press.example:8443/"))).status == 200


async def test_pages_obey_robots_and_feeds_do_not() -> None:
    """A feed is published to be fetched; its articles' pages may be closed."""
    at, fetcher = desk({ROBOTS: CLOSED, FEED: Answer(body=b"f"), PAGE: Answer(body=b"p")})
    assert (await visit(at, FetchRequest(url=FEED))).status == 200
    assert fetcher.visits[ROBOTS] == 0
    closed = await visit(at, FetchRequest(url=PAGE), page=True)
    assert closed.status == 0 and "robots.txt does not let us" in closed.problem
    assert fetcher.visits[PAGE] == 0
    assert (await visit(at, FetchRequest(url=FEED), page=True)).status == 200


async def test_robots_is_fetched_once_a_day_and_remembered() -> None:
    """One request for many pages, rounds and restarts; the next after 24 hours."""
    clock = FakeClock()
    at, fetcher = desk({ROBOTS: CLOSED, FEED: Answer(body=b"f")}, clock)
    walk = Round(at)
    for _ in range(3):
        await walk.visit(FetchRequest(url=FEED), page=True)
    await visit(at, FetchRequest(url=FEED), page=True)
    assert fetcher.visits[ROBOTS] == 1
    clock.forward(hours=24)
    await visit(at, FetchRequest(url=FEED), page=True)
    assert fetcher.visits[ROBOTS] == 2


async def test_no_robots_is_no_fence_and_no_answer_is_one() -> None:
    """404 opens everything; a server in trouble is left alone."""
    at, _ = desk({ROBOTS: Answer(status=404), PAGE: Answer(body=b"p")})
    assert (await visit(at, FetchRequest(url=PAGE), page=True)).status == 200
    at, fetcher = desk({ROBOTS: Answer(status=500), PAGE: Answer(body=b"p")})
    assert (await visit(at, FetchRequest(url=PAGE), page=True)).status == 0
    assert fetcher.visits[PAGE] == 0


async def test_the_houses_own_hosts_need_no_permission() -> None:
    """The site itself, and what `collecting.intranet` names by name, address or network."""
    own = settings().site.url
    for url in (f"{own}/news/1", "http://cms.lan/1", "http://10.1.2.3/1"):
        at, fetcher = desk({url: Answer(body=b"p")})
        inside = replace(at.settings.collecting, intranet=("cms.lan", "10.1.0.0/16"))
        at = replace(at, settings=replace(at.settings, collecting=inside))
        assert (await visit(at, FetchRequest(url=url), page=True)).status == 200
        assert fetcher.visits.total() == 1
