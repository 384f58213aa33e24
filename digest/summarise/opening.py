"""How house style opens an article: with a dateline, or with its first words in capitals."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digest.summarise import places
from digest.summarise.wording import Wording
from digest.text.stems import stem

_PLACE = (
    r"[A-Z\u00c0-\u00de][^\W\d_]+(?:(?:[ .'’-]|-[a-z]{2,3}-)+[A-Z\u00c0-\u00de][^\W\d_]*\.?){0,2}"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_AGENCY = re.compile(
    rf"(?:(?P<place>{_PLACE})(?:/{_PLACE})*|{_DAY})?(?:, [^()]{{2,30}})?"
    r"\s*\((?:Reuters|dpa(?:/\w+)?|[A-Z]{2,8})\)\.?"
    r"\s*(?:[-–—]+\s*)?(?=[A-Z\u00c0-\u00de\"“‘'\d])"
)
_DASHED = re.compile(
    r"(?P<place>[A-Z\u00c0-\u00de]{3,}(?:[ .'’-][A-Z\u00c0-\u00de]{2,}){0,2})(?:, [\w. ]{2,30})?"
    r"\s+(?:–|—|--?)\s+(?=[A-Z\u00c0-\u00de\"“‘'\d])"
)
_RUN_ON = re.compile(
    rf"(?P<place>{_PLACE})(?:, {_PLACE}){{1,2}}\s+(?=(?:On|The|A|An|In|At|After|When|Two|Three)\s)"
)
_NAMED = re.compile(
    rf"(?P<place>{_PLACE})(?:/{_PLACE})*(?:, (?P<last>{_PLACE}|{_DAY})){{0,2}}(?::|\s+[-–—]+)\s+"
    r"(?=[A-Z\u00c0-\u00de\"“‘'\d])"
)
"""Only where place or country is a known one: "Cork: " is a place, "Warning: " is none."""
_DATE = re.compile(
    r"(?P<place>)[A-Z][a-z]+day, (?:[A-Z][a-z]+ \d{1,2}|\d{1,2} [A-Z][a-z]+),? \d{4}\s+(?=[A-Z])"
)

_LONGEST_ACRONYM = 5
_INSIDE = 100
"""What a word inside a sentence tells of its capitals, against one at its beginning."""
_SMALL = re.compile(r"\b(?:Mc|Mac)(?=[A-Z])|(?<=\d)s\b")
"""What stays small among capitals: McDONALD, 20s."""
_GAELIC = re.compile(r"^(?:mc|o[’'])(?=\w)")
_TOKEN = re.compile(r"[^\s]+")
_CORE = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A paragraph's dateline and the rest of it, and the place the dateline named ("" for none)."""

    dateline: str
    text: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """How the article itself writes its words, by their lower-case form."""

    forms: dict[str, str]
    wording: Wording


def without_dateline(paragraph: str, wording: Wording) -> Opening:
    """The paragraph as it reads without "London (CNN)", "KYIV — " or a date before it.

    In English a town before a dash must be a well-known one; elsewhere agencies always begin so.
    """
    known = _is_known if wording.language.code == "en" else _before_a_dash
    for pattern in (_AGENCY, _DASHED, _NAMED, _DATE, _RUN_ON):
        match = pattern.match(paragraph)
        if match and match.end() < len(paragraph) and (pattern is not _NAMED or known(match)):
            place = match["place"] or ""
            return Opening(
                dateline=paragraph[: match.end()],
                text=paragraph[match.end() :],
                place=place.title() if place.isupper() and len(place) > 3 else place,
            )
    return Opening(dateline="", text=paragraph, place="")


def _is_known(match: re.Match[str]) -> bool:
    named = (match["place"], match["last"] or "")
    return any(places.is_place(n.title() if n.isupper() and len(n) > 3 else n) for n in named)


def _before_a_dash(match: re.Match[str]) -> bool:
    return match.group().rstrip()[-1] != ":" or _is_known(match)


