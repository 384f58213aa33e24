"""A story that stood in an earlier edition comes back only with what happened since."""

from collections.abc import Sequence, Set
from datetime import timedelta

from digest.model.news import Article
from digest.text import sentences
from digest.text.languages import ENGLISH, Language
from digest.text.terms import terms

LATER = timedelta(hours=6)
"""A report so much later than the one already used may tell something new."""
NEW = 0.55
"""The least share of its headline's and opening's words that stand in no report already used:
of later reports in a replay of real days, those with less told the same once more."""
_OPENING = 2
"""Sentences."""


def developments(
    fresh: Sequence[Article], before: Sequence[Article], language: Language = ENGLISH
) -> list[Article]:
    """The reports of what happened since those already used.

    While most of the later ones tell the old story once more, the others are not its news but
    what is told around it.
    """
    known = {term for used in before for term in _terms(used, used.paragraphs, language)}
    later = [a for a in fresh if all(a.when - used.when >= LATER for used in before)]
    news = [article for article in later if _share_new(article, known, language) >= NEW]
    return news if 2 * len(news) > len(later) else []


def _share_new(article: Article, known: Set[str], language: Language) -> float:
    """How much of what a report says first is not known from earlier ones."""
    opening = sentences.split(article.paragraphs[0], language)[:_OPENING]
    said = _terms(article, opening, language)
    return len(said - known) / len(said) if said else 0.0


def _terms(article: Article, text: Sequence[str], language: Language) -> set[str]:
    return set(terms(" ".join([article.headline, article.standfirst, *text]), language))
