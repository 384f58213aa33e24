"""What donation platforms and mail providers tell us."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from digest.newsroom import gifts, receiving
from digest.newsroom.house import House

MOST_BYTES = 256 * 1024
MOST_EVENTS = 4 * 1024 * 1024
"""Providers send hundreds of events at once."""


class Hooks:
    """Calls of machines; what is not signed changes nothing."""

    def __init__(self, house_of: Callable[[], House]) -> None:
        self._house_of = house_of

    async def gift(self, request: Request) -> Response:
        """A payment, or a sentence why it is not taken."""
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                return _answer(413, f"more than {MOST_BYTES} bytes are no payment")
        headers = {name.lower(): value for name, value in request.headers.items()}
        platform = request.path_params["platform"]
        heard = await run_in_threadpool(gifts.hear, self._house_of(), platform, headers, body)
        return _answer(heard.status, heard.because)

    async def bounce(self, request: Request) -> Response:
        """What a mail provider tells of our messages."""
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_EVENTS:
                return _answer(413, f"more than {MOST_EVENTS} bytes at once are not taken")
        headers = {name.lower(): value for name, value in request.headers.items()}
        told = await receiving.hear(
            self._house_of(), request.path_params["provider"], headers, body
        )
        return _answer(told.status, told.because)


def routes(house_of: Callable[[], House]) -> list[Route]:
    """Their routes."""
    hooks = Hooks(house_of)
    return [
        Route("/hooks/gifts/{platform}", hooks.gift, methods=["POST"]),
        Route("/hooks/bounces/{provider}", hooks.bounce, methods=["POST"]),
    ]


def _answer(status: int, because: str) -> Response:
    return PlainTextResponse(f"{because}\n", status, headers={"Cache-Control": "no-store"})
