"""An SMTP server for rates: answers at once or after a delay, with STARTTLS, and counts.

python -m digest.bench.deliver_sink DELAY_MS CERT_OR_- [TRUTH]
The first line it prints is its port; TRUTH gets the Message-ID of each message it took, before the
answer leaves.
"""

import asyncio
import re
import ssl
import sys
from collections.abc import Callable
from contextlib import nullcontext
from typing import TextIO, cast

import uvloop

MESSAGE_ID = re.compile(rb"^Message-ID: *(<[^>]+>)", re.MULTILINE | re.IGNORECASE)
ANSWERS = {
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n",
    b"HELO": b"250 sink\r\n",
    b"MAIL": b"250 2.1.0 ok\r\n",
    b"RCPT": b"250 2.1.5 ok\r\n",
    b"DATA": b"354 go on\r\n",
    b"RSET": b"250 2.0.0 ok\r\n",
    b"NOOP": b"250 2.0.0 ok\r\n",
}
END = b"\r\n.\r\n"


class Session(asyncio.Protocol):
    """One client."""

    def __init__(self, delay: float, tls: ssl.SSLContext | None, truth: TextIO | None) -> None:
        self._delay = delay
        self._tls = tls
        self._truth = truth
        self._parts: list[bytes] = []
        self._tail = b""
        self._lines = b""
        self._in_body = False
        self._secure = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet, unless this is the same client over TLS."""
        self._transport = cast(asyncio.Transport, transport)
        if not self._secure:
            self._say(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """Lines, or a body until its lone dot."""
        answers = []
        while data:
            if self._in_body:
                data, done = self._body(data)
                if done:
                    answers.append(b"250 2.0.0 taken\r\n")
                continue
            line, found, data = (self._lines + data).partition(b"\r\n")
            self._lines = b""
            if not found:
                self._lines = line
                break
            answers.append(self._line(line))
        if answers:
            self._say(b"".join(answers))

    def _line(self, line: bytes) -> bytes:
        word = line[:4].upper()
        if word == b"DATA":
            self._in_body, self._tail = True, b"\r\n"
            self._parts.clear()
        if word == b"QUIT":
            self._say(b"221 bye\r\n")
            self._later(self._transport.close)
            return b""
        if word == b"STAR" and self._tls:
            asyncio.get_running_loop().create_task(self._start_tls())
            return b""
        if word == b"EHLO" and self._tls and not self._secure:
            return ANSWERS[word].replace(b"250 E", b"250-STARTTLS\r\n250 E")
        return ANSWERS.get(word, b"500 what?\r\n")

    def _body(self, data: bytes) -> tuple[bytes, bool]:
        """What is left behind the body's end, and whether it has come."""
        joined = self._tail + data
        end = joined.find(END)
        if end < 0:
            if self._truth is not None:
                self._parts.append(data)
            self._tail = joined[-4:]
            return b"", False
        if self._truth is not None:
            self._parts.append(joined[:end])
            found = MESSAGE_ID.search(b"".join(self._parts))
            self._truth.write(f"{found[1].decode() if found else '?'}\n")
            self._truth.flush()
        self._in_body = False
        return joined[end + len(END) :], True

    def _say(self, answer: bytes) -> None:
        if self._delay:
            self._later(self._write, answer)
        else:
            self._write(answer)

    def _write(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)

    def _later(self, do: Callable[..., object], *args: bytes) -> None:
        asyncio.get_running_loop().call_later(self._delay, do, *args)

    async def _start_tls(self) -> None:
        self._transport.write(b"220 2.0.0 go on\r\n")
        self._secure = True
        loop = asyncio.get_running_loop()
        assert self._tls is not None
        transport = await loop.start_tls(self._transport, self, self._tls, server_side=True)
        self._transport = cast(asyncio.Transport, transport)


async def serve(delay: float, certificate: str, truth: str) -> None:
    """Until told to stop."""
    tls = None
    if certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate)
    loop = asyncio.get_running_loop()
    with open(truth, "a", encoding="ascii") if truth else nullcontext() as kept:
        server = await loop.create_server(lambda: Session(delay, tls, kept), "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    milliseconds, pem, *kept_in = sys.argv[1:]
    uvloop.run(
        serve(int(milliseconds) / 1000, "" if pem == "-" else pem, kept_in[0] if kept_in else "")
    )
