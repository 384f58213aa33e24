"""Every fetcher: the real one against a server on loopback, and the fake of the other tests."""

import gzip
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from digest.adapters.http import HttpFetcher, fresh_until, is_hidden, retry_at
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
    "/moved-for-good": Answer(status=308, headers={"Location": "/moved-again"}),
    "/moved-again": Answer(status=301, headers={"Location": "/bare"}),
    "/fresh": Answer(body=FEED, headers={"Cache-Control": "public, max-age=600", "Age": "60"}),
    "/still-fresh": Answer(status=304, headers={"ETag": '"new"', "Cache-Control": "max-age=60"}),
    "/hidden": Answer(body=FEED, headers={"X-Robots-Tag": "nofollow, noindex"}),
    "/empty": Answer(),
    "/nothing": Answer(status=204),
}
HERE = ("127.0.0.1",)
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
        HttpFetcher("digest-test/1", clock=FakeClock(), intranet=HERE) as fetcher,
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


async def test_only_redirects_for_good_all_the_way_move_a_source(
    world: tuple[Fetcher, str],
) -> None:
    """301 and 308 lead to a new address; one 302 or 307 among them and there is none."""
    fetcher, base = world
    found = await fetcher.fetch(FetchRequest(url=base + "/moved-for-good"))
    assert (found.url, found.moved_to) == (base + "/bare", base + "/bare")
    assert (await fetcher.fetch(FetchRequest(url=base + "/moved"))).moved_to == ""
    assert (await fetcher.fetch(FetchRequest(url=base + "/bare"))).moved_to == ""


async def test_how_long_an_answer_is_fresh(world: tuple[Fetcher, str]) -> None:
    """By its headers, those of a 304 too; what a 304 leaves out of the validators still holds."""
    fetcher, base = world
    fresh = await fetcher.fetch(FetchRequest(url=base + "/fresh"))
    assert fresh.fresh_until == NOW + timedelta(minutes=9)
    assert (await fetcher.fetch(FetchRequest(url=base + "/bare"))).fresh_until is None
    again = await fetcher.fetch(
        FetchRequest(url=base + "/still-fresh", etag='"old"', last_modified="yesterday")
    )
    assert again.fresh_until == NOW + timedelta(minutes=1)
    assert (again.status, again.etag, again.last_modified) == (304, '"new"', "yesterday")


async def test_not_modified_without_having_asked(world: tuple[Fetcher, str]) -> None:
    """A 304 to a question without validators tells us nothing."""
    fetcher, base = world
    found = await fetcher.fetch(FetchRequest(url=base + "/still-fresh"))
    assert (found.status, found.body) == (0, b"") and "never had" in found.problem


async def test_a_page_that_is_not_to_be_found(world: tuple[Fetcher, str]) -> None:
    """X-Robots-Tag is told, and is no problem."""
    fetcher, base = world
    hidden = await fetcher.fetch(FetchRequest(url=base + "/hidden"))
    assert hidden.noindex and not hidden.problem
    assert not (await fetcher.fetch(FetchRequest(url=base + "/bare"))).noindex


async def test_an_empty_page_and_no_page(world: tuple[Fetcher, str]) -> None:
    """Empty at 200 is an answer; 204 is none."""
    fetcher, base = world
    empty = await fetcher.fetch(FetchRequest(url=base + "/empty"))
    assert (empty.status, empty.body, empty.problem) == (200, b"", "")
    assert (await fetcher.fetch(FetchRequest(url=base + "/nothing"))).problem


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
    async with (
        serving(PLACES) as (base, seen),
        HttpFetcher("digest-test/1", intranet=HERE) as fetcher,
    ):
        await fetcher.fetch(FetchRequest(url=base + "/bare", etag="x y", last_modified="never"))
        await fetcher.fetch(FetchRequest(url=base + "/bare"))
    assert seen[0].headers["User-Agent"] == "digest-test/1"
    assert seen[0].headers["If-None-Match"] == "x y"
    assert seen[0].headers["If-Modified-Since"] == "never"
    assert not {"If-None-Match", "If-Modified-Since", "Cookie"} & set(seen[1].headers)


