""" "News in 60 seconds": briefs in order, as many as the reading time allows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from digest.model.edition import Brief, Bulletin, NoBrief
from digest.model.news import Article, Pick
from digest.model.newsletter import Closer, Source
from digest.summarise import arranging, block, brief, judge, places
from digest.summarise.style import Style
from digest.text import languages
from digest.text import words as counting
from digest.text.languages import ENGLISH, Language


def write(
    picks: Sequence[Pick],
    style: Style,
    *,
    stories: int,
    words: int,
    sources: Mapping[str, Source],
    closer: Closer = Closer.ANY,
) -> Bulletin:
    """The briefs of the first picks that give one, never above `words` in all nor above what can
    be read in the time, no line twice, and no light story beside a sensitive one.

    Every pick that gave none, did not fit or found no place is named with the reason.
    """
    room = most(words, style.language)
    briefs: list[Brief] = []
    left_out: list[str] = []
    waiting = iter(picks)
    while True:
        left_out += _fill(briefs, waiting, style, stories=stories, words=room, sources=sources)
        arranged = arranging.arrange(briefs, closer)
        left_out += map(_no_order, arranged.left_out)
        briefs = list(arranged.briefs)
        if not arranged.left_out:
            break
    left_out += [_full(pick, stories) for pick in waiting if pick.pinned]
    return of(briefs, left_out, style.language)


def of(briefs: Sequence[Brief], left_out: Sequence[str], language: str = "") -> Bulletin:
    """These briefs as a bulletin, with the time that readers of the language take."""
    total = sum(one.words for one in briefs)
    return Bulletin(
        briefs=tuple(briefs),
        words=total,
        seconds=counting.seconds(total, _language(language).silent),
        left_out=tuple(left_out),
    )


def arranged(
    briefs: Sequence[Brief], left_out: Sequence[str], closer: Closer, language: str
) -> Bulletin:
    """The same with no light story beside a sensitive one."""
    found = arranging.arrange(briefs, closer)
    return of(found.briefs, (*left_out, *map(_no_order, found.left_out)), language)


def most(words: int, language: str) -> int:
    """How many words a bulletin may have: those allowed, or fewer where its language is slow."""
    return counting.most(words, _language(language).silent)


def _language(tag: str) -> Language:
    return languages.of(tag) or ENGLISH


def _fill(
    briefs: list[Brief],
    waiting: Iterator[Pick],
    style: Style,
    *,
    stories: int,
    words: int,
    sources: Mapping[str, Source],
) -> Iterator[str]:
    """Add what the next picks give until all places are taken; why others gave nothing."""
    while len(briefs) < stories and (pick := next(waiting, None)) is not None:
        written, article = _of_story(pick, style, sources)
        refusal = _refusal(written, briefs, words)
        if refusal or isinstance(written, NoBrief):
            yield refusal
            continue
        briefs.append(
            replace(
                written,
                because=f"{pick.because}; {written.because}",
                source_name=_source_name(article, sources),
                article_version=article.version,
                sensitive=pick.sensitive,
                light=pick.light,
                pinned=pick.pinned,
            )
        )


def _of_story(
    pick: Pick, style: Style, sources: Mapping[str, Source]
) -> tuple[Brief | NoBrief, Article]:
    """The brief of the story's best article that gives one, with the block below it."""
    articles = [_with_section(article, sources) for article in pick.story.articles]
    first: NoBrief | None = None
    for article in articles:
        written = _written(article, pick, style)
        if isinstance(written, Brief):
            return written, article
        first = first or written
    assert first is not None, "a story has an article"
    return first, articles[0]


def _written(article: Article, pick: Pick, style: Style) -> Brief | NoBrief:
    case = judge.open_case(article, style)
    language = _language(style.language)
    told = [
        earlier
        for earlier in pick.before
        if not places.apart(article.headline, earlier.headline, language.code)
    ]
    if case is None:
        written = brief.headline_only(article, style, pick.sensitive)
    else:
        written = brief.of(case, told=told, sensitive=pick.sensitive)
    if isinstance(written, NoBrief):
        return written
    below = block.text(case, written) if case else block.whole_standfirst(article, written)
    label = language.update if told else written.label
    size = counting.count(f"{label} {written.line}")
    return replace(written, label=label, words=size, standfirst=below)


def _with_section(article: Article, sources: Mapping[str, Source]) -> Article:
    source = sources.get(article.source_id)
    return article if article.section or not source else replace(article, section=source.section)


def _refusal(written: Brief | NoBrief, briefs: Sequence[Brief], words: int) -> str:
    """Why the brief may not join the others, "" when it may."""
    if isinstance(written, NoBrief):
        return written.because
    if any(other.line == written.line for other in briefs):
        return f"“{written.headline}” would repeat a line that is already in the bulletin."
    total = sum(other.words for other in briefs)
    if total + written.words > words:
        return (
            f"“{written.headline}” did not fit: its {written.words} words would take the bulletin"
            f" from {total} to more than {words}."
        )
    return ""


def _no_order(brief: Brief) -> str:
    return (
        f"“{brief.headline}” was left out: it is a light story, and in every order it would stand"
        " beside a sensitive one."
    )


def _full(pick: Pick, stories: int) -> str:
    return (
        f"“{pick.story.best.headline}” was pinned, but left out: other pins took the {stories}"
        " places."
    )


def _source_name(article: Article, sources: Mapping[str, Source]) -> str:
    source = sources.get(article.source_id)
    return source.name or source.id if source else article.source_id
