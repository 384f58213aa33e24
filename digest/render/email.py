"""An edition becomes its emails: one for readers without an appeal, one for each appeal variant."""

import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from zoneinfo import ZoneInfo

from digest.errors import RenderError
from digest.model.edition import Brief, Edition, Email
from digest.model.newsletter import Appeal, AppealVariant, Newsletter, Site
from digest.render.inline import inlined
from digest.render.template import fill
from digest.render.wording import day_and_time, direction, full_date, link
from digest.text.plain import one_line
from digest.text.spoken import spoken

PERSONAL = ("unsubscribe_url", "address")
"""The values that differ per subscriber."""

MOST_BYTES = 100_000
"""Gmail clips an HTML part near 102 kB, and with it the unsubscribe link."""

VALUE_BYTES = 320
"""The most that a filled token can add."""

_HREF = re.compile(r'\shref="([^"]*)"')


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


def emails(
    edition: Edition,
    *,
    site: Site,
    newsletter: Newsletter,
    appeal: Appeal | None,
    templates: Mapping[str, str],
    nonce: str,
) -> tuple[Email, ...]:
    """The email without an appeal first, then one for each variant of the edition's appeal."""
    shared = _values(edition, site, newsletter, nonce)
    variants: list[AppealVariant | None] = [None]
    if appeal is not None and edition.appeal == appeal.id:
        variants += appeal.variants
    made = []
    for variant in variants:
        values = {**shared, "appeal": _appeal_values(variant)}
        email = Email(
            variant=variant.id if variant else "",
            subject=str(values["subject"]),
            html=inlined(fill("email.html.j2", templates, values)),
            text=fill("email.txt.j2", templates, values).strip() + "\n",
            nonce=nonce,
        )
        check(email)
        made.append(email)
    return tuple(made)


def check(email: Email) -> None:
    """RenderError, in one sentence, when the email must not leave the house."""
    problem = _size(email) or _placeholder(email) or _personal(email) or _links(email)
    if problem:
        raise RenderError(f"{problem}; nothing was rendered")


def _size(email: Email) -> str:
    found = sum(email.html.count(word) for word in tokens(email.nonce))
    size = len(email.html.encode()) + found * VALUE_BYTES
    if size < MOST_BYTES:
        return ""
    return (
        f"the email has {size:,} bytes of HTML and mail programs cut it from {MOST_BYTES:,} on;"
        " take fewer stories or shorten the template"
    )


def _placeholder(email: Email) -> str:
    for part, text in (("subject", email.subject), ("HTML", email.html), ("text", email.text)):
        found = re.search(r"\{\{.{0,24}|\{%.{0,24}", text)
        if found:
            return f"the {part} holds the unfilled placeholder {found.group()!r}; correct its text"
    return ""


def _personal(email: Email) -> str:
    for word, value in tokens(email.nonce).items():
        if (word in email.html) != (word in email.text):
            lacking = "text" if word in email.html else "HTML"
            return f"the {lacking} template does not use {value}, the other one does"
    for part, text in (("HTML", email.html), ("text", email.text)):
        if token(email.nonce, "unsubscribe_url") not in text:
            return f"the {part} template has no unsubscribe_url; nobody could unsubscribe"
    return ""


def _links(email: Email) -> str:
    for href in _HREF.findall(email.html):
        if unescape(href) not in email.text:
            return f"the link {unescape(href)!r} stands in the HTML and not in the text template"
    return ""


def _values(edition: Edition, site: Site, newsletter: Newsletter, nonce: str) -> dict[str, object]:
    language = newsletter.language
    rtl = direction(language) == "rtl"
    zone = ZoneInfo(newsletter.schedule.timezone)
    briefs = edition.bulletin.briefs
    return {
        "subject": spoken(edition.subject),
        "preheader": spoken(edition.preheader),
        "site": one_line(site.name),
        "site_url": link(site.url),
        "postal_address": one_line(site.postal_address),
        "title": one_line(newsletter.title),
        "date": full_date(edition.local_date, language),
        "language": language,
        "direction": "rtl" if rtl else "ltr",
        "start": "right" if rtl else "left",
        "stories": [_story(brief, edition.local_date, zone, language) for brief in briefs],
        "length": edition.bulletin.length,
        "web_version": web_version(site, edition),
        **{value: token(nonce, value) for value in PERSONAL},
    }


def _story(brief: Brief, today: date, zone: ZoneInfo, language: str) -> dict[str, str]:
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
    }


def _appeal_values(variant: AppealVariant | None) -> dict[str, object] | None:
    """The editors' own words, as they are: a placeholder in them must be found, not hidden."""
    if variant is None:
        return None
    url = link(variant.url)
    if not url or "{" in variant.url:
        raise RenderError(
            f"the button of appeal variant {variant.id!r} has no web address ({variant.url!r});"
            " nothing was rendered. Correct its url"
        )
    paragraphs = re.split(r"\n\s*\n", variant.text)
    return {
        "heading": one_line(variant.heading),
        "paragraphs": [one_line(paragraph) for paragraph in paragraphs if paragraph.strip()],
        "button": one_line(variant.button),
        "url": url,
    }
