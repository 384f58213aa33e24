"""The demo's mail server: a real SMTP conversation on loopback, each message into a folder."""

import asyncio
import hashlib
from pathlib import Path
from types import TracebackType
from typing import Self

GREETING = "220 mailbox.sample.example ESMTP Digest demo"
ABILITIES = ("mailbox.sample.example", "PIPELINING", "8BITMIME", "SIZE 10240000")


class Mailbox:
    """Takes mail for everybody while the context is open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.count = 0
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        """Listen on a free port of the loopback interface."""
        (self.folder / "new").mkdir(parents=True, exist_ok=True)
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation, to QUIT or to its breaking off."""
        try:
            writer.write(f"{GREETING}\r\n".encode())
            await self._converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipients: list[str] = []
        while line := (await reader.readline()).decode("utf-8", "replace").strip():
            verb = line.upper().split(" ")[0].split(":")[0]
            if verb == "QUIT":
                writer.write(b"221 2.0.0 bye\r\n")
                await writer.drain()
                return
            if verb == "RCPT":
                recipients.append(line.partition("<")[2].partition(">")[0])
            if verb in ("MAIL", "RSET", "EHLO", "HELO"):
                recipients.clear()
            writer.write(_reply(verb, recipients))
            await writer.drain()
            if verb == "DATA" and recipients:
                self._keep(recipients, await _body(reader))
                writer.write(f"250 2.0.0 kept as number {self.count}\r\n".encode())
                recipients.clear()

    def _keep(self, recipients: list[str], content: bytes) -> None:
        """A file a message, named by its address and content."""
        for address in recipients:
            self.count += 1
            told = hashlib.sha256(content).hexdigest()[:10]
            (self.folder / "new" / f"{address}.{told}.eml").write_bytes(content)


def _reply(verb: str, recipients: list[str]) -> bytes:
    if verb == "EHLO":
        last = len(ABILITIES) - 1
        lines = [f"250{' ' if n == last else '-'}{a}" for n, a in enumerate(ABILITIES)]
        return "".join(f"{line}\r\n" for line in lines).encode()
    if verb == "DATA":
        return b"354 end with a lone dot\r\n" if recipients else b"503 5.5.1 RCPT first\r\n"
    if verb in ("HELO", "MAIL", "RCPT", "RSET", "NOOP"):
        return b"250 2.0.0 ok\r\n"
    return b"500 5.5.2 this mailbox does not know that command\r\n"


async def _body(reader: asyncio.StreamReader) -> bytes:
    """Up to the lone dot, dots unstuffed."""
    lines = []
    while (line := await reader.readuntil(b"\r\n")) != b".\r\n":
        lines.append(line[1:] if line.startswith(b".") else line)
    return b"".join(lines)
