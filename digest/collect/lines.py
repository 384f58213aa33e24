"""The news line filter: which lines of a page are its article, told by shape and neighbourhood.

The article's own lines are sentences. What a page wraps around them is mostly not: labels,
buttons, headings of rails. An appeal does have sentences, but it speaks to "you", and it stands
between a heading and a button. So runs of lines are judged, not only single ones, and nothing
inside a quotation ever counts against a line.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.collect import labels, wording
from digest.collect.rules import Rules
from digest.model.news import Dropped
from digest.text import quotes

ASKING = "part of a block that asks readers to pay, join or sign up"
_SQUEEZE = re.compile(r"\W+")
_LISTED = re.compile(r"^(?:[•▪●◦*·–—-]\s|\(?\d{1,2}[.)]\s|[A-Za-z][.)]\s)")
_EVEN_AS_ITEM = frozenset({wording.ADVERTISING, wording.SHARE, wording.CALL})
_EVEN_IF_BOXED = frozenset(
    {
        *(labels.BYLINE, labels.DATE, labels.CAPTION, labels.RULE),
        *(wording.CORRECTED, wording.CREDITS, wording.ABOUT, wording.CONSENT),
    }
)
"""Pages that keep labels in boxes have these between their paragraphs all the same."""
_WORD = re.compile(r"\w+")
_REMEMBERED, _VOCABULARY = 2_048, 32_768
"""Each line of a page is asked about several times, each word of a language often."""
_LONGEST_BLOCK = 8
_ASK_SENTENCES = 4
_ASK_WORDS = 60
_BUTTON_WORDS = 8
_HEADING_WORDS = 14
_REPEAT_WORDS = 6
_LONG_LINE = 40
_LONGEST_ARTICLE = 500_000
"""Letters; beyond that nobody set a pull quote."""
_SHORT_SENTENCE = 5
_BOXED_STRAY = 0.1
_LABEL_WEIGHT = 0.1
"""A label weighs a little against what follows it: many of them mean that the text is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One block of text as a reader sees it, with what its markup says about it."""

    text: str
    heading: bool = False
    item: bool = False
    """Of a list."""
    quote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The lines of the article and the others, both in their order."""

    kept: tuple[Line, ...]
    dropped: tuple[Dropped, ...]


def sort(
    lines: Sequence[Line],
    *,
    boxed: bool = False,
    notice: bool = False,
    rules: Rules | None = None,
) -> Sorted:
    """Part the article's lines from the page's, each line left out with its reason.

    `boxed` says that the markup has kept labels and links in boxes of their own, which are gone:
    unless one turns up all the same, a line that is no sentence is then a sub-head.
    Of a `notice` of corrections these are the text; of any other article they are a note.
    """
    rules = rules or Rules()
    ruled = {n: because for n, line in enumerate(lines) if (because := rules.reason(line.text))}
    open_ = [n for n in range(len(lines)) if n not in ruled]
    reasons = ruled | {
        open_[at]: because
        for at, because in _reasons([lines[n] for n in open_], boxed, notice).items()
        if not rules.keeps(lines[open_[at]].text)
    }
    return Sorted(
        kept=tuple(line for number, line in enumerate(lines) if number not in reasons),
        dropped=tuple(
            Dropped(text=lines[number].text, because=reasons[number]) for number in sorted(reasons)
        ),
    )


@lru_cache(maxsize=_REMEMBERED)
def speaks_to_readers(text: str) -> bool:
    """Whether the page's own voice, quotations apart, says "we" or "you" and reports nobody."""
    own = _own_voice(text)
    return any(map(_addresses, _WORD.findall(own))) and not _reports(text)


def asks(text: str) -> bool:
    """Whether the page's own voice speaks to readers about paying, joining or signing up."""
    return speaks_to_readers(text) and wording.ASKING.search(_own_voice(text)) is not None


@lru_cache(maxsize=_REMEMBERED)
def _own_voice(text: str) -> str:
    """The line without what it quotes."""
    return quotes.without(text)


@lru_cache(maxsize=_REMEMBERED)
def _reports(text: str) -> bool:
    """Whether the line tells what somebody said."""
    own = _own_voice(text)
    return _holds(own, wording.SAID_WORDS) and wording.SAID.search(own) is not None


