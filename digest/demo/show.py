"""What the demo prints: the bulletin, a table of the steps, the next runs and the files."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from digest.newsroom.previewing import BulletinShown


class Step(TypedDict):
    """One step of the chain, with the seconds it took and a sentence on what it did."""

    name: str
    seconds: float
    did: str


class Outcome(TypedDict):
    """Everything one demo did; what --json prints."""

    bulletin: BulletinShown
    deliveries: dict[str, int]
    posts: dict[str, int]
    files: dict[str, str | None]
    steps: list[Step]
    next_runs: list[dict[str, str]]


def lines(outcome: Outcome) -> Iterator[str]:
    """The demo as a reader sees it."""
    yield from bulletin(outcome["bulletin"])
    yield ""
    yield from steps(outcome["steps"])
    yield ""
    yield "Next runs"
    for run in outcome["next_runs"]:
        yield f"  {run['local']}  {run['note']}".rstrip()
    yield ""
    yield from files(outcome["files"])


def bulletin(shown: BulletinShown) -> Iterator[str]:
    """The briefs with their labels, wrapped for a terminal."""
    count = len(shown["briefs"])
    head = (
        f"NEWS IN 60 SECONDS  {count} stories, {shown['words']} words, {shown['seconds']} seconds"
    )
    yield head
    yield "-" * len(head)
    for brief in shown["briefs"]:
        text = f"{brief['label'].upper()}  {brief['line']}"
        yield from textwrap.wrap(text, 88, initial_indent="  ", subsequent_indent="    ")


def steps(done: Sequence[Step]) -> Iterator[str]:
    """A table: step, seconds, what it did."""
    wide = max(len(step["name"]) for step in done)
    for step in done:
        left = f"{step['name']:<{wide}}  {step['seconds']:6.2f} s  "
        yield from textwrap.wrap(
            step["did"], 110, initial_indent=left, subsequent_indent=" " * len(left)
        )


def files(found: Mapping[str, str | None]) -> Iterator[str]:
    """Where to look."""
    wide = max(len(name) for name in found)
    for name, path in found.items():
        if path is not None:
            yield f"{name:<{wide}}  {path}"
