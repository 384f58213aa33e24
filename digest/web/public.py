"""What readers see: the archive, an edition on the web, and the way out of a newsletter."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from digest.newsroom import archive, subscribing
from digest.newsroom.house import House
from digest.newsroom.subscribing import Standing
from digest.render import page
from digest.web.answers import not_found, plain_page

LATEST = 10
"""Editions of each newsletter on the front page."""

OWN_LINK = (
    "Every email of ours ends with an unsubscribe link that is yours alone. Please use that one."
)
WRONG_LINK = (
    "This unsubscribe link is incomplete or was changed on its way, so nothing was changed."
    " Please use the link at the end of our latest email."
)


class Public:
    """The reader pages of the house as configured at each request; GET and HEAD change nothing."""

    def __init__(self, house_of: Callable[[], House]) -> None:
        self._house_of = house_of

    def front(self, request: Request) -> Response:
        """The newsletters and their latest editions."""
        house = self._house_of()
        language = house.settings.site.language
        listed = [
            page.listed(newsletter, archive.latest(house, newsletter.id, LATEST), language)
            for newsletter in house.settings.newsletters
        ]
        return plain_page(house, "archive", {"newsletters": listed})

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
        return plain_page(self._house_of(), "message", values)

    def health(self, request: Request) -> Response:
        """200 while the database answers."""
        self._house_of().store.editions.recent(None, 1)
        return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})


def routes(house_of: Callable[[], House]) -> list[Route]:
    """The routes of the reader pages."""
    public = Public(house_of)
    return [
        Route("/", public.front),
        Route("/unsubscribe", public.no_token),
        Route("/unsubscribe/{token}", public.ask),
        Route("/unsubscribe/{token}", public.leave, methods=["POST"]),
        Route("/healthz", public.health),
    ]


def _leave_page(house: House, found: Standing | None) -> Response:
    if found is None:
        return not_found(house, "This link does not work", WRONG_LINK)
    values = {"newsletter": found.title, "gone": found.gone}
    return plain_page(house, "unsubscribe", values, cache="no-store")
