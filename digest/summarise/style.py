"""How lines are written for one bulletin: for which day, how long, in which language."""

from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from digest.model.news import Article
from digest.summarise import wording
from digest.summarise.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What all lines of a bulletin have in common."""

    on: date | None
    """The day they are read on; None when it is not known: then no "today" is trusted."""
    max_words: int = 35
    zone: tzinfo = UTC
    """The newsroom's, by which "today" was written."""
    language: str = ""
    """Of articles that name none; "" is English."""
    abbreviations: frozenset[str] = frozenset()
    """The editors' own that never end a sentence."""

    def wording(self, article: Article) -> Wording | None:
        """The article's language, None when we have no wording for it."""
        return wording.of(article.language or self.language, self.abbreviations)
