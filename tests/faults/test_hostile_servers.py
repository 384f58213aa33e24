"""Servers that mean harm: the answer is always a sentence, and no door inside is opened."""

import asyncio
import gzip
import os
import random
import shutil
import socket
import ssl
import subprocess
import zlib
from collections.abc import AsyncIterator, Callable
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import aiohttp.connector
import pytest
import uvloop
from hypothesis import given
from hypothesis import strategies as st

from digest.adapters.http import HttpFetcher
from digest.adapters.http.guard import Guard, is_open
from digest.bench import hostile_servers
from digest.bench.hostile_servers import CLOSE, MIB, OK, Play, packed, redirects, says, serving
from digest.model.fetch import Fetched, FetchRequest
from tests.conftest import absent

FRONT = "front.example"
"""A name that is listed in collecting.intranet, so that servers on loopback can be asked."""
PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>"
INSIDE = [
    *("http://127.0.0.1:{port}/", "http://127.0.0.1.:{port}/", "http://2130706433:{port}/"),
    *("http://0x7f000001:{port}/", "http://0x7f.1:{port}/", "http://017700000001:{port}/"),
    *("http://0177.0.0.1:{port}/", "http://127.1:{port}/", "http://127.0.1:{port}/"),
    *("http://0:{port}/", "http://0.0.0.0:{port}/", "http://[::1]:{port}/", "http://[::]:{port}/"),
    *("http://[::ffff:127.0.0.1]:{port}/", "http://[::ffff:7f00:1]:{port}/"),
    *("http://[::127.0.0.1]:{port}/", "http://[0:0:0:0:0:0:0:1]:{port}/"),
    *("http://[64:ff9b::7f00:1]:{port}/", "http://[2002:7f00:1::]:{port}/"),
    *("http://[fe80::1%25lo]:{port}/", "http://localhost:{port}/", "http://localhost.:{port}/"),
    *("http://LOCALHOST:{port}/", "http://\uff11\uff12\uff17.0.0.1:{port}/"),
    *("http://%31%32%37.0.0.1:{port}/", "http://front.example@127.0.0.1:{port}/"),
    *("http://front.example\\@127.0.0.1:{port}/", "//127.0.0.1:{port}/"),
    *("http://inside.example:{port}/", "http://127.0.0.1:{port}\r\nX-Y: z/"),
    *("http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://10.0.0.1/"),
]
NOT_WEB = [
    *("file:///etc/passwd", "ftp://front.example/x", "gopher://front.example:70/x"),
    *("javascript:alert(1)", "data:text/xml,<rss/>", "ws://front.example/", "http:///x"),
    *("http://[", "http://front.example:99999/", "//", "http://" + "a" * 70_000),
]


async def loopback(host: str, port: int, family: int) -> list[str]:
    """A name service by which every name of the tests is this machine."""
    return ["127.0.0.1"]


def fetcher() -> HttpFetcher:
    """A fetcher that may enter the front server by its name, and nothing else inside."""
    return HttpFetcher("digest-test/1", intranet=(FRONT,), lookup=loopback)


async def fetched(play: Play, *, seconds: float = 30.0, most: int = MIB) -> Fetched:
    """What is told of a server that plays this."""
    async with serving(play) as (port, _), fetcher() as ours:
        return await ours.fetch(
            FetchRequest(url=f"http://{FRONT}:{port}/0", seconds=seconds, max_bytes=most)
        )


@pytest.fixture
async def forbidden() -> AsyncIterator[tuple[int, list[bytes]]]:
    """A server inside, which nobody may ask."""
    async with serving(says(PAGE)) as found:
        yield found


BOMBS = {
    "gzip": packed("gzip", hostile_servers.zeros(16 * MIB)),
    "x-gzip": packed("x-gzip", hostile_servers.zeros(16 * MIB)),
    "deflate": packed("deflate", hostile_servers.zeros(16 * MIB, wbits=15)),
    "raw deflate": packed("deflate", hostile_servers.zeros(16 * MIB, wbits=-15)),
    "a .gz file": packed("identity", hostile_servers.zeros(16 * MIB)),
    "no packing": says(OK + b"Content-Length: 99999999\r\n\r\nx"),
}


@pytest.mark.parametrize("name", BOMBS)
async def test_bombs_go_off_at_the_cap(name: str) -> None:
    """However it is packed, what comes out is counted, and nothing of it is used."""
    found = await fetched(BOMBS[name])
    assert found.body == b"" and "more than 1 MiB" in found.problem


