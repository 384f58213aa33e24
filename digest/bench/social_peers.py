"""The stand-ins and the real server that `bench social` posts to, each in a process of its own."""

import json
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from digest.bench.deliver_rates import Absent
from digest.bench.past import shared

LIFE = "3600"
"""Seconds after which a forgotten one stops by itself."""


@contextmanager
def peer(name: str, *options: str) -> Iterator[str]:
    """A tool of the developers' folder, by its address; Absent where it cannot be had."""
    tool = shared().parent / "tools" / "social" / name
    if not tool.is_file():
        raise Absent(f"{name}: ../shared/tools/social is not there")
    start = [sys.executable, str(tool)] if tool.suffix == ".py" else [str(tool)]
    process = subprocess.Popen(
        [*start, "--ttl", LIFE, *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        if not first:
            raise Absent(f"{name} does not start: run ../shared/tools/setup.sh social")
        yield str(json.loads(first)["url"])
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


@contextmanager
def several(count: int, name: str, *options: str) -> Iterator[list[str]]:
    """So many of a stand-in that knows one account."""
    with ExitStack() as stack:
        yield [stack.enter_context(peer(name, "--port", "0", *options)) for _ in range(count)]


@contextmanager
def bluesky() -> Iterator[tuple[str, str]]:
    """A real Bluesky server with an account, and the same behind a proxy that can lose things."""
    ports = ("--port", str(free_port()), "--plc-port", str(free_port()))
    with (
        peer("pds", *ports, "--account", "paper.test:app-password") as pds,
        peer("chaosproxy.py", "--port", "0", "--to", pds) as proxy,
    ):
        yield pds, proxy


def control(url: str, **settings: object) -> None:
    """Change how a stand-in behaves."""
    _json(f"{url}/_peer/set", json.dumps(settings).encode())


def state(url: str) -> dict[str, Any]:
    """What a stand-in has seen."""
    return _json(f"{url}/_peer/state")


def records(pds: str) -> list[str]:
    """The text of every post on the Bluesky server."""
    identity = {"identifier": "paper.test", "password": "app-password"}
    session = _json(f"{pds}/xrpc/com.atproto.server.createSession", json.dumps(identity).encode())
    found: list[str] = []
    cursor = ""
    while True:
        query = f"repo={session['did']}&collection=app.bsky.feed.post&limit=100{cursor}"
        page = _json(f"{pds}/xrpc/com.atproto.repo.listRecords?{query}")
        found += [record["value"]["text"] for record in page["records"]]
        if not page.get("cursor") or not page["records"]:
            return found
        cursor = f"&cursor={page['cursor']}"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _json(url: str, body: bytes | None = None) -> dict[str, Any]:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, body, headers)  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    return found
