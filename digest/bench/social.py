"""The social queue, whole: lengths, a thousand posts a network with everything lost that can be,
X's contract, throttling, the hold, money, and a year of slots."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict

from digest.bench import social_count, social_faults, social_naive, social_rest, social_year
from digest.bench.deliver_rates import Absent
from digest.bench.social_faults import Outcome, Way

Say = Callable[[str], object]

WAYS: dict[str, Callable[[], AbstractContextManager[Way]]] = {
    "Bluesky, the real server": social_faults.bluesky,
    "X, stand-in": social_faults.x,
    "Mastodon, key honoured": lambda: social_faults.mastodon("honoured"),
    "Mastodon, key ignored": lambda: social_faults.mastodon("ignored"),
    "Mastodon, key an error": lambda: social_faults.mastodon("error"),
}
KILLS = int(os.environ.get("DIGEST_BENCH_KILLS", social_faults.KILLS))


def run(say: Say) -> dict[str, object]:
    """All of it; what cannot be had here is named and left out."""
    return {
        "lengths": _tried(say, _lengths),
        "faults": {name: _tried(say, _network, name, way) for name, way in WAYS.items()},
        "naive": _tried(say, _naive),
        "contract": _tried(say, _contract),
        "throttled": _tried(say, _throttled),
        "hold": _tried(say, _hold),
        "spend": _tried(say, _spend),
        "year": _tried(say, _year),
    }


def _tried(say: Say, work: Callable[..., object], *what: object) -> object:
    try:
        return work(say, *what)
    except Absent as reason:
        say(f"\nnot measured: {reason}")
        return {"skipped": str(reason)}


def _lengths(say: Say) -> dict[str, object]:
    found = social_count.conformance()
    seconds, text, network = social_count.slowest()
    say("lengths, by X's own conformance rows")
    say(f"  weighted lengths   {found['lengths']} of {found['of_lengths']}")
    say(f"  links              {found['urls']} of {found['of_urls']}")
    say(
        f"  slowest of hostile texts of {social_count.MOST:,} characters"
        f"   {seconds * 1e3:.1f} ms ({text!r} on {network})"
    )
    told: dict[str, object] = {**found, "slowest_ms": seconds * 1e3}
    size = 280
    try:
        theirs, ours = social_count.peer(size), social_count.ours(size)
    except Absent as reason:
        say(f"  not measured: {reason}")
        return told
    say(
        f"  the same cut to {size}: digest {ours * 1e3:.2f} ms, {social_count.PACKAGE}"
        f" {theirs * 1e3:.1f} ms   digest = {theirs / ours:,.0f} x"
    )
    return told | {"peer_ms": theirs * 1e3, "ours_ms": ours * 1e3, "ratio": theirs / ours}


def _network(say: Say, name: str, way: Callable[[], AbstractContextManager[Way]]) -> object:
    with way() as there:
        found = social_faults.run(there, kills=KILLS)
    _say_outcome(say, name, found)
    return asdict(found)


def _say_outcome(say: Say, name: str, found: Outcome) -> None:
    say(f"\n{name}: {found.jobs:,} posts, 20 % of requests and 20 % of answers lost")
    say(
        f"  requests lost {found.lost_requests}, answers lost {found.lost_answers},"
        f" workers killed {found.kills}, {found.seconds:.0f} s"
    )
    states = ", ".join(f"{count} {state}" for state, count in sorted(found.states.items()))
    say(f"  doubled {found.doubled}   lost {found.lost}   ({states})")


def _naive(say: Say) -> object:
    found = social_naive.run()
    say(
        f"\nfor comparison, a client that tries again until it is answered, as others do:"
        f" of {found['jobs']} posts {found['doubled']} stand there more than once"
        f" ({found['doubled'] / found['jobs']:.0%})"
    )
    return found


def _contract(say: Say) -> object:
    found = social_rest.contract()
    say(
        f"\nX's contract: {found['requests']} requests for {found['posts']} posts,"
        f" {found['pictures']} pictures and as many readings, {found['violations']} violations"
    )
    return found


def _throttled(say: Say) -> object:
    told = {}
    for name, header in (("with a reset header", True), ("without one", False)):
        found = social_rest.throttled(header=header)
        say(
            f"\nthrottled {name}: {found['posts']} posts in {found['requests']} requests,"
            f" {found['refused']} refused, {found['while_throttled']} made while throttled"
        )
        told[name] = found
    return told


def _hold(say: Say) -> object:
    found = social_rest.hold()
    say(
        f"\nhold, {social_rest.WORKERS} workers: {found['at_hold']} intents when it was set,"
        f" {found['after_hold']} after it; lifted, {found['kept_for_an_editor']} wait for an"
        f" editor and {found['fired_on_release']} went out"
    )
    return found


def _spend(say: Say) -> object:
    found = social_rest.spend()
    say(
        f"\n{found['posts']:,.0f} posts: predicted ${found['predicted']:.3f},"
        f" charged ${found['charged']:.3f}"
    )
    return found


def _year(say: Say) -> object:
    found = social_year.year()
    for zone, counts in found.items():
        say(
            f"\na year in {zone}: {counts['slots']} slots, {counts['once']} fired once,"
            f" {counts['missed']} missed, {counts['twice']} twice, {counts['elsewhere']} elsewhere"
        )
    return found
