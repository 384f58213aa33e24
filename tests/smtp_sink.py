"""An SMTP server that keeps the truth and misbehaves as told, for tests."""

import asyncio
import base64
import ssl
from collections.abc import Callable
from types import TracebackType
from typing import Self


class Sink:
    """Takes mail on a free loopback port; `script` says per address what goes wrong, in order.

    An action is used up by one attempt; after the last one the address is accepted.
    "mail|rcpt|data|dot CODE text" answers so at that step; "drop mail|rcpt|data|354|body|dot" ends
    the connection there ("dot": the message was taken); "hang rcpt|dot" never answers.
    """

    def __init__(
        self,
        script: dict[str, list[str]] | None = None,
        *,
        pipelining: bool = True,
        honest: bool = True,
        lenient: bool = False,
        split: bool = False,
        greeting: str = "220 sink ready",
        goodbye_after: int = 0,
        most: int = 0,
        tls: ssl.SSLContext | None = None,
        tls_first: bool = False,
        auth: tuple[str, str] | None = None,
        ways: str = "PLAIN LOGIN",
        on_taken: Callable[[str], None] = lambda address: None,
    ) -> None:
        self.script = {address: list(actions) for address, actions in (script or {}).items()}
        self.pipelining = pipelining
        self.honest = honest
        """False: announces PIPELINING but answers 503 to commands that came early."""
        self.lenient = lenient
        """Asks for the message even when every recipient was refused."""
        self.split = split
        self.greeting = greeting
        self.goodbye_after = goodbye_after
        """Says 421 after so many messages on a connection."""
        self.most = most
        """Connections taken in at once, 0 for any number."""
        self.tls = tls
        self.tls_first = tls_first
        self.auth = auth
        self.ways = ways
        self.on_taken = on_taken
        self.taken: list[str] = []
        self.contents: dict[str, bytes] = {}
        self.connections = 0
        self.open = 0
        self.most_open = 0
        self.logins: list[str] = []
        self.secure: list[bool] = []
        self.heard: list[str] = []
        self.hanging = asyncio.Event()
        """Set once somebody waits for an answer that never comes."""
        self.port = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Listen."""
        context = self.tls if self.tls_first else None
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop; whoever still hangs is cut off."""
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        talk = Conversation(self, reader, writer)
        try:
            await talk.run()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError):
            pass
        finally:
            self.open -= 1
            self._tasks.discard(task)
            writer.transport.abort()


class Dropped(ConnectionError):
    """The sink leaves without a word."""


