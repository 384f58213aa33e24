"""What the use cases need remembered of editions."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Protocol

from digest.model.appeal import AppealPlan
from digest.model.edition import Edition, EditionState, Email
from digest.model.post import Post
from digest.model.preflight import Override, Preflight


class EditionStore(Protocol):
    """Editions; unique by slug and by (newsletter, local date, local time)."""

    def add(self, edition: Edition, emails: Sequence[Email]) -> Edition | None:
        """Insert the draft with its compiled emails and their links; None when the slot already has
        one."""

    def get(self, slug: str) -> Edition | None:
        """By slug."""

    def by_id(self, edition_id: int) -> Edition | None:
        """By id."""

    def for_slot(self, newsletter_id: str, local_date: date, local_time: time) -> Edition | None:
        """The edition of a slot."""

    def in_states(self, states: Sequence[EditionState]) -> list[Edition]:
        """Oldest due first."""

    def recent(self, newsletter_id: str | None, limit: int) -> list[Edition]:
        """Newest first."""

    def before(self, newsletter_id: str | None, instant: datetime, limit: int) -> list[Edition]:
        """Those with slots before the instant, newest first."""

    def used_urls(self, newsletter_id: str, since: datetime) -> set[str]:
        """Canonical URLs of all stories in editions released since."""

    def using(self, url: str) -> list[Edition]:
        """Editions released with the story, and the latest waiting ones that have it; newest
        first."""

    def emails(self, edition_id: int, revision: int) -> list[Email]:
        """The compiled emails, one per appeal variant, variant "" always among them and first."""

    def change_state(
        self, edition_id: int, expected: Sequence[EditionState], state: EditionState, because: str
    ) -> bool:
        """Move on; False when the edition was not in one of the expected states."""

    def release(
        self, edition: Edition, because: str, now: datetime, plan: AppealPlan, posts: Sequence[Post]
    ) -> bool:
        """In one transaction: the edition released, its audience frozen into delivery rows
        (confirmed and not suppressed queued, suppressed ones kept as suppressed), its posts queued,
        its story URLs noted as used. False, and nothing done, unless it was draft or approved and
        had no newer revision."""

    def outdated(self, since: datetime) -> list[int]:
        """Editions released since whose briefs were written from older versions of their articles,
        and editions with slots since whose newest revision their editors do not know of."""

    def revise(
        self, before: Edition, after: Edition, emails: Sequence[Email], posts: Sequence[Post]
    ) -> bool:
        """In one transaction: the edition as it is after, with the emails of its new revision (none
        when only versions of articles are noted), and these waiting posts rewritten. False, and
        nothing done, when its state or revision is no longer the one before."""

    def looked(self, edition_ids: Sequence[int], now: datetime) -> None:
        """Note that the pages of their stories were looked at again."""

    def look_over(self, edition_id: int, found: Preflight) -> None:
        """Note what was found before the release, unless a newer revision was looked at."""

    def override(self, edition_id: int, words: Sequence[Override]) -> None:
        """Add an editor's words that findings do not stop the edition."""

    def tell(self, edition_id: int, known: int, revision: int) -> bool:
        """Note that its editors, who knew of the revision `known`, now know of this one; False when
        another process told them."""
