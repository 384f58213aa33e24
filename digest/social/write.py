"""An edition into the posts of one account."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from digest.model.edition import Brief, Edition
from digest.model.newsletter import Site
from digest.model.post import Account, Links, Network, Post, PostKind, PostShape
from digest.social import fit, measure

_TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_TID_SIZE = 13
_CARD_TITLE, _CARD_SUMMARY = 200, 300
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = (
    "January February March April May June July August September October November December".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What one post has to say, before it is made to fit."""

    kind: PostKind
    line: str
    headline: str
    """Said instead when the line is too long."""
    link: str
    link_title: str
    link_summary: str
    story_url: str = ""


def posts(
    edition: Edition,
    account: Account,
    *,
    site: Site,
    now: datetime,
    title: str = "News in 60 seconds",
) -> tuple[Post, ...]:
    """The edition's posts for the account, each within its network's length, in order."""
    briefs = edition.bulletin.briefs[: account.stories]
    if not briefs:
        return ()
    parts = [_story(brief) for brief in briefs]
    thread = account.shape is PostShape.THREAD
    if thread:
        parts = [_title(edition, site, title), *parts, _last(edition, site, title)]
    return tuple(_frozen(edition, account, parts, now))


def record_key(created: datetime, account_id: str, edition: str, part: int) -> str:
    """A Bluesky record key (TID): the same for the same post, no two alike within an edition."""
    microseconds = int(created.timestamp()) * 1_000_000 + created.microsecond + part
    seed = hashlib.sha256(f"{account_id}:{edition}:{part}".encode()).digest()
    number = (microseconds << 10 | int.from_bytes(seed[:2]) >> 6) & (1 << 63) - 1
    return "".join(_TID_LETTERS[number >> 5 * place & 31] for place in reversed(range(_TID_SIZE)))


def _story(brief: Brief) -> _Part:
    """What happened, then where to read it."""
    return _Part(
        kind="story",
        line=brief.line,
        headline=brief.headline,
        link=brief.url,
        link_title=brief.headline,
        link_summary=brief.standfirst,
        story_url=brief.url,
    )


def _title(edition: Edition, site: Site, title: str) -> _Part:
    """The bulletin's name and day, with what leads it."""
    head = f"{title}, {_day(edition.local_date, site.language)}"
    return _Part(
        kind="title",
        line=f"{head}: {edition.subject}" if edition.subject else head,
        headline=head,
        link=f"{site.url}/editions/{edition.slug}",
        link_title=f"{site.name}: {head}",
        link_summary=edition.preheader,
    )


def _last(edition: Edition, site: Site, title: str) -> _Part:
    """Where to get the next one; the slot keeps the text of two editions apart."""
    day = _day(edition.local_date, site.language)
    return _Part(
        kind="last",
        line=f"That was {title} of {day}, {edition.local_time:%H:%M}. Get the next one by email.",
        headline=f"{site.name} by email ({day}, {edition.local_time:%H:%M})",
        link=f"{site.url}/",
        link_title=f"{title} by email",
        link_summary=f"{site.name}: sign up, free of charge.",
    )


def _day(day: date, language: str) -> str:
    """ "Monday 16 March"; the plain date where the newsroom does not write English."""
    if language.partition("-")[0].lower() != "en":
        return day.isoformat()
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def _frozen(
    edition: Edition, account: Account, parts: list[_Part], now: datetime
) -> Iterator[Post]:
    """Each part with its text, link and key as they will go out."""
    thread = account.shape is PostShape.THREAD
    for number, part in enumerate(parts):
        linked = _has_link(account, alone=not thread, last=number == len(parts) - 1)
        text, link = _text(account.network, part, part.link if linked else "")
        yield Post(
            edition_id=edition.id,
            account_id=account.id,
            network=account.network,
            part=number,
            thread=thread,
            kind=part.kind,
            story_url=part.story_url,
            text=text,
            link=link,
            link_title=_shortened(part.link_title, _CARD_TITLE) if link else "",
            link_summary=_shortened(part.link_summary, _CARD_SUMMARY) if link else "",
            length=measure.length(account.network, text),
            created=now,
            due_at=now,
            key=_key(account, edition, number, now),
        )


def _has_link(account: Account, *, alone: bool, last: bool) -> bool:
    """Whether the account's rule gives this post a link; one that stands alone is its own last."""
    match account.links:
        case Links.ALL:
            return True
        case Links.LAST_IN_THREAD:
            return alone or last
        case Links.NONE:
            return False


def _text(network: Network, part: _Part, link: str) -> tuple[str, str]:
    """Text and link as published; Bluesky shows the link as a card, the others in the text."""
    ending = f"\n\n{link}" if link and network is not Network.BLUESKY else ""
    if ending and not measure.fits(network, f"…{ending}"):
        ending = link = ""
    words = fit.choose(
        part.line, part.headline, fits=lambda text: measure.fits(network, text + ending)
    )
    return words + ending, link


def _shortened(text: str, size: int) -> str:
    return fit.choose(text, "", fits=lambda wording: len(wording) <= size)


def _key(account: Account, edition: Edition, part: int, now: datetime) -> str:
    """What tells the network that two requests are the same post."""
    if account.network is Network.BLUESKY:
        return record_key(now, account.id, edition.slug, part)
    return hashlib.sha256(f"{account.id}:{edition.slug}:{part}".encode()).hexdigest()[:32]
