"""The order in which an article's sentences are tried as its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.summarise import days, demands, features
from digest.summarise.candidates import STANDFIRST, Candidate
from digest.summarise.demands import Demands
from digest.summarise.features import Sentence
from digest.summarise.judge import Case
from digest.text.terms import terms

MOST_SENTENCES = 60
_HEADLINE_SHARE = 4.0
"""What a sentence gains when it has all the headline's words."""
_OFF_HEADLINE = 3.0
"""What it loses when it has hardly any of them."""
_HARDLY_ANY = 0.2
_FEW = 0.34
_FIRST = 2
"""So many sentences may tell the news in words of their own."""
_TELLING = 4
"""Main words of a headline that says enough to measure a sentence by."""
_NEWS_SHARE = 5.0
"""And when no earlier edition had any of its own."""
PENALTIES: Mapping[str, float] = dict.fromkeys(
    ("scene", "comment", "part", "portrait", "definition", "before"), 2.0
)
"""What a sentence loses for each sign that it tells no news. Reasoned, not learned: highlights do
not mind them, readers of a single line do."""
_STANDFIRST = 1.0
"""So much better than the body the standfirst must be: it is printed below the line as well."""
_DAY_PENALTY = 0.2
"""On a later day even a day word that is right ages a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A sentence with its score."""

    candidate: Candidate
    sentence: Sentence
    number: int
    """Its place in the body from 1; 0 for the standfirst."""
    score: float
    shared: int
    """How many of the headline's words it has."""
    elsewhere: bool
    """It has no word of a headline that says enough; hardly any while it stands behind the first
    ones; or few while it stands far down or tells no news."""


def rank(case: Case, asked: Demands) -> list[Ranked]:
    """The sentences of body and standfirst by score, best first; of equals the earlier."""
    body = case.candidates.body[:MOST_SENTENCES]
    ahead = _standfirst(case, body)
    pool = [*ahead, *body]
    sentences = [features.read(candidate.text, case.wording) for candidate in pool]
    table = features.table(sentences, case.wording, ahead=len(ahead)) if pool else []
    about = set(terms(asked.headline, case.wording.language))
    aged = case.written != case.on
    ranked = []
    for place, (candidate, sentence, row) in enumerate(zip(pool, sentences, table, strict=True)):
        shared = len(about.intersection(sentence.terms))
        score = features.score(row) - penalty(row) + _by_headline(shared, len(about))
        score -= _STANDFIRST * (place < len(ahead))
        score += _NEWS_SHARE * demands.news(sentence.terms, asked)
        if aged and days.named(candidate.text, case.wording):
            score -= _DAY_PENALTY
        ranked.append(
            Ranked(
                candidate=candidate,
                sentence=sentence,
                number=max(0, place + 1 - len(ahead)),
                score=score,
                shared=shared,
                elsewhere=_is_elsewhere(
                    shared,
                    len(about),
                    weak=place >= len(ahead) + features.OPENING or penalty(row) > 0,
                    behind=place >= len(ahead) + _FIRST,
                ),
            )
        )
    return sorted(ranked, key=lambda each: -each.score)


def penalty(row: Mapping[str, float]) -> float:
    """What the sentence with these features loses."""
    return sum(much for name, much in PENALTIES.items() if row[name])


def _by_headline(shared: int, about: int) -> float:
    share = shared / max(1, about)
    off = about >= _TELLING and share <= _HARDLY_ANY
    return _HEADLINE_SHARE * share - (_OFF_HEADLINE if off else 0.0)


def _is_elsewhere(shared: int, about: int, *, weak: bool, behind: bool) -> bool:
    if about < _TELLING:
        return False
    enough = _FEW if weak else _HARDLY_ANY if behind else 0.0
    return shared <= enough * about


def _standfirst(case: Case, body: Sequence[Candidate]) -> list[Candidate]:
    """The standfirst's sentences that the body does not have as well."""
    known = {candidate.text for candidate in body}
    return [
        candidate
        for candidate in case.candidates.fallbacks
        if candidate.source.paragraph == STANDFIRST and candidate.text not in known
    ]
