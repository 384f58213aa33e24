"""Pages for readers: the web version of an edition, and the few plain pages around it."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from zoneinfo import ZoneInfo

from digest.model.edition import Edition, Email
from digest.model.newsletter import Newsletter, Site
from digest.render.email import base, token, web_version
from digest.render.template import fill
from digest.render.wording import day_and_time, direction, full_date, link
from digest.text.plain import one_line
from digest.text.spoken import spoken

_PLACES = (re.compile(r'<[^>]+ role="main"[^>]*>'), re.compile(r"<body[^>]*>"))
"""Behind the first of these that the page has stands the note."""


def edition_page(
    email: Email, *, site: Site, newsletter: Newsletter, edition: Edition, note: str = ""
) -> str:
    """The email's own HTML with neutral values, so that nobody's link stands on a public page.

    On the web it says what mail must not: where the main part is, how to show it when shared, and
    what was corrected since it came out (the note).
    """
    neutral = {
        "unsubscribe_url": f"{base(site)}/unsubscribe",
        "address": "your address",
    }
    page = email.html
    for name, value in neutral.items():
        page = page.replace(token(email.nonce, name), value)
    page = page.replace('role="article" aria-roledescription="email"', 'role="main"', 1)
    if place := next(filter(None, (one.search(page) for one in _PLACES)), None):
        page = page[: place.end()] + note + page[place.end() :]
    return page.replace("</head>", _shared_as(site, newsletter, edition) + "</head>", 1)


def corrections_note(edition: Edition, *, site: Site, templates: Mapping[str, str]) -> str:
    """What was corrected after the release, for the web version; "" when nothing was.

    A story that was withdrawn is not told again.
    """
    told = [c for c in edition.corrections if edition.released_at and c.at >= edition.released_at]
    if not told:
        return ""
    zone, today = ZoneInfo(site.timezone), edition.local_date
    corrections = [
        {
            "pulled": one.pulled,
            "same_day": one.at.astimezone(zone).date() == today,
            "when": day_and_time(one.at.astimezone(zone), today, site.language),
            "headline": spoken(one.headline),
            "after": spoken(one.after),
        }
        for one in told
    ]
    return fill("public/corrections.html.j2", templates, {"corrections": corrections})


def _shared_as(site: Site, newsletter: Newsletter, edition: Edition) -> str:
    """How the page shows itself where somebody shares its address."""
    address = web_version(site, edition)
    told = {
        "og:type": "article",
        "og:url": address,
        "og:title": spoken(edition.subject),
        "og:description": spoken(edition.preheader),
        "og:site_name": f"{one_line(newsletter.title)}, {one_line(site.name)}",
    }
    return f'<link rel="canonical" href="{escape(address)}">\n' + "".join(
        f'<meta property="{name}" content="{escape(value)}">\n' for name, value in told.items()
    )


def reader_page(
    name: str, *, site: Site, templates: Mapping[str, str], values: Mapping[str, object]
) -> str:
    """One of the plain pages under templates/public/."""
    shared = {
        "site": one_line(site.name),
        "site_url": link(site.url),
        "base": base(site),
        "postal_address": one_line(site.postal_address),
        "language": site.language,
        "direction": direction(site.language),
    }
    return fill(f"public/{name}.html.j2", templates, {**shared, **values})


def listed(newsletter: Newsletter, editions: Sequence[Edition], language: str) -> dict[str, object]:
    """A newsletter as the front page lists it, with its latest editions."""
    return {
        "title": one_line(newsletter.title),
        "editions": [
            {
                "slug": edition.slug,
                "subject": spoken(edition.subject),
                "date": full_date(edition.local_date, language),
            }
            for edition in editions
        ],
    }
