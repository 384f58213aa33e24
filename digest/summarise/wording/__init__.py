"""The languages in which lines are written from the body of an article."""

from dataclasses import replace
from functools import lru_cache

from digest.summarise.wording.english import ENGLISH
from digest.summarise.wording.french import FRENCH
from digest.summarise.wording.german import GERMAN
from digest.summarise.wording.irish import IRISH
from digest.summarise.wording.marks import ADDRESS, FINAL, MARKUP
from digest.summarise.wording.spanish import SPANISH
from digest.summarise.wording.wording import Wording

__all__ = ["ADDRESS", "ENGLISH", "FINAL", "MARKUP", "Wording", "of"]

_KNOWN = {wording.language.code: wording for wording in (ENGLISH, IRISH, FRENCH, GERMAN, SPANISH)}


@lru_cache(maxsize=64)
def of(tag: str, abbreviations: frozenset[str] = frozenset()) -> Wording | None:
    """The wording for a tag such as "en-IE", None for a language we have none for; "" is English.

    `abbreviations` are the editors' own, without their last dot, that never end a sentence.
    """
    found = _KNOWN.get(tag[:2].lower() or "en")
    if found is None or not abbreviations:
        return found
    titles = found.language.titles | {word.lower().rstrip(".!") for word in abbreviations}
    return replace(found, language=replace(found.language, titles=titles))