ODD: dict[str, tuple[Play, str]] = {
    "packed twice": (packed("gzip, gzip", b"x"), "did not ask for (gzip, gzip)"),
    "packed by an unknown way": (packed("rot13", b"x"), "did not ask for (rot13)"),
    "said to be packed": (packed("gzip", b"<rss/>"), "cannot be unpacked"),
    "packed and cut": (packed("gzip", hostile_servers.zeros(MIB)[:500]), "cannot be unpacked"),
    "cut short": (says(OK + b"Content-Length: 100\r\n\r\n<rss/>"), "broke off"),
    "cut chunk": (says(OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\n<rss/>"), "broke off"),
    "broken chunk": (says(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<rss/>"), "rules of HTTP"),
    "two lengths": (
        says(OK + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\n<rss/>"),
        "rules of HTTP",
    ),
    "a length below nothing": (says(OK + b"Content-Length: -6\r\n\r\n<rss/>"), "rules of HTTP"),
    "length and chunks": (
        says(OK + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        "rules of HTTP",
    ),
    "a NUL in a header": (says(OK + b"X: a\0b\r\n\r\n<rss/>"), "rules of HTTP"),
    "HTTP/0.9": (says(b"<rss></rss>"), "rules of HTTP"),
    "no status": (says(b"HTTP/1.1\r\n\r\n"), "rules of HTTP"),
    "an odd status": (says(b"HTTP/1.1 999 Huh\r\n" + CLOSE), "an error (999)"),
    "another protocol": (says(b"HTTP/1.1 101 Go\r\nUpgrade: x\r\n\r\n"), "an error (101)"),
    "nothing at all": (says(b""), "hung up"),
    "not modified": (says(b"HTTP/1.1 304 No\r\n\r\n"), "never had"),
    "not modified, with a body": (says(b"HTTP/1.1 304 No\r\n\r\n<rss/>"), "rules of HTTP"),
    "packed without being asked": (packed("br", b"x"), "did not ask for (br)"),
    "packed in a thousand parts": (
        packed("gzip", gzip.compress(b"x") * 2000),
        "cannot be unpacked",
    ),
    "moved nowhere": (says(b"HTTP/1.1 301 Moved\r\n" + CLOSE), "an error (301)"),
    "a flood of interim answers": (
        hostile_servers.endless(b"", b"HTTP/1.1 100 Go on\r\n\r\n" * 1000),
        "rules of HTTP",
    ),
    "a flood of answers": (
        hostile_servers.endless(b"", b"HTTP/1.1 304 No\r\n\r\n" * 1000),
        "rules of HTTP",
    ),
    "endless headers": (hostile_servers.endless(OK, b"X-Y: z\r\n" * 1000), "rules of HTTP"),
    "one endless header": (hostile_servers.endless(OK + b"X: ", b"z" * 65536), "rules of HTTP"),
    "endless trailers": (
        hostile_servers.endless(
            OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Y: z\r\n" * 1000
        ),
        "rules of HTTP",
    ),
    "endless body": (hostile_servers.endless(OK + CLOSE, b"x" * 65536), "more than 1 MiB"),
    "noise": (hostile_servers.endless(b"", b"\0\xff" * 32768), "rules of HTTP"),
}


@pytest.mark.parametrize("name", ODD)
async def test_odd_answers_are_told_apart(name: str) -> None:
    """What the server did, in words; nothing half is handed over."""
    play, told = ODD[name]
    found = await fetched(play)
    assert told in found.problem and found.body == b""
    assert found.problem.startswith(FRONT)


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("GZIP ", gzip.compress),
        ("gzip", lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:]) + bytes(64)),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body, wbits=-15)),
        ("identity", bytes),
    ],
)
async def test_packed_pages_come_out_whole(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    """By every packing servers use, in parts, with padding."""
    body = bytes(range(256)) * 1000
    assert (await fetched(packed(encoding, pack(body)))).body == body


SLOW = {
    "a body that drips": hostile_servers.drips(OK + CLOSE, b"x"),
    "headers that drip": hostile_servers.drips(OK, b"X-Y: z\r\n"),
    "a status line that drips": hostile_servers.drips(b"HTTP/1.1 200 ", b"O"),
    "chunks that drip": hostile_servers.drips(
        OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"
    ),
    "silence": hostile_servers.is_silent,
}


@pytest.mark.parametrize("name", SLOW)
async def test_the_whole_fetch_has_one_limit(name: str) -> None:
    """A byte now and then buys no time."""
    found = await fetched(SLOW[name], seconds=0.15)
    assert "within 0.15 seconds" in found.problem and found.body == b""


async def test_all_hops_share_the_limit() -> None:
    """A chain of redirects, each of them quick enough, ends where one page would."""
    hops: list[str] = []
    go = redirects(*(f"/{n}" for n in range(1, 6)))

    async def play(writer: asyncio.StreamWriter, path: str) -> None:
        hops.append(path)
        if path == "/2":
            await asyncio.Event().wait()
        await go(writer, path)

    found = await fetched(play, seconds=0.3)
    assert "within 0.3 seconds" in found.problem
    assert hops == ["/0", "/1", "/2"] and found.url.endswith("/2")


@pytest.mark.parametrize(
    ("targets", "told"),
    [
        (["/0"], "in a circle"),
        (["/1", "/0"], "in a circle"),
        ([f"/{n}" for n in range(1, 9)], "more than 5 times"),
    ],
)
async def test_redirects_end(targets: list[str], told: str) -> None:
    """Circles at their first turn, chains after five hops."""
    assert told in (await fetched(redirects(*targets))).problem


@pytest.mark.parametrize("target", NOT_WEB)
async def test_redirects_stay_on_the_web(target: str) -> None:
    """To a file, another protocol or nowhere: not followed."""
    found = await fetched(redirects(target))
    assert found.problem and found.body == b"" and len(found.problem) < 400


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("caf\udce9?q=\udcff", "/caf%E9?q=%FF"),
        ("caf\u00e9", "/caf%C3%A9"),
        ("  a b ", "/a%20b"),
        ("x#part", "/x"),
    ],
)
async def test_locations_in_any_spelling(target: str, path: str) -> None:
    """Latin-1, UTF-8, blanks, fragments: the page meant is asked for."""
    asked: list[str] = []

    async def play(writer: asyncio.StreamWriter, place: str) -> None:
        asked.append(place)
        await (redirects(target) if place == "/0" else says(PAGE))(writer, place)

    found = await fetched(play)
    assert (found.body, found.problem) == (b"<rss/>", "") and asked == ["/0", path]


