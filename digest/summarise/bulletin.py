""" "News in 60 seconds": briefs in order, as many as the reading time allows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from digest.model.edition import Brief, Bulletin, NoBrief
from digest.model.news import Article, Pick
from digest.model.newsletter import Source
from digest.summarise import block, brief
from digest.summarise.style import Style
from digest.text import words as counting


def write(
    picks: Sequence[Pick],
    style: Style,
    *,
    stories: int,
    words: int,
    sources: Mapping[str, Source],
) -> Bulletin:
    """The briefs of the first picks that give one, never above `words` in all, no line twice.

    Every pick that gave none, or did not fit, is named with the reason.
    """
    briefs: list[Brief] = []
    left_out: list[str] = []
    total = 0
    for pick in picks:
        if len(briefs) == stories:
            break
        written, article = _of_story(pick, style, sources)
        refusal = _refusal(written, briefs, total, words)
        if refusal or isinstance(written, NoBrief):
            left_out.append(refusal)
            continue
        total += written.words
        briefs.append(
            replace(
                written,
                because=f"{pick.because}; {written.because}",
                source_name=_source_name(article, sources),
                article_version=article.version,
                standfirst=block.text(article, written, style),
            )
        )
    return of(briefs, left_out)


def of(briefs: Sequence[Brief], left_out: Sequence[str]) -> Bulletin:
    """These briefs as a bulletin, with its length."""
    total = sum(one.words for one in briefs)
    return Bulletin(
        briefs=tuple(briefs),
        words=total,
        seconds=counting.seconds(total),
        left_out=tuple(left_out),
    )


def _of_story(
    pick: Pick, style: Style, sources: Mapping[str, Source]
) -> tuple[Brief | NoBrief, Article]:
    """The brief of the story's best article that gives one."""
    articles = [_with_section(article, sources) for article in pick.story.articles]
    briefs = [brief.write(articles[0], style)]
    for article in articles[1:]:
        if isinstance(briefs[-1], Brief):
            break
        briefs.append(brief.write(article, style))
    if isinstance(briefs[-1], Brief):
        return briefs[-1], articles[len(briefs) - 1]
    return briefs[0], articles[0]


def _with_section(article: Article, sources: Mapping[str, Source]) -> Article:
    source = sources.get(article.source_id)
    return article if article.section or not source else replace(article, section=source.section)


def _refusal(written: Brief | NoBrief, briefs: Sequence[Brief], total: int, words: int) -> str:
    """Why the brief may not join the others, "" when it may."""
    if isinstance(written, NoBrief):
        return written.because
    if any(other.line == written.line for other in briefs):
        return f"“{written.headline}” would repeat a line that is already in the bulletin."
    if total + written.words > words:
        return (
            f"“{written.headline}” did not fit: its {written.words} words would take the bulletin"
            f" from {total} to more than {words}."
        )
    return ""


def _source_name(article: Article, sources: Mapping[str, Source]) -> str:
    source = sources.get(article.source_id)
    return source.name or source.id if source else article.source_id
