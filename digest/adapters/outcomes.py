"""What a social network's answer, or the lack of one, says about a post."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from digest.model.account import Account
from digest.model.post import NotPublished, PostOutcome, Unclear

SOON = timedelta(minutes=1)
"""When to try again after a connection that never came about."""
OUT_OF_MONEY = timedelta(hours=1)
PATIENT = (5.0, 30.0)
"""Seconds to connect, and for the answer: a picture takes longer than a post."""
PICTURE_TRIES = 3
"""After so many attempts a post goes without its picture."""
PICTURE_SECONDS = 25.0
"""After a picture that took longer the post is not begun: its lease would end on the way."""
LONGEST_WAIT = timedelta(days=1)
"""A reset further away than this is a clock gone wrong."""

_LEFT = (
    ("x-app-limit-24hour-remaining", "x-app-limit-24hour-reset"),
    ("x-rate-limit-remaining", "x-rate-limit-reset"),
    ("x-ratelimit-remaining", "x-ratelimit-reset"),
    ("ratelimit-remaining", "ratelimit-reset"),
)
"""Of X, Mastodon and Bluesky: how many more there may be, and from when on again."""
_OF_THE_APP = "x-app-limit-24hour-remaining"

_RESETS = ("x-rate-limit-reset", "x-ratelimit-reset", "ratelimit-reset")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was seen of the last request."""

    status: int = 0
    """0: no answer."""
    headers: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    """What the network, or the connection, says went wrong."""
    sent: bool = True
    """False: for certain no byte of the request left."""


def without_secret(account: Account, key: str, value: str) -> NotPublished:
    """The account cannot log in because config.yaml gives it nothing to log in with."""
    return NotPublished(
        reason=f"account {account.id} has no {key}:"
        f" set {value} in config.yaml or remove the account",
        pause_account=True,
    )


def failed(account: Account, answer: Answer, *, now: datetime, window: timedelta) -> PostOutcome:
    """What a request without success means for the post; `window` is the wait if none is named."""
    if answer.status == 0 and not answer.sent:
        return NotPublished(
            reason=f"{account.network} could not be reached for {account.id}"
            f" ({answer.words or 'no connection'}); trying again",
            retry_at=now + SOON,
        )
    if answer.status == 0:
        return _no_answer(account, answer.words or "connection lost")
    if 200 <= answer.status < 300:
        return _no_answer(account, "its answer was unreadable")
    return _refused(account, answer, now, window)


def too_slow(account: Account, now: datetime) -> NotPublished:
    """The picture took so long that the post was not begun."""
    return NotPublished(
        reason=f"{account.network} took too long over the picture for {account.id}; trying again",
        retry_at=now + SOON,
    )


def unread(account: Account, answer: Answer, *, now: datetime, window: timedelta) -> Unclear:
    """The account could not be read back; how long the network wants to be left alone."""
    said = f"answered {answer.status}" if answer.status else "did not answer"
    words = f": {answer.words}" if answer.words else ""
    return Unclear(
        reason=f"{account.network} {said} when {account.id} was read back{words}",
        until=_retry_at(answer.headers, now, window) if answer.status == 429 else None,
    )


def full_until(answer: Answer, now: datetime) -> datetime | None:
    """When an account that has used up its share may go on, None while something is left."""
    found = {name.lower(): value.strip() for name, value in answer.headers.items()}
    for left, reset in _LEFT:
        if found.get(left) == "0" and (at := _reset(found.get(reset, ""))):
            return at if now < at <= now + LONGEST_WAIT else None
    return None


def seed(*secrets: str) -> str:
    """Tells from which configured secret a log-in came, without telling the secret."""
    return hashlib.sha256(" ".join(secrets).encode()).hexdigest()[:32]


def _no_answer(account: Account, why: str) -> Unclear:
    """The request left, or may have; what became of it is not known."""
    return Unclear(reason=f"{account.network} did not answer for {account.id} ({why})")


def _refused(account: Account, answer: Answer, now: datetime, window: timedelta) -> PostOutcome:
    status = answer.status
    said = f"{account.network} answered {status} for {account.id}"
    if answer.words:
        said += f": {answer.words}"
    if status >= 500 or status == 408:
        return Unclear(reason=said)
    if status == 401:
        return NotPublished(
            reason=f"{said}; the account is held until its keys are renewed", pause_account=True
        )
    if status == 402:
        return NotPublished(reason=f"{said}; out of budget", retry_at=now + OUT_OF_MONEY)
    if status == 429:
        return _throttled(said, answer, now, window)
    if 300 <= status < 400:
        said += "; the address in `url` has moved, put the new one into config.yaml"
    return NotPublished(reason=said)


def _throttled(said: str, answer: Answer, now: datetime, window: timedelta) -> NotPublished:
    """The account must wait, or all accounts of its app: X says which."""
    found = {name.lower(): value.strip() for name, value in answer.headers.items()}
    whole = found.get(_OF_THE_APP) == "0"
    reset = _reset(found.get("x-app-limit-24hour-reset", "")) if whole else None
    return NotPublished(
        reason=f"{said}; throttled",
        retry_at=max(filter(None, (reset, _retry_at(answer.headers, now, window)))),
        throttled="app" if whole else "account",
    )


def _retry_at(headers: Mapping[str, str], now: datetime, window: timedelta) -> datetime:
    """The later of what the headers name, else after the window."""
    found = {name.lower(): value.strip() for name, value in headers.items()}
    named = [_reset(found[name]) for name in _RESETS if name in found]
    named.append(_retry_after(found.get("retry-after", ""), now))
    known = [at for at in named if at is not None and now < at <= now + LONGEST_WAIT]
    return max(known, default=now + window)


def _reset(value: str) -> datetime | None:
    """Seconds since 1970 (X, Bluesky) or an ISO time (Mastodon)."""
    try:
        if value.isdecimal():
            return datetime.fromtimestamp(int(value), UTC)
        found = datetime.fromisoformat(value)
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _retry_after(value: str, now: datetime) -> datetime | None:
    """Seconds from now, or an HTTP date."""
    try:
        if value.replace(".", "", 1).isdecimal():
            return now + timedelta(seconds=math.ceil(float(value)))
        return parsedate_to_datetime(value).astimezone(UTC) if value else None
    except (ValueError, OverflowError):
        return None
