"""Pins and bars, on every store."""

from collections.abc import Callable
from datetime import timedelta

from digest.model.news import Ruling, RulingKind
from digest.store import SqlStore
from tests.builders import NOW

EPOCH = NOW - timedelta(days=400)


def ruling(number: int = 1, **changes: object) -> Ruling:
    """A pin of the numbered story."""
    fields: dict[str, object] = {
        "newsletter_id": "morning",
        "url": f"https://sample.example/news/story-{number}/",
        "kind": RulingKind.PIN,
        "who": "Effie",
        "at": NOW,
    }
    return Ruling(**(fields | changes))  # type: ignore[arg-type]


def test_rulings_come_back_with_every_field_in_their_order(store: SqlStore) -> None:
    """Also those of one call, and whatever their addresses are."""
    made = [
        ruling(3),
        ruling(1, kind=RulingKind.BAR, because="sub judice"),
        ruling(2, at=NOW - timedelta(hours=1)),
    ]
    store.rulings.put(made[:2])
    store.rulings.put(made[2:])
    assert store.rulings.of("morning", EPOCH) == made


def test_a_later_ruling_about_the_same_article_replaces_the_earlier(store: SqlStore) -> None:
    """It takes its own place, at the end."""
    store.rulings.put([ruling(1), ruling(2)])
    again = ruling(1, kind=RulingKind.BAR, because="withdrawn by the agency", who="Ailsa")
    store.rulings.put([again])
    assert store.rulings.of("morning", EPOCH) == [ruling(2), again]


def test_each_newsletter_has_its_own(store: SqlStore) -> None:
    """What is barred from one may be pinned in the other."""
    bar = ruling(1, kind=RulingKind.BAR)
    store.rulings.put([bar, ruling(1, newsletter_id="evening")])
    assert store.rulings.of("morning", EPOCH) == [bar]
    assert store.rulings.lift("evening", bar.url)
    assert store.rulings.of("morning", EPOCH) == [bar]


def test_a_ruling_is_lifted_once(store: SqlStore) -> None:
    """The second time there is none."""
    store.rulings.put([ruling(1), ruling(2)])
    assert store.rulings.lift("morning", ruling(1).url)
    assert not store.rulings.lift("morning", ruling(1).url)
    assert store.rulings.of("morning", EPOCH) == [ruling(2)]


def test_older_ones_are_not_asked_for(store: SqlStore) -> None:
    """Those made at the instant are."""
    old = ruling(1, at=NOW - timedelta(days=31))
    store.rulings.put([old, ruling(2)])
    assert store.rulings.of("morning", NOW) == [ruling(2)]
    assert store.rulings.of("morning", old.at) == [old, ruling(2)]


def test_nothing_is_put(store: SqlStore) -> None:
    """An empty list is no error."""
    store.rulings.put([])
    assert store.rulings.of("morning", EPOCH) == []


def test_another_process_sees_them(store: SqlStore, another: Callable[[], SqlStore]) -> None:
    """They are in the database, not in the program."""
    store.rulings.put([ruling(1)])
    assert another().rulings.of("morning", EPOCH) == [ruling(1)]
