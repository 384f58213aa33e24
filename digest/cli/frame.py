"""What every command has at hand: the configuration, the house and the way to print."""

import getpass
import json
import sys
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import click

from digest.late import load

if TYPE_CHECKING:
    from digest.app import App
    from digest.newsroom.house import House

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Frame:
    """Made by the command group, handed to each command."""

    config_path: str = "config.yaml"
    json: bool = False
    quiet: bool = False
    at: datetime | None = None
    """The clock stands here when given; aware UTC."""
    opened: "App | None" = field(default=None, repr=False)

    @property
    def who(self) -> str:
        """The editor's name on this machine, for the record."""
        return f"{getpass.getuser()} (command line)"

    def with_json(self, wanted: bool) -> "Frame":
        """The same frame, with JSON on stdout when the command's own option asks for it."""
        return replace(self, json=self.json or wanted)

    @contextmanager
    def app(self) -> "Iterator[App]":
        """The program put together from config.yaml; closed at the end."""
        self.opened = load("digest.app:App").load(self.config_path, at=self.at)
        try:
            yield self.opened
        finally:
            self.opened.close()
            self.opened = None

    @contextmanager
    def house(self) -> "Iterator[House]":
        """The house of the configured program."""
        with self.app() as app:
            yield app.house

    def finish(self, work: Coroutine[None, None, T]) -> T:
        """Run a use case to its end, with the house's connections open around it."""
        assert self.opened is not None, "finish() belongs inside `with frame.house()`"
        return self.opened.finish(work)

    def say(self, value: object, lines: Iterable[str]) -> None:
        """Data on stdout: one JSON object with --json, else the lines."""
        if self.json:
            click.echo(json.dumps(value, ensure_ascii=False, default=str))
        else:
            for line in lines:
                click.echo(line)

    def talk(self, sentence: str) -> None:
        """Talk on stderr, silent with -q."""
        if not self.quiet:
            print(sentence, file=sys.stderr)
