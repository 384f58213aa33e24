"""Which blocks of a page are its article: extractors propose, the markup's own order decides.

trafilatura (readability behind it) says where the text is. From the blocks it found we learn where
in the markup the article's paragraphs stand, their home: "a <p> straight under div.story". Blocks
at home belong to the article even if the extractor missed them; a box between them that holds a
heading and a button does not, even if the extractor took it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

import html_text
import readability
import trafilatura
from lxml import html

from digest.collect import labels, lines, surroundings, wording
from digest.collect.blocks import Block
from digest.collect.lines import Line
from digest.collect.rules import Rules
from digest.model.news import Dropped

_SQUEEZE = re.compile(r"\W+")
_DIGITS = re.compile(r"\d+")
_LEAVES = frozenset("p li blockquote td dd pre h1 h2 h3 h4 h5 h6".split())
_RESCUE = 0.4
"""Under this share of readability's length trafilatura has lost the article."""
_INSIDE = 0.95
"""An element that holds so much of the text holds the article."""
_MUCH_TEXT = 600.0
"""Letters of prose no appeal, caption or rail has: a box that holds them is misnamed."""
_IN_BOX = 0.1
_AT_HOME = 0.3
"""A place with so much of the text of the fullest place is a home, too."""
_MAPPED = 0.5
"""With less of the proposed text found on the page, its markup teaches nothing."""
_BEFORE_HEADLINE = 0.25
_LINKS = 0.6
_SMALL_BOX = 15
_TWIN_LEVELS = 3
_TWIN_LETTERS = 200.0
_LONGEST_PLEA = 40
_LARGEST_OFFER = 120
_LARGE_BOX = 80
"""Words: no appeal or label is longer, so the extractors are believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The page's candidates for the article in order, and what was left aside."""

    lines: tuple[Line, ...] = ()
    aside: tuple[Dropped, ...] = ()
    boxed: bool = False
    """Whether the headline is marked as one: such a page keeps its labels in boxes, too."""


def proposed(root: html.HtmlElement, source: str, declared: str, found: Sequence[Block]) -> str:
    """The article's text by the extractors' judgement, one block a line.

    readability is asked only where it could have found far more: the page has the letters for it.
    What the page itself declares as the text stands in when they have lost the article.
    """
    text = _trafilatura(root)
    if len(text) < _RESCUE * sum(len(block.text) for block in found if block.linked < _LINKS):
        other = _readability(source)
        if len(text) < _RESCUE * len(other):
            text = other
    return declared if len(text) < _RESCUE * len(declared) else text


def choose(
    found: Sequence[Block], text: str, *, headline: str, rules: Rules | None = None
) -> Body | None:
    """The blocks that stand where the article stands; None when the text is on no block."""
    rules = rules or Rules()
    layout = _Layout(found, text)
    if layout.mapped() < _MAPPED * len(_squeezed(text)):
        return None
    title = _squeezed(headline)
    start = layout.start(title)
    kept: list[Line] = []
    aside: list[Dropped] = []
    for number, block in enumerate(found):
        if number in layout.inside and number < start and not rules.keeps(block.text):
            because = "before the headline"
        elif block.element.tag == "h1" or (title and layout.squeezed[number] == title):
            because = "the headline"
        else:
            because = _because(layout, number, rules)
        if not because:
            kept.append(
                Line(text=block.text, heading=block.heading, item=block.item, quote=block.quote)
            )
        elif number in layout.inside or block.linked < _LINKS:
            aside.append(Dropped(text=block.text, because=because))
    return Body(lines=tuple(kept), aside=tuple(aside), boxed=not layout.is_flat(title))


def _because(layout: "_Layout", number: int, rules: Rules) -> str:
    """Why a block is left aside: what the editors' rules say goes before what the markup says."""
    text = layout.blocks[number].text
    return "" if rules.keeps(text) else rules.reason(text) or layout.reason(number)


def _trafilatura(root: html.HtmlElement) -> str:
    try:
        # It takes the tree apart while reading.
        found = trafilatura.extract(deepcopy(root), favor_precision=True, include_comments=False)
    except Exception:  # foreign markup breaks it in ways nobody listed
        return ""
    return found or ""


def _readability(source: str) -> str:
    try:
        return str(html_text.extract_text(readability.Document(source).summary()))
    except Exception:  # as above
        return ""


def _squeezed(text: str) -> str:
    return _SQUEEZE.sub("", text.casefold())


