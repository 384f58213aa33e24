"""Lines made false on purpose: one small mistake each, as a hasty writer or a model makes it.

Nothing here looks into the gate: names, numbers and quotations are found in a way of its own.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-zà-ÿ]+(?:[-’'][A-Z][a-z]+)?(?: [A-Z][a-zà-ÿ]+)*\b")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_NO_NAMES = frozenset((*_DAYS, *_MONTHS, "The", "Mr", "Mrs", "Ms", "But", "And", "It", "He", "She"))
_FIGURE = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w.]\d)")
_WORDS = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty".split()
_SCALES = {"thousand": "million", "million": "billion", "billion": "million", "hundred": "thousand"}
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|did|does|do)\b"
    r"(?! not\b|n[’']t| no\b| never\b)"
)
_PAST = re.compile(
    r"(?<=[a-z] )(?!\w*eed\b)[a-z]{3,}ed\b(?= (?:a|an|the|his|her|their|its|in|on)\b)"
)
_NEGATIONS: tuple[tuple[str, str], ...] = (
    (r"\bcannot\b|\bcan[’']t\b", "can"), (r"\bwon[’']t\b", "will"), (r"n[’']t\b", ""),
    (r"\b(did|does|is|are|was|were|has|have|had|will|would|could|should|may|might) not\b", r"\1"),
    (r" never\b", ""), (r"\bno longer\b", "still"), (r"\bno\b(?= [a-z])", "a"),
    (r"\bwithout\b", "with"), (r"\bfailed to\b", "managed to"), (r"\bdenie([sd])\b", r"admitte\1"),
    (r"\brefused to\b", "agreed to"), (r"\bunable to\b", "able to"), (r"\bnot\b ", ""),
    (r"\bnone of\b", "all of"), (r"\bunlikely\b", "likely"), (r"\bnobody\b", "everybody"),
)  # fmt: skip
_HEDGES: tuple[tuple[str, str], ...] = (
    (r"\b(?:allegedly|reportedly|apparently|possibly|probably|potentially) ", ""),
    (r"\ballegations of\b", "proof of"), (r"\balleged\b ", ""), (r"\bsuspected\b (?=[a-z])", ""),
    (r"\b(?:is|was|are|were) accused of\b", "is guilty of"), (r"\baccused of\b", "guilty of"),
    (r"\bon suspicion of\b", "for"), (r"\bmay be\b", "is"), (r"\bmight be\b", "is"),
    (r"\bmay have\b", "has"), (r"\bmight have\b", "has"), (r"\bcould be\b", "is"),
    (r"\b(?:may|might|could)\b(?= [a-z])", "will"), (r"\b(?:plans|planned|plan) to\b", "will"),
    (r"\b(?:is|are) (?:likely|expected) to\b", "will"), (r"\b(?:is|are) planning to\b", "will"),
    (r"\b(?:was|were) (?:likely|expected) to\b", "would"), (r"\b(?:likely|expected)\b ", ""),
    (r"\b(?:is|was) (?:believed|thought|said) to (?:be|have been)\b", "was"),
    (r"\bappear(?:s|ed) to (?:be|have)\b", "has"), (r"\bproposed\b ", ""),
    (r"\bclaimed\b", "proved"), (r"\bsuspects?\b", "killer"),
    (r"\barrest warrants? (?:was|were) issued for\b", "police arrested"),
    (r"\b(?:attempted|tried|trying) to\b", "managed to"),
)  # fmt: skip
_OPPOSITES = {
    "rose": "fell", "fell": "rose", "won": "lost", "lost": "won", "increase": "decrease",
    "increased": "decreased", "more": "fewer", "before": "after", "after": "before",
    "accepted": "rejected", "rejected": "accepted", "approved": "rejected", "guilty": "innocent",
    "support": "oppose", "supported": "opposed", "opened": "closed", "closed": "opened",
    "highest": "lowest", "lower": "higher", "higher": "lower", "over": "under", "north": "south",
    "south": "north", "win": "defeat", "victory": "defeat", "men": "women", "man": "woman",
    "son": "daughter", "father": "mother", "wife": "sister", "alive": "dead", "dead": "alive",
    "killed": "injured", "injured": "killed", "best": "worst", "first": "last", "east": "west",
}  # fmt: skip
_SAID = r"(?:said|says|told \w+|added|announced|warned|claimed)"
_TRAILING = re.compile(rf",[”\"]? (?:[A-Z][\w’'.-]+ ?|[a-z]+ ){{1,6}}{_SAID}(?: [^,.]*)?(?=\.$)")
_ACCORDING = re.compile(r",? according to [^,.]+(?=[.,])|^According to [^,]+, ")
_LEADING = re.compile(
    rf"^[A-Z][^,“”\"]{{2,60}}? {_SAID}(?: on \w+| [A-Z]\w+day)? (?:that )?(?=[a-zA-Z])"
)
_SPEAKER = re.compile(
    r"(?P<before>[A-Z][a-z]+(?: [A-Z][a-z]+)*) (?:said|says|told|added|wrote)\b"
    r"|(?:said|says|according to) (?P<after>[A-Z][a-z]+(?: [A-Z][a-z]+)*)"
)
_QUOTED = re.compile(r"(?<!\S)[“\"](?=\S)([^“”\"]{12,}?)(?<=\S)[”\"](?!\w)")

Corrupt = Callable[["Told", "Told", Random], "str | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A line, and what its article has for others to be confused with."""

    line: str
    names: Sequence[str]
    """Those of the article, as they stand inside its sentences."""
    words: Sequence[str]
    """Its ordinary words."""
    text: str


