"""Collecting: what is due is fetched, what is new is kept, and no failure stops the rest."""

from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from html import escape

import pytest

from digest.model.fetch import Fetched, FetchRequest
from digest.model.news import Article, SourceState
from digest.newsroom.collecting import SourceReport, collect_due
from digest.newsroom.house import House
from digest.ports import Fetcher
from tests.builders import NOW, source
from tests.fakes import FakeClock
from tests.fakes_collect import Answer, FakeFetcher
from tests.house import house

BASE = "https://sample.example"
FEED = f"{BASE}/feed"
TEXT = (
    "The harbour trust will lay a second cable before October, its chairman told the council.",
    "Four divers worked in visibility of less than a metre, harbour master Effie Galbraith said.",
    "The repair cost £64,000, and the owner of the coaster has agreed to pay £50,000 of it.",
)


def page(number: int, *text: str, headline: str = "") -> Answer:
    """The page of a numbered story."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text or TEXT)
    body = (
        f"<html><head><title>x</title>"
        f'<link rel="canonical" href="{BASE}/news/{number}"></head><body><article>'
        f"<h1>{headline or f'Story {number}'}</h1>{paragraphs}</article></body></html>"
    )
    return Answer(body=body.encode(), headers={"Content-Type": "text/html"})


def item(number: int, *, hours: float = 1, headline: str = "", updated: float = 0) -> str:
    """A feed item published so many hours ago."""
    when = format_datetime(NOW - timedelta(hours=hours))
    change = NOW + timedelta(hours=updated)
    said = f"<updated>{change.isoformat()}</updated>" if updated else ""
    return (
        f"<item><title>{headline or f'Story {number}'}</title>"
        f"<link>{BASE}/{number}?utm_source=rss</link><guid>g{number}</guid>"
        f"<pubDate>{when}</pubDate>{said}<description>In short: {number}.</description></item>"
    )


def feed(*items: str, etag: str = '"1"') -> Answer:
    """A feed of the items."""
    body = f"<rss><channel><title>Sample</title>{''.join(items)}</channel></rss>"
    return Answer(body=body.encode(), headers={"ETag": etag, "Last-Modified": "then"})


def world(**answers: Answer) -> FakeFetcher:
    """Two stories in one feed."""
    places = {"feed": feed(item(1), item(2, hours=2)), "1": page(1), "2": page(2), **answers}
    found = {f"{BASE}/{name}": answer for name, answer in places.items()}
    # Items are asked for under the address the feed gives them.
    return FakeFetcher(
        {name if name == FEED else f"{name}?utm_source=rss": a for name, a in found.items()}
    )


def desk(fetcher: Fetcher, **settings: object) -> House:
    """A house whose one way out is the fetcher."""
    return replace(house(**settings), fetcher=fetcher)


def kept(at: House) -> dict[str, Article]:
    """The articles by the end of their address."""
    found = at.store.articles.since(NOW - timedelta(days=30), ["post", "other", "file"])
    return {article.url.removeprefix(f"{BASE}/news/"): article for article in found}


async def collect(at: House, **said: bool) -> SourceReport:
    """One round, of one source."""
    (report,) = await collect_due(at, **said)
    return report


def state(at: House) -> SourceState:
    """What is remembered of the source."""
    return at.store.sources.states()["post"]


async def test_new_articles_are_read_and_kept() -> None:
    """Feed and pages merged, canonical addresses, order of the feed, a reason on each."""
    at = desk(world())
    report = await collect(at)
    assert (report.new, report.changed, report.same, report.failed) == (2, 0, 0, 0)
    assert report.because == "2 items: 2 new"
    assert report.urls == (f"{BASE}/news/1", f"{BASE}/news/2")
    found = kept(at)
    assert found["1"].paragraphs == TEXT and found["1"].place == 0
    assert found["1"].guid == "g1" and found["1"].because == "first seen in post"
    assert found["2"].published == NOW - timedelta(hours=2)


async def test_a_source_is_fetched_when_it_is_due() -> None:
    """Not before its time; at once when asked; only the named ones when names are given."""
    at = desk(world())
    await collect(at)
    assert await collect_due(at) == ()
    assert state(at).next_at == NOW + source().every
    assert len(await collect_due(at, now_please=True)) == 1
    assert await collect_due(at, only=["other"], now_please=True) == ()


async def test_validators_make_the_next_fetch_conditional() -> None:
    """The pair comes back verbatim, and 304 costs nothing more."""
    fetcher = world()
    at = desk(fetcher)
    await collect(at)
    report = await collect(at, now_please=True)
    asked = fetcher.requests[-1]
    assert (asked.etag, asked.last_modified) == ('"1"', "then")
    assert report.because == "unchanged since the last fetch"
    assert (state(at).etag, state(at).failures) == ('"1"', 0)


async def test_known_stories_are_not_fetched_again() -> None:
    """A feed with one more item costs one more page; a moved place is remembered."""
    fetcher = world()
    at = desk(fetcher)
    await collect(at)
    fetcher.answers[FEED] = feed(item(3), item(1), item(2, hours=2), etag='"2"')
    fetcher.answers[f"{BASE}/3?utm_source=rss"] = page(3)
    report = await collect(at, now_please=True)
    assert (report.new, report.same) == (1, 2)
    assert fetcher.visits[f"{BASE}/1?utm_source=rss"] == 1
    assert kept(at)["1"].place == 1


@pytest.mark.parametrize(
    "again", [item(1, headline="Story 1 corrected"), item(1, updated=0.5)], ids=["title", "time"]
)
async def test_a_touched_story_is_read_anew(again: str) -> None:
    """A new headline or a later date in the feed leads to a new version with its reason."""
    fetcher = world()
    at = desk(fetcher)
    await collect(at)
    first = kept(at)["1"]
    fetcher.answers[FEED] = feed(again, etag='"2"')
    fetcher.answers[f"{BASE}/1?utm_source=rss"] = page(1, *TEXT, "A fourth line was added later.")
    report = await collect(at, now_please=True)
    after = kept(at)["1"]
    assert (report.new, report.changed) == (0, 1)
    assert (after.id, after.version) == (first.id, 2)
    assert "1 paragraph added" in after.because
    assert after.collected == first.collected


async def test_a_touched_story_with_the_same_words_is_the_same() -> None:
    """A later date alone makes no version, and sends us to the page only once."""
    fetcher = world()
    at = desk(fetcher)
    await collect(at)
    for etag in ('"2"', '"3"'):
        fetcher.answers[FEED] = feed(item(1, updated=0.5), etag=etag)
        assert (await collect(at, now_please=True)).same == 1
    assert kept(at)["1"].version == 1
    assert fetcher.visits[f"{BASE}/1?utm_source=rss"] == 2


async def test_old_items_and_items_without_a_link_are_left() -> None:
    """Three days are news; what has no address cannot be an article."""
    bare = "<item><title>No link</title></item>"
    fetcher = world(feed=feed(item(1), item(2, hours=73), bare))
    report = await collect(desk(fetcher))
    assert (report.new, report.failed) == (1, 0)
    assert report.because == "3 items: 1 new"


async def test_at_most_fifty_the_newest() -> None:
    """A feed of hundreds does not fetch hundreds of pages."""
    many = [item(n, hours=n / 10) for n in range(1, 80)]
    pages = {str(n): page(n) for n in range(1, 80)}
    report = await collect(desk(world(**pages, feed=feed(*reversed(many)))))
    assert report.new == 50
    assert f"{BASE}/news/1" in report.urls and f"{BASE}/news/79" not in report.urls


async def test_a_page_that_cannot_be_read_leaves_the_feeds_own_text() -> None:
    """The article is kept with what the feed says, says so, and is tried again."""
    fetcher = world(**{"1": Answer(status=403)})
    at = desk(fetcher)
    report = await collect(at)
    assert (report.new, report.failed) == (2, 0)
    assert "answered 403" in report.because
    found = next(a for a in kept(at).values() if a.guid == "g1")
    assert found.paragraphs == ("In short: 1.",) and "feed's own" in found.because
    fetcher.answers[f"{BASE}/1?utm_source=rss"] = page(1)
    fetcher.answers[FEED] = feed(item(1), item(2, hours=2), etag='"2"')
    assert (await collect(at, now_please=True)).changed == 1
    (after,) = [a for a in kept(at).values() if a.guid == "g1"]
    assert after.paragraphs == TEXT


async def test_a_page_lost_later_takes_nothing_away() -> None:
    """A text once read from the page is not replaced by the feed's own."""
    fetcher = world()
    at = desk(fetcher)
    await collect(at)
    fetcher.answers[FEED] = feed(item(1, headline="Retitled"), etag='"2"')
    fetcher.answers[f"{BASE}/1?utm_source=rss"] = Answer(status=500)
    assert (await collect(at, now_please=True)).same == 1
    assert kept(at)["1"].paragraphs == TEXT


