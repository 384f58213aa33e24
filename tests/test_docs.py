"""The documents tell what there is, all of it and nothing else."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from digest import config, errors
from digest.cli import command
from digest.config.keys import keys_by_place
from digest.errors import DigestError
from tests.conftest import ROOT

DOCS = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
SCHEMA = json.loads(json.dumps(config.schema()))
SECRET = {"env", "file"}
COMMAND = re.compile(
    r"(?:^|`|ExecStart=|sudo -u \w+ )(?:\./run |\S*/bin/)?digest (?:-c \S+ |--?[a-z]+ )*"
    r"([a-z][a-z-]*)(?: ([a-z]+)(?![\w.|\\]))?",
    re.M,
)
"""A command in an example, with the one beneath it."""


def text(name: str) -> str:
    """A document of docs/."""
    return (ROOT / "docs" / name).read_text("utf-8")


def documented() -> dict[str, dict[str, tuple[str, str]]]:
    """Place of config.yaml -> key -> (default, meaning), as docs/config.md tells them."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    place = None
    for line in text("config.md").splitlines():
        heading = re.fullmatch(r"##+ (?:`([a-z0-9_.]+)`|(Top level)|.*)", line)
        row = re.fullmatch(r"\| `(\w+)` \| .+ \| (.+?) \| (.+) \|", line)
        if heading:
            place = heading[1] or ("" if heading[2] else None)
        elif row and place is not None:
            found.setdefault(place, {})[row[1]] = (row[2], row[3])
    return found


def shapes(node: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """The objects behind a property: itself, a reference, an alternative, a list's items."""
    if "$ref" in node:
        yield from shapes(SCHEMA["$defs"][str(node["$ref"]).rpartition("/")[2]])
    for key in ("anyOf", "oneOf"):
        inner = node.get(key, [])
        assert isinstance(inner, list)
        for part in inner:
            yield from shapes(part)
    items = node.get("items")
    if isinstance(items, dict):
        yield from shapes(items)
    if node.get("type") == "object":
        yield dict(node)


def places(shape: dict[str, object], place: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Every place with keys of its own; secrets are told once, in prose."""
    yield place, shape
    properties = shape["properties"]
    assert isinstance(properties, dict)
    for key, node in properties.items():
        for inner in shapes(node):
            if set(inner["properties"]) != SECRET:
                yield from places(inner, f"{place}.{key}".lstrip("."))


def test_every_key_of_the_configuration_is_told_and_no_other() -> None:
    """Place by place."""
    real = {place: set(shape["properties"]) for place, shape in places(SCHEMA)}
    assert {place: set(keys) for place, keys in documented().items()} == real


def test_every_default_is_told_as_it_is() -> None:
    """Required where it is required, and the value where there is one."""
    for place, shape in places(SCHEMA):
        properties, required = shape["properties"], shape.get("required", [])
        assert isinstance(properties, dict) and isinstance(required, list)
        for key, node in properties.items():
            told = documented()[place][key][0]
            value = node.get("default")
            shown = value if isinstance(value, str) else json.dumps(value)
            expected = "none" if value == [] else "–" if value is None else f"`{shown}`"
            assert told == ("required" if key in required else expected), f"{place}.{key}"


def test_every_meaning_is_the_schema_s() -> None:
    """One sentence, the same in the document and in the editor program."""
    for place, keys in documented().items():
        assert {k: told for k, (_, told) in keys.items()} == keys_by_place()[place]


def test_every_error_is_told_with_its_exit_code() -> None:
    """Each class of errors.py has a row, and each row a class."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", text("errors.md"), re.M))
    classes = [DigestError, *_below(DigestError)]
    assert rows == {c.__name__: str(c.exit_code) for c in classes}
    assert all(c.__module__ == errors.__name__ for c in classes)


def _below(kind: type[DigestError]) -> Iterator[type[DigestError]]:
    for inner in kind.__subclasses__():
        yield inner
        yield from _below(inner)


def commands() -> dict[str, click.Command]:
    """Every command by its words, those of groups included."""
    assert isinstance(command, click.Group)
    context = click.Context(command, info_name="digest")
    found: dict[str, click.Command] = {}
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        assert inner is not None, name
        found[name] = inner
        if isinstance(inner, click.Group):
            found |= {f"{name} {sub}": told for sub, told in inner.commands.items()}
    return found


def test_every_command_is_told_and_no_other() -> None:
    """`digest NAME`, or `digest GROUP one|two`, in a row of docs/cli.md."""
    told: set[str] = set()
    for row in re.findall(r"^\| `digest ((?:[^`\\]|\\.)+)`", text("cli.md"), re.M):
        words = row.replace("\\|", "|").split()
        told.add(words[0])
        if len(words) > 1 and re.fullmatch(r"[a-z|-]+", words[1]):
            told |= {f"{words[0]} {sub}" for sub in words[1].split("|")}
    assert told == set(commands())


def test_every_command_explains_itself() -> None:
    """Its help has a sentence, and so has each of its options."""
    for name, found in commands().items():
        done = CliRunner().invoke(command, [*name.split(), "--help"])
        assert done.exit_code == 0, name
        assert found.help, name
        options = [p for p in found.params if isinstance(p, click.Option)]
        assert [p.name for p in options if not p.help] == [], name


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_document_names_only_commands_there_are(path: Path) -> None:
    """`digest frobnicate` in a sentence or an example would send an editor nowhere."""
    known = set(commands())
    groups = {name.split()[0] for name in known if " " in name}
    strangers = []
    for code in re.findall(r"```.*?```|`[^`\n]+`", path.read_text("utf-8"), re.S):
        for name, sub in COMMAND.findall(code):
            words = f"{name} {sub}" if name in groups and sub else name
            if words not in known:
                strangers.append(words)
    assert strangers == []


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_document_s_links_lead_somewhere(path: Path) -> None:
    """To a file of the checkout, and to a heading of it."""
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if re.match(r"https?://|mailto:", target):
            continue
        name, _, heading = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), target
        if heading:
            titles = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.M)
            anchors = {re.sub(r"[^\w -]", "", t.lower()).replace(" ", "-") for t in titles}
            assert heading in anchors, target
