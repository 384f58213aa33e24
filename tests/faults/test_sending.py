"""Sending through faults: death between any two steps, a full or locked database, a mad relay."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from digest.adapters.clock import SystemClock
from digest.adapters.relays import RelayMailer
from digest.model.appeal import AppealPlan
from digest.model.delivery import Delivery, DeliveryState, Intent, Settled
from digest.newsroom import sending
from digest.newsroom.house import House
from digest.ports import Store
from digest.store import open_store
from tests import builders
from tests import house as houses
from tests.fakes import FakeClock
from tests.fakes_delivery import Died
from tests.mail import emails
from tests.smtp_sink import Sink

READERS = 24
CONNECTIONS = 3
S = DeliveryState


class Mortal:
    """The real delivery store; the process dies at its Nth step, before it or after it."""

    def __init__(self, store: Any, step: int, *, before: bool) -> None:
        self._store = store
        self._left = step
        self._before = before

    def __getattr__(self, name: str) -> Any:
        """Everything but the steps that count."""
        return getattr(self._store, name)

    def settle(
        self,
        results: Sequence[Settled],
        intents: Sequence[Intent],
    ) -> list[Delivery]:
        """A step."""
        self._left -= 1
        if self._left == 0 and self._before:
            raise Died
        granted: list[Delivery] = self._store.settle(results, intents)
        if self._left == 0:
            raise Died
        return granted


class MortalStore:
    """A store whose deliveries are mortal."""

    def __init__(self, store: Store, step: int, *, before: bool) -> None:
        self._store = store
        self.deliveries = Mortal(store.deliveries, step, before=before)

    def __getattr__(self, name: str) -> Any:
        """The rest is as it was."""
        return getattr(self._store, name)


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """A database on disk with a released edition."""
    address = f"sqlite:///{tmp_path / 'digest.db'}"
    house = houses.house(store=open_store(address))
    houses.with_readers(house, READERS)
    made = builders.edition()
    saved = house.store.editions.add(made, emails(made))
    assert saved is not None
    house.store.editions.release(saved, "by rule", house.clock.now(), AppealPlan(), ())
    house.store.close()
    yield address


def working(store: Any, sink: Sink, clock: FakeClock, worker: str, **changes: Any) -> House:
    """A process that sends to the sink."""
    mail = builders.mail(
        relay=f"smtp://127.0.0.1:{sink.port}",
        **{"connections": CONNECTIONS, "timeout": timedelta(seconds=5), **changes},
    )
    return houses.house(
        store=store, clock=clock, worker=worker, mailer=RelayMailer(mail, SystemClock())
    )


async def die(house: House) -> bool:
    """Run until the process dies; its connections vanish with it, nothing is tidied up."""
    loop = asyncio.get_running_loop()
    died: asyncio.Future[None] = loop.create_future()

    def dead(_: Any, context: dict[str, Any]) -> None:
        if isinstance(context.get("exception"), Died) and not died.done():
            died.set_result(None)

    loop.set_exception_handler(dead)
    task = asyncio.create_task(sending.send_due(house))
    await asyncio.wait({task, died}, return_when=asyncio.FIRST_COMPLETED)
    gone = not task.done() or isinstance(task.exception(), Died)
    if gone:
        house.store.close()
        task.cancel()
        await asyncio.wait({task})
        task.cancelled() or task.exception()
    loop.set_exception_handler(None)
    return gone
