"""Mail to the editors themselves: a draft waits, an edition was corrected, a source is lost."""

import logging
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from zlib import crc32
from zoneinfo import ZoneInfo

from digest.model.delivery import Message, Phase, SubmitResult
from digest.model.edition import Edition
from digest.model.mail import GO, Wait
from digest.model.newsletter import IfNobody, IfSensitive, Newsletter, Source
from digest.model.preflight import Weight
from digest.newsroom import marking, planning
from digest.newsroom.house import House
from digest.summarise import taking

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

    def wait(self, relay: str) -> Wait:
        """A notice waits for nothing."""
        return GO


async def ask(house: House, newsletter: Newsletter, edition: Edition) -> None:
    """Tell each editor that the draft is ready; a refused notice is only logged."""
    subject = f"Ready to approve: {newsletter.title}, {_slot(newsletter, edition)}"
    posts = planning.told(house, planning.planned_posts(house, edition))
    words = _words(newsletter, edition, house.settings.site.name, posts)
    editors = newsletter.approval.ask
    key = f"{edition.slug}.draft" + (f"-{edition.revision}" if edition.revision > 1 else "")
    await _mail(house, editors, edition.id, key, subject, words)


async def tell(
    house: House, newsletter: Newsletter, edition: Edition, lines: Sequence[str]
) -> None:
    """Tell each editor what a revision changed; a refused notice is only logged."""
    slot = _slot(newsletter, edition)
    subject = f"Corrected: {newsletter.title}, {slot}"
    head = f"{newsletter.title} for {slot} is now revision {edition.revision}:"
    foot = [
        f"See it:               digest preview {edition.slug} --out look",
        f"Stop it for now:      digest hold {edition.slug}",
        f"Withdraw it for good: digest kill {edition.slug}",
    ]
    words = "\n".join([head, "", *lines, "", *foot]) + "\n"
    key = f"{edition.slug}.revision-{edition.revision}"
    await _mail(house, newsletter.approval.ask, edition.id, key, subject, words)


async def tell_of_doubt(house: House, newsletter: Newsletter, edition: Edition, line: str) -> None:
    """Ask each editor what to do about deliveries in doubt; a refused notice is only logged."""
    subject = f"In doubt: {newsletter.title}, {_slot(newsletter, edition)}"
    foot = [
        f"Send them once more (some may get it twice): digest send {edition.slug} --in-doubt",
        "Leave them:                                  there is nothing to do",
    ]
    words = "\n".join([line, "", *foot]) + "\n"
    now = house.clock.now()
    key = f"{edition.slug}.doubt-{now:%Y%m%d%H%M%S}"
    await _mail(house, newsletter.approval.ask, edition.id, key, subject, words)


async def tell_of_source(house: House, source: Source, because: str) -> None:
    """Tell the editors of every newsletter that draws on the source what became of it."""
    drawing = [n for n in house.settings.newsletters if source in house.settings.sources_of(n)]
    editors = tuple(dict.fromkeys(a for n in drawing for a in n.approval.ask))
    words = [
        f"{because}.",
        "",
        f"Its other articles stand; {', '.join(n.title for n in drawing)} can do without it.",
        "",
        f"See how it is doing: digest sources show {source.id}",
        f"Ask it again:        digest sources resume {source.id}",
    ]
    moment = f"{house.clock.now():%Y%m%d%H%M%S}"
    key = f"source-{source.id}.{moment}"
    subject = f"Source {source.id}: {because.partition(';')[0].partition('. ')[0]}"
    await _mail(house, editors, 0, key, subject, "\n".join(words) + "\n")


async def tell_of_account(house: House, account_id: str, lines: Sequence[str]) -> None:
    """Tell the editors of every newsletter that is posted to the account what went wrong there."""
    posting = [n for n in house.settings.newsletters if account_id in n.accounts]
    editors = tuple(dict.fromkeys(a for n in posting for a in n.approval.ask))
    log.error("%s: %s", account_id, " ".join(lines))
    foot = [
        "See what waits:          digest posts queue",
        "Publish one again:       digest posts now ID",
        "It is on the network:    digest posts found ID ADDRESS",
        f"Let the account go on:   digest posts resume {account_id}",
    ]
    words = "\n".join([*lines, "", *foot]) + "\n"
    key = f"account-{account_id}.{house.clock.now():%Y%m%d%H%M%S%f}"
    await _mail(house, editors, 0, key, f"Posts on {account_id} need you", words)


