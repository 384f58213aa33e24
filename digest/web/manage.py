"""What a reader gets, seen and changed by themselves."""

import json
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from digest.newsroom import managing
from digest.newsroom.house import House
from digest.newsroom.managing import Own
from digest.text.plain import one_line
from digest.web.answers import not_found, plain_page

OWN_LINK = "Every email of ours ends with a link to your own page. Please use that one."
WRONG_LINK = (
    "This link is incomplete, was changed on its way, or belongs to somebody whose data we have"
    " erased, so there is nothing to show. Please use the link at the end of our latest email."
)
ERASED = "We have erased your address and name. Nothing more is sent to you."


class Manage:
    """GET shows, POST acts."""

    def __init__(self, house_of: Callable[[], House]) -> None:
        self._house_of = house_of

    def show(self, request: Request) -> Response:
        """The newsletters with a box each."""
        house = self._house_of()
        return _page(house, request, managing.own(house, request.path_params["token"]))

    async def change(self, request: Request) -> Response:
        """What was ticked is what the reader gets."""
        form = await request.form(max_files=0, max_fields=200)
        wanted = [value for value in form.getlist("newsletter") if isinstance(value, str)]
        house, token = self._house_of(), request.path_params["token"]
        found = await run_in_threadpool(managing.choose, house, token, wanted)
        return _page(house, request, found, changed=True)

    def export(self, request: Request) -> Response:
        """All that is kept about the reader, as JSON."""
        house = self._house_of()
        found = managing.kept(house, request.path_params["token"])
        if found is None:
            return not_found(house, "This link does not work", WRONG_LINK)
        content = json.dumps(found, ensure_ascii=False, indent=1)
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": "attachment; filename=my-data.json",
        }
        return Response(content, media_type="application/json", headers=headers)

    def ask(self, request: Request) -> Response:
        """The page with the button that erases."""
        house, token = self._house_of(), request.path_params["token"]
        found = managing.own(house, token)
        if found is None:
            return not_found(house, "This link does not work", WRONG_LINK)
        return plain_page(house, "erase", {"address": found.address}, cache="no-store")

    def erase(self, request: Request) -> Response:
        """Forget the reader."""
        house = self._house_of()
        if not managing.erase(house, request.path_params["token"]):
            return not_found(house, "This link does not work", WRONG_LINK)
        values = {"heading": "You are forgotten", "text": ERASED}
        return plain_page(house, "message", values, cache="no-store")

    def no_token(self, request: Request) -> Response:
        """Where the web version of an edition points instead of somebody's own link."""
        values = {"heading": "Change what you get", "text": OWN_LINK}
        return plain_page(self._house_of(), "message", values)


def routes(house_of: Callable[[], House]) -> list[Route]:
    """Their routes."""
    own = Manage(house_of)
    return [
        Route("/manage", own.no_token),
        Route("/manage/{token}", own.show),
        Route("/manage/{token}", own.change, methods=["POST"]),
        Route("/manage/{token}/export", own.export),
        Route("/manage/{token}/erase", own.ask),
        Route("/manage/{token}/erase", own.erase, methods=["POST"]),
    ]


def _page(house: House, request: Request, found: Own | None, *, changed: bool = False) -> Response:
    if found is None:
        return not_found(house, "This link does not work", WRONG_LINK)
    values = {
        "address": found.address,
        "choices": [
            {"id": c.id, "title": one_line(c.title), "gets": c.gets} for c in found.choices
        ],
        "changed": changed,
        "here": f"/manage/{request.path_params['token']}",
    }
    return plain_page(house, "manage", values, cache="no-store")
