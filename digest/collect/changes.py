"""An item and its page become one article, and an article is new, corrected, gone or the same."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digest.collect import kinds, lines, rules
from digest.collect.lines import Line
from digest.model.news import (
    Article,
    ArticleKind,
    Change,
    ChangeDecision,
    Dropped,
    Item,
    Known,
    Page,
)
from digest.model.newsletter import Source
from digest.url import canonical, is_site_root, is_web, page_key

NO_PAGE = "the page could not be read, so the text is the feed's own"
_NO_TEXT = "neither feed nor page has a text"
_NO_DATE = "neither feed nor page has a date, so it counts from when it was collected"
_FAR_DATE = "its date lies too far ahead to be an embargo, so it counts from when it was collected"
_NO_HEADLINE = "neither feed nor page has a headline, so the first words stand in"
UNSORTED = "its lines were not sorted, as it was too old for any edition when it was collected"
UNLISTED = "its page asks not to be found, and did so from the start"
LONGEST_EMBARGO = timedelta(days=7)
MAY_COME_BACK = timedelta(days=1)
_LOOKED_FOR_AGAIN = timedelta(hours=1)
"""So long, and so often, a page that was gone is looked for: it may have been a slip."""
_DROPPED = 80
"""Lines kept of what was left out; and so many letters of each."""
_DROPPED_LETTERS = 300
_LISTED_ANEW = timedelta(minutes=15)
"""Some feeds print counts or times into their texts: a page is not fetched for that each time."""
_SAME_TEXT = 0.5
"""Under one headline on one day so much of the shorter text in common is one article."""
SECOND_TRIES = timedelta(hours=1)
"""So long a page that could not be read is asked for again; a wall does not open later."""
_HEADLINE_WORDS = 14
_CUT = ("…", "...")


def article(
    source: Source,
    item: Item,
    page: Page | None,
    *,
    address: str,
    now: datetime,
    since: datetime | None = None,
) -> Article:
    """Merge what feed and page say; the feed's own text stays unsorted if older than `since`."""
    said = page or _unread(item, address)
    published, missing = _moment(item, said, now)
    paragraphs, dropped, told = _text(source, item, said, published or now, since)
    headline, standfirst = _titles(item, said, paragraphs)
    return Article(
        url=_identity(said, address),
        address=_elsewhere(item, said, address),
        guid=item.guid,
        source_id=source.id,
        headline=headline,
        standfirst=standfirst,
        authors=said.authors or item.authors,
        published=published,
        updated=max((when for when in (item.updated, said.updated) if when), default=None),
        section=said.section or source.section or item.section,
        kind=said.kind,
        kind_because=said.kind_because,
        language=said.language,
        image=said.image or item.image,
        image_alt=said.image_alt,
        image_credit=said.image_credit,
        paragraphs=paragraphs,
        dropped=dropped,
        place=item.place,
        hash=_hash(headline, standfirst, paragraphs),
        collected=now,
        read_at=now,
        looked_at=now,
        because="; ".join((*_missing(item, said, paragraphs), *missing, *told)),
    )


def _unread(item: Item, address: str) -> Page:
    """What is known of a page that was not read: its kind, as far as the feed shows it."""
    kind, because = kinds.of_listed(item.headline, item.section, address)
    return Page(kind=kind, kind_because=because)


def without_pages(
    source: Source, items: Sequence[Item], now: datetime, since: datetime
) -> list[Article]:
    """The articles of items whose text is the feed's own."""
    return [article(source, item, None, address=item.url, now=now, since=since) for item in items]


def sorted_late(article: Article, source: Source) -> Article:
    """An article whose lines were not sorted when it was collected, with them sorted; others as
    they are."""
    if UNSORTED not in article.because:
        return article
    found = _sorted(source, article.paragraphs)
    return replace(article, paragraphs=tuple(line.text for line in found.kept))


def needs_sorting(item: Item, since: datetime) -> bool:
    """Whether making an article of the item's own text is more than copying it."""
    return bool(item.paragraphs) and (item.published is None or item.published >= since)


def mark(item: Item) -> str:
    """A hash of what the list itself says of the item."""
    words = "\x1e".join((item.headline, item.standfirst, *item.paragraphs))
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=12).hexdigest()


