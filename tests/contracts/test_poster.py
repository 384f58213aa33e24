"""What every way to a social network must do, on stand-ins, on real peers and on the fake."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from digest.adapters.clock import SystemClock
from digest.adapters.x import XPoster
from digest.app.posters import Posters
from digest.demo.networks import Networks
from digest.model.account import Account, Network, PostShape
from digest.model.post import Attached, NotPublished, Parent, Post, PostOutcome, Published, Unclear
from digest.model.secret import Secret
from digest.outbox import UNREADABLE
from digest.ports import Poster
from tests import builders
from tests.fakes_social import BIG, FakeAccounts, FakePoster, account, posts_of
from tests.network_peers import SmallNetworks
from tests.peers import free_port, peer

CLOCK = SystemClock()
SMALL = [network for network in Network if network not in BIG]
PICTURE = Attached(content=b"\xff\xd8\xff\xe0picture", alt="The harbour", width=1200, height=630)
WEBHOOKS = (Network.SLACK, Network.DISCORD)
DOUBLING = (Network.THREADS, *UNREADABLE)
HARD = (
    "Tom & Jerry's <b>“café”</b> costs €5 > £4, says "
    "@anna@example.org: 👨‍👩‍👧 & 日本 *a* _b_ {c} [d] #1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A poster with an account on something that answers."""

    poster: Poster
    account: Account
    count: Callable[[str], int] | None = None
    """How many posts of this text are there, where that can be seen."""
    peers: SmallNetworks | None = None

    async def shows(self, post: Post, outcome: PostOutcome) -> bool:
        """Whether the account shows what was published, or cannot be read back at all."""
        found = await self.poster.find(self.account, post)
        if self.account.network in UNREADABLE:
            return isinstance(found, Unclear)
        return found == outcome


@pytest.fixture(scope="module")
def x_stub(shared: Path) -> Iterator[str]:
    """The team's X."""
    with peer(shared, "x_stub.py", "--port", "0") as ready:
        yield str(ready["url"])


@pytest.fixture(scope="module")
def mastodon_stub(shared: Path) -> Iterator[str]:
    """The team's Mastodon."""
    with peer(shared, "mastodon_stub.py", "--port", "0") as ready:
        yield str(ready["url"])


@pytest.fixture(scope="module")
def pds(shared: Path) -> Iterator[str]:
    """A real Bluesky server with one account."""
    ports = ("--port", str(free_port()), "--plc-port", str(free_port()))
    with peer(shared, "pds", *ports, "--account", "paper.test:app-password") as ready:
        yield str(ready["url"])


@pytest.fixture(
    params=[
        "fake",
        "own x",
        "own bluesky",
        "own mastodon",
        *(f"small {network}" for network in SMALL),
        pytest.param("x_stub", marks=pytest.mark.shared),
        pytest.param("mastodon_stub", marks=pytest.mark.shared),
        pytest.param("pds", marks=pytest.mark.shared),
    ]
)
async def way(request: pytest.FixtureRequest) -> AsyncIterator[Way]:
    """One implementation after the other."""
    name = request.param
    if name == "fake":
        fake = FakePoster()
        yield Way(poster=fake, account=account(), count=fake.texts.count)
    elif name.startswith("own "):
        async with Networks() as networks:
            network = Network(name.removeprefix("own "))
            url = getattr(networks, f"{network}_url")
            yield Way(
                poster=Posters(CLOCK, FakeAccounts())[network],
                account=account(network, url=url),
                count=lambda text: [p["text"] for p in networks.posts()].count(text),
            )
    elif name.startswith("small "):
        async with SmallNetworks() as peers:
            network = Network(name.removeprefix("small "))
            where: dict[str, Any] = {"url": peers.base}
            if network in WEBHOOKS:
                where = {"webhook": Secret(peers.webhook(network))}
            yield Way(
                poster=Posters(CLOCK, FakeAccounts())[network],
                account=account(network, **where),
                count=lambda text: peers.texts().count(text),
                peers=peers,
            )
    else:
        network = {"x_stub": Network.X, "mastodon_stub": Network.MASTODON}.get(
            name, Network.BLUESKY
        )
        own: dict[str, Any] = {"handle": "paper.test"} if name == "pds" else {}
        url = request.getfixturevalue(name)
        yield Way(
            poster=Posters(CLOCK, FakeAccounts())[network], account=account(network, url=url, **own)
        )


