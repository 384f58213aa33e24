"""What editors decided about single stories."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from digest.model.news import Ruling


class RulingStore(Protocol):
    """Pins and bars."""

    def put(self, rulings: Sequence[Ruling]) -> None:
        """Save them in their order, each in the place of an earlier one about the same article."""

    def lift(self, newsletter_id: str, url: str) -> bool:
        """Forget the ruling; whether there was one."""

    def of(self, newsletter_id: str, since: datetime) -> list[Ruling]:
        """Those made since, in the order they were made."""
