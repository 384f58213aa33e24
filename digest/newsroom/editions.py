"""From an occurrence to a draft, and from a draft to a released edition."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from digest import compose
from digest.model.edition import Edition, EditionState, Email, Occurrence
from digest.model.newsletter import IfNobody, IfSensitive, Newsletter
from digest.newsroom import asking, choosing, correcting, giving, marking, picturing, preflight
from digest.newsroom.choosing import Written
from digest.newsroom.house import House
from digest.newsroom.letters import rendered
from digest.newsroom.planning import planned_posts

log = logging.getLogger(__name__)

RELEASED = EditionState.RELEASED
WAITING = (EditionState.DRAFT, EditionState.APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An edition with its compiled emails, not yet saved."""

    edition: Edition
    emails: tuple[Email, ...]


async def draft(
    house: House, newsletter: Newsletter, occurrence: Occurrence, *, look: bool = False
) -> Draft | str:
    """Compose and render an edition for a slot without saving it, or say why there is none; `look`
    says whether the pages of its stories are looked at again first."""
    written = await choosing.bulletin(house, newsletter, occurrence.due_at, look=look)
    if (why := _too_few(newsletter, written)) is not None:
        return why
    appeal = house.settings.appeal(newsletter.appeal)
    bulletin = await picturing.illustrated(house, written.bulletin)
    edition = compose.edition(
        newsletter=newsletter,
        site=house.settings.site,
        occurrence=occurrence,
        bulletin=bulletin,
        left_out=written.reasons,
        appeal=appeal,
        now=house.clock.now(),
    )
    return Draft(edition=edition, emails=rendered(house, newsletter, edition, appeal))


async def produce(house: House, newsletter: Newsletter, occurrence: Occurrence) -> Edition | str:
    """Save the draft of a slot and tell the editors; a second call makes no second one."""
    editions = house.store.editions
    slot = (newsletter.id, occurrence.local_date, occurrence.local_time)
    known = editions.for_slot(*slot)
    if known is not None:
        return known
    made = await draft(house, newsletter, occurrence, look=True)
    if isinstance(made, str):
        return made
    looked = replace(made.edition, looked_at=house.clock.now())
    saved = editions.add(looked, made.emails)
    if saved is None:
        return editions.for_slot(*slot) or "another process wrote this edition and it is gone again"
    log.info("%s: draft of %d stories", saved.slug, len(saved.bulletin.briefs))
    look = await preflight.look_over(house, newsletter, saved, made.emails)
    saved = replace(saved, preflight=look)
    await asking.ask(house, newsletter, saved)
    return saved


async def redraft(
    house: House, newsletter: Newsletter, before: Edition, who: str
) -> Edition | str | None:
    """Choose and write a waiting edition anew, as its next revision that nobody has approved yet;
    why that cannot be, or None when somebody changed it meanwhile."""
    written = await choosing.bulletin(house, newsletter, before.due_at, look=True)
    if (why := _too_few(newsletter, written)) is not None:
        return why
    appeal = house.settings.appeal(newsletter.appeal)
    after = replace(
        compose.revised(
            before,
            await picturing.illustrated(house, written.bulletin),
            newsletter=newsletter,
            site=house.settings.site,
            appeal=appeal,
        ),
        state=EditionState.DRAFT,
        because=f"chosen and written anew for {who}",
        left_out=tuple(written.reasons),
    )
    editions = house.store.editions
    if not editions.revise(before, after, rendered(house, newsletter, after, appeal), ()):
        return None
    # They are asked about the whole of it, and not told what a revision changed.
    editions.tell(before.id, before.told, after.revision)
    emails = editions.emails(after.id, after.revision)
    after = replace(after, preflight=await preflight.look_over(house, newsletter, after, emails))
    await asking.ask(house, newsletter, after)
    return after


