"""The headline of a page: as readers see it, told by what the page declares."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import unescape

from lxml import html

from digest.collect import blocks
from digest.text.plain import one_line

_TITLE_BREAK = re.compile(r"\s+[|–—·•»«:\-│]{1,2}\s+|\s*[|│]\s*|\s+::\s+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_OUTSIDE = re.compile(r"\W+")
_SEPARATOR = re.compile(r"[:/|–—·-]\s*$")
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|eyebrow|topline|dachzeile|overline|spitzmarke|roofline|supertitle"
    r"|strapline|flag|badge|vignette)(?:$|[\s_-])",
    re.I,
)
_LONGEST = 300
_FEWEST = 3
_PART = 0.3
_ALIKE = 0.75


def read(root: html.HtmlElement, declared: Sequence[str], site: str) -> str:
    """The heading on the page that a declared headline resembles, else what is declared.

    The page's <title> comes last and counts least: it is where papers write their name.
    """
    said = [_without_site(clean(each), site) for each in declared if each]
    title = _without_site(clean(root.findtext(".//title") or ""), site)
    headings = [heading for heading in map(_Heading, root.iter("h1")) if heading.text]
    wanted = [_shortest_of(each, [*said, title]) for each in (*said, title) if each]
    for each in wanted:
        for heading in headings:
            if shown := heading.shown(each, wanted):
                return shown
    if not said and len(headings) == 1 and len(headings[0].text.split()) >= _FEWEST:
        return headings[0].text
    if wanted:
        return wanted[0]
    return headings[0].text if headings else ""


def clean(value: str) -> str:
    """A declared text as one line, without the markup papers leave in it."""
    return one_line(unescape(_TAG.sub("", value)))


def same(left: str, right: str) -> bool:
    """Whether two names differ in no more than case, blanks and "The"."""

    def squeeze(value: str) -> str:
        return re.sub(r"\W|^the\s", "", value.casefold())

    return squeeze(left) == squeeze(right)


class _Heading:
    """An <h1> with the places where its markup parts it."""

    def __init__(self, element: html.HtmlElement) -> None:
        kept = list(_texts(element, element))
        # Where a kicker was, its colon may be left.
        self.text = clean("".join(text for text, _ in kept)).lstrip(" :|/–—·•")
        self.squeezed = _squeezed(self.text)
        self.ends: set[int] = set()
        at = 0
        for text, ends in kept:
            at += len(_squeezed(text))
            if ends:
                self.ends.add(at)

    def shown(self, declared: str, others: Sequence[str]) -> str:
        """The headline in the heading that is declared so, "" if another one is."""
        if len(self.text) > _LONGEST:
            return ""
        for each in (declared, *others):
            if self._is_part(each):
                return each
        return self.text if _alike(self.text, declared) else ""

    def _is_part(self, declared: str) -> bool:
        """Whether the heading is that headline and something parted from it."""
        mine = _squeezed(declared)
        if len(declared.split()) < _FEWEST or len(mine) < _PART * len(self.squeezed):
            return False
        rest = len(self.squeezed) - len(mine)
        if rest > 0 and self.squeezed.endswith(mine):
            before = self.text[: len(self.text) - len(declared)]
            return rest in self.ends or _SEPARATOR.search(before.rstrip()) is not None
        return rest > 0 and self.squeezed.startswith(mine) and len(mine) in self.ends


def _texts(element: html.HtmlElement, heading: html.HtmlElement) -> Iterator[tuple[str, bool]]:
    """The heading's pieces, and whether an element begins or ends behind each."""
    if element is not heading and (
        blocks.is_hidden(element) or _KICKER.search(element.get("class") or "")
    ):
        return
    yield element.text or "", len(element) > 0
    for child in element:
        if isinstance(child.tag, str):
            if child.tag == "br":
                yield " ", True
            yield from _texts(child, heading)
        yield "", True
        yield child.tail or "", True


def _squeezed(text: str) -> str:
    return _OUTSIDE.sub("", text.casefold())


def _shortest_of(wanted: str, declared: Sequence[str]) -> str:
    """The headline without what another of the page's titles shows to be the paper's name."""
    for each in declared:
        if each and wanted.startswith(each) and _TITLE_BREAK.match(wanted[len(each) :]):
            if len(each.split()) >= _FEWEST:
                return each
    return wanted


def _without_site(title: str, site: str) -> str:
    """A title without the paper's name before or after it."""
    for match in reversed(list(_TITLE_BREAK.finditer(title))):
        head, tail = title[: match.start()], title[match.end() :]
        if site and (same(tail, site) or same(head, site)):
            return (head if same(tail, site) else tail).strip()
        is_bar = "|" in match.group() or "│" in match.group()
        if not site and is_bar and len(tail.split()) <= 4 < len(head.split()):
            return head.strip()
    return title


def _alike(heading: str, declared: str) -> bool:
    left, right = heading.casefold(), declared.casefold().rstrip("….")
    if not right or left == right or (len(right) > 20 and left.startswith(right)):
        return right != ""
    if right.startswith(left) and _TITLE_BREAK.match(declared[len(heading) :]):
        return True
    return SequenceMatcher(None, left, right, autojunk=False).ratio() > _ALIKE
