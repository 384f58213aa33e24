"""Boilerplate learned from a source itself: lines that come back in stories about other things.

A paper's own lines (an appeal in new words, a note on its writers) stand in article after article,
whatever these are about. The background paragraphs that articles on one event share do so, too,
but only there: so a line counts as learned when the headlines it stood under have nothing to do
with one another.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

from digest.collect import labels
from digest.model.news import Dropped
from digest.text import quotes

_SQUEEZE = re.compile(r"[^\w]+")
_DIGITS = re.compile(r"\d+")
_CONTENT = re.compile(r"[^\W\d_]{4,}|\d+")
_STEM = 6
_FIRST, _LAST = 2, 4
"""Lines at the edges of an article are remembered however long they are."""
_SHORT = 40
"""Words of a line that is remembered wherever it stands."""
_REASON = re.compile(r"it stands in \d+ articles of this source")
_LEAST = 3
"""Articles about other things that a line must stand in."""
_SHARED = 1
"""Words that two headlines about other things may have in common."""
_EMPTY_WORDS = frozenset(
    "about after again against also amid been before being between could down during each even"
    " every first from gets have here into just last like make makes more most much must near news"
    " only other over said says should some still such take takes than that their them then there"
    " these they this those three time under until upon very want wants were what when where which"
    " while will with without would year years your live update updates video"
    " aber alle auch beim eine einem einen einer dies diese durch gegen haben kann mehr nach nicht"
    " noch oder schon sein seine sich sind über unter viel warum wenn werden wieder wird"
    " avec cette comme contre dans depuis elle elles encore entre leur leurs mais même pour"
    " pourquoi sans sont sous tout tous vers"
    " como contra cuando desde donde entre esta este hasta para pero porque sobre también".split()
)


def keys(paragraphs: Sequence[str]) -> list[str]:
    """The keys of an article's lines that may turn out to be the paper's, once each."""
    size = len(paragraphs)
    return list(
        dict.fromkeys(
            key(text)
            for number, text in enumerate(paragraphs)
            if number < _FIRST or number >= size - _LAST or labels.words(text) <= _SHORT
        )
    )


def key(line: str) -> str:
    """The same for all lines with the same words, whatever their numbers and marks."""
    words = _DIGITS.sub("0", _SQUEEZE.sub(" ", line.casefold())).strip()
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def repeated(
    lines: Sequence[str], seen: Mapping[str, Sequence[tuple[str, str]]], *, url: str, headline: str
) -> list[Dropped]:
    """The lines of an article that the source prints under headlines about other things, too.

    `seen` has URL and headline of articles by line key; the article itself may be among them.
    """
    return list(_repeated(lines, seen, url, headline))


def told(dropped: Sequence[Dropped]) -> list[Dropped]:
    """Those of an article's dropped lines that were learned."""
    return [line for line in dropped if _REASON.fullmatch(line.because)]


def _repeated(
    lines: Sequence[str], seen: Mapping[str, Sequence[tuple[str, str]]], url: str, headline: str
) -> Iterator[Dropped]:
    about = _content(headline)
    for line in lines:
        others = {address: head for address, head in seen.get(key(line), ()) if address != url}
        if len(others) + 1 < _LEAST or _is_of_the_story(line, about):
            continue
        if len(_unlike([headline, *others.values()])) >= _LEAST:
            yield Dropped(
                text=line, because=f"it stands in {len(others) + 1} articles of this source"
            )


def _is_of_the_story(line: str, about: set[str]) -> bool:
    """Whether somebody speaks in the line, or it takes up a word of the headline."""
    return quotes.without(line) != line or bool(about & _content(line))


def _unlike(headlines: Sequence[str]) -> list[set[str]]:
    """The headlines of which no two are about the same, as many as the first allow."""
    found: list[set[str]] = []
    for each in headlines:
        words = _content(each)
        if words and all(len(words & other) <= _SHARED for other in found):
            found.append(words)
    return found


def _content(text: str) -> set[str]:
    """The beginnings of the words that say what a text is about."""
    return {word[:_STEM] for word in _CONTENT.findall(text.casefold()) if word not in _EMPTY_WORDS}
