"""Asks an ASGI application without a server or a network."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.types import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers in lower case, body."""

    status: int
    headers: Mapping[str, str]
    body: str
    content: bytes = b""


async def ask(
    app: Starlette,
    method: str,
    path: str,
    *,
    body: bytes = b"",
    content_type: str = "",
    more: Mapping[str, str] | None = None,
) -> Answer:
    """One request and its whole answer."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"content-type", content_type.encode())] if content_type else []
    headers += [(name.encode(), value.encode()) for name, value in (more or {}).items()]
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"sample.example"), *headers],
        "server": ("sample.example", 443),
        "client": ("192.0.2.1", 1),
    }
    await app(scope, receive, send)
    start = sent[0]
    content = b"".join(m.get("body", b"") for m in sent[1:])
    return Answer(
        status=start["status"],
        headers={name.decode(): value.decode() for name, value in start["headers"]},
        body=content.decode("utf-8", "replace"),
        content=content,
    )
