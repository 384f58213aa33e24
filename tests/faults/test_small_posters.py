"""What the adapters of the smaller networks make of a network that fails."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from digest.app.posters import Posters
from digest.model.account import Account, Network
from digest.model.post import NotPublished, PostOutcome, Published, Unclear
from digest.model.secret import Secret
from tests.fakes import FakeClock
from tests.fakes_social import BIG, FakeAccounts, account, posts_of
from tests.network_peers import TOKEN, SmallNetworks

SMALL = [network for network in Network if network not in BIG]
HOOKS = (Network.SLACK, Network.DISCORD)


@pytest.fixture
async def peers() -> AsyncIterator[SmallNetworks]:
    """All five."""
    async with SmallNetworks() as found:
        yield found


def there(peers: SmallNetworks, network: Network, token: str = TOKEN) -> Account:
    """An account on a stand-in."""
    if network in HOOKS:
        address = peers.webhook(network).replace(TOKEN, token)
        return account(network, webhook=Secret(address))
    return account(network, url=peers.base, token=Secret(token))


async def publish(
    peers: SmallNetworks, network: Network, *script: str, token: str = TOKEN
) -> PostOutcome:
    """The outcome of one post while the network behaves so."""
    peers.script = list(script)
    clock = FakeClock()
    where = there(peers, network, token)
    post = posts_of(where, clock)[0]
    return await Posters(clock, FakeAccounts())[network].publish(where, post, None, None)


@pytest.mark.parametrize("network", SMALL)
@pytest.mark.parametrize("mode", ["L", "A", "500", "503"])
async def test_after_the_first_byte_nothing_is_certain(
    peers: SmallNetworks, network: Network, mode: str
) -> None:
    """A lost request, a lost answer and a broken server all leave the post in doubt."""
    outcome = await publish(peers, network, mode)
    assert isinstance(outcome, Unclear)
    assert f"{network}-main" in outcome.reason
    assert len(peers.kept) == (mode == "A")


@pytest.mark.parametrize("network", SMALL)
async def test_throttling_names_its_end(peers: SmallNetworks, network: Network) -> None:
    """Wherever the network says how long: in a header, or in the body, in parts of a second."""
    outcome = await publish(peers, network, "429")
    assert isinstance(outcome, NotPublished)
    wait = timedelta(hours=1) if network is Network.THREADS else timedelta(seconds=3)
    assert outcome.retry_at == FakeClock().now() + wait
    assert outcome.throttled == "account"
    assert peers.kept == []


@pytest.mark.parametrize("network", SMALL)
async def test_a_dead_token_pauses_the_account_and_is_never_told(
    peers: SmallNetworks, network: Network
) -> None:
    """The editor reads what to do, and nobody the secret."""
    outcome = await publish(peers, network, token="wrong-secret")
    assert isinstance(outcome, NotPublished)
    assert outcome.pause_account
    assert "held" in outcome.reason
    assert "wrong-secret" not in repr(outcome)


@pytest.mark.parametrize("network", [n for n in SMALL if n not in HOOKS])
async def test_no_connection_is_tried_again(peers: SmallNetworks, network: Network) -> None:
    """Nothing left: it is not published for certain."""
    clock = FakeClock()
    where = replace(there(peers, network), url="http://127.0.0.1:9")
    post = posts_of(where, clock)[0]
    outcome = await Posters(clock, FakeAccounts())[network].publish(where, post, None, None)
    assert isinstance(outcome, NotPublished)
    assert outcome.retry_at == clock.now() + timedelta(minutes=1)


async def test_a_container_of_threads_is_no_post(peers: SmallNetworks) -> None:
    """The first step lost: nothing is published, so it is simply done again."""
    clock = FakeClock()
    where = there(peers, Network.THREADS)
    post = posts_of(where, clock)[0]
    poster = Posters(clock, FakeAccounts())[Network.THREADS]
    peers.script = ["", "A"]
    silent = replace(where, url=f"{peers.base}/nowhere")
    refused = await poster.publish(silent, post, None, None)
    assert isinstance(refused, NotPublished)
    peers.script = ["A"]
    assert isinstance(await poster.publish(where, post, None, None), Unclear)
    found = await poster.find(where, post)
    assert isinstance(found, Published) and found.remote_id == peers.kept[0]["id"]


async def test_a_duplicate_on_linkedin_is_the_earlier_post(peers: SmallNetworks) -> None:
    """The refusal carries its address: what was in doubt is published."""
    assert isinstance(await publish(peers, Network.LINKEDIN, "A"), Unclear)
    again = await publish(peers, Network.LINKEDIN)
    assert isinstance(again, Published)
    assert again.remote_id == f"urn:li:share:{peers.kept[0]['id']}"
    assert len(peers.kept) == 1


@pytest.mark.parametrize("network", SMALL)
async def test_a_page_instead_of_an_answer_is_unclear(
    peers: SmallNetworks, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy's friendly page with 200 says nothing of the post."""

    async def page(*_: Any) -> Any:
        return web.Response(text="<html>all is well</html>", content_type="text/html")

    monkeypatch.setattr(peers, "_handler", lambda path: page)
    outcome = await publish(peers, network)
    threads = network is Network.THREADS  # its first step publishes nothing
    assert isinstance(outcome, NotPublished if threads else Unclear)
