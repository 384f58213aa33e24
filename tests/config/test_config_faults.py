"""Fifty faults in the starter, and anything at all: each is told on its line, nothing raises."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from digest import config
from digest.config.keys import keys_by_place
from tests.config.conftest import Look, examined

LINES = config.starter().splitlines()
KNOWN = {key for keys in keys_by_place().values() for key in keys}


@dataclass(frozen=True, slots=True)
class Fault:
    """The spoilt text, the line that must be named, and what the sentence must hold."""

    text: str
    line: int
    said: str


def _spoil(chance: random.Random, pattern: str, change: Callable[[re.Match[str]], str]) -> Fault:
    """Change one place that fits the pattern, chosen by chance, outside comments."""
    places = [
        (number, found)
        for number, line in enumerate(LINES)
        for found in re.finditer(pattern, line.split(" #")[0])
        if not line.lstrip().startswith("#")
    ]
    number, found = chance.choice(places)
    line = LINES[number]
    spoilt = line[: found.start()] + change(found) + line[found.end() :]
    lines = [*LINES[:number], spoilt, *LINES[number + 1 :]]
    return Fault("\n".join(lines) + "\n", number + 1, "")


def _slip(chance: random.Random, word: str) -> str:
    """The word with two letters turned, one left out or one doubled."""
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(3)
    if kind == 0 and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at] * 2 + word[at + 1 :]


def _said(fault: Fault, said: str) -> Fault:
    return Fault(fault.text, fault.line, said)


def key_slip(chance: random.Random) -> Fault:
    """A typo in a key."""
    meant = ""

    def change(found: re.Match[str]) -> str:
        nonlocal meant
        meant = found[1]
        wrong = _slip(chance, meant)
        return f"{wrong if wrong not in KNOWN else wrong + 'x'}:"

    fault = _spoil(chance, r"\b([a-z_]{4,}):(?=\s|$)", change)
    return _said(fault, f"did you mean {meant!r}?")


def enum_slip(chance: random.Random) -> Fault:
    """A typo in a choice."""
    meant = ""

    def change(found: re.Match[str]) -> str:
        nonlocal meant
        meant = found[2]
        return f"{found[1]}: {_slip(chance, meant)}"

    fault = _spoil(chance, r"(in_doubt|otherwise|hide_from): (\w+)", change)
    return _said(fault, f"did you mean {meant!r}?")


def zone_slip(chance: random.Random) -> Fault:
    """A typo in the time zone."""
    fault = _spoil(chance, r"Europe/Dublin", lambda m: "Europe/" + _slip(chance, "Dublin"))
    return _said(fault, "did you mean 'Europe/Dublin'?")


def reference_slip(chance: random.Random) -> Fault:
    """A newsletter that names an appeal there is not."""
    fault = _spoil(chance, r"appeal: help", lambda _: "appeal: " + _slip(chance, "help"))
    return _said(fault, "did you mean 'help'?")


def schedule_slip(chance: random.Random) -> Fault:
    """A rule nobody can read."""
    return _spoil(chance, r"weekdays 07:00", lambda _: chance.choice(["wekdays 07:00", "25:00"]))


def no_number(chance: random.Random) -> Fault:
    """A word where a number belongs."""
    pattern = r"\b(stories|at_least|connections|words|line_words): \d+"
    fault = _spoil(chance, pattern, lambda m: f"{m[1]}: {chance.choice(['many', '7.5', '-'])}")
    return _said(fault, "")


def no_unit(chance: random.Random) -> Fault:
    """A length of time without its unit."""
    pattern = r"\b(cutoff|every|run_within): (\d+)[a-z]"
    return _said(_spoil(chance, pattern, lambda m: f"{m[1]}: {m[2]}"), "has no unit")


def no_scheme(chance: random.Random) -> Fault:
    """A web address without https://."""
    return _said(_spoil(chance, r"https://", lambda _: ""), "did you mean 'https://")


