"""Stories in the order an edition carries them, each place with its reason."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digest.model.news import Article, ArticleKind, Pick, Selection, Story
from digest.model.newsletter import Newsletter, Source
from digest.select import duplicates, stories
from digest.select.developments import developments
from digest.text import words

HALF_LIFE = timedelta(hours=10)
"""A story so much older counts half."""

FRONT_BONUS = 0.2
"""What the top place of a feed adds; it fades to nothing at place 11."""

_FRONT_PLACES = 10
_FULL_REPORT = 300
"""Words from which on a longer body makes an article no better."""
_NO_NEWS = {
    ArticleKind.OPINION: "it is opinion, not news",
    ArticleKind.SPONSORED: "it is sponsored",
    ArticleKind.GALLERY: "it is a gallery, not a report",
    ArticleKind.CORRECTION: "it is a correction notice",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What every article and story of one choice is judged by."""

    newsletter: Newsletter
    sources: Mapping[str, Source]
    used: Set[str]
    now: datetime


def pick(
    articles: Sequence[Article],
    *,
    newsletter: Newsletter,
    sources: Mapping[str, Source],
    used: Set[str],
    now: datetime,
    earlier: Sequence[Article] = (),
    spare: int = 5,
) -> Selection:
    """The best stories in order, with spares behind them, and everything else with its reason.

    `used` are the addresses of what stood in earlier editions, `earlier` the articles themselves,
    however old: what tells their stories once more is found by comparison with them.
    No section has more places than the newsletter allows, unless all stories are of one section:
    then there is nothing to choose between.
    """
    desk = _Desk(newsletter=newsletter, sources=sources, used=used, now=now)
    single = {article.url: article for article in sorted(articles, key=lambda a: a.url)}
    left_out = [
        _left_out(Story(articles=(article,)), 0.0, reason)
        for article in single.values()
        if (reason := _unfit(article, desk))
    ]
    refused = {pick.story.best.url for pick in left_out}
    before = {article.url: article for article in earlier if article.url in used}
    known = [a for url, a in (before | single).items() if url not in refused or url in used]
    ranked: list[Pick] = []
    for members in stories.group(known):
        story, repeats = _story(members, desk)
        left_out += repeats
        if story:
            ranked.append(_rank(story, desk))
    ranked.sort(key=lambda p: (-p.score, p.story.best.url))
    picks, beyond = _places(ranked, desk, newsletter.stories + spare)
    return Selection(picks=tuple(picks), left_out=(*beyond, *left_out))


