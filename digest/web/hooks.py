"""What donation platforms tell us."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from digest.newsroom import gifts
from digest.newsroom.house import House

MOST_BYTES = 256 * 1024


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


def routes(house_of: Callable[[], House]) -> list[Route]:
    """Their routes."""
    return [Route("/hooks/gifts/{platform}", Hooks(house_of).gift, methods=["POST"])]


def _answer(status: int, because: str) -> Response:
    return PlainTextResponse(f"{because}\n", status, headers={"Cache-Control": "no-store"})
