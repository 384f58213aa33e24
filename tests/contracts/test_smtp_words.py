"""What the SMTP client says and understands."""

import smtplib
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.adapters.smtp.message import address_problem, body
from digest.adapters.smtp.replies import Garbled, Reply, ReplyReader, extensions
from tests.fakes_delivery import message

words = st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126), max_size=30)
replies = st.builds(
    Reply, st.integers(200, 599), st.lists(words, min_size=1, max_size=4).map(tuple)
)


def spoken(reply: Reply, end: bytes = b"\r\n") -> bytes:
    """As it goes over the wire."""
    last = len(reply.lines) - 1
    return b"".join(
        f"{reply.code}{' ' if n == last else '-'}{line}".encode() + end
        for n, line in enumerate(reply.lines)
    )


@given(st.lists(replies, max_size=6), st.lists(st.integers(1, 9), max_size=80), st.booleans())
def test_replies_are_put_together_however_they_are_cut(
    said: list[Reply], cuts: list[int], bare: bool
) -> None:
    """Every cut of the bytes gives the same replies."""
    data = b"".join(spoken(reply, b"\n" if bare else b"\r\n") for reply in said)
    reader, heard, sizes = ReplyReader(), [], deque(cuts)
    while data:
        size = sizes.popleft() if sizes else len(data)
        heard += reader.feed(data[:size])
        data = data[size:]
    assert heard == said
    assert reader.empty


@given(st.binary(max_size=60))
def test_noise_is_a_reply_or_garbled(data: bytes) -> None:
    """Whatever comes, nothing else is raised."""
    reader = ReplyReader()
    try:
        for reply in reader.feed(data):
            assert 0 <= reply.code <= 999
            assert reply.text.isprintable()
    except Garbled as problem:
        assert str(problem)


def test_good_replies_before_noise_count() -> None:
    """The 250 that came before a mess is not lost."""
    reader, heard = ReplyReader(), []
    with pytest.raises(Garbled):
        heard.extend(reader.feed(b"250 ok\r\n"))
        for reply in reader.feed(b"250 ok\r\nHTTP/1.1 400\r\n"):
            heard.append(reply)
    assert [r.code for r in heard] == [250, 250]


@pytest.mark.parametrize("data", [b"2" * 10_000, b"250-more\r\n" * 300])
def test_a_reply_without_end_is_garbled(data: bytes) -> None:
    """No relay can fill our memory."""
    with pytest.raises(Garbled):
        list(ReplyReader().feed(data))


def test_extensions_are_read_in_any_case() -> None:
    """Also the old form AUTH=PLAIN."""
    offers = extensions(Reply(250, ("sink", "pipelining", "AUTH=LOGIN", "auth plain login")))
    assert offers == {"PIPELINING": "", "AUTH": "LOGIN PLAIN LOGIN"}


@given(st.lists(st.sampled_from(["", ".", "..", ".x", "x.", "x"]), max_size=8))
def test_dots_are_stuffed_as_smtplib_does(lines: list[str]) -> None:
    """The standard library is the oracle, and the end is a lone dot."""
    content = "".join(f"{line}\r\n" for line in lines).encode()
    assert body(content) == smtplib._quote_periods(content or b"\r\n") + b".\r\n"  # type: ignore[attr-defined]


@given(st.binary(max_size=200))
def test_no_content_can_end_itself(content: bytes) -> None:
    """Only the very end reads as an end, for readers that want CRLF and those that take LF."""
    wire = b"\r\n" + body(content)
    for end in (b"\r\n.\r\n", b"\n.\n", b"\n.\r\n"):
        found = wire.find(end)
        assert found == -1 or found >= len(wire) - 5


@given(st.text(max_size=30))
def test_only_plain_addresses_are_spoken(text: str) -> None:
    """Anything with a blank, a control, a bracket or a letter outside ASCII is refused here."""
    if not address_problem(message(1, address=text), international=False):
        assert text.isascii() and text.isprintable()
        assert not set(text) & set("<> \r\n")


@given(st.text(max_size=30))
def test_international_addresses_smuggle_nothing_either(text: str) -> None:
    """Under SMTPUTF8 letters of any script may stand before the @, blanks and controls never."""
    if not address_problem(message(1, address=text), international=True):
        assert not any(c.isspace() or c in "<>" or ord(c) < 33 for c in text)
        assert text.rpartition("@")[2].isascii()


def test_an_international_address_needs_a_relay_that_takes_it() -> None:
    """The sentence names the extension that is missing."""
    one = message(1, address="søren@reader.example")
    assert address_problem(one, international=True) == ""
    assert "SMTPUTF8" in address_problem(one, international=False)
