"""Pictures for the stories of an edition: only where they may be shown, and kept by ourselves."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from digest.model.edition import Brief, Bulletin
from digest.model.fetch import FetchRequest, Stopped
from digest.model.newsletter import Source
from digest.model.picture import Illustration, Picture, Pictures
from digest.newsroom.house import House
from digest.render import picture, rights
from digest.text.plain import one_line

log = logging.getLogger(__name__)

SECONDS = 8.0
"""For all pictures of an edition together; what is not there by then is left out."""
MOST_BYTES = 10 * 1024 * 1024
AGAIN = timedelta(days=7)
"""A picture made from an address so lately is not fetched again."""
AGENCY_TEXT = 300


async def illustrated(house: House, bulletin: Bulletin) -> Bulletin:
    """The bulletin with a picture wherever there is one that may be shown, and the reason where
    there is none; a picture never stops an edition."""
    sources = house.settings.sources
    if all(source.pictures is Pictures.NONE for source in sources):
        return bulletin
    work = [asyncio.ensure_future(_one(house, brief, sources)) for brief in bulletin.briefs]
    if not work:
        return bulletin
    done, late = await asyncio.wait(work, timeout=SECONDS)
    for one in late:
        one.cancel()
    briefs = []
    for brief, task in zip(bulletin.briefs, work, strict=True):
        if task not in done:
            why = f"the picture was not there within {SECONDS:g} seconds"
            briefs.append(replace(brief, no_picture_because=why))
        elif error := task.exception():
            log.error("%s: no picture", brief.url, exc_info=error)
            briefs.append(replace(brief, no_picture_because=f"the picture failed ({error})"))
        else:
            briefs.append(task.result())
    return replace(bulletin, briefs=tuple(briefs))


async def _one(house: House, brief: Brief, sources: Sequence[Source]) -> Brief:
    article = house.store.articles.get([brief.url]).get(brief.url)
    source = next((s for s in sources if article and s.id == article.source_id), None)
    told = f"{brief.image_credit} {brief.image_alt}"
    which = source.pictures if source else Pictures.NONE
    if why := rights.refused(which, brief.image, told):
        return replace(brief, picture=None, no_picture_because=why)
    kept = await _kept(house, brief.image)
    if isinstance(kept, str):
        why = f"{brief.image[:120]}: {kept}"
        return replace(brief, picture=None, no_picture_because=why)
    shown = Illustration(
        name=kept.name,
        width=kept.width,
        height=kept.height,
        alt=one_line(brief.image_alt)[:AGENCY_TEXT] or one_line(brief.headline),
        credit=one_line(brief.image_credit)[:AGENCY_TEXT] or (source.credit if source else ""),
    )
    return replace(brief, picture=shown, no_picture_because="")


async def _kept(house: House, url: str) -> Picture | str:
    """The picture made from an address, or why there is none."""
    now = house.clock.now()
    known = house.store.pictures.made_from(url)
    if known is not None and now - known.made_at < AGAIN:
        return known
    asked = FetchRequest(url=url, max_bytes=MOST_BYTES, seconds=SECONDS)
    fetched = await house.fetcher.fetch(asked)
    if fetched.problem or fetched.status != 200:
        return fetched.problem or f"it was answered with {fetched.status}"
    made = await house.workshop.do(picture.made, fetched.body)
    if isinstance(made, Stopped):
        return made.because
    if isinstance(made, str):
        return made
    found = Picture(
        name=made.name,
        url=url,
        width=made.width,
        height=made.height,
        content=made.content,
        made_at=now,
    )
    house.store.pictures.save(found)
    return found
