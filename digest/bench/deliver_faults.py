"""Deaths of a sender in mid-send, counted from the sink's own truth."""

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from digest.adapters.clock import SystemClock
from digest.bench import deliver_work
from digest.bench.deliver_sinks import Sink
from digest.bench.email_sample import NEWSLETTER
from digest.model.delivery import DeliveryState
from digest.model.newsletter import InDoubt
from digest.store import open_store

EDITION = 1
LATER = timedelta(minutes=10)
"""Leases of the dead are over by then."""

_SUBSCRIBER = re.compile(r"\.\d+-(\d+)-[0-9a-f]{16}@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an edition, by the rows and by the sink."""

    readers: int
    kills: int
    taken: int
    """Readers whose message the sink took."""
    doubled: int
    lost: int
    """Readers the sink never saw, though the rows call them submitted."""
    in_doubt: int
    owed: int
    """Still waiting, or failed."""


def at_point(url: str, sink: Sink, *, connections: int, point: str, number: int, mode: str) -> None:
    """One sender that meets its end at the point; asleep ones are woken after their lease."""
    command = [sys.executable, "-m", "digest.bench.deliver_crash", url, str(sink.port)]
    more = [str(connections), point, str(number), mode]
    process = subprocess.Popen(
        [*command, *more], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if mode == "hang":
        _wait_until_asleep(process.pid)
        expire(url)
        finish(url, sink, connections)
        process.send_signal(signal.SIGCONT)
    try:
        process.wait(60)
    finally:
        process.kill()
        process.wait()


def at_random(
    url: str, sink: Sink, *, connections: int, kills: int, seed: int = 1, term: int = 0
) -> int:
    """Kill one sender after the other at random moments (the first `term` by SIGTERM); how many
    were killed before all was sent."""
    chance = random.Random(seed)
    done = 0
    while done < kills and open_deliveries(url):
        process = sender(url, sink, connections)
        with suppress(subprocess.TimeoutExpired):
            _wait_until_sending(sink, process)
            process.wait(chance.uniform(0.02, 0.6))
            break
        if done < term:
            process.terminate()
            process.wait(30)
        else:
            process.kill()
            process.wait()
            expire(url)
        done += 1
    return done


def finish(url: str, sink: Sink, connections: int) -> None:
    """A sender that lives sends the rest."""
    sender(url, sink, connections).wait(900)


def expire(url: str, rule: InDoubt = InDoubt.HOLD) -> None:
    """As if the lease of the dead had run out."""
    store = open_store(url)
    try:
        policies = {NEWSLETTER.id: rule}
        store.deliveries.expire(SystemClock().now() + LATER, policies)
    finally:
        store.close()


def open_deliveries(url: str) -> int:
    """What is still owed."""
    store = open_store(url)
    try:
        return store.deliveries.counts(EDITION).open
    finally:
        store.close()


def outcome(url: str, sink: Sink, kills: int) -> Outcome:
    """The rows held against the sink's truth."""
    store = open_store(url)
    try:
        counts = store.deliveries.counts(EDITION)
        missing = {one.subscriber_id for one in store.deliveries.missing(EDITION)}
    finally:
        store.close()
    taken = Counter(int(found) for found in _SUBSCRIBER.findall(sink.truth.read_text()))
    told = set(range(1, counts.total + 1)) - missing
    in_doubt = counts.counts.get(DeliveryState.IN_DOUBT, 0)
    return Outcome(
        readers=counts.total,
        kills=kills,
        taken=len(taken),
        doubled=sum(count - 1 for count in taken.values()),
        lost=len(told - taken.keys()),
        in_doubt=in_doubt,
        owed=len(missing) - in_doubt,
    )


def random_kills(readers: int, kills: int, connections: int) -> Outcome:
    """Many kills in one send, then the rest."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'digest.db'}"
        deliver_work.seed(url, readers)
        with Sink(truth=Path(folder) / "truth") as sink:
            done = at_random(url, sink, connections=connections, kills=kills)
            finish(url, sink, connections)
            return outcome(url, sink, done)


def sender(url: str, sink: Sink, connections: int) -> "subprocess.Popen[bytes]":
    """One that sends until nothing is owed."""
    command = [sys.executable, "-m", "digest.bench.deliver_work", "send", url]
    return subprocess.Popen(
        [*command, str(sink.port), str(connections)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_until_sending(sink: Sink, process: "subprocess.Popen[bytes]") -> None:
    before = sink.truth.stat().st_size
    while process.poll() is None and sink.truth.stat().st_size == before:
        time.sleep(0.005)


def _wait_until_asleep(pid: int) -> None:
    for _ in range(1_200):
        with suppress(OSError):
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]
            if stat.split()[0] in ("T", "Z"):
                return
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
