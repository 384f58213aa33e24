"""Sources, the articles collected from them, and the stories they make."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ArticleKind(StrEnum):
    """What an article is, as far as its markup and section say."""

    NEWS = "news"
    OPINION = "opinion"
    SPONSORED = "sponsored"
    LIVE = "live"
    GALLERY = "gallery"
    PAYWALL = "paywall"


class Change(StrEnum):
    """What collecting found out about an article."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A line of the page that is not the article, and why it was left out."""

    text: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One raw feed element; not yet an article."""

    url: str
    guid: str = ""
    headline: str = ""
    standfirst: str = ""
    body: str = ""
    """Sanitised HTML of the element's content, "" if the feed gives none."""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    section: str = ""
    image: str = ""
    place: int = 0
    """Position in the feed, 0 = top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What one reading of a feed gave."""

    title: str = ""
    language: str = ""
    items: tuple[Item, ...] = ()
    problem: str = ""
    """One sentence when the bytes are no usable feed, else ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article page (or pasted text) split into the article and everything else."""

    headline: str = ""
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    section: str = ""
    kind: ArticleKind = ArticleKind.NEWS
    language: str = ""
    canonical_url: str = ""
    image: str = ""
    paragraphs: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    problem: str = ""
    """One sentence when the page holds no article, else ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published page at one canonical URL, as last collected."""

    id: int = 0
    """0 until saved."""
    url: str
    """Canonical; the identity."""
    address: str = ""
    """Where the page was fetched, if not the canonical URL."""
    guid: str = ""
    source_id: str
    headline: str
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    """None when neither feed nor page says; `collected` then stands in for it."""
    updated: datetime | None = None
    section: str = ""
    kind: ArticleKind = ArticleKind.NEWS
    language: str = ""
    image: str = ""
    paragraphs: tuple[str, ...] = ()
    place: int = 0
    """Position in the feed when last seen, 0 = top."""
    hash: str = ""
    """Of headline, standfirst and paragraphs; a new hash is a new version."""
    version: int = 1
    collected: datetime
    because: str = ""
    """Why it was taken as new or changed, and what is missing from it."""

    @property
    def when(self) -> datetime:
        """The time the story counts from."""
        return self.published or self.collected


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDecision:
    """New, changed or same, and why."""

    change: Change
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between two fetches."""

    source_id: str
    etag: str = ""
    last_modified: str = ""
    checked_at: datetime | None = None
    next_at: datetime | None = None
    failures: int = 0
    because: str = ""
    """One sentence on the last fetch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened: the articles about one event, best first (never empty)."""

    articles: tuple[Article, ...]

    @property
    def best(self) -> Article:
        """The article the brief is written from."""
        return self.articles[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A story chosen for (or left out of) an edition, with its score and reason."""

    story: Story
    score: float
    because: str
    """For example "3 sources, 2 h old, place 1 of its feed"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The picks in order, and the stories left out with the reason."""

    picks: tuple[Pick, ...] = ()
    left_out: tuple[Pick, ...] = ()
