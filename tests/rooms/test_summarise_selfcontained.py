"""Whether a sentence can stand alone, away from its article."""

import pytest

from digest.summarise import selfcontained
from digest.summarise.wording import ENGLISH


@pytest.mark.parametrize(
    "sentence",
    [
        "He told the council that it would stay open.",
        "It is the first time that Kesterby has closed a bridge.",
        "They are to meet in Kesterby on Monday.",
        "The company is to close its works in May.",
        "The photo is a parody of an old poster from Kesterby.",
        "The 46-year-old pop star will sing in Kesterby.",
        "The Kesterby striker has signed a new contract.",
        "The “Scandal” star is to play Ada Roe.",
        "The former Kesterby goalkeeper has opened a bar.",
        "The museum was closed when the gunmen came.",
        "The drama started when Ada Roe fell ill.",
        "The actor posed on a rug in Kesterby.",
        "One recently received a medal for bravery in Kesterby.",
        "Within days, a million people had signed in Kesterby.",
        "Shortly after the incident Friday, Kesterby sent a ship.",
        "Two days later, Kesterby council closed its bridge.",
        "Instead, Kesterby council closed its bridge.",
        "Earlier, Kesterby council closed its bridge.",
        "There, Ada Roe opened a bar with her brother.",
        "Kesterby council did so because of cracks.",
        "Ada Roe said that this could change Kesterby.",
        "Ada Roe met Bo Lunt, and the latter was late.",
        "Kesterby council agreed to keep these bridges open.",
        "From the bridge of Kesterby to the town of Holme: .",
        "1. Ada Roe sings in Kesterby on Sunday evening.",
        "Here is what Kesterby council has agreed.",
        "Six weeks later, Kesterby council opened its bridge.",
        "Now young people of Kesterby wonder what the ferry is for.",
        "The board of Kesterby voted, and the administration agreed to such delays.",
        "The suspected shooter was found near Kesterby on Sunday.",
        "The administration is weighing a toll in Kesterby.",
        "Every part of that sentence is wild in Kesterby.",
        "A toll would let carriers work in the country for years.",
        "The agency is to buy gloves for Kesterby.",
        "GARDAÍ IN KESTERBY ARE LOOKING FOR A MAN.",
    ],
)
def test_what_points_back_cannot(sentence: str) -> None:
    """A pronoun, a known thing, a time or a place that only the sentences before explain."""
    assert selfcontained.problem(sentence, ENGLISH)


@pytest.mark.parametrize(
    "sentence",
    [
        "It is not yet clear whether Kesterby council will close its bridge.",
        "It’s understood that Kesterby council will close its bridge.",
        "It has emerged that Kesterby council sold its bridge.",
        "Instead of a bridge, Kesterby is to have a ferry.",
        "Earlier this year, Kesterby council closed its bridge.",
        "So far this year, Kesterby council has closed two bridges.",
        "Then-president Ada Roe had signed it.",
        "One of two men shot in Kesterby has died.",
        "The museum of Kesterby was closed when gunmen came.",
        "The hospital in Kesterby is to lose 40 beds.",
        "The company that built the bridge of Kesterby is to close.",
        "The actor Ada Roe has opened a bar.",
        "The man accused of murder in Kesterby is to appear in court.",
        "The search for a man missing in Kesterby has ended.",
        "The word “bridge” is banned in Kesterby.",
        "The Government asked officials to close a bridge in Kesterby.",
        "The Taoiseach urged students to stay in Kesterby.",
        "“Fraggle Rock,” the old puppet show of Kesterby, is back.",
        "Kesterby council was asked to close its old bridge but refused to do so.",
        "Life in Kesterby is quiet, but this could change with a new bridge.",
        "Engines drive Kesterby, and nowhere are these engines louder.",
        "Ada Roe is at the top of most lists in Kesterby these days.",
        "A year on, Kesterby has no bridge.",
        "Kenya’s bank cut its rate to help the country grow.",
        "Canadian farmers say drought is spreading across the country.",
        "The US immigration agency is to buy gloves that shock.",
        "Kesterby council rose to such a challenge.",
    ],
)
def test_what_explains_itself_can(sentence: str) -> None:
    """An "it" that means nothing, a thing defined where it stands, a word answered before."""
    assert not selfcontained.problem(sentence, ENGLISH)
