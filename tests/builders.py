"""Values for tests: every builder gives a valid noun, any field can be replaced."""

from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from digest.model.account import Account, Network
from digest.model.appeal import Appeal, AppealVariant
from digest.model.edition import Brief, Bulletin, Edition, Occurrence
from digest.model.mail import MailSettings, Relay
from digest.model.news import Article, Pick, Story
from digest.model.newsletter import Newsletter, ScheduleRule, Site, Source
from digest.model.settings import Settings

NOW = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)


def site(**changes: Any) -> Site:
    """The Sample Post."""
    return Site(
        **{
            "name": "The Sample Post",
            "url": "https://sample.example",
            "timezone": "Europe/Dublin",
            "postal_address": "The Sample Post, 1 Example Street, Dublin",
            **changes,
        }
    )


def source(**changes: Any) -> Source:
    """A feed of The Sample Post."""
    return Source(
        **{
            "id": "post",
            "url": "https://sample.example/feed",
            "section": "News",
            "name": "The Sample Post",
            **changes,
        }
    )


def article(number: int = 1, **changes: Any) -> Article:
    """A harbour story, told apart by its number."""
    return Article(
        **{
            "id": number,
            "url": f"https://sample.example/news/story-{number}/",
            "source_id": "post",
            "headline": f"Harbour lights number {number} switched back on after storm",
            "standfirst": "Divers joined the last strand at low water on Sunday.",
            "authors": ("Ailsa Drummore",),
            "published": NOW - timedelta(hours=number),
            "section": "News",
            "language": "en",
            "paragraphs": (
                f"The lights at the mouth of Sorrisdale harbour number {number} came back on at"
                " 6.41pm on Sunday, 17 days after a storm cut the cable that feeds them.",
                "Four divers worked in visibility of less than a metre, harbour master Effie"
                " Galbraith said.",
                "The repair cost £64,000, and the owner of the coaster has agreed to pay £50,000.",
            ),
            "hash": f"hash-{number}",
            "collected": NOW,
            **changes,
        }
    )


TOPICS = (
    (
        "Harbour lights",
        "Sorrisdale",
        "divers",
        "cable",
        "The lights of Sorrisdale harbour came back on Sunday after divers joined a cable "
        "that a storm had cut.",
    ),
    (
        "Water notice",
        "Knockbrack",
        "engineers",
        "meters",
        "About 4,000 people in Knockbrack must boil their water after engineers found "
        "soil in new meters.",
    ),
    (
        "Library bus",
        "Westport",
        "readers",
        "books",
        "A library bus will visit fourteen villages around Westport with 3,200 books "
        "every second week.",
    ),
    (
        "Bridge closure",
        "Castlebar",
        "drivers",
        "concrete",
        "The bridge at Castlebar is shut for nine days while inspectors test its cracked concrete.",
    ),
    (
        "School results",
        "Galway",
        "pupils",
        "exams",
        "Pupils in Galway took 12 percent more honours in this summer's exams than a year before.",
    ),
    (
        "Salt mine",
        "Carrickfergus",
        "miners",
        "tunnels",
        "A salt mine under Carrickfergus will close in May and 140 miners will lose their jobs.",
    ),
    (
        "Museum theft",
        "Limerick",
        "curators",
        "silver",
        "Thieves took 31 pieces of silver from a museum in Limerick on Saturday night, "
        "curators said.",
    ),
    (
        "Ferry timetable",
        "Rossaver",
        "islanders",
        "sailings",
        "Islanders will have two more sailings a day from Rossaver when the new ferry "
        "timetable starts.",
    ),
    (
        "Apple harvest",
        "Armagh",
        "growers",
        "orchards",
        "Growers in Armagh expect to pick 40,000 tonnes of apples after the driest spring "
        "in ten years.",
    ),
    (
        "Night trains",
        "Belfast",
        "passengers",
        "sleepers",
        "Night trains between Belfast and Cork return in June with 200 beds, the railway "
        "company said.",
    ),
)


def distinct_article(number: int, **changes: Any) -> Article:
    """One of ten stories that nobody would take for one another."""
    topic, place, people, thing, lead = TOPICS[(number - 1) % len(TOPICS)]
    return article(
        number,
        **{
            "headline": f"{topic} in {place}: what {people} say about the {thing}",
            "standfirst": f"The {people} of {place} had waited long for news of the {thing}.",
            "section": ("News", "World", "Sport", "Science", "Culture")[number % 5],
            "paragraphs": (
                lead,
                f"Work on the {thing} had been planned since the spring, the {place} council said.",
                f"More than {number}00 {people} have written to the council about the {thing}.",
            ),
            **changes,
        },
    )


