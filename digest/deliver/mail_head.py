"""Header fields of mails from anybody: decoded as far as they can be, and bounded."""

from email.header import decode_header
from email.message import Message

LONGEST = 4_000
"""Characters of a field that are looked at; the library takes quadratic time over some."""


def header(mail: Message, name: str) -> str:
    """The first field of that name as text, "" where there is none."""
    value = mail.get(name)
    if value is None:
        return ""
    told = []
    for word, charset in decode_header(str(value)[:LONGEST]):
        if isinstance(word, str):
            told.append(word)
            continue
        try:
            told.append(word.decode(charset or "utf-8", "replace"))
        except LookupError:
            told.append(word.decode("utf-8", "replace"))
    return "".join(told)
