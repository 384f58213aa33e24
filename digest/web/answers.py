"""How pages are answered: plain, safe, and with the same headers everywhere."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from digest.newsroom.house import House
from digest.render import page

_STYLE = re.compile(r"<style>(.*?)</style>", re.S)


def not_found(house: House, heading: str, text: str) -> Response:
    """A page that says what is not there and why."""
    return plain_page(house, "message", {"heading": heading, "text": text}, status=404)


def nothing_there(
    house_of: Callable[[], House],
) -> Callable[[Request, Exception], Response]:
    """The page for an address that is none of ours."""

    def answer(request: Request, error: Exception) -> Response:
        text = "The address may be mistyped. All that is out is in the archive."
        return not_found(house_of(), "There is nothing here", text)

    return answer


def plain_page(
    house: House,
    name: str,
    values: Mapping[str, object],
    *,
    status: int = 200,
    cache: str = "no-cache",
) -> Response:
    """One of the plain pages; nothing in it runs, and its one style is named by its hash."""
    content = page.reader_page(
        name,
        site=house.settings.site,
        brand=house.settings.brand,
        templates=house.templates,
        values=values,
    )
    sources = " ".join(_source(style) for style in _STYLE.findall(content)) or "'none'"
    csp = f"default-src 'none'; style-src {sources}; form-action 'self'"
    return html(content, csp=csp, cache=cache, status=status)


def _source(style: str) -> str:
    """The one style block a page may carry, by its hash."""
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


def html(content: str, *, csp: str, cache: str, status: int = 200) -> Response:
    """A page that no browser may frame, sniff or send elsewhere."""
    return Response(
        content,
        status_code=status,
        media_type="text/html",
        headers={
            "Content-Security-Policy": f"{csp}; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": cache,
        },
    )


def unchanged(request: Request, answer: Response, cache: str) -> Response:
    """The answer with its ETag, or 304 without a body for somebody who has it already."""
    tag = f'"{sha256(bytes(answer.body)).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": cache}
    known = request.headers.get("if-none-match", "")
    if tag in (one.strip().removeprefix("W/") for one in known.split(",")):
        return Response(status_code=304, headers=headers)
    answer.headers.update(headers)
    return answer
