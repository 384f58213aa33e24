"""Articles that change or vanish after they were collected: editions, mail and posts follow them.

What is to be done is always found by comparing versions, never remembered: whoever is killed in
the middle leaves it to the next run, and two processes revise an edition once.
"""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta

from digest.errors import StoreError
from digest.model.delivery import DeliveryState
from digest.model.edition import Edition, EditionState
from digest.model.post import Post, PostState
from digest.newsroom import articles, asking
from digest.newsroom.house import House
from digest.newsroom.revising import Spares, no_spares, revise, told
from digest.newsroom.rewording import GONE, rewritten

log = logging.getLogger(__name__)

FOLLOWED = timedelta(hours=48)
"""So long after its release an edition follows its articles."""
SOON = timedelta(minutes=1)
"""So long before its slot an edition's articles are looked at, that nobody waits at the slot."""
FRESH = timedelta(seconds=40)
"""An article looked at so lately is not looked at again before a release."""
POLITE = timedelta(minutes=10)
"""The same before a post, where many follow one another."""
AT_RELEASE = 10.0
BEFORE_POSTS = 5.0
GRACE = 1.0
"""Seconds that looking may take, and those after which we do not even wait for its end."""
TRIES = 3
OVER = (EditionState.KILLED, EditionState.SKIPPED)
WAITING = (EditionState.DRAFT, EditionState.APPROVED)
OUT = (EditionState.RELEASED, EditionState.DONE)
ON_NETWORK = (PostState.PUBLISHED, PostState.PUBLISHING, PostState.IN_DOUBT)


async def follow(house: House) -> tuple[str, ...]:
    """Look at the articles of editions that go out within the minute or are on their way, and
    revise those that are out; cheap when nothing changed, so it may be called every few seconds."""
    now = house.clock.now()
    waiting = house.store.editions.in_states(WAITING)
    soon = [edition for edition in waiting if now < edition.due_at <= now + SOON]
    await look(house, soon, seconds=AT_RELEASE, fresh=FRESH)
    under_way = house.store.editions.in_states([EditionState.RELEASED])
    sending = [e for e in under_way if e.released_at and now - e.released_at < FOLLOWED]
    await look(house, sending, seconds=AT_RELEASE, fresh=POLITE)
    return await catch_up(house)


async def catch_up(house: House) -> tuple[str, ...]:
    """Revise the editions of the last days whose articles have changed; a sentence for each."""
    said: list[str] = []
    for edition_id in house.store.editions.outdated(house.clock.now() - FOLLOWED):
        before = house.store.editions.by_id(edition_id)
        if before is None:
            continue
        try:
            if before.released_at is None:
                await _tell(house, before)
                continue
            after = await keep_up(house, edition_id)
        except Exception as error:
            said.append(_stopped(house, before, error))
        else:
            if after is not None and after.revision > before.revision:
                said.append(f"{after.slug}: revision {after.revision}")
    return tuple(said)


async def look(
    house: House, editions: Sequence[Edition], *, seconds: float, fresh: timedelta
) -> None:
    """Look again at the pages of the editions' stories, unless that was done just now; after
    `seconds` we go on with what is stored."""
    now = house.clock.now()
    due = [e for e in editions if now - (e.looked_at or e.composed_at) >= fresh]
    if not due:
        return
    urls = [brief.url for edition in due for brief in edition.bulletin.briefs]
    await look_at(house, urls, seconds=seconds, fresh=fresh)
    house.store.editions.looked([edition.id for edition in due], now)


async def look_at(
    house: House, urls: Sequence[str], *, seconds: float, fresh: timedelta = FRESH
) -> None:
    """The same for articles by their addresses; a fault in it keeps nothing from going out."""
    start = house.clock.now()
    known = house.store.articles.get(urls)
    urls = [a.url for a in known.values() if start - (a.looked_at or a.collected) >= fresh]
    if not urls:
        return
    try:
        async with asyncio.timeout(seconds + GRACE):
            found = await articles.look_again(house, urls, seconds=seconds)
    except Exception:
        log.exception("%d articles could not be looked at again; we go on as stored", len(urls))
        return
    silent = [a.url for a in found.values() if (a.looked_at or a.collected) < start]
    if silent:
        words = "no answer about %d of %d articles within %g s; we go on as stored: %s"
        log.info(words, len(silent), len(urls), seconds, ", ".join(silent))