async def release_due(house: House) -> tuple[str, ...]:
    """Release, hold or skip every edition whose slot has come; one sentence for each."""
    now = house.clock.now()
    waiting = house.store.editions.in_states([EditionState.DRAFT, EditionState.APPROVED])
    due = [edition for edition in waiting if edition.due_at <= now]
    going = [edition for edition in due if _decided(house, edition, now)[0] is RELEASED]
    await correcting.look(house, going, seconds=correcting.AT_RELEASE, fresh=correcting.FRESH)
    said = []
    for edition in due:
        try:
            said.append(await _release_one(house, edition, now))
        except Exception as error:
            log.exception("%s: release failed", edition.slug)
            said.append(f"{edition.slug}: not released ({error}); the next tick tries again")
    return tuple(said)


def release(house: House, edition: Edition, because: str) -> bool:
    """Freeze audience and posts with the edition in one step; False if it was not waiting."""
    now = house.clock.now()
    plan = giving.plan(house, edition, now)
    posts = planned_posts(house, edition)
    return house.store.editions.release(edition, because, now, plan, posts)


async def _release_one(house: House, edition: Edition, now: datetime) -> str:
    state, because = _decided(house, edition, now)
    if state is RELEASED:
        # As its articles now stand; that may leave too little of it to go out.
        spares = choosing.spares
        edition = await correcting.keep_up(house, edition.id, spares=spares) or edition
        if edition.state not in WAITING:
            return f"{edition.slug}: {edition.state} ({edition.because})"
        state, because = _decided(house, edition, now)
    if state is not RELEASED:
        house.store.editions.change_state(edition.id, [edition.state], state, because)
        return f"{edition.slug}: {state} ({because})"
    newsletter = house.settings.newsletter(edition.newsletter_id)
    if newsletter and (why := await preflight.stops(house, newsletter, edition)):
        house.store.editions.change_state(edition.id, [edition.state], EditionState.HELD, why)
        return f"{edition.slug}: {EditionState.HELD} ({why})"
    if not release(house, edition, because):
        return f"{edition.slug}: another process was first"
    owed = house.store.deliveries.counts(edition.id).total
    return f"{edition.slug}: released to {owed} subscribers ({because})"


def _decided(house: House, edition: Edition, now: datetime) -> tuple[EditionState, str]:
    return _decide(edition, house.settings.newsletter(edition.newsletter_id), now)


def _decide(
    edition: Edition, newsletter: Newsletter | None, now: datetime
) -> tuple[EditionState, str]:
    """What becomes of an edition at its slot, and why."""
    if newsletter is None:
        return EditionState.HELD, (
            f"the newsletter {edition.newsletter_id!r} is no longer configured;"
            " put it back or kill the edition"
        )
    late = now - edition.due_at
    if late > newsletter.if_late.run_within:
        minutes = int(late.total_seconds() // 60)
        return EditionState.HELD, f"{minutes} min after its slot, too late to go by itself"
    if edition.state is EditionState.APPROVED:
        return EditionState.RELEASED, edition.because
    concerns = marking.concerns(edition.bulletin.briefs)
    if concerns and newsletter.approval.if_sensitive is IfSensitive.HOLD:
        said = "; ".join(concerns)
        return EditionState.HELD, f"nobody approved it; with sensitive stories it is held: {said}"
    match newsletter.approval.if_nobody:
        case IfNobody.SEND:
            return EditionState.RELEASED, "approved by rule: if nobody approves, send"
        case IfNobody.HOLD:
            return EditionState.HELD, "nobody approved it; the rule says hold"
        case IfNobody.SKIP:
            return EditionState.SKIPPED, "nobody approved it; the rule says skip"


def _too_few(newsletter: Newsletter, written: Written) -> str | None:
    """Why there are too few stories for an edition, None when there are enough."""
    found, selection = len(written.bulletin.briefs), written.chosen.selection
    if found >= newsletter.at_least:
        return None
    if not selection.picks and not selection.left_out:
        return "nothing new"
    return f"{found} stories, {newsletter.at_least} needed"
