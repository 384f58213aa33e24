"""An item and its page become one article, and an article is new, changed or the same."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from digest.collect import blocks, labels, lines, tree
from digest.collect.lines import Line
from digest.model.news import Article, Change, ChangeDecision, Item, Page
from digest.model.newsletter import Source
from digest.url import canonical, is_site_root, is_web

NO_PAGE = "the page could not be read, so the text is the feed's own"
_NO_TEXT = "neither feed nor page has a text"
_NO_DATE = "neither feed nor page has a date, so it counts from when it was collected"
_NO_HEADLINE = "neither feed nor page has a headline, so the first words stand in"
_SECOND_TRIES = timedelta(hours=1)
"""So long a page that could not be read is asked for again; a wall does not open later."""
_HEADLINE_WORDS = 14
_CUT = ("…", "...")


def article(
    source: Source, item: Item, page: Page | None, *, address: str, now: datetime
) -> Article:
    """Merge what feed and page say; without a page the feed's own text is the article's.

    The identity is the page's canonical URL where it names a page, on whatever host, and else the
    address the last redirect led to, both without tracking parameters.
    """
    said = page or Page()
    paragraphs = said.paragraphs or _own_paragraphs(item)
    headline = _headline(item, said) or _opening(paragraphs)
    published = _published(item, said)
    url = _identity(said, address)
    link = canonical(item.url or address)
    standfirst = said.standfirst or ("" if item.standfirst in paragraphs else item.standfirst)
    return Article(
        url=url,
        address="" if link == url else link,
        guid=item.guid,
        source_id=source.id,
        headline=headline,
        standfirst=standfirst,
        authors=said.authors or item.authors,
        published=published,
        updated=max((when for when in (item.updated, said.updated) if when), default=None),
        section=said.section or source.section or item.section,
        kind=said.kind,
        language=said.language,
        image=said.image or item.image,
        paragraphs=paragraphs,
        place=item.place,
        hash=_hash(headline, standfirst, paragraphs),
        collected=now,
        because="; ".join(_missing(item, said, paragraphs, published)),
    )


def decide(known: Article | None, article: Article) -> ChangeDecision:
    """What is new about the article; only words count, a moved date changes nothing."""
    if known is None:
        return ChangeDecision(change=Change.NEW, because=f"first seen in {article.source_id}")
    if known.hash == article.hash:
        return ChangeDecision(change=Change.SAME, because="its words are those already collected")
    told = "; ".join(_differences(known, article))
    return ChangeDecision(change=Change.CHANGED, because=told or "its words changed")


def needs_page(known: Article | None, item: Item, *, now: datetime) -> str:
    """Why the item's page must be fetched, "" when the feed shows that nothing happened to it."""
    if known is None:
        return "not collected yet"
    if NO_PAGE in known.because and now - known.collected < _SECOND_TRIES:
        return "its page could not be read before"
    if item.updated is not None and (known.updated is None or item.updated > known.updated):
        return "the feed says that it was updated"
    if item.headline and _uncut(item) and item.headline != known.headline:
        return "its headline in the feed changed"
    return ""


def is_poorer(article: Article, known: Article) -> bool:
    """Whether the article would replace a page's text by the feed's own."""
    return NO_PAGE in article.because and NO_PAGE not in known.because


def pasted_url(site_url: str, source: Source, page: Page) -> str:
    """The identity of a pasted text, which has no page of its own.

    Its link leads to the site's front page. What tells it from the next text in the same file is
    its headline, as a parameter: a fragment would not survive in a canonical address.
    """
    name = page.headline or " ".join(page.paragraphs[:1])
    mark = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:12]
    return canonical(f"{site_url}/?pasted={source.id}-{mark}")


def _headline(item: Item, page: Page) -> str:
    # The feed's first: the desk wrote it for readers outside the page, and a correction of it
    # is seen without fetching the page again.
    return item.headline if item.headline and _uncut(item) else page.headline or item.headline


def _missing(
    item: Item, page: Page, paragraphs: tuple[str, ...], published: datetime | None
) -> Iterator[str]:
    if not paragraphs:
        yield _NO_TEXT
    elif not page.paragraphs:
        yield NO_PAGE
    if not (item.headline or page.headline):
        yield _NO_HEADLINE
    if published is None:
        yield _NO_DATE


def _uncut(item: Item) -> bool:
    return not item.headline.endswith(_CUT)


def _opening(paragraphs: tuple[str, ...]) -> str:
    words = " ".join(paragraphs[:1]).split()
    cut = len(words) > _HEADLINE_WORDS
    return " ".join(words[:_HEADLINE_WORDS]) + ("…" if cut else "")


def _published(item: Item, page: Page) -> datetime | None:
    """The page's date, unless it is a bare day and the feed knows the hour."""
    found = page.published
    if found is None or (item.published is not None and found.minute == found.second == 0):
        return item.published or found
    return found


def _identity(page: Page, address: str) -> str:
    named = page.canonical_url
    if is_web(named) and not is_site_root(named):
        return canonical(named)
    return canonical(address)


def _own_paragraphs(item: Item) -> tuple[str, ...]:
    """The paragraphs of the feed's own text, or its standfirst when there is none."""
    root = tree.parse(item.body) if item.body else None
    if root is not None:
        found = [
            Line(text=block.text, heading=block.heading, item=block.item, quote=block.quote)
            for block in blocks.read(root)
        ]
        kept = lines.sort(found, boxed=True).kept
        if kept:
            return tuple(line.text for line in kept)
    return (item.standfirst,) if labels.words(item.standfirst) else ()


def _hash(headline: str, standfirst: str, paragraphs: tuple[str, ...]) -> str:
    words = "\x1e".join((headline, standfirst, *paragraphs))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def _differences(known: Article, article: Article) -> Iterator[str]:
    if known.headline != article.headline:
        yield f"headline changed from “{known.headline}” to “{article.headline}”"
    if known.standfirst != article.standfirst:
        yield "standfirst changed"
    before, after = Counter(known.paragraphs), Counter(article.paragraphs)
    added, removed = (after - before).total(), (before - after).total()
    edited = min(added, removed)
    for count, what in (
        (edited, "edited"),
        (added - edited, "added"),
        (removed - edited, "removed"),
    ):
        if count:
            yield f"{count} paragraph{'s' if count > 1 else ''} {what}"
    if before == after and known.paragraphs != article.paragraphs:
        yield "paragraphs in another order"
