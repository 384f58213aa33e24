"""The team's stand-ins of the social networks, started for one test session and stopped again."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import absent


@contextmanager
def peer(shared: Path, name: str, *options: str) -> Iterator[dict[str, object]]:
    """A tool of ../shared/tools/social, with what it says when it is ready."""
    tool = shared / "tools" / "social" / name
    start = [sys.executable, str(tool)] if tool.suffix == ".py" else [str(tool)]
    process = subprocess.Popen(
        [*start, "--ttl", "300", *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        if not first:
            absent(f"{name} did not start: run ../shared/tools/setup.sh social")
        yield json.loads(first)
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
