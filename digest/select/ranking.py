"""How much a story counts, and which of its articles it is written from."""

import math
from collections.abc import Iterator
from datetime import timedelta

from digest.model.news import Article, ArticleKind, Pick, Story
from digest.select import duplicates
from digest.select.fitness import Desk, hours
from digest.text import words

HALF_LIFE = timedelta(hours=10)
"""A story so much older counts half."""

FRONT_BONUS = 0.2
"""What the top place of a feed adds; it fades to nothing at place 11."""

_FRONT_PLACES = 10
_FULL_REPORT = 300
"""Words from which on a longer body makes an article no better."""

Merit = tuple[int, bool, float, int, float, str]


def merit(article: Article, desk: Desk) -> Merit:
    """The article to write from comes first: one that an editor pinned; one that readers may open;
    of the weightiest source, because the editors said so; then the fullest; then the latest, whose
    facts were not overtaken."""
    pins = list(desk.pins)
    length = sum(words.count(paragraph) for paragraph in article.paragraphs)
    return (
        pins.index(article.url) if article.url in desk.pins else len(pins),
        article.kind is ArticleKind.PAYWALL,
        -desk.source_weight(article),
        -min(length, _FULL_REPORT),
        -article.when.timestamp(),
        article.url,
    )


def rank(story: Story, before: tuple[Article, ...], desk: Desk) -> Pick:
    """Weights x recency x breadth, and a bonus for standing high on a front page; `before` are the
    articles that told the story in earlier editions."""
    printing, reporting = _breadth(story)
    age = desk.now - max(article.when for article in story.articles)
    place = min(article.place for article in story.articles)
    weight = desk.section_weight(story.best) * desk.source_weight(story.best)
    recency = 0.5 ** (age / HALF_LIFE)
    bonus = FRONT_BONUS * max(0.0, 1 - place / _FRONT_PLACES)
    pin = desk.pins.get(story.best.url)
    merits = [
        f"{_told_by(printing, reporting)}, {hours(age)} old, place {place + 1} of its feed",
        *_weights(story.best, desk),
    ]
    reasons = [f"pinned by {pin.ruling.who}"] if pin else []
    reasons.append(", ".join(merits))
    if before:
        latest = max(before, key=lambda article: (article.when, article.url))
        reasons.append(f"back with what is new since “{latest.headline}” in an earlier edition")
    return Pick(
        story=story,
        score=weight * recency * (1 + math.log2(reporting)) + bonus,
        because="; ".join(reasons),
        pinned=pin is not None,
        before=before,
    )


def _weights(article: Article, desk: Desk) -> Iterator[str]:
    """What the editors made count more or less than usual."""
    if (weight := desk.section_weight(article)) != 1:
        yield f"section {desk.section(article)} counts {weight:g}"
    if (weight := desk.source_weight(article)) != 1:
        source = desk.sources[article.source_id]
        yield f"source {source.name or source.id} counts {weight:g}"


def _breadth(story: Story) -> tuple[int, int]:
    """How many sources have the story, and how many reports that makes: an agency text is one,
    however many print it."""
    printing = len({article.source_id for article in story.articles})
    if printing == 1:
        return 1, 1
    return printing, min(printing, len(duplicates.sets(story.articles)))


def _told_by(printing: int, reporting: int) -> str:
    if printing == 1:
        return "1 source"
    if reporting == 1:
        return f"{printing} sources print the same agency text"
    alike = f" ({reporting} different texts)" if reporting < printing else ""
    return f"{printing} sources{alike}"
