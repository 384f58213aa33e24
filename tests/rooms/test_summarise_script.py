"""The bulletin as it is read aloud."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.edition import Brief, Bulletin
from digest.summarise.aloud import aloud, count
from digest.summarise.script import script
from digest.text import words

TITLE, SITE = "News in 60 seconds", "The Sample Post"
DAY = date(2026, 11, 26)


def brief(number: int, line: str, label: str = "") -> Brief:
    """A brief of that line."""
    return Brief(
        article_id=number,
        url=f"https://sample.example/{number}",
        headline=f"Headline {number}",
        label=label,
        line=line,
        words=words.count(f"{label} {line}"),
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("€1.5m was spent", "one point five million euro was spent"),
        ("a £1.5m deal", "a one point five million pound deal"),
        ("a record $12.5bn deal", "a record twelve point five billion dollar deal"),
        ("£5.50 each", "five pounds fifty each"),
        ("the $1 fee", "the one dollar fee"),
        ("They won 5-4.", "They won five to four."),
        ("Banned in 2022-2023.", "Banned in twenty twenty-two to twenty twenty-three."),
        ("Cork beat Kerry 2-14 to 1-16", "Cork beat Kerry two fourteen to one sixteen"),
        ("at 9.30am on Monday", "at nine thirty a m on Monday"),
        ("at 9.05 p.m. sharp", "at nine oh five p m sharp"),
        ("at 14:30", "at fourteen thirty"),
        ("The HSE and NATO met", "The H S E and NATO met"),
        ("RTÉ and AT&T met", "R T É and A T and T met"),
        ("TDs and MEPs", "T Ds and M E Ps"),
        ("the US and the U.S. economy", "the U S and the U S economy"),
        ("Gda. Murphy and Dr. Roe", "Garda Murphy and Doctor Roe"),
        ("No. 10 said", "Number ten said"),
        ("in 2026 and 2005", "in twenty twenty-six and two thousand and five"),
        ("in 1905", "in nineteen oh five"),
        ("in his 20s in the 1990s", "in his twenties in the nineteen nineties"),
        (
            "up 3.5% to 21°C at 80km/h",
            "up three point five percent to twenty-one degrees at eighty kilometres an hour",
        ),
        ("Cork v Kerry", "Cork versus Kerry"),
        ("J.K. Rowling and George W. Bush", "J K Rowling and George W Bush"),
        ("on 18 November", "on the eighteenth of November"),
        ("November 18, 2026", "November the eighteenth, twenty twenty-six"),
        ("A 35-year-old man", "A thirty-five-year-old man"),
        ("5,000 people, the 21st time", "five thousand people, the twenty-first time"),
        ("COVID-19, the M50 and MI5", "COVID nineteen, the M fifty and M I five"),
        ("the 800m freestyle", "the eight hundred metres freestyle"),
        ("World War II and Pope Leo XIV", "World War Two and Pope Leo the Fourteenth"),
        ("open 24/7 and and/or not", "open twenty-four seven and and or not"),
        ("the 1984/85 season", "the nineteen eighty-four eighty-five season"),
        ("Ada Roe (47) and Bo – a cat", "Ada Roe, forty-seven, and Bo, a cat"),
        ("call 0800", "call zero eight zero zero"),
        ("½ of 2³", "a half of twenty-three"),
        ("Co. Cork and St. Brigid", "County Cork and Saint Brigid"),
    ],
)
def test_english_is_written_as_it_is_said(written: str, said: str) -> None:
    """Figures, units, times, sums, scores, acronyms and abbreviations become words."""
    assert aloud(written, "en") == said


@pytest.mark.parametrize(
    ("code", "written", "said"),
    [
        ("de", "Am 18. November stiegen sie um 1,5 %.", "Am achtzehnten November stiegen sie um"
         " eins Komma fünf Prozent."),
        ("fr", "Le 1er mai, 1 500 personnes ont payé €20.", "Le premier mai, mille cinq cents"
         " personnes ont payé vingt euros."),
        ("es", "Pagaron 1.500 euros, un 20 %.", "Pagaron mil quinientos euros, un veinte por"
         " ciento."),
        ("ga", "D’íoc 20 duine €5.", "D’íoc 20 duine €5."),
    ],
)  # fmt: skip
def test_other_languages_say_their_figures(code: str, written: str, said: str) -> None:
    """French, German and Spanish have theirs in words, Irish keeps the figures."""
    assert aloud(written, code) == said


_TEXT = st.text(
    st.one_of(
        st.sampled_from("0123456789.,:-/%€£$°() akmbnAXIV'’“”\n½²"), st.characters(codec="utf-8")
    ),
    max_size=60,
)


@given(_TEXT, st.sampled_from(["en", "fr", "de", "es"]))
def test_no_figure_survives(text: str, code: str) -> None:
    """Whatever the text, it is said without a single digit and on one line."""
    said = aloud(text, code)
    assert not any(char.isdigit() for char in said)
    assert "\n" not in said


@given(
    st.lists(st.tuples(_TEXT, st.sampled_from(["", "Sport", "Ireland", "US"])), max_size=9),
    st.integers(min_value=0, max_value=160),
    st.sampled_from(["en", "en-IE", "fr", "de", "es", "ga", "xx"]),
)
def test_a_script_is_never_too_long(told: list[tuple[str, str]], most: int, language: str) -> None:
    """No bulletin gives more words than asked for, by either way of counting; what is missing is
    named."""
    briefs = tuple(brief(n, line, label) for n, (line, label) in enumerate(told))
    made = script(
        Bulletin(briefs=briefs), title=TITLE, site=SITE, language=language, on=DAY, most=most
    )
    assert made.words == count(made.text) <= most
    assert words.count(made.text) <= most
    assert len(made.left_out) <= len(briefs)


def test_a_script_keeps_whole_briefs_in_order() -> None:
    """The opening, each brief that fits, the closing; the long one is named, the next is said."""
    briefs = (
        brief(1, "Kesterby council has closed its swing bridge.", "Transport"),
        brief(2, "word " * 200 + "end."),
        brief(3, "Leinster beat Munster 5-4 in Dublin.", "Dublin"),
    )
    made = script(Bulletin(briefs=briefs), title=TITLE, site=SITE, language="en-IE", on=DAY)
    assert made.text == (
        "News in sixty seconds from The Sample Post, Thursday, the twenty-sixth of November.\n"
        "Transport. Kesterby council has closed its swing bridge.\n"
        "Leinster beat Munster five to four in Dublin.\n"
        "That was News in sixty seconds."
    )
    assert (made.words, made.seconds) == (36, 12)
    assert made.left_out == (
        "“Headline 2” did not fit: read aloud its 201 words would take the script over 150.",
    )
