"""From an occurrence to a draft, and from a draft to a released edition."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest import compose, deliver, select
from digest.collect import changes
from digest.model.edition import Bulletin, Edition, EditionState, Email, Occurrence
from digest.model.news import Pick, Selection
from digest.model.newsletter import IfNobody, Newsletter
from digest.newsroom import asking, correcting, writing
from digest.newsroom.house import House
from digest.newsroom.letters import rendered
from digest.newsroom.rewording import planned_posts
from digest.summarise import bulletin as bulletins

log = logging.getLogger(__name__)

REMEMBERED = timedelta(days=7)
"""A story sent within this time is not sent again to the same newsletter."""
ROUNDS = 3
"""So often stories are chosen again because the pages of those chosen say something else now."""
LOOKING = timedelta(seconds=20)
LEAST_LOOKING = timedelta(seconds=3)
RELEASED = EditionState.RELEASED
WAITING = (EditionState.DRAFT, EditionState.APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A bulletin with the selection it was written from."""

    bulletin: Bulletin
    selection: Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An edition with its compiled emails, not yet saved."""

    edition: Edition
    emails: tuple[Email, ...]


async def bulletin(house: House, newsletter: Newsletter, due_at: datetime) -> Written:
    """The newsletter's stories as they stand at `due_at`, in the words of its writer."""
    written = by_rule(house, newsletter, due_at)
    worded = await writing.worded(house, newsletter, written.bulletin, written.selection.picks)
    return replace(written, bulletin=worded)


def by_rule(house: House, newsletter: Newsletter, due_at: datetime) -> Written:
    """Choose the newsletter's stories as they stand at `due_at` and take their lines by rule."""
    settings, store = house.settings, house.store
    sources = {s.id: s for s in settings.sources_of(newsletter)}
    listed = store.articles.since(due_at - newsletter.max_age, tuple(sources))
    articles = [changes.sorted_late(article, sources[article.source_id]) for article in listed]
    used = store.editions.used_urls(newsletter.id, due_at - max(REMEMBERED, newsletter.max_age))
    selection = select.pick(
        articles,
        newsletter=newsletter,
        sources=sources,
        used=used,
        # Themselves too old to be among the articles, their copies may not be.
        earlier=tuple(store.articles.get(sorted(used)).values()),
        now=due_at,
    )
    found = bulletins.write(
        selection.picks,
        writing.style(
            house, newsletter, compose.local(due_at, newsletter.schedule.timezone).date()
        ),
        stories=newsletter.stories,
        words=settings.summary.words,
        sources=sources,
    )
    return Written(bulletin=found, selection=selection)


async def draft(house: House, newsletter: Newsletter, occurrence: Occurrence) -> Draft | str:
    """Compose and render an edition for a slot without saving it, or say why there is none."""
    written = await bulletin(house, newsletter, occurrence.due_at)
    found = len(written.bulletin.briefs)
    if found < newsletter.at_least:
        return _too_few(found, newsletter, written)
    appeal = house.settings.appeal(newsletter.appeal)
    edition = compose.edition(
        newsletter=newsletter,
        site=house.settings.site,
        occurrence=occurrence,
        bulletin=written.bulletin,
        left_out=_reasons(written),
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
    await _look_at_picks(house, newsletter, occurrence.due_at)
    made = await draft(house, newsletter, occurrence)
    if isinstance(made, str):
        return made
    looked = replace(made.edition, looked_at=house.clock.now())
    saved = editions.add(looked, made.emails)
    if saved is None:
        return editions.for_slot(*slot) or "another process wrote this edition and it is gone again"
    log.info("%s: draft of %d stories", saved.slug, len(saved.bulletin.briefs))
    await asking.ask(house, newsletter, saved)
    return saved


def spares(house: House, newsletter: Newsletter, edition: Edition) -> Sequence[Pick]:
    """The stories as they stand now, for the place of one that was pulled before the release."""
    return by_rule(house, newsletter, edition.due_at).selection.picks


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
    plan = deliver.appeal_plan(edition, house.settings.appeal(edition.appeal), now)
    posts = planned_posts(house, edition)
    return house.store.editions.release(edition, because, now, plan, posts)


async def _release_one(house: House, edition: Edition, now: datetime) -> str:
    state, because = _decided(house, edition, now)
    if state is RELEASED:
        # As its articles now stand; that may leave too little of it to go out.
        edition = await correcting.keep_up(house, edition.id, spares=spares) or edition
        if edition.state not in WAITING:
            return f"{edition.slug}: {edition.state} ({edition.because})"
        state, because = _decided(house, edition, now)
    if state is not RELEASED:
        house.store.editions.change_state(edition.id, [edition.state], state, because)
        return f"{edition.slug}: {state} ({because})"
    if not release(house, edition, because):
        return f"{edition.slug}: another process was first"
    owed = house.store.deliveries.counts(edition.id).total
    return f"{edition.slug}: released to {owed} subscribers ({because})"


async def _look_at_picks(house: House, newsletter: Newsletter, due_at: datetime) -> None:
    """Look again at the articles of the briefs, and of those that then come in their place; never
    so long that the edition comes late."""
    start = house.clock.now()
    ends = start + max(LEAST_LOOKING, min(LOOKING, (due_at - start) / 2))
    seen: set[str] = set()
    for _ in range(ROUNDS):
        urls = [b.url for b in by_rule(house, newsletter, due_at).bulletin.briefs]
        left = (ends - house.clock.now()).total_seconds()
        if seen.issuperset(urls) or left <= 0:
            return
        await correcting.look_at(house, [u for u in urls if u not in seen], seconds=left)
        seen.update(urls)
    log.warning("%s: its stories kept changing; we go on with what is stored", newsletter.id)


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
    match newsletter.approval.if_nobody:
        case IfNobody.SEND:
            return EditionState.RELEASED, "approved by rule: if nobody approves, send"
        case IfNobody.HOLD:
            return EditionState.HELD, "nobody approved it; the rule says hold"
        case IfNobody.SKIP:
            return EditionState.SKIPPED, "nobody approved it; the rule says skip"


def _reasons(written: Written) -> Sequence[str]:
    """Why each story that is not in the edition is not."""
    not_picked = [f"{p.story.best.headline}: {p.because}" for p in written.selection.left_out]
    return [*written.bulletin.left_out, *not_picked]


def _too_few(found: int, newsletter: Newsletter, written: Written) -> str:
    if not written.selection.picks and not written.selection.left_out:
        return "nothing new"
    return f"{found} stories, {newsletter.at_least} needed"
