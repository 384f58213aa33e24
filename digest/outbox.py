"""What follows from an outcome: done, again later, or an editor must look."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.model.account import Network, Unread
from digest.model.bounce import Blame, Verdict
from digest.model.delivery import DeliveryState, Phase, Settled, Step, SubmitResult
from digest.model.mail import Pause
from digest.model.newsletter import InDoubt
from digest.model.post import NotPublished, Post, PostOutcome, PostState, Published, Unclear

BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120, 180))
"""Waits after a "not now", the last one again and again until the edition is too late."""

OWN_FAULTS = frozenset({500, 502, 503, 504, 530, 534, 535, 538})
"""Permanent refusals of our commands or our log-in, never of the subscriber's address."""

STRIKES = 3
"""So many refusals about us in a row, without one that was taken, are no single message's."""

FORGIVEN = timedelta(hours=2)
"""A pause so long after the last one is the first again."""

SLOW = (timedelta(minutes=1), timedelta(minutes=30))
"""How long we keep still, at first and at most, when we were too fast or told to come later."""

BARRED = (timedelta(minutes=30), timedelta(hours=4))
"""The same when we were refused for what we are."""

RATES = frozenset({"speeding", "toomanyconn", "ratelimited", "exceedlimit"})

CLEAR = RATES | {"authfailure", "requireptr", "badreputation", "norelaying", "notcompliantrfc"}
"""Reasons that concern every message, seen once."""

ADVICE = {
    "authfailure": "publish SPF, DKIM and DMARC for the sender's domain"
    " (`digest preflight` names the records)",
    "requireptr": "give the sending address a name in DNS that leads back to it (PTR)",
    "badreputation": "look the sending address up in the blocklist that it names, and send less",
    "blocked": "look the sending address up in the blocklist that it names",
    "spamdetected": "look at the edition's links and words, and at complaints",
    "norelaying": "give Digest a log-in at the relay, or let the relay take its address",
    "policyviolation": "see which of its rules the answer names",
    **dict.fromkeys(RATES, "we go on more slowly; a rate for it in `mail` prevents this"),
}
"""What an editor can do."""

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

UNREADABLE = (Network.TELEGRAM, Network.SLACK, Network.DISCORD)
"""Networks that show no one what an account has posted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSettled:
    """A post's new state and why."""

    state: PostState
    because: str
    next_at: datetime | None = None
    published: Published | None = None
    refund: bool = False
    """It certainly is not there: the attempt cost nothing."""
    looks: int = 0


def after_submission(
    result: SubmitResult,
    *,
    attempt: int,
    now: datetime,
    in_doubt: InDoubt = InDoubt.HOLD,
    verdict: Verdict | None = None,
    pause: Pause | None = None,
) -> Settled:
    """The delivery's new state; `attempt` counts from 1 and includes the one that just ended, a
    refusal has its `verdict`, and the `pause` that came of it."""
    match result.phase:
        case Phase.AFTER_BODY:
            return _in_doubt(result, attempt, now, in_doubt)
        case Phase.BEFORE_BODY:
            return _never_there(result, attempt, now)
        case Phase.ANSWERED if 200 <= result.code < 300:
            return _settled(result, attempt, DeliveryState.SUBMITTED, submitted_at=now)
        case Phase.ANSWERED:
            return _refused(result, attempt, now, verdict, pause)


def pause_scope(result: SubmitResult, verdict: Verdict, domain: str) -> str:
    """What a refusal that is about us concerns: relay:ID, domain:NAME, or "" when it is not."""
    if result.step is Step.SENDER or result.code in OWN_FAULTS:
        return f"relay:{result.relay}"
    if verdict.blame is Blame.SENDER or result.code in (421, 432):
        return f"domain:{domain}"
    return ""


def pause(
    result: SubmitResult,
    verdict: Verdict,
    *,
    scope: str,
    strikes: int,
    before: Pause | None,
    now: datetime,
) -> Pause | None:
    """The pause that a refusal about us asks for; None as long as it may be one message's."""
    if verdict.reason not in CLEAR and strikes < STRIKES:
        return None
    again = before is not None and now - before.until < FORGIVEN
    times = before.times + 1 if before and again else 1
    first, longest = SLOW if verdict.reason in RATES or result.code < 500 else BARRED
    kind, _, name = scope.partition(":")
    whom = f"the relay {name}" if kind == "relay" else name
    advice = ADVICE.get(verdict.reason, "see what the answer asks for")
    return Pause(
        scope=scope,
        since=now,
        until=now + min(longest, first * 2 ** (min(times, 20) - 1)),
        times=times,
        because=f"{whom} refuses us, not its readers: {result.code} {result.text}; {advice}",
    )


def after_publishing(
    outcome: PostOutcome, *, post: Post, now: datetime, unread: Unread = Unread.ASK
) -> PostSettled:
    """The post's new state; `post.attempt` includes the one that just ended, `unread` says what
    becomes of a doubtful post where nobody can look."""
    if isinstance(outcome, Published):
        where = outcome.url or outcome.remote_id
        return PostSettled(state=PostState.PUBLISHED, because=f"it is {where}", published=outcome)
    if isinstance(outcome, NotPublished):
        return _not_published(outcome, post, now)
    if post.network in UNREADABLE:
        return _unreadable(outcome, post, now, unread)
    return _look_again(outcome, post, now)


