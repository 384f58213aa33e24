"""`digest check --online`: each source fetched once, one failure stopping no other."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from digest.cli.online import Look, look, look_at
from digest.model.news import HostState
from digest.newsroom.house import House
from tests import builders
from tests.builders import NOW, source
from tests.fakes_collect import Answer, FakeFetcher
from tests.house import house as build_house

SITE = "https://sample.example"
FEED = b"""<rss version="2.0"><channel><title>Post</title>
<item><title>Lights back on</title><link>https://sample.example/1</link>
<pubDate>Mon, 16 Mar 2026 06:00:00 GMT</pubDate></item></channel></rss>"""
EMPTY = b"<rss version='2.0'><channel><title>Post</title></channel></rss>"
PAGE = b"<html><body><p>Hello</p></body></html>"


def newsroom(*names: str) -> tuple[House, FakeFetcher]:
    """A house with a source at each of these paths, and its web."""
    web = FakeFetcher(
        {
            f"{SITE}/feed": Answer(body=FEED, headers={"Content-Type": "text/xml"}),
            f"{SITE}/quiet": Answer(body=EMPTY),
            f"{SITE}/page": Answer(body=PAGE),
        }
    )
    sources = tuple(source(id=name, url=f"{SITE}/{name}") for name in names)
    return replace(build_house(sources=sources), fetcher=web), web


async def test_each_source_says_what_it_gives() -> None:
    """Articles and the newest date, or the reason why there are none; one GET each."""
    house, web = newsroom("feed", "page", "gone", "quiet")
    feed, page, gone, quiet = await look_at(house)
    assert (feed.ok, feed.told) == (True, "1 article, the newest of 16 Mar 2026 06:00 UTC")
    assert (page.ok, gone.ok, quiet.ok) == (False, False, False)
    assert "not a feed" in page.told
    assert gone.told == "nobody answers"
    assert quiet.told == "the feed is readable and has no articles"
    assert set(web.visits.values()) == {1}


async def test_a_host_that_wants_rest_is_not_asked() -> None:
    """What it said in an earlier run still holds."""
    house, web = newsroom("feed")
    until = NOW + timedelta(hours=1)
    house.store.sources.save_hosts(
        [HostState(host="sample.example", until=until, because="sample.example wants rest")]
    )
    (feed,) = await look_at(house)
    assert not feed.ok and feed.told.startswith("sample.example wants rest")
    assert not web.visits


def test_a_pasted_file_is_read_and_a_check_makes_no_database(tmp_path: Path) -> None:
    """With the real fetcher and workshop; what was not there before is not there afterwards."""
    pasted = tmp_path / "pasted.txt"
    pasted.write_text(
        "Harbour lights back on after storm\n\nThe lights at the mouth of Sorrisdale harbour came"
        " back on at 6.41pm on Sunday, 17 days after a storm cut the cable that feeds them.\n",
        "utf-8",
    )
    database = tmp_path / "digest.db"
    made = builders.settings(
        sources=(source(id="own", url=pasted.as_uri()),), store=f"sqlite:///{database}"
    )
    (own,) = look(made)
    assert own == Look(
        source="own", url=pasted.as_uri(), ok=True, told="“Harbour lights back on after storm”"
    )
    assert not database.exists()
