"""Languages told by their commonest words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect import language, page

TEXTS = {
    "en": "The harbour trust will lay a second cable before October, its chairman told the council"
    " on Monday, and the owner of the boat has agreed to pay for most of it.",
    "ga": "Tá an chomhairle chun droichead nua a thógáil thar an abhainn, a dúirt an cathaoirleach"
    " inné, agus beidh an bóthar dúnta go dtí deireadh na míosa seo chugainn.",
    "fr": "La mairie va construire un nouveau pont sur la rivière, a dit le maire lundi, et la"
    " route sera fermée pour les voitures jusqu'à la fin du mois, mais pas pour les bus.",
    "de": "Die Stadt wird im Herbst eine neue Brücke über den Fluss bauen, sagte der Bürgermeister"
    " am Montag, und die Straße ist bis zum Ende des Monats nicht für Autos offen.",
    "es": "El ayuntamiento construirá un nuevo puente sobre el río, dijo la alcaldesa el lunes, y"
    " la carretera estará cerrada para los coches hasta el final del mes de octubre.",
    "pl": "Miasto zbuduje nowy most na rzece, powiedział burmistrz w poniedziałek, a droga będzie"
    " zamknięta do końca miesiąca i nie jest to ostatni remont, który się tam odbędzie w tym roku.",
    "ja": "市は秋に川に新しい橋を建設すると市長が月曜日に述べた。道路は月末まで閉鎖される。",
    "ru": "Город построит новый мост через реку, сказал мэр в понедельник, и дорога будет закрыта.",
    "uk": "Місто збудує новий міст через річку, сказав мер у понеділок, і дорога буде закрита.",
    "el": "Ο δήμος θα χτίσει μια νέα γέφυρα στον ποταμό, είπε ο δήμαρχος τη Δευτέρα.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_paragraph_is_enough(code: str) -> None:
    """Two lines of news in each."""
    assert language.of(TEXTS[code]) == code


@pytest.mark.parametrize(
    "text", ["", "Dáil 1-0", "Lorem ipsum", "42 17 3", "Kilvarra Derrybeg Dungloe " * 20]
)
def test_unsure_is_said(text: str) -> None:
    """Too short, or only names."""
    assert language.of(text) == ""


@pytest.mark.parametrize(
    ("declared", "code", "wanted"),
    [
        ("", "ga", "ga"),
        ("en-IE", "en", "en-IE"),
        ("en", "ga", "ga"),
        ("de, at, ch", "de", "de"),
        ("lang=", "fr", "fr"),
        ("lt", "en", "lt"),
    ],
)
def test_markup_is_believed_unless_it_plainly_lies(declared: str, code: str, wanted: str) -> None:
    """A template's "en" over an Irish text is wrong; a language we do not know is left alone."""
    assert language.settle(declared, f"{TEXTS[code]} {TEXTS[code]} {TEXTS[code]}") == wanted


def test_a_few_words_do_not_contradict_the_page() -> None:
    """A short quotation in another language changes nothing."""
    assert language.settle("en", TEXTS["ga"][:80]) == "en"


def test_a_page_without_the_attribute_has_a_language() -> None:
    """The fallback reaches the page's field."""
    body = "".join(f"<p>{TEXTS['ga']}</p>" for _ in range(3))
    assert page.read(f"<html><body><h1>Droichead nua</h1>{body}</body></html>").language == "ga"


@given(st.text(max_size=300), st.text(max_size=12))
def test_any_text_has_an_answer(text: str, declared: str) -> None:
    """Nothing breaks it; what it makes up is a code."""
    assert language.of(text) == "" or len(language.of(text)) == 2
    assert isinstance(language.settle(declared, text), str)
