"""The mailer's contract, held by every way out and by the fake."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from digest.adapters.clock import SystemClock
from digest.adapters.maildir import MaildirMailer
from digest.adapters.relays import RelayMailer
from digest.model.delivery import Phase
from digest.ports import Mailer
from tests import builders
from tests.fakes_delivery import CONTENT, FakeMailer, ListFlight, message
from tests.smtp_sink import Sink


@dataclass
class Way:
    """A mailer, and how to see what it handed over: reader -> content."""

    mailer: Mailer
    handed_over: Callable[[], dict[int, bytes]]


Build = Callable[[AsyncExitStack, Path], Awaitable[Way]]


def number(address: str) -> int:
    """The reader's number."""
    return int(address.partition("@")[0].removeprefix("reader"))


async def smtp(stack: AsyncExitStack, path: Path, **options: bool) -> Way:
    """The real client against a sink."""
    sink = await stack.enter_async_context(Sink(**options))  # type: ignore[arg-type]
    mail = builders.mail(
        relay=f"smtp://127.0.0.1:{sink.port}", connections=3, timeout=timedelta(seconds=5)
    )
    return Way(
        RelayMailer(mail, SystemClock()),
        lambda: {number(a): content for a, content in sink.contents.items()},
    )


async def smtp_plain(stack: AsyncExitStack, path: Path) -> Way:
    """A relay without pipelining."""
    return await smtp(stack, path, pipelining=False)


async def smtp_split(stack: AsyncExitStack, path: Path) -> Way:
    """A relay whose replies come byte by byte."""
    return await smtp(stack, path, split=True)


async def maildir(stack: AsyncExitStack, path: Path) -> Way:
    """A folder."""

    def read() -> dict[int, bytes]:
        files = (path / "new").glob("*") if (path / "new").is_dir() else []
        return {int(file.name.split(".")[1]): file.read_bytes() for file in files}

    return Way(MaildirMailer(str(path)), read)


async def fake(stack: AsyncExitStack, path: Path) -> Way:
    """The one that use-case tests rely on."""
    mailer = FakeMailer()
    return Way(mailer, lambda: {m.subscriber_id: m.content for m in mailer.kept})


@pytest.fixture(params=[smtp, smtp_plain, smtp_split, maildir, fake], ids=lambda f: f.__name__)
async def way(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Way]:
    """Each implementation in turn."""
    async with AsyncExitStack() as stack:
        build: Build = request.param
        yield await build(stack, tmp_path / "out")


@pytest.mark.parametrize("count", [0, 1, 2, 7, 120])
async def test_every_message_is_handed_over_once_and_answered(way: Way, count: int) -> None:
    """All granted, all 250, all there with their content as given."""
    flight = ListFlight([message(n) for n in range(1, count + 1)])
    await way.mailer.pump(flight)
    assert flight.codes() == dict.fromkeys(range(1, count + 1), 250)
    assert flight.granted == set(range(1, count + 1))
    assert way.handed_over() == dict.fromkeys(range(1, count + 1), CONTENT)


async def test_what_is_not_granted_is_not_handed_over(way: Way) -> None:
    """A refused intent leaves no trace at the relay and gets no result."""
    refused = frozenset({2, 3, 9})
    flight = ListFlight([message(n) for n in range(1, 13)], refuse=refused)
    await way.mailer.pump(flight)
    expected = set(range(1, 13)) - refused
    assert way.handed_over().keys() == expected == flight.results.keys()


async def test_the_intent_is_on_record_before_the_message_leaves(way: Way) -> None:
    """At each settle nothing has been handed over that was not granted before."""
    flight = ListFlight([message(n) for n in range(1, 31)])

    def look(settle: int) -> None:
        assert way.handed_over().keys() <= flight.granted

    flight.before_settle = look
    await way.mailer.pump(flight)
    assert len(flight.results) == 30


async def test_a_ledger_that_fails_stops_everything(way: Way) -> None:
    """The error comes out, and nothing is handed over that was not granted."""
    flight = ListFlight([message(n) for n in range(1, 31)])

    def fail(settle: int) -> None:
        if settle >= 4:
            raise OSError("the database is gone")

    flight.before_settle = fail
    with pytest.raises(OSError, match="the database is gone"):
        await way.mailer.pump(flight)
    assert way.handed_over().keys() <= flight.granted


async def test_a_mailer_can_be_used_again(way: Way) -> None:
    """A second flight goes out as the first did."""
    await way.mailer.pump(ListFlight([message(1)]))
    flight = ListFlight([message(2)])
    await way.mailer.pump(flight)
    assert flight.codes() == {2: 250}
    assert way.handed_over().keys() == {1, 2}


async def test_the_fake_plays_its_script() -> None:
    """Each letter has its outcome, the last one goes on for ever."""
    mailer = FakeMailer("ADRXKA")
    flight = ListFlight([message(n) for n in range(1, 8)])
    await mailer.pump(flight)
    assert flight.codes() == {1: 250, 2: 450, 3: 550, 4: 0, 5: 0, 6: 250, 7: 250}
    assert flight.results[4].phase is Phase.AFTER_BODY
    assert flight.results[5].phase is Phase.BEFORE_BODY
    assert [m.subscriber_id for m in mailer.kept] == [1, 4, 6, 7]


async def test_a_message_written_twice_to_a_folder_is_there_once(tmp_path: Path) -> None:
    """The name depends on edition and subscriber only."""
    mailer = MaildirMailer(str(tmp_path))
    await mailer.pump(ListFlight([message(1)]))
    await mailer.pump(ListFlight([message(1, content=b"Subject: again\r\n\r\n")]))
    files = list((tmp_path / "new").iterdir())
    assert [file.read_bytes() for file in files] == [b"Subject: again\r\n\r\n"]
    assert not list((tmp_path / "tmp").iterdir())


async def test_a_folder_that_takes_nothing_is_told_as_such(tmp_path: Path) -> None:
    """One message says why, in a sentence; the others are left where they are."""
    (tmp_path / "file").write_text("not a folder")
    flight = ListFlight([message(n) for n in range(1, 4)])
    await MaildirMailer(str(tmp_path / "file" / "out")).pump(flight)
    assert flight.phases() == {Phase.BEFORE_BODY: 1}
    assert flight.take() is not None
    assert "does not take messages" in flight.results[1].text
