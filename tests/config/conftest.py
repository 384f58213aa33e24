"""A configuration for tests, and how to look at a text as if it were config.yaml."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from digest import config
from digest.config import Examined
from digest.schedule.read import problem

SMALL = """\
site: {name: The Sample Post, url: "https://sample.example", timezone: Europe/Dublin}
sources:
  - {id: post, url: "https://sample.example/feed"}
newsletters:
  - id: morning
    title: News in 60 seconds
    schedule: weekdays 07:00
mail: {from: news@sample.example}
"""

Look = Callable[..., Examined]


def examined(path: Path, environ: Mapping[str, str] | None = None) -> Examined:
    """What a look at a file finds, schedules read by the real room."""
    return config.examine(str(path), schedule_problem=problem, environ=environ or {})


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Write a text (or bytes) to config.yaml in a folder of its own and look at it."""

    def _look(text: str | bytes, environ: Mapping[str, str] | None = None) -> Examined:
        path = tmp_path / "config.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return examined(path, environ)

    return _look
