"""Hedges and attribution: what was only suspected, planned or said may not become a fact."""

import re
from collections.abc import Mapping

from digest.summarise.gate.alignment import Aligned
from digest.summarise.gate.reading import Reading
from digest.summarise.gate.story import Facts
from digest.summarise.wording import Wording

_STANDS_FOR: Mapping[str, frozenset[str]] = {
    "alleged": frozenset({"alleged"}),
    "possible": frozenset({"possible", "alleged", "planned"}),
    "planned": frozenset({"planned", "possible"}),
}
"""Kind -> the kinds that may stand in its place."""
_HALF = 0.4
"""Below this share a sentence only has words in common with the line."""
_SPEAKER = re.compile(r"[,”\"]")
_REACH = 8
"""Words from a speech verb to what was said, on either side."""
_ONE_SENTENCE = 0.8
"""With this share of its words in one sentence a line tells what that sentence tells."""


def lost(aligned: Aligned, source: Facts) -> str:
    """A hedge of the likest sentence on what the line tells, and which it no longer has."""
    said, line, wording = aligned.said, aligned.line, source.wording
    here = _places(line, wording)
    kept = set(aligned.kept.values())
    free = {kind: [n for n in places if n not in kept] for kind, places in here.items()}
    for kind, places in _places(said, wording).items():
        for place in places:
            if place in aligned.kept:
                continue
            instead = _instead(kind, free)
            if instead:
                instead.pop()
            elif _stands_on_what_is_told(place, aligned) and not (
                _unhedged(kind, place, aligned, source)
            ):
                return f"“{said.tokens[place].text}” was lost from “{said.text}”"
    return _condemned(line, source)


def unattributed(aligned: Aligned, source: Facts) -> str:
    """Who said it in the story, where the line tells it as a fact and the story nowhere does."""
    wording, said, line = source.wording, aligned.said, aligned.line
    there = [n for n in said.places(wording.spoke) if n < len(said.tokens)]
    if aligned.near < _ONE_SENTENCE or not any(_governs(n, aligned) for n in there):
        return ""
    if line.places(wording.spoke) or _places(line, wording).get("alleged"):
        return ""
    bag = frozenset(t.key for t in line.tokens if t.says)
    for n, other in enumerate(source.bags):
        told = len(bag & other) >= _ONE_SENTENCE * len(bag)
        if n != aligned.index and told and not wording.attribution.search(source.sentences[n]):
            return ""
    return f"the story has it as what somebody said: “{said.text}”"


def _condemned(line: Reading, source: Facts) -> str:
    """A word of guilt that the story does not have: "guilty" for "accused"."""
    for place in line.places(source.wording.guilt):
        if place < len(line.tokens) and line.tokens[place].key not in source.stems:
            return f"“{line.tokens[place].text}” is not in the story"
    return ""


def _governs(verb: int, aligned: Aligned) -> bool:
    """Whether all that the line kept stands before ", she said" or behind "she said that"."""
    if not aligned.kept or verb in aligned.kept:
        return False
    first, last = min(aligned.kept), max(aligned.kept)
    if first > verb:
        return first - verb <= _REACH
    if last > verb or verb - last > _REACH:
        return False
    between = aligned.said.text[aligned.said.tokens[last].end : aligned.said.tokens[verb].start]
    return bool(_SPEAKER.match(between))


def _places(reading: Reading, wording: Wording) -> dict[str, list[int]]:
    """Kind of hedge -> its tokens; the month of May is none."""
    return {
        kind: [
            n
            for n in reading.places(pattern)
            if n < len(reading.tokens) and not _is_month(reading, n, wording)
        ]
        for kind, pattern in wording.hedge_kinds.items()
    }


def _is_month(reading: Reading, n: int, wording: Wording) -> bool:
    token = reading.tokens[n]
    return n > 0 and token.capital and any(token.lower in names for names in wording.months)


def _instead(kind: str, free: Mapping[str, list[int]]) -> list[int]:
    """Hedges of the line that may stand for one of this kind."""
    kinds = (kind, *sorted(_STANDS_FOR.get(kind, frozenset()) - {kind}))
    return next((free[k] for k in kinds if free.get(k)), [])


def _stands_on_what_is_told(place: int, aligned: Aligned) -> bool:
    """Whether the first meaning words behind the hedge are the line's, too."""
    said = aligned.said.tokens
    following = [n for n in range(place + 1, len(said)) if said[n].says][:2]
    if aligned.close:
        return place + 1 in aligned.kept or bool(following and following[0] in aligned.kept)
    if not following:
        return False
    told = {t.key for t in aligned.line.tokens}
    return aligned.near >= _HALF and all(said[n].key in told for n in following)


def _unhedged(kind: str, place: int, aligned: Aligned, source: Facts) -> bool:
    """Whether a sentence of the story says the same without a hedge."""
    if aligned.close:
        return False
    scope = [t.key for t in aligned.said.tokens[place + 1 :] if t.says][:2]
    pattern = source.wording.hedge_kinds[kind]
    return any(
        bag.issuperset(scope) and not pattern.search(sentence)
        for sentence, bag in zip(source.sentences, source.bags, strict=True)
    )
