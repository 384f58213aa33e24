"""What an article is (news, opinion, sponsored, live …), told from markup, section and labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from digest.collect import labels, wording
from digest.collect.metadata import Metadata
from digest.model.news import ArticleKind, Dropped

_TYPES = {
    "AdvertiserContentArticle": ArticleKind.SPONSORED,
    "LiveBlogPosting": ArticleKind.LIVE,
    "OpinionNewsArticle": ArticleKind.OPINION,
    "ImageGallery": ArticleKind.GALLERY,
    "MediaGallery": ArticleKind.GALLERY,
    "CorrectionComment": ArticleKind.CORRECTION,
}
_SECTIONS: tuple[tuple[ArticleKind, str], ...] = (
    (
        ArticleKind.SPONSORED,
        "sponsored sponsored-content partner partners partner-content advertorial advertorials"
        " promoted brandstudio brand-studio paid-content paid-post branded-content anzeige",
    ),
    (
        ArticleKind.CORRECTION,
        "correction corrections clarifications corrections-and-clarifications errata"
        " korrekturen berichtigungen rectificatifs fe-de-errores",
    ),
    (ArticleKind.LIVE, "live liveblog live-blog liveblogs liveticker live-updates live-news"),
    (
        ArticleKind.OPINION,
        "opinion opinions comment commentary comment-is-free commentisfree editorial editorials"
        " column columns columnists op-ed letters voices debate views viewpoint meinung kommentar"
        " kommentare tribune tribunes opinie opinión tuairim tuairimíocht",
    ),
    (
        ArticleKind.GALLERY,
        "gallery galleries pictures photos in-pictures slideshow slideshows photo-gallery"
        " bildergalerie bilder diaporama",
    ),
)
_HEADLINES: tuple[tuple[ArticleKind, re.Pattern[str]], ...] = (
    (
        ArticleKind.CORRECTION,
        re.compile(
            r"^(?:corrections?|clarifications?|corrections? (?:and|&) clarifications?|errat(?:a|um)"
            r"|for the record|setting the record straight|korrektur|berichtigung|richtigstellung"
            r"|rectificatif|fe de erratas|fe de errores|ceartú(?:chán)?|soiléiriú)"
            r"\s*(?:$|[:|–—-]|,?\s\d)",
            re.I,
        ),
    ),
    (
        ArticleKind.LIVE,
        re.compile(
            r"^(?:live(?: (?:blog|updates?|ticker))?|liveblog|liveticker|en direct)\s*[:|–—-]"
            r"|[:|–—-]\s*(?:live(?: (?:blog|updates?|ticker))?|as it happened|liveblog|liveticker)$"
            r"|\blive (?:updates|blog)\b|\bas it happened\b",
            re.I,
        ),
    ),
    (
        ArticleKind.OPINION,
        re.compile(
            r"^(?:opinion|editorial|comment|op-ed|column|letters?(?: to the editor)?|kommentar"
            r"|meinung|leitartikel|tribune|éditorial|tuairim)\s*[:|–—]",
            re.I,
        ),
    ),
    (
        ArticleKind.GALLERY,
        re.compile(r"^(?:in pictures|pictures|photos|gallery|bildergalerie|en images)\s*[:|–—-]"),
    ),
)
_SPONSORED_LABEL = re.compile(
    r"^(?:sponsored|paid|partner|branded|promoted|commercial)"
    r" (?:content|post|partnership|article|feature|message|(?:for )?by\b)"
    r"|^advertorial$|^advertisement feature|^(?:presented|brought to you|produced) by .{1,40}"
    r"|^in (?:association|partnership) with .{1,40}|^(?:anzeige|werbung) von .{1,40}",
    re.I,
)
_WALL = re.compile(
    r"\b(?:to (?:read on|continue reading|keep reading|read (?:the|this) (?:full|rest))"
    r"|(?:subscribers?|members?|premium)[ -]only|already a (?:subscriber|member)|free trial"
    r"|subscribe to (?:read|continue|unlock)|(?:sign|log) in to (?:read|continue)"
    r"|(?:exclusive(?:ly)?|only|reserved) (?:for|to) (?:our )?(?:subscribers|members)"
    r"|register (?:to|for free to) (?:read|continue)|nur für abonnenten|jetzt weiterlesen"
    r"|um weiterzulesen|artikel freischalten|réservé aux abonnés|pour lire la suite"
    r"|exclusivo para suscriptores)\b",
    re.I,
)
_STUB = 250
"""Words: a locked page that shows more is open to those who came."""
_SHARE = 0.5
"""A page that shows less of the words it says it has shows only their beginning."""
_COUNTED = 100
_WHOLE = 0.8
_PICTURES = 6
_CAPTION_WORDS = 6
_LABEL_WORDS = 20
_STAMPS = 4
_CLOCK = re.compile(r"^\W*\d{1,2}[:.]\d\d(?!\d)")
_ORDER = (
    ArticleKind.SPONSORED,
    ArticleKind.PAYWALL,
    ArticleKind.CORRECTION,
    ArticleKind.LIVE,
    ArticleKind.OPINION,
    ArticleKind.GALLERY,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a reader of the page sees."""

    paragraphs: Sequence[str] = ()
    above: Sequence[str] = ()
    """The lines around the headline: a label further away speaks of something else."""
    inside: Sequence[Dropped] = ()
    """Lines left out that stood between the paragraphs."""
    dropped: Sequence[Dropped] = ()
    """All lines left out."""
    words: int = 0
    """On the whole page."""


