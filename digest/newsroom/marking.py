"""What an editor should look at in a bulletin before it goes out."""

from collections.abc import Sequence

from digest.model.edition import Brief
from digest.model.news import SensitiveKind

ABOUT = {
    SensitiveKind.DEATH: "a death",
    SensitiveKind.COURT: "a court case",
    SensitiveKind.MINOR: "a minor",
}


def concern(brief: Brief) -> str:
    """What the story is about, for example "about a death (“killed”) and a minor (“aged 12”)"; ""
    when it is nothing that an editor must look at."""
    found = [f"{ABOUT[mark.kind]} (“{mark.word}”)" for mark in brief.sensitive]
    return f"about {' and '.join(found)}" if found else ""


def concerns(briefs: Sequence[Brief]) -> list[str]:
    """For each such story a beginning: "Story 3 is about a death (“killed”)"."""
    return [
        f"Story {place} is {concern(brief)}"
        for place, brief in enumerate(briefs, start=1)
        if brief.sensitive
    ]
