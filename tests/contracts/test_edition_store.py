"""Editions: one a slot, and a release that is all or nothing."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from digest.model.appeal import AppealPlan, Link
from digest.model.audience import SubscriptionState
from digest.model.delivery import DeliveryState
from digest.model.edition import (
    Bulletin,
    Check,
    Correction,
    Edition,
    EditionState,
    SourceSentence,
)
from digest.model.post import PostState
from digest.model.preflight import Finding, Override, Preflight, Weight
from digest.ports import Store
from digest.store import SqlStore
from tests.builders import NOW, article, brief, bulletin, edition
from tests.contracts.rows import added, email, post, readers, released, unsubscribe

DAY = timedelta(days=1)


def variants(store: Store, edition_id: int) -> dict[int, str]:
    """The appeal variant of each delivery."""
    return {d.subscriber_id: d.variant for d in store.deliveries.missing(edition_id)}


def test_edition_comes_back(store: Store) -> None:
    """An edition comes back with every field, by slug, id and slot."""
    sentence = SourceSentence(paragraph=-1, sentence=0, text="Divers joined it.")
    full = brief(source=(sentence,), checks=(Check(name="numbers", ok=True, detail="17"),))
    saved = added(
        store,
        bulletin=Bulletin(
            briefs=(full, brief(2, published=None)), words=24, seconds=7, left_out=("too long",)
        ),
        no_appeal_because="a death is in it",
        left_out=("not picked",),
        because="written by rule",
        revision=2,
        looked_at=NOW,
        corrections=(correction(), correction(after="")),
        told=2,
    )
    assert saved == replace(
        edition(
            bulletin=saved.bulletin,
            no_appeal_because="a death is in it",
            left_out=("not picked",),
            because="written by rule",
            revision=2,
            looked_at=NOW,
            corrections=saved.corrections,
            told=2,
        ),
        id=saved.id,
    )
    assert store.editions.get(saved.slug) == saved
    assert store.editions.by_id(saved.id) == saved
    assert store.editions.for_slot("morning", date(2026, 3, 16), time(7)) == saved
    assert store.editions.emails(saved.id, 2) == [email(), email("a")]


def test_unknown_edition_is_none(store: Store) -> None:
    """What is not there is None, or an empty list."""
    assert store.editions.get("none") is None
    assert store.editions.by_id(1) is None
    assert store.editions.for_slot("morning", date(2026, 3, 16), time(7)) is None
    assert store.editions.emails(1, 1) == []
    assert store.editions.recent(None, 5) == []


def test_slot_has_one_edition(store: Store) -> None:
    """A second edition for a slot, or with a known slug, is not saved, nor are its emails."""
    first = added(store)
    assert store.editions.add(edition(slug="other", subject="x"), [email()]) is None
    other_slot = edition(local_time=time(9), subject="x")
    assert store.editions.add(other_slot, [email()]) is None
    assert store.editions.recent(None, 5) == [first]


def test_of_many_drafts_at_once_one_is_saved(
    store: SqlStore, another: Callable[[], SqlStore]
) -> None:
    """Two processes that write the same slot together make one edition."""
    stores = [store.editions, another().editions] * 3
    with ThreadPoolExecutor(len(stores)) as threads:
        made = list(threads.map(lambda s: s.add(edition(), [email()]), stores))
    assert sum(saved is not None for saved in made) == 1


def test_lists_are_ordered(store: Store) -> None:
    """Editions in a state come oldest due first, recent ones newest first."""
    slots = [
        edition(slug=f"e{n}", local_date=date(2026, 3, n), due_at=NOW + n * DAY) for n in (3, 1, 2)
    ]
    three, one, two = (store.editions.add(e, []) for e in slots)
    assert one and two and three
    other = added(store, newsletter_id="evening", slug="evening")
    store.editions.change_state(two.id, [EditionState.DRAFT], EditionState.APPROVED, "by editor")
    assert store.editions.in_states([EditionState.DRAFT]) == [other, one, three]
    assert [e.slug for e in store.editions.in_states(list(EditionState))] == [
        "evening",
        "e1",
        "e2",
        "e3",
    ]
    assert store.editions.in_states([]) == []
    assert [e.slug for e in store.editions.recent(None, 2)] == ["e3", "e2"]
    assert store.editions.recent("evening", 5) == [other]


def test_change_of_state_needs_the_expected_one(store: Store) -> None:
    """An edition moves on only from a state that was expected, with its reason."""
    saved = added(store)
    held = store.editions.change_state(
        saved.id, [EditionState.RELEASED], EditionState.HELD, "held by editor"
    )
    assert not held
    assert store.editions.by_id(saved.id) == saved
    expected = [EditionState.DRAFT, EditionState.APPROVED]
    assert store.editions.change_state(saved.id, expected, EditionState.KILLED, "by editor")
    after = store.editions.by_id(saved.id)
    assert after == replace(saved, state=EditionState.KILLED, because="by editor")


def test_release_owes_everything_at_once(store: Store) -> None:
    """A release freezes the audience, queues the posts and notes the stories as used."""
    ids = readers(store, 4)
    unsubscribe(store, ids[1])
    store.subscribers.suppress("reader2@reader.example", "bounce", "550 no such user", NOW)
    saved = added(store)
    assert store.editions.release(saved, "by rule", NOW, AppealPlan(), [post(0), post(1)])
    after = store.editions.by_id(saved.id)
    assert after == replace(saved, state=EditionState.RELEASED, because="by rule", released_at=NOW)
    assert store.deliveries.counts(saved.id).counts == {
        DeliveryState.QUEUED: 2,
        DeliveryState.SUPPRESSED: 1,
    }
    suppressed = store.deliveries.missing(saved.id)[1]
    assert (suppressed.subscriber_id, suppressed.text) == (
        ids[2],
        "the address is suppressed (bounce): 550 no such user",
    )
    assert [p.edition_id for p in store.posts.of_edition(saved.id)] == [saved.id] * 2
    assert store.editions.used_urls("morning", NOW) == {b.url for b in saved.bulletin.briefs}
    assert store.editions.used_urls("morning", NOW + DAY) == set()
    assert store.editions.used_urls("evening", NOW) == set()


def test_second_release_does_nothing(store: Store) -> None:
    """Only a draft or approved edition is released; somebody who comes later is not owed it."""
    readers(store, 1)
    saved = added(store)
    assert store.editions.release(saved, "by rule", NOW, AppealPlan(), [])
    readers(store, 2)
    assert not store.editions.release(saved, "again", NOW + DAY, AppealPlan(), [post(0)])
    assert store.deliveries.counts(saved.id).total == 1
    assert store.posts.of_edition(saved.id) == []
    held = added(store, slug="held", newsletter_id="evening", state=EditionState.HELD)
    assert not store.editions.release(held, "", NOW, AppealPlan(), [])


def test_of_many_releases_at_once_one_happens(
    store: SqlStore, another: Callable[[], SqlStore]
) -> None:
    """Two processes that release together owe each subscriber one delivery."""
    readers(store, 20)
    saved = added(store)
    stores = [store.editions, another().editions] * 2
    with ThreadPoolExecutor(len(stores)) as threads:
        done = list(
            threads.map(lambda s: s.release(saved, "", NOW, AppealPlan(), [post(0)]), stores)
        )
    assert sorted(done) == [False, False, False, True]
    assert store.deliveries.counts(saved.id).total == 20
    assert len(store.posts.of_edition(saved.id)) == 1


def test_failed_release_leaves_nothing(store: Store) -> None:
    """When a row of it cannot be saved, no part of the release is."""
    readers(store, 2)
    saved = added(store)
    impossible = replace(post(0), link=None)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError):
        store.editions.release(saved, "", NOW, AppealPlan(), [impossible])
    assert store.editions.by_id(saved.id) == saved
    assert store.deliveries.counts(saved.id).total == 0
    assert store.editions.used_urls("morning", NOW) == set()


def test_story_is_posted_once_an_account(store: Store) -> None:
    """A post that an account has for a story already is not queued by a later edition."""
    first, second = added(store), added(store, slug="second", local_time=time(12))
    story = {"story_url": "https://sample.example/1"}
    store.editions.release(first, "", NOW, AppealPlan(), [post(0, **story)])
    again = [post(0, **story), post(1, story_url="https://sample.example/2"), post(2, story_url="")]
    store.editions.release(second, "", NOW, AppealPlan(), again)
    assert [p.part for p in store.posts.of_edition(second.id)] == [1, 2]


def test_variants_are_dealt_evenly_and_for_good(store: Store) -> None:
    """About as many subscribers get each variant, and each the same one every time."""
    readers(store, 60)
    plan = AppealPlan(deals=((5000, "a"), (10000, "b")))
    first, second = added(store), added(store, slug="second", local_time=time(12))
    store.editions.release(first, "", NOW, plan, [])
    store.editions.release(second, "", NOW, plan, [])
    dealt = variants(store, first.id)
    assert variants(store, second.id) == dealt
    assert set(dealt.values()) == {"a", "b"}
    assert min(Counter(dealt.values()).values()) >= 20


def test_supporters_see_no_appeal(store: Store) -> None:
    """With the rule, supporters get the edition without an appeal; without it, with one."""
    ids = readers(store, 6, supporters=2)
    first, second = added(store), added(store, slug="second", local_time=time(12))
    hiding = AppealPlan(deals=((10000, "a"),), hide_from_supporters=True)
    store.editions.release(first, "", NOW, hiding, [])
    assert variants(store, first.id) == dict(zip(ids, ["", "", "a", "a", "a", "a"], strict=True))
    store.editions.release(second, "", NOW, AppealPlan(deals=((10000, "a"),)), [])
    assert set(variants(store, second.id).values()) == {"a"}


def test_appeal_comes_at_most_so_often(store: Store) -> None:
    """Who had as many appeals since the start of the window as the rule allows gets no more."""
    ids = readers(store, 2)
    seen = []
    for number in range(4):
        saved = added(store, slug=f"e{number}", local_date=date(2026, 3, 10 + number))
        if number == 1:
            unsubscribe(store, ids[1])
        if number == 2:
            store.subscribers.subscribe(ids[1], "morning", SubscriptionState.CONFIRMED, "", NOW)
        at = NOW + number * DAY
        plan = AppealPlan(deals=((10000, "a"),), at_most=2, since=at - 7 * DAY)
        store.editions.release(saved, "", at, plan, [])
        seen.append(variants(store, saved.id))
    assert seen == [
        {ids[0]: "a", ids[1]: "a"},
        {ids[0]: "a"},
        {ids[0]: "", ids[1]: "a"},
        {ids[0]: "", ids[1]: ""},
    ]
    later = added(store, slug="later", local_date=date(2026, 3, 20))
    plan = AppealPlan(deals=((10000, "a"),), at_most=2, since=NOW + 2 * DAY)
    store.editions.release(later, "", NOW + 9 * DAY, plan, [])
    assert set(variants(store, later.id).values()) == {"a"}


def test_empty_bulletin(store: Store) -> None:
    """An edition without a story or reader can be saved and released."""
    saved = added(store, bulletin=bulletin(0))
    assert store.editions.release(saved, "", NOW, AppealPlan(), [])
    assert store.deliveries.counts(saved.id).counts == {}
    assert store.editions.used_urls("morning", NOW) == set()


def correction(revision: int = 2, **changes: Any) -> Correction:
    """What a revision changed in the first story."""
    return Correction(
        **{
            "revision": revision,
            "at": NOW,
            "url": brief().url,
            "headline": "Harbour lights",
            "before": "on Sunday",
            "after": "on Monday",
            "because": "1 paragraph edited",
            **changes,
        }
    )


def next_revision(before: Edition, **changes: Any) -> Edition:
    """The edition with the first story corrected."""
    first, *rest = before.bulletin.briefs
    briefs = (replace(first, line="They came on on Monday.", article_version=2), *rest)
    return replace(
        before,
        **{
            "bulletin": replace(before.bulletin, briefs=briefs),
            "subject": "Corrected",
            "revision": before.revision + 1,
            "corrections": (*before.corrections, correction(before.revision + 1)),
            **changes,
        },
    )


def articles(store: Store, count: int = 3) -> None:
    """The articles of the sample edition's stories."""
    store.articles.save([article(number) for number in range(1, count + 1)])


