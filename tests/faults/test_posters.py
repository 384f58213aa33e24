"""What each adapter makes of a network that fails in the middle of a request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from digest.adapters.bluesky import BlueskyPoster
from digest.adapters.mastodon import MastodonPoster
from digest.adapters.x import XPoster
from digest.model.account import Network
from digest.model.post import NotPublished, PostOutcome, Published, Unclear
from digest.ports import Poster
from tests.builders import NOW
from tests.fakes import FakeClock
from tests.fakes_social import BIG, FakeAccounts, account, posts_of

SESSION = b'{"did": "did:web:a.example", "accessJwt": "a", "refreshJwt": "r"}'
EPOCH = str(int((NOW + timedelta(minutes=7)).timestamp()))


def _poster(network: Network, clock: FakeClock) -> Poster:
    ways = {Network.X: XPoster, Network.BLUESKY: BlueskyPoster, Network.MASTODON: MastodonPoster}
    poster: Poster = ways[network](clock, FakeAccounts(), timeout=(2.0, 0.5))
    return poster


def _answer(status: int, body: bytes = b"{}", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", "Content-Type: application/json", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


@asynccontextmanager
async def _server(answer: bytes | None, seen: list[str]) -> AsyncIterator[str]:
    """Gives the raw answer to everything but log-ins; None closes, b"" never answers."""
    release = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        seen.append(head.split("\r\n")[0])
        size = [line for line in head.lower().split("\r\n") if line.startswith("content-length:")]
        if size:
            await reader.readexactly(int(size[0].split(":")[1]))
        if "createSession" in head:
            writer.write(_answer(200, SESSION))
        elif answer is not None:
            writer.write(answer)
            if not answer:
                await release.wait()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    try:
        yield f"http://{host}:{port}"
    finally:
        release.set()
        server.close()
        await server.wait_closed()


async def _publish(
    network: Network, answer: bytes | None, seen: list[str] | None = None
) -> PostOutcome:
    clock = FakeClock()
    async with _server(answer, [] if seen is None else seen) as url:
        there = account(network, url=url)
        post = posts_of(there, clock)[0]
        return await _poster(network, clock).publish(there, post, None, None)


@pytest.mark.parametrize("network", BIG)
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(None, id="closed without a word"),
        pytest.param(b"", id="silent"),
        pytest.param(b"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{", id="cut"),
        pytest.param(_answer(200, b"<html>"), id="not JSON"),
        pytest.param(_answer(200, b"{}"), id="empty"),
        pytest.param(_answer(500), id="500"),
        pytest.param(_answer(503, Retry_After="1"), id="503"),
        pytest.param(_answer(504, b"gateway"), id="504"),
    ],
)
async def test_after_the_first_byte_nothing_is_certain(
    network: Network, answer: bytes | None
) -> None:
    """Whatever breaks once the request is out, the post is in doubt, never simply failed."""
    assert isinstance(await _publish(network, answer), Unclear)


@pytest.mark.parametrize("network", BIG)
async def test_refused_keys_pause_the_account(network: Network) -> None:
    """A 401 is no matter of trying again."""
    outcome = await _publish(network, _answer(401, b'{"detail": "Unauthorized"}'))
    assert isinstance(outcome, NotPublished)
    assert outcome.pause_account
    assert outcome.retry_at is None


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({"x_rate_limit_reset": EPOCH}, 7),
        ({"ratelimit_reset": EPOCH}, 7),
        ({"X_RateLimit_Reset": (NOW + timedelta(minutes=9)).isoformat()}, 9),
        ({"Retry_After": "180"}, 3),
        ({"Retry_After": "600", "x_rate_limit_reset": EPOCH}, 10),
        ({"Retry_After": (NOW + timedelta(minutes=4)).strftime("%a, %d %b %Y %H:%M:%S GMT")}, 4),
    ],
)
@pytest.mark.parametrize("network", [Network.X, Network.BLUESKY])
async def test_throttling_names_its_end(
    network: Network, headers: dict[str, str], minutes: int
) -> None:
    """After a 429 the post waits for the later of reset and Retry-After."""
    outcome = await _publish(network, _answer(429, b"{}", **headers))
    assert isinstance(outcome, NotPublished)
    assert outcome.retry_at == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize("network", BIG)
@pytest.mark.parametrize(
    "headers", [{}, {"x_rate_limit_reset": "0"}, {"Retry_After": "9999999999999999"}]
)
async def test_throttling_without_a_sensible_end_waits_for_the_window(
    network: Network, headers: dict[str, str]
) -> None:
    """A 429 without reset costs one request, not one after the other."""
    seen: list[str] = []
    outcome = await _publish(network, _answer(429, b"{}", **headers), seen)
    assert isinstance(outcome, NotPublished)
    wait = timedelta(minutes=15 if network is Network.X else 5)
    assert outcome.retry_at == NOW + wait
    assert len([line for line in seen if "createSession" not in line]) == 1


async def test_a_duplicate_on_x_is_read_back() -> None:
    """Our text is there already, perhaps by our own lost request: look, do not give up."""
    body = b'{"detail": "You are not allowed to create a Tweet with duplicate content."}'
    assert isinstance(await _publish(Network.X, _answer(403, body)), Unclear)


async def test_an_empty_purse_on_x_waits() -> None:
    """402 is no refusal of the post: it is tried again when there is money."""
    outcome = await _publish(Network.X, _answer(402, b'{"detail": "spend limit"}'))
    assert isinstance(outcome, NotPublished)
    assert outcome.retry_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize("network", BIG)
@pytest.mark.parametrize("status", [400, 403, 404, 413, 422])
async def test_other_refusals_are_final_and_say_why(network: Network, status: int) -> None:
    """The network's words reach the editor."""
    body = b'{"detail": "no such thing", "error": "no such thing", "message": "no such thing"}'
    outcome = await _publish(network, _answer(status, body))
    assert isinstance(outcome, NotPublished)
    assert (outcome.retry_at, outcome.pause_account) == (None, False)
    assert f"answered {status}" in outcome.reason
    assert "no such thing" in outcome.reason


