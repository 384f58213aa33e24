"""config.yaml → Settings, every mistake at once with its line."""

from digest.config.keys import schema
from digest.config.load import Examined, examine, load, starter

__all__ = ["Examined", "examine", "load", "schema", "starter"]
