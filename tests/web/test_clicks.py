"""Counted links and what platforms tell, over HTTP."""

import hmac
import json

import pytest
from starlette.applications import Starlette

from digest.errors import StoreError
from digest.model.appeal import AppealPlan, Click, Platform
from digest.model.secret import Secret
from digest.newsroom import clicking, giving
from digest.newsroom.house import House
from tests import builders, mail
from tests import house as houses
from tests.web.asking import ask
from tests.web.pages import pages

PERSON = {"user-agent": "Mozilla/5.0 (X11) Firefox/140.0", "accept": "text/html,*/*"}
PATH = "/c/morning-2026-03-16-0700/a"


@pytest.fixture
def house() -> House:
    """With an edition that is out."""
    own = Platform(id="own", kind="plain", secret=Secret("k"))
    made = houses.house(contributions=(own,))
    edition = mail.edition()
    saved = made.store.editions.add(edition, mail.emails(edition))
    assert saved is not None
    made.store.editions.release(saved, "", builders.NOW, AppealPlan(), ())
    return made


@pytest.fixture
def app(house: House) -> Starlette:
    """Its pages."""
    return pages(house)


def clicks(house: House) -> tuple[int, int]:
    """Of people, and of machines."""
    found = giving.shown(house, "help").variants
    return (
        sum(one.counts.clicks for one in found),
        sum(one.counts.machine_clicks for one in found),
    )


async def test_a_link_is_counted_and_followed(house: House, app: Starlette) -> None:
    """To the editors' own address, with where it comes from; a visitor counts once a day."""
    for _ in range(3):
        answer = await ask(app, "GET", PATH, more=PERSON)
        assert answer.status == 302
        assert answer.headers["location"].startswith("https://sample.example/give?")
        assert "utm_content=help.a&ref=" in answer.headers["location"]
        assert answer.headers["cache-control"] == "no-store"
    assert clicks(house) == (1, 0)


async def test_asking_for_the_head_counts_nothing(house: House, app: Starlette) -> None:
    """It is answered the same."""
    answer = await ask(app, "HEAD", PATH, more=PERSON)
    assert (answer.status, clicks(house)) == (302, (0, 0))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"user-agent": "curl/8.0", "accept": "*/*"},
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)", "accept": "text/html"},
        {"user-agent": "Mozilla/5.0 Safari", "accept": "image/avif"},
        {**PERSON, "sec-purpose": "prefetch;prerender"},
        {"user-agent": "Barracuda Sentinel", "accept": "text/html"},
    ],
)
async def test_machines_are_counted_apart(
    house: House, app: Starlette, headers: dict[str, str]
) -> None:
    """They are led on all the same."""
    assert (await ask(app, "GET", PATH, more=headers)).status == 302
    assert clicks(house) == (0, 1)


@pytest.mark.parametrize(
    "path", ["/c/morning-2026-03-16-0700/z", "/c/none/a", "/c/none/https:%2F%2Fevil.example"]
)
async def test_nothing_but_what_was_looked_up_is_followed(app: Starlette, path: str) -> None:
    """No open redirect."""
    assert (await ask(app, "GET", path, more=PERSON)).status == 404


def test_a_click_that_cannot_be_kept_stops_nobody(house: House) -> None:
    """The disk may be full: the reader is led on."""

    class Full:
        """Cannot write."""

        def __init__(self) -> None:
            self.target = house.store.appeals.target

        def click(self, click: Click) -> bool:
            """No room."""
            raise StoreError("no room left")

    class Wrapped:
        """A store with that one part."""

        appeals = Full()

    full = type(house)(**{n: getattr(house, n) for n in house.__slots__} | {"store": Wrapped()})
    edition = house.store.editions.recent(None, 1)[0]
    assert clicking.follow(full, edition.slug, "a", "v", PERSON, count=True)


async def test_platforms_tell_of_gifts(house: House, app: Starlette) -> None:
    """Signed over what was posted, byte for byte; without it, or too long, nothing is kept."""
    body = json.dumps({"event": "1", "amount": "5", "currency": "EUR"}).encode()
    at = str(int(builders.NOW.timestamp()))
    proof = hmac.digest(b"k", at.encode() + b"." + body, "sha256").hex()
    signed = {"x-digest-timestamp": at, "x-digest-signature": proof}
    answer = await ask(app, "POST", "/hooks/gifts/own", body=body, more=signed)
    assert (answer.status, answer.body) == (200, "kept, without a reference\n")
    assert (await ask(app, "POST", "/hooks/gifts/own", body=body)).status == 401
    assert (await ask(app, "POST", "/hooks/gifts/none", body=body)).status == 404
    assert (await ask(app, "GET", "/hooks/gifts/own")).status == 405
    long = b"x" * (256 * 1024 + 1)
    assert (await ask(app, "POST", "/hooks/gifts/own", body=long)).status == 413
