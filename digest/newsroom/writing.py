"""How a newsletter's lines are written."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from digest.model.edition import Bulletin
from digest.model.news import Pick
from digest.model.newsletter import Newsletter
from digest.newsroom.house import House
from digest.summarise.style import Style


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
    house: House, newsletter: Newsletter, bulletin: Bulletin, picks: Sequence[Pick]
) -> Bulletin:
    """The bulletin in the words of the language model wherever they pass the gate."""
    return bulletin
