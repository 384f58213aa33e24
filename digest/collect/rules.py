"""The editors' own rules for a source: lines that always go, and lines that never go."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from digest.model.news import Dropped

_LONGEST = 2_000
"""Letters of a line that are looked at."""
_SECONDS = 0.05
"""For one pattern on one line; a pattern that needs more is set aside for the page."""


@dataclass(slots=True, kw_only=True)
class Rules:
    """One page's reading of the rules; where a line matches both kinds, it stays."""

    drop: list[str] = field(default_factory=list)
    keep: list[str] = field(default_factory=list)
    unusable: dict[str, str] = field(default_factory=dict)
    """Pattern -> why it was set aside."""

    def reason(self, line: str) -> str:
        """Why the line goes, "" when no rule says so."""
        pattern = "" if self.keeps(line) else self._matching(self.drop, line)
        return f"the editors' rule “{pattern}”" if pattern else ""

    def keeps(self, line: str) -> bool:
        """Whether a rule says that the line never goes."""
        return self._matching(self.keep, line) != ""

    def told(self) -> tuple[Dropped, ...]:
        """The rules that could not be followed, so that nobody wonders."""
        return tuple(Dropped(text=p, because=why) for p, why in self.unusable.items())

    def _matching(self, patterns: list[str], line: str) -> str:
        for pattern in patterns:
            if pattern not in self.unusable and self._matches(pattern, line):
                return pattern
        return ""

    def _matches(self, pattern: str, line: str) -> bool:
        try:
            return regex.search(pattern, line[:_LONGEST], timeout=_SECONDS) is not None
        except TimeoutError:
            self.unusable[pattern] = (
                "no line: a rule of the editors that takes too long to match; it was not followed"
                " on this page, write it more simply"
            )
        except regex.error as error:
            self.unusable[pattern] = (
                f"no line: a rule of the editors that is no regular expression ({error}); it was"
                " not followed, correct it"
            )
        return False


def of(drop: Sequence[str], keep: Sequence[str]) -> Rules:
    """The rules for one page."""
    return Rules(drop=list(drop), keep=list(keep))
