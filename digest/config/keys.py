"""Every key of config.yaml by its place, and the same as a JSON Schema."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import get_args

from digest.config.shape import ConfigShape
from digest.config.shaping import Shape


def schema() -> dict[str, object]:
    """The JSON Schema of config.yaml, for editors that complete and check while typing."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {**head, **_without_noise(ConfigShape.model_json_schema())}


@cache
def keys_by_place() -> Mapping[str, Mapping[str, str]]:
    """Dotted place without list numbers ("" is the top) -> its keys and what each means."""
    return dict(_gather(ConfigShape, ""))


def _gather(shape: type[Shape], place: str) -> Iterator[tuple[str, dict[str, str]]]:
    fields = {field.alias or name: field for name, field in shape.model_fields.items()}
    yield place, {key: field.description or "" for key, field in fields.items()}
    for key, field in fields.items():
        for inner in _shapes_in(field.annotation):
            yield from _gather(inner, f"{place}.{key}".lstrip("."))


def _shapes_in(annotation: object) -> Iterator[type[Shape]]:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for part in get_args(annotation):
        yield from _shapes_in(part)


def _without_noise(node: dict[str, object]) -> dict[str, object]:
    """The same schema without the titles and null defaults that tell an editor nothing."""
    found: dict[str, object] = {}
    for key, value in node.items():
        if isinstance(value, dict):
            found[key] = _without_noise(value)
        elif isinstance(value, list):
            found[key] = [_without_noise(v) if isinstance(v, dict) else v for v in value]
        elif key != "title" and not (key == "default" and value is None):
            found[key] = value
    return found
