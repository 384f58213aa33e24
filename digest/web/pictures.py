"""Pictures that stand in our mail."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from digest.newsroom.house import House
from digest.web.answers import not_found, unchanged

FOR_EVER = "public, max-age=31536000, immutable"
NO_PICTURE = "The address may be mistyped."


class Gallery:
    """GET and HEAD change nothing here."""

    def __init__(self, house_of: Callable[[], House]) -> None:
        self._house_of = house_of

    def show(self, request: Request) -> Response:
        """The file; its name is made from its content, so it never changes."""
        house = self._house_of()
        found = house.store.pictures.get(request.path_params["name"])
        if found is None:
            return not_found(house, "There is no such picture", NO_PICTURE)
        answer = Response(found.content, media_type="image/jpeg")
        answer.headers["X-Content-Type-Options"] = "nosniff"
        # Mail programs show it from places of their own.
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return unchanged(request, answer, FOR_EVER)


def routes(house_of: Callable[[], House]) -> list[Route]:
    """Their routes."""
    return [Route("/pictures/{name}", Gallery(house_of).show)]
