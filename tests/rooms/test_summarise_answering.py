"""A model's answer is read for what it says, whatever shape it has, and never trusted."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarise import answering
from digest.summarise.answering import MISSING, NO_TEXT, SEVERAL, UNREADABLE

IDS = ("1", "2", "3")
LINES = {"1": "One is one.", "2": "Two “said” {two}.", "3": "Three: [x]."}
PLAIN = json.dumps(LINES)
SHAPES = {
    "as asked": PLAIN,
    "indented": json.dumps(LINES, indent=2),
    "in a fence": f"```json\n{PLAIN}\n```",
    "prose around": f"Here are {{your}} [lines], as asked:\n\n{PLAIN}\n\nShall I go on?",
    "thoughts before": f'<think>{{"1": "no"}} maybe</think>{PLAIN}',
    "a byte order mark": f"\ufeff{PLAIN}",
    "under a key": json.dumps({"lines": LINES}),
    "a list of objects": json.dumps([{"id": k, "line": v} for k, v in LINES.items()]),
    "ids as numbers": json.dumps([{"id": int(k), "line": v} for k, v in LINES.items()]),
    "a list under a key": json.dumps(
        {"stories": [{"story": int(k), "text": v} for k, v in LINES.items()]}
    ),
    "a list of pairs": json.dumps([{k: v} for k, v in LINES.items()]),
    "an object each": json.dumps({k: {"line": v, "words": 3} for k, v in LINES.items()}),
    "named ids": json.dumps({f"Story {k}": v for k, v in LINES.items()}),
    "one object after the other": "\n".join(json.dumps({k: v}) for k, v in LINES.items()),
    "one line twice": PLAIN[:-1] + ', "1": "One is one."}',
    "extra ids": json.dumps(LINES | {"4": "Four.", "17": "More.", "note": "Hello.", "": "x"}),
    "an example first": f'{{"1": "…"}}\n{PLAIN}',
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=list(SHAPES))
def test_the_lines_are_found_in_any_shape(text: str) -> None:
    """Models keep to the form that was asked for more or less."""
    found = answering.read(text, IDS)
    assert dict(found.by_id) == LINES
    assert (dict(found.faults), found.problem) == ({}, "")


FAULTS = {
    "missing": ('{"1": "a", "3": "c"}', MISSING),
    "null": ('{"1": "a", "2": null, "3": "c"}', MISSING),
    "empty": ('{"1": "a", "2": "", "3": "c"}', MISSING),
    "blank": ('{"1": "a", "2": " \\n", "3": "c"}', MISSING),
    "a number": ('{"1": "a", "2": 2, "3": "c"}', NO_TEXT),
    "a list": ('{"1": "a", "2": ["b", "bb"], "3": "c"}', NO_TEXT),
    "an object": ('{"1": "a", "2": {"x": "b"}, "3": "c"}', NO_TEXT),
    "true": ('{"1": "a", "2": true, "3": "c"}', NO_TEXT),
    "two lines": ('{"1": "a", "2": "b", "3": "c", "2": "d"}', SEVERAL),
    "two under one number": ('{"1": "a", "2": "b", "3": "c", "Story 2": "d"}', SEVERAL),
    "an id that is true": ('[{"id": "1", "line": "a"}, {"id": true, "line": "b"},'
                           ' {"id": 3, "line": "c"}]', MISSING),
}  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), FAULTS.values(), ids=list(FAULTS))
def test_a_story_without_one_text_has_a_reason(text: str, fault: str) -> None:
    """And the others keep their lines."""
    found = answering.read(text, IDS)
    assert dict(found.by_id) == {"1": "a", "3": "c"}
    assert dict(found.faults) == {"2": fault}


NOTHING = {
    "empty": "",
    "prose": "I am sorry, I cannot help with that.",
    "broken": '{"1": "The lights are on',
    "cut in a list": '[{"id": 1, "line": "The li',
    "other ids": '{"a": "x", "9": "y"}',
    "a text": '"1"',
    "numbers": "[1, 2, 3]",
    "brackets": "[" * 100_000,
    "objects": '{"a":' * 100_000,
    "a long number": "[" + "9" * 10_000 + "]",
    "half brackets": '{"' * 100_000,
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=list(NOTHING))
def test_an_answer_without_any_line_is_called_so(text: str) -> None:
    """One sentence for all."""
    found = answering.read(text, IDS)
    assert found.problem == UNREADABLE
    assert (dict(found.by_id), dict(found.faults)) == ({}, {})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*IDS, "id", "line"]), inner),
)


@given(st.text() | JSON.map(json.dumps) | st.tuples(st.text(), JSON.map(json.dumps)).map("".join))
def test_whatever_comes_only_our_ids_have_lines(text: str) -> None:
    """Each id has a text, a reason, or the answer as a whole a problem; nothing is raised."""
    found = answering.read(text, IDS)
    assert set(found.by_id) | set(found.faults) <= set(IDS)
    assert not set(found.by_id) & set(found.faults)
    assert all(isinstance(line, str) and line.strip() for line in found.by_id.values())
    assert found.problem or set(found.by_id) | set(found.faults) == set(IDS)


@given(st.dictionaries(st.sampled_from(IDS), st.text(min_size=1).filter(str.strip), min_size=1))
def test_what_was_written_is_read_as_written(lines: dict[str, str]) -> None:
    """Nothing inside a line is taken for structure."""
    assert dict(answering.read(json.dumps(lines), IDS).by_id) == lines
