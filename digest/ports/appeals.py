"""What the use cases need remembered of appeals and of what came of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from digest.model.appeal import Click, Contribution, VariantCounts


class AppealStore(Protocol):
    """Counted links, clicks and contributions."""

    def target(self, slug: str, link: str) -> tuple[int, str, bool] | None:
        """Id of the edition, address the link leads to, and whether the edition is or was out;
        None for a link that never was."""

    def click(self, click: Click) -> bool:
        """Keep a click; False, and nothing done, when this visitor's was kept before."""

    def contribute(self, contributed: Sequence[Contribution]) -> int:
        """Keep payments; those whose platform and event are known are left as they are; how many
        were new."""

    def contribution(self, platform: str, event: str) -> Contribution | None:
        """The payment that a platform told of under that id."""

    def raised(self, appeal: str, currency: str) -> int:
        """The sum given through an appeal, paid back ones taken off, in the smallest unit."""

    def counts(self, appeal: str, currency: str, since: datetime) -> list[VariantCounts]:
        """What each wording of the appeal did in editions released since, by variant id: from the
        rows, and for editions that are done from their tallies."""

    def tally(self, edition_id: int) -> None:
        """Count an edition's submitted deliveries by wording, and keep the counts; as often as
        called."""
