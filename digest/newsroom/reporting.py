"""What collecting tells: counts and a sentence for each source."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digest.model.news import Change
from digest.model.newsletter import Source
from digest.newsroom.keeping import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What one fetch of a source gave: counts of articles, and a sentence."""

    source_id: str
    new: int = 0
    changed: int = 0
    """Corrected, updated or there again."""
    same: int = 0
    withdrawn: int = 0
    failed: int = 0
    """Articles that could not be read; 1 when the source itself could not."""
    because: str = ""
    urls: tuple[str, ...] = ()
    """Canonical URLs of the articles seen."""
    troubles: tuple[str, ...] = ()
    """One sentence for each article something went wrong with."""


def report_of(source: Source, outcomes: Sequence[Outcome], items: int) -> SourceReport:
    """The counts of a source's articles, of so many items in its list, and what went wrong."""
    counts = Counter(outcome.change for outcome in outcomes)
    troubles = tuple(outcome.trouble for outcome in outcomes if outcome.trouble)
    named = [(change, change.value) for change in Change]
    told = ", ".join(
        f"{counts[change]} {name}" for change, name in (*named, (None, "failed")) if counts[change]
    )
    because = f"{items} item{'s' if items != 1 else ''}: {told or 'none recent'}"
    if troubles:
        more = f" (and {len(troubles) - 1} more)" if troubles[1:] else ""
        because += f"; {troubles[0]}{more}"
    return SourceReport(
        source_id=source.id,
        new=counts[Change.NEW],
        changed=counts[Change.CORRECTED] + counts[Change.UPDATED] + counts[Change.RESTORED],
        same=counts[Change.SAME],
        withdrawn=counts[Change.WITHDRAWN],
        failed=counts[None],
        because=because,
        urls=tuple(outcome.url for outcome in outcomes if outcome.url),
        troubles=troubles,
    )
