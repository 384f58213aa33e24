"""What the store suites put into a store before they begin."""

from datetime import timedelta
from typing import Any

from digest.model.account import Network
from digest.model.appeal import AppealPlan, Link
from digest.model.audience import SubscriptionState
from digest.model.delivery import DeliveryState, Intent, Settled
from digest.model.edition import Blank, Edition, Email, Letter
from digest.model.post import Post
from digest.ports import Store
from tests.builders import NOW, edition

MINUTE = timedelta(minutes=1)


def email(variant: str = "") -> Email:
    """A compiled email."""
    return Email(
        variant=variant,
        subject="Lights",
        html="<p>é</p>",
        text="é",
        nonce="DGx",
        letter=Letter(
            pieces=(b"Subject: Lights\r\n", b"", b"\r\n\x00=C3=A9", b""),
            blanks=(Blank(piece=3, value="address", html=True),),
        ),
        hash="0" * 64,
        link=Link(name=variant, target=f"https://give.example/{variant}") if variant else None,
    )


def post(part: int = 0, **changes: Any) -> Post:
    """A post for the paper's account on X, due at once."""
    return Post(
        **{
            "edition_id": 0,
            "account_id": "x-main",
            "network": Network.X,
            "part": part,
            "story_url": f"https://sample.example/news/story-{part}/",
            "text": f"Harbour lights number {part} are back on",
            "link": "https://sample.example/editions/morning",
            "link_title": "Lights",
            "link_summary": "They are back on",
            "length": 38,
            "created": NOW,
            "due_at": NOW,
            "expires_at": NOW + timedelta(hours=6),
            "key": f"key-{part}",
            **changes,
        }
    )


def added(store: Store, **changes: Any) -> Edition:
    """A draft with two emails, saved."""
    saved = store.editions.add(edition(**changes), [email(), email("a")])
    assert saved is not None
    return saved


def released(store: Store, *posts: Post, **changes: Any) -> Edition:
    """An edition released to whoever is confirmed."""
    saved = added(store, **changes)
    assert store.editions.release(saved, "by rule", NOW, AppealPlan(), posts)
    return saved


def readers(store: Store, count: int, *, supporters: int = 0) -> list[int]:
    """Ids of confirmed subscribers of the morning newsletter, the first of them supporters."""
    ids = []
    for number in range(count):
        address = f"reader{number}@reader.example"
        person = store.subscribers.add(address, "", number < supporters, NOW)
        store.subscribers.subscribe(
            person.id, "morning", SubscriptionState.CONFIRMED, "signed up", NOW
        )
        ids.append(person.id)
    return ids


def unsubscribe(store: Store, subscriber_id: int) -> None:
    """One click."""
    gone = SubscriptionState.UNSUBSCRIBED
    store.subscribers.subscribe(subscriber_id, "morning", gone, "one click", NOW)


def submitted(store: Store, edition_id: int) -> None:
    """Every queued delivery of the edition becomes submitted."""
    while chunk := store.deliveries.claim(edition_id, "w", NOW, NOW + MINUTE):
        found = [Intent(delivery=d, chunk=chunk) for d in store.deliveries.take(chunk, NOW)]
        done = [
            Settled(
                edition_id=edition_id,
                subscriber_id=one.subscriber_id,
                attempt=one.attempt,
                state=DeliveryState.SUBMITTED,
                submitted_at=NOW,
            )
            for one in store.deliveries.settle([], found)
        ]
        store.deliveries.settle(done, [])
        store.deliveries.give_back(chunk)