async def test_the_cap_counts_what_comes_out_of_the_gzip() -> None:
    """A small answer that unpacks to megabytes is refused."""
    bomb = Answer(body=gzip.compress(bytes(4_000_000)), headers={"Content-Encoding": "gzip"})
    async with (
        serving({"/bomb": bomb}) as (base, _),
        HttpFetcher("digest-test", intranet=HERE) as fetcher,
    ):
        found = await fetcher.fetch(FetchRequest(url=base + "/bomb", max_bytes=1024 * 1024))
    assert found.problem and found.body == b""


async def test_no_server_and_no_such_name() -> None:
    """Refused connections, names that lead nowhere and addresses that are none."""
    async with serving({}) as (base, _):
        pass
    async with HttpFetcher("digest-test", intranet=HERE) as fetcher:
        refused = await fetcher.fetch(FetchRequest(url=base + "/x"))
        other = await fetcher.fetch(FetchRequest(url="ftp://sample.example/x"))
        broken = await fetcher.fetch(FetchRequest(url="http://[broken"))
    assert "takes no connection" in refused.problem and refused.status == 0
    assert "no web address" in other.problem
    assert broken.problem


@pytest.mark.parametrize("status", [401, 402, 403, 404, 410, 418, 429, 451, 500, 502, 503, 504])
async def test_each_status_has_its_words(status: int) -> None:
    """The host, what it says, its number."""
    places = {"/x": Answer(status=status, body=b"words of the server")}
    async with serving(places) as (base, _), HttpFetcher("t", intranet=HERE) as fetcher:
        found = await fetcher.fetch(FetchRequest(url=base + "/x"))
    assert (found.status, found.body) == (status, b"")
    assert found.problem.startswith("127.0.0.1 ") and f"({status})" in found.problem


async def test_a_packed_file_is_unpacked() -> None:
    """A sitemap kept as .gz comes out whole; a damaged or endless one is a problem."""
    whole = gzip.compress(FEED)
    places = {
        "/map.xml.gz": Answer(body=whole),
        "/parts.gz": Answer(body=whole + whole + bytes(8)),
        "/cut.gz": Answer(body=whole[:-12]),
        "/bomb.gz": Answer(body=gzip.compress(bytes(4_000_000))),
    }
    async with serving(places) as (base, _), HttpFetcher("t", intranet=HERE) as fetcher:
        found = [
            await fetcher.fetch(FetchRequest(url=base + path, max_bytes=1024 * 1024))
            for path in places
        ]
    assert [each.body for each in found] == [FEED, FEED + FEED, b"", b""]
    assert "cannot be unpacked" in found[2].problem and "more than 1 MiB" in found[3].problem


async def test_without_a_context_it_still_fetches() -> None:
    """Each fetch then opens and closes its own session."""
    async with serving(PLACES) as (base, _):
        found = await HttpFetcher("digest-test", intranet=HERE).fetch(
            FetchRequest(url=base + "/bare")
        )
    assert found.status == 200


async def test_a_configured_file_is_read(tmp_path: Path) -> None:
    """A file: address gives the file, 304 while it is untouched, a sentence when it is missing."""
    path = tmp_path / "story.txt"
    path.write_text("Ferry fares to be repaid.", "utf-8")
    async with HttpFetcher("digest-test") as fetcher:
        first = await fetcher.fetch(FetchRequest(url=path.as_uri()))
        again = await fetcher.fetch(FetchRequest(url=path.as_uri(), etag=first.etag))
        missing = await fetcher.fetch(FetchRequest(url=(tmp_path / "other.txt").as_uri()))
        large = await fetcher.fetch(FetchRequest(url=path.as_uri(), max_bytes=4))
        endless = await fetcher.fetch(FetchRequest(url="file:///dev/zero"))
        nameless = await fetcher.fetch(FetchRequest(url="file:///a%00b"))
    assert (first.status, first.content_type) == (200, "text/plain")
    assert first.body.startswith(b"Ferry") and again.status == 304
    assert "cannot be read" in missing.problem and "cannot be read" in nameless.problem
    assert "too large" in large.problem and "no file" in endless.problem


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