@pytest.mark.parametrize("network", BIG)
async def test_a_post_never_follows_a_redirect(network: Network) -> None:
    """A moved server is named; the POST is not turned into a GET of another place."""
    seen: list[str] = []
    outcome = await _publish(network, _answer(302, Location="http://127.0.0.1:9/x"), seen)
    assert isinstance(outcome, NotPublished)
    assert "has moved" in outcome.reason
    assert len([line for line in seen if "createSession" not in line]) == 1


@pytest.mark.parametrize("network", BIG)
@pytest.mark.parametrize("answer", [None, _answer(500), _answer(200, b"<html>"), _answer(429)])
async def test_what_cannot_be_read_is_not_taken_for_absent(
    network: Network, answer: bytes | None
) -> None:
    """Reading back says why whenever the account was not really seen, and until when to wait."""
    clock = FakeClock()
    async with _server(answer, []) as url:
        there = account(network, url=url)
        found = await _poster(network, clock).find(there, posts_of(there, clock)[0])
    assert isinstance(found, Unclear)
    assert there.id in found.reason
    assert (found.until is None) is (answer is None or b"429" not in answer[:20])


async def test_a_log_in_that_fails_leaves_nothing_in_doubt() -> None:
    """Before Bluesky's putRecord nothing is written, so the post is simply tried again."""

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        there = account(Network.BLUESKY, url=f"http://{host}:{port}")
        post = posts_of(there, FakeClock())[0]
        outcome = await BlueskyPoster(FakeClock(), FakeAccounts()).publish(there, post, None, None)
    assert isinstance(outcome, NotPublished)
    assert outcome.retry_at is not None


async def test_an_expired_bluesky_token_is_renewed_in_the_same_call() -> None:
    """The editor never sees a token that is over."""
    clock, seen = FakeClock(), list[str]()
    expired = _answer(400, b'{"error": "ExpiredToken", "message": "Token has expired"}')
    put = _answer(200, b'{"uri": "at://a/b/c", "cid": "d"}')
    answers = {"putRecord": [expired, put], "refreshSession": [_answer(200, SESSION)]}

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method = head.split("com.atproto.")[1].split()[0].partition(".")[2]
        seen.append(method)
        writer.write(answers[method].pop(0) if method in answers else _answer(200, SESSION))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        there = account(Network.BLUESKY, url=f"http://{host}:{port}")
        outcome = await BlueskyPoster(clock, FakeAccounts()).publish(
            there, posts_of(there, clock)[0], None, None
        )
    assert isinstance(outcome, Published)
    assert seen == ["createSession", "putRecord", "refreshSession", "putRecord"]
