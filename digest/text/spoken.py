"""Text from outside, made safe to print."""

import re

from digest.text.plain import one_line

_PLACEHOLDER = re.compile(r"\{(?=[{%])|(?<=%)\}|\}(?=\})")


def spoken(text: str) -> str:
    """One clean line that neither a template nor a check can take for a placeholder."""
    return _PLACEHOLDER.sub("", one_line(text))