def _post(way: Way, text: str, **changes: Any) -> Post:
    """A story post of an edition of its own, so that tests can share a peer."""
    first = posts_of(way.account, CLOCK, slug=text[:30])[0]
    return replace(first, text=text, **changes)


async def test_a_published_post_is_found_again(way: Way, request: pytest.FixtureRequest) -> None:
    """Publishing gives an id and a URL, and reading back gives the same."""
    post = _post(way, f"Found again by {request.node.name}.\n\nhttps://sample.ie/a/?b=1&c=2")
    if way.account.network not in UNREADABLE:
        assert await way.poster.find(way.account, post) is None
    outcome = await way.poster.publish(way.account, post, None, None)
    assert isinstance(outcome, Published)
    assert outcome.remote_id
    assert outcome.url.startswith("http") or way.account.network is Network.SLACK
    assert await way.shows(post, outcome)


async def test_hard_text_survives_the_way_there_and_back(way: Way) -> None:
    """Marks, entities, emoji, mentions and line breaks come back as they went."""
    post = _post(way, HARD)
    outcome = await way.poster.publish(way.account, post, None, None)
    assert isinstance(outcome, Published)
    assert await way.shows(post, outcome)
    assert way.peers is None or way.peers.texts() == [HARD]


async def test_the_same_post_again_is_not_doubled(way: Way) -> None:
    """A second call with the same frozen post never claims to have made a second one."""
    if isinstance(way.poster, FakePoster) or way.account.network in DOUBLING:
        pytest.skip("it takes the same twice: faults must show, and the queue must not let them")
    post = _post(way, "Published twice, there once.", link="https://sample.ie/twice")
    first = await way.poster.publish(way.account, post, None, None)
    second = await way.poster.publish(way.account, post, None, None)
    assert not isinstance(second, NotPublished)
    if isinstance(second, Published):
        assert second == first
    assert await way.poster.find(way.account, post) == first
    assert way.count is None or way.count(post.text) == 1


async def test_a_thread_is_taken_part_by_part(way: Way) -> None:
    """Each part answers the one before; the network accepts both ids."""
    thread = replace(way.account, shape=PostShape.THREAD)
    parent: Parent | None = None
    for post in posts_of(thread, CLOCK, slug="thread", subject="A thread"):
        outcome = await way.poster.publish(thread, post, parent, None)
        assert isinstance(outcome, Published)
        root = parent.root_id if parent else outcome.remote_id
        parent = Parent(root_id=root, parent_id=outcome.remote_id)


async def test_a_text_too_long_is_refused_for_good(way: Way) -> None:
    """The network's own refusal is final and says why."""
    if isinstance(way.poster, FakePoster):
        pytest.skip("the fake counts nothing")
    outcome = await way.poster.publish(way.account, _post(way, "long " * 1_000), None, None)
    assert isinstance(outcome, NotPublished)
    assert outcome.retry_at is None
    assert not outcome.pause_account
    assert way.account.id in outcome.reason


@pytest.mark.parametrize("network", list(Network))
async def test_an_account_without_secrets_is_named(network: Network) -> None:
    """Nothing is called; the account is held with what the editor can do."""
    poster = Posters(CLOCK, FakeAccounts())[network]
    bare = builders.account(id="bare", network=network, url="http://127.0.0.1:9")
    post = posts_of(account(network), CLOCK)[0]
    outcome = await poster.publish(bare, post, None, None)
    assert isinstance(outcome, NotPublished)
    assert outcome.pause_account
    assert outcome.reason.startswith("account bare has no ")
    assert outcome.reason.endswith("in config.yaml or remove the account")
    assert isinstance(await poster.find(bare, post), Unclear)


