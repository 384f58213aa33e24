"""Corrections through faults: in mid-send, killed between steps, by two processes at once."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.model.account import Network
from digest.model.delivery import DeliveryState, Message
from digest.model.edition import Edition, EditionState
from digest.model.newsletter import Approval
from digest.model.post import PostState
from digest.newsroom import correcting, desk, editions, flight, posting, revising, sending
from digest.newsroom.house import House
from digest.newsroom.letters import letters
from digest.newsroom.pacing import Pacer
from digest.ports import Flight, Store
from digest.store import open_store
from digest.store.chunks import SIZE
from tests import builders
from tests.changing import correct, corrected, drafted, newest, released, told, withdraw
from tests.fakes import FakeClock
from tests.fakes_delivery import Died, FakeMailer
from tests.fakes_social import FakePoster, account
from tests.house import KeepingMailer, house, with_articles, with_readers

LEAD = "https://sample.example/news/story-1/"
SUNDAY, MONDAY = "came back on Sunday", "came back on Monday"


class Interrupted(KeepingMailer):
    """Before the message after so many, something happens."""

    def __init__(self, after: int, happens: Callable[[], None]) -> None:
        super().__init__()
        self.after = after
        self.happens = happens

    async def pump(self, flight: Flight) -> None:
        """One after the other, with the interruption between two."""
        await super().pump(_Counting(flight, self))


class _Counting:
    def __init__(self, flight: Flight, mailer: Interrupted) -> None:
        self._flight, self._mailer = flight, mailer
        self.settle = flight.settle
        self.wait = flight.wait

    def take(self) -> Message | None:
        """The next one."""
        if self._mailer.after == 0:
            self._mailer.happens()
        self._mailer.after -= 1
        return self._flight.take()


class Stepping:
    """A store where something happens before or after the first revision is saved."""

    def __init__(
        self,
        store: Store,
        *,
        before: Callable[[], object] = lambda: None,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        self._store = store
        self._steps = [before, after]
        self.editions = _SteppingEditions(store.editions, self._steps)

    def __getattr__(self, name: str) -> Any:
        """The rest is as it was."""
        return getattr(self._store, name)


class _SteppingEditions:
    def __init__(self, editions: Any, steps: list[Callable[[], object]]) -> None:
        self._editions, self._steps = editions, steps

    def __getattr__(self, name: str) -> Any:
        """Everything but the step that counts."""
        return getattr(self._editions, name)

    def revise(self, *revision: Any) -> bool:
        """The step."""
        before, after = self._steps or (lambda: None, lambda: None)
        self._steps.clear()
        before()
        saved: bool = self._editions.revise(*revision)
        after()
        return saved


def die() -> None:
    """The process ends here."""
    raise Died


def newsroom(store: Any = None, **changes: Any) -> House:
    """One account, an editor, and whatever the store holds."""
    newsletter = builders.newsletter(approval=Approval(ask=("desk@example.org",)))
    values = {"posters": {Network.X: FakePoster()}, "newsletters": (newsletter,)}
    return house(store=store, accounts=(account(),), **{**values, **changes})


def filled(there: House, readers: int = 20) -> House:
    """With eight stories and that many readers."""
    return with_readers(with_articles(there), readers)


def revise_now(there: House, edition: Edition) -> None:
    """As another process does it."""
    revision = revising.revise(there, newest(there, edition))
    assert revision is not None
    assert there.store.editions.revise(
        revision.before, revision.after, revision.emails, revision.posts
    )


def to_readers(mailer: Any) -> list[Message]:
    """What subscribers got; editors have numbers below 0."""
    return [message for message in mailer.kept if message.subscriber_id > 0]


def has(message: Message, words: str) -> bool:
    """Whether it says so, wherever a line was broken."""
    content = message.content.replace(b"=\r\n", b"").replace(b"\r\n", b" ")
    return words.encode() in content


@pytest.mark.parametrize("after", [300, 700])
async def test_a_correction_in_mid_send_reaches_the_rest(after: int) -> None:
    """Of a thousand, those submitted before have the old words, all others the new ones; each
    reader once, and each row says which revision its message carried."""
    clock = FakeClock()

    def happens() -> None:
        correct(there, LEAD, SUNDAY, MONDAY)
        revise_now(there, edition)
        clock.forward(seconds=3)

    mailer = Interrupted(after, happens)
    there = filled(newsroom(clock=clock, mailer=mailer), 1_000)
    mailer.after = -1
    edition = await released(there)
    mailer.after = after
    assert (await sending.send_due(there)).submitted == 1_000
    got = to_readers(mailer)
    assert len({message.address for message in got}) == len(got) == 1_000
    assert [has(m, MONDAY) for m in got] == [False] * after + [True] * (1_000 - after)
    assert [has(m, SUNDAY) for m in got] == [True] * after + [False] * (1_000 - after)
    assert there.store.deliveries.carried(edition.id) == {1: after, 2: 1_000 - after}
    for message in (got[0], got[-1]):
        ((delivery, _),) = there.store.deliveries.of_address(message.address)
        assert delivery.revision == (2 if has(message, MONDAY) else 1)
    assert newest(there, edition).state is EditionState.DONE


async def test_however_fast_the_relay_the_next_chunk_takes_the_newest() -> None:
    """Though the clock has not moved, nobody of the next chunk gets the old words."""

    def happens() -> None:
        correct(there, LEAD, SUNDAY, MONDAY)
        revise_now(there, edition)

    mailer = Interrupted(-1, happens)
    there = filled(newsroom(mailer=mailer), SIZE * 2)
    edition = await released(there)
    mailer.after = 10
    await sending.send_due(there)
    assert there.store.deliveries.carried(edition.id) == {1: SIZE, 2: SIZE}


async def test_a_message_has_the_same_id_whatever_the_revision() -> None:
    """One edition and one subscriber are one message to every mail program."""
    there = filled(newsroom(), 1)
    edition = await released(there)
    before = flight.DueFlight(there, [letters(there, edition)], Pacer(there))
    first = before.take()
    before.close()
    there.store.deliveries.expire(there.clock.now() + timedelta(hours=1), {})
    correct(there, LEAD, SUNDAY, MONDAY)
    await correcting.follow(there)
    again = flight.DueFlight(there, [letters(there, newest(there, edition))], Pacer(there))
    second = again.take()
    assert first is not None and second is not None
    assert has(first, SUNDAY) and has(second, MONDAY)
    ids = [
        line
        for message in (first, second)
        for line in message.content.split(b"\r\n")
        if line.startswith(b"Message-ID: ")
    ]
    assert len(ids) == 2 and ids[0] == ids[1]


async def test_who_was_put_off_gets_the_newest() -> None:
    """Deferred at the first try with the old words, submitted later with the new ones."""
    clock, mailer = FakeClock(), FakeMailer()
    there = filled(newsroom(clock=clock, mailer=mailer), 3)
    edition = await released(there)
    mailer.script = list("DA")
    await sending.send_due(there)
    correct(there, LEAD, SUNDAY, MONDAY)
    clock.forward(minutes=5)
    await sending.send_due(there)
    assert there.store.deliveries.carried(edition.id) == {1: 2, 2: 1}
    assert has(mailer.kept[-1], MONDAY)


@pytest.mark.parametrize("steps", [{"before": die}, {"after": die}])
async def test_killed_around_the_revision_the_next_run_ends_the_work(
    tmp_path: Path, steps: dict[str, Callable[[], object]]
) -> None:
    """The new version is saved and the process dies: one revision, one correction, the posts in
    its words, and the editors are told."""
    url = f"sqlite:///{tmp_path / 'digest.db'}"
    first = filled(newsroom(open_store(url)))
    edition = await released(first)
    correct(first, LEAD, SUNDAY, MONDAY)
    with pytest.raises(Died):
        await correcting.follow(newsroom(Stepping(first.store, **steps)))
    first.store.close()
    second = newsroom(open_store(url))
    for _ in range(2):
        await correcting.follow(second)
    after = newest(second, edition)
    assert (after.revision, after.told, len(after.corrections)) == (2, 2, 1)
    posts = second.store.posts.of_edition(edition.id)
    assert {post.revision for post in posts} == {2} and MONDAY in posts[0].text
    assert isinstance(second.mailer, KeepingMailer) and len(second.mailer.kept) == 1
    second.store.close()


async def test_two_processes_make_one_revision(tmp_path: Path) -> None:
    """Both see the change; the second finds it done, and the editors read one mail about it."""
    url = f"sqlite:///{tmp_path / 'digest.db'}"
    one = filled(newsroom(open_store(url)))
    edition = await released(one)
    correct(one, LEAD, SUNDAY, MONDAY)
    store = open_store(url)
    two = newsroom(Stepping(store, before=lambda: revise_now(one, edition)))
    await correcting.follow(two)
    await correcting.follow(one)
    after = newest(one, edition)
    assert (after.revision, after.told, len(after.corrections)) == (2, 2, 1)
    assert len(one.store.editions.emails(edition.id, 2)) == 3
    assert one.store.editions.emails(edition.id, 3) == []
    assert isinstance(one.mailer, KeepingMailer) and isinstance(two.mailer, KeepingMailer)
    assert [len(one.mailer.kept), len(two.mailer.kept)] == [1, 1], "the draft's, the correction's"
    one.store.close()
    store.close()


async def test_an_approval_in_between_is_kept() -> None:
    """The editor approves while the draft is being revised: both stand."""
    there = filled(newsroom())
    edition = await drafted(there)
    correct(there, LEAD, SUNDAY, MONDAY)
    store = Stepping(there.store, before=lambda: desk.approve(there, edition.slug, "Effie"))
    revised = await correcting.keep_up(newsroom(store), edition.id)
    assert revised is not None and (revised.state, revised.revision) == (EditionState.APPROVED, 2)
    assert revised.because.startswith("approved by Effie; revised after approval: “Harbour")


async def test_what_was_revised_meanwhile_is_not_released_as_it_was() -> None:
    """Somebody who read the edition before cannot release its old posts."""
    there = filled(newsroom())
    edition = await drafted(there)
    correct(there, LEAD, SUNDAY, MONDAY)
    revise_now(there, edition)
    assert not editions.release(there, edition, "test")
    assert editions.release(there, newest(there, edition), "test")
    assert MONDAY in there.store.posts.of_edition(edition.id)[0].text


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.integers(1, 4)),
        st.tuples(st.just("correct"), st.integers(1, 8)),
        st.tuples(st.just("withdraw"), st.integers(1, 8)),
        st.tuples(st.just("post"), st.just(0)),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
async def test_whatever_changes_when(steps: list[tuple[str, int]]) -> None:
    """Each delivery's revision has its emails, everybody gets one mail and no post goes out with
    words that its article no longer has."""
    clock, mailer = FakeClock(), FakeMailer()
    net = FakePoster(clock=clock)
    there = filled(newsroom(clock=clock, mailer=mailer, posters={Network.X: net}), 8)
    edition = await released(there)
    for number, (what, which) in enumerate(steps):
        shown = len(net.shown)
        await step(there, what, which, number)
        check(there, edition)
        for post in net.shown[shown:]:
            article = told(there, post.story_url)
            assert not article.withdrawn
            said = " ".join((article.standfirst, *article.paragraphs))
            assert post.text.partition("\n\n")[0] in said
    if newest(there, edition).state is EditionState.HELD:
        desk.resume(there, edition.slug, "Effie")
    mailer.script = ["A"]
    clock.forward(hours=9)
    await sending.send_due(there)
    check(there, edition)
    taken = Counter(message.address for message in to_readers(mailer))
    assert there.store.deliveries.counts(edition.id).counts == {DeliveryState.SUBMITTED: 8}
    assert taken == {f"reader{n}@reader.example": 1 for n in range(1, 9)}
    there.store.close()


async def step(there: House, what: str, which: int, number: int) -> None:
    """One thing that happens in a newsroom."""
    address = f"https://sample.example/news/story-{which}/"
    assert isinstance(there.mailer, FakeMailer) and isinstance(there.clock, FakeClock)
    if what == "send":
        there.mailer.script = ["A"] * which + ["D"]
        await sending.send_due(there)
        there.clock.forward(minutes=10)
    elif what == "post":
        await posting.post_due(there)
    elif what == "withdraw":
        withdraw(there, address)
    elif not told(there, address).withdrawn:
        article = told(there, address)
        words = f"The council of Sorrisdale counted {number + 900} lamps on its pier this spring."
        there.store.articles.save([corrected(article, article.paragraphs[0], words)])


def check(there: House, edition: Edition) -> None:
    """What holds after every step."""
    now = newest(there, edition)
    for revision in there.store.deliveries.carried(edition.id):
        assert there.store.editions.emails(edition.id, revision), revision
    revisions = [correction.revision for correction in now.corrections]
    assert revisions == sorted(revisions) and set(revisions) == set(range(2, now.revision + 1))
    briefs = {brief.url: brief for brief in now.bulletin.briefs}
    for post in there.store.posts.of_edition(edition.id):
        if post.state is PostState.QUEUED:
            assert post.revision == now.revision
            assert post.text.startswith(briefs[post.story_url].line)
