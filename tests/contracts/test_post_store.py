"""Posts: in order, once, and not against a hold."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from digest.model.account import Network
from digest.model.edition import EditionState
from digest.model.post import Held, Parent, Post, PostState, Published, Terms
from digest.ports import PostStore, Store
from digest.store import SqlStore
from tests.builders import NOW
from tests.contracts.rows import post, released

MINUTE = timedelta(minutes=1)
LEASE = NOW + MINUTE
OUT = Published(remote_id="17", url="https://x.example/17")


def due(store: Store, minutes: int = 0) -> list[tuple[str, int]]:
    """Account and part of what may be published so many minutes from now."""
    return [(p.account_id, p.part) for p in store.posts.due(NOW + minutes * MINUTE)]


def queued(store: Store, *posts: Post) -> list[Post]:
    """The posts of a released edition as they are stored."""
    return store.posts.of_edition(released(store, *posts).id)


def again(store: Store, known: Post) -> Post:
    """The post as it is stored now."""
    (found,) = [p for p in store.posts.of_edition(known.edition_id) if p.id == known.id]
    return found


def claim(posts: PostStore, post_id: int, worker: str, at: datetime = NOW, **terms: Any) -> Any:
    """The post as claimed, or whatever else is answered, under terms that forbid nothing."""
    wanted = Terms(**{"account_id": "x-main", **terms})
    return posts.claim(post_id, worker, at, LEASE, wanted)


def now(store: Store, known: Post, minutes: int = 0) -> bool:
    """An editor's tick so many minutes from now."""
    at = NOW + minutes * MINUTE
    return store.posts.now(known.id, at, at + 60 * MINUTE)


def hold(store: Store, scope: str, because: str) -> bool:
    """An editor's hold."""
    return store.switches.hold(Held(scope=scope, because=because, who="ann", at=NOW))


def holds(store: Store) -> dict[str, str]:
    """Scope and reason of all holds."""
    return {held.scope: held.because for held in store.switches.holds()}


def thread(count: int) -> list[Post]:
    """A thread of that many parts."""
    return [post(part, thread=True, kind="story") for part in range(count)]


def test_post_comes_back(store: Store) -> None:
    """A post comes back with every field."""
    new = post(
        2,
        network=Network.BLUESKY,
        account_id="bsky",
        kind="last",
        thread=True,
        story_url="",
        due_at=NOW + MINUTE,
        image=True,
        picture="0a1b.jpg",
        alt="The harbour at night",
        tags=("local", "dublin-bus"),
        price=205,
        edited=True,
    )
    (stored,) = queued(store, new)
    assert stored == replace(new, id=stored.id, edition_id=stored.edition_id)


def test_due_comes_oldest_first(store: Store) -> None:
    """Posts are due at their time, oldest first, by account and part."""
    queued(
        store,
        post(0, due_at=NOW + MINUTE),
        post(1),
        post(0, account_id="bsky", due_at=NOW + MINUTE),
        post(2, due_at=NOW - MINUTE),
    )
    assert due(store) == [("x-main", 2), ("x-main", 1)]
    assert due(store, 1) == [("x-main", 2), ("x-main", 1), ("bsky", 0), ("x-main", 0)]


def test_claim_is_given_once(store: Store) -> None:
    """A claimed post is nobody else's, and its attempt is counted."""
    (only,) = queued(store, post())
    assert claim(store.posts, only.id, "w1")
    assert not claim(store.posts, only.id, "w2")
    assert not claim(store.posts, only.id + 1, "w2")
    assert due(store) == []
    assert again(store, only) == replace(only, state=PostState.PUBLISHING, attempt=1)


def test_of_many_claims_at_once_one_wins(store: SqlStore, another: Callable[[], SqlStore]) -> None:
    """Two processes that want the same posts get each once."""
    ids = [p.id for p in queued(store, *(post(part) for part in range(8)))]
    stores = [store.posts, another().posts] * 2

    def claim_all(number: int) -> list[int]:
        return [key for key in ids if claim(stores[number], key, f"w{number}")]

    with ThreadPoolExecutor(len(stores)) as threads:
        won = [key for keys in threads.map(claim_all, range(len(stores))) for key in keys]
    assert sorted(won) == ids


def test_published_post_stays_published(store: Store) -> None:
    """What the network has is kept with its address; a late result changes nothing."""
    (only,) = queued(store, post())
    claim(store.posts, only.id, "w1")
    store.posts.settle(only.id, PostState.PUBLISHED, "answered", published=OUT)
    store.posts.settle(only.id, PostState.FAILED, "late")
    told = again(store, only)
    assert (told.state, told.because) == (PostState.PUBLISHED, "answered")
    assert (told.remote_id, told.remote_url) == (OUT.remote_id, OUT.url)
    assert not now(store, only)


def test_deferred_post_waits(store: Store) -> None:
    """A deferred post is due again at its time."""
    (only,) = queued(store, post())
    claim(store.posts, only.id, "w1")
    store.posts.settle(only.id, PostState.DEFERRED, "429", next_at=NOW + MINUTE)
    assert due(store) == []
    assert due(store, 1) == [("x-main", 0)]
    assert claim(store.posts, only.id, "w1")
    assert again(store, only).attempt == 2