class Tripping:
    """A fetcher with a bug for some addresses."""

    def __init__(self, inner: FakeFetcher, *addresses: str) -> None:
        self.inner = inner
        self.addresses = addresses

    async def fetch(self, request: FetchRequest) -> Fetched:
        """Raise where told to."""
        if request.url in self.addresses:
            raise RuntimeError("a bug")
        return await self.inner.fetch(request)


async def test_one_broken_article_stops_no_other() -> None:
    """The rest are kept, the sentence says which failed, and the feed comes whole next time."""
    inner = world()
    at = desk(Tripping(inner, f"{BASE}/1?utm_source=rss"))
    report = await collect(at)
    assert (report.new, report.failed) == (1, 1)
    assert "could not be read (a bug)" in report.because
    assert (state(at).etag, state(at).failures) == ("", 0)
    report = await collect(replace(at, fetcher=inner), now_please=True)
    assert (report.new, report.same) == (1, 1)


async def test_one_broken_source_stops_no_other() -> None:
    """The other source is collected; the broken one says why and waits longer each time."""
    other = source(id="other", url=f"{BASE}/other")
    at = desk(Tripping(world(), f"{BASE}/other"), sources=(other, source()))
    broken, fine = await collect_due(at)
    assert (broken.failed, fine.new) == (1, 2)
    assert "a bug" in at.store.sources.states()["other"].because


