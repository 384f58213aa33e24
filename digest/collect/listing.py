"""A web page that lists articles: its links that match the editor's pattern become items."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urldefrag

import regex
from lxml import html

from digest.collect import blocks, dates, labels, surroundings, tree
from digest.collect.items import is_picture, plain, web_link
from digest.model.news import Feed, Item
from digest.text.plain import one_line
from digest.url import canonical, host

MAX_ITEMS = 200
MAX_BYTES = 15 * 1024 * 1024
_MAX_LINKS = 5_000
_LONGEST_ADDRESS = 1_000
_SECONDS = 0.25
"""What the pattern may take over one address: some patterns never end."""
_LONGEST_HEADLINE = 300
_MORE = re.compile(
    r"(?:(?:read|see|view|find out|learn|continue|keep) (?:more|on|reading|the full|full)\b"
    r"|click here|full (?:story|article)\b|weiterlesen|mehr lesen|lire la suite|leer más)",
    re.I,
)
_LABEL_WORDS = 4
_LEVELS = 6
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_EXAMPLES = 3


@dataclass(slots=True)
class _Found:
    """One address of the page and the anchors that lead to it."""

    address: str
    anchors: list[html.HtmlElement] = field(default_factory=list)


def read(body: bytes, *, url: str, links: str, content_type: str = "", zone: str = "UTC") -> Feed:
    """The articles a page lists, in its order: links whose address the expression matches.

    It is searched in the absolute canonical address. Without a match `problem` says what is there.
    """
    if len(body) > MAX_BYTES:
        size = MAX_BYTES // 1024 // 1024
        return Feed(problem=f"The page is larger than {size} MB; nothing was read from it.")
    root = tree.parse(tree.decode(body, content_type))
    if root is None:
        return Feed(problem="The page is empty: its address answers with no text at all.")
    there = _links(root, url)
    try:
        matching = _matching(there, regex.compile(links))
    except (regex.error, RecursionError) as fault:
        return Feed(problem=f"The link pattern {links!r} is no regular expression: {fault}.")
    except TimeoutError:
        return Feed(
            problem=f"The link pattern {links!r} takes too long to compare; write it without"
            " repeats inside repeats."
        )
    if not matching:
        return Feed(problem=_nothing(there.values(), links, url))
    found = _items(_in_order(matching), zone)
    return Feed(
        title=one_line(root.findtext(".//title") or ""),
        language=(root.get("lang") or "").strip(),
        items=tuple(replace(each, place=place) for place, each in enumerate(found)),
    )


def _links(root: html.HtmlElement, url: str) -> dict[str, _Found]:
    """Canonical address -> what leads there, in the order of the page."""
    given = next((each.get("href") for each in root.iter("base") if each.get("href")), "")
    base = web_link(url, given) or url
    own = canonical(url)
    there: dict[str, _Found] = {}
    for anchor in root.iter("a", "area"):
        address = urldefrag(web_link(base, (anchor.get("href") or "")[:_LONGEST_ADDRESS])).url
        name = canonical(address) if address and not is_picture(address) else ""
        if name and name != own and (name in there or len(there) < _MAX_LINKS):
            there.setdefault(name, _Found(address)).anchors.append(anchor)
    return there


def _matching(there: dict[str, _Found], pattern: "regex.Pattern[str]") -> list[_Found]:
    return [
        found
        for name, found in there.items()
        if pattern.search(name[:_LONGEST_ADDRESS], timeout=_SECONDS)
    ]


def _in_order(found: list[_Found]) -> list[_Found]:
    """Those of the page's own part first; menu and footer repeat what stands there."""
    known: dict[html.HtmlElement, bool] = {}
    aside = [all(_is_menu(anchor, known) for anchor in each.anchors) for each in found]
    ordered = [each for each, menu in zip(found, aside, strict=True) if not menu]
    ordered += [each for each, menu in zip(found, aside, strict=True) if menu]
    return ordered[:MAX_ITEMS]


