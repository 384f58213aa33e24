"""Counted links: looked up, counted, and followed."""

from collections.abc import Callable
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from digest.deliver import tokens
from digest.newsroom import clicking
from digest.newsroom.house import House
from digest.web.answers import not_found

NO_LINK = "The address may be mistyped. Nothing was counted."


class Clicks:
    """What tells visitors apart is drawn anew each day, lives in memory only and is forgotten."""

    def __init__(self, house_of: Callable[[], House]) -> None:
        self._house_of = house_of
        self._day = date.min
        self._secret = ""

    def follow(self, request: Request) -> Response:
        """On to where the link leads; HEAD answers the same and counts nothing."""
        house = self._house_of()
        slug, link = request.path_params["slug"], request.path_params["link"]
        headers = {name.lower(): value for name, value in request.headers.items()}
        count = request.method == "GET"
        visitor = self._visitor(house, request, headers.get("user-agent", ""))
        target = clicking.follow(house, slug, link, visitor, headers, count=count)
        if target is None:
            return not_found(house, "This link leads nowhere", NO_LINK)
        return Response(
            status_code=302,
            headers={
                "Location": target,
                "Cache-Control": "no-store",
                "Referrer-Policy": "no-referrer",
            },
        )

    def _visitor(self, house: House, request: Request, agent: str) -> str:
        today = house.clock.now().date()
        if today != self._day:
            self._day, self._secret = today, house.ids.token(32)
        address = request.client.host if request.client else ""
        return tokens.visitor(self._secret, today.isoformat(), address, agent)


def routes(house_of: Callable[[], House]) -> list[Route]:
    """Their routes."""
    return [Route("/c/{slug}/{link}", Clicks(house_of).follow)]
