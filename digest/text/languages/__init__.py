"""The languages whose texts we can take apart, by code."""

from digest.text.languages.english import ENGLISH
from digest.text.languages.french import FRENCH
from digest.text.languages.german import GERMAN
from digest.text.languages.irish import IRISH
from digest.text.languages.language import Language
from digest.text.languages.spanish import SPANISH

__all__ = ["ENGLISH", "FRENCH", "GERMAN", "IRISH", "KNOWN", "SPANISH", "Language", "of"]

KNOWN = {language.code: language for language in (ENGLISH, IRISH, FRENCH, GERMAN, SPANISH)}


def of(tag: str) -> Language | None:
    """The language of a tag such as "en-IE", None when it is none of ours; "" is English."""
    return KNOWN.get(tag[:2].lower() or ENGLISH.code)
