"""What the story block under the bulletin says: one or two whole sentences beside the line."""

from dataclasses import replace

from digest.model.edition import Brief
from digest.model.news import Article
from digest.summarise import judge
from digest.summarise.candidates import STANDFIRST
from digest.summarise.judge import Line
from digest.summarise.style import Style
from digest.summarise.wording import Wording
from digest.text import plain, words
from digest.text.languages import Language
from digest.text.terms import terms

MOST_SENTENCES = 2
MOST_WORDS = 45
_REPEATED = 0.6


def text(article: Article, brief: Brief, style: Style) -> str:
    """The standfirst if it is whole and new, else the next good sentences of the body, else ""."""
    wording = style.wording(article)
    if wording is None:
        return _whole_standfirst(article)
    case = open_case(article, style, wording)
    standfirst = [c for c in case.candidates.fallbacks if c.source.paragraph == STANDFIRST]
    lines = [judge.judge(candidate, case) for candidate in standfirst]
    good = [line.text for line in lines if isinstance(line, Line)]
    if (
        good
        and len(good) == len(lines)
        and _fits(good)
        and not _repeats(" ".join(good), brief.line, wording.language)
    ):
        return " ".join(good)
    return " ".join(_next_sentences(case, brief))


def open_case(article: Article, style: Style, wording: Wording) -> judge.Case:
    """The article ready to be judged for a story block."""
    return judge.open_case(article, replace(style, max_words=MOST_WORDS), wording)


def _whole_standfirst(article: Article) -> str:
    """As it stands, in a language whose sentences we cannot tell apart; "" when it is long."""
    whole = plain.one_line(article.standfirst)
    return whole if words.count(whole) <= MOST_WORDS else ""


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
