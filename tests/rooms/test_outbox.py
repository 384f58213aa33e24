"""The outbox room: what follows from an outcome."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import outbox
from digest.model.account import Network
from digest.model.bounce import Blame, BounceKind, Verdict
from digest.model.delivery import DeliveryState, Phase, Step, SubmitResult
from digest.model.mail import Pause
from digest.model.newsletter import InDoubt
from digest.model.post import NotPublished, Post, PostState, Published, Unclear
from tests.builders import NOW

FINAL = (
    DeliveryState.SUBMITTED,
    DeliveryState.REJECTED,
    DeliveryState.FAILED,
    DeliveryState.IN_DOUBT,
)


def result(phase: Phase = Phase.ANSWERED, code: int = 0, **changes: object) -> SubmitResult:
    """What became of reader 7's message."""
    values = {"edition_id": 1, "subscriber_id": 7, "text": "the relay's words", **changes}
    return SubmitResult(phase=phase, code=code, **values)  # type: ignore[arg-type]


def post(**changes: object) -> Post:
    """A post on its first attempt."""
    values = {
        "id": 1,
        "edition_id": 1,
        "account_id": "x-main",
        "network": Network.X,
        "part": 0,
        "text": "Harbour lights are back.",
        "created": NOW,
        "due_at": NOW,
        "expires_at": NOW + timedelta(hours=6),
        "key": "k",
        "state": PostState.PUBLISHING,
        "attempt": 1,
        **changes,
    }
    return Post(**values)  # type: ignore[arg-type]


results = st.builds(
    result,
    phase=st.sampled_from(Phase),
    code=st.sampled_from([0, 200, 250, 354, 421, 450, 451, 452, 500, 503, 535, 550, 552, 554]),
    subscriber_id=st.integers(1, 10**9),
)
FROM, TO = datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2090-01-01")
instants = st.datetimes(FROM, TO, timezones=st.just(UTC))


@given(results, st.integers(1, 50), instants, st.sampled_from(InDoubt))
def test_next_at_lies_ahead_exactly_when_a_delivery_is_deferred(
    outcome: SubmitResult, attempt: int, now: datetime, rule: InDoubt
) -> None:
    """A deferred delivery has a time after now; no other state has one."""
    settled = outbox.after_submission(outcome, attempt=attempt, now=now, in_doubt=rule)
    if settled.state is DeliveryState.DEFERRED:
        assert settled.next_at is not None and settled.next_at > now
    else:
        assert settled.next_at is None
    assert (settled.submitted_at == now) == (settled.state is DeliveryState.SUBMITTED)


@given(results, st.integers(1, 50), instants)
def test_every_outcome_is_final_or_tried_again(
    outcome: SubmitResult, attempt: int, now: datetime
) -> None:
    """Nothing comes back as suppressed or submitting, and the relay's code is kept."""
    settled = outbox.after_submission(outcome, attempt=attempt, now=now)
    assert settled.state in (*FINAL, DeliveryState.DEFERRED, DeliveryState.QUEUED)
    assert settled.code == outcome.code
    assert settled.text


@given(st.integers(1, 10**9))
def test_waits_grow_and_then_stay(subscriber_id: int) -> None:
    """Temporary refusals wait longer each time, up to three hours; the edition's end ends them."""
    last = timedelta()
    for attempt in range(1, 20):
        refused = result(code=450, subscriber_id=subscriber_id)
        settled = outbox.after_submission(refused, attempt=attempt, now=NOW)
        assert settled.state is DeliveryState.DEFERRED and settled.next_at is not None
        wait = settled.next_at - NOW
        assert wait > last or attempt > len(outbox.BACK_OFF)
        assert timedelta(minutes=1) <= wait <= timedelta(hours=3.6)
        last = wait


@given(results, st.integers(1, 50))
def test_the_same_question_has_the_same_answer(outcome: SubmitResult, attempt: int) -> None:
    """The jitter is no chance."""
    first = outbox.after_submission(outcome, attempt=attempt, now=NOW)
    assert first == outbox.after_submission(outcome, attempt=attempt, now=NOW)