class _Layout:
    """Where on one page the proposed text stands, and what stands between."""

    def __init__(self, found: Sequence[Block], text: str) -> None:
        self.blocks = found
        self.squeezed = [_squeezed(block.text) for block in found]
        whole, single = _squeezed(text), {_squeezed(line) for line in text.splitlines()}
        self.proposed = [_is_in(mine, whole, single) for mine in self.squeezed]
        weight = [
            _weight(block) if proposed else 0.0
            for block, proposed in zip(found, self.proposed, strict=True)
        ]
        prose = _held(found, [_weight(block) for block in found])
        boxes = _Boxes(prose, sum(weight) / 2)
        self.boxed = [boxes.around(block.element) for block in found]
        self.weight = [
            _IN_BOX * value if boxed else value
            for value, boxed in zip(weight, self.boxed, strict=True)
        ]
        self.container = _with_twins(_container(_held(found, self.weight), sum(self.weight)), prose)
        self.inside = {
            number
            for number, block in enumerate(found)
            if self.container is None
            or block.element is self.container
            or self.container in block.element.iterancestors()
        }
        self.home = self._home()
        self.first, self.last = min(self.home, default=0), max(self.home, default=-1)
        self.above_home = {e for n in self.home for e in _path(found[n].element, self.container)}
        self.boxes: dict[html.HtmlElement, list[int]] = defaultdict(list)
        for number in sorted(self.inside):
            if number not in self.home:
                self.boxes[self._box(number)].append(number)

    def mapped(self) -> int:
        """How many letters of the proposed text stand in blocks."""
        return sum(len(s) for s, found in zip(self.squeezed, self.proposed, strict=True) if found)

    def is_flat(self, title: str) -> bool:
        """Whether the headline stands among the paragraphs as if it were one of them."""
        return any(self.squeezed[n] == title for n in self.home) if title else False

    def start(self, title: str) -> int:
        """Where the article begins: at the headline, when next to nothing stands before it."""
        at = next((n for n, text in enumerate(self.squeezed) if title and text == title), 0)
        before = sum(self.weight[:at])
        return at if before < _BEFORE_HEADLINE * sum(self.weight) else 0

    def reason(self, number: int) -> str:
        """Why a block is left aside, "" when it stays a candidate."""
        block = self.blocks[number]
        if number not in self.inside:
            told = self.boxed[number] or labels.reason(block.text)
            return told or "outside the article"
        if number in self.home:
            if self.proposed[number] or self.first <= number <= self.last:
                return ""
            return "apart from the article's own paragraphs"
        return self.boxed[number] or self._box_reason(number)

    def _home(self) -> set[int]:
        """The blocks that stand where most of the text stands."""
        known: dict[html.HtmlElement | None, tuple[str, ...]] = {self.container: (), None: ()}
        places = [_place(block.element, known) for block in self.blocks]
        sums: dict[tuple[str, ...], float] = defaultdict(float)
        for place, weight in zip(places, self.weight, strict=True):
            sums[place] += weight
        least = _AT_HOME * max(sums.values(), default=0.0)
        homes = {place for place, total in sums.items() if total and total >= least}
        return {n for n in self.inside if places[n] in homes}

    def _box(self, number: int) -> html.HtmlElement:
        """The largest element around the block without a home paragraph in it."""
        box = self.blocks[number].element
        for each in _path(box, self.container):
            if each in self.above_home:
                break
            box = each
        return box

    def _box_reason(self, number: int) -> str:
        block, box = self.blocks[number], self._box(number)
        between = self.first < number < self.last
        if box is block.element and block.heading and (between or self.proposed[number]):
            return ""
        if block.item and self._is_offer(number, box):
            return lines.ASKING
        if block.item or block.quote:
            return "" if between or self.proposed[number] else "after the article's own paragraphs"
        members = [self.blocks[n] for n in self.boxes[box]]
        words = sum(labels.words(block.text) for block in members)
        if (words < _LARGE_BOX or not self.proposed[number]) and (because := _inset(members, box)):
            return because
        if not between and words < _SMALL_BOX:
            return "a small box outside the article's own paragraphs"
        return "" if self.proposed[number] else "apart from the article's own paragraphs"

    def _is_offer(self, number: int, box: html.HtmlElement) -> bool:
        """Whether a list lists what readers get: it stands with a call to subscribe or sign in."""
        members = [self.blocks[n] for n in self.boxes[box]]
        for around in _path(self.blocks[number].element, box.getparent()):
            near = [
                b for b in members if around is b.element or around in b.element.iterancestors()
            ]
            if sum(labels.words(block.text) for block in near) > _LARGEST_OFFER:
                return False
            others = [block.text for block in near if not block.item]
            if any(labels.reason(text) == wording.CALL or lines.asks(text) for text in others):
                return True
        return False


