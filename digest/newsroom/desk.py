"""The editors' verbs on editions: approve, hold, resume, kill, correct, redraft, and run now."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from digest.errors import NothingToSend, UsageError
from digest.model.edition import Edition, EditionState, Occurrence
from digest.model.newsletter import Newsletter
from digest.newsroom import choosing, correcting, editions, preflight
from digest.newsroom.house import House

WAITING = (EditionState.DRAFT, EditionState.APPROVED)
LOOKING = 20.0
"""Seconds that an editor waits for pages that do not answer."""


def named(house: House, newsletter_id: str) -> Newsletter:
    """The newsletter of that id; UsageError with the ids there are."""
    newsletter = house.settings.newsletter(newsletter_id)
    if newsletter is None:
        known = ", ".join(n.id for n in house.settings.newsletters)
        raise UsageError(f"there is no newsletter {newsletter_id!r}; there are: {known}")
    return newsletter


def find(house: House, slug: str) -> Edition:
    """The edition of that slug; UsageError with the latest ones."""
    edition = house.store.editions.get(slug)
    if edition is None:
        latest = ", ".join(e.slug for e in house.store.editions.recent(None, 3)) or "none yet"
        raise UsageError(f"there is no edition {slug!r}; the latest are: {latest}")
    return edition


def approve(house: House, slug: str, who: str) -> str:
    """A draft, or a held edition not yet released, goes out at its slot."""
    edition = find(house, slug)
    if edition.released_at is not None:
        raise UsageError(f"{slug} is already released; nothing was changed")
    expected = (EditionState.DRAFT, EditionState.HELD, EditionState.SKIPPED)
    _move(house, edition, expected, EditionState.APPROVED, f"approved by {who}")
    return f"{slug}: approved; it goes out at {edition.due_at:%Y-%m-%d %H:%M} UTC"


def hold(house: House, slug: str, who: str, why: str) -> str:
    """Stop for now: a waiting edition does not go out, a released one stops submitting."""
    edition = find(house, slug)
    because = f"held by {who}" + (f": {why}" if why else "")
    _move(house, edition, (*WAITING, EditionState.RELEASED), EditionState.HELD, because)
    left = house.store.deliveries.counts(edition.id).open
    return f"{slug}: held; {left} deliveries wait" if left else f"{slug}: held"


def resume(house: House, slug: str, who: str) -> str:
    """Carry on where hold stopped it; what was submitted is not submitted again."""
    edition = find(house, slug)
    back = EditionState.APPROVED if edition.released_at is None else EditionState.RELEASED
    _move(house, edition, (EditionState.HELD,), back, f"resumed by {who}")
    left = house.store.deliveries.counts(edition.id).open
    if back is EditionState.RELEASED:
        return f"{slug}: resumed; {left} deliveries are left"
    return f"{slug}: approved again"


def kill(house: House, slug: str, who: str, why: str) -> str:
    """Withdraw for good: nothing more of it is submitted, posted or shown on the web."""
    edition = find(house, slug)
    expected = (*WAITING, EditionState.HELD, EditionState.RELEASED, EditionState.DONE)
    because = f"killed by {who}" + (f": {why}" if why else "")
    _move(house, edition, expected, EditionState.KILLED, because)
    counts = house.store.deliveries.counts(edition.id)
    return (
        f"{slug}: killed; {counts.total - counts.open} of {counts.total} had gone or ended before"
    )


async def correct(house: House, slug: str, who: str, why: str) -> tuple[str, ...]:
    """Look at all its articles now; what changed reaches whoever has not got the edition yet."""
    before = find(house, slug)
    if before.state in correcting.OVER:
        raise UsageError(f"{slug} is {before.state} ({before.because}); nothing was changed")
    await correcting.look(house, [before], seconds=LOOKING, fresh=timedelta(0))
    reason = f"{who}: {why}" if why else ""
    after = await correcting.keep_up(house, before.id, why=reason, spares=choosing.spares)
    if after is None or after.revision == before.revision:
        count = len(before.bulletin.briefs)
        return (f"{slug}: looked again at {count} articles; nothing changed for its readers",)
    head = f"{slug}: revision {after.revision}, {after.bulletin.length}"
    return (head, *correcting.standing(house, after, before.revision))


async def redraft(house: House, slug: str, who: str) -> tuple[str, ...]:
    """Choose and write an edition that waits for its slot anew, with the pins and bars of now."""
    before = find(house, slug)
    newsletter = named(house, before.newsletter_id)
    if before.released_at is not None or before.state not in (*WAITING, EditionState.HELD):
        raise UsageError(f"{slug} is {before.state} ({before.because}); nothing was changed")
    after = await editions.redraft(house, newsletter, before, who)
    if after is None:
        raise UsageError(f"{slug}: somebody else changed it meanwhile; look at it and try again")
    if isinstance(after, str):
        raise NothingToSend(f"{slug}: it stands as it was, for there is no other: {after}")
    lines = [f"{n}. {brief.headline}" for n, brief in enumerate(after.bulletin.briefs, start=1)]
    head = f"{slug}: revision {after.revision} is a draft again: {after.bulletin.length}"
    return (head, *lines)


def occurrence_now(house: House, newsletter: Newsletter) -> Occurrence:
    """A slot at this very second, for an edition outside the schedule."""
    now = house.clock.now().replace(microsecond=0)
    local = now.astimezone(ZoneInfo(newsletter.schedule.timezone))
    return Occurrence(
        newsletter_id=newsletter.id,
        local_date=local.date(),
        local_time=local.time(),
        due_at=now,
    )


async def run_now(house: House, newsletter: Newsletter, who: str) -> Edition:
    """Write and release an edition now, as the editor asked; NothingToSend when there is none."""
    made = await editions.produce(house, newsletter, occurrence_now(house, newsletter))
    if isinstance(made, str):
        raise NothingToSend(f"{newsletter.id}: no edition: {made}; nothing was sent")
    if made.state in WAITING:
        if why := await preflight.stops(house, newsletter, made):
            _move(house, made, WAITING, EditionState.HELD, why)
            raise UsageError(f"{made.slug} is held: {why}")
        editions.release(house, made, f"run now by {who}")
    return find(house, made.slug)


def _move(
    house: House,
    edition: Edition,
    expected: tuple[EditionState, ...],
    state: EditionState,
    because: str,
) -> None:
    if not house.store.editions.change_state(edition.id, expected, state, because):
        now = find(house, edition.slug)
        raise UsageError(
            f"{edition.slug} is {now.state} ({now.because}) and cannot become {state};"
            " nothing was changed"
        )
