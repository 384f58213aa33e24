"""Slots, occurrences, briefs, editions and the rendered email."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from digest.model.appeal import Link
from digest.model.news import Sensitive
from digest.model.picture import Illustration
from digest.model.preflight import Override, Preflight


class SlotFlag(StrEnum):
    """What is special about a slot."""

    NONE = ""
    MOVED = "moved"
    """The wall time does not exist that day; the first valid instant after the gap."""
    FIRST_OF_TWO = "first of two"
    """The wall time comes twice that day; the first of the two."""
    HOLIDAY_MOVED = "moved from a holiday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One planned wall time: the identity is (local_date, local_time), not the instant."""

    local_date: date
    local_time: time
    due_at: datetime | None
    """The UTC instant; None when the day does not exist in the zone."""
    flag: SlotFlag = SlotFlag.NONE
    skipped: str = ""
    """The reason when this slot will not run ("holiday: St Brigid's Day", "paused"), else ""."""


class OccurrenceState(StrEnum):
    """Where a stored slot stands."""

    DUE = "due"
    CLAIMED = "claimed"
    DONE = "done"
    SKIPPED = "skipped"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A stored slot of a newsletter's schedule."""

    id: int = 0
    newsletter_id: str
    local_date: date
    local_time: time
    due_at: datetime
    state: OccurrenceState = OccurrenceState.DUE
    flag: SlotFlag = SlotFlag.NONE
    because: str = ""
    claimed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSentence:
    """Where a brief's words stand in its article: both counted from 0."""

    paragraph: int
    """-1 is the standfirst, -2 the headline."""
    sentence: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule of the gate and its outcome."""

    name: str
    ok: bool
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One story in one or two sentences."""

    article_id: int
    url: str
    headline: str
    label: str
    line: str
    words: int
    """Of label and line together."""
    source: tuple[SourceSentence, ...] = ()
    because: str = ""
    """Why this sentence, and why this place in the bulletin."""
    checks: tuple[Check, ...] = ()
    section: str = ""
    source_name: str = ""
    published: datetime | None = None
    standfirst: str = ""
    """What the story block under the bulletin says, at most two sentences."""
    image: str = ""
    """Address of the article's picture, "" for none."""
    image_alt: str = ""
    image_credit: str = ""
    picture: Illustration | None = None
    """What the story block shows."""
    no_picture_because: str = ""
    article_version: int = 1
    """The version of the article that this brief was last checked against."""
    writer: str = ""
    """The model that wrote the line, "" when it was taken from the article by rule."""
    replaced: str = ""
    """The model's line that this one stands in for and why it was refused, or why the model was
    not asked for one; "" for neither."""
    sensitive: tuple[Sensitive, ...] = ()
    """What editors should look at before it goes out."""
    light: bool = False
    """It is one of the lighter stories."""
    pinned: bool = False
    """An editor put it there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoBrief:
    """A story that gives no brief, and why."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """One call of a language model for a bulletin, as it is recorded."""

    model: str
    because: str
    """What came of it: "7 of 7 lines taken", or what failed and what was done instead."""
    seconds: float
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    """US dollars; None where no price is configured or the answer counted no tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """ "News in 60 seconds": ordered briefs within a reading time."""

    briefs: tuple[Brief, ...] = ()
    words: int = 0
    seconds: int = 0
    left_out: tuple[str, ...] = ()
    """One sentence for each story that gave no brief or did not fit."""
    writing: Writing | None = None
    """What the language model was asked for and cost, None when none was asked."""

    @property
    def length(self) -> str:
        """How long it is, as readers are told: "7 stories, 50 seconds"."""
        stories = len(self.briefs)
        return (
            f"{stories} {'story' if stories == 1 else 'stories'},"
            f" {self.seconds} {'second' if self.seconds == 1 else 'seconds'}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a revision changed in one story, when and why."""

    revision: int
    """The one that brought it."""
    at: datetime
    url: str
    headline: str
    before: str
    """The words that stood there."""
    after: str = ""
    """The words that stand there now, "" when the story was pulled."""
    because: str

    @property
    def pulled(self) -> bool:
        """Whether the story is not in the edition any more."""
        return not self.after


class EditionState(StrEnum):
    """Where an edition stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    RELEASED = "released"
    DONE = "done"
    HELD = "held"
    SKIPPED = "skipped"
    KILLED = "killed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The one dated number of a newsletter for one slot."""

    id: int = 0
    slug: str
    """Unique and public: "morning-2026-11-24-0700"."""
    newsletter_id: str
    local_date: date
    local_time: time
    due_at: datetime
    state: EditionState = EditionState.DRAFT
    because: str = ""
    """Who or what rule brought it to this state."""
    subject: str = ""
    preheader: str = ""
    bulletin: Bulletin = Bulletin()
    appeal: str = ""
    """Appeal id, "" when this edition carries none."""
    no_appeal_because: str = ""
    left_out: tuple[str, ...] = ()
    """Why stories were not picked, one sentence each."""
    revision: int = 1
    composed_at: datetime
    released_at: datetime | None = None
    looked_at: datetime | None = None
    """When the pages of its stories were last looked at again."""
    corrections: tuple[Correction, ...] = ()
    """Of all revisions, the oldest first."""
    told: int = 1
    """The newest revision that its editors know of."""
    preflight: Preflight | None = None
    """The last look before the release."""
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A place in a letter where subscribers differ."""

    piece: int
    value: str
    """Name of the value it takes."""
    html: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A compiled email: ready bytes with blanks between them."""

    pieces: tuple[bytes, ...]
    """The shared headers first, then a free place for the subscriber's own."""
    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """A rendered edition for one appeal variant, with tokens where subscribers differ."""

    variant: str
    """Appeal variant id, "" for none."""
    subject: str
    html: str
    text: str
    nonce: str
    """Tokens are nonce + value name; content cannot forge them."""
    letter: Letter
    """The bytes every message of it is made from."""
    hash: str
    """SHA-256 over the letter, in hex."""
    link: Link | None = None
    """Where the button of its appeal leads; None without an appeal."""
