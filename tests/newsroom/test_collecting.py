"""Collecting: what is due is fetched, what is new is kept, and no failure stops the rest."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.utils import format_datetime
from html import escape
from types import SimpleNamespace

import pytest

from digest.errors import StoreError
from digest.model.fetch import Fetched, FetchRequest
from digest.model.news import Article, Known, SourceState
from digest.model.newsletter import Approval
from digest.newsroom.articles import look_again
from digest.newsroom.collecting import SourceReport, collect_due, collect_for
from digest.newsroom.house import House
from digest.ports import Fetcher
from tests.builders import NOW, newsletter, source
from tests.fakes import FakeClock, InlineWorkshop
from tests.fakes_collect import Answer, FakeFetcher
from tests.house import KeepingMailer, house

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
        f"<link>{BASE}/{number}</link><guid>g{number}</guid>"
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
    return FakeFetcher({name: answer for name, answer in found.items()})


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


def within(when: datetime | None, *, minutes: float) -> bool:
    """Whether the moment is so far ahead, with up to a tenth more."""
    pause = timedelta(minutes=minutes)
    return when is not None and pause <= when - NOW <= pause * 1.1


async def test_new_articles_are_read_and_kept() -> None:
    """Feed and pages merged, canonical addresses, order of the feed, a reason on each."""
    at = desk(world())
    report = await collect(at)
    assert (report.new, report.changed, report.same, report.failed) == (2, 0, 0, 0)
    assert state(at).fingerprint and state(at).url == FEED
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
    assert within(state(at).next_at, minutes=9)
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
    fetcher.answers[f"{BASE}/3"] = page(3)
    report = await collect(at, now_please=True)
    assert (report.new, report.same) == (1, 2)
    assert fetcher.visits[f"{BASE}/1"] == 1
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
    fetcher.answers[f"{BASE}/1"] = page(1, *TEXT, "A fourth line was added later.")
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
    for count in (1, 2):
        fetcher.answers[FEED] = feed(*[item(1, updated=0.5)] * count, etag=f'"{count}0"')
        assert (await collect(at, now_please=True)).same == 1
    assert kept(at)["1"].version == 1
    assert fetcher.visits[f"{BASE}/1"] == 2


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
    fetcher.answers[f"{BASE}/1"] = page(1)
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
    fetcher.answers[f"{BASE}/1"] = Answer(status=500)
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
    at = desk(Tripping(inner, f"{BASE}/1"))
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
    """Twice as long each time, with the reason; a good answer ends it."""
    fetcher = world(feed=Answer(status=500))
    at = desk(fetcher, sources=(source(every=timedelta(minutes=10)),))
    for minutes in (20, 40, 80, 160, 320, 360, 360):
        await collect(at, now_please=True)
        assert within(state(at).next_at, minutes=minutes)
    assert "answered 500" in state(at).because
    fetcher.answers[FEED] = feed(item(1))
    await collect(at, now_please=True)
    assert state(at).failures == 0
    assert within(state(at).next_at, minutes=10)


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


async def test_the_same_bytes_are_not_read_again() -> None:
    """A server that ignores validators sends everything again; nothing of it is parsed."""
    fetcher = world(feed=replace(feed(item(1), item(2)), headers={}))
    at = desk(fetcher)
    await collect(at)
    refusing = replace(at, workshop=InlineWorkshop("parse", "read"))
    report = await collect(refusing, now_please=True)
    assert (report.failed, report.because) == (0, "unchanged since the last fetch")


async def test_a_story_in_two_feeds_is_one_article_read_once() -> None:
    """Both new at the same moment: one request for the page, one article, two sources."""
    fetcher = world()
    fetcher.answers[f"{BASE}/other"] = feed(item(2), item(1))
    at = desk(fetcher, sources=(source(), source(id="other", url=f"{BASE}/other")))
    reports = await collect_due(at)
    assert sum(r.new for r in reports) == 2 and sum(r.same for r in reports) == 2
    assert fetcher.visits[f"{BASE}/1"] == 1
    urls = [f"{BASE}/news/1", f"{BASE}/news/2"]
    listed = at.store.articles.sources_of(urls)
    assert {frozenset(ids) for ids in listed.values()} == {frozenset({"post", "other"})}
    (first,) = at.store.articles.since(NOW - timedelta(days=1), ["other"])[:1]
    assert first.source_id == "other"


@pytest.mark.parametrize(
    "link",
    ["http://sample.example/1", f"{BASE}/1/", "https://www.sample.example/1?utm_medium=x"],
    ids=["http", "slash", "www"],
)
async def test_another_spelling_of_the_address_is_the_same_article(link: str) -> None:
    """http, www, a closing slash, tracking: one page, whatever guid it comes with."""
    at = desk(world())
    await collect(at)
    fetcher = world(feed=feed(item(1).replace(f"{BASE}/1", link), etag='"2"'))
    fetcher.answers[link] = page(1)
    report = await collect(replace(at, fetcher=fetcher), now_please=True)
    assert (report.new, report.same) == (0, 1)


async def test_a_new_guid_or_a_new_address_makes_no_new_article() -> None:
    """guid changed; address changed; both changed with the headline and text kept."""
    fetcher = world()
    at = desk(fetcher)
    await collect(at)
    moved = page(1)
    moved = replace(moved, body=moved.body.replace(b"/news/1", b"/new/1"))
    for number, link in ((1, "1"), (2, "moved"), (3, "again")):
        fetcher.answers[f"{BASE}/{link}"] = moved if link != "1" else page(1)
        changed = item(1).replace("<guid>g1", f"<guid>new{number // 3}")
        changed = changed.replace(f"{BASE}/1", f"{BASE}/{link}")
        fetcher.answers[FEED] = feed(changed, etag=f'"{number + 1}"')
        report = await collect(at, now_please=True)
        assert (report.new, report.failed) == (0, 0), number
    assert len(kept(at)) == 2


async def test_a_withdrawn_article_is_noted_and_comes_back_when_it_is_there_again() -> None:
    """404 on a page that was there: withdrawn with the reason, as a version; then restored."""
    clock = FakeClock()
    fetcher = world()
    at = desk(fetcher, clock=clock)
    await collect(at)
    address = f"{BASE}/1"
    fetcher.answers[address] = Answer(status=404)
    found = await look_again(at, [f"{BASE}/news/1", f"{BASE}/news/2"])
    gone = found[f"{BASE}/news/1"]
    assert gone.withdrawn == "its page is gone (404)" and gone.version == 2
    assert found[f"{BASE}/news/2"].version == 1 and not found[f"{BASE}/news/2"].withdrawn
    fetcher.answers[address] = page(1)
    fetcher.answers[FEED] = feed(item(2), item(1), etag='"2"')
    assert (await collect(at, now_please=True)).same == 2
    clock.forward(hours=1)
    fetcher.answers[FEED] = feed(item(1), item(2, hours=3), etag='"3"')
    assert (await collect(at, now_please=True)).changed == 1
    versions = at.store.articles.versions(f"{BASE}/news/1")
    assert [bool(v.withdrawn) for v in versions] == [False, True, False]
    assert "there again" in versions[-1].because


@pytest.mark.parametrize("how", ["meta", "header"])
async def test_a_page_that_stops_being_listed_is_withdrawn(how: str) -> None:
    """noindex that was not there before; one that was there from the start is no withdrawal."""
    fetcher = world()
    at = desk(fetcher)
    hidden = page(1)
    if how == "meta":
        body = hidden.body.replace(b"<head>", b'<head><meta name="robots" content="noindex">')
        hidden = replace(hidden, body=body)
    else:
        hidden = replace(hidden, headers={**hidden.headers, "X-Robots-Tag": "noindex"})
    other = replace(hidden, body=hidden.body.replace(b"/news/1", b"/news/2"))
    fetcher.answers[f"{BASE}/2"] = other
    await collect(at)
    assert "did so from the start" in kept(at)["2"].because
    fetcher.answers[f"{BASE}/1"] = hidden
    found = await look_again(at, [f"{BASE}/news/1", f"{BASE}/news/2"])
    assert "noindex" in found[f"{BASE}/news/1"].withdrawn
    assert not found[f"{BASE}/news/2"].withdrawn


async def test_looking_again_finds_a_correction_and_waits_for_nobody() -> None:
    """A changed page is a new version; one that does not answer stays as it was."""
    fetcher = world()
    at = desk(fetcher)
    await collect(at)
    fetcher.answers[f"{BASE}/1"] = page(1, *TEXT[:2], "The repair cost £46,000.")
    fetcher.answers[f"{BASE}/2"] = Answer(status=500)
    found = await look_again(at, [f"{BASE}/news/1", f"{BASE}/news/2", f"{BASE}/news/3"])
    assert found[f"{BASE}/news/1"].version == 2
    assert "1 paragraph edited" in found[f"{BASE}/news/1"].because
    assert found[f"{BASE}/news/2"].version == 1 and len(found) == 2

    class Hanging:
        async def fetch(self, request: FetchRequest) -> Fetched:
            await asyncio.Event().wait()
            raise AssertionError("never set")

    found = await look_again(replace(at, fetcher=Hanging()), [f"{BASE}/news/1"], seconds=0.01)
    assert found[f"{BASE}/news/1"].version == 2


async def test_an_embargoed_article_is_read_again_when_it_is_due() -> None:
    """It is kept at once, whatever its page says before, and read when its time has come."""
    clock = FakeClock()
    fetcher = world(**{"1": Answer(status=404)})
    fetcher.answers[FEED] = feed(item(1, hours=-2))
    at = desk(fetcher, clock=clock)
    await collect(at)
    (early,) = at.store.articles.since(NOW, ["post"])
    assert early.paragraphs == ("In short: 1.",) and early.published == NOW + timedelta(hours=2)
    clock.forward(hours=2)
    fetcher.answers[f"{BASE}/1"] = page(1)
    fetcher.answers[FEED] = feed(item(1, hours=-2), etag='"2"')
    await collect(at, now_please=True)
    (due,) = at.store.articles.since(NOW, ["post"])
    assert due.paragraphs == TEXT


async def test_a_date_far_ahead_is_no_embargo() -> None:
    """2036 is a slip, not a plan; the article counts from when it was collected."""
    fetcher = world(feed=feed(item(1, hours=-24 * 365 * 10)))
    at = desk(fetcher)
    await collect(at)
    (found,) = kept(at).values()
    assert found.published is None and "too far ahead" in found.because


async def test_a_page_gone_before_it_was_read_is_not_taken() -> None:
    """A feed that lists a dead link gives no article, and says so."""
    at = desk(world(**{"1": Answer(status=410)}))
    report = await collect(at)
    assert (report.new, report.withdrawn, report.failed) == (1, 1, 0)
    assert "it was not taken" in report.because and set(kept(at)) == {"2"}


async def test_a_source_without_pages_takes_the_feeds_own_text() -> None:
    """No page is visited; a changed text in the feed is a new version without any date."""
    body = "<p>First paragraph of the report.</p><p>Second paragraph of it.</p>"
    full = item(1).replace("In short: 1.", escape(body))
    fetcher = world(feed=feed(full, item(2)))
    at = desk(fetcher, sources=(source(pages=False),))
    assert (await collect(at)).new == 2
    assert fetcher.visits.total() == 1
    fetcher.answers[FEED] = feed(full.replace("Second", "Last"), item(2), etag='"2"')
    report = await collect(at, now_please=True)
    assert (report.new, report.changed, report.same) == (0, 1, 1)
    found = await look_again(at, [report.urls[0]])
    assert found[report.urls[0]].version == 2 and fetcher.visits.total() == 2


async def test_a_listing_page_is_a_source() -> None:
    """Links that match the editors' pattern are articles; the page obeys robots.txt."""
    body = (
        "<html><body><nav><a href='/about'>About us</a></nav><main>"
        "<a href='/news/1'>Harbour lights are back on</a>"
        "<a href='/news/2'>Ferry sails again on Monday</a></main></body></html>"
    )
    answers = {f"{BASE}/latest": Answer(body=body.encode(), headers={"Content-Type": "text/html"})}
    answers |= {f"{BASE}/news/{number}": page(number) for number in (1, 2)}
    at = desk(FakeFetcher(answers), sources=(source(url=f"{BASE}/latest", links=r"/news/\d+"),))
    report = await collect(at)
    assert (report.new, report.failed) == (2, 0), report.because