async def _mail(
    house: House, editors: Sequence[str], edition_id: int, key: str, subject: str, words: str
) -> None:
    if not editors:
        return
    flight = Notices(
        [
            _notice(house, edition_id, key, number, address, subject, words)
            for number, address in enumerate(editors, start=1)
        ]
    )
    try:
        await house.mailer.pump(flight)
    except Exception:
        log.exception("%s: the editors could not be told: %s", key, subject)
    for result in flight.results:
        if result.phase is not Phase.ANSWERED or result.code >= 400:
            log.warning("%s: notice to an editor refused: %s", key, result.text)


def _notice(
    house: House,
    edition_id: int,
    key: str,
    number: int,
    address: str,
    subject: str,
    words: str,
) -> Message:
    mail = house.settings.mail
    domain = mail.from_address.rpartition("@")[2]
    note = EmailMessage(policy=SMTP.clone(max_line_length=76))
    note["From"] = formataddr((mail.from_name, mail.from_address))
    note["To"] = address
    note["Subject"] = subject
    note["Date"] = format_datetime(house.clock.now())
    note["Message-ID"] = f"<{key}.{number}@{domain}>"
    note["Auto-Submitted"] = "auto-generated"
    note.set_content(words)
    return Message(
        edition_id=edition_id,
        # No subscriber, and no two notices alike: a dry machine names files by it.
        subscriber_id=-1 - crc32(f"{key}.{number}".encode()),
        sender=mail.from_address,
        address=address,
        content=note.as_bytes(),
    )


def _words(newsletter: Newsletter, edition: Edition, site_name: str, posts: Sequence[str]) -> str:
    briefs = edition.bulletin.briefs
    lines = [
        f"{site_name}: {newsletter.title} for {_slot(newsletter, edition)} is written:"
        f" {len(briefs)} stories, {edition.bulletin.seconds} seconds.",
        _and_if_not(newsletter, edition),
        "",
        f"Subject: {edition.subject}",
        "",
    ]
    lines += [f"{n}. {b.label}: {b.line}" for n, b in enumerate(briefs, start=1)]
    if concerns := marking.concerns(briefs):
        marked = [brief for brief in briefs if brief.sensitive]
        lines += ["", "Look at these before it goes out:"]
        lines += [f"{said}: {b.line}" for said, b in zip(concerns, marked, strict=True)]
    if told := _found(edition):
        lines += ["", "Found before the release:", *told]
    if worded := taking.told(edition.bulletin):
        lines += ["", *worded]
    if posts:
        lines += ["", "Posts that go with it (`digest preview` shows them):", *posts]
    lines += [
        "",
        f"Send it at the slot:  digest approve {edition.slug}",
        f"Choose it anew:       digest redraft {edition.slug}",
        f"Stop it for now:      digest hold {edition.slug}",
        f"Withdraw it for good: digest kill {edition.slug}",
    ]
    return "\n".join(lines) + "\n"


def _found(edition: Edition) -> list[str]:
    """What blocks the release, and what is only told."""
    findings = edition.preflight.findings if edition.preflight else ()
    said = {Weight.BLOCK: "It will be held for this: ", Weight.WARN: ""}
    return [
        f"{said[one.weight]}{one.name}: {one.because}" for one in findings if one.weight in said
    ]


def _and_if_not(newsletter: Newsletter, edition: Edition) -> str:
    concerned = any(brief.sensitive for brief in edition.bulletin.briefs)
    if concerned and newsletter.approval.if_sensitive is IfSensitive.HOLD:
        return "If nobody acts, it is held, because of the stories named below."
    return AND_IF_NOT[newsletter.approval.if_nobody]


def _slot(newsletter: Newsletter, edition: Edition) -> str:
    local = edition.due_at.astimezone(ZoneInfo(newsletter.schedule.timezone))
    return f"{local:%A} {local.day} {local:%B} {local:%H:%M %Z}"
