"""What we say: addresses that cannot smuggle commands, envelopes and bodies."""

import re

from digest.model.delivery import Message

END = b".\r\n"

_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_ADDRESS = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")
"""Visible ASCII without angle brackets around an @: no blank, control or line end gets through."""


def address_problem(message: Message) -> str:
    """Why the envelope cannot be spoken, or ""."""
    for role, address in (("sender", message.sender), ("subscriber's", message.address)):
        if not _ADDRESS.fullmatch(address) or len(address) > 254:
            return (
                f"5.1.3 the {role} address {address[:80]!r} cannot be used in SMTP"
                " (checked here, the relay was not asked): correct the address"
            )
    return ""


def mail_line(message: Message, eight_bit: bool) -> bytes:
    """MAIL FROM, declaring eight-bit content where the relay knows the word for it."""
    body = " BODY=8BITMIME" if eight_bit and not message.content.isascii() else ""
    return f"MAIL FROM:<{message.sender}>{body}\r\n".encode("ascii")


def rcpt_line(message: Message) -> bytes:
    """RCPT TO."""
    return f"RCPT TO:<{message.address}>\r\n".encode("ascii")


def body(content: bytes) -> bytes:
    """The content dot-stuffed, with the lone dot behind it."""
    if content[:1] == b"." or b"\n." in content:
        content = _LEADING_DOT.sub(b"..", content)
    if not content.endswith(b"\r\n"):
        content += b"\r\n"
    return content + END
