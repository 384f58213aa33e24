"""A story in one sentence (rarely two), taken from the article itself."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from digest.model.edition import Brief, NoBrief, SourceSentence
from digest.model.news import Article, Sensitive
from digest.summarise import demands, features, judge, label, ranking
from digest.summarise.candidates import HEADLINE
from digest.summarise.demands import Demands
from digest.summarise.judge import Case, Line, Refused
from digest.summarise.ranking import Ranked
from digest.summarise.style import Style
from digest.text import plain, words
from digest.text.terms import terms

_REPEAT_PENALTY = 2.0
"""What a second sentence would lose for saying the same as the first."""


def write(
    article: Article,
    style: Style,
    *,
    sentences: int = 1,
    told: Sequence[Article] = (),
    sensitive: Sequence[Sensitive] = (),
) -> Brief | NoBrief:
    """The best sentence that stands alone, is true on its day and passes the gate, or why there is
    none; two sentences together keep to the style's words.

    Where earlier editions have `told` the story it says what is new. Of a death nothing is cut; of
    a child it names nobody whom the headline does not name. In a language without wording of its
    own it is the headline, with the reason.
    """
    case = judge.open_case(article, style)
    if case is None:
        return headline_only(article, style, sensitive)
    return of(case, sentences=sentences, told=told, sensitive=sensitive)


def of(
    case: Case,
    *,
    sentences: int = 1,
    told: Sequence[Article] = (),
    sensitive: Sequence[Sensitive] = (),
) -> Brief | NoBrief:
    """The same for an article that was taken apart before."""
    asked = demands.of(case, told, sensitive)
    written = _best(case, asked, sentences=sentences)
    return replace(written, sensitive=tuple(sensitive)) if isinstance(written, Brief) else written


def _best(case: Case, asked: Demands, *, sentences: int) -> Brief | NoBrief:
    """By rank the first that may be printed, with a second one if asked for."""
    ranked = ranking.rank(case, asked)
    refused: Counter[str] = Counter()
    for place, one in enumerate(ranked):
        line = demands.judged(one.candidate, case, asked)
        if isinstance(line, Refused):
            refused[line.because] += 1
            continue
        headline = _headline(case, asked, "tells its news") if one.elsewhere else None
        if headline:
            return headline
        second = _second(line, ranked[place + 1 :], case, asked) if sentences > 1 else None
        because = _because(one, line, ranked, case, asked)
        return _brief([line, second] if second else [line], case, because)
    headline = _headline(case, asked, "can stand alone")
    return headline or NoBrief(because=_why_none(case.article, refused))


def _second(first: Line, rest: Sequence[Ranked], case: Case, asked: Demands) -> Line | None:
    """The best further line that still fits and repeats little of the first."""
    said = features.unit(Counter(terms(first.text, case.wording.language)))

    def worth(ranked: Ranked) -> float:
        return ranked.score - _REPEAT_PENALTY * features.cosine(
            said, features.unit(Counter(ranked.sentence.terms))
        )

    room = case.max_words - words.count(first.text)
    for ranked in sorted(rest, key=worth, reverse=True):
        line = demands.judged(ranked.candidate, case, asked)
        if isinstance(line, Line) and words.count(line.text) <= room:
            return line
    return None


def _because(
    chosen: Ranked, line: Line, ranked: Sequence[Ranked], case: Case, asked: Demands
) -> str:
    about = len(set(terms(asked.headline, case.wording.language)))
    merits = [f"best of {len(ranked)} by rank" if len(ranked) > 1 else "the only one"]
    if ranked[0] is not chosen:
        merits = [f"best of {len(ranked)} that stands alone"]
    if about and chosen.shared:
        merits.append(f"has {chosen.shared} of the headline's {about} main words")
    if asked.told:
        new = demands.news(chosen.sentence.terms, asked)
        merits.append(f"{new:.0%} of its main words are new since the last edition about it")
    parts = [", ".join(merits), "self-contained"]
    if line.text != chosen.candidate.source.text:
        parts.append("set in the bulletin's style without a change of meaning")
    parts.append(f"{words.count(line.text)} words")
    place = f"sentence {chosen.number} of the article" if chosen.number else "the standfirst"
    return f"{place}: {'; '.join(parts)}"


def _headline(case: Case, asked: Demands, lacks: str) -> Brief | None:
    """The headline as the line where it is a good sentence and no other has what it takes."""
    for candidate in case.candidates.fallbacks:
        if candidate.source.paragraph != HEADLINE:
            continue
        line = demands.judged(candidate, case, asked)
        if isinstance(line, Line):
            size = words.count(line.text)
            because = f"the headline, because no sentence of the article {lacks}; {size} words"
            return _brief([line], case, because)
    return None


def _why_none(article: Article, refused: Counter[str]) -> str:
    name = plain.one_line(article.headline) or article.url
    if not refused:
        return f"“{name}” has no text to take a sentence from."
    return (
        f"None of the {refused.total()} sentences of “{name}” can stand alone in a bulletin;"
        f" the commonest reason: {refused.most_common(1)[0][0]}."
    )


def headline_only(
    article: Article, style: Style, sensitive: Sequence[Sensitive]
) -> Brief | NoBrief:
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
        image_alt=article.image_alt,
        image_credit=article.image_credit,
        sensitive=tuple(sensitive),
    )


def _brief(lines: Sequence[Line], case: Case, because: str) -> Brief:
    article = case.article
    ordered = sorted(
        lines, key=lambda line: (line.candidate.source.paragraph, line.candidate.source.sentence)
    )
    text = " ".join(line.text for line in ordered)
    name = label.of(case, text)
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
        image_alt=article.image_alt,
        image_credit=article.image_credit,
    )
