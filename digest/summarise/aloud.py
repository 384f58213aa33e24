"""Text as it is read out: figures, signs and abbreviations in words.

English is written out whole, French, German and Spanish as far as figures and common signs go;
Irish keeps its figures, for which we have no words.
"""

import re
import unicodedata
from collections.abc import Mapping

from num2words import num2words

from digest.summarise import aloud_english
from digest.text import words

_LARGEST = 15
"""Digits of the largest number that is said as one; longer ones are read figure by figure."""
_SIGNS: Mapping[str, Mapping[str, str]] = {
    "fr": {"%": " pour cent", "€": " euros", "£": " livres", "$": " dollars", "&": " et "},
    "de": {"%": " Prozent", "€": " Euro", "£": " Pfund", "$": " Dollar", "&": " und "},
    "es": {"%": " por ciento", "€": " euros", "£": " libras", "$": " dólares", "&": " y "},
    "ga": {"%": " faoin gcéad", "&": " agus "},
}
_CURRENCY_FIRST = re.compile(r"([€£$])\s?(\d[\d.,\s]*\d|\d)")
_THOUSANDS = re.compile(r"(?<=\d)[.\u00a0\u202f ](?=\d{3}(?!\d))")
_COMMA_NUMBER = re.compile(r"(?<![^\W\d_])\d+(?:,\d+)?")
_YEAR = re.compile(r"1[1-9]\d\d|20\d\d")
_ORDINAL_DAY = re.compile(
    r"\b(\d{1,2})\.(?=\s(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober"
    r"|November|Dezember))"
)
_FIRST = re.compile(r"\b1er\b")
_SPOILS = re.compile(r"[^\w\s.,;:!?'’\"“”„«»%€£$&-]|_")
_FRACTIONS = {"½": " a half", "¼": " a quarter", "¾": " three quarters"}


def aloud(text: str, code: str) -> str:
    """The text in the words a presenter says; in English, French, German and Spanish without a
    single figure."""
    plain = " ".join(_plain_digits(text).split())
    if code == "en":
        for sign, said in _FRACTIONS.items():
            plain = plain.replace(sign, said)
        return _tidy(aloud_english.spoken(plain))
    if code in ("fr", "de", "es"):
        plain = _figures(plain, code)
    for sign, said in _SIGNS.get(code, {}).items():
        plain = plain.replace(sign, said)
    return _tidy(plain)


def count(spoken: str) -> int:
    """The words that are said: those between hyphens one by one, and never fewer than between
    blanks."""
    return max(words.count(spoken), len(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", spoken)))


def _plain_digits(text: str) -> str:
    """Superscript, full-width and other figures as 0 to 9."""
    return "".join(
        str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char
        for char in text
    )


def _figures(text: str, code: str) -> str:
    text = _CURRENCY_FIRST.sub(lambda m: f"{m[2]} {m[1]}", text)
    text = _THOUSANDS.sub("", text)
    if code == "de":
        text = _ORDINAL_DAY.sub(lambda m: num2words(int(m[1]), to="ordinal", lang="de") + "n", text)
    if code == "fr":
        text = _FIRST.sub("premier", text)
    text = _COMMA_NUMBER.sub(lambda m: _number(m.group(), code), text)
    return re.sub(r"\d+", lambda m: f" {_number(m.group(), code)} ", text)


def _number(figures: str, code: str) -> str:
    whole, _, part = figures.partition(",")
    if len(whole) > _LARGEST or len(part) > _LARGEST:
        return " ".join(str(num2words(int(digit), lang=code)) for digit in whole + part)
    if part:
        said = f"{whole}.{part}"
        point = {"fr": "virgule", "de": "Komma", "es": "coma"}[code]
        digits = " ".join(str(num2words(int(d), lang=code)) for d in said.partition(".")[2])
        return f"{num2words(int(whole), lang=code)} {point} {digits}"
    kind = "year" if _YEAR.fullmatch(whole) and code == "de" else "cardinal"
    return str(num2words(int(whole), to=kind, lang=code))


def _tidy(text: str) -> str:
    """One line without marks that nobody says, each comma once."""
    text = re.sub(r"\s*[–—]+\s*|\s--+\s|(?<=\s)-(?=\s)", ", ", text)
    text = re.sub(r"\s*[()\[\]{}]\s*", ", ", text.replace("…", ","))
    text = _SPOILS.sub(" ", text)
    text = re.sub(r"\s+(?=[.,;:!?])", "", " ".join(text.split()))
    text = re.sub(r"[,;:]+(?=[.!?,;:])|(?<=[.!?])[,;:]+", "", text)
    return text.strip(" ,;:")
