"""Several relays at once, an API among them: shares, fail-over, limits, log-ins."""

import asyncio
import base64
import json
from collections import Counter
from datetime import UTC, datetime

import pytest
from aiohttp import web

from digest.adapters.clock import SystemClock
from digest.adapters.pump.share import AHEAD, Shares
from digest.adapters.relays import RelayMailer
from digest.adapters.ses import reading, signed_headers
from digest.errors import ConfigError
from digest.model.delivery import Phase, Step
from digest.model.mail import LogIn, MailSettings, Relay, Wait
from digest.model.secret import Secret
from tests import builders
from tests.fakes_delivery import ListFlight, message
from tests.smtp_sink import Sink

BOTOCORE = "9ba4a95d77cab026018089defbd999d625ac1ea2181092eb3ec52a61bda29000"


def relay(name: str, port: int, **changes: object) -> Relay:
    """On this machine."""
    values = {"id": name, "address": f"smtp://127.0.0.1:{port}", "connections": 2, **changes}
    return Relay(**values)  # type: ignore[arg-type]


def mail(*relays: Relay) -> MailSettings:
    """With these relays."""
    return builders.mail(relays=relays)


async def pumped(
    relays: tuple[Relay, ...], count: int, flight: ListFlight | None = None
) -> ListFlight:
    """What came of so many messages."""
    flight = flight or ListFlight([message(n) for n in range(1, count + 1)])
    await RelayMailer(mail(*relays), SystemClock()).pump(flight)
    return flight


async def test_shares_are_kept() -> None:
    """Three to one, give or take what may be in the air."""
    async with Sink() as one, Sink() as two:
        flight = await pumped((relay("a", one.port, weight=3), relay("b", two.port)), 400)
        assert set(flight.codes().values()) == {250} and len(flight.results) == 400
        assert abs(len(one.contents) - 300) <= AHEAD * 2
        assert Counter(r.relay for r in flight.results.values())["b"] == len(two.contents)


async def test_a_relay_that_is_away_is_made_up_for() -> None:
    """The other takes everything, and nobody waits."""
    async with Sink() as one:
        flight = await pumped((relay("a", one.port), relay("gone", 9)), 60)
        assert set(flight.codes().values()) == {250} and len(one.contents) == 60


async def test_a_relay_that_dies_in_the_middle_is_made_up_for() -> None:
    """What it had not taken goes through the other, once."""
    async with Sink(goodbye_after=2, most=1) as one, Sink() as two:
        flight = await pumped((relay("a", one.port), relay("b", two.port)), 80)
        assert set(flight.codes().values()) == {250}
        assert len(one.contents) + len(two.contents) == 80
        assert not one.contents.keys() & two.contents.keys()


async def test_a_spare_works_only_alone() -> None:
    """Weight 0: nothing while another works, everything when none does."""
    async with Sink() as one, Sink() as spare:
        await pumped((relay("a", one.port), relay("s", spare.port, weight=0)), 40)
        assert (len(one.contents), len(spare.contents)) == (40, 0)
    async with Sink() as spare:
        await pumped((relay("gone", 9), relay("s", spare.port, weight=0)), 40)
        assert len(spare.contents) == 40


async def test_none_is_there() -> None:
    """Every reason is told, and nothing was begun."""
    flight = await pumped((relay("a", 9), relay("b", 7)), 5)
    assert flight.granted == set()
    told = " ".join(result.text for result in flight.results.values())
    assert "127.0.0.1:9" in told and "127.0.0.1:7" in told


async def test_a_resting_relay_gets_nothing() -> None:
    """Its limit is used up for longer: the other carries on; alone, the pump ends at once."""

    class Resting(ListFlight):
        def wait(self, relay: str) -> Wait:
            """One of the two rests."""
            return Wait(seconds=99, because="the limit is used up") if relay == "a" else Wait()

    async with Sink() as one, Sink() as two:
        flight = Resting([message(n) for n in range(1, 31)])
        await pumped((relay("a", one.port), relay("b", two.port)), 0, flight)
        assert (len(one.contents), len(two.contents)) == (0, 30)
        alone = Resting([message(n) for n in range(1, 31)])
        await pumped((relay("a", one.port),), 0, alone)
        assert alone.granted == set()


async def test_messages_on_a_connection_are_limited() -> None:
    """After so many it is closed and another opened."""
    async with Sink() as one:
        flight = await pumped((relay("a", one.port, connections=1, per_connection=3),), 10)
        assert set(flight.codes().values()) == {250}
        assert one.connections >= 4


async def test_pipelining_can_be_forbidden() -> None:
    """One command at a time, however much the relay offers."""
    async with Sink(honest=False) as one:
        flight = await pumped((relay("a", one.port, pipelining="off"),), 5)
        assert set(flight.codes().values()) == {250}


