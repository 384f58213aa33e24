"""X with OAuth 2: tokens are renewed ahead, kept, and never replaced by nothing."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from aiohttp import web

from digest.adapters.x import XPoster
from digest.model.account import Account, Network
from digest.model.post import Attached, NotPublished, PostOutcome, Published, Unclear
from digest.model.secret import Secret
from tests.fakes import FakeClock
from tests.fakes_social import FakeAccounts, account, posts_of

PICTURE = Attached(content=b"\xff\xd8\xff\xe0picture", alt="The harbour", width=1200, height=630)


class Peer:
    """Renews tokens as told, takes posts, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.forms: list[dict[str, list[str]]] = []
        self.bearers: list[str] = []
        self.posts: list[dict[str, object]] = []
        self.renewals: list[tuple[int, dict[str, object]]] = []
        self.media: list[int] = []
        """Status of the next uploads."""
        self.left = "50"

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Whatever it is."""
        self.asked.append(f"{request.method} {request.path}")
        if request.path == "/2/oauth2/token":
            self.forms.append(parse_qs((await request.read()).decode()))
            status, body = self.renewals.pop(0)
            return web.json_response(body, status=status)
        self.bearers.append(request.headers["Authorization"])
        if request.path == "/2/media/upload":
            form = await request.post()
            assert {"media", "media_category"} <= form.keys()
            status = self.media.pop(0) if self.media else 200
            if status == 0:
                assert request.transport is not None
                request.transport.abort()
            return web.json_response({"data": {"id": "71"}}, status=status or 200)
        if request.path == "/2/media/metadata":
            return web.json_response({"data": {"id": "71"}})
        self.posts.append(json.loads(await request.read()))
        headers = {"x-rate-limit-remaining": self.left, "x-rate-limit-reset": RESET}
        return web.json_response({"data": {"id": "17", "text": ""}}, status=201, headers=headers)


RESET = str(int((FakeClock().now() + timedelta(minutes=9)).timestamp()))


@pytest.fixture
async def peer() -> AsyncIterator[tuple[Peer, str]]:
    """A peer and its address."""
    found = Peer()
    app = web.Application()
    app.router.add_route("*", "/{place:.*}", found.__call__)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield found, f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


def with_token(url: str) -> Account:
    """An account that logs in with a refresh token."""
    client, token = Secret("client-id client-secret"), Secret("refresh-0")
    return account(Network.X, url=url, keys=None, client=client, token=token)


async def publish(poster: XPoster, where: Account, **changes: object) -> PostOutcome:
    """One post."""
    post = replace(posts_of(where, FakeClock())[0], **changes)  # type: ignore[arg-type]
    return await poster.publish(where, post, None, PICTURE if changes.get("image") else None)


async def test_a_token_is_renewed_ahead_and_kept(peer: tuple[Peer, str]) -> None:
    """Once for many posts; again ten minutes before its end, with the newest refresh token; an
    answer without a new one keeps the old one."""
    net, url = peer
    clock, accounts = FakeClock(), FakeAccounts()
    net.renewals = [
        (200, {"access_token": "a1", "refresh_token": "refresh-1", "expires_in": 7200}),
        (200, {"access_token": "a2", "expires_in": 7200}),
        (200, {"access_token": "a3", "refresh_token": "refresh-3", "expires_in": 7200}),
    ]
    where = with_token(url)
    for _ in range(2):
        assert isinstance(await publish(XPoster(clock, accounts), where), Published)
    clock.forward(minutes=111)
    assert isinstance(await publish(XPoster(clock, accounts), where), Published)
    clock.forward(hours=3)
    assert isinstance(await publish(XPoster(clock, accounts), where), Published)
    assert [form["refresh_token"] for form in net.forms] == [
        ["refresh-0"],
        ["refresh-1"],
        ["refresh-1"],
    ]
    assert net.bearers == ["Bearer a1", "Bearer a1", "Bearer a2", "Bearer a3"]
    assert accounts.kept["x-main"].refresh == "refresh-3"


async def test_a_dead_refresh_token_pauses_the_account(peer: tuple[Peer, str]) -> None:
    """Nothing is posted; the reason says what is needed."""
    net, url = peer
    net.renewals = [(400, {"error": "invalid_request", "error_description": "token was invalid"})]
    outcome = await publish(XPoster(FakeClock(), FakeAccounts()), with_token(url))
    assert isinstance(outcome, NotPublished)
    assert outcome.pause_account and "new refresh token" in outcome.reason
    assert net.posts == []


async def test_a_renewal_that_fails_is_tried_again(peer: tuple[Peer, str]) -> None:
    """While the old token is good it serves; after that the post waits, unpublished."""
    net, url = peer
    clock, accounts = FakeClock(), FakeAccounts()
    net.renewals = [(200, {"access_token": "a1", "expires_in": 7200}), (503, {}), (503, {})]
    where = with_token(url)
    await publish(XPoster(clock, accounts), where)
    clock.forward(minutes=115)
    assert isinstance(await publish(XPoster(clock, accounts), where), Published)
    clock.forward(minutes=10)
    outcome = await publish(XPoster(clock, accounts), where)
    assert isinstance(outcome, NotPublished)
    assert outcome.retry_at == clock.now() + timedelta(minutes=1)
    found = await XPoster(clock, accounts).find(where, posts_of(where, clock)[0])
    assert isinstance(found, Unclear)


async def test_another_process_that_renewed_first_is_followed(peer: tuple[Peer, str]) -> None:
    """A refresh token is good only once: who comes second uses what the first one kept."""
    net, url = peer
    clock = FakeClock()
    where = with_token(url)

    class Overtaken(FakeAccounts):
        """The other process keeps its token while we ask."""

        looked = 0

        def log_in(self, account_id: str, seed: str):  # type: ignore[no-untyped-def]
            """Nothing at first, then what the other has kept."""
            self.looked += 1
            return super().log_in(account_id, seed) if self.looked > 1 else None

    accounts = Overtaken()
    net.renewals = [(200, {"access_token": "theirs", "refresh_token": "r", "expires_in": 7200})]
    accounts.looked = 1
    await publish(XPoster(clock, accounts), where)
    accounts.looked = 0
    net.renewals = [(400, {"error": "invalid_grant"})]
    assert isinstance(await publish(XPoster(clock, accounts), where), Published)
    assert net.bearers[-1] == "Bearer theirs"


async def test_the_last_post_of_a_window_says_so(peer: tuple[Peer, str]) -> None:
    """Nothing more is sent before the reset that the answer names."""
    net, url = peer
    net.left = "0"
    outcome = await publish(XPoster(FakeClock(), FakeAccounts()), account(Network.X, url=url))
    assert isinstance(outcome, Published)
    assert outcome.full_until == FakeClock().now() + timedelta(minutes=9)


async def test_a_picture_is_uploaded_with_its_alt_text(peer: tuple[Peer, str]) -> None:
    """With four keys and with a token alike."""
    net, url = peer
    net.renewals = [(200, {"access_token": "a1", "expires_in": 7200})]
    for where in (account(Network.X, url=url), with_token(url)):
        outcome = await publish(XPoster(FakeClock(), FakeAccounts()), where, image=True)
        assert isinstance(outcome, Published)
        assert net.posts[-1]["media"] == {"media_ids": ["71"]}
    assert net.asked.count("POST /2/media/metadata") == 2


@pytest.mark.parametrize(("status", "attempt"), [(400, 1), (500, 4), (0, 4)])
async def test_no_picture_is_worth_no_post(
    peer: tuple[Peer, str], status: int, attempt: int
) -> None:
    """One that X does not want, or that fails again and again, is left out."""
    net, url = peer
    net.media = [status]
    where = account(Network.X, url=url)
    poster = XPoster(FakeClock(), FakeAccounts())
    outcome = await publish(poster, where, image=True, attempt=attempt)
    assert isinstance(outcome, Published)
    assert "media" not in net.posts[-1]


@pytest.mark.parametrize("status", [500, 0])
async def test_a_lost_upload_leaves_nothing_in_doubt(peer: tuple[Peer, str], status: int) -> None:
    """The post itself has not left: it is tried again, not read back."""
    net, url = peer
    net.media = [status]
    poster = XPoster(FakeClock(), FakeAccounts())
    outcome = await publish(poster, account(Network.X, url=url), image=True, attempt=1)
    assert isinstance(outcome, NotPublished)
    assert outcome.retry_at is not None and "its picture" in outcome.reason
    assert net.posts == []
