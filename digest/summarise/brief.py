"""A story in one sentence (rarely two), taken from the article itself."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digest.model.edition import Brief, NoBrief, SourceSentence
from digest.model.news import Article
from digest.summarise import days, features, givens, judge, label
from digest.summarise.candidates import HEADLINE, Candidate
from digest.summarise.judge import Case, Line
from digest.summarise.style import Style
from digest.summarise.wording import Wording
from digest.text import plain, words
from digest.text.terms import terms

_MOST_SENTENCES = 60
_HEADLINE_SHARE = 0.3
"""What a sentence gains, of the best score, when it has all the headline's words."""
_DAY_PENALTY = 0.05
"""On a later day even a day word that is right ages a line."""
_BARE_NAME_PENALTY = 0.2
_KNOWN_THING_PENALTY = 0.1
_PORTRAIT_PENALTY = 0.2
"""What a sentence loses for a surname or a thing that only earlier sentences explain, and for
telling who somebody is instead of what happened."""
_REPEAT_PENALTY = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """A sentence of the body with its score; `number` counts from 1."""

    candidate: Candidate
    number: int
    score: float
    shared: int
    """How many of the headline's words it has."""


def write(article: Article, style: Style, *, sentences: int = 1) -> Brief | NoBrief:
    """The best sentence that stands alone, is true on its day and passes the gate, or why there is
    none; two sentences together keep to the style's words.

    In a language without wording of its own it is the headline, with the reason.
    """
    wording = style.wording(article)
    if wording is None:
        return _headline_only(article, style)
    case = judge.open_case(article, style, wording)
    ranked = _rank(case, article.headline)
    for place, candidate in enumerate(ranked):
        line = judge.judge(candidate.candidate, case)
        if isinstance(line, Line):
            second = _second(line, ranked[place + 1 :], case) if sentences > 1 else None
            because = _because(candidate, line, ranked, article.headline, case)
            return _brief(article, [line, second] if second else [line], case, because)
    return _fall_back(article, case)


def _rank(case: Case, headline: str) -> list[_Ranked]:
    """The sentences of the body by score, best first; of equals the earlier."""
    body = case.candidates.body[:_MOST_SENTENCES]
    if not body:
        return []
    texts = [candidate.text for candidate in body]
    scores = features.scores(texts, case.wording)
    best = max(max(scores), 1e-9)
    about = set(terms(headline, case.wording.language))
    penalties = _penalties(texts, case.wording, aged=case.written != case.on)
    ranked = []
    for index, candidate in enumerate(body):
        shared = len(about & set(terms(candidate.text, case.wording.language)))
        score = scores[index] / best + _HEADLINE_SHARE * shared / max(1, len(about))
        ranked.append(
            _Ranked(
                candidate=candidate,
                number=index + 1,
                score=score - penalties[index],
                shared=shared,
            )
        )
    return sorted(ranked, key=lambda r: (-r.score, r.number))


def _penalties(texts: Sequence[str], wording: Wording, *, aged: bool) -> list[float]:
    """What each sentence loses for leaning on the ones before it, or on the day it was written."""
    columns = zip(
        texts,
        givens.bare_names(texts, wording),
        givens.known_things(texts, wording),
        givens.portraits(texts, wording),
        strict=True,
    )
    return [
        _BARE_NAME_PENALTY * bare
        + _KNOWN_THING_PENALTY * known
        + _PORTRAIT_PENALTY * portrait
        + _DAY_PENALTY * (aged and days.named(text, wording))
        for text, bare, known, portrait in columns
    ]


def _second(first: Line, rest: Sequence[_Ranked], case: Case) -> Line | None:
    """The best further line that still fits and repeats little of the first."""
    language = case.wording.language
    said = features.unit(Counter(terms(first.text, language)))

    def worth(ranked: _Ranked) -> tuple[float, int]:
        other = features.unit(Counter(terms(ranked.candidate.text, language)))
        likeness = features.cosine(said, other)
        return (_REPEAT_PENALTY * likeness - ranked.score, ranked.number)

    room = case.max_words - words.count(first.text)
    for ranked in sorted(rest, key=worth):
        line = judge.judge(ranked.candidate, case)
        if isinstance(line, Line) and words.count(line.text) <= room:
            return line
    return None


def _because(
    chosen: _Ranked, line: Line, ranked: Sequence[_Ranked], headline: str, case: Case
) -> str:
    about = len(set(terms(headline, case.wording.language)))
    merits = [f"best of {len(ranked)} by rank" if len(ranked) > 1 else "the only one"]
    if ranked[0] is not chosen:
        merits = [f"best of {len(ranked)} that stands alone"]
    if about and chosen.shared:
        merits.append(f"has {chosen.shared} of the headline's {about} main words")
    parts = [", ".join(merits), "self-contained"]
    if line.text != chosen.candidate.source.text:
        parts.append("set in the bulletin's style without a change of meaning")
    parts.append(f"{words.count(line.text)} words")
    return f"sentence {chosen.number} of the article: {'; '.join(parts)}"


def _fall_back(article: Article, case: Case) -> Brief | NoBrief:
    """Standfirst or headline when one of them is a good sentence."""
    for candidate in case.candidates.fallbacks:
        line = judge.judge(candidate, case)
        if isinstance(line, Line):
            name = "headline" if candidate.source.paragraph == HEADLINE else "standfirst"
            because = (
                f"the {name}, because no sentence of the body can stand alone;"
                f" {words.count(line.text)} words"
            )
            return _brief(article, [line], case, because)
    return NoBrief(because=_why_none(article, case))


def _headline_only(article: Article, style: Style) -> Brief | NoBrief:
    """The headline as the line, where nothing is known of the language but that it is another."""
    headline = plain.one_line(article.headline)
    tag = article.language or style.language
    if not headline or words.count(headline) > style.max_words:
        return NoBrief(
            because=f"“{headline or article.url}” is in a language we have no words for ({tag}),"
            " and its headline cannot stand as the line"
        )
    line = headline if headline[-1] in ".!?…" else headline + "."
    return Brief(
        article_id=article.id,
        url=article.url,
        headline=article.headline,
        label="",
        line=line,
        words=words.count(line),
        source=(SourceSentence(paragraph=HEADLINE, sentence=0, text=article.headline),),
        because=f"the headline, because we have no words for its language ({tag})",
        section=article.section,
        published=article.published,
        image=article.image,
    )


def _why_none(article: Article, case: Case) -> str:
    name = plain.one_line(article.headline) or article.url
    body = case.candidates.body
    if not body:
        return f"“{name}” has no text to take a sentence from."
    reasons = Counter(
        refused.because
        for candidate in body[:_MOST_SENTENCES]
        if isinstance(refused := judge.judge(candidate, case), judge.Refused)
    )
    commonest = reasons.most_common(1)[0][0]
    return (
        f"None of the {len(body)} sentences of “{name}” can stand alone in a bulletin;"
        f" the commonest reason: {commonest}."
    )


def _brief(article: Article, lines: Sequence[Line], case: Case, because: str) -> Brief:
    ordered = sorted(
        lines, key=lambda line: (line.candidate.source.paragraph, line.candidate.source.sentence)
    )
    text = " ".join(line.text for line in ordered)
    name = label.of(article, case.wording, case.candidates.place)
    return Brief(
        article_id=article.id,
        url=article.url,
        headline=article.headline,
        label=name,
        line=text,
        words=words.count(f"{name} {text}"),
        source=tuple(line.candidate.source for line in ordered),
        because=because,
        checks=lines[0].checks,
        section=article.section,
        published=article.published,
        image=article.image,
    )
