"""What a sentence takes as known from the sentences before it."""

from digest.summarise import givens
from digest.summarise.wording import ENGLISH


def test_a_name_in_full_makes_its_short_form_known() -> None:
    """The surname alone points back to whoever was introduced."""
    told = ["Effie O’Brien spoke first.", "O’Brien was late.", "Nobody else came."]
    assert givens.bare_names(told, ENGLISH) == [False, True, False]
    met = ["Anna Ní Bhriain is a harbour master.", "She is late."]
    assert givens.portraits(met, ENGLISH) == [True, False]


def test_a_text_in_capitals_is_read_in_no_time() -> None:
    """House styles set openings, and some desks whole headlines, in capitals: with names that could
    be cut anywhere a pattern would be tried in 2^n ways, and this test would never end."""
    loud = " ".join(["UKRAINIAN PRESIDENT VOLODYMYR ZELENSKYY MET ANNE-MARIE O'BRIEN IN KYIV"] * 60)
    assert givens.portraits([loud, f"{loud} is a"], ENGLISH) == [False, True]
    assert givens.bare_names([loud], ENGLISH) == [False]
