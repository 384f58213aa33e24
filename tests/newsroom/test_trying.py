"""Test messages: the same bytes, nobody's links, and no trace in the counts."""

import re

import pytest

from digest.errors import UsageError
from digest.newsroom import trying
from digest.newsroom.letters import letters
from tests import house as houses
from tests import mail


async def test_a_test_message_is_the_message_without_a_reader() -> None:
    """In each wording; bodies differ from a reader's only where readers differ."""
    mailer = houses.KeepingMailer()
    house = houses.with_readers(houses.house(mailer=mailer), 1)
    edition = mail.edition()
    saved = house.store.editions.add(edition, mail.emails(edition))
    assert saved is not None
    found = await trying.send(house, saved.slug, ["Desk@Sample.example"])
    assert [(one.variant, one.ok) for one in found] == [("a", True), ("b", True)]
    assert house.store.deliveries.counts(saved.id).total == 0
    raw = mailer.kept[0].content
    assert b"X-Digest-Test: yes" in raw and b"To: Desk@sample.example" in raw
    assert b"/unsubscribe/" not in raw and b"/manage/" not in raw
    reader = house.store.subscribers.get("reader1@reader.example")
    assert reader is not None
    own = letters(house, saved).message(reader, "a").content
    assert _without(raw, b"Desk@sample.example") == _without(own, reader.address.encode())


def _without(raw: bytes, address: bytes) -> bytes:
    """The body without what differs between readers, unfolded."""
    body = raw.partition(b"\r\n\r\n")[2].replace(b"=\r\n", b"").replace(address, b"")
    return re.sub(rb"/(?:manage|unsubscribe)(?:/[0-9a-f]+)?", b"", body)


@pytest.mark.parametrize(
    ("to", "why"), [(["nobody"], "exactly one @"), (["a@b.example"] * 21, "are no test")]
)
async def test_what_is_no_test_is_refused(to: list[str], why: str) -> None:
    """Before anything is sent."""
    house = houses.house()
    edition = mail.edition()
    house.store.editions.add(edition, mail.emails(edition))
    with pytest.raises(UsageError, match=why):
        await trying.send(house, edition.slug, to)
