"""The article a page describes in its JSON-LD blocks."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import html

from digest.collect.untyped import mapping, sequence, text

_ARTICLE = re.compile(
    r"(?:Article|BlogPosting|LiveBlogPosting|Report|MediaGallery|ImageGallery|Recipe)$"
)
_DEEPEST = 6
_CONTROL = re.compile(r"[\x00-\x1f]+")


def read(root: html.HtmlElement) -> list[Mapping[str, object]]:
    """Every block of the page that says what it is, broken ones left out."""
    return list(_blocks(root))


def article(
    blocks: Sequence[Mapping[str, object]], *, headlines: Sequence[str] = ()
) -> Mapping[str, object]:
    """The block that describes the page's article, an empty one when none does.

    With several, the one that carries one of the page's own headlines, then the one with most of
    an article's fields: lists of other stories carry few.
    """
    found = [block for block in blocks if any(map(_ARTICLE.search, types(block)))]
    wanted = {_squeezed(headline) for headline in headlines} - {""}

    def fitness(block: Mapping[str, object]) -> tuple[bool, int]:
        return _squeezed(text(block.get("headline"))) in wanted, _fullness(block)

    return max(found, key=fitness, default={})


def types(block: Mapping[str, object]) -> tuple[str, ...]:
    """The schema.org types of a block, without their address."""
    return tuple(text(each).rsplit("/", 1)[-1] for each in sequence(block.get("@type")))


def names(value: object) -> tuple[str, ...]:
    """The names of people or organisations, given as texts or blocks."""
    found = (text(each) or _first(mapping(each).get("name")) for each in _flat(value))
    return tuple(name.strip() for name in found if name.strip())


def address(value: object) -> str:
    """The first address in a text, block or list of either."""
    for each in _flat(value):
        block = mapping(each)
        if found := (
            text(each)
            or _first(block.get("url"))
            or _first(block.get("contentUrl"))
            or text(block.get("@id"))
        ):
            return found
    return ""


def _first(value: object) -> str:
    return next((found for each in _flat(value) if (found := text(each))), "")


def _squeezed(value: str) -> str:
    return re.sub(r"\W+", "", value.casefold())


def _fullness(block: Mapping[str, object]) -> int:
    fields = ("headline", "datePublished", "author", "articleBody", "description", "image")
    return sum(bool(block.get(field)) for field in fields)


def _blocks(root: html.HtmlElement) -> Iterator[Mapping[str, object]]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield from _within(_load(script.text or ""), _DEEPEST)


def _load(source: str) -> object:
    source = source.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        # Raw line ends inside strings are the commonest mistake.
        loaded: object = json.loads(_CONTROL.sub(" ", source))
    except (ValueError, RecursionError):
        return None
    return loaded


def _within(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth == 0:
        return
    for each in _flat(value):
        block = mapping(each)
        if "@type" in block:
            yield block
        for inner in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemReviewed"):
            yield from _within(block.get(inner), depth - 1)


def _flat(value: object) -> Iterator[object]:
    for each in sequence(value):
        if isinstance(each, list | tuple):
            yield from _flat(each)
        else:
            yield each
