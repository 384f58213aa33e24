"""What Bluesky's own library would make links, mentions and hashtags of in a text: the network
links nothing by itself."""

from dataclasses import dataclass
from typing import Literal

import regex

from digest.text.domains import NAMES

_LINK = regex.compile(
    r"(?:^|[\s(])((?:https?://\S+)|(?P<domain>[a-z][a-z0-9]*(?:\.[a-z0-9]+)+)\S*)",
    regex.IGNORECASE | regex.MULTILINE,
)
_MENTION = regex.compile(r"(?:^|[\s(])(@([a-zA-Z0-9.-]+)\b)", regex.MULTILINE)
_TAG = regex.compile(
    r"(?:^|\s)([#\uff03](?!\ufe0f)([^\s\u00ad\u2060\u200a-\u200d\u20e2]+))", regex.MULTILINE
)
_CASH = regex.compile(
    r"(?:^|\s)(\$([A-Za-z][A-Za-z0-9]{0,4}))(?=[\s.,;:!?)\"'\u2019]|$)", regex.MULTILINE
)
_NOT_LAST = regex.compile(r"\p{P}+$")
_ONLY_DIGITS = regex.compile(r"[\d\p{P}]*")
_LONGEST_TAG = 64


@dataclass(frozen=True, slots=True)
class Facet:
    """A stretch of the text, in UTF-8 bytes, and what it is."""

    start: int
    end: int
    kind: Literal["link", "mention", "tag"]
    value: str
    """The address, the handle without @, the tag without #."""


def facets(text: str) -> list[Facet]:
    """All of them, in order."""
    found = [*_mentions(text), *_links(text), *_tags(text)]
    return sorted(found, key=lambda one: one.start)


def _mentions(text: str) -> list[Facet]:
    return [
        _facet(text, hit.start(1), hit.end(1), "mention", hit[2])
        for hit in _MENTION.finditer(text)
        if _is_domain(hit[2]) or hit[2].endswith(".test")
    ]


def _links(text: str) -> list[Facet]:
    found = []
    for hit in _LINK.finditer(text):
        shown = hit[1]
        if hit["domain"] and not _is_domain(hit["domain"]):
            continue
        if shown[-1] in ".,;:!?":
            shown = shown[:-1]
        if shown.endswith(")") and "(" not in shown:
            shown = shown[:-1]
        address = f"https://{shown}" if hit["domain"] else shown
        found.append(_facet(text, hit.start(1), hit.start(1) + len(shown), "link", address))
    return found


def _tags(text: str) -> list[Facet]:
    found = []
    for hit in _TAG.finditer(text):
        tag = _NOT_LAST.sub("", hit[2])
        if tag and len(tag) <= _LONGEST_TAG and not _ONLY_DIGITS.fullmatch(tag):
            end = hit.start(2) + len(tag)
            found.append(_facet(text, hit.start(1), end, "tag", tag))
    for hit in _CASH.finditer(text):
        found.append(_facet(text, hit.start(1), hit.end(1), "tag", f"${hit[2].upper()}"))
    return found


def _is_domain(name: str) -> bool:
    """Whether the name ends in a top-level domain that there is."""
    head, dot, top = name.lower().rpartition(".")
    return bool(dot and head and not head.endswith(".")) and top in NAMES


def _facet(
    text: str, start: int, end: int, kind: Literal["link", "mention", "tag"], value: str
) -> Facet:
    first = len(text[:start].encode())
    return Facet(first, first + len(text[start:end].encode()), kind, value)
