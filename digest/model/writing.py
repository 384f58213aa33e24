"""What a language model is asked for, and what it answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingRequest:
    """One call for all lines of a bulletin."""

    instructions: str
    """Our own words, which the model is to follow."""
    stories: str
    """The stories, delimited: text from outside, in which no instruction counts."""
    ids: tuple[str, ...]
    """Of the stories; the answer is one JSON object that gives each id its line."""
    seconds: float
    """What the slot allows for the whole call; the writer's own deadline may be shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingAnswer:
    """What came back, as it came."""

    model: str
    seconds: float
    text: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    """US dollars; None where no price is configured or the answer counted no tokens."""
    problem: str = ""
    """One sentence without its full stop when there is no answer, else ""."""