def _is_in(mine: str, whole: str, single: set[str]) -> bool:
    return mine in single or (len(mine) >= 20 and mine in whole)


def _weight(block: Block) -> float:
    """How much of an article the block may be: its letters, if it reads like one."""
    prose = labels.is_sentence(block.text) and block.linked < _LINKS
    if not prose or labels.reason(block.text):
        return 0.0
    if lines.asks(block.text) and labels.words(block.text) <= _LONGEST_PLEA:
        return 0.0
    return float(len(block.text))


def _held(found: Sequence[Block], weight: Sequence[float]) -> dict[html.HtmlElement, float]:
    """How much text each element of the page holds."""
    totals: dict[html.HtmlElement, float] = defaultdict(float)
    for block, value in zip(found, weight, strict=True):
        if value:
            for each in _path(block.element, None):
                totals[each] += value
    return totals


class _Boxes:
    """What the markup around elements says they are."""

    def __init__(self, held: Mapping[html.HtmlElement, float], half: float) -> None:
        self.held = held
        self.half = half
        self.known: dict[html.HtmlElement | None, str] = {None: ""}

    def around(self, element: html.HtmlElement) -> str:
        """What the nearest telling box says, unless it holds too much text for that."""
        path: list[html.HtmlElement] = []
        each = element
        while each not in self.known:
            path.append(each)
            each = each.getparent()
        because = self.known[each]
        for each in reversed(path):
            because = self.known[each] = self._own(each) or because
        return because

    def _own(self, element: html.HtmlElement) -> str:
        because = surroundings.reason(element)
        text = self.held.get(element, 0.0)
        misnamed = text >= _MUCH_TEXT or text > self.half
        return "" if misnamed and because not in surroundings.NEVER_TEXT else because


def _container(held: Mapping[html.HtmlElement, float], total: float) -> html.HtmlElement | None:
    """The deepest element that holds nearly all of the text."""
    best = None
    for element, text in held.items():
        if text >= _INSIDE * total and element.tag not in _LEAVES:
            if best is None or best in element.iterancestors():
                best = element
    return best


def _with_twins(
    container: html.HtmlElement | None, held: Mapping[html.HtmlElement, float]
) -> html.HtmlElement | None:
    """The element around all parts of a text that the page cut into equal boxes.

    Extractors often take the first part alone. Another article on the page is no part: its box
    stands farther away, or under an <article> of its own.
    """
    if container is None or not container.get("class"):
        return container
    around = container
    for _ in range(_TWIN_LEVELS):
        parent = around.getparent()
        if parent is None or around.tag in {"article", "main", "body"}:
            break
        around = parent
        for each in around.iter(container.tag):
            is_twin = each is not container and each.get("class") == container.get("class")
            if is_twin and held.get(each, 0.0) >= _TWIN_LETTERS and _same_article(each, container):
                return around
    return container


def _same_article(one: html.HtmlElement, other: html.HtmlElement) -> bool:
    return next(one.iterancestors("article"), None) is next(other.iterancestors("article"), None)


def _path(
    element: html.HtmlElement, container: html.HtmlElement | None
) -> Iterator[html.HtmlElement]:
    """The element and what is around it, up to the container."""
    while element is not None and element is not container:
        yield element
        element = element.getparent()


def _place(
    element: html.HtmlElement, known: dict[html.HtmlElement | None, tuple[str, ...]]
) -> tuple[str, ...]:
    """Tags and classes from the block up to the container: the same for all its paragraphs."""
    path: list[html.HtmlElement] = []
    while element not in known:
        path.append(element)
        element = element.getparent()
    place = known[element]
    for each in reversed(path):
        name = _DIGITS.sub("", " ".join((each.get("class") or "").split()[:1]))
        place = known[each] = (f"{each.tag}.{name}", *place)
    return place


def _inset(members: Sequence[Block], box: html.HtmlElement) -> str:
    """Why a box between the paragraphs is none of them."""
    texts = [block.text for block in members]
    sentences = [labels.is_sentence(text) for text in texts]
    if not any(sentences):
        return "a box without a sentence: a label, links or a button"
    if any(lines.asks(text) for text in texts):
        return lines.ASKING
    if len(texts) > 1 and not sentences[-1]:
        return "a box that ends in a button"
    if len(texts) <= 3 and next(box.iter("img", "picture", "video"), None) is not None:
        return labels.CAPTION
    if sum(block.linked * len(block.text) for block in members) > _LINKS * sum(map(len, texts)):
        return wording.OTHER_STORY
    return ""
