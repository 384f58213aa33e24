"""Quotations: word for word, and by the one who said them."""

import re
from collections.abc import Sequence

from digest.summarise.gate import names
from digest.summarise.gate.names import Name
from digest.summarise.gate.reading import Reading, read
from digest.summarise.gate.story import Facts, plain
from digest.text import quotes
from digest.text.terms import words

_PUT_IN = re.compile(r"\[[^\[\]]*\]")
_ENDS = " .,;:!?\"'"
_LEAST_WORDS = 2
"""Shorter ones are titles and single words, which nobody is named for."""
_CAPITALS = 0.6
_BACK = 4
"""Sentences before a quotation among which its speaker is looked for."""


def altered(line: str, source: Facts) -> list[str]:
    """Quotations that the story does not have word for word."""
    return [line[q.start : q.end] for q in quotes.find(line) if not _has(_inside(line, q), source)]


def count(line: str) -> int:
    """How many quotations a line has."""
    return len(quotes.find(line))


def misattributed(line: str, source: Facts) -> list[str]:
    """Quotations whose speaker in the line is not the one that the story names for them."""
    wrong = []
    reading = read(line, source.wording)
    for quotation in quotes.find(line):
        said = _inside(line, quotation)
        if len(said.split()) < _LEAST_WORDS or _is_title(line[quotation.start : quotation.end]):
            continue
        speaker = _speaker(reading, quotation, source)
        if speaker is None:
            continue
        theirs = _speakers(said, source)
        if theirs and not any(names.alike(speaker.words, n.words, source.wording) for n in theirs):
            wrong.append(f"{speaker.text}, where the story has {theirs[-1].text}")
    return wrong


def _is_title(quoted: str) -> bool:
    """Whether it is a work's name rather than what somebody said."""
    found = words(quoted)
    return sum(word[0].isupper() for word in found) > _CAPITALS * len(found)


def _inside(line: str, quotation: quotes.Quotation) -> str:
    end = quotation.end - 1 if quotation.closed else quotation.end
    return plain(line[quotation.start + 1 : end]).strip(_ENDS)


def _has(said: str, source: Facts) -> bool:
    """Word for word, apart from what the line itself marks as put in: "know[ing]"."""
    if said in source.plain:
        return True
    parts = [part.strip(_ENDS) for part in _PUT_IN.split(said)]
    return len(parts) > 1 and any(_in_order(parts, text.lower()) for text in source.sentences)


def _in_order(parts: Sequence[str], text: str) -> bool:
    at = 0
    clean = plain(text)
    for part in parts:
        at = clean.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def _speaker(reading: Reading, quotation: quotes.Quotation, source: Facts) -> Name | None:
    """The name that a speech verb beside the quotation has, None when there is none."""
    outside = [
        n
        for n in names.find(reading, source)
        if not quotation.start <= reading.tokens[n.places[0]].start < quotation.end
    ]
    verbs = [
        n
        for n in reading.places(source.wording.spoke)
        if n < len(reading.tokens)
        and not quotation.start <= reading.tokens[n].start < quotation.end
    ]
    if not outside or not verbs:
        return None
    inside = [n for n, t in enumerate(reading.tokens) if quotation.start <= t.start < quotation.end]
    if not inside:
        return None
    verb = min(verbs, key=lambda n: min(abs(n - inside[0]), abs(n - inside[-1])))
    return min(outside, key=lambda name: _distance(name, verb))


def _distance(name: Name, verb: int) -> int:
    return min(abs(place - verb) for place in name.places)


def _speakers(said: str, source: Facts) -> list[Name]:
    """The names that the story may give the quotation to: those outside quotations in its sentence,
    else those of the nearest sentence before that has any."""
    at = next((n for n, text in enumerate(source.sentences) if said in plain(text)), -1)
    if at < 0:
        return []
    found: list[Name] = []
    spoken_of = bool(source.wording.person.search(quotes.without(source.sentences[at])))
    for back in range(at, max(-1, at - _BACK), -1):
        reading = read(quotes.without(source.sentences[back]), source.wording)
        here = names.find(reading, source)
        found = [*here, *found]
        if here and not spoken_of:
            break
    after = source.sentences[at + 1 : at + 2]
    return [*found, *(n for text in after for n in _named(text, source))]


def _named(text: str, source: Facts) -> Sequence[Name]:
    """Names in a sentence that only says who spoke before."""
    outside = quotes.without(text)
    if not source.wording.spoke.search(outside):
        return []
    return names.find(read(outside, source.wording), source)