def new_version(store: Store, number: int) -> None:
    """Another version of a story's article."""
    known = store.articles.get([article(number).url])[article(number).url]
    store.articles.save([replace(known, hash=f"{known.hash}+")])


def outdated(store: Store, days: int = 2) -> list[int]:
    """The editions of the last days that wait for a correction."""
    return store.editions.outdated(NOW - days * DAY)


def test_a_revision_is_saved_whole(store: Store) -> None:
    """Words, corrections, state and emails of the next revision; those of the old one stay."""
    saved = released(store, post(0), post(1))
    first, second = store.posts.of_edition(saved.id)
    saved = store.editions.by_id(saved.id) or saved
    after = next_revision(saved)
    words = replace(first, text="They came on on Monday", length=22, revision=2)
    gone = replace(second, state=PostState.EXPIRED, because="withdrawn: gone", revision=2)
    assert store.editions.revise(saved, after, [email(), email("b")], [words, gone])
    assert store.editions.by_id(saved.id) == after
    assert store.editions.emails(saved.id, 2) == [email(), email("b")]
    assert store.editions.emails(saved.id, 1) == [email(), email("a")]
    assert store.posts.of_edition(saved.id) == [words, gone]


def test_a_revision_needs_the_state_and_revision_it_was_made_from(store: Store) -> None:
    """Whoever comes second changes nothing, neither do those who missed a hold."""
    saved = added(store)
    after = next_revision(saved)
    assert store.editions.revise(saved, after, [email()], [])
    assert not store.editions.revise(saved, replace(after, subject="Again"), [email()], [])
    store.editions.change_state(saved.id, [EditionState.DRAFT], EditionState.HELD, "by editor")
    assert not store.editions.revise(after, next_revision(after), [email()], [])
    found = store.editions.by_id(saved.id)
    assert found == replace(after, state=EditionState.HELD, because="by editor")
    assert store.editions.emails(saved.id, 3) == []