class Conversation:
    """One connection."""

    def __init__(
        self, sink: Sink, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.sink = sink
        self.reader = reader
        self.writer = writer
        self.action = ""
        self.address = ""
        self.mail = False
        self.took = 0
        self.secure = sink.tls_first

    async def run(self) -> None:
        """Until QUIT, EOF or a drop."""
        full = 0 < self.sink.most < self.sink.open
        greeting = "421 4.7.0 too many connections" if full else self.sink.greeting
        await self.say(*greeting.split("\n"))
        if not greeting.startswith("220"):
            return
        while line := (await self.reader.readline()).decode().rstrip("\r\n"):
            self.sink.heard.append(line)
            verb = line.upper().split(":")[0].split(" ")[0]
            if verb == "QUIT":
                await self.say("221 bye")
                return
            await getattr(self, f"do_{verb.lower()}", self.unknown)(line)

    async def say(self, *lines: str) -> None:
        """A reply, byte by byte when so told."""
        code = lines[0][:3]
        text = "".join(
            f"{code}{' ' if n == len(lines) else '-'}{line[4:]}\r\n"
            for n, line in enumerate(lines, start=1)
        ).encode()
        if not self.sink.split:
            self.writer.write(text)
            await self.writer.drain()
            return
        for at in range(len(text)):
            self.writer.write(text[at : at + 1])
            await self.writer.drain()
            await asyncio.sleep(0)

    async def unknown(self, line: str) -> None:
        """Not in our book."""
        await self.say("502 5.5.1 unknown command")

    async def do_ehlo(self, line: str) -> None:
        """What we can."""
        lines = ["250 sink", "250 8BITMIME"]
        if self.sink.pipelining:
            lines.append("250 PIPELINING")
        if self.sink.tls and not self.secure:
            lines.append("250 STARTTLS")
        if self.sink.auth:
            lines.append(f"250 AUTH {self.sink.ways}")
        await self.say(*lines)

    async def do_starttls(self, line: str) -> None:
        """Go on in secret."""
        assert self.sink.tls is not None
        await self.say("220 go ahead")
        await self.writer.start_tls(self.sink.tls)
        self.secure = True

    async def do_auth(self, line: str) -> None:
        """PLAIN in one line, LOGIN in three."""
        words = line.split(" ")
        if words[1] == "PLAIN":
            _, user, password = base64.b64decode(words[2]).decode().split("\0")
        else:
            await self.say("334 VXNlcm5hbWU6")
            user = base64.b64decode(await self.reader.readline()).decode()
            await self.say("334 UGFzc3dvcmQ6")
            password = base64.b64decode(await self.reader.readline()).decode()
        if (user, password) == self.sink.auth:
            self.sink.logins.append(words[1])
            await self.say("235 welcome")
        else:
            await self.say("535 5.7.8 wrong password")

    async def do_rset(self, line: str) -> None:
        """Start afresh."""
        self.mail, self.address = False, ""
        await self.say("250 afresh")

    async def do_mail(self, line: str) -> None:
        """Nested MAIL is a mistake."""
        if self.mail:
            await self.say("503 5.5.1 nested MAIL")
            return
        self.mail = True
        self.address = ""
        await self.say("250 sender ok")

    async def do_rcpt(self, line: str) -> None:
        """The address chooses the action of the whole attempt."""
        if self.early():
            await self.say("503 5.5.1 you are too fast")
            return
        address = line.partition("<")[2].partition(">")[0]
        waiting = self.sink.script.get(address, [])
        self.action = waiting.pop(0) if waiting else ""
        await self.maybe("rcpt")
        if self.action.startswith("rcpt "):
            await self.say(self.action[5:])
            return
        self.address = address
        await self.say("250 recipient ok")

    def early(self) -> bool:
        """A dishonest sink sees the next command in its buffer already and loses its head."""
        buffered = bytes(self.reader._buffer)  # type: ignore[attr-defined]
        return not self.sink.honest and bool(buffered)

    async def do_data(self, line: str) -> None:
        """Take the message, or not."""
        await self.maybe("data")
        if self.action.startswith("data "):
            await self.say(self.action[5:])
            return
        if not self.address and not self.sink.lenient:
            await self.say("503 5.5.1 no recipients")
            return
        await self.say("354 go on")
        await self.maybe("354")
        await self.maybe("body")
        content = await self.body()
        await self.answer(content)
        self.mail = False
        self.took += 1
        if self.took == self.sink.goodbye_after:
            await self.say("421 4.3.2 enough for one connection")
            raise Dropped

    async def body(self) -> bytes:
        """Up to the lone dot, unstuffed."""
        lines = []
        while (line := await self.reader.readuntil(b"\r\n")) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    async def answer(self, content: bytes) -> None:
        """What we say after the dot; what we keep is kept before that."""
        if self.action.startswith("dot "):
            await self.say(self.action[4:])
        elif not self.address:
            await self.say("554 5.5.1 no valid recipients")
        else:
            self.sink.taken.append(self.address)
            self.sink.contents[self.address] = content
            self.sink.secure.append(self.secure)
            self.sink.on_taken(self.address)
            await self.maybe("dot")
            await self.say("250 2.0.0 taken")

    async def maybe(self, step: str) -> None:
        """Leave, or fall silent, if the action says so."""
        if self.action == f"drop {step}":
            raise Dropped
        if self.action == f"hang {step}":
            self.sink.hanging.set()
            await asyncio.Event().wait()