def test_thread_parts_wait_for_their_predecessor(store: Store) -> None:
    """A part is due, and can be claimed, only when every part before it is published."""
    first, second, third = queued(store, *thread(3))
    assert due(store) == [("x-main", 0)]
    assert not claim(store.posts, second.id, "w1")
    claim(store.posts, first.id, "w1")
    assert due(store) == []
    store.posts.settle(first.id, PostState.PUBLISHED, "", published=OUT)
    assert due(store) == [("x-main", 1)]
    store.posts.settle(second.id, PostState.FAILED, "")
    assert due(store) == []
    assert not claim(store.posts, third.id, "w1")


def test_single_posts_do_not_wait(store: Store) -> None:
    """Posts that are no thread go each for itself, and one account does not wait for another."""
    queued(store, post(0), post(1), post(1, account_id="bsky", thread=True))
    assert due(store) == [("bsky", 1), ("x-main", 0), ("x-main", 1)]


def test_parent_of_a_thread_part(store: Store) -> None:
    """A part answers the part before it and names the first; a first part answers nothing."""
    parts = queued(store, *thread(3), post(9, account_id="bsky"))
    first, second, third = (p for p in parts if p.thread)
    assert store.posts.parent(first) is None
    assert store.posts.parent(second) is None
    for part, remote_id in ((first, "a"), (second, "b")):
        published = Published(remote_id=remote_id, url="")
        store.posts.settle(part.id, PostState.PUBLISHED, "", published=published)
    assert store.posts.parent(second) == Parent(root_id="a", parent_id="a")
    assert store.posts.parent(third) == Parent(root_id="a", parent_id="b")
    assert store.posts.parent(next(p for p in parts if not p.thread)) is None


@pytest.mark.parametrize("switch", ["x-main", "*"])
def test_hold_stops_due_and_claim(store: Store, switch: str) -> None:
    """A hold on the account or on all takes effect on posts that a worker already knows."""
    held, other = queued(store, post(), post(account_id="z"))
    hold(store, switch, "breaking news")
    hold(store, switch, "sensitive")
    assert holds(store) == {switch: "sensitive"}
    assert due(store) == ([] if switch == "*" else [("z", 0)])
    assert not claim(store.posts, held.id, "w1")
    assert bool(claim(store.posts, other.id, "w1")) is (switch != "*")


def test_nothing_overdue_goes_after_a_hold(store: Store) -> None:
    """What came due during a hold waits for an editor; what is due later goes by itself."""
    late, later, other = queued(
        store, post(0), post(1, due_at=NOW + 5 * MINUTE), post(0, account_id="z")
    )
    hold(store, "x-main", "storm")
    assert store.switches.unhold("x-main", NOW + MINUTE) == 1
    assert holds(store) == {}
    assert again(store, late).state is PostState.HELD
    assert due(store, 5) == [("z", 0), ("x-main", 1)]
    assert now(store, late, 6)
    assert (again(store, late).state, again(store, late).due_at) == (
        PostState.QUEUED,
        NOW + 6 * MINUTE,
    )
    assert due(store, 6) == [("z", 0), ("x-main", 1), ("x-main", 0)]
    assert again(store, later) == later
    assert again(store, other) == other


def test_lifting_a_hold_that_is_none(store: Store) -> None:
    """Where nothing is held, lifting holds no post back; the hold on all covers every account."""
    queued(store, post(), post(account_id="z"))
    assert store.switches.unhold("x-main", NOW) == 0
    assert len(due(store)) == 2
    hold(store, "*", "storm")
    assert store.switches.unhold("*", NOW) == 2


@pytest.mark.parametrize("state", [EditionState.HELD, EditionState.KILLED])
def test_posts_of_a_stopped_edition_stay(store: Store, state: EditionState) -> None:
    """Of an edition that was held or killed nothing is posted."""
    edition = released(store, post())
    (only,) = store.posts.of_edition(edition.id)
    store.editions.change_state(edition.id, [EditionState.RELEASED], state, "by editor")
    assert due(store) == []
    assert not claim(store.posts, only.id, "w1")


def test_posts_of_a_done_edition_go(store: Store) -> None:
    """An edition whose mail is done still posts."""
    edition = released(store, post())
    store.editions.change_state(edition.id, [EditionState.RELEASED], EditionState.DONE, "all out")
    assert due(store) == [("x-main", 0)]


def test_lost_lease_is_in_doubt_and_read_back(store: Store) -> None:
    """What a dead worker was publishing is in doubt and due to be read back, never queued."""
    (only,) = queued(store, post())
    claim(store.posts, only.id, "w1")
    assert store.posts.expire(NOW) == 0
    assert store.posts.expire(LEASE) == 1
    assert store.posts.expire(LEASE) == 0
    assert due(store, 9) == []
    assert [p.id for p in store.posts.in_doubt(LEASE)] == [only.id]
    store.posts.settle(only.id, PostState.IN_DOUBT, "not there yet", next_at=NOW + 5 * MINUTE)
    assert store.posts.in_doubt(LEASE) == []
    assert [p.id for p in store.posts.in_doubt(NOW + 5 * MINUTE)] == [only.id]


