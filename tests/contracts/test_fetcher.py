"""Every fetcher: the real one against a server on loopback, and the fake of the other tests."""

import gzip
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web

from digest.adapters.http import HttpFetcher, retry_at
from digest.model.fetch import FetchRequest
from digest.ports import Fetcher
from tests.builders import NOW
from tests.fakes import FakeClock
from tests.fakes_collect import Answer, FakeFetcher

FEED = b"<rss><channel><title>Sample</title></channel></rss>"
VALID = {"ETag": 'W/"odd, one"', "Last-Modified": "Mon, 16 Mar 2026 06:00:00 GMT"}
PLACES: Mapping[str, Answer] = {
    "/feed": Answer(body=FEED, headers={"Content-Type": "text/xml; charset=utf-8", **VALID}),
    "/bare": Answer(body=FEED),
    "/moved": Answer(status=301, headers={"Location": "/found"}),
    "/found": Answer(status=307, headers={"Location": "feed"}),
    "/loop": Answer(status=302, headers={"Location": "/loop"}),
    "/to-file": Answer(status=302, headers={"Location": "file:///etc/passwd"}),
    "/gone": Answer(status=410),
    "/missing": Answer(status=404),
    "/broken": Answer(status=500, body=b"stack trace"),
    "/busy": Answer(status=429, headers={"Retry-After": "120"}),
    "/large": Answer(body=b"x" * 5000),
    "/drops": Answer(body=FEED, breaks=True),
}
Make = Callable[[], Awaitable[tuple[Fetcher, str]]]


