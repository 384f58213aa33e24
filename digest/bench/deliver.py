"""Delivery, whole: every message written for its reader and the ledger on, beside smtp-source,
smtplib and aiosmtplib on the same sink in one run; then a million readers, deaths in mid-send,
published bounces, and the rate limiter in virtual time.

The peers send one ready message again and again and remember nothing.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from digest.bench import deliver_faults, deliver_rest
from digest.bench.deliver_rates import Absent, Rate, certificate, ours, peer, size_of
from digest.bench.deliver_sinks import PostfixSink, Sink, postfix, source_seconds

Say = Callable[[str], object]

CONNECTIONS = 10
MESSAGES = 10_000
ROUNDS = 3
SLOW = 20
"""Milliseconds until an answer, of a relay far away."""
READERS = int(os.environ.get("DIGEST_BENCH_READERS", "1000000"))
KILLS = int(os.environ.get("DIGEST_BENCH_KILLS", "50"))


def run(say: Say) -> dict[str, object]:
    """All of it."""
    size = size_of()
    say(f"messages of {size:,} bytes each, {CONNECTIONS} connections, {ROUNDS} rounds, median")
    return {
        "bytes": size,
        "plain": _plain(say, size),
        "delay": _behind(say, f"{SLOW} ms until each answer", delay=SLOW, ours_too=4_000, them=600),
        "starttls": _behind(say, "STARTTLS", tls=True, ours_too=MESSAGES, them=600),
        "million": _million(say),
        "kills": _kills(say),
        "points": _points(say),
        "bounces": deliver_rest.bounces(say),
        "limits": deliver_rest.limits(say),
    }


def _plain(say: Say, size: int) -> dict[str, object]:
    """Round by round, everybody into the same sink."""
    found: dict[str, list[Rate]] = {}
    postfix_there = postfix("smtp-sink") is not None
    with PostfixSink() if postfix_there else Sink() as sink:
        for _ in range(ROUNDS):
            if postfix_there:
                seconds = source_seconds(sink.port, MESSAGES, size, CONNECTIONS)
                found.setdefault("smtp-source", []).append(Rate(MESSAGES / seconds, 0.0))
            found.setdefault("digest", []).append(ours(sink.port, MESSAGES, CONNECTIONS))
            _peers(say, found, sink.port, MESSAGES // 2)
    return _told(say, "plain, into smtp-sink" if postfix_there else "plain, own sink", found)


def _behind(
    say: Say, what: str, *, ours_too: int, them: int, delay: int = 0, tls: bool = False
) -> dict[str, object]:
    found: dict[str, list[Rate]] = {}
    with tempfile.TemporaryDirectory() as folder:
        pem = certificate(Path(folder)) if tls else ""
        with Sink(delay=delay, certificate=pem) as sink:
            for _ in range(ROUNDS):
                found.setdefault("digest", []).append(
                    ours(sink.port, ours_too, CONNECTIONS, ca_file=pem)
                )
                _peers(say, found, sink.port, them, ca_file=pem)
    return _told(say, what, found)


def _peers(
    say: Say, found: dict[str, list[Rate]], port: int, messages: int, ca_file: str = ""
) -> None:
    """One round of each; one that cannot be had is named."""
    for client in ("smtplib", "aiosmtplib"):
        try:
            rate = peer(client, port, CONNECTIONS, messages, ca_file=ca_file)
        except Absent as reason:
            say(f"not measured: {reason}")
        else:
            found.setdefault(client, []).append(rate)


def _told(say: Say, what: str, found: dict[str, list[Rate]]) -> dict[str, object]:
    """One line a client: its rate, its processor time, and ours over its."""
    rates = {name: median(one.a_second for one in rounds) for name, rounds in found.items()}
    cpu = {name: median(one.cpu for one in rounds) for name, rounds in found.items()}
    mine = rates["digest"]
    say(f"\n{what}")
    for name, rate in rates.items():
        ours_over = "" if name == "digest" else f"   digest = {mine / rate:.2f} x"
        used = f"{cpu[name] * 1e6:6.0f} us" if cpu[name] else "      -  "
        say(f"  {name:<12} {rate:8,.0f} messages/s   {used} of processor each{ours_over}")
    return {
        "a_second": {name: round(rate) for name, rate in rates.items()},
        "cpu_us": {name: round(used * 1e6) for name, used in cpu.items()},
        "ratio": {name: mine / rate for name, rate in rates.items() if name != "digest"},
    }


def _million(say: Say) -> dict[str, float]:
    seeded, sent = deliver_rest.million(READERS, CONNECTIONS * 2)
    say(f"\n{READERS:,} readers")
    say(f"  released (deliveries and chunks made)   {seeded['seconds']:8.1f} s")
    say(
        f"  sent   {READERS / sent['seconds']:8,.0f} messages/s in {sent['seconds']:,.0f} s,"
        f" peak memory {sent['megabytes']:.0f} MB"
    )
    return {"seed_seconds": seeded["seconds"], **sent}


def _kills(say: Say) -> dict[str, object]:
    outcome = deliver_faults.random_kills(100_000, KILLS, CONNECTIONS)
    say(
        f"\n{outcome.kills} x kill -9 in a send to {outcome.readers:,} under hold:"
        f" {outcome.lost} lost, {outcome.doubled} doubled, {outcome.in_doubt} in doubt"
        f" ({outcome.in_doubt / max(1, outcome.kills):.1f} a kill), {outcome.owed} owed"
    )
    return {
        "kills": outcome.kills,
        "lost": outcome.lost,
        "doubled": outcome.doubled,
        "in_doubt": outcome.in_doubt,
        "owed": outcome.owed,
    }


def _points(say: Say) -> dict[str, object]:
    """Each named point x kill, raise, hang (asleep past its lease while another one sends)."""
    say(f"\n{'at':<14}{'mode':<7}{'lost':>6}{'doubled':>9}{'in doubt':>10}{'owed':>6}")
    figures: dict[str, object] = {}
    for point in ("after_intent", "after_dot", "after_250"):
        for mode in ("kill", "raise", "hang"):
            one = deliver_rest.one_point(point, mode, connections=3)
            say(f"{point:<14}{mode:<7}{one.lost:>6}{one.doubled:>9}{one.in_doubt:>10}{one.owed:>6}")
            figures[f"{point} {mode}"] = [one.lost, one.doubled, one.in_doubt, one.owed]
    return figures
