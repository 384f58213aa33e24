"""One HTTP request for a feed or page, and what came back."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """What to fetch; the validators make it conditional."""

    url: str
    etag: str = ""
    last_modified: str = ""
    max_bytes: int = 15 * 1024 * 1024
    """Of the decompressed body; a longer one is a problem, not a cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The answer, or the sentence why there is none."""

    url: str
    """Where the last redirect led."""
    status: int = 0
    """0 when no answer came."""
    body: bytes = b""
    content_type: str = ""
    """Media type and parameters as sent."""
    etag: str = ""
    last_modified: str = ""
    retry_at: datetime | None = None
    """From Retry-After."""
    problem: str = ""
    """One sentence; "" exactly when the status is 200 or 304."""
