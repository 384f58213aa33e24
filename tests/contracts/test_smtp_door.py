"""Into the relay: TLS, log-in, old relays, on both event loops."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uvloop

from digest.adapters.clock import SystemClock
from digest.adapters.relays import RelayMailer
from digest.adapters.smtp.door import Place
from digest.errors import ConfigError
from digest.model.delivery import Phase
from digest.model.secret import Secret
from tests import builders
from tests.conftest import absent
from tests.fakes_delivery import ListFlight, message
from tests.smtp_sink import Sink

LOOPS = pytest.mark.parametrize(
    "loop", [asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"]
)
Loop = Callable[[], asyncio.AbstractEventLoop]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A certificate for 127.0.0.1 that signs itself, with its key in the same file."""
    if shutil.which("openssl") is None:
        absent("openssl is not installed")
    path = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    subprocess.run(
        [*command.split(), "-subj", "/CN=sink", "-addext", "subjectAltName=IP:127.0.0.1"]
        + ["-keyout", str(path / "key.pem"), "-out", str(path / "cert.pem")],
        check=True,
        capture_output=True,
    )
    yield path


def served(certificate: Path) -> ssl.SSLContext:
    """The sink's side."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


async def pumped(sink: Sink, scheme: str = "smtp", **changes: Any) -> ListFlight:
    """Five messages."""
    mail = builders.mail(
        relay=f"{scheme}://127.0.0.1:{sink.port}",
        **{"connections": 2, "timeout": timedelta(seconds=5), **changes},
    )
    flight = ListFlight([message(n) for n in range(1, 6)])
    sink.on_taken = flight.taken_whole
    await RelayMailer(mail, SystemClock()).pump(flight)
    flight.check()
    return flight


def run(loop: Loop, work: Any) -> Any:
    """On that event loop; a connection left open would be a warning, and so a failure."""
    with asyncio.Runner(loop_factory=loop) as runner:
        return runner.run(work)


@LOOPS
def test_starttls_with_a_named_authority(loop: Loop, certificate: Path) -> None:
    """Everything goes over TLS, and a lost 250 is still exactly one in doubt."""

    async def work() -> None:
        lost = {"reader3@reader.example": ["drop dot"]}
        async with Sink(lost, tls=served(certificate)) as sink:
            flight = await pumped(
                sink, starttls="always", ca_file=str(certificate / "cert.pem"), connections=1
            )
        assert flight.phases() == {Phase.AFTER_BODY: 1, Phase.ANSWERED: 4}
        assert sink.secure == [True] * 5

    run(loop, work())


@LOOPS
def test_tls_from_the_first_byte(loop: Loop, certificate: Path) -> None:
    """smtps:// needs no STARTTLS."""

    async def work() -> None:
        async with Sink(tls=served(certificate), tls_first=True) as sink:
            flight = await pumped(sink, "smtps", ca_file=str(certificate / "cert.pem"))
        assert flight.codes() == dict.fromkeys(range(1, 6), 250)
        assert sink.secure == [True] * 5

    run(loop, work())


@LOOPS
def test_an_unknown_certificate_is_refused_in_a_sentence(loop: Loop, certificate: Path) -> None:
    """Nothing is handed over, and the editor reads which setting helps."""

    async def work() -> None:
        async with Sink(tls=served(certificate)) as sink:
            flight = await pumped(sink, starttls="always")
        assert not flight.granted and not sink.taken
        assert "cannot be trusted over TLS" in flight.results[1].text
        assert "ca_file" in flight.results[1].text

    run(loop, work())


@LOOPS
def test_a_connection_that_breaks_leaves_no_body_half_known(loop: Loop) -> None:
    """On either loop a body that cannot have left is told from one that may have arrived."""

    async def work() -> None:
        large = b"Subject: x\r\n\r\n" + b"All work and no play.\r\n" * 400_000
        for content, expected in ((large, Phase.BEFORE_BODY), (b"x\r\n", Phase.AFTER_BODY)):
            async with Sink({"reader1@reader.example": ["drop 354"]}) as sink:
                mail = builders.mail(relay=f"smtp://127.0.0.1:{sink.port}", connections=1)
                flight = ListFlight([message(1, content=content)])
                await RelayMailer(mail, SystemClock()).pump(flight)
            assert flight.results[1].phase is expected

    run(loop, work())


