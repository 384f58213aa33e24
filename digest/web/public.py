"""What readers see: the archive, an edition on the web, and the way out of a newsletter."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from digest.model.edition import Edition, EditionState
from digest.newsroom import subscribing
from digest.newsroom.house import House
from digest.newsroom.subscribing import Standing
from digest.render import page

LATEST = 10
"""Editions of each newsletter on the front page."""

EDITION_CSP = "default-src 'none'; style-src 'unsafe-inline'"
"""The page is the email's HTML, and email carries its style on the elements."""

NO_EDITION = "The address may be mistyped, or the edition is not out or was withdrawn."
OWN_LINK = (
    "Every email of ours ends with an unsubscribe link that is yours alone. Please use that one."
)
WRONG_LINK = (
    "This unsubscribe link is incomplete or was changed on its way, so nothing was changed."
    " Please use the link at the end of our latest email."
)

_STYLE = re.compile(r"<style>(.*?)</style>", re.S)


class Public:
    """The reader pages of the house as configured at each request; GET and HEAD change nothing."""

    def __init__(self, house_of: Callable[[], House]) -> None:
        self._house_of = house_of

    def front(self, request: Request) -> Response:
        """The newsletters and their latest editions."""
        house = self._house_of()
        language = house.settings.site.language
        listed = [
            page.listed(newsletter, _shown(house, newsletter.id), language)
            for newsletter in house.settings.newsletters
        ]
        return _plain_page(house, "archive", {"newsletters": listed})

    def edition(self, request: Request) -> Response:
        """A released edition as its readers got it, without anybody's own links."""
        house = self._house_of()
        edition = house.store.editions.get(request.path_params["slug"])
        if edition is None or not _is_public(edition):
            return _not_found(house, "There is no such edition", NO_EDITION)
        newsletter = house.settings.newsletter(edition.newsletter_id)
        emails = house.store.editions.emails(edition.id, edition.revision)
        email = next((e for e in emails if not e.variant), None)
        if newsletter is None or email is None:
            return _not_found(house, "There is no such edition", NO_EDITION)
        site = house.settings.site
        note = page.corrections_note(edition, site=site, templates=house.templates)
        html = page.edition_page(
            email, site=site, newsletter=newsletter, edition=edition, note=note
        )
        return _html(html, csp=EDITION_CSP, cache="public, max-age=60")

    def ask(self, request: Request) -> Response:
        """The page with the button; a mail scanner that opens it changes nothing."""
        house = self._house_of()
        return _leave_page(house, subscribing.standing(house, request.path_params["token"]))

    def leave(self, request: Request) -> Response:
        """The button, or a mail program's one click (RFC 8058): whatever the form says, it acts."""
        house = self._house_of()
        return _leave_page(house, subscribing.unsubscribe(house, request.path_params["token"]))

    def no_token(self, request: Request) -> Response:
        """Where the web version of an edition points instead of somebody's own link."""
        values = {"heading": "Unsubscribe", "text": OWN_LINK}
        return _plain_page(self._house_of(), "message", values)

    def health(self, request: Request) -> Response:
        """200 while the database answers."""
        self._house_of().store.editions.recent(None, 1)
        return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})


def public_routes(house_of: Callable[[], House]) -> list[Route]:
    """The routes of the reader pages."""
    public = Public(house_of)
    return [
        Route("/", public.front),
        Route("/editions/{slug}", public.edition),
        Route("/unsubscribe", public.no_token),
        Route("/unsubscribe/{token}", public.ask),
        Route("/unsubscribe/{token}", public.leave, methods=["POST"]),
        Route("/healthz", public.health),
    ]


def _shown(house: House, newsletter_id: str) -> list[Edition]:
    recent = house.store.editions.recent(newsletter_id, LATEST * 2)
    return [edition for edition in recent if _is_public(edition)][:LATEST]


def _is_public(edition: Edition) -> bool:
    """Released and not withdrawn; one that was stopped in mid-send stays readable."""
    if edition.state in (EditionState.RELEASED, EditionState.DONE):
        return True
    return edition.state is EditionState.HELD and edition.released_at is not None


def _leave_page(house: House, found: Standing | None) -> Response:
    if found is None:
        return _not_found(house, "This link does not work", WRONG_LINK)
    values = {"newsletter": found.title, "gone": found.gone}
    return _plain_page(house, "unsubscribe", values, cache="no-store")


def _not_found(house: House, heading: str, text: str) -> Response:
    return _plain_page(house, "message", {"heading": heading, "text": text}, status=404)


def _plain_page(
    house: House,
    name: str,
    values: Mapping[str, object],
    *,
    status: int = 200,
    cache: str = "no-cache",
) -> Response:
    html = page.reader_page(
        name, site=house.settings.site, templates=house.templates, values=values
    )
    sources = " ".join(_source(style) for style in _STYLE.findall(html)) or "'none'"
    csp = f"default-src 'none'; style-src {sources}; form-action 'self'"
    return _html(html, csp=csp, cache=cache, status=status)


def _source(style: str) -> str:
    """The one style block a page may carry, by its hash."""
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


def _html(html: str, *, csp: str, cache: str, status: int = 200) -> Response:
    return Response(
        html,
        status_code=status,
        media_type="text/html",
        headers={
            "Content-Security-Policy": f"{csp}; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": cache,
        },
    )
