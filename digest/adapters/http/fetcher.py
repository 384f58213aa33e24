"""The fetcher itself: from a request over its hops to an answer."""

import asyncio
import zlib
from collections.abc import Sequence
from types import TracebackType
from typing import Self
from urllib.parse import quote, urldefrag

import aiohttp
from yarl import URL

from digest.adapters.clock import SystemClock
from digest.adapters.http import files, words
from digest.adapters.http.door import connector
from digest.adapters.http.guard import Guard, Lookup
from digest.adapters.http.headers import fresh_until, is_hidden, retry_at
from digest.adapters.http.unpack import ASKED, GZIP, PIECE, Unpacking, unpacked
from digest.model.fetch import Fetched, FetchRequest
from digest.ports import Clock
from digest.url import is_web, join

HOPS = 5
CONNECT = 10.0
"""Seconds."""
LONGEST_LINE, MOST_HEADERS = 32 * 1024, 256
"""Real sites send policies of 10 KB in one header."""
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html, */*;q=0.5"
MOVED = frozenset({301, 302, 303, 307, 308})
FOR_GOOD = frozenset({301, 308})
FAULTS = (aiohttp.ClientError, OSError, ValueError, LookupError, EOFError, zlib.error)


class HttpFetcher:
    """One session a context; outside one, each fetch opens and closes its own.

    Nothing of the machine's surroundings is used (no proxy, no netrc), and no cookie is kept.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        clock: Clock | None = None,
        intranet: Sequence[str] = (),
        lookup: Lookup | None = None,
    ) -> None:
        self._headers = {
            "User-Agent": user_agent,
            "Accept": ACCEPT,
            "Accept-Encoding": ASKED,
        }
        self._agent = user_agent.partition("/")[0].strip()
        self._clock = clock or SystemClock()
        self._guard = Guard(intranet, lookup)
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

    def allow(self, intranet: Sequence[str]) -> None:
        """Every new connection may enter these, and no others, beside the open web."""
        self._guard.allow(intranet)

    async def fetch(self, request: FetchRequest) -> Fetched:
        """The answer to a GET, or one sentence why there is none."""
        if request.url.startswith("file:"):
            return await asyncio.to_thread(files.read, request)
        if self._session is not None:
            return await self._fetch(self._session, request)
        async with self._new_session() as session:
            return await self._fetch(session, request)

    def _new_session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=connector(self._guard),
            headers=self._headers,
            # The whole of a fetch has its own limit.
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            max_line_size=LONGEST_LINE,
            max_field_size=LONGEST_LINE,
            max_headers=MOST_HEADERS,
        )

    async def _fetch(self, session: aiohttp.ClientSession, request: FetchRequest) -> Fetched:
        trail = [request.url]
        try:
            async with asyncio.timeout(request.seconds):
                return await self._follow(session, request, trail)
        except TimeoutError:
            return Fetched(url=trail[-1], problem=words.late(trail[-1], request.seconds))
        except FAULTS as error:
            return Fetched(url=trail[-1], problem=words.trouble(trail[-1], error))

    async def _follow(
        self, session: aiohttp.ClientSession, request: FetchRequest, trail: list[str]
    ) -> Fetched:
        """Hop by hop; the last address of the trail is the one being asked."""
        conditions = _conditions(request)
        moved_to = request.url
        while True:
            url = _parsed(trail[-1])
            if url is None:
                return Fetched(url=trail[-1], problem=words.no_address(trail[-1]))
            async with session.get(url, headers=conditions, allow_redirects=False) as answer:
                target = answer.status in MOVED and answer.headers.get("Location")
                if not target:
                    return await self._read(
                        answer, request, trail[-1], moved_to if trail[1:] else ""
                    )
                is_for_good = answer.status in FOR_GOOD
            # An address is not given up for one that anybody on the way can read and change.
            following = _following(trail[-1], target)
            is_worse = trail[-1].startswith("https:") and following.startswith("http:")
            moved_to = following if moved_to and is_for_good and not is_worse else ""
            trail.append(following)
            if problem := _dead_end(trail, target):
                return Fetched(url=trail[-1], problem=problem)

    async def _read(
        self, answer: aiohttp.ClientResponse, request: FetchRequest, url: str, moved_to: str
    ) -> Fetched:
        headers, status = answer.headers, answer.status
        body, problem, until, now = b"", "", None, self._clock.now()
        etag, modified = headers.get("ETag", ""), headers.get("Last-Modified", "")
        if status == 200:
            body, problem = await _body(answer, url, request.max_bytes)
            until = fresh_until(headers, now)
        elif status != 304:
            problem = words.of_status(url, status)
        elif request.etag or request.last_modified:
            # What a 304 leaves out still holds (RFC 9111, 3.2).
            etag, modified = etag or request.etag, modified or request.last_modified
            until = fresh_until(headers, now)
        else:
            status, problem = 0, words.unasked(url)
        return Fetched(
            url=url,
            moved_to=moved_to,
            status=status,
            body=body,
            content_type=headers.get("Content-Type", ""),
            etag=etag,
            last_modified=modified,
            retry_at=retry_at(headers, now),
            fresh_until=until,
            noindex="X-Robots-Tag" in headers
            and is_hidden(headers.getall("X-Robots-Tag"), self._agent),
            problem=problem,
        )


async def _body(answer: aiohttp.ClientResponse, url: str, most: int) -> tuple[bytes, str]:
    """The unpacked body, or nothing of it and one sentence why."""
    packing = answer.headers.get("Content-Encoding", "").strip().lower()
    if not Unpacking.reads(packing):
        return b"", words.packed(url, packing)
    if (answer.content_length or 0) > most:
        return b"", words.too_large(url, most)
    found, unpacking = bytearray(), Unpacking(packing)
    async for chunk in answer.content.iter_chunked(PIECE):
        for piece in unpacking.pieces(chunk):
            found += piece
            if len(found) > most:
                answer.close()
                return b"", words.too_large(url, most)
    if not unpacking.is_whole:
        return b"", words.damaged(url)
    if not found.startswith(GZIP):
        return bytes(found), ""
    # Sitemaps are kept as .gz files and sent as they are.
    file = await asyncio.to_thread(unpacked, bytes(found), most)
    return (b"", words.too_large(url, most)) if file is None else (file, "")


def _parsed(address: str) -> URL | None:
    """The address as the client reads it, None when it is none of the web."""
    try:
        url = URL(address)
    except ValueError:
        return None
    return url if url.scheme in ("http", "https") and url.raw_host else None


def _conditions(request: FetchRequest) -> dict[str, str]:
    pairs: dict[str, str] = {}
    if request.etag:
        pairs["If-None-Match"] = request.etag
    if request.last_modified:
        pairs["If-Modified-Since"] = request.last_modified
    return pairs


def _following(base: str, target: str) -> str:
    """Where a Location leads; bytes that are no UTF-8 are meant as they stand."""
    if not target.isascii():
        raw = target.encode("utf-8", "surrogateescape")
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            target = quote(raw, safe="!#$%&'()*+,/:;=?@[]~")
    return urldefrag(join(base, target)).url


def _dead_end(trail: Sequence[str], target: str) -> str:
    """Why the last address of the trail is not asked, "" when it is."""
    if not is_web(trail[-1]):
        return words.no_address(trail[-1] or target)
    if trail[-1] in trail[:-1]:
        return words.circle(trail[0])
    return words.many_hops(trail[0], HOPS) if len(trail) > HOPS + 1 else ""
