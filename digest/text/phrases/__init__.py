"""The fixed words of mail in each language; a language without its own gets the English ones."""

from babel import Locale
from babel.units import format_unit

from digest.text.phrases.eastern import ARABIC, HEBREW
from digest.text.phrases.phrases import Phrases
from digest.text.phrases.western import ENGLISH, FRENCH, GERMAN, IRISH, SPANISH

KNOWN = {one.code: one for one in (ENGLISH, IRISH, FRENCH, GERMAN, SPANISH, ARABIC, HEBREW)}

__all__ = ["KNOWN", "Phrases", "length", "of"]


def of(language: str) -> Phrases:
    """The words of a language tag such as "en-IE"."""
    return KNOWN.get(language.partition("-")[0].lower(), ENGLISH)


def length(language: str, stories: int, seconds: int) -> str:
    """How long a bulletin is, as its readers are told: "7 stories, 52 seconds"."""
    words = of(language)
    locale = Locale.parse("en_001" if words is ENGLISH else words.code)
    form = words.stories.get(locale.plural_form(stories), words.stories["other"])
    told = format_unit(seconds, "second", length="long", locale=locale)
    return f"{form.format(n=stories)}{words.comma} {told}"
