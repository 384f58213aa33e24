"""Briefs and appeal become an edition: slug, subject, preheader, and whether the appeal fits."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from digest.model.appeal import Appeal
from digest.model.edition import Brief, Bulletin, Edition, EditionState, Occurrence
from digest.model.newsletter import Newsletter, Site
from digest.text import languages, phrases
from digest.text.spoken import spoken

SUBJECT_LENGTH = 90
PREHEADER_LENGTH = 110
"""What the inboxes of the common clients show at most."""

_DANGLING = frozenset(
    "a an and are as at but by for from in into is of on or over than that the to was with"
    " two three four five six seven eight nine ten eleven twelve hundred thousand million".split()
)
"""Words a shortened headline must not end in: of what were there five?"""

_WORD = re.compile(r"[^\W_]+")


def slug(newsletter_id: str, local_date: date, local_time: time) -> str:
    """The edition's public name, one for each slot: "morning-2026-11-24-0700"."""
    wall = f"{local_time:%H%M%S}" if local_time.second else f"{local_time:%H%M}"
    return f"{newsletter_id}-{local_date.isoformat()}-{wall}"


def local(instant: datetime, zone: str) -> datetime:
    """The wall time of an instant in a zone."""
    return instant.astimezone(ZoneInfo(zone))


def edition(
    *,
    newsletter: Newsletter,
    site: Site,
    occurrence: Occurrence,
    bulletin: Bulletin,
    left_out: Sequence[str],
    appeal: Appeal | None,
    now: datetime,
) -> Edition:
    """The draft of a slot, with the reason why it carries an appeal or none."""
    no_appeal_because = without_appeal(newsletter, appeal, bulletin.briefs, occurrence.local_date)
    return Edition(
        slug=slug(newsletter.id, occurrence.local_date, occurrence.local_time),
        newsletter_id=newsletter.id,
        local_date=occurrence.local_date,
        local_time=occurrence.local_time,
        due_at=occurrence.due_at,
        state=EditionState.DRAFT,
        because=f"written for the slot {occurrence.local_time:%H:%M}",
        subject=subject(bulletin.briefs, f"{newsletter.title} from {site.name}"),
        preheader=preheader(bulletin, newsletter.language),
        bulletin=bulletin,
        appeal=appeal.id if appeal is not None and not no_appeal_because else "",
        no_appeal_because=no_appeal_because,
        left_out=tuple(left_out),
        composed_at=now,
    )


def revised(
    before: Edition,
    bulletin: Bulletin,
    *,
    newsletter: Newsletter,
    site: Site,
    appeal: Appeal | None,
) -> Edition:
    """The edition's next revision, with another bulletin; words that did not come from the old one
    stay. Once released it may lose its appeal, but readers that were dealt none get none."""
    otherwise = f"{newsletter.title} from {site.name}"
    own_subject = before.subject != subject(before.bulletin.briefs, otherwise)
    language = newsletter.language
    own_preheader = before.preheader != preheader(before.bulletin, language)
    no_appeal_because = without_appeal(newsletter, appeal, bulletin.briefs, before.local_date)
    if before.released_at is not None and not before.appeal:
        no_appeal_because = before.no_appeal_because
    return replace(
        before,
        subject=before.subject if own_subject else subject(bulletin.briefs, otherwise),
        preheader=before.preheader if own_preheader else preheader(bulletin, language),
        bulletin=bulletin,
        appeal=appeal.id if appeal is not None and not no_appeal_because else "",
        no_appeal_because=no_appeal_because,
        revision=before.revision + 1,
    )


def subject(briefs: Sequence[Brief], otherwise: str) -> str:
    """The first two headlines, or one, within 90 characters; shouted headlines are passed over."""
    headlines = [spoken(brief.headline) for brief in briefs]
    calm = [h for h in headlines if h and not h.isupper()]
    if not calm:
        return shortened(spoken(otherwise), SUBJECT_LENGTH)
    both = "; ".join(calm[:2])
    if len(both) <= SUBJECT_LENGTH:
        return both
    return shortened(calm[0], SUBJECT_LENGTH) or shortened(spoken(otherwise), SUBJECT_LENGTH)


def preheader(bulletin: Bulletin, language: str) -> str:
    """Length of the bulletin and what else is in it, within 110 characters."""
    length = phrases.length(language, len(bulletin.briefs), bulletin.seconds)
    if not bulletin.briefs:
        return length
    more = bulletin.briefs[2].headline if len(bulletin.briefs) > 2 else bulletin.briefs[0].line
    rest = shortened(spoken(more), PREHEADER_LENGTH - len(length) - 2)
    return f"{length}: {rest}" if rest else length


def shortened(text: str, room: int) -> str:
    """The text, or as many whole words of its beginning as fit and make sense on their own."""
    if len(text) <= room:
        return text
    words = text[: room + 1].split(" ")[:-1]
    while words and _dangles(words[-1].lower().strip(",;:")):
        words.pop()
    return " ".join(words).rstrip(" ,;:-\u2013\u2014(\u201c\u2018")


def _dangles(word: str) -> bool:
    """Whether the word belongs to one that is gone."""
    return word in _DANGLING or word.isdecimal()


def without_appeal(
    newsletter: Newsletter, appeal: Appeal | None, briefs: Sequence[Brief], on: date
) -> str:
    """Why the edition carries no appeal; "" when it carries one."""
    if not newsletter.appeal:
        return "the newsletter has no appeal"
    if appeal is None:
        return f"the appeal {newsletter.appeal!r} is not configured"
    if not appeal.variants:
        return f"the appeal {appeal.id!r} has no wording"
    if appeal.goal and appeal.goal.ends and appeal.goal.ends < on:
        return f"the appeal {appeal.id!r} ended on {appeal.goal.ends}"
    return beside(appeal.rules.not_beside, briefs, newsletter.language)


def beside(themes: Iterable[str], briefs: Sequence[Brief], language: str = "") -> str:
    """The story an appeal must not stand beside, as a sentence; "" when there is none.

    A theme is one that marks stories sensitive (death, court, minor), one of the language's word
    lists, or else a word.
    """
    known = languages.of(language)
    lists = known.themes if known else {}
    for theme in themes:
        telling = lists.get(theme.casefold()) or frozenset(theme.casefold().split())
        for place, brief in enumerate(briefs, start=1):
            found = _marked(theme, brief) or _told(telling, brief)
            if found:
                return (
                    f"story {place} is about {theme} ({found!r}), and the appeal"
                    f" is not to stand beside {theme}"
                )
    return ""


def _marked(theme: str, brief: Brief) -> str:
    """The word by which the story was marked as one of that theme, "" when it was not."""
    return next((m.word for m in brief.sensitive if m.kind.value == theme.casefold()), "")


def _told(telling: Set[str], brief: Brief) -> str:
    """The first word of the brief that is one of those, "" when there is none."""
    text = f"{brief.headline} {brief.line} {brief.standfirst}"
    return next((w for w in _WORD.findall(text) if w.casefold() in telling), "")
