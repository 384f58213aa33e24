"""What the story block under the bulletin says: one or two whole sentences beside the line."""

from datetime import UTC, date, tzinfo

from digest.model.edition import Brief
from digest.model.news import Article
from digest.summarise import judge
from digest.summarise.candidates import STANDFIRST
from digest.summarise.judge import Line
from digest.text import words
from digest.text.terms import terms

MOST_SENTENCES = 2
MOST_WORDS = 45
_REPEATED = 0.6


def text(article: Article, brief: Brief, *, on: date | None, zone: tzinfo = UTC) -> str:
    """The standfirst if it is whole and new, else the next good sentences of the body, else ""."""
    case = judge.open_case(article, on=on, max_words=MOST_WORDS, zone=zone)
    standfirst = [c for c in case.candidates.fallbacks if c.source.paragraph == STANDFIRST]
    lines = [judge.judge(candidate, case) for candidate in standfirst]
    good = [line.text for line in lines if isinstance(line, Line)]
    if (
        good
        and len(good) == len(lines)
        and _fits(good)
        and not _repeats(" ".join(good), brief.line)
    ):
        return " ".join(good)
    return " ".join(_next_sentences(case, brief))


def _next_sentences(case: judge.Case, brief: Brief) -> list[str]:
    """The first good sentences of the body that say something the line does not."""
    used = {(source.paragraph, source.sentence) for source in brief.source}
    taken: list[str] = []
    for candidate in case.candidates.body:
        if (candidate.source.paragraph, candidate.source.sentence) in used:
            continue
        line = judge.judge(candidate, case)
        if not isinstance(line, Line) or not _fits([*taken, line.text]):
            continue
        if not any(_repeats(line.text, said) for said in (brief.line, *taken)):
            taken.append(line.text)
            if len(taken) == MOST_SENTENCES:
                break
    return taken


def _fits(sentences: list[str]) -> bool:
    return (
        len(sentences) <= MOST_SENTENCES
        and sum(words.count(sentence) for sentence in sentences) <= MOST_WORDS
    )


def _repeats(new: str, said: str) -> bool:
    """Whether most of a sentence's meaning words were said before."""
    fresh = set(terms(new))
    return len(fresh & set(terms(said))) > _REPEATED * len(fresh)