def test_of_many_revisions_at_once_one_is_saved(
    store: SqlStore, another: Callable[[], SqlStore]
) -> None:
    """Two processes that see the same correction make one revision of it."""
    saved = added(store)
    stores = [store.editions, another().editions] * 2
    with ThreadPoolExecutor(len(stores)) as threads:
        done = list(
            threads.map(lambda s: s.revise(saved, next_revision(saved), [email()], []), stores)
        )
    assert sorted(done) == [False, False, False, True]
    assert store.editions.emails(saved.id, 2) == [email()]


def test_a_failed_revision_leaves_nothing(store: Store) -> None:
    """When one of its emails cannot be saved, no word of it is."""
    saved = added(store)
    impossible = replace(email(), html=None)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError):
        store.editions.revise(saved, next_revision(saved), [email("b"), impossible], [])
    assert store.editions.by_id(saved.id) == saved
    assert store.editions.emails(saved.id, 2) == []


def test_a_release_needs_the_newest_revision(store: Store) -> None:
    """What was read before a revision cannot be released any more."""
    saved = added(store)
    after = next_revision(saved)
    store.editions.revise(saved, after, [email()], [])
    assert not store.editions.release(saved, "", NOW, AppealPlan(), [post(0)])
    assert store.editions.release(after, "", NOW, AppealPlan(), [post(0)])


