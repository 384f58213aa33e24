"""The archive, its feed and its cards: what is out, and nothing of its readers."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from starlette.applications import Starlette

from digest.adapters.fonts import SystemFonts
from digest.model.appeal import AppealPlan
from digest.model.brand import LIGHT, Brand, Logo
from digest.model.edition import Correction, Edition, EditionState
from digest.newsroom.house import House
from digest.render import atom, card
from digest.render.card import Card
from digest.render.page import policy
from tests import builders, mail
from tests import house as houses
from tests.web.asking import ask
from tests.web.pages import pages

FONT = SystemFonts().files("")[0]
ATOM = {"a": atom.NAMESPACE}


@pytest.fixture
def house() -> House:
    """With three editions that are out."""
    made = houses.house()
    for days in range(3):
        release(made, days)
    return made


@pytest.fixture
def app(house: House) -> Starlette:
    """Its pages."""
    return pages(house)


def release(house: House, days: int) -> Edition:
    """An edition of so many days later."""
    day = mail.edition().local_date + timedelta(days=days)
    made = replace(
        mail.edition(),
        slug=f"morning-{day}-0700",
        local_date=day,
        due_at=builders.NOW + timedelta(days=days),
        subject=f"News of day {days}",
    )
    saved = house.store.editions.add(made, mail.emails(made))
    assert saved is not None
    at = builders.NOW + timedelta(days=days)
    assert house.store.editions.release(saved, "", at, AppealPlan(), ())
    return saved


async def test_the_archive_lists_the_newest_first(house: House, app: Starlette) -> None:
    """By subject and day; a killed edition vanishes."""
    answer = await ask(app, "GET", "/editions")
    found = re.findall(r"News of day (\d)", answer.body)
    assert answer.status == 200 and found == ["2", "1", "0"]
    newest = house.store.editions.recent(None, 1)[0]
    house.store.editions.change_state(newest.id, list(EditionState), EditionState.KILLED, "")
    for path in ("/editions", "/editions.atom", "/editions?newsletter=morning"):
        assert "News of day 2" not in (await ask(app, "GET", path)).body
    assert (await ask(app, "GET", f"/cards/{newest.slug}.jpg")).status == 404


async def test_older_editions_are_a_page_further(house: House, app: Starlette) -> None:
    """Each stands on exactly one page."""
    for days in range(3, 33):
        release(house, days)
    seen: list[str] = []
    path = "/editions?newsletter=morning"
    for _ in range(3):
        body = (await ask(app, "GET", path)).body
        seen += re.findall(r"News of day (\d+)<", body)
        older = re.search(r'href="https://sample.example(/editions\?before=[^"]+)"', body)
        if not older:
            break
        path = older[1].replace("&amp;", "&")
    assert seen == [str(n) for n in range(32, -1, -1)]


async def test_the_feed_is_atom(app: Starlette) -> None:
    """Ids, dates, links and the lines of the bulletin; fetched again, nothing is sent."""
    answer = await ask(app, "GET", "/editions.atom?newsletter=morning")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    assert root.findtext("a:id", "", ATOM) == (
        "https://sample.example/editions.atom?newsletter=morning"
    )
    assert root.findtext("a:updated", "", ATOM) == "2026-03-18T07:00:00Z"
    entries = root.findall("a:entry", ATOM)
    assert [e.findtext("a:title", "", ATOM) for e in entries] == [
        f"News of day {n}" for n in (2, 1, 0)
    ]
    first = entries[0]
    assert first.findtext("a:id", "", ATOM) == (
        "https://sample.example/editions/morning-2026-03-18-0700"
    )
    assert "Homelessness: A record 17,112" in first.findtext("a:summary", "", ATOM)
    again = await ask(
        app,
        "GET",
        "/editions.atom?newsletter=morning",
        more={"if-none-match": answer.headers["etag"]},
    )
    assert (again.status, again.content) == (304, b"")
    assert (await ask(app, "GET", "/editions.atom?newsletter=none")).status == 404


def test_a_corrected_edition_is_updated_in_the_feed() -> None:
    """So that feed readers show it again."""
    later = builders.NOW + timedelta(hours=5)
    told = Correction(
        revision=2, at=later, url="u", headline="h", before="b", after="a", because="c"
    )
    made = replace(mail.edition(), released_at=builders.NOW, corrections=(told,))
    assert atom.changed(made) == later
    content = feed(made)
    assert b"<updated>2026-03-16T12:00:00Z</updated>" in content
    assert b"<published>2026-03-16T07:00:00Z</published>" in content


def feed(*editions: Edition) -> bytes:
    """A feed of the sample newsroom."""
    return atom.feed(
        editions,
        site=builders.site(),
        newsletters={"morning": builders.newsletter()},
        title="Morning",
        address="https://sample.example/editions.atom",
    )


@given(st.text(), st.text())
def test_whatever_an_edition_says_the_feed_is_xml(subject: str, line: str) -> None:
    """Control characters, markup and lone halves of letters are no trouble."""
    made = replace(mail.edition(1, line=line), subject=subject)
    root = ElementTree.fromstring(feed(made))
    assert len(root.findall("a:entry", ATOM)) == 1


async def test_an_edition_shows_itself_where_it_is_shared(house: House, app: Starlette) -> None:
    """With title, words, card and its size; fetched again, nothing is sent."""
    slug = house.store.editions.recent(None, 1)[0].slug
    answer = await ask(app, "GET", f"/editions/{slug}")
    told = dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', answer.body))
    assert told["og:title"] == "News of day 2"
    assert told["og:image"] == f"https://sample.example/cards/{slug}.jpg"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["article:published_time"] == "2026-03-18T07:00:00+00:00"
    assert 'name="twitter:card" content="summary_large_image"' in answer.body
    assert "/manage/" not in answer.body and "/unsubscribe/" not in answer.body
    again = await ask(
        app, "GET", f"/editions/{slug}", more={"if-none-match": answer.headers["etag"]}
    )
    assert (again.status, again.content) == (304, b"")


async def test_a_card_is_a_picture_of_the_right_size(house: House, app: Starlette) -> None:
    """JPEG, 1200 x 630, under 100 kB."""
    slug = house.store.editions.recent(None, 1)[0].slug
    answer = await ask(app, "GET", f"/cards/{slug}.jpg")
    assert answer.headers["content-type"] == "image/jpeg"
    assert len(answer.content) < 100_000
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    assert (await ask(app, "GET", "/cards/none.jpg")).status == 404


def told(*headlines: str, **changes: bool) -> Card:
    """A card with these headlines."""
    return Card(site="Post", title="News", date="16 March", headlines=headlines, **changes)


@pytest.mark.parametrize(
    "headlines",
    [
        (),
        ("",),
        ("x" * 400,),
        ("word " * 200,),
        ("A headline of usual length, with a comma in it",) * 3,
        ("Z\u00fcrich, \u00c9ire", "\u4eca\u65e5"),
    ],
)
def test_a_card_can_be_drawn_of_anything(headlines: tuple[str, ...]) -> None:
    """Nothing, too much, one endless word, letters that the font has not."""
    for rtl in (False, True):
        content = card.draw(told(*headlines, rtl=rtl), LIGHT, FONT)
        assert Image.open(io.BytesIO(content)).size == (1200, 630)


def test_no_letter_is_drawn_as_a_box() -> None:
    """A headline that the font cannot draw is left out, as if it had not been there."""
    assert card.drawable("Zürich, Éire", FONT)
    assert not card.drawable("\u4eca\u65e5", FONT)
    assert card.draw(told("Lights", "\u4eca\u65e5"), LIGHT, FONT) == card.draw(
        told("Lights"), LIGHT, FONT
    )


def test_an_edition_page_loads_pictures_of_ours_only() -> None:
    """Its own host, and that of the logo."""
    logo = Logo(url="https://cdn.sample.example/logo.png", width=200, height=40)
    assert policy(builders.site(), Brand(logo=logo)) == (
        "default-src 'none'; style-src 'unsafe-inline';"
        " img-src https://cdn.sample.example https://sample.example"
    )


@pytest.mark.parametrize("path", ["/nothing", "/wp-login.php", "/editions/a/b"])
async def test_an_address_that_is_none_of_ours_has_a_page(app: Starlette, path: str) -> None:
    """With a way on."""
    answer = await ask(app, "GET", path)
    assert answer.status == 404 and "There is nothing here" in answer.body
    assert 'href="https://sample.example/editions"' in answer.body
