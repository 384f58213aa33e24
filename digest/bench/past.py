"""Days that were: what feeds listed at each moment, served again on a clock set by hand."""

import gzip
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from xml.sax.saxutils import escape

from digest.model.fetch import Fetched, FetchRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One article of the hourly stream, and the moments between which its outlet listed it."""

    outlet: str
    url: str
    title: str
    summary: str
    author: str
    published: datetime
    first: datetime
    last: datetime


class Past(Protocol):
    """What stood where at a moment."""

    @property
    def moments(self) -> Sequence[datetime]:
        """Those at which it is known, in order."""

    @property
    def names(self) -> Sequence[str]:
        """Of the feeds."""

    def address(self, name: str) -> str:
        """Where the feed of that name is."""

    def body(self, url: str, now: datetime) -> bytes | None:
        """The feed at the address as it stood, None when there was none."""


class Stream:
    """The hourly stream of `stories/replay`, as one RSS feed an outlet."""

    def __init__(self, folder: Path) -> None:
        with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
            self.rows = [_row(json.loads(line)) for line in lines]
        snapshots = json.loads((folder / "snapshots.json").read_text("utf-8"))
        generated = (datetime.fromisoformat(each["generated"]) for each in snapshots)
        self.moments: Sequence[datetime] = sorted(generated)
        self.names: Sequence[str] = sorted({row.outlet for row in self.rows})
        self._of = {self.address(n): [r for r in self.rows if r.outlet == n] for n in self.names}

    def address(self, name: str) -> str:
        """Where the outlet's feed is."""
        return f"https://{name}.example/feed"

    def body(self, url: str, now: datetime) -> bytes | None:
        """The outlet's feed as it was last seen before now, the newest article first."""
        moment = _last(self.moments, now)
        if moment is None or url not in self._of:
            return None
        listed = [row for row in self._of[url] if row.first <= moment <= row.last]
        listed.sort(key=lambda row: (row.published, row.url), reverse=True)
        return _rss(url, listed)


class Snapshots:
    """The five business feeds of `feeds_replay` as they stood at 27 moments."""

    def __init__(self, folder: Path) -> None:
        saved = {_moment(path): path for path in folder.iterdir() if path.is_dir()}
        self.moments: Sequence[datetime] = sorted(saved)
        files = {path.name for where in saved.values() for path in where.iterdir()}
        self.names: Sequence[str] = sorted(name.removesuffix(".xml.gz") for name in files)
        self._bodies = {
            (self.address(name), moment): gzip.decompress((where / f"{name}.xml.gz").read_bytes())
            for moment, where in saved.items()
            for name in self.names
        }

    def address(self, name: str) -> str:
        """Where the feed is."""
        return f"https://{name.replace('_', '-')}.example/feed"

    def body(self, url: str, now: datetime) -> bytes | None:
        """The feed as it was last saved before now."""
        moment = _last(self.moments, now)
        return None if moment is None else self._bodies.get((url, moment))


class HandClock:
    """A clock that stands until it is set."""

    def __init__(self, now: datetime) -> None:
        self.instant = now

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.instant


class PastFetcher:
    """Serves the past as it stood at the clock's instant, with ETags or without."""

    def __init__(self, past: Past, clock: HandClock, *, validators: bool) -> None:
        self._past, self._clock, self._validators = past, clock, validators
        self.answers: Counter[int] = Counter()
        """By status; those without an answer under 0."""

    async def fetch(self, request: FetchRequest) -> Fetched:
        """As a server that never fails."""
        body = self._past.body(request.url, self._clock.now())
        if body is None:
            self.answers[0] += 1
            return Fetched(url=request.url, problem="nobody answers")
        etag = f'"{sha256(body).hexdigest()}"' if self._validators else ""
        same = bool(etag) and request.etag == etag
        status = 304 if same else 200
        self.answers[status] += 1
        return Fetched(
            url=request.url,
            status=status,
            body=b"" if same else body,
            content_type="application/rss+xml",
            etag=etag,
        )


def shared() -> Path:
    """The developers' data, beside the checkout unless the environment names another place."""
    beside = Path(__file__).resolve().parents[3] / "shared"
    return Path(os.environ.get("DIGEST_SHARED", beside)) / "data"


def _moment(path: Path) -> datetime:
    return datetime.strptime(path.name, "%Y-%m-%dT%H%M%S%z")


def _last(moments: Sequence[datetime], now: datetime) -> datetime | None:
    return max((moment for moment in moments if moment <= now), default=None)


def _row(told: Mapping[str, str | None]) -> Row:
    def word(name: str) -> str:
        return told[name] or ""

    return Row(
        outlet=word("outlet"),
        url=word("url"),
        title=word("title"),
        summary=word("summary"),
        author=word("author"),
        published=datetime.fromisoformat(word("published")),
        first=datetime.fromisoformat(word("first_seen")),
        last=datetime.fromisoformat(word("last_seen")),
    )


def _rss(url: str, rows: Sequence[Row]) -> bytes:
    items = "".join(
        f"<item><title>{escape(row.title)}</title><link>{escape(row.url)}</link>"
        f"<guid>{escape(row.url)}</guid><description>{escape(row.summary)}</description>"
        f"<dc:creator>{escape(row.author)}</dc:creator>"
        f"<pubDate>{format_datetime(row.published)}</pubDate></item>\n"
        for row in rows
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(url)}</title><link>{escape(url)}</link>\n{items}</channel></rss>"
    ).encode()
