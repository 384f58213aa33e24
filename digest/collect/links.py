"""A page's links: the commonest address pattern that looks like articles."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html

from digest.collect import tree
from digest.text.plain import one_line
from digest.url import canonical, host, join

AT_LEAST = 3
"""Links of one pattern; fewer prove nothing."""
HEADLINE_WORDS = 4
LONGEST = 120
"""Letters of a headline that are shown."""
DOMINANT = 0.6
"""A word in the address that so many of the links share belongs to the pattern."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_PART = "[^/]+"
_WORDS = {"-": "[^/]+-[^/]+-[^/]+", "_": "[^/]+_[^/]+_[^/]+"}
"""A headline as part of an address."""
_SPECIAL = re.compile(r"[.^$*+?{}()\[\]\\|]")
_FOLDER = r"[\w-]+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A pattern for `links:`, how many of the page's links match it, and what some of them say."""

    links: str
    count: int
    headlines: tuple[str, ...]


def suggest(body: bytes, *, url: str, content_type: str = "") -> Suggestion | None:
    """The pattern most of the page's headlines have in common, None when there is no such."""
    root = tree.parse(tree.decode(body, content_type))
    if root is None:
        return None
    told: dict[str, str] = {}
    for address, words in _headlines(root, url):
        told.setdefault(address, words)
    families: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for address in told:
        families[_shape(address)].append(address)
    families.pop((), None)
    best = max(families.values(), key=len, default=[])
    if len(best) < AT_LEAST:
        return None
    links = _pattern(best)
    matching = [_cut(words) for address, words in told.items() if re.search(links, address)]
    if len(matching) < AT_LEAST:
        return None
    return Suggestion(links=links, count=len(matching), headlines=tuple(matching[:3]))


def _headlines(root: html.HtmlElement, url: str) -> Iterator[tuple[str, str]]:
    """Address and words of each link to the same site that reads like a headline."""
    for each in root.iter("a"):
        address = canonical(join(url, each.get("href", "")).partition("#")[0])
        words = one_line(" ".join(each.itertext()))
        if host(address) == host(url) and len(words.split()) >= HEADLINE_WORDS:
            yield address, words


def _shape(address: str) -> tuple[str, ...]:
    """The kind of each part of the path, () when nothing in it looks like an article's."""
    parts = [part for part in urlsplit(address).path.split("/") if part]
    kinds = tuple(_kind(part) for part in parts)
    return kinds if any(kind != "word" for kind in kinds) else ()


def _kind(part: str) -> str:
    if _YEAR.fullmatch(part):
        return r"\d{4}"
    if part.isascii() and part.isdigit():
        return r"\d{2}" if len(part) == 2 else r"\d+"
    if re.search(r"\d{4,}", part, re.A):
        return r"[\w%-]*\d{4,}[^/]*"
    joint = next((joint for joint in _WORDS if part.count(joint) >= 2), "")
    return _WORDS.get(joint, "word")


def _pattern(addresses: list[str]) -> str:
    """One expression for addresses of one shape: words that nearly all share stay words."""
    paths = [[part for part in urlsplit(each).path.split("/") if part] for each in addresses]
    kinds = _shape(addresses[0])
    # Beside a date or a number even an address of one word is an article's.
    loose = any(r"\d" in kind for kind in kinds)
    kinds = tuple(_PART if loose and kind in _WORDS.values() else kind for kind in kinds)
    written = [
        _shared([path[n] for path in paths]) if kind == "word" else kind
        for n, kind in enumerate(kinds)
    ]
    closed = all(urlsplit(each).path.endswith("/") for each in addresses)
    return "/" + "/".join(written) + ("/" if closed else "")


def _shared(words: list[str]) -> str:
    word, count = Counter(words).most_common(1)[0]
    return _SPECIAL.sub(r"\\\g<0>", word) if count >= DOMINANT * len(words) else _FOLDER


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
