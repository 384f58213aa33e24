"""HTTP GET for feeds and pages: conditional, capped, polite, and never an exception."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit
from urllib.request import url2pathname

import aiohttp

from digest.adapters.clock import SystemClock
from digest.model.fetch import Fetched, FetchRequest
from digest.ports import Clock
from digest.url import host, is_web

HOPS = 5
PER_HOST = 2
CONNECT, TOTAL = 10.0, 45.0
"""Seconds."""
LONGEST_WAIT = timedelta(days=2)
"""A server that asks for more is asked again after this."""
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html, */*;q=0.5"
MOVED = frozenset({301, 302, 303, 307, 308})
TOLD = {
    401: "wants a password",
    403: "refuses us",
    404: "has no such page (404)",
    410: "says the page is gone for good (410)",
    429: "asks for fewer visits (429)",
}


class HttpFetcher:
    """One session a context; outside one, each fetch opens and closes its own."""

    def __init__(
        self, user_agent: str, *, clock: Clock | None = None, total: float = TOTAL
    ) -> None:
        self._headers = {"User-Agent": user_agent, "Accept": ACCEPT}
        self._clock = clock or SystemClock()
        self._timeout = aiohttp.ClientTimeout(total=total, sock_connect=CONNECT)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the session."""
        self._session = self._new_session()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def fetch(self, request: FetchRequest) -> Fetched:
        """The answer to a GET, or one sentence why there is none."""
        if request.url.startswith("file:"):
            return await asyncio.to_thread(_read_file, request)
        if self._session is not None:
            return await self._fetch(self._session, request)
        async with self._new_session() as session:
            return await self._fetch(session, request)

    def _new_session(self) -> aiohttp.ClientSession:
        # Vetting addresses belongs into a resolver given to this connector: every hop passes it.
        connector = aiohttp.TCPConnector(limit=32, limit_per_host=PER_HOST)
        return aiohttp.ClientSession(
            connector=connector,
            headers=self._headers,
            timeout=self._timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    async def _fetch(self, session: aiohttp.ClientSession, request: FetchRequest) -> Fetched:
        url = request.url
        try:
            for _ in range(HOPS + 1):
                if not is_web(url):
                    return Fetched(url=url, problem=f"{url} is no web address; it was not fetched")
                async with session.get(
                    url, headers=_conditions(request), allow_redirects=False
                ) as answer:
                    target = answer.headers.get("Location", "")
                    if answer.status in MOVED and target:
                        url = urljoin(url, target)
                        continue
                    return await self._read(answer, url, request)
            return Fetched(url=url, problem=f"{request.url} redirects more than {HOPS} times")
        except TimeoutError:
            return Fetched(url=url, problem=f"{_host(url)} did not answer in time")
        except (aiohttp.ClientError, OSError, ValueError, UnicodeError) as error:
            return Fetched(url=url, problem=_trouble(url, error))

    async def _read(
        self, answer: aiohttp.ClientResponse, url: str, request: FetchRequest
    ) -> Fetched:
        problem, body = "", b""
        if answer.status == 200:
            found = await _body(answer, request.max_bytes)
            if found is None:
                most = request.max_bytes // (1024 * 1024)
                problem = f"{_host(url)} sent more than {most} MiB; nothing of it was used"
            body = found or b""
        elif answer.status != 304:
            told = TOLD.get(answer.status, f"answered {answer.status}")
            problem = f"{_host(url)} {told}; we try again later"
        return Fetched(
            url=url,
            status=answer.status,
            body=body,
            content_type=answer.headers.get("Content-Type", ""),
            etag=answer.headers.get("ETag", ""),
            last_modified=answer.headers.get("Last-Modified", ""),
            retry_at=retry_at(answer.headers, self._clock.now()),
            problem=problem,
        )


def retry_at(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """The instant a Retry-After header names, in seconds or as a date (RFC 9110, 10.2.3)."""
    text = headers.get("Retry-After", "").strip()
    if text.isdigit():
        wait = timedelta(seconds=min(int(text), LONGEST_WAIT.total_seconds()))
        return now + wait
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if found.tzinfo is None:
        return None
    return max(now, min(found.astimezone(now.tzinfo), now + LONGEST_WAIT))


async def _body(answer: aiohttp.ClientResponse, most: int) -> bytes | None:
    """The decompressed body; None as soon as it is larger than allowed."""
    found = bytearray()
    async for chunk in answer.content.iter_chunked(64 * 1024):
        found += chunk
        if len(found) > most:
            answer.close()
            return None
    return bytes(found)


def _conditions(request: FetchRequest) -> dict[str, str]:
    pairs = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in pairs.items() if value}


def _host(url: str) -> str:
    return host(url) or url


def _trouble(url: str, error: Exception) -> str:
    """What kept us from an answer, as an editor says it."""
    name = _host(url)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"there is no server called {name}; check the address"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return f"{name} has no valid certificate; nothing was fetched"
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"{name} takes no connection ({error.os_error.strerror}); we try again later"
    if isinstance(error, aiohttp.InvalidURL):
        return f"{url} is no web address; it was not fetched"
    return f"{name} broke off the answer ({type(error).__name__}); we try again later"


def _read_file(request: FetchRequest) -> Fetched:
    """A text or page that editors put beside config.yaml; only configured sources come here."""
    path = Path(url2pathname(urlsplit(request.url).path or request.url.removeprefix("file:")))
    try:
        found = path.stat()
        stamp = f"{found.st_mtime_ns}-{found.st_size}"
        if stamp == request.etag:
            return Fetched(url=request.url, status=304, etag=stamp)
        if found.st_size > request.max_bytes:
            return Fetched(url=request.url, problem=f"{path} is too large; it was not read")
        body = path.read_bytes()
    except OSError as error:
        return Fetched(url=request.url, problem=f"{path} cannot be read ({error.strerror})")
    kind = "text/html" if path.suffix.lower() in (".html", ".htm") else "text/plain"
    return Fetched(url=request.url, status=200, body=body, content_type=kind, etag=stamp)
