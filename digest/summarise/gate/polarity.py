"""Negation and opposites: a line may not turn round what its story says."""

from collections.abc import Collection, Sequence

from digest.summarise.gate.alignment import Aligned
from digest.summarise.gate.reading import Reading, read
from digest.summarise.gate.story import Facts
from digest.text.terms import words

_SCOPE = 3
"""Meaning words behind a "not" that it is said of."""
_BEFORE, _AFTER = 6, 3
"""Words from a negation to what it is said of, before and behind."""
_SHORT = 3
"""Letters of words that are too short to be told apart by a prefix."""
_PLACE = 4
"""Words that at most gave way with it where one stands for another."""
_SAME = 0.9
"""A sentence with this share of the line's words tells the same thing, or denies it."""


def turned(aligned: Aligned, source: Facts) -> str:
    """What the line negates or no longer negates, "" for nothing."""
    if not aligned.said.tokens:
        return ""
    return (
        _added(aligned, source)
        or _lost(aligned, source)
        or _prefixed(aligned, source)
        or _opposite(aligned, source)
    )


def denied(line: str, source: Facts) -> str:
    """A sentence of the story that says the same with or without a "not" where the line has none or
    one; "" when there is none."""
    here = read(line, source.wording)
    bag = frozenset(t.key for t in here.tokens if t.says)
    strong = source.wording.negation
    negated = len(here.places(strong))
    for said, other in zip(source.sentences, source.bags, strict=True):
        if len(bag) > 2 and len(bag & other) >= _SAME * max(len(bag), len(other)):
            there = read(said, source.wording)
            if bool(there.places(strong)) != bool(negated):
                return f"the story also says “{said}”"
    return ""


def _added(aligned: Aligned, source: Facts) -> str:
    line, wording = aligned.line, source.wording
    kept = set(aligned.kept.values())
    negators = line.places(wording.negation)
    implied = line.places(wording.implied_negation) if aligned.close else []
    there = [*aligned.said.places(wording.negation), *aligned.said.places(wording.implied_negation)]
    for place in dict.fromkeys((*negators, *implied)):
        if place >= len(line.tokens) or place in kept:
            continue
        if aligned.close and _changed_there(aligned, place, there):
            continue
        if not aligned.close and not _affirmed(_scope(line, place), aligned, source):
            continue
        word = line.tokens[place]
        if place not in negators and word.key in source.stems:
            continue
        return f"“{word.text}” was added to “{aligned.said.text}”"
    return ""


def _changed_there(aligned: Aligned, place: int, there: Collection[int]) -> bool:
    """Whether the line's word stands where the story has a negation of its own."""
    return any(
        place in change.after and any(n in there for n in change.before)
        for change in aligned.changes
    ) or (
        # "Police do not believe that anybody was hurt": the negation moved within the sentence.
        bool(there) and all(n not in aligned.kept for n in there)
    )


def _lost(aligned: Aligned, source: Facts) -> str:
    said, line, wording = aligned.said, aligned.line, source.wording
    strong = said.places(wording.negation)
    implied = said.places(wording.implied_negation) if aligned.close else []
    here = [*line.places(wording.negation), *line.places(wording.implied_negation)]
    free = len([n for n in dict.fromkeys(here) if n not in aligned.kept.values()])
    told = {t.key for t in line.tokens}
    for place in dict.fromkeys((*strong, *implied)):
        if place >= len(said.tokens) or place in aligned.kept:
            continue
        if free > 0:
            free -= 1
            continue
        scope = _scope(said, place)
        if not scope or not told.issuperset(scope[: 1 if aligned.close else 2]):
            continue
        if not aligned.close and (here or _affirmed(scope, aligned, source)):
            continue
        return f"“{said.tokens[place].text}” was lost from “{said.text}”"
    return ""


def _scope(reading: Reading, place: int) -> list[str]:
    """The meaning words that a negation is said of."""
    after = [t.key for t in reading.tokens[place + 1 :] if t.says]
    return after[:_SCOPE]


def _affirmed(scope: Sequence[str], aligned: Aligned, source: Facts) -> bool:
    """Whether the story has one of the words, and nowhere with a negation close before it."""
    patterns = (source.wording.negation, source.wording.implied_negation)
    for key in scope:
        having = [n for n, bag in enumerate(source.bags) if key in bag]
        if having:
            return any(n in aligned.home for n in having) and not any(
                _denied_close(key, source.sentences[n], source)
                for n in having
                if any(pattern.search(source.sentences[n]) for pattern in patterns)
            )
    return False


def _denied_close(key: str, sentence: str, source: Facts) -> bool:
    reading = read(sentence, source.wording)
    patterns = (source.wording.negation, source.wording.implied_negation)
    denials = [place for pattern in patterns for place in reading.places(pattern)]
    at = [place for place, token in enumerate(reading.tokens) if token.key == key]
    return any(-_AFTER <= place - denial <= _BEFORE for place in at for denial in denials)


def _prefixed(aligned: Aligned, source: Facts) -> str:
    """ "Legal" for "illegal", and the other way round."""
    said, line = {t.lower for t in aligned.said.tokens}, {t.lower for t in aligned.line.tokens}
    for word in line - said:
        if len(word) <= _SHORT:
            continue
        for prefix in source.wording.negative_prefixes:
            for other in (word.removeprefix(prefix), prefix + word):
                new = other != word and other in said and other not in line
                if new and len(other) > _SHORT and not _in_home(word, aligned, source):
                    return f"“{word}”, where the story has “{other}”"
    return ""


def _in_home(word: str, aligned: Aligned, source: Facts) -> bool:
    return any(word in words(source.sentences[n].lower()) for n in aligned.home)


def _opposite(aligned: Aligned, source: Facts) -> str:
    """A word of the line in whose place the story has its contrary, or only the contrary at all."""
    said, line = aligned.said.tokens, aligned.line.tokens
    for change in aligned.changes:
        if max(len(change.before), len(change.after)) <= _PLACE:
            before = {said[n].lower for n in change.before}
            found = _contrary({line[n].lower for n in change.after}, before, source)
            if found:
                return found
    strange = {t.lower for t in line if t.says} - source.words
    return _contrary(strange, {t.lower for t in said if t.says}, source, {t.lower for t in line})


def _contrary(
    new: Collection[str], old: Collection[str], source: Facts, line: Collection[str] = ()
) -> str:
    """Words of which one means the contrary of the other, where neither side has both."""
    new, old = frozenset(new), frozenset(old)
    for pair in source.wording.opposites:
        for one, other in (pair, pair[::-1]):
            if new & one and old & other and not (old & one or (new | frozenset(line)) & other):
                if not line or not source.words & one:
                    return f"“{min(new & one)}”, where the story has “{min(old & other)}”"
    return ""
