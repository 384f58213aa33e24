"""Mail to the editors themselves: a draft is ready and waits for their word."""

import logging
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from zoneinfo import ZoneInfo

from digest.model.delivery import Message, Phase, SubmitResult
from digest.model.edition import Edition
from digest.model.newsletter import IfNobody, Newsletter
from digest.newsroom.house import House

log = logging.getLogger(__name__)

AND_IF_NOT = {
    IfNobody.SEND: "If nobody acts, it goes out at the slot.",
    IfNobody.HOLD: "If nobody acts, it is held.",
    IfNobody.SKIP: "If nobody acts, it is skipped.",
}


class Notices:
    """A flight of a few messages that need no ledger: at worst an editor reads one twice."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self.waiting = list(messages)
        self.results: list[SubmitResult] = []

    def take(self) -> Message | None:
        """The next one."""
        return self.waiting.pop(0) if self.waiting else None

    def settle(self, results: Sequence[SubmitResult], intents: Sequence[Message]) -> list[Message]:
        """Grant everything, remember what became of it."""
        self.results.extend(results)
        return list(intents)


async def ask(house: House, newsletter: Newsletter, edition: Edition) -> None:
    """Tell each editor that the draft is ready; a refused notice is only logged."""
    editors = newsletter.approval.ask
    if not editors:
        return
    flight = Notices(
        [_notice(house, newsletter, edition, n, a) for n, a in enumerate(editors, start=1)]
    )
    try:
        await house.mailer.pump(flight)
    except Exception:
        log.exception("%s: the editors could not be told that the draft is ready", edition.slug)
    for result in flight.results:
        if result.phase is not Phase.ANSWERED or result.code >= 400:
            log.warning("%s: notice to an editor refused: %s", edition.slug, result.text)


def _notice(
    house: House, newsletter: Newsletter, edition: Edition, number: int, address: str
) -> Message:
    mail, site = house.settings.mail, house.settings.site
    domain = mail.from_address.rpartition("@")[2]
    note = EmailMessage(policy=SMTP.clone(max_line_length=76))
    note["From"] = formataddr((mail.from_name, mail.from_address))
    note["To"] = address
    note["Subject"] = f"Ready to approve: {newsletter.title}, {_slot(newsletter, edition)}"
    note["Date"] = format_datetime(house.clock.now())
    note["Message-ID"] = f"<{edition.slug}.draft.{number}@{domain}>"
    note["Auto-Submitted"] = "auto-generated"
    note.set_content(_words(newsletter, edition, site.name))
    return Message(
        edition_id=edition.id,
        subscriber_id=-number,
        sender=mail.from_address,
        address=address,
        content=note.as_bytes(),
    )


def _words(newsletter: Newsletter, edition: Edition, site_name: str) -> str:
    lines = [
        f"{site_name}: {newsletter.title} for {_slot(newsletter, edition)} is written:"
        f" {len(edition.bulletin.briefs)} stories, {edition.bulletin.seconds} seconds.",
        AND_IF_NOT[newsletter.approval.if_nobody],
        "",
        f"Subject: {edition.subject}",
        "",
    ]
    lines += [f"{n}. {b.label}: {b.line}" for n, b in enumerate(edition.bulletin.briefs, start=1)]
    lines += [
        "",
        f"Send it at the slot:  digest approve {edition.slug}",
        f"Stop it for now:      digest hold {edition.slug}",
        f"Withdraw it for good: digest kill {edition.slug}",
    ]
    return "\n".join(lines) + "\n"


def _slot(newsletter: Newsletter, edition: Edition) -> str:
    local = edition.due_at.astimezone(ZoneInfo(newsletter.schedule.timezone))
    return f"{local:%A} {local.day} {local:%B} {local:%H:%M %Z}"
