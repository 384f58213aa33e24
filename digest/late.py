"""The one place where an import is late: what a command or a newsroom does not use costs it neither
time nor memory."""

from importlib import import_module
from typing import Any


def load(place: str) -> Any:
    """The object named "module:attribute", its module imported now."""
    module, _, attribute = place.partition(":")
    return getattr(import_module(module), attribute)