def wrong_kind(chance: random.Random) -> Fault:
    """A list where text belongs."""
    return _said(
        _spoil(chance, r"\b(title|heading|button|name): ([\w ]+)", lambda m: f"{m[1]}: [{m[2]}]"),
        "should be text, not a list",
    )


def tab(chance: random.Random) -> Fault:
    """A tab in the indentation."""
    return _said(_spoil(chance, r"^ {4}(?=[a-z])", lambda _: "\t"), "a tab")


def twice(chance: random.Random) -> Fault:
    """The same key on the next line again."""
    fault = _spoil(
        chance, r"^    (cutoff|stories|at_least|appeal): .*$", lambda m: f"{m[0]}\n{m[0]}"
    )
    return Fault(fault.text, fault.line + 1, f"the first is on line {fault.line}")


def same_id(chance: random.Random) -> Fault:
    """A source with the id of the first."""
    fault = _spoil(chance, r"id: (rte|bbc|guardian)", lambda _: "id: journal")
    return _said(fault, "used twice")


def plain_secret(chance: random.Random) -> Fault:
    """A password in plain text."""
    word = "".join(chance.choices("abcdefgh", k=8))
    fault = _spoil(chance, r"connections: 4", lambda _: f"user: u\n  password: {word}")
    return Fault(fault.text, fault.line + 1, "a secret never stands in this file")


FAULTS = (
    key_slip,
    enum_slip,
    key_slip,
    zone_slip,
    reference_slip,
    no_number,
    no_unit,
    key_slip,
    no_scheme,
    wrong_kind,
    tab,
    twice,
    same_id,
    plain_secret,
    schedule_slip,
)


@pytest.mark.parametrize("seed", range(60))
def test_each_of_sixty_seeded_faults_is_told_on_its_line(look: Look, seed: int) -> None:
    """With what was probably meant, and without another line being blamed."""
    fault = FAULTS[seed % len(FAULTS)](random.Random(seed))
    found = look(fault.text)
    assert found.problems, fault
    assert {p.line for p in found.problems} == {fault.line}, (fault.line, found.problems)
    assert all(p.col >= 1 for p in found.problems)
    assert fault.said in found.problems[0].text


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file for many examples."""
    return tmp_path_factory.mktemp("config") / "config.yaml"


@given(data=st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_problems_and_never_raise(scratch: Path, data: bytes) -> None:
    """No random file is a configuration."""
    scratch.write_bytes(data)
    assert examined(scratch).problems


@given(text=st.text(alphabet="abc:-{}[]&*!|>'\"%@`#?,.~ \n\t0<=", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_of_yaml_s_own_signs_never_raises(scratch: Path, text: str) -> None:
    """However they are put together."""
    scratch.write_text(text)
    assert examined(scratch).problems


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted(KNOWN)), inner, max_size=5)
    ),
    max_leaves=25,
)


@given(tree=st.dictionaries(st.sampled_from(sorted(keys_by_place()[""])), TREES, max_size=9))
@settings(max_examples=150, deadline=None)
def test_any_values_under_known_keys_never_raise(scratch: Path, tree: dict[str, object]) -> None:
    """Right keys with wrong values give problems with places inside the file."""
    with scratch.open("wb") as file:
        YAML(typ="safe", pure=True).dump(tree, file)
    lines = scratch.read_text().count("\n") + 1
    found = examined(scratch)
    assert found.settings is not None or found.problems
    assert all(1 <= p.line <= lines for p in found.problems)


@given(cut=st.integers(0, len(config.starter())), insert=st.text(max_size=3))
@settings(max_examples=100, deadline=None)
def test_a_starter_spoilt_anywhere_never_raises(scratch: Path, cut: int, insert: str) -> None:
    """Whatever is typed into it, wherever."""
    text = config.starter()
    scratch.write_bytes((text[:cut] + insert + text[cut:]).encode("utf-8", "surrogatepass"))
    found = examined(scratch)
    assert (found.settings is None) == bool(found.problems)
