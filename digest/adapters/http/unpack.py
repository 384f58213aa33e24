"""Packed bodies unpacked piece by piece, so that a bomb is seen before it has grown."""

import zlib
from collections.abc import Iterator

PIECE = 64 * 1024
MEMBERS = 1000
"""Parts of a gzip body; honest ones have one, or as many as were joined."""
GZIP = b"\x1f\x8b\x08"
ASKED = "gzip, deflate"
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_RAW = -15


class Unpacking:
    """One body on its way; zlib.error when it is damaged."""

    def __init__(self, packing: str) -> None:
        self._window = _WINDOWS.get(packing)
        self._current: zlib._Decompress | None = None
        self._members = 0
        self._is_padded = False

    @staticmethod
    def reads(packing: str) -> bool:
        """Whether this content encoding can be unpacked."""
        return packing in _WINDOWS or packing in ("", "identity")

    @property
    def is_whole(self) -> bool:
        """Whether the body may end here."""
        return self._current is None or self._current.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What the next bytes hold, never much at a time."""
        if self._window is None:
            yield data
            return
        while data and not self._is_padded:
            current = self._for(data)
            if current is None:
                return
            while not current.eof:
                piece = current.decompress(data, PIECE)
                data = current.unconsumed_tail
                yield piece
                if not current.eof and not data and len(piece) < PIECE:
                    return
            data = current.unused_data

    def _for(self, data: bytes) -> "zlib._Decompress | None":
        """What unpacks these bytes; None when they are only padding behind the end."""
        if self._current is not None and not self._current.eof:
            return self._current
        if self._members and not GZIP.startswith(data[:3]):
            self._is_padded = True
            return None
        self._members += 1
        if self._members > MEMBERS:
            raise zlib.error("too many parts")
        if self._window == 15 and data[0] & 0x0F != 8:
            self._window = _RAW  # what many servers take deflate to be
        self._current = zlib.decompressobj(wbits=self._window or 0)
        return self._current


def unpacked(packed: bytes, most: int) -> bytes | None:
    """A whole .gz file, None when it is larger; zlib.error when it is damaged."""
    found = bytearray()
    unpacking = Unpacking("gzip")
    for piece in unpacking.pieces(packed):
        found += piece
        if len(found) > most:
            return None
    if not unpacking.is_whole:
        raise zlib.error("cut off")
    return bytes(found)