def pick(number: int = 1, **changes: Any) -> Pick:
    """A story of one article, picked."""
    return Pick(
        **{
            "story": Story(articles=(article(number),)),
            "score": 1.0 / number,
            "because": f"1 source, {number} h old",
            **changes,
        }
    )


def newsletter(**changes: Any) -> Newsletter:
    """The morning newsletter."""
    return Newsletter(
        **{
            "id": "morning",
            "title": "News in 60 seconds",
            "schedule": ScheduleRule(text="weekdays 07:00", timezone="Europe/Dublin"),
            "appeal": "help",
            "accounts": ("x-main",),
            **changes,
        }
    )


def appeal(**changes: Any) -> Appeal:
    """An appeal with two variants."""
    return Appeal(
        **{
            "id": "help",
            "variants": (
                AppealVariant(
                    id="a",
                    heading="Keep the harbour lights on",
                    text="The Sample Post is free because readers pay for it.",
                    button="Contribute",
                    url="https://sample.example/give",
                ),
                AppealVariant(
                    id="b",
                    heading="Eleven people make this paper",
                    text="A small monthly payment buys diesel and notebooks.",
                    button="Buy a notebook",
                    url="https://sample.example/notebook",
                ),
            ),
            **changes,
        }
    )


def brief(number: int = 1, **changes: Any) -> Brief:
    """A brief of the numbered harbour story."""
    return Brief(
        **{
            "article_id": number,
            "url": f"https://sample.example/news/story-{number}/",
            "headline": f"Harbour lights number {number} switched back on after storm",
            "label": "Sorrisdale",
            "line": f"The lights of harbour number {number} came back on after 17 days.",
            "words": 12,
            "because": "first sentence",
            "section": "News",
            "source_name": "The Sample Post",
            "published": NOW - timedelta(hours=number),
            "standfirst": "Divers joined the last strand at low water on Sunday.",
            **changes,
        }
    )


def bulletin(count: int = 3) -> Bulletin:
    """A bulletin of that many briefs."""
    return Bulletin(
        briefs=tuple(brief(n) for n in range(1, count + 1)), words=12 * count, seconds=3 * count
    )


def occurrence(**changes: Any) -> Occurrence:
    """Monday's slot of the morning newsletter."""
    return Occurrence(
        **{
            "id": 1,
            "newsletter_id": "morning",
            "local_date": date(2026, 3, 16),
            "local_time": time(7, 0),
            "due_at": NOW,
            **changes,
        }
    )


def edition(**changes: Any) -> Edition:
    """Monday's edition, a draft."""
    return Edition(
        **{
            "slug": "morning-2026-03-16-0700",
            "newsletter_id": "morning",
            "local_date": date(2026, 3, 16),
            "local_time": time(7, 0),
            "due_at": NOW,
            "subject": "Harbour lights back on; town told to boil water",
            "preheader": "3 stories, 9 seconds",
            "bulletin": bulletin(),
            "appeal": "help",
            "composed_at": NOW - timedelta(minutes=10),
            **changes,
        }
    )


RELAY_KEYS = frozenset(field.name for field in fields(Relay)) - {"id", "weight"}


def mail(**changes: Any) -> MailSettings:
    """Mail from The Sample Post; keys of a relay are those of its only one, `relay` its address."""
    keys = {key: changes.pop(key) for key in list(changes) if key in RELAY_KEYS and key != "rates"}
    if "relay" in changes:
        keys["address"] = changes.pop("relay")
    relays = {"relays": (Relay(**keys),)} if keys else {}
    return MailSettings(
        **{
            "from_name": "The Sample Post",
            "from_address": "news@sample.example",
            **relays,
            **changes,
        }
    )


def account(**changes: Any) -> Account:
    """The paper's account on X."""
    return Account(**{"id": "x-main", "network": Network.X, **changes})


def settings(**changes: Any) -> Settings:
    """One source, one newsletter, one appeal, one account."""
    return Settings(
        **{
            "site": site(),
            "store": "sqlite://",
            "sources": (source(),),
            "newsletters": (newsletter(),),
            "mail": mail(),
            "appeals": (appeal(),),
            "accounts": (account(),),
            **changes,
        }
    )
