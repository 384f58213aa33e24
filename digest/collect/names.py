"""Who wrote it: names out of author fields and bylines."""

import re

_BY = re.compile(
    r"^\s*(?:(?:written|posted|published|reported|words|text|story)\s+)?"
    r"(?:by|le|von|par|por|di|door|av|af|text:|words:|autor(?:in)?:|author:)\s+(?=[^\W\d_])",
    re.I,
)
_ADDRESS = re.compile(r"[<(]?\b[^\s<>()@]+@[^\s<>()@]+\.[^\s<>()@]+\b[>)]?")
_SPLIT = re.compile(
    r"\s*(?:[;|·•]|,(?!\s*(?:Jr|Sr|MD|PhD)\b)|\s&\s|\s(?:and|und|et|agus|y|e|og|och)\s)\s*"
)
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|columnist|writer|desk|journalist|chief|producer|bureau|"
    r"analyst|critic|redakteur|redaktion|min read|views|comments)\b"
)
_MAX_NAME = 60


def read(text: str) -> tuple[str, ...]:
    """The names in an author field, in order and once each, without "By" and mail addresses."""
    text = " ".join(text.split())
    if text.endswith(")") and "@" in text and "(" in text:
        # RSS 2.0 writes "address (Name)".
        text = text[text.index("(") + 1 : -1]
    text = _BY.sub("", _ADDRESS.sub("", text))
    names: dict[str, None] = {}
    for part in _SPLIT.split(text):
        name = _BY.sub("", part).strip(" ,.-–—:()[]")
        if _is_name(name):
            names.setdefault(name)
    return tuple(names)


def is_byline(line: str) -> bool:
    """Whether a line is nothing but "By" and names (and perhaps a role)."""
    line = " ".join(line.split())
    if len(line) > 2 * _MAX_NAME or not _BY.match(line) or line.endswith((".", "?", "!", ":")):
        return False
    words = re.findall(r"[^\W\d_][\w'’.-]*", _BY.sub("", line))
    capital = [word for word in words if word[0].isupper()]
    return bool(words) and len(words) <= 14 and len(capital) >= 0.5 * len(words)


def _is_name(text: str) -> bool:
    if not 1 < len(text) <= _MAX_NAME or not any(char.isalpha() for char in text):
        return False
    return not text.startswith(("http:", "https:", "@")) and not (
        _ROLE.search(text) and text == text.lower()
    )
