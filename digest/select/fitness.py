"""What one choice is made by, and whether an article may stand in it at all."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digest.model.news import Article, ArticleKind, Ruling
from digest.model.newsletter import Newsletter, Source
from digest.text import languages
from digest.text.languages import ENGLISH, Language

_NO_NEWS = {
    ArticleKind.OPINION: "it is opinion, not news",
    ArticleKind.SPONSORED: "it is sponsored",
    ArticleKind.GALLERY: "it is a gallery, not a report",
    ArticleKind.CORRECTION: "it is a correction notice",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """An editor's pin, and what editions told since it was made."""

    ruling: Ruling
    told: frozenset[str] = frozenset()
    """Addresses of their articles: a pin is over once its story is among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every article and story of one choice is judged by."""

    newsletter: Newsletter
    sources: Mapping[str, Source]
    used: Set[str]
    now: datetime
    pins: Mapping[str, Pin]
    """By the address of the article, in the editors' order."""
    bars: Mapping[str, Ruling]

    @property
    def language(self) -> Language:
        """The newsletter's; English word lists where we have none of its own."""
        return languages.of(self.newsletter.language) or ENGLISH

    def section(self, article: Article) -> str:
        """The article's section, else its source's."""
        source = self.sources.get(article.source_id)
        return article.section or (source.section if source else "")

    def section_weight(self, article: Article) -> float:
        """What the editors said its section counts."""
        return self.newsletter.sections.get(self.section(article).casefold(), 1.0)

    def source_weight(self, article: Article) -> float:
        """What the editors said its source counts."""
        source = self.sources.get(article.source_id)
        return source.weight if source else 1.0


def unfit(article: Article, desk: Desk) -> str:
    """Why the article can stand in no edition of this newsletter now, "" when it can.

    A pin asks for it whatever its age, its section and its source.
    """
    return _never(article, desk) or (
        "" if article.url in desk.pins else _not_by_itself(article, desk)
    )


def barred(ruling: Ruling) -> str:
    """Who barred it, and why."""
    return f"barred by {ruling.who}" + (f": {ruling.because}" if ruling.because else "")


def hours(age: timedelta) -> str:
    """An age as an editor says it."""
    minutes = int(age.total_seconds() // 60)
    if minutes < 60:
        return f"{max(0, minutes)} min"
    return f"{minutes // 60} h" if minutes < 72 * 60 else f"{minutes // (24 * 60)} days"


def _never(article: Article, desk: Desk) -> str:
    """What no editor's word outranks."""
    language = article.language[:2].lower()
    bar = desk.bars.get(article.url)
    reasons = {
        f"it was withdrawn: {article.withdrawn}": bool(article.withdrawn),
        f"it was {barred(bar)}" if bar else "": bar is not None,
        "it stood in an earlier edition": article.url in desk.used,
        _NO_NEWS.get(article.kind, ""): article.kind in _NO_NEWS,
        _embargo(article, desk): desk.now < article.when,
        f"its language is “{article.language}”": bool(language)
        and language != desk.newsletter.language[:2].lower(),
        "it has no text to write from": not any(p.strip() for p in article.paragraphs),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _not_by_itself(article: Article, desk: Desk) -> str:
    """Why it does not come in unless an editor asks for it."""
    age, oldest = desk.now - article.when, desk.newsletter.max_age
    wanted = desk.newsletter.sources
    reasons = {
        "its source is none of the newsletter's": bool(wanted) and article.source_id not in wanted,
        f"it is {hours(age)} old, more than {hours(oldest)}": age > oldest,
        f"section {desk.section(article)} counts 0, so it never comes in": not desk.section_weight(
            article
        ),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _embargo(article: Article, desk: Desk) -> str:
    if article.published is None:
        return "it came in after the slot"
    due = article.published.astimezone(ZoneInfo(desk.newsletter.schedule.timezone))
    return f"it is embargoed until {due:%H:%M} (dated {due.day} {due:%B %Y})"
