"""A language model's server on loopback that plays whatever part it is given."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

MIB = 1024 * 1024
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request as the server got it."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def stories(self) -> str:
        """What the user's part of the conversation says."""
        return str(self.body["messages"][-1]["content"])

    @property
    def instructions(self) -> str:
        """What the system's part says, in either form."""
        return str(self.body.get("system") or self.body["messages"][0]["content"])

    @property
    def has_schema(self) -> bool:
        """Whether a JSON schema is asked for."""
        return "response_format" in self.body or "output_config" in self.body


Play = Callable[[asyncio.StreamWriter, Call], Awaitable[None]]
"""Answers one call."""


@dataclass(slots=True)
class ModelServer:
    """Its address, and what it was asked."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)


@asynccontextmanager
async def serving(*plays: Play, tls: ssl.SSLContext | None = None) -> AsyncIterator[ModelServer]:
    """A server that plays one part a call, the last one again and again."""
    found, playing = ModelServer(), set[asyncio.Task[None]]()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        playing.add(task)
        task.add_done_callback(playing.discard)
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            call = await _call(reader)
            found.calls.append(call)
            await plays[min(len(found.calls), len(plays)) - 1](writer, call)
            await writer.drain()
            writer.write_eof()
            await reader.read()
        writer.transport.abort()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    found.url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
    try:
        yield found
    finally:
        server.close()
        for task in list(playing):
            task.cancel()
        await asyncio.gather(*playing, return_exceptions=True)
        await server.wait_closed()


async def _call(reader: asyncio.StreamReader) -> Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    pairs = (line.partition(": ") for line in head[1:] if line)
    headers = {name.lower(): value for name, _, value in pairs}
    body = await reader.readexactly(int(headers["content-length"]))
    return Call(path=head[0].split()[1], headers=headers, body=json.loads(body))


def envelope(path: str, text: str) -> bytes:
    """The body of a good answer, in the form that belongs to the path."""
    if path.endswith("/messages"):
        said: dict[str, Any] = {
            "content": [{"type": "text", "text": text}],
            "stop_reason": "end_turn",
            "usage": {"input_tokens": 900, "output_tokens": 120},
        }
    else:
        message = {"role": "assistant", "content": text}
        said = {
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 900, "completion_tokens": 120},
        }
    return json.dumps(said).encode()


def answers(text: object) -> Play:
    """Says this as the model's text; anything but a text as JSON."""
    return obeys(lambda _: text)


def obeys(model: Callable[[Call], object]) -> Play:
    """Says what the function makes of the call."""

    async def play(writer: asyncio.StreamWriter, call: Call) -> None:
        found = model(call)
        text = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
        writer.write(_with_length(OK, envelope(call.path, text)))

    return play


def says(body: bytes, content_type: str = "application/json") -> Play:
    """Answers 200 with this body."""

    async def play(writer: asyncio.StreamWriter, _: Call) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n"
        writer.write(_with_length(head.encode(), body))

    return play


def fails(status: int, words: str = "", **headers: str) -> Play:
    """Answers with a status, the server's own words and more headers (retry_after="3")."""

    async def play(writer: asyncio.StreamWriter, _: Call) -> None:
        lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
        head = f"HTTP/1.1 {status} Told\r\n{''.join(lines)}".encode()
        writer.write(_with_length(head, json.dumps({"error": {"message": words}}).encode()))

    return play


def raw(said: bytes) -> Play:
    """Says this, whatever it is, and hangs up."""

    async def play(writer: asyncio.StreamWriter, _: Call) -> None:
        writer.write(said)

    return play


async def hangs(_: asyncio.StreamWriter, __: Call) -> None:
    """Never says anything."""
    await asyncio.Event().wait()


async def drips(writer: asyncio.StreamWriter, _: Call) -> None:
    """Says a blank now and then, so that no pause is ever long."""
    writer.write(OK + b"Connection: close\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.01)


async def cuts(writer: asyncio.StreamWriter, _: Call) -> None:
    """Hangs up in the middle of its answer."""
    writer.write(OK + b'Content-Length: 5000\r\n\r\n{"choices": [')
    await writer.drain()
    writer.transport.abort()


async def floods(writer: asyncio.StreamWriter, _: Call) -> None:
    """Never ends its answer."""
    writer.write(OK + b"Connection: close\r\n\r\n")
    while True:
        writer.write(b"x" * 65536)
        await writer.drain()


def _with_length(head: bytes, body: bytes) -> bytes:
    return head + f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body
