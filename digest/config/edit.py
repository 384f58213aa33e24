"""Sources written into config.yaml: only their own lines change, every comment stays."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import timedelta

from digest.config.read import parse
from digest.config.spots import Map, Spot, line_end, line_start, survey
from digest.errors import ConfigError, DigestError
from digest.model.newsletter import Source

Row = dict[str, str | list[str]]
"""The keys of a source as the file says them."""

UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
BREAK = re.compile(r"\r\n|\n|\r")
COMMENT = re.compile(r"(?:\r\n|\n|\r)( *)#[^\r\n]*")
REMARKS = re.compile(r"(?:[\r\n]+(?: *#[^\r\n]*)?)*")
NOTHING = ("", "~", "null", "Null", "NULL")
PLAIN = re.compile(r"[^\W\d_][\w./-]*(?: [\w./-]+)*")
"""Texts that mean the same without quotation marks, wherever they stand."""
PLAIN_ADDRESS = re.compile(r"https?://[\w./~%?=&+;@!$()*-]+(?::\d+[\w./~%?=&+;@!$()*-]*)?", re.A)
WORDS = frozenset("null true false yes no on off y n".split())
"""Texts that some program would read as something else."""


def add_sources(text: str, new: Sequence[Source]) -> str:
    """The text with the sources at the end of its list; DigestError when that cannot be done.

    `name` and `timezone` are written unless empty, everything else unless it is the default.
    """
    if text.startswith("\ufeff"):
        return "\ufeff" + add_sources(text[1:], new)
    rows = [row(source) for source in new]
    if not rows:
        return text
    before = _values(text)
    known = before.get("sources")
    listed = known if isinstance(known, list) else []

    def change() -> str:
        return _with_rows(survey(text), rows)

    by_hand = "\n".join(f"  - {_flow(each, '')}" for each in rows)
    return _agreed(change, {**before, "sources": [*listed, *rows]}, by_hand)


def set_url(text: str, source_id: str, url: str) -> str:
    """The text with another address for one source; DigestError when that cannot be done."""
    if text.startswith("\ufeff"):
        return "\ufeff" + set_url(text[1:], source_id, url)
    before = _values(text)
    known = before.get("sources")
    listed = known if isinstance(known, list) else []
    after = [
        {**each, "url": url} if isinstance(each, dict) and each.get("id") == source_id else each
        for each in listed
    ]

    def change() -> str:
        return _with_url(survey(text), source_id, url)

    return _agreed(change, {**before, "sources": after}, f"  url: {_quoted(url)}")


def row(source: Source) -> Row:
    """The keys that config.yaml needs to mean this source."""
    said: Row = {"id": source.id, "url": source.url}
    if source.every is not None:
        said["every"] = duration(source.every)
    for key in ("section", "name", "timezone", "links"):
        if value := str(getattr(source, key)):
            said[key] = value
    if source.weight != 1.0:
        said["weight"] = f"{source.weight:g}"
    if not source.pages:
        said["pages"] = "false"
    for key, patterns in (("drop", source.drop), ("keep", source.keep)):
        if patterns:
            said[key] = list(patterns)
    return said


def duration(length: timedelta) -> str:
    """As an editor would write it: 10m, 2h, 1d."""
    seconds = int(length.total_seconds())
    unit, size = next((unit, size) for unit, size in UNITS if seconds % size == 0)
    return f"{seconds // size}{unit}"


def _values(text: str) -> dict[str, object]:
    document = parse("config.yaml", text)
    if document.problems or not isinstance(document.values, dict):
        told = "; ".join(str(problem) for problem in document.problems)
        raise ConfigError(f"config.yaml is faulty, nothing was written: {told}")
    return document.values


def _agreed(change: Callable[[], str], expected: dict[str, object], by_hand: str) -> str:
    """The changed text when it says exactly what it should; otherwise what to do by hand."""
    try:
        text = change()
        document = parse("config.yaml", text)
        right = not document.problems and document.values == expected
    except (LookupError, ValueError):
        right, text = False, ""
    if not right:
        raise DigestError(
            "the sources in config.yaml are written in a way that only you can change safely;"
            f" nothing was written. Write there yourself:\n{by_hand}"
        )
    return text


def _with_rows(found: Map, rows: Sequence[Row]) -> str:
    """The text with the rows, in the way its list is written."""
    listed = found.root.get("sources")
    if listed is None:
        return _with_key(found, rows)
    if listed.kind == "text" and listed.value in NOTHING and not (listed.quote or listed.anchored):
        return _in_place_of(found, listed, rows)
    if listed.kind != "list":
        raise ValueError(listed.kind)
    if not listed.items:
        bare = BREAK.search(found.text[listed.start : listed.end]) is None
        if listed.anchored or found.root.flow or not bare:
            inside = ", ".join(_flow(each, "") for each in rows)
            return _put(found.text, {listed.start + 1: inside})
        return _in_place_of(found, listed, rows)
    return _behind_flow(found, listed, rows) if listed.flow else _behind_block(found, listed, rows)


def _with_key(found: Map, rows: Sequence[Row]) -> str:
    """No list yet: behind the last key, and the remarks that end the file, as deep as the keys."""
    root = found.root
    if root.flow or not root.pairs:
        raise ValueError("keys in { }")
    indent = found.column(root.pairs[0][0].start)
    line_break = _line_break(found.text)
    lines = [" " * indent + "sources:", *_block_lines(rows, indent + 2)]
    end = line_end(found.text, root.end)
    if REMARKS.fullmatch(found.text, end):
        end = len(found.text.rstrip("\r\n"))
    return _put(found.text, {end: line_break + line_break.join(lines)})


def _in_place_of(found: Map, nothing: Spot, rows: Sequence[Row]) -> str:
    """For `sources: []`, `sources: ~` or `sources:`, the comment behind it kept."""
    if found.root.flow:
        raise ValueError("keys in { }")
    indent = found.column(next(k.start for k, v in found.root.pairs if v is nothing)) + 2
    line_break = _line_break(found.text)
    before = found.text[: nothing.start].rstrip(" ")
    rest = found.text[nothing.end :]
    end = line_end(rest, 0)
    lines = line_break + line_break.join(_block_lines(rows, indent))
    return before + rest[:end].rstrip(" ") + lines + rest[end:]


def _block_lines(rows: Sequence[Row], indent: int) -> list[str]:
    return [f"{' ' * indent}- {_flow(each, '')}" for each in rows]


def _behind_block(found: Map, listed: Spot, rows: Sequence[Row]) -> str:
    """New lines beneath the last item and the comments that belong to it."""
    text, last = found.text, listed.items[-1]
    dash = found.dash(last)
    column = found.column(dash)
    end = line_end(text, last.end)
    while (below := COMMENT.match(text, end)) and len(below[1]) > column:
        end = below.end()
    model = next((item for item in reversed(listed.items) if item.kind == "keys"), last)
    lines: list[str] = []
    for each in rows:
        lines += _item_lines(found, model, each, column)
    line_break = _line_break(text, end)
    return _put(text, {end: line_break + line_break.join(lines)})


def _item_lines(found: Map, model: Spot, said: Row, column: int) -> list[str]:
    """A source written as its neighbour is."""
    quote = _quote_of(model)
    if model.flow or not model.pairs:
        return [f"{' ' * column}- {_flow(said, quote)}"]
    dash = found.dash(model)
    gap = found.text[dash + 1 : model.pairs[0][0].start]
    gap = gap if gap and not gap.strip(" ") else " "
    lines = [f"{key}: {_worded(key, value, quote)}" for key, value in said.items()]
    head = f"{' ' * column}-{gap}{lines[0]}"
    return [head, *(f"{' ' * (column + 1 + len(gap))}{line}" for line in lines[1:])]


def _behind_flow(found: Map, listed: Spot, rows: Sequence[Row]) -> str:
    """Behind the last item in [ ]: on its line, or on new ones where each has its own."""
    text, last = found.text, listed.items[-1]
    model = next((item for item in reversed(listed.items) if item.kind == "keys"), last)
    in_json = bool(model.pairs) and model.pairs[0][0].quote == '"'
    said = [_flow(each, _quote_of(model), in_json=in_json) for each in rows]
    comma = next((at for at in found.commas if last.end <= at < listed.end), None)
    indent = text[line_start(text, last.start) : last.start]
    apart = not indent.strip(" ") and BREAK.search(text, last.end, listed.end) is not None
    if not apart:
        if comma is None:
            return _put(text, {last.end: ", " + ", ".join(said)})
        return _put(text, {comma + 1: " " + ", ".join(said) + ","})
    end = line_end(text, last.end if comma is None else comma)
    line_break = _line_break(text, end)
    lines = line_break + f",{line_break}".join(indent + each for each in said)
    if comma is not None:
        return _put(text, {end: lines + ","})
    return _put(_put(text, {end: lines}), {last.end: ","})


def _with_url(found: Map, source_id: str, url: str) -> str:
    """The text with another address between the same quotation marks."""
    listed = found.root.get("sources")
    for item in listed.items if listed is not None else ():
        name, value = item.get("id"), item.get("url")
        if name is None or value is None or name.value != source_id or value.kind != "text":
            continue
        said = _quoted(url, value.quote)
        if not value.quote and PLAIN_ADDRESS.fullmatch(url):
            said = url
        return found.text[: value.start] + said + found.text[value.end :]
    raise ValueError(source_id)


def _put(text: str, new: dict[int, str]) -> str:
    """The text with words put in at places, the rest as it was."""
    for place in sorted(new, reverse=True):
        text = text[:place] + new[place] + text[place:]
    return text


def _line_break(text: str, near: int = 0) -> str:
    """How lines end here, or where none ends here, in the rest of the file."""
    found = BREAK.match(text, near) or BREAK.search(text)
    return found[0] if found else "\n"


def _flow(said: Row, quote: str, *, in_json: bool = False) -> str:
    """A source in { } on one line."""
    if in_json:
        return "{" + ", ".join(f'"{k}": {_worded(k, v, "json")}' for k, v in said.items()) + "}"
    return "{" + ", ".join(f"{k}: {_worded(k, v, quote)}" for k, v in said.items()) + "}"


def _worded(key: str, value: str | list[str], quote: str) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_quoted(each, quote) for each in value) + "]"
    if quote == "json":
        return value if key in ("weight", "pages") else _quoted(value)
    if key in ("weight", "pages", "every"):
        return value
    if PLAIN.fullmatch(value) and value.lower() not in WORDS:
        return value
    return _quoted(value, quote)


def _quoted(text: str, quote: str = "") -> str:
    """The text in quotation marks, double ones unless single ones are asked for and can hold it."""
    if quote == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    said = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escaped(c) for c in said)


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _quote_of(item: Spot) -> str:
    """The quotation mark an item puts around its address."""
    url = item.get("url")
    return url.quote if url is not None and url.quote in ('"', "'") else ""