def _unfit(article: Article, desk: _Desk) -> str:
    """Why the article can stand in no edition of this newsletter now, "" when it can."""
    age = desk.now - article.when
    language = article.language[:2].lower()
    reasons = {
        f"it was withdrawn: {article.withdrawn}": bool(article.withdrawn),
        "it stood in an earlier edition": article.url in desk.used,
        _NO_NEWS.get(article.kind, ""): article.kind in _NO_NEWS,
        "its source is none of the newsletter's": bool(desk.newsletter.sources)
        and article.source_id not in desk.newsletter.sources,
        _embargo(article, desk): age < timedelta(0),
        f"it is {_hours(age)} old, more than {_hours(desk.newsletter.max_age)}": age
        > desk.newsletter.max_age,
        f"its language is “{article.language}”": bool(language)
        and language != desk.newsletter.language[:2].lower(),
        "it has no text to write from": not any(p.strip() for p in article.paragraphs),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _embargo(article: Article, desk: _Desk) -> str:
    if article.published is None:
        return "it came in after the slot"
    due = article.published.astimezone(ZoneInfo(desk.newsletter.schedule.timezone))
    return f"it is embargoed until {due:%H:%M} (dated {due.day} {due:%B %Y})"


def _story(members: Sequence[Article], desk: _Desk) -> tuple[Story | None, list[Pick]]:
    """The story of a group, best article first, and what only repeats an earlier edition."""
    before = [article for article in members if article.url in desk.used]
    fresh = [article for article in members if article.url not in desk.used]
    repeats: list[Pick] = []
    if before:
        latest = max(before, key=lambda article: (article.when, article.url))
        reason = f"it reports the same story as “{latest.headline}” in an earlier edition"
        news = developments(fresh, before)
        repeats = [
            _left_out(Story(articles=(article,)), 0.0, reason)
            for article in fresh
            if article not in news
        ]
        fresh = news
    if not fresh:
        return None, repeats
    return Story(articles=tuple(sorted(fresh, key=lambda a: _merit(a, desk)))), repeats


def _merit(article: Article, desk: _Desk) -> tuple[bool, float, int, float, str]:
    """The article to write from comes first: one that readers may open; of the weightiest source,
    because the editors said so; then the fullest; then the latest, whose facts were not
    overtaken."""
    length = sum(words.count(paragraph) for paragraph in article.paragraphs)
    return (
        article.kind is ArticleKind.PAYWALL,
        -_weight(article, desk),
        -min(length, _FULL_REPORT),
        -article.when.timestamp(),
        article.url,
    )


def _rank(story: Story, desk: _Desk) -> Pick:
    """Weight x recency x breadth, and a bonus for standing high on a front page."""
    printing, reporting = _breadth(story)
    age = desk.now - max(article.when for article in story.articles)
    place = min(article.place for article in story.articles)
    weight = _weight(story.best, desk)
    recency = 0.5 ** (age / HALF_LIFE)
    bonus = FRONT_BONUS * max(0.0, 1 - place / _FRONT_PLACES)
    because = (
        f"{_told_by(printing, reporting)}, {_hours(age)} old,"
        f" place {place + 1} of its feed, weight {weight:g}"
    )
    return Pick(
        story=story,
        score=weight * recency * (1 + math.log2(reporting)) + bonus,
        because=because,
    )


def _breadth(story: Story) -> tuple[int, int]:
    """How many sources have the story, and how many reports that makes: an agency text is one,
    however many print it."""
    printing = len({article.source_id for article in story.articles})
    return printing, min(printing, len(duplicates.sets(story.articles)))


def _told_by(printing: int, reporting: int) -> str:
    if printing == 1:
        return "1 source"
    if reporting == 1:
        return f"{printing} sources print the same agency text"
    alike = f" ({reporting} different texts)" if reporting < printing else ""
    return f"{printing} sources{alike}"


def _places(ranked: Sequence[Pick], desk: _Desk, limit: int) -> tuple[list[Pick], list[Pick]]:
    """The picks up to the limit, and the stories for which no place was left."""
    sections = [_section(pick.story.best, desk) for pick in ranked]
    capped = len(set(sections)) > 1
    taken: Counter[str] = Counter()
    picks: list[Pick] = []
    beyond: list[Pick] = []
    for number, (pick, section) in enumerate(zip(ranked, sections, strict=True), start=1):
        if capped and section and taken[section] >= desk.newsletter.per_section:
            reason = f"section {section} already has {taken[section]}"
            beyond.append(_left_out(pick.story, pick.score, reason))
        elif len(picks) >= limit:
            reason = (
                f"it came {number} of {len(ranked)} ({pick.because}); there were {limit} places"
            )
            beyond.append(_left_out(pick.story, pick.score, reason))
        else:
            taken[section] += 1
            picks.append(pick)
    return picks, beyond


def _left_out(story: Story, score: float, reason: str) -> Pick:
    name = story.best.headline or story.best.url
    return Pick(story=story, score=score, because=f"“{name}” was left out: {reason}.")


def _weight(article: Article, desk: _Desk) -> float:
    source = desk.sources.get(article.source_id)
    return source.weight if source else 1.0


def _section(article: Article, desk: _Desk) -> str:
    source = desk.sources.get(article.source_id)
    return article.section or (source.section if source else "")


def _hours(age: timedelta) -> str:
    """An age as an editor says it."""
    minutes = int(age.total_seconds() // 60)
    if minutes < 60:
        return f"{max(0, minutes)} min"
    return f"{minutes // 60} h" if minutes < 72 * 60 else f"{minutes // (24 * 60)} days"