@asynccontextmanager
async def serving(places: Mapping[str, Answer]) -> AsyncIterator[tuple[str, list[web.Request]]]:
    """A server of these answers on loopback: its address and the requests it saw."""
    seen: list[web.Request] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append(request)
        told = places.get(request.path) or Answer(status=404)
        if told.breaks:
            response = web.StreamResponse(headers={"Content-Length": "100000"})
            await response.prepare(request)
            await response.write(told.body)
            assert request.transport is not None
            request.transport.abort()
            return response
        etag = told.headers.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers=told.headers)
        return web.Response(status=told.status, body=told.body, headers=told.headers)

    application = web.Application()
    application.router.add_get("/{place:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}", seen
    finally:
        await runner.cleanup()


@pytest.fixture(params=["http", "fake"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Fetcher, str]]:
    """A fetcher, and the address of the server that gives the answers above."""
    if request.param == "fake":
        base = "http://sample.example"
        yield FakeFetcher({base + path: answer for path, answer in PLACES.items()}), base
        return
    async with (
        serving(PLACES) as (base, _),
        HttpFetcher("digest-test", clock=FakeClock()) as fetcher,
    ):
        yield fetcher, base


async def test_a_page_and_its_validators(world: tuple[Fetcher, str]) -> None:
    """Body, media type and both validators exactly as sent."""
    fetcher, base = world
    found = await fetcher.fetch(FetchRequest(url=base + "/feed"))
    assert (found.status, found.body, found.problem) == (200, FEED, "")
    assert found.content_type.startswith("text/xml")
    assert (found.etag, found.last_modified) == (VALID["ETag"], VALID["Last-Modified"])
    bare = await fetcher.fetch(FetchRequest(url=base + "/bare"))
    assert (bare.etag, bare.last_modified, bare.retry_at) == ("", "", None)


async def test_not_modified(world: tuple[Fetcher, str]) -> None:
    """The validators make it conditional; 304 is no problem and has no body."""
    fetcher, base = world
    found = await fetcher.fetch(
        FetchRequest(url=base + "/feed", etag=VALID["ETag"], last_modified=VALID["Last-Modified"])
    )
    assert (found.status, found.body, found.problem) == (304, b"", "")


async def test_redirects(world: tuple[Fetcher, str]) -> None:
    """Followed to the end, and the address is the last one; loops and other schemes end."""
    fetcher, base = world
    found = await fetcher.fetch(FetchRequest(url=base + "/moved"))
    assert (found.status, found.url, found.body) == (200, base + "/feed", FEED)
    assert "redirects" in (await fetcher.fetch(FetchRequest(url=base + "/loop"))).problem
    elsewhere = await fetcher.fetch(FetchRequest(url=base + "/to-file"))
    assert "no web address" in elsewhere.problem and elsewhere.body == b""


@pytest.mark.parametrize("path", ["/gone", "/missing", "/broken", "/busy", "/drops", "/large"])
async def test_every_failure_is_a_sentence(world: tuple[Fetcher, str], path: str) -> None:
    """Whatever the server does, nothing is raised and nothing half is handed over."""
    fetcher, base = world
    found = await fetcher.fetch(FetchRequest(url=base + path, max_bytes=4096))
    assert found.problem and found.body == b""


async def test_retry_after_becomes_an_instant(world: tuple[Fetcher, str]) -> None:
    """Seconds count from the clock's now."""
    fetcher, base = world
    found = await fetcher.fetch(FetchRequest(url=base + "/busy"))
    assert (found.status, found.retry_at) == (429, NOW + timedelta(minutes=2))


async def test_who_asks_and_what_for() -> None:
    """The name we were given, validators verbatim, no cookie."""
    async with serving(PLACES) as (base, seen), HttpFetcher("digest-test/1") as fetcher:
        await fetcher.fetch(FetchRequest(url=base + "/bare", etag="x y", last_modified="never"))
        await fetcher.fetch(FetchRequest(url=base + "/bare"))
    assert seen[0].headers["User-Agent"] == "digest-test/1"
    assert seen[0].headers["If-None-Match"] == "x y"
    assert seen[0].headers["If-Modified-Since"] == "never"
    assert not {"If-None-Match", "If-Modified-Since", "Cookie"} & set(seen[1].headers)


async def test_the_cap_counts_what_comes_out_of_the_gzip() -> None:
    """A small answer that unpacks to megabytes is refused."""
    bomb = Answer(body=gzip.compress(bytes(4_000_000)), headers={"Content-Encoding": "gzip"})
    async with serving({"/bomb": bomb}) as (base, _), HttpFetcher("digest-test") as fetcher:
        found = await fetcher.fetch(FetchRequest(url=base + "/bomb", max_bytes=1024 * 1024))
    assert found.problem and found.body == b""


async def test_no_server_and_no_such_name() -> None:
    """Refused connections, names that lead nowhere and addresses that are none."""
    async with serving({}) as (base, _):
        pass
    async with HttpFetcher("digest-test") as fetcher:
        refused = await fetcher.fetch(FetchRequest(url=base + "/x"))
        other = await fetcher.fetch(FetchRequest(url="ftp://sample.example/x"))
        broken = await fetcher.fetch(FetchRequest(url="http://[broken"))
    assert "takes no connection" in refused.problem and refused.status == 0
    assert "no web address" in other.problem
    assert broken.problem


async def test_without_a_context_it_still_fetches() -> None:
    """Each fetch then opens and closes its own session."""
    async with serving(PLACES) as (base, _):
        found = await HttpFetcher("digest-test").fetch(FetchRequest(url=base + "/bare"))
    assert found.status == 200


async def test_a_configured_file_is_read(tmp_path: Path) -> None:
    """A file: address gives the file, 304 while it is untouched, a sentence when it is missing."""
    path = tmp_path / "story.txt"
    path.write_text("Ferry fares to be repaid.", "utf-8")
    async with HttpFetcher("digest-test") as fetcher:
        first = await fetcher.fetch(FetchRequest(url=path.as_uri()))
        again = await fetcher.fetch(FetchRequest(url=path.as_uri(), etag=first.etag))
        missing = await fetcher.fetch(FetchRequest(url=(tmp_path / "other.txt").as_uri()))
    assert (first.status, first.content_type) == (200, "text/plain")
    assert first.body.startswith(b"Ferry") and again.status == 304
    assert "cannot be read" in missing.problem


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("120", NOW + timedelta(minutes=2)),
        (format_datetime(NOW + timedelta(hours=1), usegmt=True), NOW + timedelta(hours=1)),
        (format_datetime(NOW - timedelta(hours=1), usegmt=True), NOW),
        ("99999999", NOW + timedelta(days=2)),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_in_both_forms(told: str, wanted: datetime | None) -> None:
    """Seconds or a date, never in the past, never longer than two days."""
    assert retry_at({"Retry-After": told}, NOW) == wanted
