"""The way through which every answer comes: connections that are vetted, few, and not flooded."""

import asyncio
import functools

from aiohttp import TCPConnector
from aiohttp.client_proto import ResponseHandler
from aiohttp.http import HttpProcessingError

from digest.adapters.http.guard import Guard

AT_ONCE = 32
PER_HOST = 2
UNASKED = 16
"""Answers that may wait unread: a few interim ones before the one that was asked for."""


class _Handler(ResponseHandler):
    """Hangs up on a server that floods us with answers; the client would keep them all."""

    def data_received(self, data: bytes) -> None:
        """Bytes of an answer."""
        super().data_received(data)
        if len(self) > UNASKED:
            self._buffer.clear()
            self.set_exception(HttpProcessingError(code=400, message="a flood of answers"))
            if self.transport is not None:
                self.transport.abort()


def connector(guard: Guard) -> TCPConnector:
    """Makes the connections of one session."""
    found = TCPConnector(
        limit=AT_ONCE,
        limit_per_host=PER_HOST,
        resolver=guard,
        socket_factory=guard.socket_for,
    )
    found._factory = functools.partial(_handler, found._loop)
    return found


def _handler(loop: asyncio.AbstractEventLoop) -> ResponseHandler:
    return _Handler(loop)
