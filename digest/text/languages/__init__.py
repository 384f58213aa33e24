"""The languages whose texts we can take apart, by code."""

from digest.text.languages.english import ENGLISH
from digest.text.languages.language import Language

__all__ = ["ENGLISH", "KNOWN", "Language", "of"]

KNOWN = {language.code: language for language in (ENGLISH,)}


def of(tag: str) -> Language | None:
    """The language of a tag such as "en-IE", None when it is none of ours; "" is English."""
    return KNOWN.get(tag[:2].lower() or ENGLISH.code)
