"""What follows from an outcome: done, again later, or an editor must look."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.model.delivery import DeliveryState, Phase, Settled, SubmitResult
from digest.model.newsletter import InDoubt
from digest.model.post import NotPublished, Post, PostOutcome, PostState, Published

BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120, 240, 360, 480, 600, 720))
"""Waits after a "not now"; when they are used up, after about 44 hours, we give up."""

OWN_FAULTS = frozenset({500, 502, 503, 504, 530, 534, 535, 538})
"""Permanent refusals of our commands or our log-in, never of the subscriber's address."""

QUICK_TRIES = 2
"""So many times a message that never reached the relay is tried again at once."""

SHORT_WAIT = timedelta(minutes=1)
LONGEST_SHORT_WAIT = timedelta(minutes=15)

RESENDS = 3
"""Attempts under the rule `resend`; after them a delivery in doubt waits for an editor."""

POST_TRIES = 12
"""Attempts to publish a post before we give up."""

LOOKS = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))
"""When an unclear post is looked for on the network, each after the one before."""

_LOOK = re.compile(r" \(look (\d) of \d at [^)]*\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSettled:
    """A post's new state and why."""

    state: PostState
    because: str
    next_at: datetime | None = None
    published: Published | None = None


def after_submission(
    result: SubmitResult, *, attempt: int, now: datetime, in_doubt: InDoubt = InDoubt.HOLD
) -> Settled:
    """The delivery's new state; `attempt` counts from 1 and includes the one that just ended."""
    match result.phase:
        case Phase.AFTER_BODY:
            return _in_doubt(result, attempt, now, in_doubt)
        case Phase.BEFORE_BODY:
            return _never_there(result, attempt, now)
        case Phase.ANSWERED:
            return _answered(result, attempt, now)


def after_publishing(outcome: PostOutcome, *, post: Post, now: datetime) -> PostSettled:
    """The post's new state; `post.attempt` includes the one that just ended."""
    if isinstance(outcome, Published):
        where = outcome.url or outcome.remote_id
        return PostSettled(
            state=PostState.PUBLISHED, because=f"published as {where}", published=outcome
        )
    if isinstance(outcome, NotPublished):
        return _not_published(outcome, post, now)
    return _look_again(outcome.reason, post, now)


def _settled(
    result: SubmitResult,
    state: DeliveryState,
    *,
    text: str | None = None,
    next_at: datetime | None = None,
    submitted_at: datetime | None = None,
) -> Settled:
    return Settled(
        edition_id=result.edition_id,
        subscriber_id=result.subscriber_id,
        state=state,
        code=result.code,
        text=result.text if text is None else text,
        next_at=next_at,
        submitted_at=submitted_at,
    )


def _in_doubt(result: SubmitResult, attempt: int, now: datetime, rule: InDoubt) -> Settled:
    """Held, unless the newsletter would rather have it twice than not at all."""
    if rule is not InDoubt.RESEND or attempt >= RESENDS:
        return _settled(result, DeliveryState.IN_DOUBT)
    return _settled(
        result,
        DeliveryState.DEFERRED,
        text=f"in doubt ({result.text}); it is submitted again, as the newsletter says",
        next_at=now + _jittered(SHORT_WAIT, result, attempt),
    )


def _answered(result: SubmitResult, attempt: int, now: datetime) -> Settled:
    if 200 <= result.code < 300:
        return _settled(result, DeliveryState.SUBMITTED, submitted_at=now)
    if result.code >= 500 and result.code not in OWN_FAULTS:
        return _settled(result, DeliveryState.REJECTED)
    if attempt > len(BACK_OFF):
        return _settled(
            result,
            DeliveryState.FAILED,
            text=f"Given up after {attempt} attempts; the relay last said: {result.text}",
        )
    wait = _jittered(BACK_OFF[max(attempt, 1) - 1], result, attempt)
    return _settled(result, DeliveryState.DEFERRED, next_at=now + wait)


def _never_there(result: SubmitResult, attempt: int, now: datetime) -> Settled:
    """A connection that died is nobody's refusal: such a message never runs out of attempts."""
    if attempt <= QUICK_TRIES:
        return _settled(result, DeliveryState.QUEUED)
    wait = min(SHORT_WAIT * (attempt - QUICK_TRIES), LONGEST_SHORT_WAIT)
    return _settled(result, DeliveryState.DEFERRED, next_at=now + _jittered(wait, result, attempt))


def _jittered(wait: timedelta, result: SubmitResult, attempt: int) -> timedelta:
    """Up to a fifth longer, the same for the same attempt, so that not all come back at once."""
    number = result.edition_id * 7_919 + result.subscriber_id * 104_729 + attempt * 1_299_709
    return wait * (1 + number % 1_000 / 5_000)


def _not_published(outcome: NotPublished, post: Post, now: datetime) -> PostSettled:
    if outcome.retry_at is None:
        return PostSettled(state=PostState.REJECTED, because=outcome.reason)
    if post.attempt >= POST_TRIES:
        return PostSettled(
            state=PostState.FAILED,
            because=f"given up after {post.attempt} attempts: {outcome.reason}",
        )
    return PostSettled(
        state=PostState.DEFERRED,
        because=outcome.reason,
        next_at=max(outcome.retry_at, now + LOOKS[0]),
    )


def _look_again(reason: str, post: Post, now: datetime) -> PostSettled:
    """The number of looks so far stands in the post's own reason: no other place survives."""
    found = _LOOK.search(post.because) if post.state is PostState.IN_DOUBT else None
    looked = int(found[1]) if found else 0
    if looked >= len(LOOKS):
        return PostSettled(
            state=PostState.NEEDS_EDITOR,
            because=f"{reason}; looked for {looked} times without an answer:"
            " see on the network whether it is there, then publish it again or leave it",
        )
    next_at = now + LOOKS[looked]
    return PostSettled(
        state=PostState.IN_DOUBT,
        because=f"{reason} (look {looked + 1} of {len(LOOKS)} at {next_at:%H:%M:%S} UTC)",
        next_at=next_at,
    )
