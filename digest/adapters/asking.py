"""One request at a time over `requests`, for the clients that are built on it."""

import io
import ssl
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, SSLError

from digest.adapters.outcomes import Answer
from digest.model.post import Call

TIMEOUT = (5.0, 15.0)
"""Seconds to connect, and between two bytes of the answer."""


class Line(HTTPAdapter):
    """Carries requests to one host whatever their client thinks, and remembers the answer.

    Time-outs always hold, redirects are not followed (a post must not become a GET), and no
    variable of the environment names a proxy or a password.
    """

    def __init__(
        self,
        base: str = "",
        timeout: tuple[float, float] = TIMEOUT,
        *,
        rehearsal: bytes | None = None,
    ) -> None:
        super().__init__(max_retries=0)
        self.base = base.rstrip("/")
        self.timeout = timeout
        self.last = Answer(sent=False)
        self.rehearsal = rehearsal
        """What every request is answered with; then none leaves, and each is kept in `calls`."""
        self.calls: list[Call] = []

    def send(self, request: Any, *args: Any, **options: Any) -> requests.Response:
        """Send to our base address; the answer, or the failure, stays in `last`."""
        if self.base:
            request.url = self.base + request.path_url
        if self.rehearsal is not None:
            return self._rehearsed(request)
        options["timeout"] = self.timeout
        self.last = Answer()
        try:
            response = super().send(request, *args, **options)
        except requests.RequestException as error:
            self.last = Answer(words=_named(error), sent=not _failed_to_connect(error))
            raise
        response.headers.pop("location", None)
        self.last = Answer(
            status=response.status_code, headers=response.headers, words=_words(response)
        )
        return response

    def _rehearsed(self, request: Any) -> requests.Response:
        body = request.body or b""
        raw = body.encode() if isinstance(body, str) else bytes(body)
        self.calls.append(Call(method=request.method, url=request.url, body=raw))
        response = requests.Response()
        response.status_code = 200
        response.request, response.url = request, request.url
        response.headers["Content-Type"] = "application/json"
        response.raw = io.BytesIO(self.rehearsal or b"")
        self.last = Answer(status=200)
        return response


def session(line: Line) -> requests.Session:
    """A session whose every request takes the line."""
    made = requests.Session()
    made.trust_env = False
    made.mount("https://", line)
    made.mount("http://", line)
    return made


def _failed_to_connect(error: requests.RequestException) -> bool:
    """Refused, unknown host, no route, false certificate: the request itself never left.

    Any other TLS fault may come while the answer is read, so it proves nothing.
    """
    cause = error.args[0] if error.args else None
    if isinstance(cause, MaxRetryError):
        cause = cause.reason
    if isinstance(cause, SSLError):
        cause = cause.args[0] if cause.args else None
    return isinstance(cause, (ConnectTimeoutError, ssl.SSLCertVerificationError))


def _named(error: requests.RequestException) -> str:
    """The kind of failure in a few words, without addresses."""
    if isinstance(error, requests.exceptions.ReadTimeout):
        return "no answer in time"
    if _failed_to_connect(error):
        return "no connection"
    return "connection lost"


def _words(response: requests.Response) -> str:
    """The network's own sentence, wherever it puts it."""
    if response.ok:
        return ""
    try:
        said = response.json()
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    errors = said.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else {}
    found = [
        said.get("detail"),
        said.get("error"),
        isinstance(first, dict) and first.get("message"),
    ]
    return "; ".join(dict.fromkeys(text for text in found if isinstance(text, str) and text))[:300]