def decide(known: Article | None, article: Article) -> ChangeDecision:
    """What is new about the article; only words count, a moved date changes nothing."""
    if known is None:
        return ChangeDecision(change=Change.NEW, because=f"first seen in {article.source_id}")
    if known.withdrawn and NO_PAGE in article.because:
        return ChangeDecision(change=Change.SAME, because="its page was not seen again")
    if known.withdrawn:
        return ChangeDecision(change=Change.RESTORED, because="its page is there again")
    if known.hash == article.hash:
        return ChangeDecision(change=Change.SAME, because="its words are those already collected")
    told = "; ".join(_differences(known, article)) or "its words changed"
    change = Change.UPDATED if _only_grew(known, article) else Change.CORRECTED
    return ChangeDecision(change=change, because=told)


def withdrawn(known: Article, because: str, now: datetime) -> Article:
    """The article as it stands once its page is gone: a version of its own, with the reason."""
    return replace(
        known,
        withdrawn=because,
        because=f"withdrawn: {because}",
        hash=_hash(known.headline, known.standfirst, known.paragraphs, because),
        read_at=now,
        looked_at=now,
    )


def without_lines(article: Article, lines: Sequence[Dropped]) -> Article:
    """The article without lines that turned out to be boilerplate; never without any text."""
    gone = {line.text for line in lines}.intersection(article.paragraphs)
    paragraphs = tuple(text for text in article.paragraphs if text not in gone)
    if not gone or not paragraphs:
        return article
    return replace(
        article,
        paragraphs=paragraphs,
        dropped=(*article.dropped, *(line for line in lines if line.text in gone)),
        hash=_hash(article.headline, article.standfirst, paragraphs),
    )


class Roll:
    """What is known of a source's items, to be looked up by page, former address and guid."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._pages: dict[str, Known] = {}
        self._addresses: dict[str, Known] = {}
        self._guids: dict[str, Known] = {}
        for one in known:
            self._pages.setdefault(page_key(one.article.url), one)
            if one.article.address:
                self._addresses.setdefault(page_key(one.article.address), one)
            if one.listed is not None and one.listed.guid:
                self._guids.setdefault(one.listed.guid, one)

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, item: Item, url: str = "") -> Known | None:
        """The article the item is: by the canonical address of its page, by the address it links,
        by one it once linked, by its guid."""
        keys = [page_key(each) for each in (url, canonical(item.url)) if each]
        for table in (self._pages, self._addresses):
            for key in keys:
                if key in table:
                    return table[key]
        return self._guids.get(item.guid) if item.guid else None


def same_text(candidates: Sequence[Article], article: Article) -> Article | None:
    """The candidate that has the article's headline on its day and much of its text: both address
    and guid changed, as happens when a publishing system is replaced."""
    mine = set(article.paragraphs)
    for one in candidates:
        shorter = min(len(mine), len(set(one.paragraphs)))
        common = len(mine & set(one.paragraphs))
        near = abs(one.when - article.when) <= timedelta(days=1)
        if one.headline == article.headline and near and common and common >= _SAME_TEXT * shorter:
            return one
    return None


def is_same_page(one: Article, other: Article) -> bool:
    """Whether both were read at one address, however it is spelled."""
    return page_key(one.url) == page_key(other.url)


def touched(found: Known, item: Item, source_id: str, *, now: datetime) -> str:
    """Why the item's page must be fetched again, "" when the feed shows nothing new about it."""
    if because := needs_page(found.article, as_known(found.article, item, source_id), now=now):
        return because
    looked = found.article.looked_at or found.article.collected
    listed = found.listed
    if listed is not None and listed.mark and now - looked >= _LISTED_ANEW:
        return "its text in the feed changed" if listed.mark != mark(item) else ""
    return ""


def needs_page(known: Article, item: Item, *, now: datetime) -> str:
    """Why a known page must be fetched, by what the feed says beside its text."""
    if known.withdrawn:
        looked = known.looked_at or known.collected
        again = now - looked >= _LOOKED_FOR_AGAIN
        return "it was withdrawn; is it there again?" if again else ""
    if NO_PAGE in known.because and now - known.collected < SECOND_TRIES:
        return "its page could not be read before"
    if known.published is not None and known.collected < known.published <= now:
        looked = known.looked_at or known.collected
        return "its embargo is over" if looked < known.published else ""
    seen = known.updated or known.looked_at or known.collected
    if item.updated is not None and item.updated > seen:
        return "the feed says that it was updated"
    if item.headline and _uncut(item) and item.headline != known.headline:
        return "its headline in the feed changed"
    return ""


def as_known(known: Article, item: Item, source_id: str) -> Item:
    """The item under the headline and standfirst the article already has when another source
    listed it first: what two desks write above one story is no change of it."""
    if known.source_id == source_id:
        return item
    return replace(item, headline=known.headline, standfirst=known.standfirst)