async def keep_up(
    house: House, edition_id: int, *, why: str = "", spares: Spares = no_spares
) -> Edition | None:
    """The edition, saying what its articles now say; its editors are told what was changed."""
    editions = house.store.editions
    edition = editions.by_id(edition_id)
    for _ in range(TRIES):
        if edition is None or edition.state in OVER:
            return edition
        revision = revise(house, edition, why=why, spares=spares)
        if revision is None:
            break
        # Whoever is second here finds the work done when it looks again.
        editions.revise(revision.before, revision.after, revision.emails, revision.posts)
        edition = editions.by_id(edition_id)
    if edition is not None:
        await _tell(house, edition)
    return edition


async def before_posts(house: House, posts: Iterable[Post]) -> None:
    """Look again at the articles of the editions that are about to be posted."""
    found = [house.store.editions.by_id(i) for i in sorted({post.edition_id for post in posts})]
    editions = [edition for edition in found if edition is not None]
    await look(house, editions, seconds=BEFORE_POSTS, fresh=POLITE)


async def newest(house: House, post: Post) -> Post:
    """The waiting post in its edition's newest words, or taken out with the reason."""
    edition = await keep_up(house, post.edition_id)
    row = _row(house, post)
    if edition is None or row.revision >= edition.revision:
        return row
    # Its words were on their way when the edition was revised, and came back.
    house.store.posts.rewrite([rewritten(house, edition, row)])
    return _row(house, post)


def standing(house: House, edition: Edition, known: int) -> list[str]:
    """For editors: what changed since the revision they knew, and whom it reaches."""
    new = [correction for correction in edition.corrections if correction.revision > known]
    lines = [told(correction) for correction in new]
    if edition.released_at is None:
        return [*lines, f"It is {edition.state} ({edition.because}); nobody has it yet."]
    counts = house.store.deliveries.counts(edition.id).counts
    carried = house.store.deliveries.carried(edition.id)
    old = sum(count for revision, count in carried.items() if revision < edition.revision)
    left = counts.get(DeliveryState.QUEUED, 0) + counts.get(DeliveryState.DEFERRED, 0)
    have = "1 subscriber has" if old == 1 else f"{old} subscribers have"
    new_ones = sum(carried.values()) - old + left
    get = "1 gets" if new_ones == 1 else f"{new_ones} get"
    lines.append(f"{have} an earlier revision already, {get} revision {edition.revision}.")
    if edition.state not in OUT:
        lines.append(f"It is {edition.state} ({edition.because}).")
    return [*lines, *_posts_told(house, edition, {correction.url for correction in new})]


def _posts_told(house: House, edition: Edition, urls: set[str]) -> list[str]:
    rows = [p for p in house.store.posts.of_edition(edition.id) if p.story_url in urls]
    out = [p for p in rows if p.state in GONE]
    anew = [p for p in rows if p.state not in (*GONE, *ON_NETWORK)]
    lines = [f"Of its waiting posts {len(anew)} were written anew, {len(out)} taken out."]
    return (lines if anew or out else []) + [
        f"A post on {post.account_id} is {post.state.replace('_', ' ')} with the old words:"
        f" {post.remote_url or post.text!r}. Decide there whether it stays."
        for post in rows
        if post.state in ON_NETWORK and post.revision < edition.revision
    ]


async def _tell(house: House, edition: Edition) -> None:
    """Tell the editors of a revision, once, whoever made it."""
    known = edition.told
    if known >= edition.revision or not house.store.editions.tell(
        edition.id, known, edition.revision
    ):
        return
    lines = standing(house, edition, known)
    log.warning("%s: revision %d: %s", edition.slug, edition.revision, " ".join(lines))
    newsletter = house.settings.newsletter(edition.newsletter_id)
    if newsletter is not None:
        await asking.tell(house, newsletter, edition, lines)


def _stopped(house: House, edition: Edition, error: Exception) -> str:
    """What can no longer be corrected must not go on going out."""
    because = f"its articles changed, and it could not be revised: {error}"
    log.error("%s: %s", edition.slug, because, exc_info=error)
    if not isinstance(error, StoreError):
        house.store.editions.change_state(
            edition.id, [EditionState.RELEASED], EditionState.HELD, because
        )
    return f"{edition.slug}: {because}"


def _row(house: House, post: Post) -> Post:
    rows = house.store.posts.of_edition(post.edition_id)
    return next(row for row in rows if row.id == post.id)
