"""A web of a few pages, for tests that fetch."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin

from digest.adapters.http import fresh_until, is_hidden, retry_at
from digest.model.fetch import Fetched, FetchRequest
from tests.builders import NOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server says at one address."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    breaks: bool = False
    """The connection drops before the answer is whole."""


class FakeFetcher:
    """Serves answers by address and counts the visits; `answers` may be changed between them."""

    def __init__(self, answers: Mapping[str, Answer], now: datetime = NOW) -> None:
        self.answers = dict(answers)
        self.now = now
        self.visits: Counter[str] = Counter()
        self.requests: list[FetchRequest] = []

    async def fetch(self, request: FetchRequest) -> Fetched:
        """As a fetcher does: redirects followed, validators honoured, limits kept."""
        self.requests.append(request)
        trail, moved_to = [request.url], request.url
        for _ in range(6):
            url = trail[-1]
            asked_for_file = url == request.url and url.startswith("file:")
            if not (asked_for_file or url.startswith(("http:", "https:"))):
                return Fetched(url=url, problem=f"{url} is no web address; it was not fetched")
            self.visits[url] += 1
            answer = self.answers.get(url)
            if answer is None:
                return Fetched(url=url, problem="nobody answers")
            if answer.breaks:
                return Fetched(url=url, problem="the server broke off the answer")
            if answer.status not in {301, 302, 303, 307, 308}:
                return self._answered(request, url, moved_to if trail[1:] else "", answer)
            trail.append(urljoin(url, answer.headers["Location"]))
            is_worse = url.startswith("https:") and trail[-1].startswith("http:")
            moved_to = trail[-1] if moved_to and answer.status in {301, 308} else ""
            moved_to = "" if is_worse else moved_to
            if trail[-1] in trail[:-1]:
                return Fetched(url=url, problem=f"{request.url} redirects in a circle")
        return Fetched(url=url, problem=f"{request.url} redirects too often")

    def _answered(self, request: FetchRequest, url: str, moved_to: str, answer: Answer) -> Fetched:
        etag = answer.headers.get("ETag", "")
        modified = answer.headers.get("Last-Modified", "")
        status, body, problem = answer.status, answer.body, ""
        if status == 200 and etag and request.etag == etag:
            status, body = 304, b""
        if len(body) > request.max_bytes:
            body, problem = b"", "the answer is too large"
        if status not in {200, 304}:
            body, problem = b"", f"the server answered {status}"
        elif status == 304 and not (request.etag or request.last_modified):
            status, problem = 0, "the server says 'not modified' of a page we never had"
        elif status == 304:
            etag, modified = etag or request.etag, modified or request.last_modified
        return Fetched(
            url=url,
            moved_to=moved_to,
            status=status,
            body=body,
            content_type=answer.headers.get("Content-Type", ""),
            etag=etag,
            last_modified=modified,
            retry_at=retry_at(answer.headers, self.now),
            fresh_until=fresh_until(answer.headers, self.now) if status in {200, 304} else None,
            noindex=is_hidden([answer.headers.get("X-Robots-Tag", "")], "digest-test"),
            problem=problem,
        )
