"""A whole edition as mail: seven stories, rendered, compiled and filled for one reader."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from digest import compose
from digest.deliver import appeals, headers, tokens
from digest.model.audience import Subscriber
from digest.model.brand import Brand
from digest.model.edition import Brief, Bulletin, Edition, Email
from digest.model.mail import MailSettings
from digest.render import email as rendering
from digest.render.headers import lines
from digest.render.message import fill
from tests import builders
from tests.conftest import ROOT

NONCE = "DGq7Xk2Lm9Pz"
SECRET = "s" * 32

STORIES = (
    (
        "Homelessness",
        "Number of people in emergency accommodation passes 17,000",
        "A record 17,112 people were in emergency accommodation in October, 378 more than in"
        " September, the housing department said on Friday.",
        "Charities said that the figure was \u201ca failure we can see coming every month\u201d.",
        "Ireland",
    ),
    (
        "Kyiv",
        "Leaders arrive for talks on how to watch over a truce",
        "Leaders of seven countries arrive today for talks on how a truce along the front line"
        " could be watched over.",
        "The talks are the first in the city since the summer.",
        "World",
    ),
    (
        "Sorrisdale",
        "Harbour lights switched back on after 17 days",
        "The lights at the mouth of the harbour came back on at 6.41pm on Sunday, 17 days after a"
        " storm cut the cable that feeds them.",
        "Four divers worked in visibility of less than a metre, the harbour master said.",
        "Coast",
    ),
    (
        "Block",
        "Payments company to cut almost half of its staff",
        "The payments company Block is to cut almost half of its 10,000 staff and says that"
        " software now does part of the work.",
        "",
        "Business",
    ),
    (
        "Chess",
        "Fourteen-year-old becomes youngest grandmaster of her country",
        "Meera Iyer, 14, drew her last game in Stavanger and is the youngest grandmaster that her"
        " country has had.",
        "\u201cI had planned to go to school on Monday,\u201d she said after the game.",
        "Sport",
    ),
    (
        "Space",
        "Lost probe calls home for 12 minutes",
        "A probe that was thought lost in March sent 12 minutes of data to a dish in Spain before"
        " it fell silent again.",
        "Engineers do not know whether its batteries will last until Thursday.",
        "Science",
    ),
    (
        "Weather",
        "Wind warning for three counties until 9pm",
        "A yellow warning for wind is in place for Donegal, Sligo and Mayo until 9pm; gusts of up"
        " to 100 km/h are expected.",
        "Ferries to the islands are cancelled.",
        "Ireland",
    ),
)


def stories(count: int = 7, **changes: Any) -> tuple[Brief, ...]:
    """That many briefs, the seven over and over."""
    return tuple(
        builders.brief(
            n + 1,
            **{
                "label": label,
                "headline": headline,
                "line": line,
                "standfirst": standfirst,
                "section": section,
                "url": f"https://www.sample.example/news/{n + 1}?a=1&b=2#top",
                "published": builders.NOW - timedelta(hours=3 * n + 1),
                **changes,
            },
        )
        for n in range(count)
        for label, headline, line, standfirst, section in [STORIES[n % len(STORIES)]]
    )


def edition(count: int = 7, **changes: Any) -> Edition:
    """The morning edition as the compose room makes it; keyword arguments change every brief."""
    briefs = stories(count, **changes)
    return compose.edition(
        newsletter=builders.newsletter(),
        site=builders.site(),
        occurrence=builders.occurrence(),
        bulletin=Bulletin(briefs=briefs, words=25 * count, seconds=7 * count),
        left_out=(),
        appeal=builders.appeal(),
        now=builders.NOW,
    )


@cache
def templates() -> dict[str, str]:
    """The shipped templates by name."""
    folder = ROOT / "templates"
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.j2")
    }


def emails(made: Edition | None = None, **changes: Any) -> tuple[Email, ...]:
    """The edition rendered; keyword arguments replace arguments of the render room."""
    made = made or edition()
    newsletter = changes.get("newsletter", builders.newsletter())
    appeal = changes.get("appeal", builders.appeal())
    return rendering.emails(
        made,
        **{
            "site": builders.site(),
            "newsletter": newsletter,
            "brand": Brand(),
            "appeal": appeal,
            "links": appeals.links(SECRET, made, appeal, builders.site()) if appeal else {},
            "headers": headers.shared_headers(
                made, newsletter=newsletter, site=builders.site(), mail=builders.mail()
            ),
            "meter": None,
            "templates": templates(),
            "nonce": NONCE,
            **changes,
        },
    )


def message(
    made: Edition, email: Email, subscriber_id: int = 7, settings: MailSettings | None = None
) -> bytes:
    """What one reader gets."""
    to = reader(subscriber_id)
    values = own_values(to)
    own = (
        *headers.release_headers(made),
        *headers.envelope(made, settings or builders.mail()).own(
            to.address,
            tokens.delivery_token(SECRET, made.id, to.id),
            tokens.reader_token(SECRET, "morning", to.id),
            values["unsubscribe_url"],
        ),
    )
    return fill(email.letter, lines(own), values)


def reader(number: int) -> Subscriber:
    """The subscriber of that number."""
    return Subscriber(id=number, address=f"reader{number}@mail.example", created=builders.NOW)


def own_values(to: Subscriber) -> Mapping[str, str]:
    """The values of one reader's message."""
    token = tokens.reader_token(SECRET, "morning", to.id)
    return {
        "unsubscribe_url": tokens.unsubscribe_url(builders.site(), token),
        "manage_url": tokens.manage_url(builders.site(), token),
        "address": to.address,
    }
