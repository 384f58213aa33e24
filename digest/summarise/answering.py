"""A language model's answer, read without trust: which line it gives for which story."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

MISSING = "the model gave no line"
NO_TEXT = "the model gave no text for a line"
UNREADABLE = "the model's answer is not the JSON that was asked for"
SEVERAL = "the model gave more than one line"

_STARTS = 50
"""So many brackets are tried as the beginning of the JSON, should prose stand around it."""
_DEEPEST = 5
_THOUGHTS = "</think>"
_BRACKET = re.compile(r"[{\[]")
_ID_KEYS = ("id", "story", "number", "story_id")
_LINE_KEYS = ("line", "text", "sentence", "brief", "summary")
_NUMBERED = re.compile(r"\D{0,10}?0*(\d{1,4})\D{0,2}")
"""A story's id as models write it: 3, "3", "Story 3", "03."."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines by the ids of their stories."""

    by_id: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    """Why a story that was asked for has no line."""
    problem: str = ""
    """One sentence without its full stop when the answer names no story at all, else ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pairs:
    """A JSON object as it was written: a key may come twice."""

    pairs: tuple[tuple[str, object], ...]


def read(text: str, ids: Sequence[str]) -> Lines:
    """The line of each story that was asked for; ids that were not are passed over.

    Whether as one object, as a list of objects, inside a fence or between sentences: what counts is
    that an id and a text stand together. Of several values the one with most of the ids goes first.
    """
    best: dict[str, list[object]] = {}
    for found in sorted((_by_id(value, ids) for value in _values(text)), key=len, reverse=True):
        best = found | best
    if not best:
        return Lines(problem=UNREADABLE)
    faults = {one: fault for one in ids if (fault := _fault(best.get(one, [])))}
    lines = {one: str(said[0]) for one, said in best.items() if one not in faults}
    return Lines(by_id=lines, faults=faults)


def _fault(said: Sequence[object]) -> str:
    if not said or all(one in (None, "") for one in said):
        return MISSING
    if any(not isinstance(one, str) for one in said):
        return NO_TEXT
    return SEVERAL if len(set(said)) > 1 else "" if str(said[0]).strip() else MISSING


def _values(text: str) -> Iterator[object]:
    """The JSON values in the text that start with a bracket, from the first on."""
    decoder = json.JSONDecoder(object_pairs_hook=lambda pairs: _Pairs(pairs=tuple(pairs)))
    at = text.rfind(_THOUGHTS) + len(_THOUGHTS) if _THOUGHTS in text else 0
    for _ in range(_STARTS):
        start = _BRACKET.search(text, at)
        if start is None:
            return
        try:
            value, at = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            at = start.end()
        else:
            yield value


def _by_id(value: object, ids: Sequence[str]) -> dict[str, list[object]]:
    """What was said under each id, anywhere in the value."""
    found: dict[str, list[object]] = {}
    for one, said in _said(value, frozenset(ids), 0):
        found.setdefault(one, []).append(said)
    return found


def _said(value: object, ids: frozenset[str], depth: int) -> Iterator[tuple[str, object]]:
    """Every id with what stands beside it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _said(one, ids, depth + 1)
    if not isinstance(value, _Pairs):
        return
    labelled = _labelled(value)
    if labelled is not None and (one := _id(labelled[0], ids)):
        yield one, labelled[1]
        return
    for key, said in value.pairs:
        if one := _id(key, ids):
            yield one, _line(said)
        else:
            yield from _said(said, ids, depth + 1)


def _labelled(value: _Pairs) -> tuple[object, object] | None:
    """The id and the line of an object such as {"id": 3, "line": "…"}, None for another."""
    known = {key.lower(): said for key, said in value.pairs}
    ids = [known[key] for key in _ID_KEYS if key in known]
    lines = [known[key] for key in _LINE_KEYS if key in known]
    return (ids[0], lines[0]) if ids and lines else None


def _line(said: object) -> object:
    """The line itself, where it stands in an object of its own."""
    if isinstance(said, _Pairs):
        return next((line for key, line in said.pairs if key.lower() in _LINE_KEYS), said)
    return said


def _id(said: object, ids: frozenset[str]) -> str:
    """The id that is meant, "" for none of ours."""
    if isinstance(said, bool) or not isinstance(said, str | int):
        return ""
    match = _NUMBERED.fullmatch(str(said).strip()) if len(str(said)) < 20 else None
    found = match[1] if match else str(said)
    return found if found in ids else ""
