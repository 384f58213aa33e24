"""Sources, the articles collected from them, and the stories they make."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class ArticleKind(StrEnum):
    """What an article is, as far as its markup and section say."""

    NEWS = "news"
    OPINION = "opinion"
    SPONSORED = "sponsored"
    LIVE = "live"
    GALLERY = "gallery"
    PAYWALL = "paywall"
    """Only the beginning is shown to those who have not paid."""
    CORRECTION = "correction"
    """A notice about what an earlier article got wrong."""


class Change(StrEnum):
    """What a look at an article found out."""

    NEW = "new"
    CORRECTED = "corrected"
    """Words that stood there are gone or others."""
    UPDATED = "updated"
    """Words were added, as in a live blog; none that stood there changed."""
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    """It was withdrawn and is there again."""
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
    paragraphs: tuple[str, ...] = ()
    """The text of the element's content as it stands there, nothing left out; a list's items begin
    with "• ". Empty if the feed gives none beside the standfirst."""
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
    further: tuple[str, ...] = ()
    """Addresses of the sitemaps that a sitemap index lists, the latest changed first."""
    pause: timedelta | None = None
    """How long the feed asks not to be fetched again (RSS ttl, sy:updatePeriod)."""
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
    kind_because: str = ""
    """What in markup, section, address or wording says so, "" for plain news."""
    language: str = ""
    canonical_url: str = ""
    image: str = ""
    image_alt: str = ""
    image_credit: str = ""
    """Who made the picture or owns it, and its caption where that is all there is."""
    paragraphs: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    gone: str = ""
    """One sentence when the page itself says that it should not be found ("noindex"), else ""."""
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
    kind_because: str = ""
    language: str = ""
    image: str = ""
    image_alt: str = ""
    image_credit: str = ""
    """Who made the picture or owns it, and its caption where that is all there is."""
    paragraphs: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    """Lines of its page that were left out."""
    place: int = 0
    """Position in the feed when last seen, 0 = top."""
    hash: str = ""
    """Of headline, standfirst, paragraphs and whether it is withdrawn; a new hash is a new
    version."""
    version: int = 1
    collected: datetime
    """When its first version was read."""
    read_at: datetime | None = None
    """When this version was read; None means `collected`."""
    looked_at: datetime | None = None
    """When its page was last looked at, whatever was found; None means `collected`."""
    withdrawn: str = ""
    """Why it must not be used any more ("its page is gone (404)"), "" while it stands."""
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
class Sighting:
    """One article as it stands in one source's list."""

    source_id: str
    url: str
    """Canonical."""
    guid: str = ""
    place: int = 0
    mark: str = ""
    """Hash of what the list itself says of it; another one means that the words there changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An article we have, and how one source lists it."""

    article: Article
    listed: Sighting | None = None
    """None when the source has not listed it so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between two fetches."""

    source_id: str
    url: str = ""
    """The configured address all this is about: another one starts afresh."""
    address: str = ""
    """Where it is fetched since it moved for good, "" for `url`."""
    etag: str = ""
    last_modified: str = ""
    fingerprint: str = ""
    """SHA-256 of the last body that was read whole; the same bytes are not read again."""
    checked_at: datetime | None = None
    next_at: datetime | None = None
    pause: timedelta | None = None
    """The adaptive pause in force; None before the first fetch or where editors set `every`."""
    failures: int = 0
    moved_to: str = ""
    """Where permanent redirects have been leading, "" when there are none."""
    moved_since: datetime | None = None
    moved_times: int = 0
    unread_until: datetime | None = None
    """Until then some of its pages are asked for again whether the feed changed or not: those that
    could not be read, are embargoed or were withdrawn; None when there are none."""
    muted: str = ""
    """Why it is not fetched any more until an editor says so, "" while it is."""
    because: str = ""
    """One sentence on the last fetch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What is remembered of a web server."""

    host: str
    """With its port where that is not the usual one."""
    until: datetime | None = None
    """Before this instant it is not asked again, because it said so."""
    because: str = ""
    robots: str = ""
    """Its robots.txt as last fetched, "" when it has none."""
    robots_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened: the articles about one event, best first (never empty)."""

    articles: tuple[Article, ...]

    @property
    def best(self) -> Article:
        """The article the brief is written from."""
        return self.articles[0]


class SensitiveKind(StrEnum):
    """Why a story needs an editor's eye."""

    DEATH = "death"
    COURT = "court"
    MINOR = "minor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitive:
    """What a story touches, and the word that shows it."""

    kind: SensitiveKind
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A story chosen for (or left out of) an edition, with its score and reason."""

    story: Story
    score: float
    because: str
    """For example "3 sources, 2 h old, place 1 of its feed"."""
    pinned: bool = False
    """An editor put it there."""
    sensitive: tuple[Sensitive, ...] = ()
    """What editors should look at before it goes out."""
    light: bool = False
    """It is one of the lighter stories."""
    before: tuple[Article, ...] = ()
    """The articles that told the story in earlier editions; it is back with what is new."""


class RulingKind(StrEnum):
    """What an editor decided about a story."""

    PIN = "pin"
    """It comes first in the next edition."""
    BAR = "bar"
    """It comes into no edition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """An editor's decision about one article of one newsletter; it is over once it was used."""

    newsletter_id: str
    url: str
    """Canonical."""
    kind: RulingKind
    who: str
    at: datetime
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The picks in order, and the stories left out with the reason."""

    picks: tuple[Pick, ...] = ()
    left_out: tuple[Pick, ...] = ()
