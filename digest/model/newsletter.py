"""What editors configure: the site, sources, newsletters and the writing of summaries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from digest.model.picture import Pictures
from digest.model.secret import Secret


class IfNobody(StrEnum):
    """What happens at the slot when no editor has approved."""

    SEND = "send"
    HOLD = "hold"
    SKIP = "skip"


class IfLate(StrEnum):
    """What happens to a slot missed by more than the window."""

    SKIP = "skip"
    ASK = "ask"


class IfSensitive(StrEnum):
    """What happens at the slot to a draft with sensitive stories that nobody has approved."""

    SAME = "same"
    """The same as to every other draft."""
    HOLD = "hold"


class Closer(StrEnum):
    """What the last story of a bulletin is."""

    ANY = "any"
    LIGHT = "light"
    """A lighter one where there is one."""


class InDoubt(StrEnum):
    """What happens to a delivery whose answer was never seen."""

    HOLD = "hold"
    RESEND = "resend"
    ASK = "ask"


class HolidayRule(StrEnum):
    """What a schedule does on a holiday."""

    IGNORE = "ignore"
    SKIP = "skip"
    MOVE = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The newsroom as readers see it."""

    name: str
    url: str
    """Public base address of the reader pages, without a trailing slash."""
    timezone: str
    language: str = "en"
    postal_address: str = ""
    listen: str = "127.0.0.1:8060"
    """Where `digest serve` listens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed, sitemap, listing page or file we collect from."""

    id: str
    url: str
    every: timedelta | None = None
    """None: as often as it changes, 5 to 60 minutes."""
    section: str = ""
    weight: float = 1.0
    name: str = ""
    timezone: str = ""
    """IANA zone for dates without one; the site's zone if empty."""
    links: str = ""
    """Regular expression: the address is a web page, and its links that match are articles."""
    pages: bool = True
    """Whether each article's page is fetched; else the feed's own text is the article."""
    drop: tuple[str, ...] = ()
    """Regular expressions: lines that match are never part of an article."""
    keep: tuple[str, ...] = ()
    """Regular expressions: lines that match are never left out."""
    pictures: Pictures = Pictures.NONE
    """Which of its pictures may stand in our mail."""
    credit: str = ""
    """The credit of a picture that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """Days a schedule treats as holidays."""

    country: str = ""
    """ISO 3166 code for the `holidays` package, "" for none; "IE" or "GB-NIR" style."""
    dates: frozenset[date] = frozenset()
    rule: HolidayRule = HolidayRule.IGNORE


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRule:
    """When a newsletter goes out, as the editor wrote it."""

    text: str
    """For example "weekdays 07:30"; read by the schedule room."""
    timezone: str
    holidays: Holidays = Holidays()
    skip_dates: frozenset[date] = frozenset()
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who is asked before a release, and what silence means."""

    ask: tuple[str, ...] = ()
    if_nobody: IfNobody = IfNobody.SEND
    if_sensitive: IfSensitive = IfSensitive.SAME


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRule:
    """How late a slot may still run, and what happens after that."""

    run_within: timedelta = timedelta(hours=2)
    otherwise: IfLate = IfLate.SKIP


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """The recurring product an editor set up."""

    id: str
    title: str
    schedule: ScheduleRule
    cutoff: timedelta = timedelta(minutes=10)
    """Collecting stops and the draft is written this long before the slot."""
    approval: Approval = Approval()
    if_late: LateRule = LateRule()
    stories: int = 7
    at_least: int = 1
    """With fewer stories than this the slot is skipped."""
    per_section: int = 2
    sections: Mapping[str, float] = field(default_factory=dict)
    """Section, case-folded -> weight of its stories; 1 for those not named."""
    closer: Closer = Closer.ANY
    light: tuple[str, ...] = ()
    """Sections whose stories are light; empty means those that the language's list names."""
    max_age: timedelta = timedelta(hours=24)
    """Articles older than this at the slot are no news."""
    sources: tuple[str, ...] = ()
    """Source ids; empty means all."""
    appeal: str = ""
    """Appeal id, "" for an edition without one."""
    accounts: tuple[str, ...] = ()
    in_doubt: InDoubt = InDoubt.HOLD
    too_late: timedelta = timedelta(hours=12)
    """What the relay has not taken so long after the release is not news any more."""
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectingSettings:
    """How far collecting goes, and which private addresses it may enter."""

    intranet: tuple[str, ...] = ()
    """Hosts, addresses and networks (10.1.0.0/16) inside the house that may be fetched from."""
    max_age: timedelta = timedelta(days=3)
    """Older items of a feed are no news and are not looked at."""
    items: int = 50
    """Items of one fetch that are looked at, the newest first."""


class WriterKind(StrEnum):
    """Who writes the lines of a bulletin."""

    RULES = "rules"
    OPENAI = "openai"
    """A server that speaks OpenAI's chat completions."""
    ANTHROPIC = "anthropic"
    """A server that speaks Anthropic's messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """A language model that may word the lines; each still has to pass the gate."""

    url: str
    """Base address, without the path of the call."""
    name: str
    key: Secret | None = None
    deadline: timedelta = timedelta(seconds=20)
    """For the whole call with its repetitions; after that the lines are taken by rule."""
    input_price: float | None = None
    """US dollars for a million tokens."""
    output_price: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySettings:
    """How long the bulletin may be and who writes it."""

    words: int = 210
    line_words: int = 35
    writer: WriterKind = WriterKind.RULES
    model: ModelSettings | None = None
    """The one that `writer` names, None for rules."""
    abbreviations: tuple[str, ...] = ()
    """Without their last dot: never the end of a sentence."""
