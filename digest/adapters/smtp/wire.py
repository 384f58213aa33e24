"""One connection to a relay: bytes out, replies in, and an exact account of its end."""

import asyncio
from collections.abc import Callable
from typing import cast

from digest.adapters.smtp.replies import Garbled, Reply, ReplyReader


def _nobody(reply: Reply) -> None:
    """A reply that nobody waits for."""


class Wire(asyncio.Protocol):
    """Hands each reply to `on_reply` and the first reason of its end to `on_end`."""

    def __init__(self) -> None:
        self.on_reply: Callable[[Reply], None] = _nobody
        self.on_end: Callable[[str], None] = lambda why: None
        self.ended = ""
        self.unsent = 0
        """At the end: at least so many of the last bytes written never left this process."""
        self._transport: asyncio.Transport | None = None
        self._reader = ReplyReader()
        self._held_back = False

    @property
    def transport(self) -> asyncio.Transport:
        """The transport beneath."""
        assert self._transport is not None, "used before the connection was made"
        return self._transport

    @property
    def secure(self) -> bool:
        """TLS is on."""
        return self.transport.get_extra_info("sslcontext") is not None

    @property
    def quiet(self) -> bool:
        """Nothing that came is left unread; what came before TLS must not count after it."""
        return self._reader.empty

    def write(self, data: bytes) -> None:
        """Send; nothing goes out any more after the end."""
        if not self.ended:
            self.transport.write(data)

    def secured(self, transport: asyncio.Transport) -> None:
        """Carry on over TLS; forgets what was half read before."""
        self.transport.set_write_buffer_limits()
        self._held_back = False
        self._transport = transport
        self._reader = ReplyReader()

    def end(self, why: str) -> None:
        """Close at once; what has not left by now never will."""
        if self._transport is None:
            self.ended = self.ended or why
        elif not self.ended:
            self.unsent = self.transport.get_write_buffer_size()
            self.transport.abort()
            self._over(why)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Connected."""
        self._transport = cast(asyncio.Transport, transport)
        if self.ended:
            self._transport.abort()
        elif not self.secure:
            # Tells us the moment the last byte was handed to the kernel. TLS has buffers beneath
            # that do not report, so there a lost connection counts as if everything had left.
            self._transport.set_write_buffer_limits(high=0)

    def data_received(self, data: bytes) -> None:
        """Bytes came."""
        try:
            for reply in self._reader.feed(data):
                if self.ended:
                    return
                self.on_reply(reply)
        except Garbled as problem:
            self.end(str(problem))

    def eof_received(self) -> bool:
        """The relay will say no more."""
        self.end("the relay closed the connection")
        return False

    def pause_writing(self) -> None:
        """Not everything written has left."""
        self._held_back = True

    def resume_writing(self) -> None:
        """Everything written has left."""
        self._held_back = False

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone."""
        if not self.ended:
            self.unsent = 1 if self._held_back and not self.secure else 0
            self._over(f"the connection to the relay broke ({exc})" if exc else "the relay left")

    def _over(self, why: str) -> None:
        self.ended = why
        self.on_end(why)