def after_looking(
    found: Published | None | Unclear, *, post: Post, now: datetime, unread: Unread = Unread.ASK
) -> PostSettled:
    """The doubtful post's new state after it was read back: only when the last look finds nothing
    it is queued again."""
    last = post.looks >= len(LOOKS)
    if found is None and last and post.attempt < POST_TRIES:
        return PostSettled(
            state=PostState.QUEUED,
            because="read back several times and not there: queued again",
            refund=True,
        )
    outcome = Unclear(reason="not there yet") if found is None else found
    return after_publishing(outcome, post=post, now=now, unread=unread)


def _settled(
    result: SubmitResult,
    attempt: int,
    state: DeliveryState,
    *,
    text: str | None = None,
    next_at: datetime | None = None,
    submitted_at: datetime | None = None,
) -> Settled:
    return Settled(
        edition_id=result.edition_id,
        subscriber_id=result.subscriber_id,
        attempt=attempt,
        state=state,
        code=result.code,
        text=result.text if text is None else text,
        next_at=next_at,
        submitted_at=submitted_at,
    )


def _in_doubt(result: SubmitResult, attempt: int, now: datetime, rule: InDoubt) -> Settled:
    """Held, unless the newsletter would rather have it twice than not at all."""
    if rule is not InDoubt.RESEND or attempt >= RESENDS:
        return _settled(result, attempt, DeliveryState.IN_DOUBT)
    return _settled(
        result,
        attempt,
        DeliveryState.DEFERRED,
        text=f"in doubt ({result.text}); it is submitted again, as the newsletter says",
        next_at=now + _jittered(SHORT_WAIT, result, attempt),
    )


def _refused(
    result: SubmitResult, attempt: int, now: datetime, verdict: Verdict | None, pause: Pause | None
) -> Settled:
    """Refused for good only for what concerns the address; our own faults wait to be mended."""
    ours = result.step is Step.SENDER or result.code in OWN_FAULTS
    ours = ours or (verdict is not None and verdict.blame is Blame.SENDER)
    if result.code >= 500 and not ours:
        return _settled(result, attempt, DeliveryState.REJECTED)
    if pause is not None:
        next_at = pause.until + _jittered(SHORT_WAIT, result, attempt) - SHORT_WAIT
        return _settled(
            result, attempt, DeliveryState.DEFERRED, text=pause.because, next_at=next_at
        )
    wait = _jittered(BACK_OFF[min(max(attempt, 1), len(BACK_OFF)) - 1], result, attempt)
    return _settled(result, attempt, DeliveryState.DEFERRED, next_at=now + wait)


def _never_there(result: SubmitResult, attempt: int, now: datetime) -> Settled:
    """A connection that died is nobody's refusal: such a message never runs out of attempts."""
    if attempt <= QUICK_TRIES:
        return _settled(result, attempt, DeliveryState.QUEUED)
    wait = min(SHORT_WAIT * (attempt - QUICK_TRIES), LONGEST_SHORT_WAIT)
    next_at = now + _jittered(wait, result, attempt)
    return _settled(result, attempt, DeliveryState.DEFERRED, next_at=next_at)


def _jittered(wait: timedelta, result: SubmitResult, attempt: int) -> timedelta:
    """Up to a fifth longer, the same for the same attempt, so that not all come back at once."""
    number = result.edition_id * 7_919 + result.subscriber_id * 104_729 + attempt * 1_299_709
    return wait * (1 + number % 1_000 / 5_000)


def _not_published(outcome: NotPublished, post: Post, now: datetime) -> PostSettled:
    if outcome.retry_at is None:
        return PostSettled(state=PostState.REJECTED, because=outcome.reason, refund=True)
    if post.attempt >= POST_TRIES:
        return PostSettled(
            state=PostState.FAILED,
            because=f"given up after {post.attempt} attempts: {outcome.reason}",
            refund=True,
        )
    return PostSettled(
        state=PostState.DEFERRED,
        because=outcome.reason,
        next_at=max(outcome.retry_at, now + LOOKS[0]),
        refund=True,
    )


def _unreadable(outcome: Unclear, post: Post, now: datetime, unread: Unread) -> PostSettled:
    """Nobody but an editor can look, unless the account would rather have it twice than never."""
    if unread is Unread.RESEND and post.attempt < RESENDS:
        return PostSettled(
            state=PostState.DEFERRED,
            because=f"{outcome.reason}; {post.network} cannot be read back: it is published once"
            f" more, as the account says",
            next_at=now + SHORT_WAIT,
        )
    return PostSettled(
        state=PostState.NEEDS_EDITOR,
        because=f"{outcome.reason}; {post.network} cannot be read back: see whether it is there,"
        " then publish it again or leave it",
    )


def _look_again(outcome: Unclear, post: Post, now: datetime) -> PostSettled:
    if post.looks >= len(LOOKS):
        return PostSettled(
            state=PostState.NEEDS_EDITOR,
            because=f"{outcome.reason}; looked for {post.looks} times without an answer:"
            " see on the network whether it is there, then publish it again or leave it",
        )
    next_at = now + LOOKS[post.looks]
    if outcome.until is not None and outcome.until > next_at:
        # The network does not want to be asked: a look that was not made does not count.
        return PostSettled(
            state=PostState.IN_DOUBT,
            because=outcome.reason,
            next_at=outcome.until,
            looks=post.looks,
        )
    look = f"look {post.looks + 1} of {len(LOOKS)} at {next_at:%H:%M:%S} UTC"
    return PostSettled(
        state=PostState.IN_DOUBT,
        because=f"{outcome.reason} ({look})",
        next_at=next_at,
        looks=post.looks + 1,
    )
