"""Which stories a newsletter's next edition tells, and in which lines."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest import compose, select
from digest.collect import changes
from digest.model.edition import Bulletin, Edition
from digest.model.news import Article, Pick, Ruling, Selection
from digest.model.newsletter import Newsletter
from digest.newsroom import correcting, ruling, writing
from digest.newsroom.house import House
from digest.summarise import bulletin as bulletins

log = logging.getLogger(__name__)

REMEMBERED = timedelta(days=7)
"""So long, beyond the age that the newsletter allows, a story sent is not sent to it again."""
ROUNDS = 3
"""So often stories are chosen again because the pages of those chosen say something else now."""
LOOKING = timedelta(seconds=20)
LEAST_LOOKING = timedelta(seconds=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The stories in order, and what is not among them."""

    selection: Selection
    missing: tuple[str, ...] = ()
    """One sentence for each pinned story that was not collected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A bulletin with the choice it was written from."""

    bulletin: Bulletin
    chosen: Chosen

    @property
    def reasons(self) -> list[str]:
        """Why each story that is not in the bulletin is not."""
        not_picked = [pick.because for pick in self.chosen.selection.left_out]
        return [*self.chosen.missing, *self.bulletin.left_out, *not_picked]


async def bulletin(
    house: House, newsletter: Newsletter, due_at: datetime, *, look: bool = False
) -> Written:
    """The newsletter's stories as they stand at `due_at`, in the words of its writer; `look` says
    whether their pages are looked at again first."""
    written = by_rule(house, newsletter, due_at)
    if look:
        written = await _looked(house, newsletter, due_at, written)
    picks = written.chosen.selection.picks
    worded = await writing.worded(house, newsletter, written.bulletin, picks, due_at)
    return replace(written, bulletin=worded)


def choose(
    house: House, newsletter: Newsletter, due_at: datetime, also: Sequence[Ruling] = ()
) -> Chosen:
    """The newsletter's stories as they stand at `due_at`; `also` are pins not yet saved."""
    settings, store = house.settings, house.store
    sources = {source.id: source for source in settings.sources}
    drawn = tuple(source.id for source in settings.sources_of(newsletter))
    used = store.editions.used_urls(newsletter.id, due_at - REMEMBERED - newsletter.max_age)
    rulings = ruling.in_force(house, newsletter, due_at, used, also)
    listed = store.articles.since(due_at - newsletter.max_age, drawn)
    there = {article.url for article in listed}
    listed += [article for article in rulings.pinned if article.url not in there]
    # Themselves too old to be among the articles, their copies may not be.
    earlier = (*store.articles.get(sorted(used)).values(), *rulings.barred)
    selection = select.pick(
        [
            changes.sorted_late(a, sources[a.source_id]) if a.source_id in sources else a
            for a in listed
        ],
        newsletter=newsletter,
        sources=sources,
        used=used,
        earlier=earlier,
        pins=rulings.pins,
        bars=rulings.bars,
        now=due_at,
    )
    return Chosen(selection=selection, missing=rulings.missing)


def by_rule(house: House, newsletter: Newsletter, due_at: datetime) -> Written:
    """Choose the newsletter's stories as they stand at `due_at` and take their lines by rule."""
    chosen = choose(house, newsletter, due_at)
    day = compose.local(due_at, newsletter.schedule.timezone).date()
    found = bulletins.write(
        chosen.selection.picks,
        writing.style(house, newsletter, day),
        stories=newsletter.stories,
        words=house.settings.summary.words,
        sources={source.id: source for source in house.settings.sources},
        closer=newsletter.closer,
    )
    return Written(bulletin=found, chosen=chosen)


def spares(house: House, newsletter: Newsletter, edition: Edition) -> Sequence[Pick]:
    """The stories as they stand now, for the place of one that was pulled before the release."""
    return choose(house, newsletter, edition.due_at).selection.picks


async def _looked(
    house: House, newsletter: Newsletter, due_at: datetime, written: Written
) -> Written:
    """Look again at the articles of the briefs, and of those that come in their place where one
    says something else now; never so long that the edition comes late."""
    start = house.clock.now()
    ends = start + max(LEAST_LOOKING, min(LOOKING, (due_at - start) / 2))
    seen: set[str] = set()
    for _ in range(ROUNDS):
        urls = [b.url for b in written.bulletin.briefs if b.url not in seen]
        left = (ends - house.clock.now()).total_seconds()
        if not urls or left <= 0:
            return written
        before = house.store.articles.get(urls)
        await correcting.look_at(house, urls, seconds=left)
        seen.update(urls)
        if _as_before(before, house.store.articles.get(urls)):
            return written
        written = by_rule(house, newsletter, due_at)
    if not seen.issuperset(brief.url for brief in written.bulletin.briefs):
        log.warning("%s: its stories kept changing; we go on as stored", newsletter.id)
    return written


def _as_before(before: Mapping[str, Article], after: Mapping[str, Article]) -> bool:
    """Whether looking changed nothing but that it was looked at."""
    return {url: replace(a, looked_at=None) for url, a in before.items()} == {
        url: replace(a, looked_at=None) for url, a in after.items()
    }
