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
    seconds: float = 45.0
    """For the whole fetch with all its hops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The answer, or the sentence why there is none."""

    url: str
    """Where the last redirect led."""
    moved_to: str = ""
    """Where redirects that are all permanent (301, 308) lead, "" as soon as one is not."""
    status: int = 0
    """0 when no answer came."""
    body: bytes = b""
    content_type: str = ""
    """Media type and parameters as sent."""
    etag: str = ""
    last_modified: str = ""
    retry_at: datetime | None = None
    """From Retry-After."""
    fresh_until: datetime | None = None
    """From Cache-Control or Expires; None when neither says."""
    noindex: bool = False
    """Whether X-Robots-Tag asks that the page not be found."""
    problem: str = ""
    """One sentence; "" exactly when the status is 200 or 304."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """Work that was killed or broke down, and why."""

    because: str
