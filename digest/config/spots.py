"""A YAML text → where each of its values begins and ends, so that one can be changed in place."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.tokens import BlockEntryToken, FlowEntryToken, ScalarToken


@dataclass(slots=True, kw_only=True)
class Spot:
    """A value as it stands in the text, behind its anchor or tag if it has one."""

    kind: str
    """text, list, keys or alias."""
    start: int
    end: int
    """Behind the last character of its content; white space and comments are not content."""
    flow: bool = False
    """A list in [ ] or keys in { }."""
    quote: str = ""
    """Of a text: its quotation mark, | or >, "" for none."""
    anchored: bool = False
    value: str = ""
    items: list["Spot"] = field(default_factory=list)
    pairs: list[tuple["Spot", "Spot"]] = field(default_factory=list)

    def get(self, key: str) -> "Spot | None":
        """The value of a key."""
        return next((value for name, value in self.pairs if name.value == key), None)


@dataclass(slots=True, kw_only=True)
class Map:
    """All of a text's values, and the marks between them."""

    text: str
    root: Spot
    dashes: list[int]
    """Where each - of a list stands."""
    commas: list[int]
    """Where each comma between values stands."""

    def column(self, at: int) -> int:
        """How far a place is from the beginning of its line."""
        return at - line_start(self.text, at)

    def dash(self, item: Spot) -> int:
        """Where the - before an item of a list stands."""
        return self.dashes[bisect_left(self.dashes, item.start) - 1]


def survey(text: str) -> Map:
    """The map of a text that is known to be readable YAML with keys at its top."""
    starts: dict[int, int] = {}
    dashes, commas = [], []
    for token in YAML(typ="safe", pure=True).scan(text):
        at = token.start_mark.index
        if isinstance(token, ScalarToken):
            starts[token.end_mark.index] = at
        elif isinstance(token, BlockEntryToken):
            dashes.append(at)
        elif isinstance(token, FlowEntryToken):
            commas.append(at)
    events = (e for e in YAML(typ="safe", pure=True).parse(text) if _counts(e))
    root = _Walk(text=text, starts=starts, events=events).value()
    return Map(text=text, root=root, dashes=dashes, commas=commas)


def line_start(text: str, at: int) -> int:
    """Where the line of a place begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where the line of a place ends, before its line break."""
    found = (text.find(mark, at) for mark in "\r\n")
    return min((place for place in found if place >= 0), default=len(text))


def _counts(event: Event) -> bool:
    return isinstance(event, NodeEvent | SequenceEndEvent | MappingEndEvent)


@dataclass(slots=True, kw_only=True)
class _Walk:
    """Goes through the events once."""

    text: str
    starts: dict[int, int]
    events: Iterator[Event]

    def value(self) -> Spot:
        found = self.next()
        assert found is not None
        return found

    def value_of(self, key: Spot) -> Spot:
        """The value of a key; one that is not there stands right behind the colon."""
        found = self.value()
        if found.kind == "text" and found.start == found.end and not found.anchored:
            colon = self.text.find(":", key.end, found.end)
            found.start = found.end = max(colon + 1, key.end)
        return found

    def next(self) -> Spot | None:
        """The next value, None where a list or keys end."""
        event = next(self.events)
        start, end = event.start_mark.index, event.end_mark.index
        match event:
            case AliasEvent():
                return Spot(kind="alias", start=start, end=end)
            case ScalarEvent():
                return self.scalar(event, start, end)
            case SequenceStartEvent():
                spot = self.collection("list", event)
                while (item := self.next()) is not None:
                    spot.items.append(item)
                    spot.end = item.end
            case MappingStartEvent():
                spot = self.collection("keys", event)
                while (key := self.next()) is not None:
                    spot.pairs.append((key, self.value_of(key)))
                    spot.end = spot.pairs[-1][1].end
            case _:
                self.closed = event.end_mark.index
                return None
        if spot.flow:
            spot.end = self.closed
        return spot

    closed: int = 0
    """Behind the latest list or keys that ended."""

    def scalar(self, event: ScalarEvent, start: int, end: int) -> Spot:
        start = self.starts.get(end, start)
        return Spot(
            kind="text",
            start=start,
            end=start + len(self.text[start:end].rstrip()),
            quote=event.style or "",
            anchored=event.anchor is not None,
            value=str(event.value),
        )

    def collection(self, kind: str, event: SequenceStartEvent | MappingStartEvent) -> Spot:
        flow = bool(event.flow_style)
        end = event.end_mark.index
        return Spot(
            kind=kind,
            start=end - 1 if flow else event.start_mark.index,
            end=end,
            flow=flow,
            anchored=event.anchor is not None,
        )