def test_deferred_together_do_not_come_back_together() -> None:
    """A thousand deliveries greylisted at once are spread over time."""
    times = {
        outbox.after_submission(result(code=451, subscriber_id=n), attempt=1, now=NOW).next_at
        for n in range(1_000)
    }
    assert len(times) > 500


@pytest.mark.parametrize("code", [550, 551, 552, 553, 554, 501])
def test_a_permanent_refusal_is_final(code: int) -> None:
    """The relay refuses this message for good."""
    settled = outbox.after_submission(result(code=code), attempt=1, now=NOW)
    assert settled.state is DeliveryState.REJECTED


@pytest.mark.parametrize("code", sorted(outbox.OWN_FAULTS) + [421, 450, 0, 354])
def test_our_own_faults_are_not_the_subscribers(code: int) -> None:
    """A wrong password or a command out of turn loses nobody."""
    settled = outbox.after_submission(result(code=code), attempt=1, now=NOW)
    assert settled.state is DeliveryState.DEFERRED


@given(st.integers(1, 10_000))
def test_a_message_that_never_reached_the_relay_is_never_given_up(attempt: int) -> None:
    """Whatever the number of attempts, it is tried again within twenty minutes."""
    settled = outbox.after_submission(result(Phase.BEFORE_BODY), attempt=attempt, now=NOW)
    if settled.state is DeliveryState.DEFERRED:
        assert settled.next_at is not None and settled.next_at < NOW + timedelta(minutes=20)
    else:
        assert settled.state is DeliveryState.QUEUED and attempt <= outbox.QUICK_TRIES


def test_doubt_is_held_unless_the_newsletter_says_resend() -> None:
    """Hold and ask keep it in doubt; resend queues it again, but not without end."""
    unclear = result(Phase.AFTER_BODY)
    for rule in (InDoubt.HOLD, InDoubt.ASK):
        settled = outbox.after_submission(unclear, attempt=1, now=NOW, in_doubt=rule)
        assert settled.state is DeliveryState.IN_DOUBT
    again = outbox.after_submission(unclear, attempt=1, now=NOW, in_doubt=InDoubt.RESEND)
    assert again.state is DeliveryState.DEFERRED
    last = outbox.after_submission(
        unclear, attempt=outbox.RESENDS, now=NOW, in_doubt=InDoubt.RESEND
    )
    assert last.state is DeliveryState.IN_DOUBT


def test_published_keeps_the_networks_answer() -> None:
    """Id and address are handed on."""
    published = Published(remote_id="17", url="https://x.example/17")
    settled = outbox.after_publishing(published, post=post(), now=NOW)
    assert (settled.state, settled.published) == (PostState.PUBLISHED, published)


def test_not_published_waits_until_it_may_be_tried_again() -> None:
    """With a time it is deferred to it, or a moment later; without one it is rejected."""
    later = NOW + timedelta(hours=1)
    deferred = outbox.after_publishing(
        NotPublished(reason="429", retry_at=later), post=post(), now=NOW
    )
    assert (deferred.state, deferred.next_at) == (PostState.DEFERRED, later)
    past = outbox.after_publishing(
        NotPublished(reason="429", retry_at=NOW - timedelta(hours=1)), post=post(), now=NOW
    )
    assert past.next_at is not None and past.next_at > NOW
    rejected = outbox.after_publishing(NotPublished(reason="400 bad"), post=post(), now=NOW)
    assert (rejected.state, rejected.because) == (PostState.REJECTED, "400 bad")


def test_publishing_is_given_up_after_many_attempts() -> None:
    """The last reason stays readable."""
    tired = post(attempt=outbox.POST_TRIES)
    settled = outbox.after_publishing(
        NotPublished(reason="503", retry_at=NOW + timedelta(minutes=1)), post=tired, now=NOW
    )
    assert settled.state is PostState.FAILED and "503" in settled.because


def test_an_unclear_post_is_looked_for_three_times_then_an_editor_must_look() -> None:
    """At 5 s, 30 s and 2 min, each later than the one before; then nothing is guessed."""
    found, now, waits = post(), NOW, []
    for _ in range(len(outbox.LOOKS)):
        settled = outbox.after_publishing(Unclear(reason="timed out"), post=found, now=now)
        assert settled.state is PostState.IN_DOUBT and settled.next_at is not None
        waits.append(settled.next_at - now)
        now = settled.next_at
        found = post(state=settled.state, looks=settled.looks, next_at=settled.next_at)
    assert waits == list(outbox.LOOKS)
    last = outbox.after_publishing(Unclear(reason="timed out"), post=found, now=now)
    assert last.state is PostState.NEEDS_EDITOR and "timed out" in last.because


