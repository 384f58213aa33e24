"""What the story block under the bulletin says: one or two whole sentences beside the line."""

from dataclasses import replace

from digest.model.edition import Brief
from digest.model.news import Article, SensitiveKind
from digest.summarise import demands
from digest.summarise.candidates import STANDFIRST
from digest.summarise.demands import Demands
from digest.summarise.judge import Case, Line
from digest.text import plain, words
from digest.text.languages import Language
from digest.text.terms import terms

MOST_SENTENCES = 2
MOST_WORDS = 45
_REPEATED = 0.6


def text(case: Case, brief: Brief) -> str:
    """The standfirst if it is whole and new, else the next good sentences of the body, else "".

    It keeps to what the line had to keep to in a sensitive story.
    """
    case = longer(case)
    asked = demands.of(case, told=(), sensitive=brief.sensitive)
    standfirst = [c for c in case.candidates.fallbacks if c.source.paragraph == STANDFIRST]
    lines = [demands.judged(candidate, case, asked) for candidate in standfirst]
    good = [line.text for line in lines if isinstance(line, Line)]
    if (
        good
        and len(good) == len(lines)
        and _fits(good)
        and not _repeats(" ".join(good), brief.line, case.wording.language)
    ):
        return " ".join(good)
    return " ".join(_next_sentences(case, brief, asked))


def longer(case: Case) -> Case:
    """The case by the length of a story block."""
    return replace(case, max_words=MOST_WORDS)


def whole_standfirst(article: Article, brief: Brief) -> str:
    """As it stands, in a language whose sentences we cannot tell apart; "" when it is long, or may
    name a child."""
    if any(each.kind is SensitiveKind.MINOR for each in brief.sensitive):
        return ""
    whole = plain.one_line(article.standfirst)
    return whole if words.count(whole) <= MOST_WORDS else ""


def _next_sentences(case: Case, brief: Brief, asked: Demands) -> list[str]:
    """The first good sentences of the body that say something the line does not."""
    used = {(source.paragraph, source.sentence) for source in brief.source}
    taken: list[str] = []
    for candidate in case.candidates.body:
        if (candidate.source.paragraph, candidate.source.sentence) in used:
            continue
        line = demands.judged(candidate, case, asked)
        if not isinstance(line, Line) or not _fits([*taken, line.text]):
            continue
        if not any(
            _repeats(line.text, said, case.wording.language) for said in (brief.line, *taken)
        ):
            taken.append(line.text)
            if len(taken) == MOST_SENTENCES:
                break
    return taken


def _fits(sentences: list[str]) -> bool:
    return (
        len(sentences) <= MOST_SENTENCES
        and sum(words.count(sentence) for sentence in sentences) <= MOST_WORDS
    )


def _repeats(new: str, said: str, language: Language) -> bool:
    """Whether most of a sentence's meaning words were said before."""
    fresh = set(terms(new, language))
    return len(fresh & set(terms(said, language))) > _REPEATED * len(fresh)
