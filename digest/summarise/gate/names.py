"""Names: which a sentence has, and whether those of a line are its story's."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.summarise.gate.alignment import Aligned
from digest.summarise.gate.reading import Reading, Token
from digest.summarise.gate.story import Facts
from digest.summarise.wording import Wording
from digest.text.terms import words

_LEAST_ROOT = 3
_LONG = 6
_TITLED = 0.7
"""With more capitals than this share the line is set like a title, and they tell no names."""
_OPENING = '"“„«‘'
_APART = 3
"""Words from a first name to a surname, which may have an initial and a middle name before it."""
_BETWEEN = re.compile(r"\s+|(?<=[A-Za-z])\.\s+|-|\s+[“\"‘'(]|\s*&\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Capitalised words in a row: places among the tokens of its sentence, and the words."""

    places: range
    words: tuple[str, ...]
    text: str


def find(reading: Reading, source: Facts, aligned: Aligned | None = None) -> list[Name]:
    """The names of a sentence; its first word only where it is no ordinary one, or stands where the
    likest sentence of the story has a name."""
    found: list[Name] = []
    run: list[int] = []
    for place, token in enumerate(reading.tokens):
        named = _is_name(token, source.wording)
        if named and _opens(place, reading):
            named = not _ordinary(place, reading, source) or _for_a_name(place, aligned, source)
        if run and (not named or not _touch(reading, run[-1], place)):
            found.append(_name(reading, run))
            run = []
        if named:
            run.append(place)
    return [*found, _name(reading, run)] if run else found


def foreign(aligned: Aligned, source: Facts) -> list[str]:
    """Capitalised words that the story has in no form."""
    line = aligned.line
    return [
        token.text
        for name in find(line, source, aligned)
        if not _spelt_out(name, source)
        for place in name.places
        if not _has(token := line.tokens[place], source)
    ]


def unpaired(aligned: Aligned, source: Facts) -> list[str]:
    """Two names side by side in the line that are nowhere so in the story."""
    line = aligned.line
    most = sum(token.capital for token in line.tokens) > _TITLED * len(line.tokens)
    if most or source.wording.nouns_capitalised:
        return []
    wrong = []
    for name in find(line, source):
        tokens = [line.tokens[place] for place in name.places]
        joined = [_belong(one, other, source) for one, other in pairwise(tokens)]
        for n, fits in enumerate(joined):
            # A name of two words beside another one is an apposition: "the poet Frank Messina".
            if not fits and not any(joined[max(0, n - 1) : n + 2]):
                wrong.append(f"{tokens[n].text} {tokens[n + 1].text}")
    return wrong


def alike(one: Sequence[str], other: Sequence[str], wording: Wording) -> bool:
    """Whether two names may be the same: a word in common, a short form or another name."""
    return shortened(one, other) or any(_akin(a, b, wording) for a in one for b in other)


def shortened(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one name is the other's initials."""
    return _initials(one) in other or _initials(other) in one


def _is_name(token: Token, wording: Wording) -> bool:
    if not token.capital or not token.text[0].isalpha():
        return False
    lower = token.lower
    if not token.says and not (token.text.isupper() and len(token.text) > 1):
        return False
    return lower not in wording.weekdays and not any(lower in each for each in wording.months)


def _touch(reading: Reading, before: int, place: int) -> bool:
    if place != before + 1:
        return False
    between = reading.text[reading.tokens[before].end : reading.tokens[place].start]
    return bool(_BETWEEN.fullmatch(between)) or (
        between.startswith(". ") and len(reading.tokens[before].text) <= 4
    )


def _name(reading: Reading, run: Sequence[int]) -> Name:
    tokens = reading.tokens[run[0] : run[-1] + 1]
    return Name(
        places=range(run[0], run[-1] + 1),
        words=tuple(token.lower for token in tokens),
        text=" ".join(token.text for token in tokens),
    )


def _has(token: Token, source: Facts) -> bool:
    lower, wording = token.lower, source.wording
    if lower in source.words or lower.replace(".", "") in source.words:
        return True
    if wording.nouns_capitalised and token.key in source.stems:
        return True
    parts = [part for part in re.split(r"[-.–]", token.text) if part[:1].isupper()]
    if parts != [token.text] and all(
        part.lower() in source.words or len(part) == 1 for part in parts
    ):
        return True
    if any(lower in group and _any_of(group, source) for group in wording.same_names):
        return True
    if token.text.isupper() and len(lower) > 1 and _stands_for(lower, source):
        return True
    return _in_another_form(lower, source) or (
        len(lower) >= _LONG and lower in source.plain.replace(" ", "")
    )


def _in_another_form(lower: str, source: Facts) -> bool:
    """ "Americans" for "America", "Erdoğan" for "Erdogan", "Presidential" for "president"."""
    folded, wording = _folded(lower), source.wording
    return any(
        related(lower, word, wording) or folded == _folded(word)
        for word in source.capitals
        if word[:2] == lower[:2] or not (word.isascii() and lower.isascii())
    ) or (len(lower) > _LONG and any(_derived(lower, word) for word in source.small))


def _derived(one: str, other: str) -> bool:
    """Long words that differ in their last letters only."""
    root = min(len(one), len(other)) - 1
    return root >= _LONG - 1 and one[:root] == other[:root] and abs(len(one) - len(other)) <= 3


def _any_of(group: frozenset[str], source: Facts) -> bool:
    return any(
        (name in source.plain if " " in name or "." in name else name in source.words)
        for name in group
    )


def _stands_for(acronym: str, source: Facts) -> bool:
    """Whether the story has words in a row whose initials these are."""
    language = source.wording.language
    short, stop = acronym.replace(".", ""), language.stop
    for said in source.sentences:
        found = [word for word in words(said, language) if word.lower() not in stop]
        at = "".join(word[0] for word in found).lower().find(short)
        if at >= 0 and found[at][0].isupper() and found[at + len(short) - 1][0].isupper():
            return True
    return False


def _spelt_out(name: Name, source: Facts) -> bool:
    """Whether the story has the initials of the name as a word of capitals."""
    return len(name.words) > 1 and _initials(name.words) in source.capitals


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words) if len(words) > 1 else "?"


