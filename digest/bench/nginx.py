"""Debian's nginx on loopback: static files as a careful publisher serves them, and who came."""

import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from digest.errors import DigestError

ADDRESSES = tuple(f"127.0.0.{n}" for n in range(1, 51))
"""Fifty hosts, so that a limit of connections a host means what it means outside."""
PATIENCE = 10.0
"""Seconds it has to open its port."""
TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
CONFIG = """\
daemon off;
master_process off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  {temporary}
  types {{ {types} }}
  default_type application/octet-stream;
  log_format visit "$status\\t$server_addr\\t$request_uri\\t$http_user_agent";
  access_log {folder}/access.log visit;
  etag on;
  gzip on;
  gzip_types {gzipped};
  gzip_static on;
  server {{
    {listen}
    root {folder}/files;
  }}
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One line of the access log."""

    status: int
    address: str
    path: str
    agent: str


class Nginx:
    """One process for the length of a `with`; a folder of its own holds `files` and its log."""

    def __init__(self, folder: Path, addresses: Sequence[str] = ADDRESSES) -> None:
        self.folder = folder
        self.addresses = tuple(addresses)
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it on a free port with an empty log, and wait until it answers."""
        (self.folder / "files").mkdir(parents=True, exist_ok=True)
        (self.folder / "access.log").write_bytes(b"")
        self.port = _free_port()
        path = self.folder / "nginx.conf"
        path.write_text(config(self.folder, self.port, self.addresses), "utf-8")
        log = str(self.folder / "error.log")
        self._process = subprocess.Popen(
            [program(), "-p", str(self.folder), "-e", log, "-c", str(path)],
            stdin=subprocess.DEVNULL,
        )
        self._wait_until_open(self._process)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it; from then on its log is whole."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def url(self, number: int, path: str) -> str:
        """The address of a file, the hosts taken in turn."""
        return f"http://{self.addresses[number % len(self.addresses)]}:{self.port}{path}"

    def visits(self) -> list[Visit]:
        """Who came since it was started, in order."""
        return visits((self.folder / "access.log").read_text("utf-8"))

    def _wait_until_open(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < until:
            try:
                socket.create_connection((self.addresses[-1], self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.02)
        process.kill()
        process.wait()
        told = (self.folder / "error.log").read_text("utf-8").strip()
        raise DigestError(f"nginx did not start ({told or 'it says nothing'}); look at its port")


def program() -> str:
    """Where nginx is, "" when it is not installed; Debian hides it from those who are not root."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or ""


def config(folder: Path, port: int, addresses: Sequence[str]) -> str:
    """One process without privileges: ETag, gzip made beforehand, and a log of statuses."""
    return CONFIG.format(
        folder=folder,
        temporary=" ".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY),
        types=" ".join(f"{kind} {ending};" for ending, kind in TYPES.items()),
        gzipped=" ".join(TYPES.values()),
        listen=" ".join(f"listen {address}:{port};" for address in addresses),
    )


def visits(log: str) -> list[Visit]:
    """The visits an access log tells of."""
    found = []
    for line in log.splitlines():
        status, address, path, agent = line.split("\t", 3)
        found.append(Visit(status=int(status), address=address, path=path, agent=agent))
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
