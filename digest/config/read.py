"""config.yaml as bytes → every value as written, and where in the file it stands."""

from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from digest.model.settings import Problem

MAX_BYTES = 1024 * 1024
MAX_VALUES = 50_000
MAX_DEPTH = 20
NULL = "tag:yaml.org,2002:null"

HINTS = {
    "found character '\\t'": "a tab in the indentation; YAML wants spaces",
    "mapping values are not allowed": "a colon too many, or a wrong indentation:"
    ' put a text that holds ": " in quotes',
    "cannot start any token": "a text that begins with this character must stand in quotes",
    "found undefined alias": "a text that begins with * must stand in quotes",
    "expected ',' or ']'": "a list in [ ] is not closed, or a comma is missing before this",
    "expected ',' or '}'": "keys in { } are not closed, or a comma is missing before this",
    "unexpected end of stream": "a quote is opened here and never closed",
    "expected <block end>": "this line is indented differently from its neighbours",
    "could not find expected ':'": "a key without its colon",
    "found another document": "a second document begins here (---); the file holds only one",
    "unknown escape character": 'a backslash inside "…" that means nothing; use single quotes',
}
"""What ruamel says → what the editor can do."""

Trail = tuple[str | int, ...]
"""The way to a value: keys, and places in lists counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in the file, line and column counted from 1."""

    line: int = 1
    col: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value stands, and where the key that names it (in a list: the value itself)."""

    key: Mark
    value: Mark


@dataclass(slots=True, kw_only=True)
class Document:
    """What the file says: text, lists and mappings; a number is the text it was written as."""

    file: str
    values: object = None
    places: dict[Trail, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, mark: Mark, trail: Trail, text: str) -> None:
        """Note a mistake."""
        self.problems.append(
            Problem(
                file=self.file,
                line=mark.line,
                col=mark.col,
                path=".".join(map(str, trail)),
                text=text,
            )
        )


def read(path: str) -> Document:
    """The file's values; what cannot be read is among its problems."""
    document = Document(file=path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        document.add(Mark(), (), "there is no such file; `digest init` writes one to start from")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a file name"
        document.add(Mark(), (), f"cannot be read: {reason}")
    else:
        _decode(document, data)
    return document


def parse(file: str, text: str) -> Document:
    """The values of a text; mistakes of YAML itself are among its problems."""
    document = Document(file=file)
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except RecursionError:
        document.add(Mark(), (), "is nested too deeply to be a configuration")
    except MarkedYAMLError as error:
        _syntax(document, error)
    except ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        place = Mark(line=before.count("\n") + 1, col=len(before) - before.rfind("\n"))
        document.add(place, (), "holds a character YAML does not allow; type the line anew")
    except YAMLError as error:
        document.add(Mark(), (), f"is not readable as YAML: {error}")
    else:
        _Walk(document).start(root)
    return document


def value_at(values: object, trail: Trail) -> object:
    """The value a trail leads to, None when it leads nowhere."""
    for part in trail:
        if isinstance(values, dict) and part in values:
            values = values[part]
        elif isinstance(values, list) and isinstance(part, int) and part < len(values):
            values = values[part]
        else:
            return None
    return values


def _decode(document: Document, data: bytes) -> None:
    if len(data) > MAX_BYTES:
        return document.add(Mark(), (), "is larger than 1 MB, which no configuration is")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Mark(line=before.count(b"\n") + 1, col=len(before) - before.rfind(b"\n"))
        return document.add(place, (), "is not UTF-8 text; save the file as UTF-8")
    found = parse(document.file, text)
    document.values, document.places, document.problems = found.values, found.places, found.problems
    return None


def _syntax(document: Document, error: MarkedYAMLError) -> None:
    told = f"{error.context or ''} {error.problem or ''}"
    hint = next((hint for said, hint in HINTS.items() if said in told), "")
    opened = "never closed" in hint or "not closed" in hint
    marks = (error.context_mark, error.problem_mark)
    mark = next((m for m in (marks if opened else reversed(marks)) if m is not None), None)
    place = _mark(mark) if mark is not None else Mark()
    document.add(place, (), hint or f"is not readable as YAML: {(error.problem or told).strip()}")


class _Walk:
    """Goes through the nodes once, in the order of the file."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.count = 0

    def start(self, root: Node | None) -> None:
        if root is None or root.tag == NULL:
            self.document.add(
                Mark(), (), "is empty; `digest init` in an empty folder writes one to start from"
            )
        elif not isinstance(root, MappingNode):
            self.document.add(_mark(root.start_mark), (), "should be keys: site:, sources:, …")
        else:
            self.document.values = self.value(root, ())

    def value(self, node: Node, trail: Trail) -> object:
        self.count += 1
        if self.count > MAX_VALUES or len(trail) > MAX_DEPTH:
            if not any("too many" in problem.text for problem in self.document.problems):
                text = "holds too many values, or refers to itself"
                self.document.add(_mark(node.start_mark), trail, text)
            return None
        if not str(node.tag).startswith("tag:yaml.org,2002:"):
            text = f"the tag {node.tag} means nothing here; take it out"
            self.document.add(_mark(node.start_mark), trail, text)
        if isinstance(node, MappingNode):
            return self.mapping(node, trail)
        if isinstance(node, SequenceNode):
            return self.sequence(node, trail)
        return None if node.tag == NULL else str(node.value)

    def mapping(self, node: MappingNode, trail: Trail) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in node.value:
            place = Place(key=_mark(key.start_mark), value=_mark(value.start_mark))
            if not isinstance(key, ScalarNode):
                self.document.add(place.key, trail, "a key must be plain text")
                continue
            name = str(key.value)
            if name in found:
                first = self.document.places[(*trail, name)].key.line
                text = f"{name!r} stands twice; the first is on line {first}"
                self.document.add(place.key, (*trail, name), text)
                continue
            self.document.places[(*trail, name)] = place
            found[name] = self.value(value, (*trail, name))
        return found

    def sequence(self, node: SequenceNode, trail: Trail) -> list[object]:
        found = []
        for number, value in enumerate(node.value):
            mark = _mark(value.start_mark)
            self.document.places[(*trail, number)] = Place(key=mark, value=mark)
            found.append(self.value(value, (*trail, number)))
        return found


def _mark(mark: StringMark) -> Mark:
    return Mark(line=mark.line + 1, col=mark.column + 1)