def is_poorer(article: Article, known: Article) -> bool:
    """Whether the article would replace a page's text by the feed's own, or the whole of it by
    what a wall shows: some count how often a page is read."""
    walled = ArticleKind.PAYWALL is article.kind and article.kind is not known.kind
    shorter = len(article.paragraphs) < len(known.paragraphs)
    return (NO_PAGE in article.because and NO_PAGE not in known.because) or (walled and shorter)


def pasted_url(site_url: str, source: Source, page: Page) -> str:
    """The identity of a pasted text, which has no page of its own.

    Its link leads to the site's front page. What tells it from the next text in the same file is
    its headline, as a parameter: a fragment would not survive in a canonical address.
    """
    name = page.headline or " ".join(page.paragraphs[:1])
    mark = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:12]
    return canonical(f"{site_url}/?pasted={source.id}-{mark}")


def _text(
    source: Source, item: Item, page: Page, when: datetime, since: datetime | None
) -> tuple[tuple[str, ...], tuple[Dropped, ...], tuple[str, ...]]:
    """The article's paragraphs, the lines left out, and what is to be said about it."""
    dropped = tuple(_shortened(line) for line in page.dropped[:_DROPPED])
    if page.paragraphs or not item.paragraphs:
        own = (item.standfirst,) if any(map(str.isalnum, item.standfirst)) else ()
        return page.paragraphs or own, dropped, ()
    if since is not None and when < since:
        # No edition will read it.
        return item.paragraphs, dropped, (UNSORTED,)
    found = _sorted(source, item.paragraphs)
    kept = tuple(line.text for line in found.kept)
    return kept, dropped + tuple(map(_shortened, found.dropped[:_DROPPED])), ()


def _headline(item: Item, page: Page) -> str:
    # The feed's first: the desk wrote it for readers outside the page, and a correction of it
    # is seen without fetching the page again.
    return item.headline if item.headline and _uncut(item) else page.headline or item.headline


def _missing(item: Item, page: Page, paragraphs: tuple[str, ...]) -> Iterator[str]:
    if not paragraphs:
        yield _NO_TEXT
    elif not page.paragraphs:
        yield NO_PAGE
    if page.gone:
        yield UNLISTED
    if not (item.headline or page.headline):
        yield _NO_HEADLINE


def _moment(item: Item, page: Page, now: datetime) -> tuple[datetime | None, tuple[str, ...]]:
    """When it was published, and what is to be said where that cannot be told."""
    found = _published(item, page)
    if found is None:
        return None, (_NO_DATE,)
    if found - now > LONGEST_EMBARGO:
        return None, (_FAR_DATE,)
    return found, ()


def _shortened(line: Dropped) -> Dropped:
    if len(line.text) <= _DROPPED_LETTERS:
        return line
    return replace(line, text=line.text[: _DROPPED_LETTERS - 1] + "…")


def _only_grew(known: Article, article: Article) -> bool:
    """Whether all that stood there still stands; a live blog renews its headline as it goes."""
    if ArticleKind.LIVE in (known.kind, article.kind):
        return True
    same_head = (known.headline, known.standfirst) == (article.headline, article.standfirst)
    return same_head and not Counter(known.paragraphs) - Counter(article.paragraphs)


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


def _titles(item: Item, said: Page, paragraphs: tuple[str, ...]) -> tuple[str, str]:
    """Headline and standfirst, the page's own first."""
    headline = _headline(item, said) or _opening(paragraphs)
    listed = "" if item.standfirst in paragraphs else item.standfirst
    return headline, said.standfirst or listed


def _elsewhere(item: Item, said: Page, address: str) -> str:
    """Where its source lists it, "" when that is its own address."""
    link = canonical(item.url or address)
    return "" if link == _identity(said, address) else link


def _identity(page: Page, address: str) -> str:
    """The page's canonical URL where it names a page, on whatever host, and else the address the
    last redirect led to, both without tracking parameters."""
    named = page.canonical_url
    if is_web(named) and not is_site_root(named):
        return canonical(named)
    return canonical(address)


def _sorted(source: Source, paragraphs: Sequence[str]) -> lines.Sorted:
    """The feed's own text parted from what the feed wraps around it."""
    found = [Line(text=text) for text in paragraphs]
    return lines.sort(found, boxed=True, rules=rules.of(source.drop, source.keep))


def _hash(headline: str, standfirst: str, paragraphs: tuple[str, ...], withdrawn: str = "") -> str:
    words = "\x1e".join((headline, standfirst, *paragraphs, *((withdrawn,) if withdrawn else ())))
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