async def test_an_index_of_sitemaps_is_followed() -> None:
    """The latest of its sitemaps give the articles; the index is asked whole each time."""
    news = "".join(
        f"<url><loc>{BASE}/news/{n}</loc><n:news xmlns:n='http://www.google.com/schemas/"
        f"sitemap-news/0.9'><n:title>Story {n}</n:title><n:publication_date>"
        f"{(NOW - timedelta(hours=n)).isoformat()}</n:publication_date></n:news></url>"
        for n in (1, 2)
    )
    xmlns = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    index = f"<sitemapindex {xmlns}><sitemap><loc>{BASE}/s.xml</loc></sitemap></sitemapindex>"
    answers = {
        FEED: Answer(body=index.encode(), headers={"ETag": '"1"'}),
        f"{BASE}/s.xml": Answer(body=f"<urlset {xmlns}>{news}</urlset>".encode()),
    }
    answers |= {f"{BASE}/news/{number}": page(number) for number in (1, 2)}
    at = desk(FakeFetcher(answers))
    report = await collect(at)
    assert (report.new, report.failed) == (2, 0), report.because
    assert state(at).etag == "" and state(at).failures == 0


async def test_a_feed_that_breaks_the_reader_stops_no_other() -> None:
    """What the workshop had to stop is a failure with a sentence."""
    at = replace(desk(world()), workshop=InlineWorkshop("parse"))
    report = await collect(at)
    assert report.failed == 1 and "took more than 20 seconds" in report.because
    at = replace(desk(world()), workshop=InlineWorkshop("read"))
    report = await collect(at)
    assert report.new == 2 and "took more than 20 seconds" in report.because


