"""Pasted text: headline, standfirst and paragraphs found among everything copied with them."""

import re
from collections.abc import Sequence

from digest.collect import kinds, labels, language, lines, rules
from digest.collect.lines import Line
from digest.collect.metadata import Metadata
from digest.model.news import Dropped, Page
from digest.text.plain import one_line

_NO_ARTICLE = (
    "No article was found in the text: it has no paragraph of whole sentences; paste the text"
    " of the story itself."
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d,.]*\d|\d")
_HEADLINE_WORDS = range(3, 31)
_NEAR = 8
"""How many paragraphs after a headline are searched for its words."""
_WRAPPED = range(50, 101)
"""Letters in the lines of text that was broken by a mail program."""


def read(text: str, *, drop: Sequence[str] = (), keep: Sequence[str] = ()) -> Page:
    """Split pasted text into the article and the lines around it, each with its reason.

    A line that matches one of the editors' regular expressions always goes (`drop`) or never does
    (`keep`, the stronger).
    """
    ruled = rules.of(drop, keep)
    found = [Line(text=line) for line in _lines(text)]
    start = _headline(found)
    end = start if start is not None else -1
    headline = found[start].text if start is not None else ""
    at = _standfirst(found, end + 1) if headline else None
    standfirst = found[at].text if at is not None else ""
    article = lines.sort(
        [line for n, line in enumerate(found) if n > end and n != at],
        notice=kinds.is_notice(Metadata(headline=headline)),
        rules=ruled,
    )
    above, dropped = _before(found[: start or 0], ruled)
    paragraphs = tuple(line.text for line in (*above, *article.kept))
    kind, because = kinds.read(
        Metadata(headline=headline),
        kinds.Shown(
            paragraphs=paragraphs,
            above=[line.text for line in found[: start or 0]],
            inside=article.dropped,
        ),
    )
    return Page(
        headline=headline,
        standfirst="" if ruled.reason(standfirst) else standfirst,
        kind=kind,
        kind_because=because,
        language=language.of(" ".join(paragraphs)),
        paragraphs=paragraphs,
        dropped=dropped + article.dropped + ruled.told(),
        problem="" if paragraphs else _NO_ARTICLE,
    )


def _before(found: Sequence[Line], ruled: rules.Rules) -> tuple[list[Line], tuple[Dropped, ...]]:
    """The lines above the headline: those the editors keep, and the others with their reasons."""
    before = lines.sort(found)
    above = [line for line in found if ruled.keeps(line.text)]
    texts = {line.text for line in above}
    told = tuple(
        Dropped(text=line.text, because=ruled.reason(line.text) or "before the headline")
        for line in before.kept
    )
    return above, tuple(each for each in before.dropped + told if each.text not in texts)


def _lines(text: str) -> list[str]:
    """The paragraphs: lines as pasted, or whole blocks where a program broke the lines."""
    found: list[str] = []
    for block in _BLANK_LINE.split(text.replace("\r\n", "\n").replace("\r", "\n")):
        parts = [line for part in block.split("\n") if (line := one_line(part))]
        wrapped = [
            part for part in parts[:-1] if len(part) in _WRAPPED and not labels.is_sentence(part)
        ]
        if len(parts) > 1 and 2 * len(wrapped) > len(parts) - 1:
            parts = [" ".join(parts)]
        found.extend(parts)
    return found


def _headline(found: Sequence[Line]) -> int | None:
    """The line whose words come back in the paragraphs that follow it."""
    asked = {line.text for line in lines.sort(found).dropped if line.because == lines.ASKING}
    prose = [labels.is_sentence(line.text) and line.text not in asked for line in found]
    total = sum(labels.words(line.text) for line, is_it in zip(found, prose, strict=True) if is_it)
    best: tuple[float, int] | None = None
    for at, line in enumerate(found):
        if not _could_be_headline(line):
            continue
        following = [n for n in range(at + 1, len(found)) if not _is_skipped(found[n], asked)]
        after = [found[n].text for n in following if prose[n]]
        if not following or not prose[following[0]]:
            continue
        if 2 * sum(map(labels.words, after)) < total:
            break
        score = _shared(line.text, after[:_NEAR])
        if best is None or score > best[0]:
            best = (score, at)
    if best is None:
        return None
    at = best[1]
    # A standfirst without a full stop follows the headline it belongs to.
    above = found[at - 1] if at else None
    if above is not None and _could_be_headline(above):
        after = [line.text for line in found[at:]]
        if _shared(above.text, after[: _NEAR + 1]) >= max(0.3, best[0] / 2):
            return at - 1
    return at


def _could_be_headline(line: Line) -> bool:
    text = line.text
    stops = labels.is_sentence(text) and not text.endswith(("?", "!", "?”", "!”", "?’", "!’"))
    return labels.words(text) in _HEADLINE_WORDS and not stops and not labels.reason(text)


def _is_skipped(line: Line, asked: set[str]) -> bool:
    return line.text in asked or labels.reason(line.text) != ""


def _shared(headline: str, paragraphs: Sequence[str]) -> float:
    """Which part of the headline's words the paragraphs use."""
    wanted = {word.casefold()[:6] for word in _CONTENT_WORD.findall(headline)}
    used = {word.casefold()[:6] for text in paragraphs for word in _CONTENT_WORD.findall(text)}
    return len(wanted & used) / len(wanted) if wanted else 0.0


def _standfirst(found: Sequence[Line], start: int) -> int | None:
    """The line between headline and text that sums the story up, if there is one."""
    if start >= len(found) or labels.reason(found[start].text):
        return None
    text = found[start].text
    rest = [n for n in range(start + 1, len(found)) if not labels.reason(found[n].text)]
    if not rest or not labels.is_sentence(found[rest[0]].text):
        return None
    words, next_words = labels.words(text), labels.words(found[rest[0]].text)
    if not labels.is_sentence(text):
        return start
    separated = rest[0] > start + 1
    capitals = labels.opens_in_capitals(found[rest[0]].text) and not labels.opens_in_capitals(text)
    short = words <= 20 and 2 * next_words >= 3 * words
    return start if words <= 45 and (separated or capitals or short) else None
