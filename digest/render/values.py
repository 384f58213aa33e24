"""What the email templates are given."""

import re
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from markupsafe import Markup

from digest.errors import RenderError
from digest.model.appeal import AppealVariant, Meter
from digest.model.brand import Brand
from digest.model.edition import Brief, Edition
from digest.model.newsletter import Newsletter, Site
from digest.model.picture import Illustration
from digest.render.wording import (
    day_and_time,
    direction,
    full_date,
    link,
    money,
    percent,
    short_date,
)
from digest.text import phrases
from digest.text.plain import one_line
from digest.text.spoken import spoken

PERSONAL = ("unsubscribe_url", "manage_url", "address")
"""The values that differ per subscriber."""

COLUMN = 536
"""Pixels of the text column."""
BAR = 40


def token(nonce: str, value: str) -> str:
    """What stands for a personal value: letters and digits that pass every place unchanged."""
    return nonce + value.replace("_", "")


def tokens(nonce: str) -> dict[str, str]:
    """Token -> name of the value it stands for."""
    return {token(nonce, value): value for value in PERSONAL}


def web_version(site: Site, edition: Edition) -> str:
    """Where the edition can be read on the web."""
    return f"{base(site)}/editions/{edition.slug}"


def base(site: Site) -> str:
    """The public address of the reader pages, without a slash at its end."""
    return link(site.url).rstrip("/")


def values(
    edition: Edition,
    *,
    site: Site,
    newsletter: Newsletter,
    brand: Brand,
    variants: Sequence[tuple[AppealVariant, str]],
    meter: Meter | None,
    nonce: str,
) -> dict[str, object]:
    """For both parts; `variants` are the appeal's, each with the address its button leads to."""
    language = newsletter.language
    words, zone = phrases.of(language), ZoneInfo(newsletter.schedule.timezone)
    title, paper = one_line(newsletter.title), one_line(site.name)
    briefs = edition.bulletin.briefs
    return {
        "subject": spoken(edition.subject),
        "preheader": spoken(edition.preheader),
        "site": paper,
        "site_url": link(site.url),
        "postal_address": one_line(site.postal_address),
        "title": title,
        "words": words,
        "date": full_date(edition.local_date, language),
        **_sides(language),
        "stories": [_story(brief, site, edition.local_date, zone, language) for brief in briefs],
        "length": _length(edition, title, language),
        "why": words.why.format(address=token(nonce, "address"), title=title, site=paper),
        "leave": words.leave.format(title=title),
        "meter": _meter(meter, language) if meter else None,
        "web_version": web_version(site, edition),
        "brand": brand,
        "appeals": [
            _appeal(variant, address, number, nonce)
            for number, (variant, address) in enumerate(variants)
        ],
        **{value: token(nonce, value) for value in PERSONAL},
    }


def _sides(language: str) -> dict[str, str]:
    """How the language runs, and on which side its lines start."""
    rtl = direction(language) == "rtl"
    start, end = ("right", "left") if rtl else ("left", "right")
    return {
        "language": language,
        "direction": "rtl" if rtl else "ltr",
        "start": start,
        "end": end,
    }


def _length(edition: Edition, title: str, language: str) -> str:
    """What the bulletin is called, unless the title says it, and how long it is."""
    bulletin = edition.bulletin
    told = phrases.length(language, len(bulletin.briefs), bulletin.seconds)
    name = phrases.of(language).bulletin
    return told if "60" in title else f"{name}: {told}"


def _meter(meter: Meter, language: str) -> dict[str, object]:
    """A goal as a sentence, as the share of a bar that is full, and as a bar of letters."""
    goal, words = meter.goal, phrases.of(language)
    share = meter.raised / goal.amount if goal.amount else 1.0
    full = max(0, min(100, int(share * 100)))
    told = words.raised.format(
        raised=money(meter.raised, goal.currency, language),
        goal=money(goal.amount, goal.currency, language),
        percent=percent(max(0, int(share * 100)), language),
    )
    if goal.ends:
        told = f"{told} {words.ends.format(date=short_date(goal.ends, language))}"
    bar = "#" * (full * BAR // 100)
    return {"told": told, "full": full, "bar": f"[{bar.ljust(BAR, '.')}]"}


def _picture(shown: Illustration | None, site: Site, language: str) -> dict[str, object] | None:
    """At most as wide as the column; the file has twice the pixels."""
    if shown is None:
        return None
    width = min(COLUMN, shown.width)
    credit = one_line(shown.credit)
    return {
        "url": f"{base(site)}/pictures/{shown.name}",
        "width": width,
        "height": max(1, round(shown.height * width / shown.width)),
        "alt": spoken(shown.alt),
        "credit": phrases.of(language).picture.format(credit=credit) if credit else "",
    }


def _story(
    brief: Brief, site: Site, today: date, zone: ZoneInfo, language: str
) -> dict[str, object]:
    headline, standfirst = spoken(brief.headline), spoken(brief.standfirst)
    when = brief.published.astimezone(zone) if brief.published else None
    about = (
        spoken(brief.section),
        spoken(brief.source_name),
        day_and_time(when, today, language) if when else "",
    )
    return {
        "label": spoken(brief.label),
        "line": spoken(brief.line),
        "headline": headline,
        "standfirst": "" if standfirst == headline else standfirst,
        "about": " \u00b7 ".join(dict.fromkeys(part for part in about if part)),
        "url": link(brief.url),
        "picture": _picture(brief.picture, site, language),
    }


def _appeal(variant: AppealVariant, address: str, number: int, nonce: str) -> dict[str, object]:
    """The editors' own words, as they are: a placeholder in them must be found, not hidden.

    Each wording stands between two marks; an email keeps the one it is for.
    """
    if not link(variant.url) or "{" in variant.url:
        raise RenderError(
            f"the button of appeal variant {variant.id!r} has no web address ({variant.url!r});"
            " nothing was rendered. Correct its url"
        )
    paragraphs = re.split(r"\n\s*\n", variant.text)
    return {
        "heading": one_line(variant.heading),
        "subheading": one_line(variant.subheading),
        "paragraphs": [one_line(paragraph) for paragraph in paragraphs if paragraph.strip()],
        "ask": one_line(variant.ask),
        "button": one_line(variant.button),
        "url": address,
        "begin": Markup(f"<!--{nonce}begin{number}-->"),
        "end": Markup(f"<!--{nonce}end{number}-->"),
    }