async def test_a_gone_feed_is_muted_until_an_editor_asks() -> None:
    """410: not asked again by itself, not even with the others; by name it is."""
    fetcher = world(feed=Answer(status=410))
    clock = FakeClock()
    at = desk(fetcher, clock=clock)
    await collect(at)
    assert "gone for good (410)" in state(at).muted
    clock.forward(days=30)
    assert await collect_due(at) == () and await collect_due(at, now_please=True) == ()
    fetcher.answers[FEED] = feed(item(1, hours=-24 * 30 + 1))
    assert len(await collect_due(at, only=["post"], now_please=True)) == 1
    assert state(at).muted == ""


async def test_a_moved_feed_is_followed_after_days() -> None:
    """A permanent redirect at every visit over three days; then the new address is asked."""
    clock = FakeClock()
    fetcher = world()
    at = desk(fetcher, clock=clock)
    new = f"{BASE}/new-feed"
    await collect(at)
    fetcher.answers[new] = feed(item(1), item(2), etag='"new"')
    fetcher.answers[FEED] = Answer(status=301, headers={"Location": new})
    for _ in range(8):
        clock.forward(hours=12)
        await collect(at, now_please=True)
    assert state(at).address == new
    visits = fetcher.visits[FEED]
    await collect(at, now_please=True)
    assert fetcher.visits[FEED] == visits


