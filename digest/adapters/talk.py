"""One request to a network's API over our own HTTP client, and what is certain about its answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from digest.adapters.outcomes import Answer

TIMEOUT = (5.0, 15.0)
"""Seconds to connect, and for the whole answer after that."""
MOST_BYTES = 4 * 1024 * 1024
"""Of an answer; what is longer is no answer of an API."""

_BEFORE_IT_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request as it will leave."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""

    @classmethod
    def json(cls, url: str, what: object, *, method: str = "POST", **headers: str) -> "Ask":
        """With a JSON body."""
        body = json.dumps(what, ensure_ascii=False, separators=(",", ":")).encode()
        told = {"Content-Type": "application/json", **headers}
        return cls(method=method, url=url, headers=told, body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to one request and what it holds."""

    answer: Answer
    body: Mapping[str, Any]
    """Of a JSON object; empty for anything else."""
    raw: bytes = b""

    @property
    def ok(self) -> bool:
        """Done as asked."""
        return 200 <= self.answer.status < 300

    @property
    def error(self) -> str:
        """The network's own name for what is wrong, where it is a plain one."""
        return str(self.body.get("error", ""))


async def send(ask: Ask, timeout: tuple[float, float] = TIMEOUT) -> Reply:
    """Send it on a fresh connection, follow no redirect, and never raise for what comes of it."""
    limits = aiohttp.ClientTimeout(sock_connect=timeout[0], total=sum(timeout))
    try:
        async with (
            aiohttp.ClientSession(timeout=limits) as session,
            session.request(
                ask.method,
                ask.url,
                data=ask.body or None,
                headers=ask.headers,
                allow_redirects=False,
            ) as response,
        ):
            raw = bytearray()
            async for piece in response.content.iter_chunked(1 << 16):
                raw += piece
                if len(raw) > MOST_BYTES:
                    break
            return _read(response.status, response.headers, bytes(raw))
    except _BEFORE_IT_LEFT:
        return Reply(answer=Answer(sent=False, words="no connection"), body={})
    except TimeoutError:
        return Reply(answer=Answer(words="no answer in time"), body={})
    except (aiohttp.ClientError, OSError, ValueError):
        return Reply(answer=Answer(words="connection lost"), body={})


def _read(status: int, headers: Mapping[str, str], raw: bytes) -> Reply:
    """Status and body together; a body that is no JSON object counts as empty."""
    try:
        body = json.loads(raw)
    except ValueError:
        body = {}
    if not isinstance(body, dict):
        body = {}
    words = "" if 200 <= status < 300 else _words(body)
    return Reply(
        answer=Answer(status=status, headers=dict(headers), words=words[:300]), body=body, raw=raw
    )


def _words(body: Mapping[str, Any]) -> str:
    """The network's own sentence, wherever it puts it."""
    error = body.get("error")
    inner = error if isinstance(error, dict) else {}
    found = (inner.get("message"), body.get("message"), body.get("description"), error)
    return next((text for text in found if isinstance(text, str) and text), "")