def names(text: str) -> list[str]:
    """Capitalised runs inside sentences, days and months apart."""
    found = dict.fromkeys(match.group() for match in _NAME.finditer(text))
    small = set(re.findall(r"\b[a-z]+\b", text))
    return [
        name
        for name in found
        if _NO_NAMES.isdisjoint(name.split())
        and len(name) > 3
        and small.isdisjoint(name.lower().split())
    ]


def ordinary(text: str) -> list[str]:
    """Lower-case words of five letters and more."""
    return list(dict.fromkeys(re.findall(r"\b[a-z]{5,}\b", text)))


def another_story(told: Told, other: Told, chance: Random) -> str | None:
    """The line of another article."""
    return other.line


def foreign_name(told: Told, other: Told, chance: Random) -> str | None:
    """A name of the line gives way to one that the article does not have."""
    return _renamed(told, [n for n in other.names if not _known(n, told.text)], chance)


def swapped_name(told: Told, other: Told, chance: Random) -> str | None:
    """A name of the line gives way to another one of the article."""
    return _renamed(told, told.names, chance)


def number(told: Told, other: Told, chance: Random) -> str | None:
    """A figure, a number word or a scale is another one."""
    places = [m for m in _FIGURE.finditer(told.line)]
    words = [*re.finditer(rf"\b(?:{'|'.join((*_WORDS, *_SCALES))})\b", told.line)]
    if not places and not words:
        return None
    place = chance.choice([*places, *words])
    return _with(told.line, place, _another_number(place.group(), chance))


def negated(told: Told, other: Told, chance: Random) -> str | None:
    """ "not" after an auxiliary, or "never" before a past tense."""
    outside = _outside(told.line)
    places = [m for m in _AUXILIARY.finditer(told.line) if outside(m)]
    if places:
        place = chance.choice(places)
        return _with(told.line, place, f"{place.group()} not")
    past = [m for m in _PAST.finditer(told.line) if outside(m)]
    return _with(told.line, past[0], f"never {past[0].group()}") if past else None


def affirmed(told: Told, other: Told, chance: Random) -> str | None:
    """A negation is gone."""
    return _replaced(told.line, _NEGATIONS, chance)


def certain(told: Told, other: Told, chance: Random) -> str | None:
    """A hedge is gone."""
    return _replaced(told.line, _HEDGES, chance)


def misquoted(told: Told, other: Told, chance: Random) -> str | None:
    """A word inside a quotation is another one, or missing."""
    quoted = [m for m in _QUOTED.finditer(told.line) if len(m[1].split()) > 2]
    if not quoted:
        return None
    start, said = quoted[0].start(1), quoted[0][1]
    places = [m for m in re.finditer(r"\b[a-z]{4,}\b", said)]
    if not places:
        return None
    place = chance.choice(places)
    new = chance.choice([w for w in (*told.words, "really") if w != place.group()])
    inner = 0 < place.start() and place.end() < len(said.rstrip(".,"))
    if inner and chance.random() < 0.25:
        return (
            told.line[:start]
            + " ".join(_with(said, place, "").split())
            + told.line[start + len(said) :]
        )
    return told.line[:start] + _with(said, place, new) + told.line[start + len(said) :]