async def test_another_address_in_the_file_starts_afresh() -> None:
    """Validators of the old address are not sent to the new one."""
    fetcher = world(other=feed(item(1)))
    at = desk(fetcher)
    await collect(at)
    changed = replace(at.settings, sources=(source(url=f"{BASE}/other"),))
    await collect_due(replace(at, settings=changed))
    assert fetcher.requests[-1].url == f"{BASE}/other" and fetcher.requests[-1].etag == ""


async def test_lines_that_return_under_unlike_headlines_are_learned() -> None:
    """The third article with the same closing line is kept without it, the reason is told."""
    closing = "The Sample Post is printed each weekday on the quay by people who live there."
    heads = (
        "Divers repair the harbour cable",
        "Council votes on school meals",
        "Rain ends drought",
    )
    texts = (
        ("Divers laid a new cable under the pier on Sunday, the harbour master said.",),
        ("Councillors voted by nine to four to give every pupil a hot meal from May.",),
        ("Rain fell on forty parishes overnight and filled the reservoir to its brim.",),
    )
    pages = {
        str(n): page(n, *text, *TEXT[:1], closing, headline=head)
        for n, (head, text) in enumerate(zip(heads, texts, strict=True), start=1)
    }
    items = [item(n, headline=head) for n, head in enumerate(heads, start=1)]
    fetcher = world(**pages)
    at = desk(fetcher)
    for number in range(1, 4):
        fetcher.answers[FEED] = feed(*items[:number], etag=f'"{number}"')
        assert (await collect(at, now_please=True)).new == 1
    last = kept(at)["3"]
    assert closing not in last.paragraphs and texts[2][0] in last.paragraphs
    assert any(d.text == closing and "articles of this source" in d.because for d in last.dropped)


