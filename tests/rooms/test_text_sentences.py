"""The sentence splitter on the lines that splitters get wrong, and on anything at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarise import wording
from digest.text.sentences import split

HARD = [
    ["Gda. Síochána officers called.", "They left."],
    ["I-Vt., voted against it.", "He won."],
    ["Cllr. Mary Byrne spoke.", "Sgt. Paul Hogan left."],
    ["Mr. and Mrs. Smith left.", "“Good,” he said."],
    ["The match is at 3 p.m.", "Gates open at noon."],
    ["The talks start at 3 p.m. Monday.", "They end soon."],
    ["They met at 10 a.m. EST.", "Nobody came."],
    ["He said no.", "Mrs May agreed."],
    ["It was No. 10.", "No. 5 was last."],
    ["Yahoo! shares rose.", "Yahoo! News closed."],
    ["The Roe v. Wade ruling fell.", "It was old."],
    ["1. Wash your hands.", "2. Dry them."],
    ["“We won. We lost. We go on,” he said.", "Then he left."],
    ["‘I won. I lost,’ he said.", "The players’ union met."],
    ["“Are you in?” Smith asked.", "She was."],
    ["He said: “Go.”", "She went."],
    ["He lives in the U.S.", "The law is old."],
    ["U.S. President Joe Biden spoke."],
    ["J. K. Rowling wrote it.", "She sold it."],
    ["She works for Acme Inc.", "Its shares fell."],
    ["Acme Inc. Chairman Bob Roe quit."],
    ["The Rev. Martin Luther King Jr. spoke.", "He died."],
    ["Prof. A. B. Cole et al. found it.", "The end."],
    ["Co. Cork is wet.", "It is green."],
    ["He was born on Jan. 5.", "The year was cold."],
    ["It rose 1.5 per cent.", "$3 was paid."],
    ["He paid €5m.", "€3m was left."],
    ["What now?", "Nobody knows!", "It ends."],
    ["He won…", "Then he lost."],
]


@pytest.mark.parametrize("sentences", HARD, ids=lambda s: s[0])
def test_hard_lines(sentences: list[str]) -> None:
    """Joined by blanks, the sentences come apart as they were."""
    assert split(" ".join(sentences)) == sentences


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
    """Wikinews boundaries are found with F1 of at least .96 though quotations stay whole."""
    right = extra = lost = 0
    for name in ("gum_news.jsonl", "gum_interview.jsonl"):
        for line in (shared / "data/summaries" / name).read_text("utf-8").splitlines():
            for block in json.loads(line)["blocks"]:
                gold = _ends(block["sentences"])
                ours = _ends(split(" ".join(block["sentences"])))
                right += len(gold & ours)
                extra += len(ours - gold)
                lost += len(gold - ours)
    assert 2 * right / (2 * right + extra + lost) >= 0.96


def _ends(sentences: list[str]) -> set[int]:
    """After how many letters each sentence ends."""
    ends: set[int] = set()
    letters = 0
    for sentence in sentences:
        letters += len("".join(sentence.split()))
        ends.add(letters)
    return ends
