"""Senders in processes of their own that are killed, doubled, starved of disk or of their database,
counted from what the relay really took."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from digest.bench import deliver_faults as faults
from digest.bench import deliver_work
from digest.bench.deliver_sinks import Sink
from tests import postgres
from tests.conftest import absent

pytestmark = pytest.mark.slow

CONNECTIONS = 4


@contextmanager
def audience(url: str, folder: Path, readers: int, *, delay: int = 0) -> Iterator[Sink]:
    """An edition released to so many, and the relay with its truth."""
    deliver_work.seed(url, readers)
    with Sink(truth=folder / "truth", delay=delay) as sink:
        yield sink


def whole(outcome: faults.Outcome, *, in_doubt: int = 0) -> None:
    """Nobody lost, nobody twice, everybody else served; at most so many in doubt."""
    assert (outcome.lost, outcome.doubled, outcome.owed) == (0, 0, 0), outcome
    assert outcome.in_doubt <= in_doubt, outcome
    assert outcome.taken >= outcome.readers - outcome.in_doubt


@pytest.mark.parametrize("mode", ["kill", "raise", "hang"])
@pytest.mark.parametrize("point", ["after_intent", "after_dot", "after_250"])
def test_death_at_a_named_point(tmp_path: Path, point: str, mode: str) -> None:
    """Killed, broken down, or asleep past its lease and woken while another one sends."""
    url = f"sqlite:///{tmp_path / 'digest.db'}"
    with audience(url, tmp_path, 600) as sink:
        faults.at_point(url, sink, connections=CONNECTIONS, point=point, number=40, mode=mode)
        faults.expire(url)
        faults.finish(url, sink, CONNECTIONS)
        whole(faults.outcome(url, sink, 1), in_doubt=CONNECTIONS)


def test_many_random_deaths(tmp_path: Path) -> None:
    """At most one delivery a connection is in doubt for each kill; a plain stop leaves none."""
    url = f"sqlite:///{tmp_path / 'digest.db'}"
    with audience(url, tmp_path, 4_000, delay=3) as sink:
        assert faults.at_random(url, sink, connections=CONNECTIONS, kills=2, term=2) == 2
        whole_so_far = faults.outcome(url, sink, 2)
        assert (whole_so_far.in_doubt, whole_so_far.doubled, whole_so_far.lost) == (0, 0, 0)
        kills = faults.at_random(url, sink, connections=CONNECTIONS, kills=10)
        assert kills >= 3
        faults.finish(url, sink, CONNECTIONS)
        whole(faults.outcome(url, sink, kills), in_doubt=CONNECTIONS * kills)


def sender(url: str, sink: Sink) -> "subprocess.Popen[bytes]":
    """One process."""
    return faults.sender(url, sink, CONNECTIONS)


def test_two_senders_on_one_database(tmp_path: Path) -> None:
    """They share the edition and double nothing."""
    url = f"sqlite:///{tmp_path / 'digest.db'}"
    with audience(url, tmp_path, 4_000) as sink:
        both = [sender(url, sink), sender(url, sink)]
        assert [one.wait(120) for one in both] == [0, 0]
        whole(faults.outcome(url, sink, 0))


def test_a_full_disk(tmp_path: Path) -> None:
    """What cannot be recorded is not sent; when there is room it goes on."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        absent("a small file system can only be mounted by root")
    try:
        url = f"sqlite:///{disk / 'digest.db'}"
        with audience(url, tmp_path, 3_000, delay=1) as sink:
            (disk / "filler").write_bytes(b"x" * 1_000)
            room = int(subprocess.check_output(["stat", "-f", "-c", "%a", disk])) * 4096
            (disk / "filler").write_bytes(b"x" * max(0, room - 200_000))
            one = sender(url, sink)
            time.sleep(6)
            assert faults.outcome(url, sink, 0).owed > 0, "the disk was never full"
            (disk / "filler").unlink()
            assert one.wait(120) == 0
            faults.expire(url)
            faults.finish(url, sink, CONNECTIONS)
            whole(faults.outcome(url, sink, 0), in_doubt=CONNECTIONS * 20)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _more_is_taken(sink: Sink) -> None:
    """Wait until the senders have begun, or have gone on."""
    before, end = sink.truth.read_bytes(), time.monotonic() + 60
    while sink.truth.read_bytes() == before and time.monotonic() < end:
        time.sleep(0.02)


@pytest.mark.postgres
def test_postgres_restarted_in_mid_send(tmp_path: Path) -> None:
    """Two senders on one PostgreSQL that is stopped at once and comes back, twice."""
    if not postgres.installed():
        absent("Debian's postgresql package is not installed")
    with postgres.restartable() as (url, restart), audience(url, tmp_path, 9_000, delay=2) as sink:
        both = [sender(url, sink), sender(url, sink)]
        for seconds in (2.5, 0.3):  # the slower of the two has begun, too
            _more_is_taken(sink)
            time.sleep(seconds)
            restart()
        assert [one.wait(180) for one in both] == [0, 0]
        faults.expire(url)
        faults.finish(url, sink, CONNECTIONS)
        whole(faults.outcome(url, sink, 0), in_doubt=CONNECTIONS * 2 * 2)