async def test_always_means_never_without() -> None:
    """A relay that offers no STARTTLS gets nothing."""
    async with Sink() as sink:
        flight = await pumped(sink, starttls="always")
    assert not flight.granted
    assert "offers no STARTTLS" in flight.results[1].text


async def test_auto_on_this_machine_trusts_the_loopback(certificate: Path) -> None:
    """A local relay's home-made certificate is no reason not to send."""
    async with Sink(tls=served(certificate)) as sink:
        flight = await pumped(sink)
    assert flight.codes() == dict.fromkeys(range(1, 6), 250)
    assert sink.secure == [False] * 5


async def test_auto_uses_tls_when_an_authority_is_named(certificate: Path) -> None:
    """Offered and verifiable."""
    async with Sink(tls=served(certificate)) as sink:
        await pumped(sink, ca_file=str(certificate / "cert.pem"))
    assert sink.secure == [True] * 5


async def test_a_missing_authority_file_is_named() -> None:
    """The setting and the file stand in the sentence."""
    async with Sink(tls=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)) as sink:
        flight = await pumped(sink, starttls="always", ca_file="/nowhere/ca.pem")
    assert "ca_file '/nowhere/ca.pem'" in flight.results[1].text


@pytest.mark.parametrize("ways", ["PLAIN LOGIN", "LOGIN"])
async def test_logging_in(ways: str) -> None:
    """PLAIN where it is offered, else LOGIN."""
    async with Sink(auth=("desk", "s3cret"), ways=ways) as sink:
        flight = await pumped(sink, user="desk", password=Secret("s3cret"))
    assert flight.codes() == dict.fromkeys(range(1, 6), 250)
    assert set(sink.logins) == {ways.split()[0]}


@pytest.mark.parametrize(("ways", "password"), [("PLAIN", "n0t-this-one"), ("CRAM-MD5", "s3cret")])
async def test_a_failed_log_in_is_a_sentence(ways: str, password: str) -> None:
    """Nothing is lost, and the password stands in no text."""
    async with Sink(auth=("desk", "s3cret"), ways=ways) as sink:
        flight = await pumped(sink, user="desk", password=Secret(password))
    assert not flight.granted
    assert "log-in" in flight.results[1].text and password not in flight.results[1].text


async def test_an_old_relay_is_greeted_with_helo() -> None:
    """EHLO unknown, HELO known, one command at a time."""
    heard: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 old\r\n")
        answers = {"HELO": 250, "MAIL": 250, "RCPT": 250, "DATA": 354, "QUIT": 221, ".": 250}
        data = False
        while line := (await reader.readline()).decode().strip("\r\n"):
            word = line.split(" ")[0]
            if not data or line == ".":
                heard.append(word)
                writer.write(f"{answers.get(word, 500)} said\r\n".encode())
                data = word == "DATA"
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        mail = builders.mail(relay=f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        flight = ListFlight([message(1, content=b"Subject:x\r\n")])
        await RelayMailer(mail, SystemClock()).pump(flight)
    assert flight.codes() == {1: 250}
    assert heard == ["EHLO", "HELO", "MAIL", "RCPT", "DATA", ".", "QUIT"]


@pytest.mark.parametrize("address", ["smtp:127.0.0.1", "http://x", "smtp://x:port", "smtp://:25"])
def test_a_wrong_relay_address_is_a_config_error(address: str) -> None:
    """With an example of a right one."""
    with pytest.raises(ConfigError, match="smtp://host:port"):
        Place.read(address)


def test_ports_have_defaults() -> None:
    """25, and 465 where TLS comes first."""
    assert Place.read("smtp://mail.example").port == 25
    assert Place.read("smtps://mail.example") == Place(
        host="mail.example", port=465, tls_first=True
    )
    assert Place.read("smtp://[::1]:2525").here