@pytest.mark.parametrize("network", [n for n in Network if n not in WEBHOOKS])
async def test_a_server_that_is_not_there_is_tried_again(network: Network) -> None:
    """Refused before the first byte: certainly not published, and soon tried again."""
    there = account(network, url=f"http://127.0.0.1:{free_port()}")
    poster, post = Posters(CLOCK, FakeAccounts())[network], posts_of(there, CLOCK)[0]
    outcome = await poster.publish(there, post, None, None)
    assert isinstance(outcome, NotPublished)
    assert outcome.retry_at is not None
    assert outcome.retry_at > CLOCK.now()
    assert isinstance(await poster.find(there, post), Unclear)


async def test_keys_of_the_wrong_number_are_named() -> None:
    """X needs four keys; three are a mistake in the configuration."""
    short = account(Network.X, keys=Secret("a b c"))
    outcome = await XPoster(CLOCK, FakeAccounts()).publish(
        short, posts_of(short, CLOCK)[0], None, None
    )
    assert isinstance(outcome, NotPublished)
    assert outcome.pause_account
    assert "access token and its secret" in outcome.reason


async def test_what_is_rehearsed_is_what_leaves(way: Way) -> None:
    """To the byte, the secret apart."""
    if way.peers is None:
        pytest.skip("only the small stand-ins keep every request")
    post = _post(way, "Rehearsed & published, <b>#Once</b>.", link="https://sample.ie/once")
    told = way.poster.calls(way.account, post, None, None)
    assert "token" not in "".join(call.url for call in told).replace("<token>", "")
    outcome = await way.poster.publish(way.account, post, None, None)
    assert isinstance(outcome, Published)
    sent = [body for method, _, body in way.peers.bodies if method == "POST"]
    assert [call.body for call in told][:1] == sent[:1]
    assert len(told) == len(sent)


async def test_a_picture_goes_with_its_alt_text(way: Way) -> None:
    """Where a network takes pictures; and the rehearsal tells of it."""
    if way.account.network not in BIG or isinstance(way.poster, FakePoster):
        pytest.skip("it takes no pictures from us")
    post = _post(way, "A picture of the harbour.", image=True, alt=PICTURE.alt)
    calls = way.poster.calls(way.account, post, None, PICTURE)
    assert len(calls) >= 2
    assert any(PICTURE.content in call.body for call in calls)
    outcome = await way.poster.publish(way.account, post, None, PICTURE)
    assert isinstance(outcome, Published)
    assert await way.shows(post, outcome)


async def test_a_card_has_its_picture_on_bluesky(way: Way) -> None:
    """The link is a card with a thumbnail; a picture too large is left out, never the post."""
    if way.account.network is not Network.BLUESKY:
        pytest.skip("elsewhere the network makes the card from the page")
    for size, text in ((1_000, "A card with a picture."), (1_000_001, "A card without one.")):
        post = _post(way, text, link="https://sample.ie/card", link_title="Card")
        thumb = replace(PICTURE, content=b"\xff\xd8\xff\xe0" + bytes(size - 4))
        outcome = await way.poster.publish(way.account, post, None, thumb)
        assert isinstance(outcome, Published)
        assert await way.shows(post, outcome)


@pytest.mark.parametrize(("attempt", "pictures"), [(3, 2), (4, 1)])
def test_after_three_attempts_a_post_goes_without_its_picture(attempt: int, pictures: int) -> None:
    """On Bluesky as on X and Mastodon."""
    where = account(Network.BLUESKY)
    post = replace(posts_of(where, CLOCK)[0], image=True, alt="Harbour", attempt=attempt)
    calls = Posters(CLOCK, FakeAccounts())[Network.BLUESKY].calls(where, post, None, PICTURE)
    assert len(calls) == pictures
