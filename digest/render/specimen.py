"""An invented edition with everything in it: to try templates with, and to measure."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from digest.model.appeal import Appeal, AppealVariant, Goal, Link, Meter
from digest.model.brand import Brand
from digest.model.edition import Brief, Bulletin, Edition
from digest.model.newsletter import Newsletter, ScheduleRule, Site
from digest.model.picture import Illustration
from digest.render.email import emails

NOW = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)
NONCE = "DGq7Xk2Lm9Pz"
SITE = Site(
    name="The Sample Post",
    url="https://sample.example",
    timezone="Europe/Dublin",
    postal_address="The Sample Post, 1 Example Street, Dublin",
)
NEWSLETTER = Newsletter(
    id="morning",
    title="News in 60 seconds",
    schedule=ScheduleRule(text="daily 07:00", timezone="Europe/Dublin"),
    appeal="help",
)
APPEAL = Appeal(
    id="help",
    variants=tuple(
        AppealVariant(
            id=name,
            heading=heading,
            subheading="This minute of news was paid for by its readers.",
            text="There is no wall around our reporting, and there will not be one.\n\n"
            "Reporters still have to be paid, and adverts cover less of it every year.",
            ask="If this minute was worth something to you, please give what you can.",
            button="Contribute",
            url="https://sample.example/give?plan=1",
        )
        for name, heading in (("a", "Keep us free to read"), ("b", "One minute of your day"))
    ),
)
METER = Meter(
    raised=3_124_000, goal=Goal(amount=5_000_000, currency="EUR", ends=date(2026, 12, 31))
)
LINE = (
    "The lights at the mouth of harbour number {n} came back on at 6.41pm on Sunday, {n} days after"
    " a storm cut the cable that feeds them, the harbour master said."
)
STANDFIRST = (
    "Four divers worked for {n} hours in visibility of less than a metre to join the two ends of"
    " the cable. \u201cWe could hear the ferries above us,\u201d one of them said afterwards, and"
    " the council is to look at a second cable \u2013 it would cost \u20ac{n}.5 million."
)


def edition(stories: int = 8) -> Edition:
    """The morning's."""
    briefs = tuple(_brief(number) for number in range(1, stories + 1))
    return Edition(
        id=41,
        slug="morning-2026-03-16-0700",
        newsletter_id="morning",
        local_date=NOW.date(),
        local_time=time(7),
        due_at=NOW,
        subject="Harbour lights switched back on after a storm; town told to boil its water",
        preheader=f"{stories} stories, 52 seconds: and a second cable may come",
        bulletin=Bulletin(briefs=briefs, words=25 * stories, seconds=52),
        appeal="help",
        composed_at=NOW,
    )


def tried(templates: Mapping[str, str], brand: Brand) -> None:
    """RenderError when the templates do not make a whole email of the edition."""
    emails(
        edition(),
        site=SITE,
        newsletter=NEWSLETTER,
        brand=brand,
        appeal=APPEAL,
        links={one.id: Link(name=one.id, target=one.url) for one in APPEAL.variants},
        headers=(),
        meter=METER,
        templates=templates,
        nonce=NONCE,
    )


def _brief(number: int) -> Brief:
    picture = Illustration(
        name=f"{number:024x}.jpg",
        width=1200,
        height=675,
        alt=f"Harbour {number} by night",
        credit="The Sample Post",
    )
    return Brief(
        article_id=number,
        url=f"https://www.sample.example/news/harbour-lights-{number}/?utm_medium=email&n={number}",
        headline=f"Harbour lights number {number} switched back on after {number} days of darkness",
        label=f"Harbour {number}",
        line=LINE.format(n=number + 10),
        words=27,
        standfirst=STANDFIRST.format(n=number),
        section="Coast",
        source_name="The Sample Post",
        published=NOW,
        picture=picture if number % 2 else None,
    )