def test_editions_with_older_versions_are_outdated(store: Store) -> None:
    """From the moment a version is saved until a revision notes it; drafts and old ones are not."""
    articles(store)
    saved = released(store)
    added(store, slug="draft", local_time=time(12))
    assert outdated(store) == []
    new_version(store, 1)
    assert outdated(store) == [saved.id]
    assert store.editions.outdated(NOW + DAY) == []
    saved = store.editions.by_id(saved.id) or saved
    noted = replace(next_revision(saved), revision=1, subject=saved.subject, corrections=())
    assert store.editions.revise(saved, noted, [], [])
    assert outdated(store) == []
    new_version(store, 2)
    assert outdated(store) == [saved.id]


@pytest.mark.parametrize("state", list(EditionState))
def test_only_editions_that_readers_see_are_outdated(store: Store, state: EditionState) -> None:
    """What was killed needs no correction; what is held or done does."""
    articles(store)
    saved = released(store)
    new_version(store, 1)
    store.editions.change_state(saved.id, list(EditionState), state, "test")
    public = (EditionState.RELEASED, EditionState.DONE, EditionState.HELD)
    assert outdated(store) == ([saved.id] if state in public else [])


def test_a_pulled_story_is_followed_no_more(store: Store) -> None:
    """But it counts as used still."""
    articles(store)
    saved = released(store)
    saved = store.editions.by_id(saved.id) or saved
    rest = replace(saved.bulletin, briefs=saved.bulletin.briefs[1:])
    after = next_revision(saved, bulletin=rest, told=1)
    store.editions.revise(saved, after, [email()], [])
    store.editions.tell(saved.id, 1, 2)
    new_version(store, 1)
    assert outdated(store) == []
    assert brief(1).url in store.editions.used_urls("morning", NOW)


