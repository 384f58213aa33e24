"""Dates: the edition's own, and those it shows."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from digest.model.preflight import Finding
from digest.render.preflight.look import Look, Rule, block, warn
from digest.render.wording import full_date, weekdays

LATE = timedelta(days=1)


def own(look: Look) -> Iterator[Finding]:
    """It bears the day of its slot, and that day is not over."""
    edition = look.edition
    slot = edition.due_at.astimezone(ZoneInfo(look.newsletter.schedule.timezone)).date()
    if edition.local_date != slot:
        yield block(
            "date.wrong",
            f"it is dated {edition.local_date}, but its slot is on {slot}; choose anew",
        )
    elif abs(look.today - edition.local_date) > LATE:
        yield block(
            "date.old",
            f"it is dated {edition.local_date}, and today is {look.today}; kill it, or override"
            " if it is still news",
        )


def shown(look: Look) -> Iterator[Finding]:
    """The day stands in both parts as its readers write it."""
    day = full_date(look.edition.local_date, look.newsletter.language)
    for email in look.emails[:1]:
        for part, text in (("HTML", email.html), ("text", email.text)):
            if " ".join(day.split()) not in " ".join(text.split()):
                yield warn("date.missing", f"the {part} does not say that it is {day}")


def in_subject(look: Look) -> Iterator[Finding]:
    """A day of the week in the subject that is not today's; a headline may well mean another."""
    words = look.edition.subject.casefold().replace(",", " ").split()
    names = weekdays(look.newsletter.language)
    today = names[look.edition.local_date.weekday()].casefold()
    others = [n for n in names if n.casefold() in words and n.casefold() != today]
    if others and today not in words:
        yield warn("date.subject", f"its subject says {others[0]}, and it is {today}")


RULES: tuple[Rule, ...] = (own, shown, in_subject)
