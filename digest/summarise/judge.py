"""Which sentences of an article may be printed, and what is wrong with the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from digest.model.edition import Check
from digest.model.news import Article
from digest.summarise import (
    candidates,
    compress,
    days,
    gate,
    people,
    resolve,
    retell,
    selfcontained,
)
from digest.summarise.candidates import Candidate, Candidates
from digest.summarise.people import People
from digest.summarise.style import Style
from digest.summarise.wording import Wording
from digest.text import words

LEAST_WORDS = 6
"""A shorter sentence says too little by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence as it would be printed, and the gate's verdicts on it."""

    candidate: Candidate
    text: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a sentence may not be printed."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One article, taken apart once, with the day and length its lines are judged by."""

    article: Article
    wording: Wording
    candidates: Candidates
    people: People
    places: Mapping[tuple[int, int], int]
    """Where each sentence of the body, by paragraph and number, stands among them."""
    facts: gate.Facts
    written: date | None
    on: date | None
    max_words: int


def open_case(article: Article, style: Style) -> Case | None:
    """The article ready to be judged for a bulletin of that day, None when we have no words for its
    language."""
    wording = style.wording(article)
    if wording is None:
        return None
    found = candidates.of(article, wording)
    texts = [article.headline, article.standfirst, *(c.text for c in found.body)]
    return Case(
        article=article,
        wording=wording,
        candidates=found,
        people=people.of(texts, wording),
        places={(c.source.paragraph, c.source.sentence): n for n, c in enumerate(found.body)},
        facts=gate.facts(article, wording),
        written=days.published_on(article, style.zone),
        on=style.on,
        max_words=style.max_words,
    )


def judge(candidate: Candidate, case: Case) -> Line | Refused:
    """The sentence as a line, or why it is none; the cheapest questions come first."""
    if candidate.spoken:
        return Refused(because="it is somebody’s own words")
    text = _set_right(candidate, case)
    if words.count(text) > case.max_words:
        return Refused(because=f"it has more than {case.max_words} words")
    retold = retell.retell(text, case.wording, written=case.written, on=case.on)
    size = words.count(retold.text)
    if size < LEAST_WORDS:
        return Refused(because=f"it has fewer than {LEAST_WORDS} words")
    if size > case.max_words:
        return Refused(because=f"it has more than {case.max_words} words")
    alone = selfcontained.problem(retold.text, case.wording)
    if alone:
        return Refused(because=alone)
    if retold.problem:
        return Refused(because=retold.problem)
    checks = gate.verdicts(
        retold.text, case.facts, written=case.written, on=case.on, max_words=case.max_words
    )
    failed = next((check for check in checks if not check.ok), None)
    if failed:
        return Refused(because=f"the gate's rule on {failed.name}: {failed.detail}")
    return Line(candidate=candidate, text=retold.text, checks=checks)


def _set_right(candidate: Candidate, case: Case) -> str:
    """The sentence without its asides and with full names, again without asides if those made it
    too long."""
    text = compress.compress(candidate.text, case.max_words, case.wording)
    if words.count(text) > case.max_words:
        return text
    named = resolve.resolve(text, _before(candidate, case), case.people, case.max_words)
    return compress.compress(named, case.max_words, case.wording)


def _before(candidate: Candidate, case: Case) -> Sequence[str]:
    """The sentences right before it, the nearest first; none behind somebody's own words."""
    place = case.places.get((candidate.source.paragraph, candidate.source.sentence), 0)
    found = []
    for earlier in reversed(case.candidates.body[max(0, place - resolve.FARTHEST) : place]):
        if earlier.spoken:
            break
        found.append(earlier.text)
    return found
