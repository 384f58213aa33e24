"""The gate: whether a line says only what its own story says, checked by rule.

It stops invented names, numbers and quotations, lost negation and lost hedges; it cannot judge a
paraphrase, and no rule here asks who wrote the line.
"""

from collections.abc import Sequence

from digest.model.edition import Check
from digest.model.news import Article
from digest.summarise import days
from digest.summarise.gate.rules import verdicts
from digest.summarise.gate.story import Facts, counted, facts
from digest.summarise.style import Style
from digest.summarise.wording import ENGLISH, Wording

__all__ = ["Facts", "check", "counted", "facts", "verdicts"]


def check(
    line: str,
    article: Article,
    style: Style,
    wording: Wording = ENGLISH,
    others: Sequence[Facts] = (),
) -> tuple[Check, ...]:
    """Every rule's verdict on a line that is to stand for the article on a day."""
    written = days.published_on(article, style.zone)
    known = facts(article, wording)
    return verdicts(
        line, known, written=written, on=style.on, max_words=style.max_words, others=others
    )
