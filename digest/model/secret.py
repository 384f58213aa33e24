"""A value that never shows itself."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that never shows itself; `reveal()` is for the one place that uses it."""

    value: str = field(repr=False)

    def reveal(self) -> str:
        """The secret itself."""
        return self.value

    def __str__(self) -> str:
        """Stars."""
        return "***"
