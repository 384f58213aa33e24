"""The word or two that stand before a line and say where or what it is about."""

import re
from collections.abc import Iterator

from digest.model.news import Article
from digest.summarise import people as who
from digest.summarise import places, subjects
from digest.summarise.judge import Case
from digest.summarise.wording import Wording
from digest.text import quotes

_NAME_BEFORE = re.compile(r"([A-Z\u00c0-\u00de][\w’'.-]*)\s+(?:the\s)?$")
_NAMED_AFTER_IT = re.compile(
    r"(?:[A-Z\u00c0-\u00de][\w’'.-]*\s+of|(?i:border|ties|talks|deal|war) with"
    r"|(?i:ambassador|envoy|flights?|exports) to)\s+(?:the\s+)?$"
)
"""Of a bank, an envoy or a neighbour: what is called after a place is not there."""
_NAME_AFTER = re.compile(r"\s+(?:[A-Z\u00c0-\u00de]|of\b|and [A-Z])|-|[’']s\s[A-Z]")
_ORIGIN = re.compile(
    r"\w+(?:ians?|ish|ese|icans?|[aeo]ns|aelis?|aqis?|anis?)|French|Dutch|Greeks?"
    r"|Swiss|Afghans?|Turks?|Kurds?|Arabs?|Thai|.*-(?:era|led|based|backed)"
)
_SHIPS = frozenset(("USS", "HMS", "RMS", "LÉ", "MV"))
_PART_BREAK = re.compile(r"\s*(?:,|&|/|\||:|>|\band\b)\s*")
_FIRST_PARAGRAPHS = 2
_OFTEN, _SHARE = 3, 0.3
"""Whoever or whatever the headline names must be in so many paragraphs, and in such a share of
them, to be a story's centre."""
_FIRST_WORDS = 4
"""A label that is among a line's first words says them twice."""
_SHORT_NAME = 2
_REACH = 60
"""Characters before a place that can belong to its name."""
_MOST_PLACES = 2
"""A headline that names more of them is about none."""


def of(case: Case, line: str = "") -> str:
    """One or two words: the dateline's or the headline's place, else a subject, else whom or what
    headline and body are about, else the section, else "".

    A place must be a well-known one, stand by itself, so that "Washington Post" or "Paris Hilton"
    never becomes a place, and be named in the body as well. What the line's first words say is no
    label, unless there is no other.
    """
    section = _short(case.article.section)
    opening = " ".join(line.lower().split()[:_FIRST_WORDS])
    found = _found(case)
    return next((name for name in found if not _says(opening, name)), section)


def _found(case: Case) -> Iterator[str]:
    """Every label that fits, the best first."""
    article, wording = case.article, case.wording
    yield from _by_place(article, wording, case.candidates.place)
    lead = " ".join((article.standfirst, *article.paragraphs[:_FIRST_PARAGRAPHS]))
    subject = subjects.of(article.headline, lead, wording.language.code)
    if subject:
        yield subject
    yield from _by_name(article, wording, case.people)


def _says(opening: str, label: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(label.lower())}(?!\w)", opening))


def _by_place(article: Article, wording: Wording, dateline: str) -> Iterator[str]:
    code = wording.language.code
    known = places.names(code)
    if dateline in places.datelines(code):
        yield known.get(dateline, dateline)
    named = _places(article.headline, wording, titled=_is_title_case(article.headline))
    if len(set(named)) > _MOST_PLACES:
        return
    body = _places("\n".join(article.paragraphs), wording, only=frozenset(named)) if named else []
    yield from (place for place in named if place in body and _is_certain(place, article))


def _is_certain(place: str, article: Article) -> bool:
    """Whether nothing else of that name can be meant."""
    proof = places.UNCERTAIN.get(place)
    text = " ".join((article.headline, *article.paragraphs))
    return proof is None or bool(re.search(rf"\b(?:{proof})\b", text))


def _places(
    text: str, wording: Wording, *, titled: bool = False, only: frozenset[str] = frozenset()
) -> list[str]:
    """The places (`only` those, or all) that stand in the text by themselves, as labels write them,
    in order."""
    known = places.names(wording.language.code)
    spoken = [(q.start, q.end) for q in quotes.find(text)] if titled else []
    return [
        known[m["place"]]
        for m in places.pattern(wording.language.code, only).finditer(text)
        if (titled or _stands_alone(text, m, wording))
        and not _NAMED_AFTER_IT.search(_near(text, m))
        and not any(start < m.start() < end for start, end in spoken)
    ]


def _near(text: str, place: re.Match[str]) -> str:
    """What stands right before it."""
    start = place.start("place")
    return text[max(0, start - _REACH) : start]


def _stands_alone(text: str, match: re.Match[str], wording: Wording) -> bool:
    before = _NAME_BEFORE.search(_near(text, match))
    if before and before[1].lower() not in wording.language.stop:
        return False
    return not _NAME_AFTER.match(text, match.end())


def _is_title_case(headline: str) -> bool:
    """Whether The Headline Is Written So, which tells nothing of its names."""
    words = [word for word in re.findall(r"[^\W\d_]+", headline) if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.8 * len(words)


def _by_name(article: Article, wording: Wording, people: who.People) -> Iterator[str]:
    """Whom or what the headline names and most of the story speaks of."""
    runs = list(who.RUN.finditer(article.headline))
    if wording.language.code != "en" or not runs:
        return
    body = [quotes.without(paragraph) for paragraph in article.paragraphs]
    for match in runs:
        if _NAMED_AFTER_IT.search(article.headline[: match.start()]):
            continue
        for name in _names_of(match.group(), people):
            said = re.compile(rf"(?<![.!?]\s)(?<!^)\b{re.escape(name)}\b")
            often = sum(bool(said.search(paragraph)) for paragraph in body)
            if often >= max(min(_OFTEN, len(body)), _SHARE * len(body)):
                yield name


def _names_of(run: str, people: who.People) -> Iterator[str]:
    """The surname of a person of the story, or a whole short name that is written in capitals."""
    words = run.split()
    if _SHIPS.isdisjoint(words):
        yield from (word for word in words if word in people.by_surname)
    ordinary = any(word.lower() in people.small for word in words)
    known = people.by_surname.keys() | people.shared
    general = places.is_place(run) or any(
        word.lower() in who.NO_PERSON or word.lower() in who.CALENDAR for word in words
    )
    general = general or bool(_ORIGIN.fullmatch(words[-1]))
    if len(words) <= _SHORT_NAME and not (ordinary or general or known & set(words)):
        yield run


def _short(section: str) -> str:
    """The section's name, or the first part of it that is no longer than two words."""
    whole = " ".join(section.split())
    if len(whole.split()) > _SHORT_NAME:
        parts = [p for p in _PART_BREAK.split(whole) if 0 < len(p.split()) <= _SHORT_NAME]
        whole = parts[0] if parts else ""
    return whole[:1].upper() + whole[1:]
