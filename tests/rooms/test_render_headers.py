"""Header lines: ASCII, folded, read back as they were written."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.headers import header

LINE = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=150)


def read(raw: bytes, name: str) -> str:
    """The header as a mail program shows it."""
    value = message_from_bytes(raw + b"\r\n")[name]
    return str(make_header(decode_header(value.replace("\r\n", ""))))


@given(LINE)
def test_subject_is_read_back(subject: str) -> None:
    """Any subject survives, in ASCII lines of at most 78 unless one word is longer."""
    subject = " ".join(subject.split())
    raw = header("Subject", subject)
    assert raw.isascii() and raw.endswith(b"\r\n")
    assert read(raw, "Subject").strip() == subject
    for line in raw.decode().split("\r\n"):
        assert len(line) <= 78 or " " not in line.removeprefix("Subject:").strip()


@given(LINE)
def test_display_name_is_read_back(name: str) -> None:
    """Any display name stands before the address and never becomes one."""
    name = " ".join(name.split())
    raw = header("From", f"{name} <news@sample.example>")
    found = message_from_bytes(raw + b"\r\n", policy=SMTP)["From"]
    assert not found.defects
    assert [a.addr_spec for a in found.addresses] == ["news@sample.example"]
    shown, _ = parseaddr(message_from_bytes(raw + b"\r\n")["From"].replace("\r\n", ""))
    assert " ".join(str(make_header(decode_header(shown))).split()) == name


@given(st.text(max_size=80))
def test_no_value_starts_another_header(value: str) -> None:
    """Line ends and controls in a value give one header, whatever follows them."""
    raw = header("Subject", value) + header("To", value)
    assert [k.lower() for k in message_from_bytes(raw + b"\r\n").keys()] == ["subject", "to"]


def test_plain_name_stays_plain() -> None:
    """A name of letters needs neither quotes nor encoding."""
    assert header("From", "The Post <a@b.example>") == b"From: The Post <a@b.example>\r\n"


def test_name_with_comma_is_quoted() -> None:
    """A comma does not make two senders."""
    raw = header("From", 'Post, "The" <a@b.example>').decode()
    assert parseaddr(raw.removeprefix("From: ")) == ('Post, "The"', "a@b.example")


@pytest.mark.parametrize("value", ["=?utf-8?B?aGk=?=", "caf\u00e9 \U0001f600"])
def test_what_looks_encoded_is_encoded(value: str) -> None:
    """A headline that looks like an encoded word is shown as it was written."""
    assert read(header("Subject", value), "Subject") == value
