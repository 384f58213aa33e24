"""The history of one article: its versions, who lists it, and what was made of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from digest.errors import UsageError
from digest.model.edition import Edition, EditionState
from digest.model.news import Article, ArticleKind, RulingKind
from digest.model.post import PostState
from digest.newsroom import desk, ruling
from digest.newsroom.house import House


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTold:
    """One version of an article."""

    version: int
    read_at: datetime
    headline: str
    kind: ArticleKind
    kind_because: str
    paragraphs: int
    dropped: int
    """Lines of the page that were left out."""
    withdrawn: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UseTold:
    """One edition with the article's story."""

    edition: str
    state: EditionState
    revision: int
    """The edition's newest."""
    article_version: int
    """The version its brief was last checked against; 0 when the brief was pulled."""
    line: str
    corrections: tuple[str, ...]
    """Why its brief was changed or pulled, each with the revision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTold:
    """One post about the article's story."""

    edition: str
    account: str
    state: PostState
    revision: int
    """The edition's revision whose words it has."""
    text: str
    url: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingTold:
    """An editor's pin or bar on the article."""

    newsletter: str
    kind: RulingKind
    who: str
    at: datetime
    until: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTold:
    """Everything known about one article."""

    url: str
    address: str
    sources: tuple[str, ...]
    looked_at: datetime
    withdrawn: str
    versions: tuple[VersionTold, ...]
    """The oldest first."""
    editions: tuple[UseTold, ...]
    """The newest first."""
    posts: tuple[PostTold, ...]
    rulings: tuple[RulingTold, ...]
    """Those not over yet."""


def explain_article(house: House, address: str, slug: str | None = None) -> ArticleTold:
    """What an article said when, and what was made of it (in one edition, or in all)."""
    store = house.store
    article = _find(house, address)
    wanted = desk.find(house, slug).slug if slug is not None else None
    editions = [e for e in store.editions.using(article.url) if wanted in (None, e.slug)]
    return ArticleTold(
        url=article.url,
        address=article.address,
        sources=store.articles.sources_of([article.url]).get(article.url, ()),
        looked_at=article.looked_at or article.collected,
        withdrawn=article.withdrawn,
        versions=tuple(_version(one) for one in store.articles.versions(article.url)),
        editions=tuple(_use(edition, article.url) for edition in editions),
        posts=tuple(_posts(house, article.url, {e.id: e.slug for e in editions})),
        rulings=tuple(_rulings(house, article.url)),
    )


def _find(house: House, address: str) -> Article:
    found = ruling.article_at(house, address)
    if found is not None:
        return found
    raise UsageError(
        f"no article with the address {address!r} was ever collected; check the address,"
        " and whether one of the sources lists it"
    )


def _rulings(house: House, url: str) -> Iterator[RulingTold]:
    now = house.clock.now()
    for newsletter in house.settings.newsletters:
        for one in ruling.of(house, newsletter, now):
            if one.url == url:
                yield RulingTold(
                    newsletter=newsletter.id,
                    kind=one.kind,
                    who=one.who,
                    at=one.at,
                    until=ruling.until(one, newsletter),
                    because=one.because,
                )


def _version(article: Article) -> VersionTold:
    return VersionTold(
        version=article.version,
        read_at=article.read_at or article.collected,
        headline=article.headline,
        kind=article.kind,
        kind_because=article.kind_because,
        paragraphs=len(article.paragraphs),
        dropped=len(article.dropped),
        withdrawn=article.withdrawn,
        because=article.because,
    )


def _use(edition: Edition, url: str) -> UseTold:
    brief = next((brief for brief in edition.bulletin.briefs if brief.url == url), None)
    return UseTold(
        edition=edition.slug,
        state=edition.state,
        revision=edition.revision,
        article_version=brief.article_version if brief else 0,
        line=brief.line if brief else "",
        corrections=tuple(
            f"revision {c.revision}: {'pulled' if c.pulled else 'written anew'}: {c.because}"
            for c in edition.corrections
            if c.url == url
        ),
    )


def _posts(house: House, url: str, slugs: dict[int, str]) -> Iterator[PostTold]:
    for post in house.store.posts.of_story(url):
        if post.edition_id in slugs:
            yield PostTold(
                edition=slugs[post.edition_id],
                account=post.account_id,
                state=post.state,
                revision=post.revision,
                text=post.text,
                url=post.remote_url,
                because=post.because,
            )
