"""A web of a few pages, for tests that fetch."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urljoin

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
        url = request.url
        for _ in range(6):
            asked_for_file = url == request.url and url.startswith("file:")
            if not (asked_for_file or url.startswith(("http:", "https:"))):
                return Fetched(url=url, problem=f"{url} is no web address; it was not fetched")
            self.visits[url] += 1
            answer = self.answers.get(url)
            if answer is None:
                return Fetched(url=url, problem="nobody answers")
            if answer.breaks:
                return Fetched(url=url, problem="the server broke off the answer")
            if answer.status in {301, 302, 303, 307, 308}:
                url = urljoin(url, answer.headers["Location"])
                continue
            return self._answered(request, url, answer)
        return Fetched(url=url, problem=f"{request.url} redirects too often")

    def _answered(self, request: FetchRequest, url: str, answer: Answer) -> Fetched:
        etag = answer.headers.get("ETag", "")
        modified = answer.headers.get("Last-Modified", "")
        status, body, problem = answer.status, answer.body, ""
        if status == 200 and etag and request.etag == etag:
            status, body = 304, b""
        if len(body) > request.max_bytes:
            body, problem = b"", "the answer is too large"
        if status not in {200, 304}:
            body, problem = b"", f"the server answered {status}"
        wait = answer.headers.get("Retry-After", "")
        return Fetched(
            url=url,
            status=status,
            body=body,
            content_type=answer.headers.get("Content-Type", ""),
            etag=etag,
            last_modified=modified,
            retry_at=self.now + timedelta(seconds=int(wait)) if wait.isdigit() else None,
            problem=problem,
        )
