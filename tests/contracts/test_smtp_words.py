"""What the SMTP client says and understands, and how fast it goes."""

import smtplib
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.adapters.smtp.message import address_problem, body
from digest.adapters.smtp.pace import BURST, Pace
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
    if not address_problem(message(1, address=text)):
        assert text.isascii() and text.isprintable()
        assert not set(text) & set("<> \r\n")


@given(
    st.floats(0.5, 5_000),
    st.lists(st.floats(0, 0.5), min_size=1, max_size=200),
    st.integers(1, 50),
)
def test_no_window_holds_more_than_the_rate(rate: float, steps: list[float], eager: int) -> None:
    """Asked as often as one likes, in bursts or after pauses."""
    pace, now, sent = Pace(rate), 1_000.0, []
    for step in steps:
        now += step
        for _ in range(eager):
            if pace.wait(now) == 0.0:
                sent.append(now)
    for first in range(len(sent)):
        for last in range(first, len(sent)):
            most = rate * (sent[last] - sent[first] + BURST) + 1
            assert last - first + 1 <= most + 1e-6


@given(st.floats(1, 1_000))
def test_the_rate_is_reached(rate: float) -> None:
    """Whoever waits as told sends at the rate."""
    pace, now = Pace(rate), 50.0
    for _ in range(100):
        while wait := pace.wait(now):
            now += wait
    assert now - 50.0 <= 100 / rate + 1e-6


def test_no_rate_means_no_waiting() -> None:
    """0 is as fast as the relay takes them."""
    pace = Pace(0)
    assert [pace.wait(0.0) for _ in range(1_000)] == [0.0] * 1_000
