"""What a model's server says, read without trust in its shape."""

import json
from dataclasses import dataclass

from digest.text.plain import one_line

MOST_TOKENS = 10**9
_NO_TEXT = "the model gave no text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The model's text, or one sentence why there is none."""

    text: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    problem: str = ""


def decoded(body: bytes) -> object | None:
    """The JSON value of a body, None when it is none."""
    try:
        found: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found


def part(value: object, *trail: str | int) -> object | None:
    """What lies at the end of a trail of keys and places, None where the trail breaks off."""
    for step in trail:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def texts(content: object) -> str:
    """The text of a message: a text itself, or the texts among its parts."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    found = [part(one, "text") for one in content if part(one, "type") == "text"]
    return "".join(text for text in found if isinstance(text, str))


def tokens(value: object) -> int:
    """A count of tokens, 0 for whatever is none."""
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TOKENS
    return value if is_count and isinstance(value, int) else 0


def reply(text: str, *, because: str, tokens_in: int, tokens_out: int) -> Reply:
    """The text, or that there is none and why; what was spent is kept in any case."""
    problem = "" if text.strip() else f"{_NO_TEXT} ({because})" if because else _NO_TEXT
    return Reply(text=text, tokens_in=tokens_in, tokens_out=tokens_out, problem=problem)


def own_words(body: bytes) -> str:
    """The server's own sentence about what went wrong, wherever it puts it; "" for none."""
    data = decoded(body)
    places = (("error", "message"), ("error",), ("message",), ("detail",))
    found = next((w for place in places if isinstance(w := part(data, *place), str)), "")
    return one_line(found)