def test_queue_shows_what_is_open(store: Store) -> None:
    """The queue holds all that may still need anybody, soonest first, no more than asked."""
    states = [s for s in PostState if s is not PostState.QUEUED]
    posts = queued(store, *(post(n, due_at=NOW - n * MINUTE) for n in range(len(states) + 1)))
    for one, state in zip(posts[1:], states, strict=True):
        store.posts.settle(one.id, state, "")
    shown = store.posts.queue(99)
    over = {PostState.PUBLISHED, PostState.REJECTED, PostState.EXPIRED}
    assert {p.state for p in shown} == set(PostState) - over
    assert [p.part for p in shown] == sorted((p.part for p in shown), reverse=True)
    assert store.posts.queue(2) == shown[:2]


def test_editor_says_now(store: Store) -> None:
    """An editor sends at once what waits, is held or failed, and nothing else."""
    posts = queued(store, *(post(n, due_at=NOW + 9 * MINUTE) for n in range(len(PostState))))
    for one, state in zip(posts, PostState, strict=True):
        store.posts.settle(one.id, state, "", next_at=NOW + 9 * MINUTE)
    taken = {s for one, s in zip(posts, PostState, strict=True) if now(store, one)}
    assert taken == {
        PostState.QUEUED,
        PostState.DEFERRED,
        PostState.HELD,
        PostState.FAILED,
        PostState.NEEDS_EDITOR,
    }
    assert len(due(store)) == len(taken)


def test_same_part_of_another_edition(store: Store) -> None:
    """Each edition has parts of its own."""
    queued(store, post(0))
    later = released(store, post(0, story_url=""), slug="two", local_date=date(2026, 3, 17))
    assert len(store.posts.of_edition(later.id)) == 1


def test_claim_gives_the_post_as_it_is_now(store: Store) -> None:
    """With words that were rewritten since it was listed."""
    (only,) = queued(store, post())
    assert store.posts.rewrite([replace(only, text="New words", length=9, revision=2)]) == 1
    claimed = claim(store.posts, only.id, "w1")
    assert claimed == replace(
        only, text="New words", length=9, revision=2, state=PostState.PUBLISHING, attempt=1
    )


@pytest.mark.parametrize("state", list(PostState))
def test_only_a_waiting_post_is_rewritten(store: Store, state: PostState) -> None:
    """What is on its way, or may be out, keeps its words; the state stays as it was."""
    (only,) = queued(store, post())
    store.posts.settle(only.id, state, "why")
    before = again(store, only)
    new = replace(before, text="New words", link="", link_title="", link_summary="", length=9)
    waits = state in (
        PostState.QUEUED,
        PostState.DEFERRED,
        PostState.HELD,
        PostState.FAILED,
        PostState.NEEDS_EDITOR,
    )
    assert store.posts.rewrite([replace(new, revision=2)]) == waits
    assert again(store, only) == (replace(new, revision=2) if waits else before)


def test_a_post_is_taken_out_with_the_reason(store: Store) -> None:
    """It waits for nothing any more, and can be claimed by nobody."""
    first, second = queued(store, post(0), post(1))
    store.posts.settle(first.id, PostState.DEFERRED, "429", next_at=NOW + MINUTE)
    out = replace(first, state=PostState.EXPIRED, because="withdrawn: gone (404)", revision=2)
    assert store.posts.rewrite([out, replace(second, revision=2)]) == 2
    told = again(store, first)
    assert (told.state, told.because, told.next_at) == (out.state, out.because, None)
    assert due(store, 9) == [("x-main", 1)]
    assert not now(store, first)


def test_a_thread_does_not_wait_for_a_part_that_was_taken_out(store: Store) -> None:
    """The next part answers the last that is published."""
    first, second, third = queued(store, *thread(3))
    published = Published(remote_id="a", url="")
    claim(store.posts, first.id, "w1")
    store.posts.settle(first.id, PostState.PUBLISHED, "", published=published)
    store.posts.rewrite([replace(second, state=PostState.EXPIRED, because="withdrawn")])
    assert due(store) == [("x-main", 2)]
    assert claim(store.posts, third.id, "w1")
    assert store.posts.parent(third) == Parent(root_id="a", parent_id="a")


def test_posts_of_a_story(store: Store) -> None:
    """On every account and of every edition, the oldest first."""
    url = "https://sample.example/news/story-0/"
    one = queued(store, post(0), post(1), post(0, account_id="bsky"))
    later = released(
        store,
        post(0, account_id="z"),
        slug="two",
        local_date=date(2026, 3, 17),
    )
    found = store.posts.of_story(url)
    assert [(p.edition_id, p.account_id) for p in found] == [
        (one[0].edition_id, "x-main"),
        (one[0].edition_id, "bsky"),
        (later.id, "z"),
    ]
    assert store.posts.of_story("https://sample.example/none") == []
