"""Text as one clean line."""

import unicodedata

_JOINERS = "\u200c\u200d"
"""Formatting characters that belong to words and emoji; all others only disguise text."""


def one_line(text: str) -> str:
    """The text with every run of white space as one blank and no control characters."""
    line = " ".join(text.split())
    if line.isprintable():
        return line
    kept = "".join(" " if char.isspace() else char for char in text if not _invisible(char))
    return " ".join(kept.split())


def _invisible(char: str) -> bool:
    """Control, formatting and surrogate characters, white space apart."""
    if char.isspace() or char in _JOINERS:
        return False
    return unicodedata.category(char) in ("Cc", "Cf", "Cs")
