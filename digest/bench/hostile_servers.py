"""Servers that mean harm, on loopback: each plays one part to whoever asks."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

Play = Callable[[asyncio.StreamWriter, str], Awaitable[None]]
"""Answers a request for a path."""

MIB = 1024 * 1024
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
CLOSE = b"Connection: close\r\n\r\n"


@asynccontextmanager
async def serving(play: Play, host: str = "127.0.0.1") -> AsyncIterator[tuple[int, list[bytes]]]:
    """A server playing its part: its port, and the head of each request it was sent."""
    seen: list[bytes] = []
    playing: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        playing.add(task)
        task.add_done_callback(playing.discard)
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                seen.append(head)
                await play(writer, head.split()[1].decode())
                await writer.drain()
        writer.transport.abort()

    server = await asyncio.start_server(answer, host, 0)
    try:
        yield server.sockets[0].getsockname()[1], seen
    finally:
        server.close()
        for task in list(playing):
            task.cancel()
        await asyncio.gather(*playing, return_exceptions=True)
        await server.wait_closed()


def says(answer: bytes) -> Play:
    """Says this, and hangs up."""

    async def play(writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(answer)
        await writer.drain()
        writer.close()

    return play


def packed(encoding: str, body: bytes) -> Play:
    """Sends a body said to be packed in this way."""
    size = f"Content-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n"
    return says(OK + size.encode() + body)


def endless(start: bytes, more: bytes) -> Play:
    """Starts, and never ends."""

    async def play(writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(start)
        while True:
            writer.write(more)
            await writer.drain()

    return play


def drips(start: bytes, drop: bytes, pause: float = 0.02) -> Play:
    """Sends a little now and then, so that no pause is ever long."""

    async def play(writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(start)
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(pause)

    return play


async def is_silent(writer: asyncio.StreamWriter, _: str) -> None:
    """Takes the request and says nothing."""
    await writer.drain()
    await asyncio.Event().wait()


def redirects(*targets: str, status: int = 302) -> Play:
    """Sends each path (/0, /1 …) on to the target of that place, the last one for all others."""

    async def play(writer: asyncio.StreamWriter, path: str) -> None:
        name = path.strip("/")
        place = min(int(name), len(targets) - 1) if name.isdigit() else len(targets) - 1
        head = f"HTTP/1.1 {status} Moved\r\nLocation: {targets[place]}\r\n"
        writer.write(head.encode("utf-8", "surrogateescape") + b"Content-Length: 0\r\n\r\n")

    return play


def zeros(size: int, wbits: int = 31) -> bytes:
    """So many zero bytes, packed: a thousandth of the size."""
    packing = zlib.compressobj(9, wbits=wbits)
    parts = [packing.compress(bytes(MIB)) for _ in range(size // MIB)]
    return b"".join((*parts, packing.flush()))


def plays() -> dict[str, Play]:
    """Every part, by name."""
    bomb = zeros(400 * MIB)
    return {
        "gzip bomb, 400 KB to 400 MiB": packed("gzip", bomb),
        "deflate bomb": packed("deflate", zeros(400 * MIB, wbits=15)),
        "raw deflate bomb": packed("deflate", zeros(400 * MIB, wbits=-15)),
        "gzip bomb sent as a file": packed("identity", bomb),
        "gzip bomb inside gzip": packed("gzip", gzip.compress(bomb)),
        "packed twice, and said so": packed("gzip, gzip", gzip.compress(bomb)),
        "200,000 gzip members": packed("gzip", gzip.compress(b"x") * 200_000),
        "endless body": endless(OK + CLOSE, b"x" * 65536),
        "endless chunks of a byte": endless(
            OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 10_000
        ),
        "endless chunk extension": endless(
            OK + b"Transfer-Encoding: chunked\r\n\r\n1;", b"x" * 65536
        ),
        "endless headers": endless(OK, b"X-Y: z\r\n" * 1000),
        "one endless header": endless(OK + b"X-Y: ", b"z" * 65536),
        "endless status line": endless(b"HTTP/1.1 200 ", b"O" * 65536),
        "endless 100 Continue": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
        "endless answers": endless(b"", b"HTTP/1.1 304 Not Modified\r\n\r\n" * 1000),
        "endless trailers": endless(
            OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Y: z\r\n" * 1000
        ),
        "a body that drips": drips(OK + CLOSE, b"x"),
        "headers that drip": drips(OK, b"X-Y: z\r\n"),
        "silence": is_silent,
        "redirects in a circle": redirects("/1", "/0"),
        "redirects without end": redirects("/1", "/2", "/3", "/4", "/5", "/6", "/7"),
        "no HTTP at all": endless(b"", b"\x00\xff" * 32768),
    }