@lru_cache(maxsize=_VOCABULARY)
def _addresses(word: str) -> bool:
    """Whether the word is one that speaks to a reader: asked word by word, most are known."""
    return wording.ADDRESS.fullmatch(word) is not None


def is_prose(line: Line) -> bool:
    """Whether the line reads as part of a text: a sentence, a quotation, an item of a list."""
    text = line.text
    return (
        line.quote
        or line.item
        or labels.is_sentence(text)
        or labels.is_quotation(text)
        or labels.words(text) >= _LONG_LINE
    )


def _reasons(lines: Sequence[Line], boxed: bool, notice: bool) -> dict[int, str]:
    """Why lines go, by their place."""
    reasons = {
        number: because
        for number, line in enumerate(lines)
        if (because := _own_reason(line)) and not (notice and because == wording.CORRECTED)
    }
    reasons = dict(_asks(lines, reasons)) | reasons
    strict = not boxed or any(because not in _EVEN_IF_BOXED for because in reasons.values())
    for judge in (_repeats, _strays, _tail) if strict else (_repeats, _boxed_tail):
        reasons = dict(judge(lines, reasons)) | reasons
    return reasons


def _own_reason(line: Line) -> str:
    because = labels.reason(line.text) or _consent(line.text)
    return "" if (line.item or line.quote) and because not in _EVEN_AS_ITEM else because


def _consent(text: str) -> str:
    """Why a line is the page's own where it holds a foreign video or post back."""
    own = _own_voice(text)
    if not _holds(own, wording.SHOWING_WORDS):
        return ""
    told = wording.SHOWING.search(own) and wording.CONSENTING.search(own)
    return wording.CONSENT if told and not _reports(text) else ""