@pytest.mark.parametrize("address", INSIDE)
@pytest.mark.parametrize("is_redirect", [False, True])
async def test_no_door_inside_is_opened(
    forbidden: tuple[int, list[bytes]], address: str, is_redirect: bool
) -> None:
    """In every spelling, asked for directly or by a redirect from a server that may be asked."""
    port, seen = forbidden
    target = address.format(port=port)
    async with serving(redirects(target.replace("\r\n", " "))) as (front, asked), fetcher() as ours:
        start = f"http://{FRONT}:{front}/0" if is_redirect else target
        found = await ours.fetch(FetchRequest(url=start))
    assert (found.status, found.body) == (0, b"") and seen == []
    assert "inside a network" in found.problem or "no web address" in found.problem
    assert len(asked) == is_redirect


async def test_a_refusal_says_what_to_do(forbidden: tuple[int, list[bytes]]) -> None:
    """The name, the address behind it, and the setting that allows it."""
    async with fetcher() as ours:
        found = await ours.fetch(FetchRequest(url=f"http://wiki.example:{forbidden[0]}/"))
    assert found.problem == (
        "wiki.example is an address inside a network (127.0.0.1); it was not fetched;"
        " if it is yours, add it to collecting.intranet"
    )


@pytest.mark.parametrize(
    ("intranet", "url", "is_open"),
    [
        ("wiki.example", "http://wiki.example:{port}/", True),
        ("WIKI.example.", "http://wiki.example.:{port}/", True),
        ("wiki.example", "http://127.0.0.1:{port}/", False),
        ("wiki.example", "http://www.wiki.example:{port}/", False),
        ("127.0.0.1", "http://127.0.0.1:{port}/", True),
        ("127.0.0.1", "http://any.example:{port}/", True),
        ("127.0.0.0/8", "http://any.example:{port}/", True),
        ("127.0.0.2", "http://127.0.0.1:{port}/", False),
        ("::1", "http://127.0.0.1:{port}/", False),
    ],
)
async def test_what_is_listed_may_be_entered(
    forbidden: tuple[int, list[bytes]], intranet: str, url: str, is_open: bool
) -> None:
    """A name by that name alone, addresses and networks whatever the name."""
    port, seen = forbidden
    async with HttpFetcher("t", intranet=(intranet,), lookup=loopback) as ours:
        before = await ours.fetch(FetchRequest(url=f"http://wiki.example:{port}/"))
        count = len(seen)
        found = await ours.fetch(FetchRequest(url=url.format(port=port)))
    assert before.problem == "" or intranet != "wiki.example"
    assert (found.problem == "", len(seen) - count) == (is_open, int(is_open))


