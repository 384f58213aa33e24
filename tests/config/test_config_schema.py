"""The JSON Schema describes the file: current beside the docs, and true of the starter."""

import json
from collections.abc import Iterator

from ruamel.yaml import YAML

from digest import config
from digest.config.keys import keys_by_place
from tests.config.test_config_load import AS_SPECIFIED
from tests.conftest import ROOT

SCHEMA = json.loads(json.dumps(config.schema()))


def _resolved(node: dict[str, object]) -> list[dict[str, object]]:
    """The node's alternatives, references followed."""
    if "$ref" in node:
        return _resolved(SCHEMA["$defs"][str(node["$ref"]).rpartition("/")[2]])
    for key in ("anyOf", "oneOf"):
        inner = node.get(key)
        if isinstance(inner, list):
            return [found for part in inner for found in _resolved(part)]
    return [node]


def _strangers(value: object, node: dict[str, object], place: str) -> Iterator[str]:
    """Places of a file that the schema does not know or that lack a required key."""
    alternatives = _resolved(node)
    if isinstance(value, dict):
        (shape,) = [a for a in alternatives if a.get("type") == "object"]
        properties = shape["properties"]
        assert isinstance(properties, dict)
        for key in set(shape.get("required", [])) - set(value):
            yield f"{place}.{key} is missing"
        for key, inner in value.items():
            if key not in properties:
                yield f"{place}.{key}"
            elif inner is not None:
                yield from _strangers(inner, properties[key], f"{place}.{key}")
    elif isinstance(value, list):
        (array,) = [a for a in alternatives if a.get("type") == "array"]
        items = array["items"]
        assert isinstance(items, dict)
        for inner in value:
            yield from _strangers(inner, items, f"{place}[]")
    elif all(a.get("type") in ("object", "array") for a in alternatives):
        yield f"{place} is no {alternatives[0].get('type')}"
    else:
        chosen = [c for a in alternatives for c in (a.get("enum") or [])]
        if chosen and value not in chosen:
            yield f"{place}: {value!r}"


def test_the_committed_schema_is_current() -> None:
    """`digest schema` would write the same; if not: digest schema > docs/config.schema.json."""
    committed = json.loads((ROOT / "docs" / "config.schema.json").read_text("utf-8"))
    assert committed == SCHEMA


def test_the_starter_and_the_specified_file_fit_the_schema() -> None:
    """Each key is known, each required key is there, each choice is one of the choices."""
    for text in (config.starter(), AS_SPECIFIED):
        values = YAML(typ="safe", pure=True).load(text)
        assert list(_strangers(values, SCHEMA, "")) == []


def test_the_walk_finds_what_does_not_fit() -> None:
    """Or the test above would prove nothing."""
    text = config.starter().replace("cutoff:", "cutof:").replace("in_doubt: hold", "in_doubt: hld")
    text = text.replace("  timezone: Europe/Dublin", "")
    found = set(_strangers(YAML(typ="safe", pure=True).load(text), SCHEMA, ""))
    assert found == {
        ".newsletters[].cutof",
        ".newsletters[].in_doubt: 'hld'",
        ".site.timezone is missing",
    }


def test_every_key_has_a_description() -> None:
    """A sentence an editor program can show."""
    for place, keys in keys_by_place().items():
        for key, told in keys.items():
            assert told.endswith("."), f"{place}.{key}"


def test_unknown_keys_are_refused_everywhere() -> None:
    """No shape is open."""
    shapes = [d for d in SCHEMA["$defs"].values() if d.get("type") == "object"]
    assert len(shapes) > 10
    assert all(shape["additionalProperties"] is False for shape in [SCHEMA, *shapes])
