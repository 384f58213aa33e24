"""What each post of an edition has to say, before it is made to fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from digest.model.account import Account, PostShape
from digest.model.edition import Brief, Edition
from digest.model.newsletter import Site
from digest.model.post import PostKind
from digest.social.fit import clean
from digest.social.tags import hashtags, tags

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = (
    "January February March April May June July August September October November December".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One post's content."""

    kind: PostKind
    line: str
    headline: str
    """Said instead when the line is too long."""
    link: str
    link_title: str
    link_summary: str
    story_url: str = ""
    picture: str = ""
    alt: str = ""
    tags: tuple[str, ...] = ()
    values: Mapping[str, object]
    """For the template, beside `words` and `link`."""


def of_edition(edition: Edition, account: Account, *, site: Site, title: str) -> list[Part]:
    """A part a story, in a thread with one before and one after them; none without stories."""
    briefs = edition.bulletin.briefs[: account.stories]
    if not briefs:
        return []
    stories = [story(edition, brief, account, site=site, title=title) for brief in briefs]
    if account.shape is not PostShape.THREAD:
        return stories
    first = _title(edition, briefs, account, site, title)
    return [first, *stories, _last(edition, site, title)]


def story(edition: Edition, brief: Brief, account: Account, *, site: Site, title: str) -> Part:
    """What happened, then where to read it."""
    shown = brief.picture
    return Part(
        kind="story",
        line=brief.line,
        headline=brief.headline,
        link=brief.url,
        link_title=brief.headline,
        link_summary=brief.standfirst,
        story_url=brief.url,
        picture=shown.name if shown and shown.alt else "",
        alt=shown.alt if shown and shown.alt else brief.headline,
        tags=tags([brief], account, edition.newsletter_id),
        values={
            **_values(edition, site, title),
            "label": clean(brief.label),
            "headline": clean(brief.headline),
            "standfirst": clean(brief.standfirst),
            "section": clean(brief.section),
            "hashtags": " ".join(f"#{tag}" for tag in hashtags(brief, account)),
        },
    )


def whole(edition: Edition, account: Account, *, site: Site, title: str) -> Part:
    """The bulletin in one post, where a network takes so much."""
    briefs = edition.bulletin.briefs[: account.stories]
    head = _head(edition, site, title)
    return Part(
        kind="whole",
        line=edition.subject,
        headline="",
        link=f"{site.url}/editions/{edition.slug}",
        link_title=f"{site.name}: {head}",
        link_summary=edition.preheader,
        alt=f"{head}: " + "; ".join(brief.headline for brief in briefs),
        tags=tags(briefs, account, edition.newsletter_id),
        values={**_values(edition, site, title), "stories": _told(briefs)},
    )


def _title(
    edition: Edition, briefs: Sequence[Brief], account: Account, site: Site, title: str
) -> Part:
    """The bulletin's name and day, with what leads it."""
    head = _head(edition, site, title)
    return Part(
        kind="title",
        line=_lead(edition, briefs),
        headline="",
        link=f"{site.url}/editions/{edition.slug}",
        link_title=f"{site.name}: {head}",
        link_summary=edition.preheader,
        alt=f"{head}: " + "; ".join(brief.headline for brief in briefs),
        tags=(),
        values={**_values(edition, site, title), "count": len(briefs) + 2},
    )


def _last(edition: Edition, site: Site, title: str) -> Part:
    """Where to get the next one; the slot keeps the text of two editions apart."""
    return Part(
        kind="last",
        line="",
        headline="",
        link=f"{site.url}/",
        link_title=f"{title} by email",
        link_summary=f"{site.name}: sign up, free of charge.",
        alt=f"{title} by email",
        values=_values(edition, site, title),
    )


def _lead(edition: Edition, briefs: Sequence[Brief]) -> str:
    """The subject of the mail, or the headline that was cut to make it: a post has more room."""
    lead, subject = clean(briefs[0].headline), clean(edition.subject)
    return lead if lead.startswith(subject.rstrip("…. ")) else subject


def _values(edition: Edition, site: Site, title: str) -> dict[str, object]:
    return {
        "title": clean(title),
        "site": clean(site.name),
        "day": _day(edition.local_date, site.language),
        "time": f"{edition.local_time:%H:%M}",
        "sign_up": f"{site.url}/",
    }


def _told(briefs: Sequence[Brief]) -> list[dict[str, str]]:
    return [
        {"label": clean(b.label), "line": clean(b.line), "headline": clean(b.headline)}
        for b in briefs
    ]


def _head(edition: Edition, site: Site, title: str) -> str:
    return f"{title}, {_day(edition.local_date, site.language)}"


def _day(day: date, language: str) -> str:
    """ "Monday 16 March"; the plain date where the newsroom does not write English."""
    if language.partition("-")[0].lower() != "en":
        return day.isoformat()
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
