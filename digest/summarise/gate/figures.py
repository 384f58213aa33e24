"""Whether the numbers of a line are its story's, and count the same things there."""

from datetime import date

from digest.summarise.gate import dates, numbers
from digest.summarise.gate.alignment import Aligned
from digest.summarise.gate.numbers import Number
from digest.summarise.gate.story import Facts, counted
from digest.summarise.wording import Wording

_LAST_DAY = 31
_REACH = 20
"""Characters before a number among which "about" stands."""
_COMMON = 100
"""Below it a number may stand in a story by accident."""
_AROUND = 3
"""Words beside a number that may have changed with it."""
_BESIDE = 3
"""Meaning words on either side of a number that tell what it counts."""


def count(line: str, wording: Wording) -> int:
    """How many numbers a line has that are held against its story."""
    return sum(n.counts for n in numbers.find(line, wording))


def foreign(aligned: Aligned, source: Facts, written: date | None) -> list[str]:
    """Numbers that the story does not have, or has for something else."""
    wording, text = source.wording, aligned.line.text
    moments = dates.find(text, wording, None)
    wrong = []
    for number in numbers.find(text, wording):
        dated = any(m.start <= number.start < m.end for m in moments)
        if dated and number.value <= _LAST_DAY:
            continue
        instead = _instead(number, aligned, source)
        if instead:
            wrong.append(f"{number.text}, where the story has {instead}")
        elif number.counts and not (
            _has(number, source, text) or _is_year(number, source, written)
        ):
            wrong.append(f"{number.text}: not in the story")
        elif number.counts and not _counts_the_same(number, aligned, source):
            wrong.append(f"{number.text}: of something else in the story")
    return wrong


def _has(number: Number, source: Facts, text: str) -> bool:
    told = [other for found in counted(source) for other in found]
    if any(numbers.same(number, other) for other in told):
        return True
    if _approximate(number, text, source.wording) and any(numbers.rounds(number, n) for n in told):
        return True
    return number.also is not None and _in_words(number, source)


def _counts_the_same(number: Number, aligned: Aligned, source: Facts) -> bool:
    """Whether a sentence that has the number has a word beside it, too, or is the likest one."""
    line = aligned.line
    at = [
        n
        for n, found in enumerate(counted(source))
        if any(numbers.same(number, other) for other in found)
    ]
    if number.kind or number.value >= _COMMON or not at or any(n in aligned.home for n in at):
        return True
    place = line.at(number.start)
    before = [t.key for t in line.tokens[:place] if t.says][-_BESIDE:]
    after = [t.key for t in line.tokens[line.at(number.end) :] if t.says][:_BESIDE]
    beside = {*before, *after}
    return not beside or any(beside & source.bags[n] for n in at)


def _approximate(number: Number, text: str, wording: Wording) -> bool:
    before = text[max(0, number.start - _REACH) : number.start].rstrip(" $€£¥₹")
    return bool(wording.roughly.search(before))


def _in_words(pair: Number, source: Facts) -> bool:
    """ "5-4" of a story that has "five votes to four"."""
    return any(
        one.value == pair.value and other.value == pair.also and other.start - one.end < 12
        for found in counted(source)
        for one, other in zip(found, found[1:], strict=False)
    )


def _is_year(number: Number, source: Facts, written: date | None) -> bool:
    """The year of the story, or the one before or after it where the story speaks of one."""
    if written is None or number.kind:
        return False
    if number.value == written.year:
        return True
    steps = [
        source.wording.period_steps.get(match.group().split()[0], 0)
        for match in source.wording.period.finditer(source.plain)
        if match.lastgroup == "year"
    ]
    return any(number.value == written.year + step for step in steps)


def _instead(number: Number, aligned: Aligned, source: Facts) -> str:
    """The number that the likest sentence has in this place, "" when it is the same one."""
    here = range(aligned.line.at(number.start), aligned.line.at(number.end - 1) + 1)
    change = next((c for c in aligned.changes if any(n in c.after for n in here)), None)
    if change is None or not (aligned.close or (change.anchored and number.counts)):
        return ""
    if max(len(change.before), len(change.after)) > len(here) + _AROUND:
        return ""
    said = aligned.said
    there = [
        other
        for other in numbers.find(said.text, source.wording)
        if any(n in change.before for n in range(said.at(other.start), said.at(other.end - 1) + 1))
    ]
    if (
        not there
        or not (there[0].counts or (not number.kind and number.word))
        or any(_stands_for(number, other, aligned, source) for other in there)
    ):
        return ""
    return there[0].text


def _stands_for(number: Number, other: Number, aligned: Aligned, source: Facts) -> bool:
    if numbers.same(number, other):
        return True
    rough = _approximate(number, aligned.line.text, source.wording)
    return rough and numbers.rounds(number, other)
