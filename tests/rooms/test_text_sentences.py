"""The sentence splitter on the lines that splitters get wrong, and on anything at all."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarise import wording
from digest.text.sentences import split

HARD = [
    # Titles and ranks, Irish and British.
    ["Gda. Síochána officers called.", "They left."],
    ["Gda. Aoife Ryan and Det. Sgt. Paul Hogan were hurt.", "Both are at home."],
    ["Cllr. Mary Byrne spoke.", "Sgt. Paul Hogan left."],
    ["Mr. and Mrs. Smith left.", "“Good,” he said."],
    ["Supt. O'Neill said so.", "Insp. Lee agreed."],
    ["The Rt. Hon. Member for Leeds spoke.", "Lt. Col. Jean Roe listened."],
    ["The Rev. Martin Luther King Jr. spoke.", "He died."],
    ["Prof. A. B. Cole et al. found it.", "The end."],
    ["Dr. No is a film.", "St. Patrick’s Day is a feast."],
    ["Msgr. Pat Hickey prayed.", "Fr. Brian D’Arcy sang."],
    ["He met Taoiseach Micheál Martin T.D. in Cork.", "It rained."],
    # Companies, courts, streets, states.
    ["She works for Acme Inc.", "Its shares fell."],
    ["Acme Inc. Chairman Bob Roe quit."],
    ["The Roe v. Wade ruling fell.", "It was old."],
    ["Co. Cork is wet.", "It is green."],
    ["They live on Main St.", "The house is old."],
    ["I-Vt., voted against it.", "He won."],
    ["Bernie Sanders, I-Vt., and Tim Kaine, D-Va., voted no.", "It passed."],
    ["She grew up in Salem, Mass. Governor Healey was there."],
    ["They went to Mass.", "People wept."],
    ["He washed up on the Wash.", "Birds sang."],
    ["She moved to Washington, D.C.", "The house was small."],
    ["Acme & Co. Ltd. is closing.", "Staff were told."],
    # Initials and dotted names.
    ["He lives in the U.S.", "The law is old."],
    ["U.S. President Joe Biden spoke."],
    ["J. K. Rowling wrote it.", "She sold it."],
    ["J.R.R. Tolkien and W. B. Yeats are read.", "Nobody knows why."],
    ["Vitamin C.", "The end of Plan B."],
    ["George W. Bush and J.J. Abrams met.", "They ate."],
    ["The U.N. Security Council met.", "It voted."],
    # Hours, numbers, money, dates.
    ["The match is at 3 p.m.", "Gates open at noon."],
    ["The talks start at 3 p.m. Monday.", "They end soon."],
    ["They met at 10 a.m. EST.", "Nobody came."],
    ["The blast was at 4 p.m. (6 p.m. in Rome) on a bridge.", "One man died."],
    ["It was No. 10.", "No. 5 was last."],
    ["He said no.", "Mrs May agreed."],
    ["He was born on Jan. 5.", "The year was cold."],
    ["It rose 1.5 per cent.", "$3 was paid."],
    ["It cost €1.5m.", "The rest was lent."],
    ["He paid €5m.", "€3m was left."],
    ["Turn to pp. 12 and vol. 3 of it.", "See fig. 4."],
    ["Version 2.0 is out.", "Nobody wants 3.1."],
    ["The vote was in 2019.", "2020 was worse."],
    # Lists.
    ["1. Wash your hands.", "2. Dry them."],
    ["Do this: 1. Wash your hands.", "2. Dry them."],
    ["The bill is dead.", "• Another one is ready.", "•A third is not."],
    # Names with a mark.
    ["Yahoo! shares rose.", "Yahoo! News closed."],
    ["Jeopardy! Champion Ken Jennings won.", "He cried."],
    # Quotations.
    ["“We won. We lost. We go on,” he said.", "Then he left."],
    ["“We won. We lost. We go on.”", "Then he left."],
    ["‘I won. I lost,’ he said.", "The players’ union met."],
    ['"I am in. Are you?" she asked.', "He was not."],
    ["“Are you in?” Smith asked.", "She was."],
    ["“Are you in?” she asked.", "He nodded."],
    ["He said: “Go.”", "She went."],
    ["“He told me ‘No. Never.’ And left,” she said.", "It was late."],
    ['He called it "a win."', "She did not."],
    ["It was “a blow.”", "“We go on,” he said."],
    ["“It is over.” — Mary Byrne"],
    ["He sang “Help!” twice.", "Nobody came."],
    ["He said he “would go. Soon.”", "“... That was a joke,” he added."],
    # Ellipses, marks in a row, brackets.
    ["He won…", "Then he lost."],
    ["He won...", "Then he lost."],
    ["What now?", "Nobody knows!", "It ends."],
    ["What?!", "It is so."],
    ["He left (at last).", "(It was late.)", "She stayed."],
    # Footnotes.
    ["It fell by half.[1]", "The rest stayed.[23]", "So it goes."],
    ["It fell by half.¹", "The rest stayed.*", "So it goes."],
    ["It was shelved for years.12", "Then it came out."],
    # Brands with a small first letter.
    ["He sold it on eBay.", "eBay kept a share.", "iPhones are dear."],
    ["They met in Berlin.", "ntv.de spoke to both."],
    # Blanks that the page lost.
    ["He left yesterday.", "The house is empty."],
    ["The Journal.ie and Booking.com wrote about it.", "Node.js was down."],
]
LOST_BLANKS = [
    ("It closed yesterday.The staff were told.", 2),
    ("He said “no.”She said yes.", 2),
    ("It was the law.Police came.", 2),
    ("It ended in 2019.The year was cold.", 2),
    ("What now?Nobody knows.", 2),
    ("Ask TheJournal.ie or Amazon.Com about it.", 1),
    ("Look at index.html and Node.JS now.", 1),
    ("A Ph.D. in maths costs U.S.$3.", 1),
    ("He read mary.Byrne@example.com twice.", 1),
    ("Prof.Smith and St.Patrick met.", 1),
    ("See www.Example.Org/A.Page for it.", 1),
    ("The band will.i.am and S.Pellegrino sell.", 1),
]

HOSTILE = ("Mr. ", "A. B", "U.S. A", "....", "1. ", "“a. B ", "'a. ", "s' ", "x.Y", "aa.Bb ",
           "« a. ", "a.” B", "„a. “", "word", ". \n", "(a. B", ": 1. ")  # fmt: skip


@pytest.mark.parametrize("sentences", HARD, ids=lambda s: s[0])
def test_hard_lines(sentences: list[str]) -> None:
    """Joined by blanks, the sentences come apart as they were."""
    assert split(" ".join(sentences)) == sentences


def test_there_are_enough_hard_lines() -> None:
    """Sixty lines are the measure that libraries are held against."""
    assert len(HARD) >= 60


@pytest.mark.parametrize(("text", "count"), LOST_BLANKS)
def test_blanks_that_the_page_lost(text: str, count: int) -> None:
    """Sentences that stand closed up come apart; addresses and abbreviations do not."""
    assert len(split(text)) == count


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_no_more_than_its_length(piece: str) -> None:
    """Half a million letters of one pattern come apart; twice the text is not four times the work,
    or this would take hours."""
    text = piece * (500_000 // len(piece))
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def test_blank_lines_part_sentences_without_a_mark() -> None:
    """A heading does not swallow the paragraph under it."""
    assert split("Storm damage\n\nThe lights are on.") == ["Storm damage", "The lights are on."]


def test_an_editors_abbreviation_ends_no_sentence() -> None:
    """The wording that knows it takes it like a title."""
    text = "The Cttee. Met on Monday."
    assert split(text) == ["The Cttee.", "Met on Monday."]
    known = wording.of("en-IE", frozenset({"Cttee."}))
    assert known is not None and split(text, known.language) == [text]


def test_an_unclosed_quotation_swallows_nothing() -> None:
    """A quotation without its end mark does not hold the rest of the text together."""
    assert split("“We won. We lost. He left.") == ["“We won.", "We lost.", "He left."]


@given(st.text())
def test_nothing_is_lost(text: str) -> None:
    """The sentences hold every letter of the text in order, and none is empty."""
    found = split(text)
    assert all(s.strip() for s in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@pytest.mark.shared
def test_agreement_with_the_gold_sentences(shared: Path) -> None:
    """Wikinews boundaries are found with F1 of at least .965, though quotations stay whole."""
    names = ("gum_news.jsonl", "gum_interview.jsonl")
    assert _agreement([block for name in names for block in _blocks(shared, name)]) >= 0.965


@pytest.mark.shared
def test_agreement_on_news_articles(shared: Path) -> None:
    """The same for the running text of the news alone: no captions, lists or categories."""
    blocks = [
        block["sentences"]
        for block in _with_kinds(shared, "gum_news.jsonl")
        if block["kind"] not in ("figure", "list", "item")
        and block["sentences"][0] != "Categories:"
    ]
    assert _agreement(blocks) >= 0.965


def _agreement(blocks: list[list[str]]) -> float:
    """F1 of our boundaries against those of the blocks, joined by blanks."""
    right = extra = lost = 0
    for sentences in blocks:
        gold, ours = _ends(sentences), _ends(split(" ".join(sentences)))
        right += len(gold & ours)
        extra += len(ours - gold)
        lost += len(gold - ours)
    return 2 * right / (2 * right + extra + lost)


def _blocks(shared: Path, name: str) -> list[list[str]]:
    return [block["sentences"] for block in _with_kinds(shared, name)]


def _with_kinds(shared: Path, name: str) -> list[dict[str, Any]]:
    lines = (shared / "data/summaries" / name).read_text("utf-8").splitlines()
    return [block for line in lines for block in json.loads(line)["blocks"]]


def _ends(sentences: list[str]) -> set[int]:
    """After how many letters each sentence ends."""
    ends: set[int] = set()
    letters = 0
    for sentence in sentences:
        letters += len("".join(sentence.split()))
        ends.add(letters)
    return ends