async def test_before_an_edition_only_what_was_not_just_seen_is_asked() -> None:
    """Sources of the newsletter that were seen minutes ago, failed or are muted are left."""
    clock = FakeClock()
    fetcher = world(broken=Answer(status=500))
    sources = (source(), source(id="broken", url=f"{BASE}/broken"))
    at = desk(fetcher, clock=clock, sources=sources)
    drawing = at.settings.newsletters[0]
    assert len(await collect_for(at, drawing)) == 2
    assert await collect_for(at, drawing) == ()
    clock.forward(minutes=5)
    assert [r.source_id for r in await collect_for(at, drawing)] == ["post"]


async def test_two_desks_headlines_over_one_story_are_no_correction() -> None:
    """Each feed has its own headline and time; the article keeps those it was first seen with."""
    fetcher = world()
    fetcher.answers[f"{BASE}/other"] = feed(item(1, headline="Light at last", updated=-1))
    at = desk(fetcher, sources=(source(), source(id="other", url=f"{BASE}/other")))
    await collect_due(at)
    for count in (2, 3):
        again = [item(1, headline="Light at last", updated=-1)] * count
        fetcher.answers[f"{BASE}/other"] = feed(*again, etag=f'"{count}"')
        reports = await collect_due(at, now_please=True)
        assert [r.changed for r in reports] == [0, 0]
    assert kept(at)["1"].version == 1 and fetcher.visits[f"{BASE}/1"] == 1


async def test_of_two_excerpts_neither_corrects_the_other() -> None:
    """Sources without pages: the text of the one that listed the story first stands."""
    fetcher = world()
    fetcher.answers[f"{BASE}/other"] = feed(item(1).replace("In short", "At greater length"))
    sources = (source(pages=False), source(id="other", url=f"{BASE}/other", pages=False))
    at = desk(fetcher, sources=sources)
    await collect_due(at, only=["post"], now_please=True)
    for count in (1, 2):
        more = [item(1).replace("In short", "At greater length")] * count
        fetcher.answers[f"{BASE}/other"] = feed(*more, etag=f'"{count}"')
        (report,) = await collect_due(at, only=["other"], now_please=True)
        assert (report.new, report.changed, report.same) == (0, 0, 1)


def told(at: House) -> list[str]:
    """What the editors were mailed, decoded."""
    assert isinstance(at.mailer, KeepingMailer)
    return [
        message_from_bytes(m.content, policy=policy.default).get_content() for m in at.mailer.kept
    ]


def with_editors(fetcher: Fetcher) -> House:
    """A desk whose newsletter names an editor to ask."""
    asked = newsletter(approval=Approval(ask=("desk@sample.example",)))
    return desk(fetcher, clock=FakeClock(), newsletters=(asked,))


async def test_the_editors_are_told_once_of_a_gone_feed() -> None:
    """With what happened, what was done and the command that undoes it."""
    at = with_editors(world(feed=Answer(status=410)))
    await collect(at)
    (mail,) = told(at)
    assert "gone for good (410)" in mail and "digest sources resume post" in mail
    await collect_due(at, only=["post"], now_please=True)
    assert len(told(at)) == 1


