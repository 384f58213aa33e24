"""The mailboxes' contract over IMAP and POP3: nothing goes that was not taken."""

import socket
from collections.abc import Sequence

import pytest

from digest.adapters import mailbox
from digest.adapters.mailbox import MOST_BYTES, Mailboxes
from digest.errors import TryAgainLater
from digest.model.mail import Inbox
from digest.model.secret import Secret
from tests.mailbox_server import Box

LETTERS = {
    "11": b"Subject: one\r\n\r\nA.\r\n",
    "12": b"Subject: two\r\n\r\n.dot\r\n",
    "15": b"x\r\n",
}

kinds = pytest.mark.parametrize("kind", ["imap", "pop3"])


def inbox(box: Box, password: str = "right") -> Inbox:
    """To read it."""
    return Inbox(address=box.address, user="bounces", password=Secret(password))


def nobody(names: Sequence[str]) -> set[str]:
    """No letter is known."""
    return set()


class Reader:
    """Takes what it is told to, and keeps what it saw."""

    def __init__(self, takes: bool = True, fails_at: int = 0) -> None:
        self.seen: dict[str, bytes] = {}
        self.takes = takes
        self.fails_at = fails_at

    async def __call__(self, name: str, content: bytes) -> bool:
        """One letter."""
        if self.fails_at and len(self.seen) + 1 == self.fails_at:
            raise RuntimeError("the database is gone")
        self.seen[name] = content
        return self.takes


@kinds
async def test_what_is_taken_goes_and_the_rest_stays(kind: str) -> None:
    """Letters come whole; those not understood stay, and are known the next time."""
    with Box(kind, LETTERS) as box:
        reader = Reader(takes=False)
        assert await Mailboxes(timeout=5).read(inbox(box), nobody, reader) == 3
        assert [c.split()[-1] for c in reader.seen.values()][:2] == [b"A.", b".dot"]
        assert box.letters == LETTERS
        first, *known = reader.seen
        again = Reader()
        count = await Mailboxes(timeout=5).read(inbox(box), lambda names: set(known), again)
        assert count == 1 and list(again.seen) == [first]
        assert list(box.letters) == ["12", "15"]


@kinds
async def test_a_reader_that_fails_keeps_its_letter(kind: str) -> None:
    """What was taken before may go; the one at which it failed does not."""
    with Box(kind, LETTERS) as box:
        with pytest.raises(RuntimeError, match="the database is gone"):
            await Mailboxes(timeout=5).read(inbox(box), nobody, Reader(fails_at=2))
        assert "12" in box.letters and "15" in box.letters


@kinds
@pytest.mark.parametrize("at", ["first", "fetch", "delete", "goodbye"])
async def test_a_line_that_goes_dead_loses_nothing(kind: str, at: str) -> None:
    """Whatever was not deleted is there still; the sentence says that it is tried again."""
    words = {
        "imap": {"first": "LOGIN", "fetch": "FETCH", "delete": "STORE", "goodbye": "EXPUNGE"},
        "pop3": {"first": "USER", "fetch": "RETR", "delete": "DELE", "goodbye": "QUIT"},
    }
    with Box(kind, LETTERS, drop=words[kind][at]) as box:
        reader = Reader()
        with pytest.raises(TryAgainLater, match="nothing in it was lost"):
            await Mailboxes(timeout=5).read(inbox(box), nobody, reader)
        assert box.letters == LETTERS


@kinds
async def test_those_that_stay_keep_no_other_from_being_read(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many old letters nobody understood, the new ones come; lists are asked in parts."""
    monkeypatch.setattr(mailbox, "LISTED", 2)
    many = {str(n): b"x\r\n" for n in range(1, 8)}
    with Box(kind, many) as box:
        first = Reader(takes=False)
        boxes = Mailboxes(timeout=5, most=5)
        assert await boxes.read(inbox(box), nobody, first) == 5
        rest = Reader()
        assert await boxes.read(inbox(box), lambda names: set(first.seen), rest) == 2
        assert len(box.letters) == 5


async def test_a_long_line_is_no_end() -> None:
    """One letter with an endless line does not keep those behind it from being read."""
    with Box("pop3", {"1": b"y" * 300_000 + b"\r\n", "2": b"Subject: two\r\n"}) as box:
        reader = Reader()
        assert await Mailboxes(timeout=5).read(inbox(box), nobody, reader) == 2


async def test_without_uidplus_the_folder_is_expunged() -> None:
    """An older server deletes what is marked."""
    with Box("imap", LETTERS, uidplus=False) as box:
        await Mailboxes(timeout=5).read(inbox(box), nobody, Reader())
        assert box.letters == {}


@kinds
async def test_a_huge_letter_is_cut(kind: str) -> None:
    """Reports are small; nobody fills our memory."""
    with Box(kind, {"1": b"Subject: x\r\n\r\n" + b"y" * 70 + b"\r\n" * (MOST_BYTES // 2)}) as box:
        reader = Reader()
        await Mailboxes(timeout=5).read(inbox(box), nobody, reader)
        assert len(reader.seen.popitem()[1]) <= MOST_BYTES


@kinds
async def test_a_wrong_password_is_told(kind: str) -> None:
    """With the server's word, and without the password."""
    with Box(kind, LETTERS) as box:
        with pytest.raises(TryAgainLater, match=r"(?i)invalid credentials") as told:
            await Mailboxes(timeout=5).read(inbox(box, "wrong"), nobody, Reader())
        assert "wrong" not in str(told.value)


async def test_a_password_goes_nowhere_in_the_clear() -> None:
    """Without TLS only to this machine."""
    away = Inbox(address="imap://mail.example:143/INBOX", user="u", password=Secret("p"))
    with pytest.raises(TryAgainLater, match="only sent over TLS"):
        await Mailboxes(timeout=5).read(away, nobody, Reader())


async def test_a_server_that_is_silent_is_left() -> None:
    """The time-out holds from the first byte on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        box = Inbox(address=f"imap://127.0.0.1:{port}/INBOX", user="u", password=Secret("p"))
        with pytest.raises(TryAgainLater, match="could not be read"):
            await Mailboxes(timeout=0.3).read(box, nobody, Reader())
