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


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingAnswer:
    """What came back, as it came."""

    text: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    problem: str = ""
    """One sentence when there is no answer, else ""."""
