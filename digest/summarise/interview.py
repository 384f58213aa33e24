"""Interviews printed as questions and answers, whose answers carry no quotation marks."""

import re
from collections.abc import Sequence

from digest.model.news import Article
from digest.summarise.wording import Wording
from digest.text import quotes

_LEAST_QUESTIONS = 3
_LEAST_SHARE = 0.12
_SPEAKER = re.compile(r"(?:Q|A|[A-Z][\w.]+(?: [A-Z][\w.]+){0,2}): ")


def narrative(paragraphs: Sequence[str], wording: Wording, *, declared: bool) -> int:
    """How many paragraphs, from the first, the paper itself speaks in: all of them unless the
    article is an interview, then those before the first question or answer.

    `declared` says that headline or section call it an interview.
    """
    questions = sum(paragraph.rstrip().endswith("?") for paragraph in paragraphs)
    needed = 1 if declared else max(_LEAST_QUESTIONS, _LEAST_SHARE * len(paragraphs))
    if questions < needed:
        return len(paragraphs)
    return next(n for n, paragraph in enumerate(paragraphs) if _is_spoken(paragraph, wording))


def declares(article: Article, wording: Wording) -> bool:
    """Whether headline or section call the article an interview."""
    return bool(wording.interview.search(f"{article.headline} {article.section}"))


def _is_spoken(paragraph: str, wording: Wording) -> bool:
    """A question, or somebody who says I, we or you without a quotation mark."""
    outside = quotes.without(paragraph)
    return bool("?" in outside or wording.first_person.search(outside) or _SPEAKER.match(paragraph))