def other_speaker(told: Told, other: Told, chance: Random) -> str | None:
    """A quotation is put into somebody else's mouth."""
    if not _QUOTED.search(told.line) or not re.search(_SAID, told.line):
        return None
    outside = _outside(told.line)
    speakers = [m for m in _SPEAKER.finditer(told.line) if outside(m)]
    others = [n for n in told.names if " " in n and n.split()[-1] not in told.line]
    if not speakers or not others:
        return None
    place = speakers[0]
    old = place["before"] or place["after"]
    if not any(old.split()[-1] in name for name in told.names):
        return None
    return told.line.replace(old, chance.choice(others), 1)


def another_day(told: Told, other: Told, chance: Random) -> str | None:
    """A weekday or a month is another one."""
    places = [
        *re.finditer(
            rf"\b(?:{'|'.join((*_DAYS, *(m for m in _MONTHS if m != 'May')))})\b", told.line
        )
    ]
    if not places:
        return None
    place = chance.choice(places)
    kind = _DAYS if place.group() in _DAYS else _MONTHS
    return _with(told.line, place, chance.choice([d for d in kind if d != place.group()]))


def unattributed(told: Told, other: Told, chance: Random) -> str | None:
    """What somebody said is told as a fact."""
    if "“" in told.line or '"' in told.line:
        return None
    for pattern in (_TRAILING, _ACCORDING, _LEADING):
        match = pattern.search(told.line)
        if match and len(told.line) - len(match.group()) > 40:
            left = _with(told.line, match, "").strip()
            return left[0].upper() + left[1:]
    return None


def opposite(told: Told, other: Told, chance: Random) -> str | None:
    """A word means the contrary."""
    places = [m for m in re.finditer(r"\b[a-z]+\b", told.line) if m.group() in _OPPOSITES]
    if not places:
        return None
    place = chance.choice(places)
    return _with(told.line, place, _OPPOSITES[place.group()])


KINDS: Mapping[str, tuple[Corrupt, float]] = {
    "another story's line": (another_story, 99.5),
    "name from another article": (foreign_name, 99),
    "name swapped within the article": (swapped_name, 70),
    "number changed": (number, 95),
    "negation added": (negated, 90),
    "negation removed": (affirmed, 90),
    "quoted word altered": (misquoted, 95),
    "quotation given to another": (other_speaker, 0),
    "hedge removed": (certain, 75),
    "day or month changed": (another_day, 0),
    "attribution dropped": (unattributed, 0),
    "word for its opposite": (opposite, 0),
}
"""Each with the share that is to be caught, in per cent; 0 where no goal was set."""


def _renamed(
    told: Told, names: Sequence[str], chance: Random, only: Sequence[str] | None = None
) -> str | None:
    here = [
        n
        for n in (told.names if only is None else only)
        if re.search(rf"\b{re.escape(n)}\b", told.line)
    ]
    if not here:
        return None
    old = chance.choice(here)
    others = [n for n in names if not set(n.lower().split()) & set(old.lower().split())]
    alike = [n for n in others if n.count(" ") == old.count(" ")]
    others = [n for n in alike or others if n not in told.line]
    return re.sub(rf"\b{re.escape(old)}\b", chance.choice(others), told.line) if others else None


def _known(name: str, text: str) -> bool:
    return any(re.search(rf"\b{re.escape(part)}", text, re.IGNORECASE) for part in name.split())


def _another_number(old: str, chance: Random) -> str:
    if old in _SCALES:
        return _SCALES[old]
    if old in _WORDS:
        return chance.choice([word for word in _WORDS if word != old])
    digits = [n for n, char in enumerate(old) if char.isdigit()]
    at = chance.choice(digits)
    few = "123456789" if at == 0 else "0123456789"
    return old[:at] + chance.choice([d for d in few if d != old[at]]) + old[at + 1 :]


def _replaced(line: str, rules: Sequence[tuple[str, str]], chance: Random) -> str | None:
    outside = _outside(line)
    found = []
    for pattern, new in rules:
        for match in re.finditer(pattern, line, re.IGNORECASE):
            changed = line[: match.start()] + match.expand(new) + line[match.end() :]
            if outside(match) and changed != line:
                found.append(changed)
    if not found:
        return None
    changed = chance.choice(found).strip()
    return changed[:1].upper() + changed[1:]


def _outside(line: str) -> Callable[[re.Match[str]], bool]:
    """Whether a place is outside quotations, whose words have a corruption of their own."""
    spans = [m.span() for m in _QUOTED.finditer(line)]
    return lambda place: not any(a <= place.start() < b for a, b in spans)


def _with(line: str, place: re.Match[str], new: str) -> str:
    return line[: place.start()] + new + line[place.end() :]
