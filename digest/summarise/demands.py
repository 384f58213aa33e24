"""What a story asks of its line beyond the rules for all: news since the last time, and tact."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from digest.model.news import Article, Sensitive, SensitiveKind
from digest.summarise import compress, judge, people
from digest.summarise.candidates import Candidate
from digest.summarise.judge import Case, Line, Refused
from digest.text.terms import terms

_LEAST_NEW = 0.25
_LEAST_NEW_TERMS = 2
"""So much of a line must be new to say anything new, unless it has a new figure."""
_MARKS = str.maketrans(dict.fromkeys('"“”„«»‘', " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """What one story's line must keep to."""

    headline: str = ""
    whole: bool = False
    """Nothing may be cut from its sentence: somebody died."""
    nameless: bool = False
    """It names nobody whom the headline leaves out: it is about a child."""
    told: frozenset[str] = frozenset()
    """The terms of what earlier editions told of the story."""


def of(case: Case, told: Sequence[Article], sensitive: Sequence[Sensitive]) -> Demands:
    """What this article's story asks for."""
    kinds = {each.kind for each in sensitive}
    texts = (
        text
        for earlier in told
        for text in (earlier.headline, earlier.standfirst, *earlier.paragraphs)
    )
    return Demands(
        headline=case.article.headline,
        whole=SensitiveKind.DEATH in kinds,
        nameless=SensitiveKind.MINOR in kinds,
        told=frozenset(term for text in texts for term in terms(text, case.wording.language)),
    )


def judged(candidate: Candidate, case: Case, demands: Demands) -> Line | Refused:
    """The sentence as a line, or why it is none."""
    line = judge.judge(candidate, case)
    if isinstance(line, Refused):
        return line
    for fault in (_cut, _named, _repeated):
        because = fault(line, case, demands)
        if because:
            return Refused(because=because)
    return line


def news(found: Collection[str], demands: Demands) -> float:
    """Which part of these terms earlier editions did not have; all of it when there were none."""
    if not demands.told:
        return 1.0
    new = set(found) - demands.told
    return len(new) / max(1, len(set(found)))


def _cut(line: Line, case: Case, demands: Demands) -> str:
    whole = line.candidate.text
    if demands.whole and compress.compress(whole, case.max_words, case.wording) != whole:
        return "a sentence about a death is not cut"
    return ""


def _named(line: Line, case: Case, demands: Demands) -> str:
    """Somebody whom the headline leaves out; whoever may be a person counts as one."""
    if not demands.nameless:
        return ""
    known = set(demands.headline.translate(_MARKS).replace("’s", "").replace("'s", "").split())
    for one in people.named_in(line.text.translate(_MARKS), case.people):
        if (one.person or one.doubtful) and one.text.split()[-1] not in known:
            return f"it names {one.text}, whom the headline of a story about a child leaves out"
    return ""


def _repeated(line: Line, case: Case, demands: Demands) -> str:
    if not demands.told:
        return ""
    found = set(terms(line.text, case.wording.language))
    new = found - demands.told
    if any(char.isdigit() for term in new for char in term):
        return ""
    if len(new) >= max(_LEAST_NEW_TERMS, _LEAST_NEW * len(found)):
        return ""
    return "it only repeats what an earlier edition told"