def test_editors_are_told_of_a_revision_once(store: Store) -> None:
    """An edition that they do not know the newest revision of is listed until one process tells."""
    saved = added(store)
    store.editions.revise(saved, next_revision(saved), [email()], [])
    assert outdated(store) == [saved.id]
    assert store.editions.tell(saved.id, 1, 2)
    assert not store.editions.tell(saved.id, 1, 2)
    assert outdated(store) == []
    found = store.editions.by_id(saved.id)
    assert found is not None and found.told == 2


def test_looking_is_noted(store: Store) -> None:
    """When the pages of the stories of several editions were looked at again."""
    one, two = added(store), added(store, slug="two", local_time=time(12))
    store.editions.looked([one.id, two.id], NOW)
    store.editions.looked([], NOW + DAY)
    assert {e.looked_at for e in store.editions.recent(None, 5)} == {NOW}


def test_editions_that_use_a_story(store: Store) -> None:
    """Released with it, also if it was pulled since, or waiting with it; newest first."""
    articles(store)
    old = released(store)
    old = store.editions.by_id(old.id) or old
    rest = replace(old.bulletin, briefs=old.bulletin.briefs[1:])
    store.editions.revise(old, next_revision(old, bulletin=rest), [email()], [])
    draft = added(store, slug="draft", local_time=time(12), due_at=NOW + DAY)
    added(store, slug="other", local_time=time(13), bulletin=bulletin(0))
    killed = added(store, slug="killed", local_time=time(14))
    store.editions.change_state(killed.id, [EditionState.DRAFT], EditionState.KILLED, "")
    assert [e.slug for e in store.editions.using(brief(1).url)] == [draft.slug, old.slug]
    assert store.editions.using("https://sample.example/none") == []


def look(revision: int = 1, name: str = "size.large") -> Preflight:
    """What was found before a release."""
    finding = Finding(name=name, weight=Weight.WARN, because="it has 81,000 bytes")
    return Preflight(revision=revision, at=NOW, findings=(finding,))


def test_what_was_found_before_the_release_is_kept(store: Store) -> None:
    """The last look counts, but an older revision's never takes a newer one's place."""
    saved = added(store)
    assert saved.preflight is None
    store.editions.look_over(saved.id, look())
    again = replace(look(), at=NOW + DAY)
    store.editions.look_over(saved.id, again)
    assert (store.editions.by_id(saved.id) or saved).preflight == again
    store.editions.look_over(saved.id, look(revision=2, name="links.broken"))
    store.editions.look_over(saved.id, look())
    found = store.editions.by_id(saved.id)
    assert found is not None and found.preflight == look(revision=2, name="links.broken")


def test_overrides_add_up(store: SqlStore, another: Callable[[], SqlStore]) -> None:
    """Each is kept with who, when and why, also of two editors at the same moment."""
    saved = added(store)
    words = [
        Override(name=f"rule.{n}", who=f"editor {n}", at=NOW, because="it is meant so")
        for n in range(6)
    ]
    stores = [store.editions, another().editions] * 3
    with ThreadPoolExecutor(len(stores)) as threads:
        pairs = zip(stores, words, strict=True)
        list(threads.map(lambda pair: pair[0].override(saved.id, [pair[1]]), pairs))
    found = store.editions.by_id(saved.id)
    assert found is not None
    assert sorted(found.overrides, key=lambda one: one.name) == words


def test_a_link_that_is_out_leads_where_the_newest_revision_says(store: Store) -> None:
    """The same name leads to the new address, and of a wording that is gone still to the old."""
    saved = added(store)
    moved = replace(email("a"), link=Link(name="a", target="https://give.example/new"))
    store.editions.revise(saved, next_revision(saved), [email(), moved], [])
    assert [one.link for one in store.editions.emails(saved.id, 2)] == [None, moved.link]
    assert [one.link for one in store.editions.emails(saved.id, 1)] == [None, moved.link]
