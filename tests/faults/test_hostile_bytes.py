"""Documents that mean harm: each is read or given up in time, and reaches for nothing."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from digest.adapters.workshop import ProcessWorkshop
from digest.bench import hostile_bytes
from digest.bench.hostile_servers import says, serving
from digest.collect import feed, page
from digest.model.fetch import Stopped
from digest.model.news import Feed, Page

URL = "https://sample.example/feed"
SECRET = "the password of the house"
FEEDS, PAGES = hostile_bytes.feeds(), hostile_bytes.pages()
TAME = [
    *("billion laughs", "quadratic entities", "file in an entity", "address in an entity"),
    *("parameter entity", "external DTD", "stylesheet and include"),
]
"""Those that real parsers fall for: they are read in no time, and give nothing away."""


@pytest.fixture(scope="module")
def place() -> Iterator[ProcessWorkshop]:
    """A workshop open for all tests here: a process that read one document reads the next."""
    found = ProcessWorkshop(hands=1, seconds=1)
    asyncio.run(found.__aenter__())
    yield found
    asyncio.run(found.__aexit__(None, None, None))


@pytest.fixture
async def listener() -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that only hears whether anybody comes."""
    async with serving(says(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) as (port, seen):
        yield f"http://127.0.0.1:{port}", seen


@pytest.mark.parametrize("name", FEEDS)
async def test_every_feed_is_read_or_given_up(place: ProcessWorkshop, name: str) -> None:
    """A feed or the reason why not, within the limit, whatever the parsers go through."""
    found = await place.do(feed.parse, FEEDS[name](), url=URL)
    assert isinstance(found, Feed) or (isinstance(found, Stopped) and found.because)
    if isinstance(found, Feed):
        assert len(found.items) <= feed.MAX_ITEMS
        assert found.items or found.problem or name == "200,000 attributes"


@pytest.mark.parametrize("name", PAGES)
async def test_every_page_is_read_or_given_up(place: ProcessWorkshop, name: str) -> None:
    """A page or the reason why not."""
    found = await place.do(page.read, PAGES[name](), url=URL)
    assert isinstance(found, Page) or (isinstance(found, Stopped) and found.because)


@pytest.mark.parametrize("name", TAME)
async def test_entities_bring_nothing_in(
    tmp_path: Path, listener: tuple[str, list[bytes]], name: str
) -> None:
    """No text of a file or server, no text grown out of nothing; nobody is asked for anything."""
    address, seen = listener
    (tmp_path / "secret").write_text(SECRET, "utf-8")
    body = hostile_bytes.feeds(address, str(tmp_path / "secret"))[name]()
    async with ProcessWorkshop(seconds=60) as place:
        read = [
            await place.do(feed.parse, body, url=URL),
            await place.do(feed.parse, body.replace(b"</channel>", b""), url=URL),
            await place.do(page.read, body, url=URL),
        ]
    assert isinstance(read[0], Feed) and len(read[0].items) == 1
    for found in read:
        assert not isinstance(found, Stopped)
        assert SECRET not in repr(found) and len(repr(found)) < 1_000_000
    assert seen == []


async def test_a_reader_that_would_open_a_socket_is_stopped(
    listener: tuple[str, list[bytes]],
) -> None:
    """The server that heard nothing above does hear what comes: it is the reader that is shut."""
    port = int(listener[0].rpartition(":")[2])
    stopped = await ProcessWorkshop().do(socket.create_connection, ("127.0.0.1", port))
    assert isinstance(stopped, Stopped) and "may not do this" in stopped.because
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\n\r\n")
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def test_good_feeds_are_read_beside_bad_ones() -> None:
    """While one reader is busy dying the other works on, and both answers are told apart."""
    good = (
        b"<rss version='2.0'><channel><title>Sample</title><item><title>Ferry fares</title>"
        b"<link>https://sample.example/1</link></item></channel></rss>"
    )
    async with ProcessWorkshop(hands=2, seconds=1) as place:
        bad = asyncio.ensure_future(place.do(page.read, PAGES["200,000 attributes"](), url=URL))
        for _ in range(5):
            assert await place.do(feed.parse, good, url=URL) == feed.parse(good, url=URL)
        assert isinstance(await bad, Stopped | Page)
