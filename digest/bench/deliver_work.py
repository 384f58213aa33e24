"""A sender of its own process: seeds an edition and its audience or sends it, and tells the cost.

python -m digest.bench.deliver_work seed URL READERS
python -m digest.bench.deliver_work send URL PORT CONNECTIONS [CA_FILE]
"""

import asyncio
import json
import resource
import signal
import sys
import time
from collections.abc import Iterator
from zlib import crc32

from sqlalchemy import insert

from digest.adapters.clock import SystemClock
from digest.app.build import App, read_templates
from digest.bench import email_sample as sample
from digest.bench import memory
from digest.errors import StoreError
from digest.model.appeal import AppealPlan
from digest.model.edition import EditionState
from digest.model.mail import MailSettings, Relay
from digest.model.settings import Settings
from digest.newsroom import sending
from digest.store import SqlStore, open_store
from digest.store.tables import subscribers, subscriptions

BATCH = 20_000
HALVES = AppealPlan(deals=((5000, "a"), (10_000, "b")), now=sample.NOW)


def main(what: str, url: str, *more: str) -> dict[str, float]:
    """One of the two."""
    if what == "seed":
        return seed(url, int(more[0]))
    return send(url, int(more[0]), int(more[1]), more[2] if len(more) > 2 else "")


def seed(url: str, readers: int) -> dict[str, float]:
    """Readers, and an edition released to them; the release is what is measured."""
    store = open_store(url)
    try:
        _people(store, readers)
        made = sample.edition()
        saved = store.editions.add(made, sample.emails(made, read_templates("")))
        assert saved is not None
        start = time.perf_counter()
        store.editions.release(saved, "bench", SystemClock().now(), HALVES, ())
        seconds = time.perf_counter() - start
    finally:
        store.close()
    return {"seconds": seconds, "megabytes": memory.peak()}


def send(url: str, port: int, connections: int, ca_file: str) -> dict[str, float]:
    """Send what is owed of the edition, every message written for its reader, the ledger on."""
    app = App.build(_settings(url, port, connections, ca_file))
    try:
        before, start = _cpu(), time.perf_counter()
        report = app.finish(_until_done(app))
        seconds, cpu = time.perf_counter() - start, _cpu() - before
    finally:
        app.close()
    return {
        "seconds": seconds,
        "submitted": report,
        "cpu": cpu,
        "megabytes": memory.peak(),
    }


async def _until_done(app: App) -> int:
    """As `digest serve` does: again and again, while anything is owed; SIGTERM ends it."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    submitted = 0
    done: int | None = 0
    while done is not None:
        try:
            done = await _some(app)
        except StoreError:  # the database is being restarted; `digest serve` goes on, too
            done = 0
        submitted += done or 0
        if not done:
            await asyncio.sleep(0.05)
    return submitted


async def _some(app: App) -> int | None:
    """How many messages one run submitted; None when nothing is owed any more."""
    if not app.house.store.editions.in_states([EditionState.RELEASED]):
        return None
    return (await sending.send_due(app.house)).submitted


def _people(store: SqlStore, count: int) -> None:
    with store._database.write() as connection:
        for first in range(1, count + 1, BATCH):
            numbers = range(first, min(count + 1, first + BATCH))
            connection.execute(insert(subscribers), list(_rows(numbers)))
            connection.execute(insert(subscriptions), [_joined(number) for number in numbers])


def _rows(numbers: range) -> Iterator[dict[str, object]]:
    for number in numbers:
        address = f"reader{number}@reader{number % 97}.example"
        yield {
            "id": number,
            "address": address,
            "name": "",
            "supporter": False,
            "number": crc32(address.encode()) % 10_000,
            "created": sample.NOW,
        }


def _joined(number: int) -> dict[str, object]:
    return {
        "newsletter_id": sample.NEWSLETTER.id,
        "subscriber_id": number,
        "state": "confirmed",
        "changed": sample.NOW,
        "because": "bench",
    }


def _settings(url: str, port: int, connections: int, ca_file: str) -> Settings:
    relay = Relay(
        address=f"smtp://localhost:{port}",
        connections=connections,
        ca_file=ca_file,
        starttls="always" if ca_file else "never",
    )
    return Settings(
        site=sample.SITE,
        store=url,
        sources=(),
        newsletters=(sample.NEWSLETTER,),
        mail=MailSettings(
            from_name="The Sample Post", from_address="news@sample.example", relays=(relay,)
        ),
    )


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
