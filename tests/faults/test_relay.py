"""Relays that refuse, fall silent, leave in the middle, or lie: each message has its one end."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from digest.adapters.smtp import SmtpMailer
from digest.model.delivery import Message, Phase
from tests import builders
from tests.fakes_delivery import ListFlight, message
from tests.smtp_sink import Sink

PIPELINING = pytest.mark.parametrize("pipelining", [True, False], ids=["pipelined", "stepwise"])


def mailer(sink: Sink, **changes: Any) -> SmtpMailer:
    """The client, with little patience."""
    grace = changes.pop("grace", 5.0)
    mail = builders.mail(
        relay=f"smtp://127.0.0.1:{sink.port}",
        **{"connections": 1, "timeout": timedelta(seconds=5), **changes},
    )
    return SmtpMailer(mail, grace=grace)


def letters(count: int, **changes: Any) -> list[Message]:
    """To reader 1 to N."""
    return [message(n, **changes) for n in range(1, count + 1)]


def reader(number: int) -> str:
    """Its address."""
    return f"reader{number}@reader.example"


async def pumped(sink: Sink, messages: Sequence[Message], **changes: Any) -> ListFlight:
    """All of it, through a flight that watches over the order of grant and arrival."""
    flight = ListFlight(messages)
    sink.on_taken = flight.taken_whole
    await mailer(sink, **changes).pump(flight)
    flight.check()
    assert len(sink.taken) == len(set(sink.taken)), "somebody got two"
    return flight


@PIPELINING
@pytest.mark.parametrize("at", ["rcpt", "data", "dot"])
@pytest.mark.parametrize("code", [450, 550])
async def test_a_refusal_is_one_messages_outcome_only(pipelining: bool, at: str, code: int) -> None:
    """At every step, first, in the middle and last; the others go through on the connection."""
    refused = {reader(n): [f"{at} {code} 4.2.0 no"] for n in (1, 4, 5, 8)}
    async with Sink(refused, pipelining=pipelining) as sink:
        flight = await pumped(sink, letters(8))
    assert flight.codes() == {n: code if n in (1, 4, 5, 8) else 250 for n in range(1, 9)}
    assert flight.results[4].text == "4.2.0 no"
    assert sink.connections == 1
    assert sorted(sink.taken) == [reader(n) for n in (2, 3, 6, 7)]


async def test_a_message_for_nobody_is_closed_with_a_lone_dot() -> None:
    """When the relay wants a body although it refused every recipient (RFC 2920)."""
    async with Sink({reader(2): ["rcpt 550 5.1.1 unknown"]}, lenient=True) as sink:
        flight = await pumped(sink, letters(4))
    assert flight.codes() == {1: 250, 2: 550, 3: 250, 4: 250}
    assert (sink.connections, len(sink.taken)) == (1, 3)


@PIPELINING
async def test_a_lost_250_leaves_exactly_that_message_in_doubt(pipelining: bool) -> None:
    """The relay has it, we cannot know; the successor's envelope is handed over elsewhere."""
    async with Sink({reader(3): ["drop dot"]}, pipelining=pipelining) as sink:
        flight = await pumped(sink, letters(6))
    assert flight.phases() == {Phase.AFTER_BODY: 1, Phase.ANSWERED: 5}
    assert flight.results[3].phase is Phase.AFTER_BODY
    assert len(sink.taken) == 6


@PIPELINING
@pytest.mark.parametrize("at", ["rcpt", "data"])
async def test_a_connection_lost_before_the_body_loses_nothing(pipelining: bool, at: str) -> None:
    """The message takes another connection and arrives once."""
    async with Sink({reader(3): [f"drop {at}"] * 2}, pipelining=pipelining) as sink:
        flight = await pumped(sink, letters(6))
    assert flight.codes() == dict.fromkeys(range(1, 7), 250)
    assert sink.connections == 3


async def test_a_message_that_kills_connections_is_put_off() -> None:
    """After three it counts as a 451, and the others still go through."""
    async with Sink({reader(2): ["drop rcpt"] * 9}) as sink:
        flight = await pumped(sink, letters(5))
    assert flight.codes() == {1: 250, 2: 451, 3: 250, 4: 250, 5: 250}
    assert "3 connections ended" in flight.results[2].text


async def test_a_relay_that_always_leaves_ends_the_pump() -> None:
    """It is not asked once more for each message; what was not begun is left with a reason."""
    script = {reader(n): ["drop rcpt"] * 9 for n in range(1, 31)}
    async with Sink(script) as sink:
        flight = await pumped(sink, letters(30))
    assert sink.connections < 8
    assert len(flight.results) < 6
    assert not flight.granted


