"""Pages for readers: the web version of an edition, and the few plain pages around it."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from digest.model.brand import Brand
from digest.model.edition import Edition, Email
from digest.model.newsletter import Newsletter, Site
from digest.render import card
from digest.render.atom import changed
from digest.render.template import fill
from digest.render.values import base, token, web_version
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
        "manage_url": f"{base(site)}/manage",
        "address": "your address",
    }
    page = email.html
    for name, value in neutral.items():
        page = page.replace(token(email.nonce, name), value)
    page = page.replace('role="article" aria-roledescription="email"', 'role="main"', 1)
    if place := next(filter(None, (one.search(page) for one in _PLACES)), None):
        page = page[: place.end()] + note + page[place.end() :]
    return page.replace("</head>", _shared_as(site, newsletter, edition) + "</head>", 1)


def shown(emails: Sequence[Email]) -> Email:
    """The one everybody sees on the web: with the first wording of the appeal, if it has one."""
    return emails[1] if len(emails) > 1 else emails[0]


def policy(site: Site, brand: Brand) -> str:
    """What the page of an edition may load: its own style, which stands on the elements as in mail,
    and pictures of ours."""
    hosts = [link(site.url), link(brand.logo.url) if brand.logo else ""]
    origins = {f"{p.scheme}://{p.netloc}" for p in map(urlsplit, filter(None, hosts))}
    return f"default-src 'none'; style-src 'unsafe-inline'; img-src {' '.join(sorted(origins))}"


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
        "og:image": f"{base(site)}/cards/{edition.slug}.jpg",
        "og:image:width": str(card.WIDTH),
        "og:image:height": str(card.HEIGHT),
        "og:image:alt": spoken(edition.subject),
        "article:published_time": (edition.released_at or edition.due_at).isoformat(),
        "article:modified_time": changed(edition).isoformat(),
    }
    feed = f"{base(site)}/editions.atom?newsletter={newsletter.id}"
    lines = [
        f'<link rel="canonical" href="{escape(address)}">',
        f'<link rel="alternate" type="application/atom+xml" href="{escape(feed)}">',
        '<meta name="twitter:card" content="summary_large_image">',
        *(f'<meta property="{name}" content="{escape(value)}">' for name, value in told.items()),
    ]
    return "\n".join(lines) + "\n"


def reader_page(
    name: str,
    *,
    site: Site,
    brand: Brand,
    templates: Mapping[str, str],
    values: Mapping[str, object],
) -> str:
    """One of the plain pages under templates/public/."""
    shared = {
        "site": one_line(site.name),
        "site_url": link(site.url),
        "base": base(site),
        "postal_address": one_line(site.postal_address),
        "brand": brand,
        "language": site.language,
        "direction": direction(site.language),
    }
    return fill(f"public/{name}.html.j2", templates, {**shared, **values})


def listed_editions(editions: Sequence[Edition], language: str) -> list[dict[str, str]]:
    """Editions as a page lists them."""
    return [
        {
            "slug": edition.slug,
            "subject": spoken(edition.subject),
            "date": full_date(edition.local_date, language),
        }
        for edition in editions
    ]


def listed(newsletter: Newsletter, editions: Sequence[Edition], language: str) -> dict[str, object]:
    """A newsletter as the front page lists it, with its latest editions."""
    return {
        "title": one_line(newsletter.title),
        "editions": listed_editions(editions, language),
    }
