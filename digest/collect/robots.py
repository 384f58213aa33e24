"""robots.txt (RFC 9309): which pages a host lets us fetch."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from digest.model.fetch import Fetched
from digest.model.news import HostState

AGENT = "Digest"
"""The name robots.txt may call us by."""
MAX_BYTES = 512 * 1024
"""What is behind is not read (RFC 9309, 2.5)."""
KEPT_FOR = timedelta(hours=24)
TRIED_AGAIN = timedelta(minutes=30)
"""A host whose robots.txt could not be had is asked for it again after this."""
NOTHING = "User-agent: *\nDisallow: /\n"
"""What a host that does not answer is taken to say (RFC 9309, 2.3.1.4)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """One host's robots.txt, read."""

    parsed: Protego

    def refusal(self, url: str) -> str:
        """Why the page is not to be fetched, "" when it may be."""
        if self.parsed.can_fetch(url, AGENT):
            return ""
        return f"the site's robots.txt does not let us fetch {url}, so its page was not read"


def read(text: str) -> Rules:
    """The rules of a robots.txt; whatever the text, there are some."""
    return Rules(Protego.parse(text))


def needed(state: HostState | None, now: datetime) -> bool:
    """Whether the host's robots.txt is to be fetched (again)."""
    if state is None or state.robots_at is None:
        return True
    kept = TRIED_AGAIN if state.robots == NOTHING else KEPT_FOR
    return now - state.robots_at >= kept


def text(fetched: Fetched, before: str) -> str:
    """The robots.txt to go by: none there (4xx) allows all; no answer keeps the one before."""
    if fetched.status == 200 and not fetched.problem:
        return fetched.body[:MAX_BYTES].decode("utf-8-sig", "replace")
    if 400 <= fetched.status < 500 and fetched.status != 429:
        return ""
    return before or NOTHING
