"""A page's bytes become an article's fields, its paragraphs, and the lines that are neither."""

import re
from collections.abc import Sequence

from digest.collect import (
    blocks,
    body,
    kinds,
    labels,
    language,
    lines,
    metadata,
    rules,
    tree,
    walls,
    wording,
)
from digest.collect.blocks import Block
from digest.collect.lines import Line
from digest.collect.metadata import Metadata
from digest.model.news import Dropped, Page

_SQUEEZE = re.compile(r"\W+")
_SHORTENED = re.compile(r"(?:…|\.\.\.|\[…\])\s*$")
_STANDFIRST_CLASS = re.compile(
    r"(?:^|[\s_-])(?:standfirst|intro(?:duction)?|dek|deck|sub-?title|sub-?head(?:line|ing)?|lede"
    r"|summary|excerpt|strapline|article-lead|vorspann|chapo|entradilla)(?:$|[\s_-])",
    re.I,
)
_STANDFIRST_WORDS = 60
_UNDER_STANDFIRST = frozenset({labels.BYLINE, labels.DATE, wording.CHANGED})
_LABELS_ABOVE = 3
_MOSTLY_LINKED = 0.6
_AT_A_WALL = "it stands where an article should be"


def read(
    html: bytes | str,
    *,
    url: str = "",
    content_type: str = "",
    zone: str = "UTC",
    drop: Sequence[str] = (),
    keep: Sequence[str] = (),
) -> Page:
    """Part a page into the article and everything else; a page without one says why.

    Nothing is fetched. Dates without an offset are wall time in the zone. A line that matches one
    of the editors' regular expressions always goes (`drop`) or never does (`keep`, the stronger).
    """
    source = html if isinstance(html, str) else tree.decode(html, content_type)
    root = tree.parse(source)
    if root is None:
        return Page(problem=walls.EMPTY)
    known = metadata.read(root, url=url, zone=zone)
    found = blocks.read(root)
    ruled = rules.of(drop, keep)
    chosen = _chosen(found, body.proposed(root, source, known.body, found), known, ruled)
    standfirst = _standfirst(known, found, chosen)
    article = lines.sort(
        [line for line in chosen.lines if _squeezed(line.text) != _squeezed(standfirst)],
        boxed=chosen.boxed,
        notice=kinds.is_notice(known, url=url),
        rules=ruled,
    )
    paragraphs = tuple(line.text for line in article.kept)
    return _page(
        known,
        _shown(found, known, chosen, article, paragraphs),
        url=url,
        standfirst="" if ruled.reason(standfirst) else standfirst,
        problem=walls.problem(root, known, found, paragraphs),
        unusable=ruled.told(),
    )


def _page(
    known: Metadata,
    shown: kinds.Shown,
    *,
    url: str,
    standfirst: str,
    problem: str,
    unusable: tuple[Dropped, ...],
) -> Page:
    kind, because = kinds.read(known, shown, url=url)
    paragraphs = tuple(shown.paragraphs)
    at_wall = tuple(Dropped(text=text, because=_AT_A_WALL) for text in paragraphs if problem)
    return Page(
        headline=known.headline,
        standfirst=standfirst,
        authors=known.authors,
        published=known.published,
        updated=known.updated,
        section=known.section,
        kind=kind,
        kind_because=because,
        language=language.settle(known.language, " ".join(paragraphs)),
        canonical_url=known.canonical_url,
        image=known.image,
        image_alt=known.image_alt,
        image_credit=known.image_credit,
        paragraphs=() if problem else paragraphs,
        dropped=(*shown.dropped, *at_wall, *unusable),
        gone=known.gone,
        problem=problem,
    )


def _shown(
    found: Sequence[Block],
    known: Metadata,
    chosen: body.Body,
    article: lines.Sorted,
    paragraphs: tuple[str, ...],
) -> kinds.Shown:
    return kinds.Shown(
        paragraphs=paragraphs,
        above=_above(found, known.headline, paragraphs),
        inside=article.dropped,
        dropped=chosen.aside + article.dropped,
        words=sum(labels.words(block.text) for block in found),
    )


def _chosen(
    found: Sequence[Block], proposed: str, known: Metadata, ruled: rules.Rules
) -> body.Body:
    chosen = body.choose(found, proposed, headline=known.headline, rules=ruled)
    if chosen is not None:
        return chosen
    return body.Body(lines=tuple(Line(text=t) for t in proposed.splitlines() if t.strip()))


def _above(found: Sequence[Block], headline: str, paragraphs: Sequence[str]) -> list[str]:
    """The lines around the headline, down to the first paragraph: what labels an article."""
    squeezed = [_squeezed(block.text) for block in found]
    first = _squeezed(paragraphs[0]) if paragraphs else ""
    end = squeezed.index(first) if first in squeezed else len(found)
    title = _squeezed(headline)
    starts = [n for n in range(end) if title and squeezed[n] == title]
    start = starts[-1] if starts else end
    return [
        block.text
        for block in found[max(0, start - _LABELS_ABOVE) : end]
        if block.linked < _MOSTLY_LINKED
    ]


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
