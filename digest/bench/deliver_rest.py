"""A million readers, single deaths, published bounces, and the limiter in virtual time."""

import json
import tempfile
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from digest.bench import deliver_faults, deliver_work
from digest.bench.deliver_rates import send
from digest.bench.deliver_sinks import Sink
from digest.bench.past import shared
from digest.deliver import bounces as reading
from digest.deliver import pace
from digest.model.mail import Rate

Say = Callable[[str], object]

START = datetime(2026, 3, 16, 7, tzinfo=UTC)
ASKED = 20_000


def million(readers: int, connections: int) -> tuple[dict[str, float], dict[str, float]]:
    """What the release took, and what sending took."""
    with tempfile.TemporaryDirectory() as folder, Sink() as sink:
        url = f"sqlite:///{Path(folder) / 'digest.db'}"
        seeded = deliver_work.seed(url, readers)
        return seeded, send(url, sink.port, connections)


def one_point(point: str, mode: str, *, connections: int) -> deliver_faults.Outcome:
    """600 readers, one death, then the rest."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'digest.db'}"
        deliver_work.seed(url, 600)
        with Sink(truth=Path(folder) / "truth") as sink:
            deliver_faults.at_point(
                url, sink, connections=connections, point=point, number=40, mode=mode
            )
            deliver_faults.expire(url)
            deliver_faults.finish(url, sink, connections)
            return deliver_faults.outcome(url, sink, 1)


def bounces(say: Say) -> dict[str, object]:
    """Agreement with published bounces, and how far "dead" can be trusted."""
    folder = shared() / "bounces"
    if not folder.is_dir():
        say("\nbounces: ../shared/data/bounces is not there; skipped")
        return {"skipped": True}
    expected = json.loads((folder / "expected.json").read_text())
    found = {name: reading.read((folder / name).read_bytes()) for name in expected}
    agreed = sum(one.kind == expected[name]["kind"] for name, one in found.items())
    reasons = sum(
        expected[name]["reason"] in {v.reason for v in one.verdicts} for name, one in found.items()
    )
    dead = [name for name, one in found.items() if one.kind == "hard"]
    truly = sum(expected[name]["kind"] == "hard" for name in dead)
    complaints = [name for name in expected if expected[name]["kind"] == "complaint"]
    heard = sum(found[name].kind == "complaint" for name in complaints)
    say(f"\n{len(expected)} published bounces (Sisimai's corpus)")
    kinds, told = agreed / len(expected), reasons / len(expected)
    say(f"  kinds agree          {kinds:7.1%}     reasons {told:.1%}")
    say(f"  called dead and are  {truly / len(dead):7.1%}     ({truly} of {len(dead)})")
    say(f"  complaints found     {heard} of {len(complaints)}")
    return {
        "kinds": agreed / len(expected),
        "reasons": reasons / len(expected),
        "dead_precision": truly / len(dead),
        "complaints": f"{heard}/{len(complaints)}",
    }


def limits(say: Say) -> dict[str, object]:
    """An eager sender that also restarts, under five rates: the fullest window of each."""
    say("\nrates in virtual time: the fullest window there was, and how much of the rate was used")
    figures: dict[str, object] = {}
    for rate in (
        Rate(most=200, within=timedelta(seconds=1)),
        Rate(most=20, within=timedelta(seconds=10)),
        Rate(most=600, within=timedelta(minutes=1)),
        Rate(most=5_000, within=timedelta(hours=1)),
        Rate(most=10_000, within=timedelta(days=1)),
    ):
        sent = _eager(rate)
        fullest = max(
            number + 1 - bisect_right(sent, instant - rate.within)
            for number, instant in enumerate(sent)
        )
        used = len(sent) / (rate.most * max(1.0, (sent[-1] - sent[0]) / rate.within))
        say(f"  {rate!s:<10} {fullest:>7,} of {rate.most:>7,}     {used:6.1%}")
        figures[str(rate)] = [fullest, rate.most, used]
    return figures


def _eager(rate: Rate) -> list[datetime]:
    chance = Random(7)
    now, left, good = START, 0, START
    spans: dict[datetime, int] = {}
    sent: list[datetime] = []
    while len(sent) < ASKED:
        if chance.random() < 0.001:
            left = 0  # a restart forgets what it had taken
        if not left or now >= good:
            grant = pace.take(rate, spans, now)
            spans, left, good = dict(grant.spans), grant.permits, grant.good_until
            if not left:
                now = grant.again_at
                continue
        left -= 1
        sent.append(now)
        now += timedelta(microseconds=chance.randrange(400))
    return sent
