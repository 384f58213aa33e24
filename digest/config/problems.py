"""Mistakes against the shape, told in an editor's words at their place in the file."""

import re
from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from digest.config.keys import keys_by_place
from digest.config.near import nearest
from digest.config.read import Document, Mark, Trail, value_at
from digest.config.values import shown

SENTENCES = {
    "int_parsing": "{input} is no whole number",
    "int_type": "should be a whole number",
    "int_from_float": "{input} is no whole number",
    "int_parsing_size": "is too large",
    "float_parsing": "{input} is no number",
    "float_type": "should be a number",
    "finite_number": "{input} is no number",
    "bool_parsing": "{input} is neither true nor false",
    "bool_type": "should be true or false",
    "tuple_type": "should be a list: write [ ] around it, or a line with - for each",
    "model_type": "should be keys: {keys}",
    "greater_than_equal": "should be at least {ge}",
    "less_than_equal": "should be at most {le}",
}
"""Kind of mistake -> what to say; anything else says its own sentence."""


def add_shape(document: Document, error: ValidationError) -> None:
    """Note every mistake of a validation among the document's problems."""
    for detail in error.errors(include_url=False):
        trail, missing = _trail(document, detail)
        place = document.places.get(trail)
        mark = place.value if place else Mark()
        if detail["type"] == "extra_forbidden" and place:
            mark = place.key
        if missing and _mistyped(document, trail, missing):
            continue
        path = (*trail, missing) if missing else trail
        if missing and path in document.places:
            document.add(document.places[path].key, path, f"{missing!r} has no value")
        else:
            document.add(mark, path, _sentence(detail, trail, missing))


def _mistyped(document: Document, trail: Trail, missing: str) -> bool:
    """Whether an unknown key beside it is named as a typo of the missing one already."""
    beside = value_at(document.values, trail)
    known = described(trail)
    strangers = [key for key in beside if key not in known] if isinstance(beside, dict) else []
    return any(nearest(key, known) == missing for key in strangers)


def _trail(document: Document, detail: ErrorDetails) -> tuple[Trail, str]:
    """The way through the file (a union's own steps left out), and the key that is missing."""
    way = detail["loc"]
    missing = str(way[-1]) if detail["type"] == "missing" else ""
    trail: list[str | int] = []
    for part in way[:-1] if missing else way:
        if (*trail, part) in document.places:
            trail.append(part)
    return tuple(trail), missing


def _sentence(detail: ErrorDetails, trail: Trail, missing: str) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        told = described(trail).get(missing, "")
        return f"{missing!r} is missing: {told[:1].lower()}{told[1:]}".rstrip(".: ")
    if kind == "extra_forbidden":
        return _unknown_key(str(trail[-1]), trail[:-1])
    if kind in ("enum", "literal_error"):
        return _choice(detail["input"], re.findall(r"'([^']*)'", str(context.get("expected"))))
    if kind == "value_error":
        return str(context["error"])
    if kind in SENTENCES:
        given = detail["input"]
        return SENTENCES[kind].format(
            **{"ge": "", "le": "", **context},
            input=repr(shown(given)) if isinstance(given, str) else "this",
            keys=", ".join(described(trail)) or "key: value",
        )
    return detail["msg"]


def _unknown_key(key: str, trail: Trail) -> str:
    known = list(described(trail))
    near = nearest(key, known)
    if near:
        return f"unknown key {key!r}, did you mean {near!r}?"
    home = next((home for home, keys in keys_by_place().items() if key in keys), None)
    if home is not None:
        where = f"under `{home}`" if home else "at the top, without indentation"
        return f"unknown key {key!r} here; it belongs {where}"
    return f"unknown key {key!r}; known here: {', '.join(known)}"


def _choice(given: object, choices: list[str]) -> str:
    listed = ", ".join(choices)
    if not isinstance(given, str):
        return f"should be one of: {listed}"
    near = nearest(given, choices)
    hint = f"did you mean {near!r}?" if near else f"write one of: {listed}"
    return f"{shown(given)!r} is not known here, {hint}"


def described(trail: Trail) -> Mapping[str, str]:
    """Key -> description of the keys that a place of the file takes."""
    return keys_by_place().get(".".join(part for part in trail if isinstance(part, str)), {})