def _is_menu(element: html.HtmlElement, known: dict[html.HtmlElement, bool]) -> bool:
    path: list[html.HtmlElement] = []
    each = element
    while each is not None and each not in known:
        path.append(each)
        each = each.getparent()
    menu = each is not None and known[each]
    for each in reversed(path):
        menu = menu or surroundings.reason(each) in surroundings.NEVER_TEXT
        known[each] = menu
    return menu


def _items(found: list[_Found], zone: str) -> Iterator[Item]:
    cards = _Cards(found)
    for each in found:
        # Without any words, a picture leads there; the page itself will tell its headline.
        headline = plain(_headline(each.anchors))
        yield Item(url=each.address, headline=headline, published=_date(cards.of(each), zone))


class _Cards:
    """Which part of the page belongs to one article alone."""

    def __init__(self, found: list[_Found]) -> None:
        self.owner: dict[html.HtmlElement, str] = {}
        for each in found:
            for anchor in each.anchors:
                for above in (anchor, *anchor.iterancestors()):
                    if self.owner.setdefault(above, each.address) != each.address:
                        self.owner[above] = ""

    def of(self, found: _Found) -> Iterator[html.HtmlElement]:
        """The elements around its anchors that hold no other article, the nearest first."""
        for anchor in found.anchors:
            path = [anchor, *anchor.iterancestors()][:_LEVELS]
            for above in path:
                if self.owner[above] != found.address or above.tag in {"body", "main", "html"}:
                    break
                yield above


def _headline(anchors: Iterable[html.HtmlElement]) -> str:
    """The fullest words for one address: a heading's before a link's before a picture's."""
    ranked = [
        (rank, len(words), words)
        for anchor in anchors
        for rank, words in _wordings(anchor)
        if any(map(str.isalpha, words)) and not _is_label(words)
    ]
    if not ranked:
        return ""
    best = max(rank for rank, _, _ in ranked)
    return max(each for each in ranked if each[0] == best)[2][:_LONGEST_HEADLINE].strip()


def _is_label(words: str) -> bool:
    """Whether the words would do for any article: "Read more", "12 comments"."""
    return _MORE.match(words) is not None or (
        labels.words(words) <= _LABEL_WORDS and labels.reason(words) != ""
    )


def _wordings(anchor: html.HtmlElement) -> Iterator[tuple[int, str]]:
    for heading in (each for each in anchor.iter() if each.tag in _HEADINGS):
        yield 3, _words(heading)
    above = [each.tag for each in anchor.iterancestors()][:3]
    lines = [block.text for block in blocks.read(anchor)]
    # A whole card may be one link: the first line with some words in it is the headline.
    line = next((each for each in lines if labels.words(each) > 2), max(lines, key=len, default=""))
    yield (3 if _HEADINGS.intersection(above) else 2 if labels.words(line) > 2 else 1), line
    for spoken in (anchor.get("aria-label"), anchor.get("title"), anchor.get("alt")):
        yield 1, one_line(spoken or "")
    for picture in anchor.iter("img"):
        yield 1, one_line(picture.get("alt") or "")


def _words(element: html.HtmlElement) -> str:
    return one_line(" ".join(block.text for block in blocks.read(element)))


def _date(around: Iterable[html.HtmlElement], zone: str) -> datetime | None:
    """The nearest date the page marks as one."""
    for element in around:
        for each in element.iter("time"):
            text = each.get("datetime") or each.text_content()
            if found := dates.read(text, zone):
                return found
    return None


def _nothing(there: Iterable[_Found], links: str, url: str) -> str:
    """Why there are no items, with addresses to write a better pattern from."""
    own = [each.address for each in there if host(each.address) == host(url)]
    if not own:
        return (
            "The page has no links to its own site; it may be put together in the browser: use"
            " the site's feed or sitemap instead."
        )
    # Articles have longer addresses than sections.
    longest = sorted(own, key=len, reverse=True)[:_EXAMPLES]
    named = ", ".join(longest)
    how = "here are three that are there" if len(longest) == _EXAMPLES else "there is only"
    return f"No link on the page matches {links!r}; {how}: {named}."