@pytest.mark.parametrize("new_loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_a_name_that_changes_its_mind(new_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    """The address that was vetted is the one connected to: one lookup for a connection, no more.

    127.0.0.1 stands for the open web here, 127.0.0.2 for the inside.
    """
    answers = [["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2", "127.0.0.1"]]
    lookups: list[str] = []

    async def lookup(host: str, port: int, family: int) -> list[str]:
        lookups.append(host)
        return answers[len(lookups) - 1]

    async def play() -> None:
        async with serving(says(PAGE)) as (port, seen), serving(says(PAGE), "127.0.0.2") as inside:
            found = []
            for _ in answers:
                async with HttpFetcher("t", intranet=("127.0.0.1",), lookup=lookup) as ours:
                    url = f"http://rebinding.example:{port}/"
                    found.append(await ours.fetch(FetchRequest(url=url)))
            assert [each.problem == "" for each in found] == [True, False, True]
            assert "(127.0.0.2)" in found[1].problem
            assert (len(lookups), len(seen), inside[1]) == (3, 2, [])

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(play())


async def test_a_kept_connection_is_not_looked_up_again() -> None:
    """Pages of one host share the vetted connection."""
    lookups: list[str] = []

    async def lookup(host: str, port: int, family: int) -> list[str]:
        lookups.append(host)
        return ["127.0.0.1"]

    async def play(writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(PAGE)

    async with (
        serving(play) as (port, seen),
        HttpFetcher("t", intranet=(FRONT,), lookup=lookup) as ours,
    ):
        for n in range(3):
            assert (await ours.fetch(FetchRequest(url=f"http://{FRONT}:{port}/{n}"))).status == 200
    assert (len(seen), len(lookups)) == (3, 1)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "there is no server called"),
        (socket.gaierror(socket.EAI_AGAIN, "later"), "could not be looked up just now"),
        (None, "there is no server called"),
    ],
)
async def test_names_that_lead_nowhere(error: OSError | None, told: str) -> None:
    """Unknown, or the name service is down: two different sentences."""

    async def lookup(host: str, port: int, family: int) -> list[str]:
        if error is not None:
            raise error
        return []

    found = await HttpFetcher("t", lookup=lookup).fetch(FetchRequest(url="http://gone.example/"))
    assert told in found.problem


async def test_the_machines_own_name_service_is_asked() -> None:
    """localhost is this machine, and is inside."""
    with pytest.raises(OSError, match="inside a network"):
        await Guard().resolve("localhost", 80)
    found = await Guard(["localhost"]).resolve("localhost", 80)
    assert {each["host"] for each in found} <= {"127.0.0.1", "::1"} and found


async def test_no_proxy_and_no_cookie(
    forbidden: tuple[int, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Surroundings and servers cannot make us go another way or carry anything along."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{forbidden[0]}")
    answer = PAGE.replace(b"\r\n\r\n", b"\r\nSet-Cookie: who=you\r\n\r\n")
    async with serving(says(answer)) as (port, seen), fetcher() as ours:
        for _ in range(2):
            assert (await ours.fetch(FetchRequest(url=f"http://{FRONT}:{port}/"))).status == 200
    assert len(seen) == 2 and forbidden[1] == []
    assert b"cookie" not in seen[1].lower()


async def test_words_of_an_address_stay_short_and_secret() -> None:
    """Neither a password nor a flood of letters reaches a log."""
    async with fetcher() as ours:
        found = await ours.fetch(FetchRequest(url="ftp://name:secret@x.example/" + "a" * 9000))
    assert "secret" not in found.problem and len(found.problem) < 300


async def test_whatever_a_server_says_is_an_answer() -> None:
    """Four hundred damaged answers: no exception, and a problem exactly when there is no page."""
    chance = random.Random(7)
    whole = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n"
        b"Cache-Control: max-age=5\r\nETag: x\r\nLocation: /y\r\nRetry-After: 5\r\n\r\n"
        b"6\r\n<rss/>\r\n0\r\n\r\n"
    )
    said = b""

    async def play(writer: asyncio.StreamWriter, path: str) -> None:
        await says(said)(writer, path)

    async with serving(play) as (port, _), fetcher() as ours:
        for _ in range(400):
            damaged = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            said = bytes(damaged[: chance.randint(1, len(damaged))])
            found = await ours.fetch(FetchRequest(url=f"http://{FRONT}:{port}/", seconds=20))
            assert (found.problem == "") == (found.status in {200, 304}), said


@pytest.mark.parametrize(
    ("status", "is_kept"), [(301, True), (302, False)], ids=["for good", "for now"]
)
async def test_from_https_to_http(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, is_kept: bool
) -> None:
    """Followed, but never remembered; the other way it is."""
    certificate = _certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, tmp_path / "key.pem")
    trusting = ssl.create_default_context(cafile=str(certificate))
    async with serving(says(PAGE)) as (plain, _), fetcher() as ours:
        server = await asyncio.start_server(
            lambda r, w: _redirect(r, w, f"http://{FRONT}:{plain}/x", status),
            "127.0.0.1",
            0,
            ssl=context,
        )
        secure = server.sockets[0].getsockname()[1]
        request = FetchRequest(url=f"https://{FRONT}:{secure}/")
        distrusted = await ours.fetch(request)
        monkeypatch.setattr(aiohttp.connector, "_SSL_CONTEXT_VERIFIED", trusting)
        found = await ours.fetch(request)
        async with serving(redirects(f"https://{FRONT}:{secure}/ok", status=status)) as (up, _):
            upward = await ours.fetch(FetchRequest(url=f"http://{FRONT}:{up}/0"))
        server.close()
        await server.wait_closed()
    assert "no valid certificate" in distrusted.problem
    assert (found.body, found.moved_to) == (b"<rss/>", "")
    assert upward.moved_to == (f"https://{FRONT}:{secure}/ok" if is_kept else "")


async def _redirect(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, target: str, status: int
) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    moved = f"HTTP/1.1 {status} Moved\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n"
    writer.write(PAGE if b"/ok" in head else moved.encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()


def _certificate(folder: Path) -> Path:
    if shutil.which("openssl") is None:
        absent("openssl is not installed")
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
        f" -subj /CN={FRONT} -addext subjectAltName=DNS:{FRONT} -keyout key.pem -out cert.pem"
    )
    subprocess.run(command.split(), cwd=folder, env=os.environ, check=True, capture_output=True)
    return folder / "cert.pem"


CLOSED = [
    *("0.0.0.1", "10.1.2.3", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.255"),
    *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1"),
    *("198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1"),
    *("255.255.255.255", "168.63.129.16", "::", "::1", "::ffff:10.0.0.1", "::10.0.0.1"),
    *("64:ff9b::a00:1", "64:ff9b:1::808:808", "2002:a00:1::1", "2001:0:4136:e378::1", "fc00::1"),
    *("fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "2001:db8::1", "100::1", "5f00::1"),
    *("3fff::1", "2001:4860:4860::8888%eth0"),
]
OPEN = [
    *("1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.32.0.1"),
    *("192.169.0.1", "223.255.255.255", "2606:4700::1111", "2001:4860:4860::8888", "2a00::1"),
    *("::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"),
]


@pytest.mark.parametrize("address", CLOSED)
def test_addresses_of_nobody_outside(address: str) -> None:
    """Private, shared, local, reserved, many at once, or one of these in disguise."""
    assert not is_open(_address(address))


@pytest.mark.parametrize("address", OPEN)
def test_addresses_of_the_web(address: str) -> None:
    """And those that only carry one."""
    assert is_open(_address(address))


@given(st.ip_addresses())
def test_open_is_never_more_than_global(address: IPv4Address | IPv6Address) -> None:
    """What Python's own table calls private is closed here too."""
    if is_open(address) and not (isinstance(address, IPv6Address) and address.ipv4_mapped):
        assert address.is_global and not address.is_multicast


def _address(text: str) -> IPv4Address | IPv6Address:
    return IPv6Address(text) if ":" in text else IPv4Address(text)