@given(
    st.sampled_from(PostState),
    st.text(max_size=80),
    instants,
    st.integers(0, 30),
    st.one_of(
        st.builds(Unclear, reason=st.text(max_size=40)),
        st.builds(
            NotPublished, reason=st.text(max_size=40), retry_at=st.one_of(st.none(), instants)
        ),
    ),
)
def test_a_posts_next_time_always_lies_ahead(
    state: PostState, because: str, now: datetime, attempt: int, outcome: Unclear | NotPublished
) -> None:
    """Whatever a post's history says."""
    found = post(state=state, because=because, attempt=attempt)
    settled = outbox.after_publishing(outcome, post=found, now=now)
    waits = settled.state in (PostState.DEFERRED, PostState.IN_DOUBT)
    assert (settled.next_at is not None) == waits
    if settled.next_at is not None:
        assert settled.next_at > now


US = Verdict(kind=BounceKind.SOFT, reason="authfailure", blame=Blame.SENDER)
THEM = Verdict(kind=BounceKind.HARD, reason="userunknown", blame=Blame.ADDRESS)
BUSY = Verdict(kind=BounceKind.SOFT, reason="speeding", blame=Blame.SENDER)
VAGUE = Verdict(kind=BounceKind.SOFT, reason="spamdetected", blame=Blame.SENDER)


def paused(outcome: SubmitResult, verdict: Verdict, **changes: Any) -> Pause | None:
    """The pause that follows, on the first strike."""
    scope = outbox.pause_scope(outcome, verdict, "gmail.com")
    values = {"scope": scope, "strikes": 1, "before": None, "now": NOW, **changes}
    return outbox.pause(outcome, verdict, **values)


def test_a_refusal_about_us_punishes_no_reader() -> None:
    """Authentication, policy and the like put the delivery off until the pause ends."""
    outcome = result(code=550)
    pause = paused(outcome, US)
    assert pause is not None and pause.scope == "domain:gmail.com"
    assert "publish SPF, DKIM and DMARC" in pause.because and "550" in pause.because
    settled = outbox.after_submission(outcome, attempt=1, now=NOW, verdict=US, pause=pause)
    assert settled.state is DeliveryState.DEFERRED
    assert settled.next_at is not None and settled.next_at >= pause.until
    rejected = outbox.after_submission(outcome, attempt=1, now=NOW, verdict=THEM)
    assert rejected.state is DeliveryState.REJECTED


def test_a_refused_sender_pauses_the_relay() -> None:
    """MAIL FROM or a log-in that is refused concerns everybody."""
    outcome = result(code=550, step=Step.SENDER, relay="main")
    assert outbox.pause_scope(outcome, THEM, "gmail.com") == "relay:main"
    assert outbox.pause_scope(result(code=535, relay="main"), THEM, "x.example") == "relay:main"
    assert outbox.pause_scope(result(code=550), THEM, "gmail.com") == ""


def test_what_may_be_one_message_needs_three_strikes() -> None:
    """A filter's word about a single message pauses nobody; three in a row do."""
    outcome = result(code=554)
    assert paused(outcome, VAGUE) is None
    assert paused(outcome, VAGUE, strikes=outbox.STRIKES) is not None
    assert paused(result(code=421), BUSY) is not None


def test_pauses_grow_while_nothing_changes() -> None:
    """Each one in a row is twice as long, up to a limit; after hours of peace they start anew."""
    now, before, lengths = NOW, None, []
    for _ in range(12):
        pause = paused(result(code=421), BUSY, before=before, now=now)
        assert pause is not None
        lengths.append(pause.until - now)
        before, now = pause, pause.until
    assert lengths[:3] == [timedelta(minutes=m) for m in (1, 2, 4)]
    assert lengths[-1] == timedelta(minutes=30)
    fresh = paused(result(code=421), BUSY, before=before, now=now + outbox.FORGIVEN)
    assert fresh is not None and fresh.times == 1
