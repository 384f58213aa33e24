"""Real processes of `digest serve`: a clean stop, two at once, and kill -9 in mid-morning."""

import asyncio
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from digest.demo.mailbox import Mailbox
from digest.model.audience import SubscriptionState
from digest.model.delivery import DeliveryState
from digest.model.edition import EditionState
from digest.model.newsletter import ScheduleRule
from digest.schedule.plan import slots
from digest.store import open_store
from tests import builders

READERS = 40
PATIENCE = 40.0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Newsroom:
    """A folder with a configuration, articles and readers, and processes working on it."""

    def __init__(self, folder: Path, mailbox: Mailbox, ahead: timedelta) -> None:
        self.folder = folder
        self.mailbox = mailbox
        self.url = f"sqlite:///{folder / 'digest.db'}"
        now = datetime.now(UTC)
        self.slot = (now + ahead).astimezone(ZoneInfo("Europe/Dublin"))
        store = open_store(self.url)
        for number in range(1, 9):
            published = now - timedelta(hours=number)
            article = builders.distinct_article(number, published=published, collected=now)
            store.articles.save([article])
        for number in range(READERS):
            reader = store.subscribers.add(f"r{number}@reader.example", "", False, now)
            store.subscribers.subscribe(
                reader.id, "morning", SubscriptionState.CONFIRMED, "test", now
            )
        rule = ScheduleRule(text=self.schedule, timezone="Europe/Dublin")
        store.occurrences.plan("morning", self.schedule, slots(rule, after=now, count=2), after=now)
        store.close()

    @property
    def schedule(self) -> str:
        """Once a day at the slot, to the second."""
        return f"daily {self.slot:%H:%M:%S}"

    def configured(self, name: str, port: int) -> Path:
        """A configuration of one process; several share the database, each has its own port."""
        path = self.folder / f"{name}.yaml"
        path.write_text(
            "site: {name: The Sample Post, url: https://sample.example, timezone: Europe/Dublin,"
            f" postal_address: 1 Example Street, listen: '127.0.0.1:{port}'}}\n"
            "store: sqlite:///digest.db\n"
            "sources: [{id: post, url: 'http://127.0.0.1:1/feed', section: News}]\n"
            "newsletters: [{id: morning, title: News in 60 seconds, cutoff: 0s,"
            f" schedule: '{self.schedule}'}}]\n"
            "mail: {from: The Sample Post <news@sample.example>, connections: 2,"
            f" relay: 'smtp://127.0.0.1:{self.mailbox.port}'}}\n",
            "utf-8",
        )
        return path

    @asynccontextmanager
    async def serving(self, name: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """A process of `digest serve`, up and answering."""
        port = free_port()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "digest", "-c", str(self.configured(name, port)), "serve"),
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONWARNINGS": "default"},
        )
        try:
            await until(lambda: answers(port), f"{name} to answer")
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    async def ended(self) -> EditionState:
        """The state of the morning's edition once nothing is owed any more."""

        async def done() -> bool:
            store = open_store(self.url)
            try:
                found = store.editions.recent("morning", 1)
                return bool(found) and found[0].state is EditionState.DONE
            finally:
                store.close()

        await until(done, "the edition to be done")
        return EditionState.DONE

    def received(self) -> Counter[str]:
        """How many messages each reader got."""
        names = [p.name.split("@")[0] for p in (self.folder / "mail" / "new").iterdir()]
        return Counter(names)

    def states(self) -> dict[DeliveryState, int]:
        """Deliveries by state, over all editions (there must be one)."""
        store = open_store(self.url)
        try:
            editions = store.editions.recent("morning", 10)
            assert len(editions) == 1
            return store.deliveries.counts(editions[0].id).counts
        finally:
            store.close()


async def until(found: object, what: str) -> None:
    """Ask again and again, for a limited time."""
    async with asyncio.timeout(PATIENCE):
        while not await found():  # type: ignore[operator]
            await asyncio.sleep(0.05)


async def answers(port: int) -> bool:
    """Whether the process is up."""
    try:
        async with (
            aiohttp.ClientSession() as client,
            client.get(f"http://127.0.0.1:{port}/healthz") as answer,
        ):
            return answer.status == 200
    except aiohttp.ClientError:
        return False


@pytest.fixture
async def mailbox(tmp_path: Path) -> AsyncIterator[Mailbox]:
    """A mail server that keeps the truth."""
    async with Mailbox(tmp_path / "mail") as found:
        yield found


async def test_sigterm_ends_the_service_cleanly(tmp_path: Path, mailbox: Mailbox) -> None:
    """The process ends with exit code 0 and says so."""
    newsroom = Newsroom(tmp_path, mailbox, timedelta(hours=5))
    async with newsroom.serving("one") as process:
        process.send_signal(signal.SIGTERM)
        _, talk = await asyncio.wait_for(process.communicate(), 30)
        assert process.returncode == 0, talk.decode()
        assert b"nothing is left half done" in talk
        assert b"Traceback" not in talk


async def test_two_processes_fire_a_slot_once(tmp_path: Path, mailbox: Mailbox) -> None:
    """On one database two services make one edition, and every reader gets one message."""
    newsroom = Newsroom(tmp_path, mailbox, timedelta(seconds=6))
    async with newsroom.serving("one"), newsroom.serving("two"):
        await newsroom.ended()
    assert newsroom.states() == {DeliveryState.SUBMITTED: READERS}
    assert set(newsroom.received().values()) == {1}
    assert len(newsroom.received()) == READERS


@pytest.mark.slow
async def test_a_kill_in_mid_send_loses_and_doubles_nothing(
    tmp_path: Path, mailbox: Mailbox
) -> None:
    """What was in the air is in doubt, at most one a connection; the next sends the rest."""
    newsroom = Newsroom(tmp_path, mailbox, timedelta(seconds=4))
    async with newsroom.serving("one") as process:

        async def begun() -> bool:
            return mailbox.count > 0

        await until(begun, "the first message")
        process.kill()
    expire_leases(newsroom)
    async with newsroom.serving("two"):
        await newsroom.ended()
    states = newsroom.states()
    doubtful = states.get(DeliveryState.IN_DOUBT, 0)
    assert doubtful <= 2
    assert states[DeliveryState.SUBMITTED] == READERS - doubtful
    assert max(newsroom.received().values()) == 1
    assert len(newsroom.received()) >= READERS - doubtful


def expire_leases(newsroom: Newsroom) -> None:
    """End the dead worker's leases now instead of waiting a minute for them."""
    store = open_store(newsroom.url)
    try:
        store.deliveries.expire(datetime.now(UTC) + timedelta(minutes=5), {})
    finally:
        store.close()
