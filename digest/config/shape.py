"""The shape of config.yaml: every key, what it takes, its default and what it means."""

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from digest.config.account_shape import AccountShape
from digest.config.appeal_shape import AppealShape, PlatformShape
from digest.config.brand_shape import BrandShape
from digest.config.fields import (
    Address,
    Country,
    Day,
    Duration,
    Id,
    Inside,
    Interval,
    Language,
    Line,
    Listen,
    Pattern,
    ScheduleText,
    SiteAddress,
    SourceAddress,
    Zone,
)
from digest.config.mail_shape import MailShape, PreflightShape
from digest.config.shaping import NOT_EMPTY, Shape, Store, kind
from digest.config.summary_shape import SummaryShape
from digest.model.newsletter import Closer, HolidayRule, IfLate, IfNobody, IfSensitive, InDoubt
from digest.model.picture import Pictures


class SiteShape(Shape):
    """The newsroom as readers see it."""

    name: Line = Field(description="Name of the newsroom, in every mail and on every page.")
    url: SiteAddress = Field(description="Public address the reader pages hang under.")
    timezone: Zone = Field(description="IANA zone of schedules that name none of their own.")
    language: Language = Field(default="en", description="Language of newsletters that name none.")
    postal_address: Line | None = Field(
        default=None, description="Postal address in the foot of every mail; the law asks for it."
    )
    listen: Listen = Field(
        default="127.0.0.1:8060", description="Host and port `digest serve` listens on."
    )


class SourceShape(Shape):
    """A feed, sitemap, listing page or file we collect from."""

    id: Id = Field(description="Short name of the source, unique.")
    url: SourceAddress = Field(
        description="Address of a feed, a sitemap or (with `links`) a web page, or file:PATH for a"
        " text or page that you paste yourself."
    )
    every: Interval | None = Field(
        default=None,
        description="How often to look, 1 minute to 7 days; if left out every 5 to 60 minutes, as"
        " often as the source changes and allows.",
    )
    section: Line | None = Field(
        default=None, description="Section of its articles when they name none themselves."
    )
    weight: float = Field(
        default=1.0, ge=0, le=10, description="Its say when stories are picked; 0 to 10."
    )
    name: Line | None = Field(
        default=None, description="Name readers see; the host of its url if left out."
    )
    timezone: Zone | None = Field(
        default=None, description="Zone of dates that carry none; the site's if left out."
    )
    links: Pattern | None = Field(
        default=None,
        description="The url is a web page without a feed: its links whose address matches this"
        " regular expression are the articles.",
    )
    pages: bool = Field(
        default=True,
        description="Fetch each article's page; false takes the text of the feed as the article.",
    )
    drop: tuple[Pattern, ...] = Field(
        default=(),
        description="Regular expressions: a line of its pages that matches one is left out.",
    )
    keep: tuple[Pattern, ...] = Field(
        default=(),
        description="Regular expressions: a line of its pages that matches one is never left out.",
    )
    pictures: Pictures = Field(
        default=Pictures.NONE,
        description="Which of its pictures our mail may show: none, own (those whose caption or"
        " credit names no agency), or all.",
    )
    credit: Line | None = Field(
        default=None, description="Credit under a picture that names none itself."
    )


class HolidaysShape(Shape):
    """Days a schedule treats as holidays."""

    country: Country | None = Field(
        default=None, description="Public holidays of a country or part of one: IE, GB-NIR."
    )
    dates: tuple[Day, ...] = Field(default=(), description="Days of your own: 2026-12-24.")
    rule: HolidayRule = Field(
        default=HolidayRule.SKIP,
        description="On a holiday: skip the slot, move it to the next working day, or ignore.",
    )


class ScheduleShape(Shape):
    """When a newsletter goes out."""

    at: ScheduleText = Field(
        description='The rule: "weekdays 07:00", "1st monday 09:00", "every 2 hours 08:00-20:00".'
    )
    timezone: Zone | None = Field(
        default=None, description="IANA zone of the rule; the site's if left out."
    )
    holidays: HolidaysShape | None = Field(default=None, description="What happens on holidays.")
    skip: tuple[Day, ...] = Field(default=(), description="Single days without an edition.")
    paused: bool = Field(
        default=False, description="Every slot is skipped, with the reason, until false."
    )


Schedule = Annotated[
    Annotated[ScheduleText, Tag("text")] | Annotated[ScheduleShape, Tag("keys")],
    Discriminator(kind),
]


class ApprovalShape(Shape):
    """Who is asked before a release, and what silence means."""

    ask: tuple[Address, ...] = Field(
        default=(), description="Editors who get a mail when the draft is ready."
    )
    if_nobody: IfNobody = Field(
        default=IfNobody.SEND,
        description="When nobody has approved by the slot: send, hold or skip.",
    )
    if_sensitive: IfSensitive = Field(
        default=IfSensitive.SAME,
        description="With a sensitive story (death, court, minor) and nobody's approval: the same,"
        " or hold.",
    )


