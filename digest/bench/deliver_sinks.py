"""Sinks in processes of their own: ours, and Postfix's where it is installed."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self


class Sink:
    """`deliver_sink` on a free port."""

    def __init__(self, *, delay: int = 0, certificate: str = "", truth: Path | None = None) -> None:
        self.truth = truth or Path(os.devnull)
        self._command = [
            sys.executable,
            "-m",
            "digest.bench.deliver_sink",
            str(delay),
            certificate or "-",
            *([str(truth)] if truth else []),
        ]

    def __enter__(self) -> Self:
        """Start it."""
        if self.truth != Path(os.devnull):
            self.truth.touch()
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self._process.kill()
        self._process.communicate()


class PostfixSink:
    """smtp-sink, the one that smtp-source is made for."""

    def __enter__(self) -> Self:
        """Start it."""
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        program = postfix("smtp-sink")
        user = ["-u", "nobody"] if os.getuid() == 0 else []
        self._process = subprocess.Popen(
            [str(program), *user, f"127.0.0.1:{self.port}", "1000"],
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                break
            time.sleep(0.05)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self._process.kill()
        self._process.wait()


def source_seconds(port: int, messages: int, size: int, connections: int) -> float:
    """How long smtp-source takes."""
    command = [str(postfix("smtp-source")), "-s", str(connections), "-m", str(messages)]
    more = ["-l", str(size), "-d", "-f", "news@sample.example", "-t", "reader@reader.example"]
    start = time.perf_counter()
    subprocess.run([*command, *more, f"127.0.0.1:{port}"], env=environment(), check=True)
    return time.perf_counter() - start


def postfix(name: str) -> Path | None:
    """Postfix's program, installed or unpacked by the tools' set-up; None where there is none."""
    found = shutil.which(name)
    if found:
        return Path(found)
    path = _unpacked() / "usr" / "sbin" / name
    return path if path.exists() else None


def environment() -> dict[str, str]:
    """With the libraries of an unpacked Postfix."""
    known = os.environ.get("LD_LIBRARY_PATH", "")
    libraries = f"{_unpacked() / 'usr' / 'lib' / 'postfix'}:{known}".rstrip(":")
    return {**os.environ, "LD_LIBRARY_PATH": libraries}


def _unpacked() -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("DIGEST_TOOLS_CACHE") or cache / "digest-tools") / "postfix"