def read(known: Metadata, shown: Shown, *, url: str = "") -> tuple[ArticleKind, str]:
    """The kind and what says so, ("news", "") when nothing says anything."""
    said: dict[ArticleKind, str] = {}
    for kind, because in (
        *_by_markup(known, url),
        *_by_headline(known.headline),
        *_by_label(shown.above),
        *_by_wall(known, shown),
        *_by_shape(shown),
    ):
        said.setdefault(kind, because)
    for kind in _ORDER:
        if kind in said:
            return kind, said[kind]
    return ArticleKind.NEWS, ""


def of_listed(headline: str, section: str, url: str) -> tuple[ArticleKind, str]:
    """The same for an article of which only its place in a list is known."""
    return read(Metadata(headline=headline, section=section), Shown(), url=url)


def is_notice(known: Metadata, *, url: str = "") -> bool:
    """Whether the whole article is about what earlier ones got wrong."""
    told = (*_by_markup(known, url), *_by_headline(known.headline))
    return any(kind is ArticleKind.CORRECTION for kind, _ in told)


def _by_markup(known: Metadata, url: str) -> Iterator[tuple[ArticleKind, str]]:
    for name in known.types:
        if name in _TYPES:
            yield _TYPES[name], f"its markup says {name}"
    section = known.section.strip().lower().replace(" ", "-")
    for kind, names in _SECTIONS:
        if section and section in names.split():
            yield kind, f"its section is {known.section.strip()}"
    path = urlsplit(known.canonical_url or url).path.lower().split("/")[:-1]
    for kind, names in _SECTIONS:
        for part in path:
            if part in names.split():
                yield kind, f"its address says /{part}/"


def _by_headline(headline: str) -> Iterator[tuple[ArticleKind, str]]:
    for kind, pattern in _HEADLINES:
        if found := pattern.search(headline):
            yield kind, f"its headline says “{found.group().strip(' :|–—-')}”"


def _by_label(above: Sequence[str]) -> Iterator[tuple[ArticleKind, str]]:
    for text in above:
        if labels.words(text) <= _LABEL_WORDS and _SPONSORED_LABEL.match(text.strip()):
            yield ArticleKind.SPONSORED, f"a label on the page says “{text.strip()}”"


def _by_wall(known: Metadata, shown: Shown) -> Iterator[tuple[ArticleKind, str]]:
    """Whether only the beginning of the article is open."""
    open_ = sum(map(labels.words, shown.paragraphs))
    if open_ >= _STUB:
        return
    if known.words >= _COUNTED and max(open_, shown.words) < _SHARE * known.words:
        because = f"its markup counts {known.words} words and the page shows {open_}"
        yield ArticleKind.PAYWALL, because
    if known.locked and not 0 < _WHOLE * known.words <= open_:
        because = f"its markup says that it is not free to read, and the page shows {open_} words"
        yield ArticleKind.PAYWALL, because
    for line in shown.dropped:
        if found := _WALL.search(line.text):
            yield ArticleKind.PAYWALL, f"the page breaks off with “{found.group()}”"
            return


def _by_shape(shown: Shown) -> Iterator[tuple[ArticleKind, str]]:
    words = sum(map(labels.words, shown.paragraphs))
    captions = [
        labels.words(line.text)
        for line in shown.dropped
        if "caption" in line.because and labels.words(line.text) >= _CAPTION_WORDS
    ]
    if len(captions) >= _PICTURES and words * 2 < sum(captions):
        because = f"it shows {len(captions)} pictures with captions and {words} words of text"
        yield ArticleKind.GALLERY, because
    stamps = {line.text for line in shown.inside if _is_stamp(line)}
    if len(stamps) >= _STAMPS:
        yield ArticleKind.LIVE, f"its text is parted by {len(stamps)} times of the day"


def _is_stamp(line: Dropped) -> bool:
    return line.because in {labels.DATE, wording.CHANGED} and _CLOCK.match(line.text) is not None