def _holds(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words may stand in the text: a look that spares most lines a pattern."""
    text = text.lower()
    return any(word in text for word in words)


def _asks(lines: Sequence[Line], known: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Appeals and sign-up blocks: sentences to the reader, held between heading and button."""
    left = [n for n in range(len(lines)) if known.get(n, wording.CALL) == wording.CALL]
    speaking = [at for at, n in enumerate(left) if speaks_to_readers(lines[n].text)]
    at = 0
    while speaking and at <= speaking[-1]:
        # No block without a line that speaks to readers: begin where the next one is in reach.
        ahead = bisect_left(speaking, at)
        at = max(at, speaking[ahead] - _LONGEST_BLOCK + 1)
        block = _Block.starting([lines[n] for n in left[at : at + _LONGEST_BLOCK]])
        if block.is_convincing():
            yield from ((n, ASKING) for n in left[at : at + block.size])
        at += block.size if block.is_convincing() else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """Lines that may be an appeal: headings, then sentences, then buttons."""

    head: Sequence[Line]
    body: Sequence[Line]
    tail: Sequence[Line]

    @classmethod
    def starting(cls, lines: Sequence[Line]) -> "_Block":
        """The longest block the lines begin with."""
        first = _while(lines, 0, 2, _may_head)
        last = _while(lines, first, _ASK_SENTENCES, _may_ask)
        end = _while(lines, last, 2, _may_be_button)
        if end == last:
            # Without a button nothing says where an appeal ends but its own voice.
            end = last = _while(lines, first, _ASK_SENTENCES, _may_ask_aloud)
        return cls(head=lines[:first], body=lines[first:last], tail=lines[last:end])

    @property
    def size(self) -> int:
        """How many lines it has."""
        return len(self.head) + len(self.body) + len(self.tail)

    def is_convincing(self) -> bool:
        """Whether the lines together can hardly be anything but an appeal."""
        spoken = [line for line in self.body if speaks_to_readers(line.text)]
        if not spoken:
            return False
        if self.head and self.tail:
            about_asking = any(wording.ASKING.search(_own_voice(line.text)) for line in self._all())
            return 2 * len(spoken) >= len(self.body) and (about_asking or self._button_fits())
        if self.tail:
            others = [line for line in self.body if line not in spoken]
            short = all(labels.words(line.text) <= _HEADING_WORDS for line in others)
            return short and self._button_fits() and any(map(_pleads_alone, spoken))
        asking = [line for line in spoken if asks(line.text)]
        return len(spoken) == len(self.body) <= 2 * len(asking) and self._pleads()

    def _all(self) -> Iterator[Line]:
        yield from (*self.head, *self.body, *self.tail)

    def _button_fits(self) -> bool:
        """Whether the button speaks as "me" or "us", or takes up a word of the sentences."""
        text = " ".join(line.text for line in self.body).lower()
        return any(
            labels.reason(line.text) == wording.CALL
            or wording.ASKING.search(line.text)
            or wording.FIRST_PERSON.search(line.text)
            or any(len(word) > 2 and word in text for word in line.text.lower().split()[-2:])
            for line in self.tail
        )

    def _pleads(self) -> bool:
        """Whether sentences without a button still name the paper, the reader and the wish."""
        text = " ".join(_own_voice(line.text) for line in self.body)
        return bool(
            wording.PAPER.search(text) and wording.READER.search(text) and wording.PLEA.search(text)
        )


def _pleads_alone(line: Line) -> bool:
    """Whether one sentence names both the paper and its reader, or reader and purse."""
    own = _own_voice(line.text)
    return asks(line.text) or (wording.PAPER.search(own) and wording.READER.search(own)) is not None


def _while(lines: Sequence[Line], start: int, most: int, fits: Callable[[Line], bool]) -> int:
    end = start
    while end < len(lines) and end - start < most and fits(lines[end]):
        end += 1
    return end


def _may_head(line: Line) -> bool:
    if line.item or line.quote or labels.words(line.text) > _HEADING_WORDS:
        return False
    question = line.text.endswith("?") and speaks_to_readers(line.text)
    return question or not is_prose(line)


def _may_ask(line: Line) -> bool:
    if line.heading or line.item or not labels.is_sentence(line.text):
        return False
    text = line.text
    return labels.words(text) <= _ASK_WORDS and _own_voice(text) == text and not _reports(text)


def _may_ask_aloud(line: Line) -> bool:
    return _may_ask(line) and speaks_to_readers(line.text)


def _may_be_button(line: Line) -> bool:
    return not line.heading and not is_prose(line) and labels.words(line.text) <= _BUTTON_WORDS


def _repeats(lines: Sequence[Line], known: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Pull quotes and lines printed twice: their words stand elsewhere in the text."""
    squeezed = [_SQUEEZE.sub("", line.text.casefold()) for line in lines]
    left = [number for number in range(len(lines)) if number not in known]
    times = Counter(squeezed[number] for number in left)
    whole = "\n".join(squeezed[number] for number in left)[:_LONGEST_ARTICLE]
    seen: set[str] = set()
    for number in left:
        line, mine = lines[number], squeezed[number]
        if labels.words(line.text) < _REPEAT_WORDS:
            seen.add(mine)
        elif mine in seen:
            yield number, "it stands in the text already"
        elif _may_be_pull_quote(line) and whole.count(mine) > times[mine]:
            yield number, "a pull quote: its words stand in the text"
        else:
            seen.add(mine)


def _may_be_pull_quote(line: Line) -> bool:
    return not labels.is_sentence(line.text) or line.quote or labels.is_quotation(line.text)


def _strays(lines: Sequence[Line], known: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Lines that are no sentence and no marked heading: labels, links, buttons, captions."""
    for number, line in enumerate(lines):
        if number not in known and not line.heading and not is_prose(line):
            if not _LISTED.match(line.text):
                yield number, "no sentence: a label, a link or a caption"


def _tail(
    lines: Sequence[Line], known: Mapping[int, str], stray: float = 1.0
) -> Iterator[tuple[int, str]]:
    """What follows the last paragraph: the end is where prose stops outweighing the rest."""
    best = total = 0.0
    end = 0
    for number, line in enumerate(lines):
        if number in known:
            total -= 0.0 if known[number] == ASKING else _LABEL_WEIGHT
            continue
        total += _weight(line, stray)
        if total >= best:
            best, end = total, number + 1
    yield from ((n, "after the end of the article") for n in range(end, len(lines)))


def _boxed_tail(lines: Sequence[Line], known: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """The same where labels have boxes of their own: a line that is no sentence says little."""
    yield from _tail(lines, known, _BOXED_STRAY)


def _weight(line: Line, stray: float) -> float:
    if line.heading:
        return -0.2
    if not is_prose(line):
        return -stray
    words = labels.words(line.text)
    if words < _SHORT_SENTENCE:
        return 0.2
    return 0.5 if asks(line.text) else 1.0