def _opens(place: int, reading: Reading) -> bool:
    """Whether every word has a capital in this place."""
    if place == 0:
        return True
    between = reading.text[reading.tokens[place - 1].end : reading.tokens[place].start]
    return between[:1] in ":;" or any(mark in between for mark in _OPENING)


def _for_a_name(place: int, aligned: Aligned | None, source: Facts) -> bool:
    """Whether the word alone took the place of a name."""
    if aligned is None or aligned.line.tokens[place].lower in source.small:
        return False
    change = next((c for c in aligned.changes if place in c.after), None)
    if change is None or not (change.anchored or aligned.close) or len(change.after) > 2:
        return False
    before = [aligned.said.tokens[n] for n in change.before]
    return 0 < len(before) <= 2 and all(
        token.capital and token.says and token.lower not in source.small for token in before
    )


def _ordinary(place: int, reading: Reading, source: Facts) -> bool:
    """Whether a first word is an ordinary one that only its place gives a capital."""
    token, wording = reading.tokens[place], source.wording
    lower = token.lower
    if lower in source.small or lower in wording.common or lower in wording.ordinary:
        return True
    if lower in source.capitals or any(lower in group for group in wording.same_names):
        return False
    return (
        token.key in source.stems
        or lower in wording.language.openers
        or any(lower in theme for theme in wording.language.themes.values())
        or bool(wording.ordinary_opening.match(reading.text, token.start))
    )


def related(one: str, other: str, wording: Wording) -> bool:
    """Plural, demonym or the like: "Americans" and "America"."""
    if one == other:
        return True
    root = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        root += 1
    endings = wording.name_endings
    return root >= _LEAST_ROOT and any(
        one[cut:] in endings and other[cut:] in endings for cut in (root, root - 1) if cut >= 3
    )


def _akin(one: str, other: str, wording: Wording) -> bool:
    return (
        one == other
        or (one[:2] == other[:2] and related(one, other, wording))
        or any(one in group and other in group for group in wording.same_names)
    )


def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    return "".join(char for char in apart if not unicodedata.combining(char))


def _belong(first: Token, second: Token, source: Facts) -> bool:
    """Whether the two may stand side by side: as they do in the story, or as rank and name do."""
    if _loose(first, source) or _loose(second, source):
        return True
    return side_by_side(first.lower, second.lower, source)


def _loose(token: Token, source: Facts) -> bool:
    """A rank, a demonym or a word that is no name elsewhere may stand before any name."""
    lower, wording = token.lower, source.wording
    return (
        any(lower in each for each in (wording.ranks, wording.common, wording.ordinary))
        or lower in wording.acronyms
        or lower in wording.language.titles
        or lower in source.small
        or lower not in source.capitals
        or len(lower) == 1
        or token.text.isupper()
        or any(lower in group for group in wording.same_names)
        or lower.endswith(wording.demonym_endings)
    )


def side_by_side(first: str, second: str, source: Facts) -> bool:
    """Next to one another in the story, or with an initial and a middle name between them."""
    for said, named in zip(source.sentences, source.named, strict=True):
        if first in named and second in named:
            whole = words(said.lower())
            parts = [part for word in whole for part in word.split("-")]
            if any(_pair(first, second, each) for each in (whole, parts)):
                return True
    return False


def _pair(first: str, second: str, found: Sequence[str]) -> bool:
    at = (n for n, word in enumerate(found) if word == first)
    return any(second in found[n + 1 : n + 1 + _APART] for n in at)
