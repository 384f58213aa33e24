"""The reader pages: what is shown, what acts, and what never changes anything."""

from base64 import b64encode
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from html import unescape

import pytest
from starlette.applications import Starlette

from digest.deliver import appeals, tokens
from digest.model.audience import SubscriptionState
from digest.model.edition import Correction, Edition, EditionState
from digest.newsroom import subscribing
from digest.newsroom.house import House
from tests import mail
from tests.house import house as build_house
from tests.house import with_readers
from tests.web.asking import ask
from tests.web.pages import pages

URLENCODED = ("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click")
MULTIPART = (
    "multipart/form-data; boundary=x",
    b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
)


@pytest.fixture
def house() -> House:
    """A newsroom with one reader and one draft."""
    made = with_readers(build_house(), count=1)
    made.store.editions.add(mail.edition(), mail.emails())
    return made


@pytest.fixture
def app(house: House) -> Starlette:
    """The reader pages of that newsroom."""
    return pages(house)


def draft(house: House) -> Edition:
    """The only edition."""
    (found,) = house.store.editions.recent(None, 5)
    return found


def move(house: House, state: EditionState) -> None:
    """Bring the edition to a state."""
    edition = draft(house)
    if state in (EditionState.RELEASED, EditionState.DONE, EditionState.HELD, EditionState.KILLED):
        plan = appeals.appeal_plan(edition, None, house.clock.now())
        assert house.store.editions.release(edition, "test", house.clock.now(), plan, ())
    if state is not EditionState.RELEASED:
        house.store.editions.change_state(edition.id, list(EditionState), state, "test")


def path_of(house: House, newsletter_id: str = "morning") -> str:
    """The reader's own unsubscribe path."""
    reader = house.store.subscribers.get("reader1@reader.example")
    assert reader is not None
    token = tokens.reader_token(subscribing.secret(house), newsletter_id, reader.id)
    return f"/unsubscribe/{token}"


def state_of(house: House) -> SubscriptionState:
    """How the reader stands with the newsletter."""
    reader = house.store.subscribers.get("reader1@reader.example")
    assert reader is not None
    (found,) = house.store.subscribers.subscriptions(reader.id)
    return found.state


@pytest.mark.parametrize("state", [EditionState.RELEASED, EditionState.DONE, EditionState.HELD])
async def test_released_edition_is_shown(house: House, app: Starlette, state: EditionState) -> None:
    """What went out can be read on the web, also after it was stopped in mid-send."""
    move(house, state)
    answer = await ask(app, "GET", f"/editions/{draft(house).slug}")
    assert answer.status == 200
    assert "A record 17,112 people" in answer.body
    assert mail.NONCE not in answer.body
    assert "/unsubscribe/" not in answer.body
    assert "Keep the harbour lights on" in answer.body
    assert "Buy a notebook" not in answer.body


@pytest.mark.parametrize(
    "state",
    [EditionState.DRAFT, EditionState.APPROVED, EditionState.SKIPPED, EditionState.KILLED],
)
async def test_other_editions_are_not_shown(
    house: House, app: Starlette, state: EditionState
) -> None:
    """A draft, a skipped or a withdrawn edition is on no page."""
    move(house, state)
    page = await ask(app, "GET", f"/editions/{draft(house).slug}")
    front = await ask(app, "GET", "/")
    assert page.status == 404 and "There is no such edition" in page.body
    assert draft(house).slug not in front.body
    assert "17,112" not in page.body + front.body


async def test_unknown_edition_has_a_clear_page(app: Starlette) -> None:
    """A mistyped address says so and leads on."""
    answer = await ask(app, "GET", "/editions/nothing")
    assert answer.status == 404 and "may be mistyped" in answer.body


async def test_front_page_lists_released_editions(house: House, app: Starlette) -> None:
    """Newsletter, subject, date and the way to the edition."""
    move(house, EditionState.RELEASED)
    answer = await ask(app, "GET", "/")
    edition = draft(house)
    assert answer.status == 200
    assert f"https://sample.example/editions/{edition.slug}" in answer.body
    assert edition.subject in unescape(answer.body)
    assert "16 March 2026" in answer.body


async def test_front_page_before_the_first_edition(app: Starlette) -> None:
    """A new newsletter is announced."""
    assert "still to come" in (await ask(app, "GET", "/")).body


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_opening_the_link_changes_nothing(house: House, app: Starlette, method: str) -> None:
    """Mail scanners open every link: the reader stays subscribed."""
    for _ in range(3):
        answer = await ask(app, method, path_of(house))
        assert answer.status == 200
    assert state_of(house) is SubscriptionState.CONFIRMED
    assert (method == "HEAD") or '<form method="post">' in answer.body


@pytest.mark.parametrize(("content_type", "body"), [URLENCODED, MULTIPART, ("", b"")])
async def test_post_unsubscribes(
    house: House, app: Starlette, content_type: str, body: bytes
) -> None:
    """The button and the mail program's one click act at once, without redirect or cookie."""
    answer = await ask(app, "POST", path_of(house), body=body, content_type=content_type)
    assert answer.status == 200 and "You are unsubscribed" in answer.body
    assert "set-cookie" not in answer.headers and "location" not in answer.headers
    assert state_of(house) is SubscriptionState.UNSUBSCRIBED


async def test_second_post_is_the_same(house: House, app: Starlette) -> None:
    """Leaving twice is leaving once; the link then says so."""
    for method in ("POST", "POST", "GET"):
        answer = await ask(app, method, path_of(house))
        assert answer.status == 200 and "You are unsubscribed" in answer.body


