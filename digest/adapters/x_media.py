"""Pictures for X: the v2 upload, which tweepy does not know, and the alt text."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from digest.adapters import outcomes
from digest.adapters.asking import Line
from digest.model.account import Account
from digest.model.post import Attached, NotPublished, PostOutcome, Unclear
from digest.ports import Clock

PLACE = "https://api.x.com"
MOST_BYTES = 5 * 1024 * 1024
ALT = 1_000
LOOKS = 5
LONGEST_WAIT = 3.0
WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Without:
    """The post goes without its picture, and why."""

    because: str


def upload(
    account: Account, attached: Attached, http: Any, line: Line, clock: Clock
) -> str | Without | PostOutcome:
    """The id of the picture with its alt text; Without when X does not want it, or the outcome
    that the whole post has, for nothing is published yet."""
    if len(attached.content) > MOST_BYTES:
        return Without(f"{len(attached.content):,} bytes are more than X takes")
    usual, line.timeout = line.timeout, outcomes.PATIENT
    try:
        return _upload(account, attached, http, line, clock)
    finally:
        line.timeout = usual


def _upload(
    account: Account, attached: Attached, http: Any, line: Line, clock: Clock
) -> str | Without | PostOutcome:
    try:
        answer = http.post(
            f"{PLACE}/2/media/upload",
            files={"media": ("picture.jpg", attached.content, "image/jpeg")},
            data={"media_category": "tweet_image"},
        )
        if not answer.ok:
            return _failed(account, line, clock)
        found = answer.json()["data"]
        if why := _not_ready(http, found):
            return why
        told = {"id": found["id"], "metadata": {"alt_text": {"text": attached.alt[:ALT]}}}
        if not http.post(f"{PLACE}/2/media/metadata", json=told).ok:
            return _failed(account, line, clock)
        return str(found["id"])
    except (OSError, ValueError, LookupError, TypeError):
        return _failed(account, line, clock)


def _not_ready(http: Any, found: Any) -> Without | None:
    """Wait while X works on the picture."""
    for _ in range(LOOKS):
        working = found.get("processing_info") or {}
        if working.get("state") in (None, "succeeded"):
            return None
        if working.get("state") == "failed":
            return Without("X could not read it")
        time.sleep(min(float(working.get("check_after_secs") or 1), LONGEST_WAIT))
        asked = {"command": "STATUS", "media_id": found["id"]}
        found = http.get(f"{PLACE}/2/media/upload", params=asked).json()["data"]
    return Without("X has been working on it for too long")


def _failed(account: Account, line: Line, clock: Clock) -> Without | PostOutcome:
    """Nothing of the post itself has left yet: whatever is unclear here may be tried again."""
    outcome = outcomes.failed(account, line.last, now=clock.now(), window=WINDOW)
    if isinstance(outcome, Unclear):
        return NotPublished(
            reason=f"its picture: {outcome.reason}", retry_at=clock.now() + outcomes.SOON
        )
    if isinstance(outcome, NotPublished) and not outcome.pause_account and not outcome.retry_at:
        return Without(outcome.reason)
    return outcome
