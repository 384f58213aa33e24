"""Mails to the unsubscribe mailbox."""

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.deliver import tokens
from digest.model.audience import SubscriptionState
from digest.newsroom import leaving, subscribing
from digest.newsroom.house import House
from tests import house as houses


def token(house: House) -> str:
    """The only reader's."""
    reader = house.store.subscribers.get("reader1@reader.example")
    assert reader is not None
    return tokens.reader_token(subscribing.secret(house), "morning", reader.id)


def gone(house: House) -> bool:
    """Whether the reader has left."""
    reader = house.store.subscribers.get("reader1@reader.example")
    assert reader is not None
    (found,) = house.store.subscribers.subscriptions(reader.id)
    return found.state is SubscriptionState.UNSUBSCRIBED


def test_a_genuine_mail_unsubscribes() -> None:
    """By the token in its subject; again, it changes nothing."""
    house = houses.with_readers(houses.house(), 1)
    raw = f"From: r@reader.example\r\nSubject: unsubscribe {token(house)}\r\n\r\n".encode()
    assert leaving.leave(house, "1.eml", raw).because == "left News in 60 seconds"
    assert gone(house) and leaving.leave(house, "1.eml", raw).left


def test_an_answering_machine_does_not() -> None:
    """It repeats the subject without anybody having asked."""
    house = houses.with_readers(houses.house(), 1)
    raw = f"Auto-Submitted: auto-replied\r\nSubject: unsubscribe {token(house)}\r\n\r\n".encode()
    assert not leaving.leave(house, "1.eml", raw).left and not gone(house)


@settings(max_examples=60)
@given(st.binary(max_size=300), st.text("0123456789abcdef", min_size=30, max_size=60))
def test_nothing_else_does(noise: bytes, forged: str) -> None:
    """Neither noise nor a token of somebody else's making."""
    house = HOUSE
    for raw in (noise, f"Subject: unsubscribe {forged}\n\n".encode()):
        assert not leaving.leave(house, "-", raw).left
    assert not gone(house)


HOUSE = houses.with_readers(houses.house(), 1)
