"""A page's bytes become an article's fields, its paragraphs, and the lines that are neither."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from digest.collect import blocks, body, labels, lines, metadata, tree, wording
from digest.collect.blocks import Block
from digest.collect.lines import Line
from digest.collect.metadata import Metadata
from digest.model.news import ArticleKind, Dropped, Page

_SQUEEZE = re.compile(r"\W+")
_SHORTENED = re.compile(r"(?:…|\.\.\.|\[…\])\s*$")
_STANDFIRST_CLASS = re.compile(
    r"(?:^|[\s_-])(?:standfirst|intro(?:duction)?|dek|deck|sub-?title|sub-?head(?:line|ing)?|lede"
    r"|summary|excerpt|strapline|article-lead|vorspann|chapo|entradilla)(?:$|[\s_-])",
    re.I,
)
_STANDFIRST_WORDS = 60
_UNDER_STANDFIRST = frozenset({labels.BYLINE, labels.DATE, wording.CHANGED})
_NOTHING = "The page is empty: its address answers with no text at all."
_NO_ARTICLE = (
    "No article was found on the page: it has no paragraph of whole sentences outside its menus"
    " and boxes."
)
_WALL = re.compile(
    r"\b(?:to (?:read on|continue reading|keep reading|read (?:the|this) (?:full|rest))"
    r"|(?:subscribers?|members?|premium)[ -]only|already a (?:subscriber|member)|free trial"
    r"|subscribe to (?:read|continue|unlock))\b",
    re.I,
)
_KIND_WORDS: tuple[tuple[ArticleKind, str], ...] = (
    (
        ArticleKind.SPONSORED,
        "sponsored partner partners advertorial promoted brandstudio paid-content anzeige",
    ),
    (ArticleKind.LIVE, "live liveblog live-blog liveticker live-updates"),
    (
        ArticleKind.OPINION,
        "opinion opinions comment commentary comment-is-free editorial editorials column columns"
        " columnists op-ed letters voices debate meinung kommentar tribune opinie",
    ),
    (ArticleKind.GALLERY, "gallery galleries pictures photos in-pictures slideshow bildergalerie"),
)
_KIND_TYPES = {
    "AdvertiserContentArticle": ArticleKind.SPONSORED,
    "LiveBlogPosting": ArticleKind.LIVE,
    "OpinionNewsArticle": ArticleKind.OPINION,
    "ImageGallery": ArticleKind.GALLERY,
    "MediaGallery": ArticleKind.GALLERY,
}
_SPONSORED_LABEL = re.compile(
    r"^(?:sponsored|paid|partner|branded|promoted)"
    r" (?:content|post|partnership|article|(?:for )?by\b)|^advertorial$",
    re.I,
)


def read(html: bytes | str, *, url: str = "", content_type: str = "", zone: str = "UTC") -> Page:
    """Part a page into the article and everything else; a page without one says why.

    Nothing is fetched. Dates without an offset are wall time in the zone.
    """
    source = html if isinstance(html, str) else tree.decode(html, content_type)
    root = tree.parse(source)
    if root is None:
        return Page(problem=_NOTHING)
    known = metadata.read(root, url=url, zone=zone)
    found = blocks.read(root)
    proposed = body.proposed(root, source, known.body)
    chosen = body.choose(found, proposed, headline=known.headline)
    if chosen is None:
        chosen = body.Body(lines=tuple(Line(text=t) for t in proposed.splitlines() if t.strip()))
    standfirst = _standfirst(known, found, chosen)
    summed_up = _squeezed(standfirst)
    article = lines.sort(
        [line for line in chosen.lines if _squeezed(line.text) != summed_up], boxed=chosen.boxed
    )
    return Page(
        headline=known.headline,
        standfirst=standfirst,
        authors=known.authors,
        published=known.published,
        updated=known.updated,
        section=known.section,
        kind=_kind(known, found, article.dropped + chosen.aside, url),
        language=known.language,
        canonical_url=known.canonical_url,
        image=known.image,
        paragraphs=tuple(line.text for line in article.kept),
        dropped=chosen.aside + article.dropped,
        problem="" if article.kept else _NO_ARTICLE,
    )


def _squeezed(text: str) -> str:
    return _SQUEEZE.sub("", text.casefold())


def _standfirst(known: Metadata, found: Sequence[Block], chosen: body.Body) -> str:
    """The sentence under the headline that sums the story up and is not its first paragraph."""
    paragraphs = [_squeezed(line.text) for line in chosen.lines]
    for block in found:
        if _is_marked(block) and _squeezed(block.text) not in paragraphs:
            return block.text
    text = known.description
    wanted = _squeezed(_SHORTENED.sub("", text))
    if not wanted or len(text.split()) > _STANDFIRST_WORDS:
        return ""
    if wanted in paragraphs[:1] and _stands_apart(wanted, found, chosen):
        return text
    if _SHORTENED.search(text) or any(each.startswith(wanted) for each in paragraphs):
        return ""
    is_shown = any(_squeezed(block.text) == wanted for block in found)
    return text if is_shown or _is_about(text, chosen.lines) else ""


def _is_marked(block: Block) -> bool:
    element = block.element
    names = " ".join((element.get("class") or "", element.get("itemprop") or ""))
    words = len(block.text.split())
    return 3 < words <= _STANDFIRST_WORDS and _STANDFIRST_CLASS.search(names) is not None


def _stands_apart(wanted: str, found: Sequence[Block], chosen: body.Body) -> bool:
    """Whether byline, date or a line of capitals parts the first paragraph from the second.

    Where headline and text stand in one flat run the line under the headline is the standfirst.
    """
    texts = [_squeezed(block.text) for block in found]
    following = [line.text for line in chosen.lines[1:] if not labels.reason(line.text)]
    if wanted not in texts or not following or _squeezed(following[0]) not in texts:
        return False
    between = found[texts.index(wanted) + 1 : texts.index(_squeezed(following[0]))]
    return (
        not chosen.boxed
        or any(labels.reason(block.text) in _UNDER_STANDFIRST for block in between)
        or labels.opens_in_capitals(following[0])
    )


def _is_about(text: str, found: Sequence[Line]) -> bool:
    """Whether a description shares words with the text: a paper's slogan does not."""
    words = {word.casefold() for word in re.findall(r"[^\W\d_]{4,}", text)}
    used = {w.casefold() for line in found for w in re.findall(r"[^\W\d_]{4,}", line.text)}
    return len(words & used) >= 2


def _kind(
    known: Metadata, found: Sequence[Block], dropped: Sequence[Dropped], url: str
) -> ArticleKind:
    """What markup, section, address and the page's own labels say the article is."""
    said = {_KIND_TYPES[name] for name in known.types if name in _KIND_TYPES}
    path = urlsplit(known.canonical_url or url).path.lower().split("/")
    words = {known.section.lower().replace(" ", "-"), *path[:-1]}
    said |= {kind for kind, names in _KIND_WORDS if words.intersection(names.split())}
    if any(_SPONSORED_LABEL.match(line.text) for line in dropped):
        said.add(ArticleKind.SPONSORED)
    if known.locked or any(_WALL.search(line.text) for line in dropped):
        said.add(ArticleKind.PAYWALL)
    order = (
        ArticleKind.SPONSORED,
        ArticleKind.PAYWALL,
        ArticleKind.LIVE,
        ArticleKind.OPINION,
        ArticleKind.GALLERY,
    )
    return next((kind for kind in order if kind in said), ArticleKind.NEWS)
