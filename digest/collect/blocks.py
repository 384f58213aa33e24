"""A page as the list of text blocks a reader sees, each with its place in the markup."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html

from digest.collect import labels
from digest.text.plain import one_line

_UNSEEN = frozenset(
    "script style noscript template svg math iframe object embed video audio canvas map head link"
    " meta title rt rp select option datalist textarea input progress meter img picture"
    " source".split()
)
_OWN_LINE = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu"
    " nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_GAP = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """One line or paragraph of the page."""

    text: str
    element: html.HtmlElement
    """The nearest element that starts a line of its own."""
    linked: float = 0.0
    """Which part of the letters stands in links."""

    @property
    def heading(self) -> bool:
        """Whether it is marked up as a heading."""
        return any(each.tag in _HEADINGS for each in _up(self.element, 2))

    @property
    def item(self) -> bool:
        """Whether it is an item of a list, and not merely a link in one."""
        return self.linked < 0.8 and any(each.tag in {"li", "dd"} for each in _up(self.element, 2))

    @property
    def quote(self) -> bool:
        """Whether it is marked up as a quotation."""
        return any(each.tag == "blockquote" for each in _up(self.element, 3))


def read(root: html.HtmlElement) -> list[Block]:
    """All blocks under the element, in the order of the page."""
    return list(_Reader().read(root))


def is_hidden(element: html.HtmlElement) -> bool:
    """Whether the page itself says that readers do not see the element."""
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN_STYLE.search(element.get("style") or "") is not None
    )


def _up(element: html.HtmlElement, levels: int) -> Iterator[html.HtmlElement]:
    for _ in range(levels):
        if element is None:
            return
        yield element
        element = element.getparent()


@dataclass(slots=True)
class _Reader:
    """Collects letters until an element starts a new line."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0

    def read(self, root: html.HtmlElement) -> Iterator[Block]:
        yield from self._element(root, root, in_link=False)
        yield from self._flush(root)

    def _element(
        self, element: html.HtmlElement, owner: html.HtmlElement, *, in_link: bool
    ) -> Iterator[Block]:
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN or is_hidden(element):
            return
        if tag == "br":
            self.parts.append("\n")
            return
        own_line = tag in _OWN_LINE or "-" in tag
        if own_line:
            yield from self._flush(owner)
            owner = element
        in_link = in_link or tag == "a"
        self._add(element.text, in_link)
        for child in element:
            yield from self._element(child, owner, in_link=in_link)
            self._add(child.tail, in_link)
        if own_line:
            yield from self._flush(element)

    def _add(self, text: str | None, in_link: bool) -> None:
        if text:
            # A line end in the source is a blank on the page; only <br> breaks a line.
            self.parts.append(text.replace("\n", " "))
            self.linked += len(text.strip()) if in_link else 0

    def _flush(self, owner: html.HtmlElement) -> Iterator[Block]:
        text, linked = "".join(self.parts), self.linked
        self.parts, self.linked = [], 0
        if not text.strip():
            return
        letters = len(text.strip())
        for line in _broken(text):
            yield Block(text=line, element=owner, linked=min(1.0, linked / letters))


def _broken(text: str) -> list[str]:
    """The paragraphs a text makes with its line breaks."""
    parts = [line for part in _GAP.split(text) if (line := one_line(part))]
    if len(parts) == 1 and "\n" in text:
        single = [line for part in text.split("\n") if (line := one_line(part))]
        sentences = [line for line in single if labels.is_sentence(line)]
        if len(single) > 2 and 3 * len(sentences) >= 2 * len(single):
            return single
    return parts
