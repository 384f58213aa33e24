"""Pronouns and bare surnames as full names, only where the story leaves no doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.edition import Brief
from digest.summarise import brief, people, resolve
from digest.summarise.style import Style
from digest.summarise.wording import ENGLISH
from tests.builders import NOW, article

MET = "Mary Murphy met John Roe in Cork."


def resolved(*sentences: str, most: int = 35) -> str:
    """The last sentence as it would be printed after the others."""
    known = people.of(sentences, ENGLISH)
    return resolve.resolve(sentences[-1], sentences[-2::-1], known, most)


@pytest.mark.parametrize(
    ("before", "sentence", "named"),
    [
        ("Mary Murphy left Cork.", "She will be back.", "Mary Murphy will be back."),
        ("John Roe left Cork.", "He will be back.", "John Roe will be back."),
        ("John Roe left Cork.", "His house was sold.", "John Roe’s house was sold."),
        ("Mary Murphy left Cork.", "Her house was sold.", "Mary Murphy’s house was sold."),
        ("Mary Murphy left.", "In 2013, she sold it.", "In 2013, Mary Murphy sold it."),
        ("“It is late,” said Mary Murphy.", "She left Cork.", "Mary Murphy left Cork."),
        ("Mary Murphy, a driver from Cork, left.", "She sold it.", "Mary Murphy sold it."),
        ("Harbour master Mary Murphy left.", "She sold it.", "Mary Murphy sold it."),
        ("Ms Adebayo Okoro left Cork.", "She sold it.", "Adebayo Okoro sold it."),
        (MET, "She sold it.", "She sold it."),
        ("Taoiseach Micheál Martin left.", "He sold it.", "Taoiseach Micheál Martin sold it."),
        ("Mary Murphy left Cork.", "He sold it.", "He sold it."),
        ("Mary Murphy and Anna Roe left.", "She sold it.", "She sold it."),
        ("Mary Murphy rang her mother.", "She was ill.", "She was ill."),
        ("Mary Murphy’s lawyer rang.", "She was ill.", "She was ill."),
        ("John Roe rang a driver in Cork.", "He was ill.", "He was ill."),
        ("The caller spoke to officer John Roe.", "He was ill.", "He was ill."),
        ("When John Roe asked him why, he fled.", "He was ill.", "He was ill."),
        ("John Roe won, but Cork’s star closed in.", "He was ill.", "He was ill."),
        ("John Roe left Cork.", "He told John Roe to go.", "He told John Roe to go."),
        ("John Roe left Cork.", "He’s ill.", "He’s ill."),
        ("Sinn Féin met John Roe.", "It was late.", "It was late."),
        ("Cathal Kesterby Roe left.", "“He is ill.”", "“He is ill.”"),
    ],
)
def test_an_opening_pronoun(before: str, sentence: str, named: str) -> None:
    """The only one of fitting sex in the sentence before; anybody else there is a doubt."""
    if sentence == "She sold it." and before == MET:
        named = "Mary Murphy sold it."
    assert resolved(before, sentence) == named


def test_a_chain_of_pronouns_leads_back_to_the_name() -> None:
    """ "He" and "he" are the same one as long as nobody else is named; four sentences at most."""
    assert resolved("John Roe left.", "He sold it.", "He is ill.") == "John Roe is ill."
    assert resolved("John Roe left.", "Cork was wet.", "He is ill.") == "He is ill."
    assert resolved("John Roe left.", *["He ran."] * 4, "He is ill.") == "He is ill."


def test_an_unknown_first_name_needs_a_story_of_one_sex() -> None:
    """Nobody guesses from a name in neither list while both sexes are spoken of."""
    told = ("Zaur Kesterby told her so.", "Kesterby said so.", "He is ill.")
    assert resolved(*told) == "He is ill."
    alone = ("Zaur Kesterby told Cork so.", "Kesterby said so.", "He is ill.")
    assert resolved(*alone) == "Zaur Kesterby is ill."


@pytest.mark.parametrize(
    ("story", "sentence", "named"),
    [
        ("Mary Murphy left.", "Murphy said so.", "Mary Murphy said so."),
        ("Mary Murphy left.", "It was late, Murphy said.", "It was late, Mary Murphy said."),
        ("Mary Murphy left.", "Ms Murphy said so.", "Mary Murphy said so."),
        ("Mary Murphy left.", "Dr Murphy said so.", "Dr Mary Murphy said so."),
        ("Mary Murphy left.", "Murphy’s house was sold.", "Mary Murphy’s house was sold."),
        ("Mary Murphy left.", "Murphy and Murphy’s dog.", "Mary Murphy and Murphy’s dog."),
        (MET, "Murphy and Roe left.", "Mary Murphy and John Roe left."),
        ("Taoiseach Micheál Martin left.", "Martin said so.", "Taoiseach Micheál Martin said so."),
        ("Taoiseach Micheál Martin left.", "So says Martin.", "So says Micheál Martin."),
        ("Former president Bill Clinton left.", "Clinton said so.", "Bill Clinton said so."),
        ("Former President Bill Clinton left.", "Clinton said so.", "Bill Clinton said so."),
        ("President Barack Obama left.", "It is President Obama.", "It is President Barack Obama."),
        ("Mary Murphy and Tom Murphy left.", "Murphy said so.", "Murphy said so."),
        ("Mary Murphy left.", "“Murphy said so,” he said.", "“Murphy said so,” he said."),
        ("Mary Murphy left.", "The Murphy report is out.", "The Murphy report is out."),
        ("Mary Murphy left.", "A Murphy-led team won.", "A Murphy-led team won."),
        ("Ben Ferguson left. It was in Ferguson.", "Ferguson is calm.", "Ferguson is calm."),
        ("Denzel Washington left.", "Washington is calm.", "Washington is calm."),
        ("Samantha Power left a power cut.", "Power was restored.", "Power was restored."),
        ("Dwayne “The Rock” Johnson met Rocky Johnson.", "Johnson left.", "Johnson left."),
        ("New York is big.", "York said so.", "York said so."),
        ("U.S. Marines landed.", "Marines said so.", "Marines said so."),
        ("Dublin City Council met.", "Council said so.", "Council said so."),
    ],
)
def test_a_bare_surname(story: str, sentence: str, named: str) -> None:
    """The full name once, and the office only where it is held and opens the line."""
    assert resolved(story, sentence) == named


def test_a_surname_stays_alone_where_there_is_no_room() -> None:
    """A line within its words is better than a full name."""
    assert resolved("Mary Murphy left.", "Murphy said so.", most=3) == "Murphy said so."


def test_a_text_in_capitals_is_read_in_no_time() -> None:
    """A pattern that could cut names anywhere would try them in 2^n ways and never end."""
    loud = " ".join(["TAOISEACH MICHEÁL MARTIN MET ANNE-MARIE O'BRIEN, U.S. SEN., IN KYIV"] * 200)
    assert resolved(loud, f"He said {loud.title()}.") == f"He said {loud.title()}."


def test_other_languages_stay_as_they_are() -> None:
    """Only English has the lists of names and pronouns for it."""
    known = people.of(["Mary Murphy left."], ENGLISH)
    assert known.wording.language.code == "en"
    assert resolve.resolve("Elle est là.", ["Mary Murphy left."], known, 35) == "Elle est là."


@given(st.lists(st.sampled_from("He She Murphy Mary said “ ” , . the John Roe in ’s".split())))
def test_no_word_is_lost(words: list[str]) -> None:
    """Whatever the words, names are only added, and a second time changes nothing."""
    sentence = " ".join(words) or "Murphy."
    once = resolved(MET, sentence, most=99)
    left = [word for word in sentence.split() if word not in ("He", "She")]
    found = iter(once.split())
    assert all(any(word == other for other in found) for word in left)
    assert resolved(MET, once, most=99) == once


def test_the_line_keeps_the_sentence_it_was_taken_from() -> None:
    """The name stands in the line, the pronoun in its source."""
    told = article(
        1,
        headline="",
        standfirst="",
        published=NOW,
        paragraphs=(
            "Mary Murphy left.",
            "She has sold the swing bridge of Kesterby to the council for €1.",
        ),
    )
    written = brief.write(told, Style(on=NOW.date()))
    assert isinstance(written, Brief)
    assert (
        written.line == "Mary Murphy has sold the swing bridge of Kesterby to the council for €1."
    )
    assert written.source[0].text == told.paragraphs[1]
