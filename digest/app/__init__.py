"""The only place where things are put together, and where they run together."""

from digest.app.build import App

__all__ = ["App"]