class LateShape(Shape):
    """What happens to a slot that was missed, for example because the machine was down."""

    run_within: Duration = Field(
        default="2h",
        validate_default=True,
        description="A slot may still run this long after its time.",
    )
    otherwise: IfLate = Field(
        default=IfLate.SKIP,
        description="Later than that: skip it, or ask (it waits for an editor).",
    )


class SectionShape(Shape):
    """How much a newsletter wants of a section."""

    name: Line = Field(description="The section, as its articles name it.")
    weight: float = Field(
        ge=0, le=10, description="What the score of its stories is multiplied by; 0 to 10."
    )


class NewsletterShape(Shape):
    """A recurring product."""

    id: Id = Field(description="Short name of the newsletter, unique; part of its addresses.")
    title: Line = Field(description="What readers see.")
    schedule: Schedule = Field(description="When it goes out: a rule as text, or keys.")
    cutoff: Duration = Field(
        default="10m",
        validate_default=True,
        description="Collecting stops and the draft is written this long before the slot.",
    )
    approval: ApprovalShape = Field(
        default_factory=ApprovalShape,
        description="Who is asked before a release, and what silence means.",
    )
    if_late: LateShape = Field(
        default_factory=LateShape, description="What happens to a missed slot."
    )
    stories: int = Field(default=7, ge=1, le=20, description="Stories in the bulletin, 1 to 20.")
    at_least: int = Field(
        default=1, ge=1, le=20, description="With fewer stories than this the slot is skipped."
    )
    per_section: int = Field(default=2, ge=1, le=20, description="Stories of one section at most.")
    sections: tuple[SectionShape, ...] = Field(
        default=(), description="Sections that count more or less than 1 when stories are picked."
    )
    closer: Closer = Field(
        default=Closer.ANY, description="The last story: any, or a light one where there is one."
    )
    light: tuple[Line, ...] = Field(
        default=(), description="Sections that are light; culture, sport and the like if left out."
    )
    max_age: Duration = Field(
        default="24h",
        validate_default=True,
        description="Articles older than this at the slot are no news.",
    )
    sources: tuple[Line, ...] = Field(
        default=(), description="Ids of the sources it draws on; all if left out."
    )
    appeal: Line | None = Field(default=None, description="Id of the appeal in its footer.")
    accounts: tuple[Line, ...] = Field(
        default=(), description="Ids of the accounts it is posted to."
    )
    in_doubt: InDoubt = Field(
        default=InDoubt.HOLD,
        description="A delivery whose answer was never seen: hold it, resend it, or ask.",
    )
    too_late: Duration = Field(
        default="12h",
        validate_default=True,
        description="What no relay has taken so long after the release is given up.",
    )
    language: Language | None = Field(
        default=None, description="Its language; the site's if left out."
    )


class CollectingShape(Shape):
    """How far collecting goes, and which private addresses it may enter."""

    intranet: tuple[Inside, ...] = Field(
        default=(),
        description="Hosts, addresses and networks inside the house that may be fetched from;"
        " every other private address is refused.",
    )
    max_age: Duration = Field(
        default="3d",
        validate_default=True,
        description="Items of a feed that are older are not looked at.",
    )
    items: int = Field(
        default=50,
        ge=1,
        le=10_000,
        description="Items of one fetch that are looked at, the newest first.",
    )


class ConfigShape(Shape):
    """config.yaml of Digest."""

    site: SiteShape = Field(description="The newsroom as readers see it.")
    store: Store = Field(
        default="sqlite:///digest.db",
        description="Database: sqlite:///FILE beside config.yaml, or postgresql+psycopg://…,"
        " which may be a secret.",
    )
    sources: tuple[SourceShape, ...] = Field(
        json_schema_extra=NOT_EMPTY,
        description="Feeds, sitemaps, pages and files to collect from.",
    )
    newsletters: tuple[NewsletterShape, ...] = Field(
        json_schema_extra=NOT_EMPTY, description="What goes out, and when."
    )
    appeals: tuple[AppealShape, ...] = Field(
        default=(), description="Contribution requests for the footer."
    )
    mail: MailShape = Field(description="Where messages go and how fast.")
    accounts: tuple[AccountShape, ...] = Field(
        default=(), description="Social profiles to post to."
    )
    collecting: CollectingShape = Field(
        default_factory=CollectingShape,
        description="How far collecting goes, and which private addresses it may enter.",
    )
    contributions: tuple[PlatformShape, ...] = Field(
        default=(), description="Donation platforms that tell us of payments."
    )
    brand: BrandShape = Field(
        default_factory=BrandShape, description="Colours, logo and fonts of mail and pages."
    )
    preflight: PreflightShape = Field(
        default_factory=PreflightShape, description="How strict the look before a release is."
    )
    summary: SummaryShape = Field(
        default_factory=SummaryShape, description="How long the bulletin may be and who writes it."
    )
    templates: Line | None = Field(
        default=None, description="Folder of your own templates; each replaces the one of its name."
    )
