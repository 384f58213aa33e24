"""How a newsletter's lines are written: by rule, and where it may be in a model's words."""

import logging
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from digest import compose
from digest.model.edition import Bulletin
from digest.model.news import Pick
from digest.model.newsletter import ModelSettings, Newsletter
from digest.model.writing import WritingAnswer, WritingRequest
from digest.newsroom.house import House
from digest.ports import Writer
from digest.summarise import asking, taking
from digest.summarise import bulletin as bulletins
from digest.summarise.style import Style

log = logging.getLogger(__name__)

LONGEST = 30.0
"""Seconds for the model, whatever its own deadline: a ticker that is silent for a minute counts as
dead, and it also looks at pages."""
LEAST = 3.0
BOUNDARY = 24
"""Letters and digits of the mark around each story."""


def style(house: House, newsletter: Newsletter, on: date) -> Style:
    """The style of its bulletin for that day."""
    summary = house.settings.summary
    return Style(
        on=on,
        max_words=summary.line_words,
        zone=ZoneInfo(house.settings.site.timezone),
        language=newsletter.language,
        abbreviations=frozenset(summary.abbreviations),
    )


async def worded(
    house: House,
    newsletter: Newsletter,
    bulletin: Bulletin,
    picks: Sequence[Pick],
    due_at: datetime,
) -> Bulletin:
    """The bulletin in the words of the language model wherever they pass the gate.

    Whatever the model does, each story keeps at least the line that the rules took, and the slot
    does not wait.
    """
    if house.writer is None or not bulletin.briefs:
        return bulletin
    now = house.clock.now()
    how = style(house, newsletter, compose.local(due_at, newsletter.schedule.timezone).date())
    choice = asking.choose(bulletin, picks, how)
    if not choice.asked:
        return taking.unasked(bulletin, choice)
    words = bulletins.most(house.settings.summary.words, newsletter.language)
    request = asking.request(
        bulletin,
        choice,
        how,
        words=words,
        boundary=house.ids.token(BOUNDARY),
        seconds=_seconds(now, due_at),
    )
    answer = await _answer(house.writer, request, house.settings.summary.model)
    found = taking.take(bulletin, choice, answer, how, words=words)
    for line in taking.told(found):
        log.info("%s: %s", newsletter.id, line)
    return found


async def _answer(
    writer: Writer, request: WritingRequest, model: ModelSettings | None
) -> WritingAnswer:
    """The answer, also where the way to the model is itself broken."""
    try:
        return await writer.write(request)
    except Exception:
        log.exception("asking the language model failed")
        return WritingAnswer(
            model=model.name if model else "the language model",
            seconds=0.0,
            problem="asking it failed in ourselves; the log says how",
        )


def _seconds(now: datetime, due_at: datetime) -> float:
    """Half of what is left until the slot; where it has come, or an editor acts, none waits."""
    left = (due_at - now).total_seconds()
    return max(LEAST, min(LONGEST, left / 2)) if left > 0 else LONGEST