async def test_xoauth2_hands_over_a_token() -> None:
    """The password is an access token, in the form that Gmail and Microsoft ask for."""
    said: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 x\r\n")
        while line := await reader.readline():
            said.append(line.decode().strip())
            if line.startswith(b"EHLO"):
                writer.write(b"250-x\r\n250 AUTH PLAIN XOAUTH2\r\n")
            elif line.startswith(b"AUTH"):
                writer.write(b"334 eyJzdGF0dXMiOiI0MDEifQ==\r\n")
            else:
                writer.write(b"535 5.7.8 expired\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    one = relay("a", port, log_in=LogIn.XOAUTH2, user="desk", password=Secret("t0ken"))
    flight = await pumped((one,), 1)
    server.close()
    sent = next(line for line in said if line.startswith("AUTH"))
    assert base64.b64decode(sent.split()[2]) == b"user=desk\x01auth=Bearer t0ken\x01\x01"
    assert "refuses the log-in (535 5.7.8 expired)" in flight.results[1].text


class Ses:
    """Amazon's API, as far as it is needed; answers as told, then 200."""

    def __init__(self, *answers: tuple[int, str]) -> None:
        self.answers = list(answers)
        self.calls: list[dict[str, object]] = []
        self.headers: list[dict[str, str]] = []

    async def __aenter__(self) -> "Ses":
        """Listen."""
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/v2/email/outbound-emails", self._take)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        self.calls.append(await request.json())
        self.headers.append(dict(request.headers))
        status, kind = self.answers.pop(0) if self.answers else (200, "")
        if kind == "drop":
            assert request.transport is not None
            request.transport.close()
        body = {"MessageId": "0100"} if status == 200 else {"message": "no"}
        return web.json_response(body, status=status, headers={"x-amzn-ErrorType": kind})


def ses(port: int, **changes: object) -> Relay:
    """That API as a relay."""
    values = {
        "id": "ses",
        "address": "ses://eu-west-1/news",
        "url": f"http://127.0.0.1:{port}",
        "user": "AKID",
        "password": Secret("key"),
        "connections": 2,
        **changes,
    }
    return Relay(**values)  # type: ignore[arg-type]


async def test_ses_takes_the_message_as_it_is() -> None:
    """Byte for byte, with the delivery's token as a tag and a signature."""
    content = b"Subject: x\r\nX-Digest-Delivery: 1-2-0123456789abcdef\r\n\r\nNews.\r\n"
    async with Ses() as api:
        flight = ListFlight([message(n, content=content) for n in range(1, 6)])
        await pumped((ses(api.port),), 0, flight)
    assert set(flight.codes().values()) == {250} and len(api.calls) == 5
    call = json.loads(json.dumps(api.calls[0]))
    assert base64.b64decode(call["Content"]["Raw"]["Data"]) == content
    assert call["EmailTags"] == [{"Name": "digest-delivery", "Value": "1-2-0123456789abcdef"}]
    assert call["ConfigurationSetName"] == "news"
    assert api.headers[0]["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKID/")


@pytest.mark.parametrize(
    ("answer", "phase", "code"),
    [
        ((400, "MessageRejected"), Phase.ANSWERED, 554),
        ((429, "TooManyRequestsException"), Phase.ANSWERED, 450),
        ((403, "AccessDeniedException"), Phase.ANSWERED, 550),
        ((500, "InternalFailure"), Phase.AFTER_BODY, 0),
        ((200, "drop"), Phase.AFTER_BODY, 0),
    ],
)
async def test_ses_refusals_and_lost_answers(
    answer: tuple[int, str], phase: Phase, code: int
) -> None:
    """A lost answer is in doubt, for SES knows no idempotency key; the others go on."""
    async with Ses(answer) as api:
        flight = await pumped((ses(api.port, connections=1),), 4)
    first = flight.results[1]
    assert (first.phase, first.code) == (phase, code)
    assert [flight.results[n].code for n in (2, 3, 4)] == [250, 250, 250]


async def test_ses_that_is_away_is_nobodys_doubt() -> None:
    """Without a connection nothing was handed over."""
    flight = await pumped((ses(9),), 2)
    assert {result.phase for result in flight.results.values()} == {Phase.BEFORE_BODY}


def test_faults_of_ours_are_told_from_those_of_a_message() -> None:
    """What concerns the account pauses the relay, not a reader."""
    assert reading(403, {}, "")[1] is Step.SENDER
    assert reading(400, {"x-amzn-ErrorType": "SendingPausedException:"}, "{}")[:2] == (
        550,
        Step.SENDER,
    )
    assert reading(400, {"x-amzn-ErrorType": "MessageRejected"}, '{"message": "x"}')[1] is Step.BODY


def test_the_signature_is_amazons() -> None:
    """Held against botocore 1.44.8 once, with these very values."""
    headers = signed_headers(
        b"{}",
        host="email.eu-west-1.amazonaws.com",
        region="eu-west-1",
        user="AKIDEXAMPLE",
        key="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        at=datetime(2026, 3, 16, 7, tzinfo=UTC),
    )
    assert headers["Authorization"].endswith(f"Signature={BOTOCORE}")


def test_a_region_that_is_none_is_a_config_error() -> None:
    """Told before anything is sent."""
    with pytest.raises(ConfigError, match="no region of Amazon SES"):
        RelayMailer(mail(Relay(address="ses://Dublin", user="a")), SystemClock())


def test_shares_wait_for_those_that_work_only() -> None:
    """Who is away keeps nobody waiting, and makes up for nothing when it comes back."""
    shares = Shares([relay("a", 1, weight=1), relay("b", 2, weight=1)])
    for _ in range(AHEAD + 1):
        shares.had("a")
    assert shares.wait("a") > 0
    shares.away("b", "gone")
    assert shares.wait("a") == 0.0 and shares.nobody == ""
    shares.away("a", "gone, too")
    assert shares.nobody == "gone; gone, too"
    shares.back("b")
    assert shares.wait("b") == 0.0