@pytest.mark.parametrize("size", [200, 8_000_000])
async def test_leaving_after_the_go_ahead_is_doubt_only_if_the_end_went_out(size: int) -> None:
    """A body larger than every buffer on the way cannot have arrived whole: it is queued again."""
    content = b"Subject: x\r\n\r\n" + b"All work and no play.\r\n" * (size // 22)
    async with Sink({reader(1): ["drop 354"]}) as sink:
        flight = await pumped(sink, letters(1, content=content))
    expected = Phase.AFTER_BODY if size < 1_000 else Phase.BEFORE_BODY
    assert flight.results[1].phase is expected
    assert not sink.taken


async def test_goodbye_421_moves_the_rest_to_a_new_connection() -> None:
    """A relay that takes three messages a connection gets them all, on several connections."""
    async with Sink(goodbye_after=3) as sink:
        flight = await pumped(sink, letters(10))
    assert flight.codes() == dict.fromkeys(range(1, 11), 250)
    assert sink.connections == 4


async def test_421_in_answer_to_a_message_is_its_answer() -> None:
    """The relay did not take it, and says so."""
    async with Sink({reader(2): ["dot 421 4.3.2 going down"]}) as sink:
        flight = await pumped(sink, letters(4))
    assert flight.codes() == {1: 250, 2: 421, 3: 250, 4: 250}


async def test_silence_after_the_dot_is_doubt() -> None:
    """Patience ends; nobody guesses."""
    async with Sink({reader(2): ["hang dot"]}) as sink:
        flight = await pumped(sink, letters(3), timeout=timedelta(seconds=0.05))
    assert flight.results[2].phase is Phase.AFTER_BODY
    assert "did not answer to the message within 0.25 s" in flight.results[2].text
    assert flight.codes() == {1: 250, 2: 0, 3: 250}


@PIPELINING
async def test_silence_before_the_body_loses_nothing(pipelining: bool) -> None:
    """The message is tried on another connection."""
    async with Sink({reader(2): ["hang rcpt"]}, pipelining=pipelining) as sink:
        flight = await pumped(sink, letters(3), timeout=timedelta(seconds=0.1))
    assert flight.codes() == {1: 250, 2: 250, 3: 250}


async def test_false_pipelining_is_given_up() -> None:
    """A relay that announces it and gets lost in it is spoken to step by step from then on."""
    async with Sink(honest=False) as sink:
        client = mailer(sink)
        flight = ListFlight(letters(5))
        await client.pump(flight)
        assert flight.codes() == dict.fromkeys(range(1, 6), 250)
        connections = sink.connections
        await client.pump(ListFlight(letters(2)))
    assert (connections, sink.connections) == (2, 3)


@pytest.mark.parametrize("greeting", ["554 5.3.2 closed", "421 4.3.2 later", "hello"])
async def test_a_relay_that_does_not_take_us_in_is_left_alone(greeting: str) -> None:
    """The messages keep their place, with a sentence; nothing is raised."""
    async with Sink(greeting=greeting) as sink:
        flight = ListFlight(letters(20))
        await mailer(sink, connections=3).pump(flight)
    assert not flight.granted
    assert {r.phase for r in flight.results.values()} == {Phase.BEFORE_BODY}
    assert f"127.0.0.1:{sink.port}" in next(iter(flight.results.values())).text
    assert len(flight.taken) <= 3


async def test_a_closed_port_is_a_sentence() -> None:
    """Nobody listens: nothing raised, nothing granted."""
    async with Sink() as sink:
        pass
    flight = ListFlight(letters(4))
    await mailer(sink, connections=2).pump(flight)
    assert not flight.granted
    assert "cannot be reached" in flight.results[1].text


async def test_a_silent_relay_is_a_sentence() -> None:
    """A greeting that does not come in time."""

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        mail = builders.mail(relay=f"smtp://127.0.0.1:{port}", timeout=timedelta(seconds=0.05))
        flight = ListFlight(letters(1))
        await SmtpMailer(mail).pump(flight)
    assert "did not answer within 0.05 s" in flight.results[1].text


async def test_a_relay_with_few_connections_still_gets_everything() -> None:
    """Those it turns away leave their messages to those it took in."""
    async with Sink(most=2) as sink:
        flight = await pumped(sink, letters(40), connections=6)
    assert flight.codes() == dict.fromkeys(range(1, 41), 250)
    assert sink.connections == 6


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example>\r\nRCPT TO:<c@d.example",
        "a b@c.example",
        "jos\u00e9@c.example",
        "nobody",
        "a@b.example\n",
        "<a@b.example>",
        "",
        "a" * 250 + "@b.example",
    ],
)
async def test_an_address_that_smuggles_never_reaches_the_wire(address: str) -> None:
    """It is refused here with 553 and the others go out."""
    async with Sink() as sink:
        flight = await pumped(sink, [message(1, address=address), message(2)])
    assert flight.codes() == {1: 553, 2: 250}
    assert 1 not in flight.granted
    assert not any("c@d.example" in line for line in sink.heard)


async def test_eight_bit_content_is_declared() -> None:
    """Where the relay knows the word for it."""
    async with Sink() as sink:
        await pumped(sink, [message(1, content="Subject: x\r\n\r\nJos\u00e9\r\n".encode())])
    assert "MAIL FROM:<news@sample.example> BODY=8BITMIME" in sink.heard


async def test_no_more_connections_than_configured() -> None:
    """And all of them are used."""
    async with Sink() as sink:
        await pumped(sink, letters(60), connections=4)
    assert sink.most_open == sink.connections == 4


async def test_cancelling_ends_bodies_and_begins_nothing() -> None:
    """What is out gets its answer, and what is not granted stays queued."""
    async with Sink() as sink:
        flight = ListFlight(letters(5_000))
        sink.on_taken = flight.taken_whole
        task = asyncio.create_task(mailer(sink, connections=3).pump(flight))
        while len(sink.taken) < 100:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        flight.check()
    assert flight.phases() == {Phase.ANSWERED: len(sink.taken)}
    assert {reader(n) for n in flight.granted} == set(sink.taken)
    assert len(sink.taken) < 5_000


async def test_cancelling_a_pump_that_waits_in_vain_leaves_doubt() -> None:
    """After the grace the message whose answer never came is in doubt, and no other."""
    async with Sink({reader(2): ["hang dot"]}) as sink:
        flight = ListFlight(letters(9))
        task = asyncio.create_task(mailer(sink, grace=0.05).pump(flight))
        await sink.hanging.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert flight.codes() == {1: 250, 2: 0}
    assert flight.results[2].phase is Phase.AFTER_BODY
