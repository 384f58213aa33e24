"""The look before a release: rules over the edition's bytes, its links, and the sender's domain.

A blocking finding holds the edition until an editor overrides it by name, with a reason that is
kept. Approving an edition overrides nothing.
"""

import asyncio
import logging
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from digest.deliver import dkim, domain
from digest.deliver.addresses import domain_of
from digest.errors import UsageError
from digest.model.edition import Edition, EditionState, Email
from digest.model.fetch import FetchRequest
from digest.model.newsletter import Newsletter
from digest.model.preflight import Finding, Override, Preflight, Weight
from digest.newsroom.house import House
from digest.render import preflight as rules
from digest.render.preflight.look import Look, is_local, is_reserved
from digest.url import host

log = logging.getLogger(__name__)

SECONDS = 5.0
"""For all of the network together; what is not known by then is noted, and blocks nothing."""
GONE = frozenset({404, 410})
OUT = (EditionState.RELEASED, EditionState.DONE, EditionState.HELD)
MARK = "preflight: "
"""How the reason of an edition begins that is held by a finding."""


async def look_over(
    house: House,
    newsletter: Newsletter,
    edition: Edition,
    emails: Sequence[Email],
    *,
    network: bool = True,
) -> Preflight:
    """Everything there is to find; kept with the edition if that is stored."""
    look = _look(house, newsletter, edition, tuple(emails))
    found = list(rules.findings(look))
    if network:
        found += await _beyond(house, look)
    kept = tuple(dict.fromkeys(_weighed(house, one) for one in found))
    made = Preflight(revision=edition.revision, at=house.clock.now(), findings=kept)
    if edition.id:
        house.store.editions.look_over(edition.id, made)
    return made


async def stops(house: House, newsletter: Newsletter, edition: Edition) -> str:
    """Why the edition must not go out now, "" when nothing speaks against it."""
    emails = house.store.editions.emails(edition.id, edition.revision)
    made = await look_over(house, newsletter, edition, emails)
    blocking = unanswered(edition, made)
    if not blocking:
        return ""
    said = "; ".join(f"{one.name}: {one.because}" for one in blocking)
    return f"{MARK}{said}. `digest preflight {edition.slug} --override NAME --because WHY`"


def unanswered(edition: Edition, made: Preflight) -> list[Finding]:
    """The blocking findings that no editor has overridden."""
    overridden = {one.name for one in edition.overrides}
    return [
        one for one in made.findings if one.weight is Weight.BLOCK and one.name not in overridden
    ]


def override(
    house: House, edition: Edition, names: Sequence[str], who: str, because: str
) -> tuple[Override, ...]:
    """An editor's word that these findings do not stop the edition, in any of its revisions."""
    if not because.strip():
        raise UsageError(f"{edition.slug}: nothing is overridden without a reason: --because WHY")
    found = {one.name for one in edition.preflight.findings} if edition.preflight else set()
    for name in names:
        if name not in found:
            known = ", ".join(sorted(found)) or "nothing"
            raise UsageError(
                f"{edition.slug}: {name!r} was not found there; found was {known}."
                " Nothing was overridden"
            )
    now = house.clock.now()
    words = tuple(Override(name=n, who=who, at=now, because=because.strip()) for n in names)
    house.store.editions.override(edition.id, words)
    log.warning("%s: %s overrides %s (%s)", edition.slug, who, ", ".join(names), because)
    return words


def _look(
    house: House, newsletter: Newsletter, edition: Edition, emails: tuple[Email, ...]
) -> Look:
    settings = house.settings
    before = house.store.editions.before(newsletter.id, edition.due_at, 5)
    zone = ZoneInfo(newsletter.schedule.timezone)
    known = [
        settings.site.url,
        *(source.url for source in settings.sources),
        *(brief.url for brief in edition.bulletin.briefs),
        *(email.link.target for email in emails if email.link),
    ]
    named = (*settings.preflight.hosts, *(host(url) for url in known if "://" in url))
    return Look(
        edition=edition,
        newsletter=newsletter,
        site=settings.site,
        brand=settings.brand,
        emails=emails,
        today=house.clock.now().astimezone(zone).date(),
        previous=next((one for one in before if one.state in OUT and one.released_at), None),
        hosts=frozenset(name.lower().removeprefix("www.") for name in named if name),
    )


def _weighed(house: House, found: Finding) -> Finding:
    """What the settings only want to be warned of does not block."""
    lighter = tuple(house.settings.preflight.only_warn)
    if found.weight is Weight.BLOCK and any(
        found.name == one or found.name.startswith(f"{one.rstrip('.')}.") for one in lighter
    ):
        return Finding(name=found.name, weight=Weight.WARN, because=found.because)
    return found


async def _beyond(house: House, look: Look) -> list[Finding]:
    """The sender's domain and the links that nobody has looked at yet, all at once."""
    try:
        async with asyncio.timeout(SECONDS):
            both = await asyncio.gather(_domain(house), _links(house, look))
    except TimeoutError:
        because = f"the network did not answer within {SECONDS:g} seconds"
        return [Finding(name="network.slow", weight=Weight.NOTE, because=because)]
    return [one for found in both for one in found]


async def _domain(house: House) -> list[Finding]:
    mail = house.settings.mail
    name = domain_of(mail.from_address)
    if is_reserved(name) or is_local(name) or mail.relays[0].address.startswith("maildir:"):
        because = f"DNS was not looked at: from {name} no mail leaves this machine"
        return [Finding(name="dns.unknown", weight=Weight.NOTE, because=because)]
    asked = domain.names(name, mail.dkim)
    answers = await asyncio.gather(*(house.names.txt(one) for one in asked))
    ours = dkim.record(mail.dkim.rsa, rsa=True) if mail.dkim else ""
    found = dict(zip(asked, answers, strict=True))
    return list(domain.findings(name, mail.dkim, found, ours))


async def _links(house: House, look: Look) -> list[Finding]:
    """The pages of its stories are looked at by those who follow articles; the others here."""
    stories = {brief.url for brief in look.edition.bulletin.briefs}
    site = host(look.site.url)
    wanted = [
        href
        for href in rules.links.hrefs(look)
        if href.startswith(("http:", "https:"))
        and host(href) != site
        and not is_reserved(host(href))
        and not is_local(host(href))
        and not any(href.startswith(story) for story in stories)
    ]
    found = await asyncio.gather(
        *(house.fetcher.fetch(FetchRequest(url=one, seconds=SECONDS - 1)) for one in wanted)
    )
    return [
        Finding(
            name="links.broken" if answer.status in GONE else "links.unknown",
            weight=Weight.BLOCK if answer.status in GONE else Weight.NOTE,
            because=f"{url[:120]} {_said(answer.status, answer.problem)}",
        )
        for url, answer in zip(wanted, found, strict=True)
        if answer.problem or answer.status >= 400
    ]


def _said(status: int, problem: str) -> str:
    if status in GONE:
        return f"leads to a page that is not there ({status}); correct the address"
    return f"could not be looked at ({problem or status})"
