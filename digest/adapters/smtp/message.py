"""What we say: addresses that cannot smuggle commands, envelopes and bodies."""

import re

from digest.model.delivery import Message

END = b".\r\n"

_ADDRESS = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")
"""Visible ASCII without angle brackets around an @: no blank, control or line end gets through."""

_INTERNATIONAL = re.compile(r"[^\x00-\x20<>\x7f-\xa0\s]+@[!-;=?-~]+")
"""The same with more than ASCII before the @ (RFC 6531)."""


def address_problem(message: Message, *, international: bool) -> str:
    """Why the envelope cannot be spoken, or ""."""
    for role, address in (("sender", message.sender), ("subscriber's", message.address)):
        if _ADDRESS.fullmatch(address) and len(address) <= 254:
            continue
        if _INTERNATIONAL.fullmatch(address) and len(address.encode()) <= 254:
            if international:
                continue
            return (
                f"5.6.7 the relay takes no international address such as {address[:80]!r}"
                " (it offers no SMTPUTF8): use a relay that does"
            )
        return (
            f"5.1.3 the {role} address {address[:80]!r} cannot be used in SMTP"
            " (checked here, the relay was not asked): correct the address"
        )
    return ""


def mail_line(message: Message, eight_bit: bool) -> bytes:
    """MAIL FROM, declaring eight-bit content where the relay knows the word for it."""
    words = " BODY=8BITMIME" if eight_bit and not message.content.isascii() else ""
    if not (message.sender.isascii() and message.address.isascii()):
        words += " SMTPUTF8"
    return f"MAIL FROM:<{message.sender}>{words}\r\n".encode()


def rcpt_line(message: Message) -> bytes:
    """RCPT TO."""
    return f"RCPT TO:<{message.address}>\r\n".encode()


def body(content: bytes, *, dotless: bool = False, behind: bytes = b"") -> bytes:
    """The content dot-stuffed, with the lone dot and what goes `behind` it."""
    dot = b""
    if not dotless:
        content = content.replace(b"\n.", b"\n..")
        dot = b"." if content[:1] == b"." else b""
    end = END if content.endswith(b"\r\n") else b"\r\n" + END
    return b"".join((dot, content, end, behind))