async def test_leaving_one_newsletter_leaves_only_that(house: House, app: Starlette) -> None:
    """Another newsletter's link is no business of this one."""
    await ask(app, "POST", path_of(house, "evening"))
    assert state_of(house) is SubscriptionState.CONFIRMED


async def test_forgotten_reader_is_gone(house: House, app: Starlette) -> None:
    """The link of somebody who was erased still ends well."""
    path = path_of(house)
    house.store.subscribers.forget("reader1@reader.example")
    for method in ("GET", "POST"):
        assert "You are unsubscribed" in (await ask(app, method, path)).body


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("token", ["x", "00" * 30, "\u00e4"])
async def test_wrong_link_is_a_clear_404(
    house: House, app: Starlette, method: str, token: str
) -> None:
    """A broken link says that nothing was changed and what to do."""
    answer = await ask(app, method, f"/unsubscribe/{token}")
    assert answer.status == 404
    assert "nothing was changed" in answer.body
    assert state_of(house) is SubscriptionState.CONFIRMED


async def test_web_version_s_link_leads_to_words(house: House, app: Starlette) -> None:
    """The page that everybody can see holds nobody's link; its own explains that."""
    answer = await ask(app, "GET", "/unsubscribe")
    assert answer.status == 200 and "yours alone" in answer.body


async def test_health(app: Starlette) -> None:
    """Machines ask whether the database answers."""
    answer = await ask(app, "GET", "/healthz")
    assert (answer.status, answer.body) == (200, "ok\n")


async def test_every_page_is_small_safe_and_without_script(house: House, app: Starlette) -> None:
    """No script, no cookie, at most 10 kB, and a policy that allows nothing else."""
    for path in ("/", "/unsubscribe", "/unsubscribe/x", path_of(house), "/editions/x"):
        answer = await ask(app, "GET", path)
        policy = answer.headers["content-security-policy"]
        assert len(answer.body.encode()) <= 10_000
        assert "<script" not in answer.body and "style=" not in answer.body
        assert "set-cookie" not in answer.headers
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
        style = answer.body.split("<style>")[1].split("</style>")[0].encode()
        assert b64encode(sha256(style).digest()).decode() in policy
    assert (await ask(app, "GET", path_of(house))).headers["cache-control"] == "no-store"


async def test_edition_page_s_policy_allows_only_its_style(house: House, app: Starlette) -> None:
    """The email's HTML brings inline style and nothing else."""
    move(house, EditionState.RELEASED)
    answer = await ask(app, "GET", f"/editions/{draft(house).slug}")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert "script" not in policy


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_other_methods_are_refused(app: Starlette, method: str) -> None:
    """Nothing but the unsubscribe page takes a POST."""
    for path in ("/", "/editions/x", "/healthz"):
        assert (await ask(app, method, path)).status == 405


def revise(house: House, *corrections: Correction) -> None:
    """A revision of the released edition, made at 09:40 in Dublin's summer or winter time."""
    before = draft(house)
    first, *rest = before.bulletin.briefs
    briefs = (replace(first, line="A record 16,112 people were there, the department said."), *rest)
    bulletin = replace(before.bulletin, briefs=briefs)
    after = replace(before, bulletin=bulletin, revision=2, corrections=corrections)
    assert house.store.editions.revise(before, after, mail.emails(after), ())


def correction(at: datetime, after: str = "A record 16,112 people were there.") -> Correction:
    """What became of the first story."""
    return Correction(
        revision=2,
        at=at,
        url="https://www.sample.example/news/1",
        headline="Number of people < 17,000",
        before="A record 17,112 people were there.",
        after=after,
        because="1 paragraph edited",
    )


async def test_corrected_edition_says_so(house: House, app: Starlette) -> None:
    """The newest words, and a note with the newsroom's own time; nothing of it is markup."""
    move(house, EditionState.RELEASED)
    at = house.clock.now() + timedelta(hours=2, minutes=40)
    revise(house, correction(at))
    answer = await ask(app, "GET", f"/editions/{draft(house).slug}")
    assert "16,112 people" in answer.body and "17,112" not in answer.body
    assert (
        "Corrected at 09:40: Number of people &lt; 17,000. It now says: A record 16,112 people were"
        " there." in answer.body
    )
    note = answer.body.index('<section aria-label="Corrections"')
    assert answer.body.index('role="main"') < note < answer.body.index("<h1")


async def test_withdrawn_story_is_not_told_again(house: House, app: Starlette) -> None:
    """That one was withdrawn is said, with the day when it was a later one, and no more."""
    move(house, EditionState.RELEASED)
    revise(house, correction(house.clock.now() + timedelta(days=1, minutes=5), after=""))
    answer = await ask(app, "GET", f"/editions/{draft(house).slug}")
    assert "One story was withdrawn on 17 March, 07:05." in answer.body
    assert "17,112" not in answer.body and "Number of people &lt; 17,000" not in answer.body


async def test_correction_before_the_release_is_nobody_s_business(
    house: House, app: Starlette
) -> None:
    """No reader has seen the words that were corrected."""
    move(house, EditionState.RELEASED)
    revise(house, correction(house.clock.now() - timedelta(minutes=5)))
    answer = await ask(app, "GET", f"/editions/{draft(house).slug}")
    assert answer.status == 200 and "Corrected" not in answer.body
