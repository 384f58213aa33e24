"""A reader's own page: shown by GET, changed by POST, never the other way round."""

import json
from collections.abc import Mapping

import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from digest.deliver import tokens
from digest.model.appeal import AppealPlan
from digest.model.audience import SubscriptionState
from digest.newsroom import subscribing
from digest.newsroom.house import House
from digest.newsroom.letters import letters
from digest.store import SqlStore
from digest.store.metadata import metadata
from tests import builders, mail
from tests import house as houses
from tests.web.asking import ask
from tests.web.pages import pages

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def house() -> House:
    """With a reader of one of two newsletters, and an edition that is out."""
    both = (builders.newsletter(), builders.newsletter(id="evening", title="Evening"))
    made = houses.with_readers(houses.house(newsletters=both), 1)
    edition = mail.edition()
    saved = made.store.editions.add(edition, mail.emails(edition))
    assert saved is not None
    made.store.editions.release(saved, "", builders.NOW, AppealPlan(deals=((10_000, "a"),)), ())
    return made


@pytest.fixture
def app(house: House) -> Starlette:
    """Its pages."""
    return pages(house)


def token(house: House) -> str:
    """The reader's."""
    reader = house.store.subscribers.get("reader1@reader.example")
    assert reader is not None
    return tokens.reader_token(subscribing.secret(house), "morning", reader.id)


def states(house: House) -> dict[str, SubscriptionState]:
    """Newsletter -> how the reader stands with it."""
    reader = house.store.subscribers.get("reader1@reader.example")
    assert reader is not None
    return {s.newsletter_id: s.state for s in house.store.subscribers.subscriptions(reader.id)}


async def test_the_page_shows_what_the_reader_gets(house: House, app: Starlette) -> None:
    """A box for each newsletter, ticked where it comes; nobody else may keep the page."""
    answer = await ask(app, "GET", f"/manage/{token(house)}")
    assert 'value="morning" checked' in answer.body
    assert 'value="evening">' in answer.body
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert len(answer.content) < 10_000


async def test_what_is_ticked_is_what_the_reader_gets(house: House, app: Starlette) -> None:
    """Leaving and coming back, as often as they like."""
    path = f"/manage/{token(house)}"
    answer = await ask(app, "POST", path, body=b"newsletter=evening", content_type=FORM)
    assert "Saved." in answer.body
    gone, there = SubscriptionState.UNSUBSCRIBED, SubscriptionState.CONFIRMED
    assert states(house) == {"morning": gone, "evening": there}
    await ask(app, "POST", path, body=b"newsletter=morning&newsletter=nothing", content_type=FORM)
    assert states(house) == {"morning": there, "evening": gone}
    await ask(app, "POST", path, body=b"", content_type=FORM)
    assert set(states(house).values()) == {gone}


async def test_all_that_is_kept_can_be_had(house: House, app: Starlette) -> None:
    """As JSON, with subscriptions and editions."""
    answer = await ask(app, "GET", f"/manage/{token(house)}/export")
    kept = json.loads(answer.body)
    assert kept["address"] == "reader1@reader.example"
    assert [s["newsletter"] for s in kept["subscriptions"]] == ["morning"]
    assert kept["editions"][0]["edition"] == "morning-2026-03-16-0700"


async def test_a_reader_can_have_everything_erased(house: House, app: Starlette) -> None:
    """After a button that says so; then the link leads to nobody."""
    path, reader = f"/manage/{token(house)}", token(house)
    asked = await ask(app, "GET", f"{path}/erase")
    assert "Nothing has changed yet" in asked.body
    assert house.store.subscribers.get("reader1@reader.example") is not None
    assert "You are forgotten" in (await ask(app, "POST", f"{path}/erase")).body
    assert house.store.subscribers.get("reader1@reader.example") is None
    for rest in ("", "/export", "/erase"):
        assert (await ask(app, "GET", f"/manage/{reader}{rest}")).status == 404


@pytest.mark.parametrize("rest", ["", "/export", "/erase"])
async def test_a_wrong_link_leads_nowhere(app: Starlette, rest: str) -> None:
    """With a sentence; a page without a token says where the link is."""
    for method in ("GET", "POST"):
        if (method, rest) != ("POST", "/export"):
            assert (await ask(app, method, f"/manage/00ff{rest}")).status == 404
    assert "ends with a link to your own page" in (await ask(app, "GET", "/manage")).body


def rows(house: House) -> Mapping[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    assert isinstance(house.store, SqlStore)
    with house.store._database.read() as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(table))]
            for name, table in metadata.tables.items()
        }


async def test_no_link_of_a_message_changes_anything(house: House, app: Starlette) -> None:
    """Mail scanners open each by GET and HEAD, twice; only a click is counted, once."""
    edition = house.store.editions.recent(None, 1)[0]
    reader = house.store.subscribers.get("reader1@reader.example")
    assert reader is not None
    made = letters(house, edition)
    values = made.values(reader)
    email = house.store.editions.emails(edition.id, 1)[1]
    paths = {values["unsubscribe_url"], values["manage_url"], f"{values['manage_url']}/erase"}
    paths |= {f"{values['manage_url']}/export"}
    paths |= {
        word
        for word in email.text.split()
        if word.startswith("https://sample.example/") and mail.NONCE not in word
    }
    assert any("/c/" in path for path in paths) and len(paths) >= 6
    before = rows(house)
    for path in sorted(paths) * 2:
        for method in ("GET", "HEAD"):
            await ask(app, method, path.removeprefix("https://sample.example") or "/")
    after = rows(house)
    assert len(after["click"]) == 1
    assert {name: r for name, r in after.items() if name != "click"} == {
        name: r for name, r in before.items() if name != "click"
    }
