"""Mailboxes and providers' calls: what comes in is understood and on record before it is let go."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.deliver import bounces, hooks
from digest.deliver.hooks import Confirm, Ignored, Refused
from digest.errors import TryAgainLater
from digest.model.bounce import Blame, BounceKind, Report
from digest.model.fetch import FetchRequest, Stopped
from digest.model.mail import Hook, Inbox
from digest.newsroom import bouncing, leaving
from digest.newsroom.house import House

log = logging.getLogger(__name__)

COUNTED = (BounceKind.HARD, BounceKind.SOFT, BounceKind.COMPLAINT)


@dataclass(slots=True, kw_only=True)
class Received:
    """What was in a mailbox."""

    mailbox: str
    letters: int = 0
    bounces: int = 0
    """New ones, complaints among them."""
    left: int = 0
    """Readers who unsubscribed by mail."""
    nothing: int = 0
    """Automatic answers and receipts."""
    kept: int = 0
    """Not understood or not believed: they stay in the mailbox, for a person to read."""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The answer to a provider's call."""

    status: int
    because: str


async def read_all(house: House) -> tuple[Received, ...]:
    """Every mailbox once; one that cannot be read is named, the others are read."""
    return tuple([await read(house, inbox) for inbox in house.settings.mail.inboxes])


async def read(house: House, inbox: Inbox) -> Received:
    """One mailbox; a letter is removed once what it says is on record."""
    found = Received(mailbox=inbox.name)

    async def take(name: str, content: bytes) -> bool:
        found.letters += 1
        return await _take(house, found, name, content)

    try:
        await house.mailboxes.read(
            inbox, lambda names: house.store.bounces.seen(inbox.name, names), take
        )
    except TryAgainLater as error:
        found.problem = str(error)
        log.warning("%s", error)
    if found.kept:
        log.warning("%s: %d letters were not understood and stay there", inbox.name, found.kept)
    return found


async def hear(house: House, provider: str, headers: Mapping[str, str], body: bytes) -> Heard:
    """A provider's call; what is not signed, or was seen before, changes nothing."""
    hook = next((one for one in house.settings.mail.hooks if one.provider == provider), None)
    if hook is None or hook.secret is None:
        return Heard(status=404, because=f"no calls of {provider!r} are expected here")
    told = await _told(house, hook, headers, body)
    match told:
        case Refused():
            log.warning("a call of %s was refused: %s", provider, told.because)
            return Heard(status=403 if told.forged else 400, because=told.because)
        case Ignored():
            return Heard(status=200, because=told.because)
        case Confirm():
            answer = await house.fetcher.fetch(FetchRequest(url=told.url, max_bytes=64 * 1024))
            ok = answer.status == 200
            because = "the subscription is confirmed" if ok else answer.problem
            return Heard(status=200 if ok else 502, because=because)
        case reports:
            once, place = hooks.used_once(provider, body), f"hook:{provider}"
            if once and house.store.bounces.seen(place, [once]):
                return Heard(status=200, because="this call was heard before; nothing was changed")
            new = (await asyncio.to_thread(bouncing.record, house, provider, reports)).new
            if once:
                house.store.bounces.see(place, once, "heard", house.clock.now())
            _warn(provider, reports)
            return Heard(status=200, because=f"{new} new")


async def _told(house: House, hook: Hook, headers: Mapping[str, str], body: bytes) -> hooks.Told:
    secret = hook.secret.reveal() if hook.secret else ""
    certificate = None
    if hooks.PROVIDERS[hook.provider].certified and (url := hooks.sns_certificate_url(body)):
        found = await house.fetcher.fetch(FetchRequest(url=url, max_bytes=64 * 1024))
        if found.status != 200:
            return Refused(because=f"its certificate cannot be fetched ({found.problem})")
        certificate = found.body
    return await asyncio.to_thread(
        hooks.read,
        hook.provider,
        secret,
        headers,
        body,
        house.clock.now(),
        certificate=certificate,
    )


async def _take(house: House, found: Received, name: str, content: bytes) -> bool:
    """Read one letter, in a process apart; True when it is dealt with and may go."""
    if leaving.leave(house, name, content).left:
        found.left += 1
        return True
    report = await house.workshop.do(bounces.read, content)
    if isinstance(report, Stopped):
        return _keep(house, found, name, report.because)
    if report.kind is BounceKind.NONE:
        return _keep(house, found, name, "no report, no genuine request to unsubscribe")
    if report.kind not in COUNTED:
        found.nothing += 1
        return True
    recorded = bouncing.record(house, bouncing.MAIL, [report])
    if not recorded.believed:
        return _keep(house, found, name, "a report without a token of ours, not believed")
    found.bounces += recorded.new
    _warn(found.mailbox, [report])
    return True


def _keep(house: House, found: Received, name: str, because: str) -> bool:
    """The letter stays where it is, and is not looked at again."""
    found.kept += 1
    house.store.bounces.see(found.mailbox, name, because, house.clock.now())
    return False


def _warn(origin: str, reports: Sequence[Report]) -> None:
    """What is about us, and not about a reader, is for the operator."""
    for report in reports:
        for verdict in report.verdicts:
            if verdict.blame is Blame.SENDER:
                log.warning("%s says of us: %s %s", origin, verdict.reason, verdict.text[:200])