async def test_the_editors_are_told_of_a_day_of_failures_once() -> None:
    """Not of a bad hour, and not every day again."""
    at = with_editors(world(feed=Answer(status=500)))
    for number in range(1, 12):
        await collect(at, now_please=True)
        assert len(told(at)) == (1 if number >= 8 else 0)
    assert "8 visits in a row" in told(at)[0]


async def test_what_is_learned_later_is_no_correction() -> None:
    """An article read before its closing line was known keeps it when it is read again, and one
    read after that goes on without it: neither has a second version."""
    closing = "The Sample Post is printed each weekday on the quay by people who live there."
    heads = (
        "Divers repair the harbour cable",
        "Council votes on school meals",
        "Rain ends drought",
    )
    pages = {
        str(n): page(n, f"Report {n} of the day: {head.lower()}, it was said.", *TEXT[:1], closing)
        for n, head in enumerate(heads, start=1)
    }
    fetcher = world(**pages)
    fetcher.answers[FEED] = feed(*[item(n, headline=head) for n, head in enumerate(heads, 1)])
    at = desk(fetcher)
    assert (await collect(at)).new == 3
    urls = [f"{BASE}/news/{n}" for n in (1, 2, 3)]
    again = await look_again(at, urls)
    assert [article.version for article in again.values()] == [1, 1, 1]
    assert sum(closing in article.paragraphs for article in again.values()) == 2


class FullDisk:
    """Articles on a disk without room."""

    def known(self, *_: object) -> list[Known]:
        """Nothing can be asked."""
        raise StoreError("The database has no room left on its disk.")


async def test_a_full_disk_is_no_fault_of_a_source() -> None:
    """What could not be kept is fetched again at once when there is room; nobody is blamed."""
    at = desk(world())
    full = SimpleNamespace(sources=at.store.sources, articles=FullDisk())
    report = await collect(replace(at, store=full))
    assert report.failed == 1 and "no room left" in report.because
    assert (state(at).failures, state(at).etag, state(at).next_at) == (0, "", None)
    assert (await collect(at)).new == 2


async def test_looking_again_leaves_how_a_source_lists_an_article() -> None:
    """Before an edition the page is read once more; the next visit of the feed does not take that
    for new words in it, and fetches nothing."""
    clock = FakeClock()
    long = escape("<p>" + "A sentence of the report as the feed has it. " * 30 + "</p>")
    full = item(1).replace("In short: 1.", long)
    fetcher = world(feed=feed(full, item(2, hours=2)))
    at = desk(fetcher, clock=clock)
    await collect(at)
    before = at.store.articles.known([f"{BASE}/news/1"], "post", [])
    clock.forward(minutes=20)
    await look_again(at, [f"{BASE}/news/1"])
    (after,) = at.store.articles.known([f"{BASE}/news/1"], "post", [])
    assert after.listed == before[0].listed is not None
    fetcher.visits.clear()
    clock.forward(minutes=20)
    fetcher.answers[FEED] = feed(full, item(2, hours=2), "<item></item>", etag='"2"')
    assert (await collect(at, now_please=True)).same == 2
    assert fetcher.visits[f"{BASE}/1"] == 0


async def test_a_page_closed_to_us_is_no_correction_of_the_feeds_own_text() -> None:
    """What the feed gave stays when the page refuses us once more, before an edition or later."""
    clock = FakeClock()
    long = escape("<p>First of the report.</p><p>" + "Then a longer part of it. " * 30 + "</p>")
    fetcher = world(**{"1": Answer(status=403)}, feed=feed(item(1).replace("In short: 1.", long)))
    at = desk(fetcher, clock=clock)
    await collect(at)
    (before,) = kept(at).values()
    assert len(before.paragraphs) == 2
    clock.forward(minutes=20)
    found = await look_again(at, [before.url])
    assert (found[before.url].version, found[before.url].paragraphs) == (1, before.paragraphs)
    again = await collect(at, now_please=True)
    assert again.changed == 0 and "answered 403" in again.because
    assert at.store.articles.get([before.url])[before.url].paragraphs == before.paragraphs
    fetcher.answers[f"{BASE}/1"] = page(1)
    assert (await collect(at, now_please=True)).changed == 1
