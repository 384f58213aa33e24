"""Which sentences of an article may be printed, and what is wrong with the others."""

from dataclasses import dataclass
from datetime import date

from digest.model.edition import Check
from digest.model.news import Article
from digest.summarise import candidates, compress, days, gate, selfcontained
from digest.summarise.candidates import Candidate, Candidates
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

    wording: Wording
    candidates: Candidates
    facts: gate.Facts
    written: date | None
    on: date | None
    max_words: int


def open_case(article: Article, style: Style, wording: Wording) -> Case:
    """The article ready to be judged for a bulletin of that day."""
    return Case(
        wording=wording,
        candidates=candidates.of(article, wording),
        facts=gate.facts(article, wording),
        written=days.published_on(article, style.zone),
        on=style.on,
        max_words=style.max_words,
    )


def judge(candidate: Candidate, case: Case) -> Line | Refused:
    """The sentence as a line, or why it is none; the cheapest questions come first."""
    text = compress.compress(candidate.text, case.max_words, case.wording)
    size = words.count(text)
    if size < LEAST_WORDS:
        return Refused(because=f"it has fewer than {LEAST_WORDS} words")
    if size > case.max_words:
        return Refused(because=f"it has more than {case.max_words} words")
    if candidate.spoken:
        return Refused(because="it is somebody’s own words")
    alone = selfcontained.problem(text, case.wording)
    if alone:
        return Refused(because=alone)
    checks = gate.verdicts(
        text, case.facts, written=case.written, on=case.on, max_words=case.max_words
    )
    failed = next((check for check in checks if not check.ok), None)
    if failed:
        return Refused(because=f"the gate's rule on {failed.name}: {failed.detail}")
    return Line(candidate=candidate, text=text, checks=checks)
