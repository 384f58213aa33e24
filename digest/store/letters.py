"""Compiled emails as rows, and back."""

import json
import struct

from sqlalchemy import Row

from digest.model.appeal import Link
from digest.model.edition import Blank, Email, Letter

_LENGTH = struct.Struct(">I")


def columns(edition_id: int, revision: int, noun: Email) -> dict[str, object]:
    """The row of one email."""
    return {
        "edition_id": edition_id,
        "revision": revision,
        "variant": noun.variant,
        "subject": noun.subject,
        "html": noun.html,
        "text": noun.text,
        "nonce": noun.nonce,
        "letter": letter_to_bytes(noun.letter),
        "hash": noun.hash,
    }


def noun(row: Row[tuple[object, ...]]) -> Email:
    """The email of a row that has its link's target beside it."""
    return Email(
        variant=row.variant,
        subject=row.subject,
        html=row.html,
        text=row.text,
        nonce=row.nonce,
        letter=letter_from_bytes(row.letter),
        hash=row.hash,
        link=Link(name=row.variant, target=row.target) if row.target is not None else None,
    )


def letter_to_bytes(letter: Letter) -> bytes:
    """The blanks as JSON, then the pieces, each behind its length."""
    blanks = json.dumps([[b.piece, b.value, b.html] for b in letter.blanks]).encode()
    return b"".join(_LENGTH.pack(len(part)) + part for part in (blanks, *letter.pieces))


def letter_from_bytes(content: bytes) -> Letter:
    """The letter again."""
    parts, at = [], 0
    while at < len(content):
        (length,) = _LENGTH.unpack_from(content, at)
        at += _LENGTH.size
        parts.append(content[at : at + length])
        at += length
    blanks = tuple(Blank(piece=p, value=v, html=html) for p, v, html in json.loads(parts[0]))
    return Letter(pieces=tuple(parts[1:]), blanks=blanks)
