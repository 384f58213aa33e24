"""The one place where an import is late, so that `digest --help` and `digest check` answer fast."""

from importlib import import_module
from typing import Any


def load(place: str) -> Any:
    """The object named "module:attribute", its module imported now."""
    module, _, attribute = place.partition(":")
    return getattr(import_module(module), attribute)