def without_capitals(paragraph: str, elsewhere: Sequence[str], wording: Wording) -> str:
    """The paragraph with its shouted first words as they are written elsewhere in the article.

    A word found nowhere else is a name (capitalised) unless it is a common word.
    """
    run = _shouted(paragraph)
    if len(run) < 2:
        return paragraph
    end = run[-1].end()
    known = _Known(forms=_forms([paragraph[end:], *elsewhere]), wording=wording)
    pieces = list(run)
    words = [m.group() for m in pieces]
    following = paragraph[end:].lstrip()[:1]
    quiet = [
        _quiet(word, known, before_name=_before_name(words, index, following, known))
        for index, word in enumerate(words)
    ]
    quiet[0] = _capitalised(quiet[0])
    text = paragraph[: pieces[0].start()]
    for index, piece in enumerate(pieces):
        gap_end = pieces[index + 1].start() if index + 1 < len(pieces) else end
        text += quiet[index] + paragraph[piece.end() : gap_end]
    return text + paragraph[end:]


def _shouted(paragraph: str) -> list[re.Match[str]]:
    """The words of the run of capitals the paragraph begins with."""
    run: list[re.Match[str]] = []
    for match in _TOKEN.finditer(paragraph):
        letters = [char for char in _SMALL.sub("", match.group()) if char.isalpha()]
        if letters and not all(char.isupper() for char in letters):
            break
        run.append(match)
    while run and not any(char.isalpha() for char in run[-1].group()):
        run.pop()
    sizes = [sum(char.isalpha() for char in match.group()) for match in run]
    clear = sum(size > 1 for size in sizes) > 1 or max(sizes, default=0) > _LONGEST_ACRONYM
    return run if clear else []


def _forms(texts: Sequence[str]) -> dict[str, str]:
    """How each word is mostly written, by its lower-case form; sentence openings count little."""
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        if _is_title_case(text):
            continue
        for match in _CORE.finditer(text):
            before = text[max(0, match.start() - 4) : match.start()].rstrip(" \"“‘'(")
            opens = match.start() < 2 or before[-1:] in (".", "!", "?", ":")
            known = counts.setdefault(match.group().lower(), Counter())
            known[match.group()] += 1 if opens else _INSIDE
    return {
        lower: min(known, key=lambda form: (-known[form], form != lower, form))
        for lower, known in counts.items()
    }


def _is_title_case(text: str) -> bool:
    """Whether The Text Is Written Like This, which tells nothing about its words."""
    words = _CORE.findall(text)
    return len(words) > 3 and all(word[0].isupper() for word in words if len(word) > 3)


def _quiet(word: str, known: _Known, *, before_name: bool) -> str:
    return _CORE.sub(lambda m: _quiet_core(m.group(), known, before_name), word)


def _quiet_core(core: str, known: _Known, before_name: bool) -> str:
    lower = core.lower()
    bare = lower.removesuffix("'s").removesuffix("’s")
    if lower in known.wording.ranks:
        return _capitalised(lower) if before_name else known.forms.get(lower, lower)
    if bare in known.wording.acronyms:
        return bare.upper() + core[len(bare) :].lower()
    if lower in known.wording.language.stop:
        return lower
    for form in (lower, bare):
        if form in known.forms:
            return known.forms[form] + core[len(form) :].lower()
    wording = known.wording
    if bare in wording.common or wording.wordish.fullmatch(bare) or any(map(str.isdigit, bare)):
        return lower
    stemmer = wording.language.stemmer
    if any(o.islower() and stem(o, stemmer) == stem(bare, stemmer) for o in known.forms.values()):
        return lower
    if lower.partition("-")[0] in wording.number_words:
        return lower
    return "-".join(_as_name(part) for part in lower.split("-"))


def _as_name(word: str) -> str:
    prefix = _GAELIC.match(word)
    cut = prefix.end() if prefix else 0
    return _capitalised(word[:cut]) + _capitalised(word[cut:])


def _before_name(words: Sequence[str], index: int, following: str, known: _Known) -> bool:
    """Whether a title is followed by the name of the person who bears it."""
    if index + 1 == len(words):
        return following.isupper()
    after = words[index + 1]
    lower = after.strip(".,").lower()
    if lower in known.wording.ranks:
        return _before_name(words, index + 1, following, known)
    return _quiet_core(after.strip(".,"), known, before_name=False)[:1].isupper() and (
        lower not in known.wording.acronyms
    )


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]