LONG_AGO = format_datetime(NOW - timedelta(days=9), usegmt=True)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({}, None),
        ({"Cache-Control": "public"}, None),
        ({"Cache-Control": "max-age=600"}, 600),
        ({"Cache-Control": 'MAX-AGE="600"'}, 600),
        ({"Cache-Control": "private , max-age = 600, max-age=5"}, 600),
        ({"Cache-Control": "max-age=600", "Age": "100"}, 500),
        ({"Cache-Control": "max-age=600", "Age": "1000"}, 0),
        ({"Cache-Control": "max-age=600", "Age": "old"}, 600),
        ({"Cache-Control": "s-maxage=600"}, None),
        ({"Cache-Control": "max-age=0"}, 0),
        ({"Cache-Control": "max-age=-1"}, 0),
        ({"Cache-Control": "max-age=soon"}, 0),
        ({"Cache-Control": "max-age=99999999999999999999"}, 86_400),
        ({"Cache-Control": "no-cache, max-age=600"}, 0),
        ({"Cache-Control": "no-store"}, 0),
        ({"Cache-Control": 'x="a, max-age=5", max-age=7'}, 7),
        ({"Cache-Control": "max-age=60", "Expires": LONG_AGO}, 60),
        ({"Expires": format_datetime(NOW + timedelta(hours=1), usegmt=True)}, 3600),
        (
            {"Expires": format_datetime(NOW - timedelta(hours=1), usegmt=True), "Date": LONG_AGO},
            86_400,
        ),
        ({"Expires": LONG_AGO}, 0),
        ({"Expires": "0"}, 0),
        ({"Expires": "-1"}, 0),
        ({"Expires": ""}, 0),
        ({"Expires": "Mon, 99 Foo 2026 25:61:00 GMT"}, 0),
    ],
)
def test_freshness(told: Mapping[str, str], wanted: int | None) -> None:
    """Seconds from now: what is said and unreadable means not at all, no more than a day."""
    found = fresh_until(told, NOW)
    assert found == (None if wanted is None else NOW + timedelta(seconds=wanted))


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([], False),
        (["noindex"], True),
        (["NOFOLLOW, NoIndex"], True),
        (["none"], True),
        (["all", "noindex"], True),
        (["digest: noindex"], True),
        (["*: noindex"], True),
        (["googlebot: noindex, nofollow"], False),
        (["googlebot: nofollow, digest: none"], True),
        (["unavailable_after: 25 Jun 2030 15:00:00 PST, noindex"], True),
        (["max-snippet: 5, noarchive"], False),
        (["noindexing"], False),
    ],
)
def test_who_may_not_find_a_page(values: list[str], wanted: bool) -> None:
    """Rules for everybody and for us count, those for another robot do not."""
    assert is_hidden(values, "Digest") is wanted


@given(st.dictionaries(st.sampled_from(["Cache-Control", "Expires", "Age", "Date"]), st.text()))
def test_no_header_is_too_odd(told: dict[str, str]) -> None:
    """Whatever they say, the answer is an instant of the next day, or none."""
    found = fresh_until(told, NOW)
    assert found is None or NOW <= found <= NOW + timedelta(days=1)


@given(st.text())
def test_no_wait_is_too_odd(told: str) -> None:
    """Whatever Retry-After says, nobody waits more than two days."""
    found = retry_at({"Retry-After": told}, NOW)
    assert found is None or NOW <= found <= NOW + timedelta(days=2)
    assert is_hidden([told], "Digest") in (True, False)


async def test_what_may_be_entered_changes_while_it_runs() -> None:
    """An editor lists the house's own feed in config.yaml: the open session takes it at once."""
    async with serving(PLACES) as (base, _), HttpFetcher("t") as fetcher:
        refused = await fetcher.fetch(FetchRequest(url=f"{base}/bare"))
        assert "add it to collecting.intranet" in refused.problem
        fetcher.allow(HERE)
        assert (await fetcher.fetch(FetchRequest(url=f"{base}/bare"))).body == FEED