async def test_failures_wait_longer_each_time_up_to_six_hours() -> None:
    """10 minutes, then 20, 40 …; a good answer ends it."""
    fetcher = world(feed=Answer(status=500))
    clock = FakeClock()
    at = desk(fetcher, clock=clock)
    waits = []
    for _ in range(8):
        await collect(at, now_please=True)
        waits.append((state(at).next_at or NOW) - clock.now())
    assert waits[:3] == [timedelta(minutes=m) for m in (20, 40, 80)]
    assert waits[-1] == timedelta(hours=6)
    assert "answered 500" in state(at).because
    fetcher.answers[FEED] = feed(item(1))
    await collect(at, now_please=True)
    assert state(at).failures == 0
    assert (state(at).next_at or NOW) - clock.now() == source().every


async def test_retry_after_is_honoured() -> None:
    """The server's wish wins when it is later than our own plan."""
    at = desk(world(feed=Answer(status=429, headers={"Retry-After": "7200"})))
    await collect(at)
    assert state(at).next_at == NOW + timedelta(hours=2)


@pytest.mark.parametrize("body", [b"<html><body>Sorry</body></html>", b"", b"<rss><channel><item>"])
async def test_a_feed_that_is_none_is_a_failure_with_a_sentence(body: bytes) -> None:
    """A web page, nothing, or a broken document at the feed's address."""
    at = desk(world(feed=Answer(body=body)))
    report = await collect(at)
    assert report.failed == 1 and report.because.endswith(".")
    assert state(at).failures == 1


async def test_two_items_of_one_story_make_one_article() -> None:
    """Two addresses with one canonical address are one article."""
    fetcher = world(**{"2": page(1)})
    at = desk(fetcher)
    report = await collect(at)
    assert report.new == 1 and len(kept(at)) == 1


async def test_a_pasted_text_is_a_source() -> None:
    """A file beside config.yaml is one article; a corrected one is a new version of it."""
    address = "file:///desk/story.txt"
    text = "Lights back on in the harbour\n\n" + "\n\n".join(TEXT)
    fetcher = FakeFetcher({address: Answer(body=text.encode())})
    at = desk(fetcher, sources=(source(id="file", url=address, section="Sea"),))
    assert (await collect(at)).new == 1
    (found,) = kept(at).values()
    assert (found.headline, found.section) == ("Lights back on in the harbour", "Sea")
    assert found.url.startswith(f"{BASE}/?pasted=file-")
    fetcher.answers[address] = Answer(body=text.replace("£50,000", "£55,000").encode())
    assert (await collect(at, now_please=True)).changed == 1
    fetcher.answers[address] = Answer(body=b"Close\nMenu")
    assert (await collect(at, now_please=True)).failed == 1
