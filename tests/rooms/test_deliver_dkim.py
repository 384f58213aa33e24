"""Our own signatures, read by a verifier written from RFC 6376 alone, and by Mail::DKIM."""

import re
import subprocess
from base64 import b64decode
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_public_key,
)

from digest.deliver import dkim
from digest.errors import ConfigError
from digest.model.edition import Email
from digest.model.mail import Dkim, DkimKey
from digest.model.secret import Secret
from digest.render.message import shared
from tests import mail

Key = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def pem(key: Key) -> str:
    """A key as editors keep it."""
    plain = NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, plain).decode()


@cache
def rsa_key(bits: int = 2048) -> DkimKey:
    """Made once."""
    made = rsa.generate_private_key(65537, bits)
    return DkimKey(selector="mail", key=Secret(pem(made)))


@cache
def ed_key() -> DkimKey:
    """Made once."""
    return DkimKey(selector="ed", key=Secret(pem(ed25519.Ed25519PrivateKey.generate())))


def settings(*, second: bool = False) -> Dkim:
    """How the sample newsroom signs."""
    return Dkim(domain="sample.example", rsa=rsa_key(), ed25519=ed_key() if second else None)


def signed(email: Email | None = None, *, second: bool = False, number: int = 7) -> bytes:
    """A whole message with its signature or signatures."""
    made = mail.edition()
    email = email or mail.emails(made)[1]
    raw = mail.message(made, email, number)
    head, _, _ = raw.partition(b"\r\n\r\n")
    own = re.search(rb"To: .*?\r\n(?=MIME-Version)", head + b"\r\n", re.S)
    same = re.search(rb"Date: .*?\r\n(?=To:)", head, re.S)
    assert own and same
    signers = dkim.signers(settings(second=second), shared(email.letter, same[0]))
    return dkim.signed(raw, own[0], signers)


def verify(raw: bytes, key: DkimKey, *, is_rsa: bool = True) -> None:
    """InvalidSignature unless a signature of the key's selector holds (RFC 6376, section 6)."""
    head, _, body = raw.partition(b"\r\n\r\n")
    fields = [f.partition(b":") for f in re.split(rb"\r\n(?![ \t])", head)]
    lines = [(name.lower(), value) for name, _, value in fields]
    for name, value in lines:
        if name != b"dkim-signature":
            continue
        flat = re.sub(rb"\s+", b"", value).decode()
        tags = dict(tag.split("=", 1) for tag in flat.split(";") if tag)
        if tags["s"] == key.selector:
            break
    else:
        raise InvalidSignature("no such signature")
    assert tags["c"] == "relaxed/simple" and "l" not in tags and "t" not in tags
    canonical = re.sub(rb"(\r\n)*$", b"\r\n", body, count=1)
    if b64decode(tags["bh"]) != sha256(canonical).digest():
        raise InvalidSignature("the body was changed")
    data, left = b"", list(lines)
    for wanted in tags["h"].split(":"):
        for at in range(len(left) - 1, -1, -1):
            if left[at][0] == wanted.encode():
                data += relaxed(*left.pop(at)) + b"\r\n"
                break
    data += relaxed(name, re.sub(rb"b=[^;]*$", b"b=", value))
    text = dkim.record(key, rsa=is_rsa).partition("p=")[2]
    if is_rsa:
        public = load_der_public_key(b64decode(text))
        assert isinstance(public, rsa.RSAPublicKey)
        public.verify(b64decode(tags["b"]), data, padding.PKCS1v15(), SHA256())
    else:
        raw_key = ed25519.Ed25519PublicKey.from_public_bytes(b64decode(text))
        raw_key.verify(b64decode(tags["b"]), sha256(data).digest())


def relaxed(name: bytes, value: bytes) -> bytes:
    """Section 3.4.2."""
    flat = re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip()
    return name.lower() + b":" + flat


def test_a_signed_message_holds() -> None:
    """Every message of an edition, under one key or two."""
    verify(signed(), rsa_key())
    both = signed(second=True, number=8)
    verify(both, rsa_key())
    verify(both, ed_key(), is_rsa=False)


def test_the_same_message_has_the_same_signature() -> None:
    """No clock and no chance is in it: previews and restarts have the same bytes."""
    assert signed() == signed()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"To: reader7@", b"To: reader9@"),
        (b"Subject: ", b"Subject: Re: "),
        (b"List-Unsubscribe: <https://sample", b"List-Unsubscribe: <https://simple"),
        (b"List-Unsubscribe-Post: List", b"List-Unsubscribe-Post: Last"),
        (b"Feedback-ID: m", b"Feedback-ID: n"),
        (b"17,112", b"17,113"),
        (b"Subject: ", b"From: somebody@else.example\r\nSubject: "),
        (b"To: reader7@", b"Subject: another\r\nTo: reader7@"),
        (b"To: reader7@", b"List-Unsubscribe: <https://x.example/>\r\nTo: reader7@"),
    ],
)
def test_a_changed_message_does_not_hold(before: bytes, after: bytes) -> None:
    """Neither a changed word nor a header put in beside the one that was signed."""
    raw = signed()
    assert raw.count(before) >= 1
    with pytest.raises(InvalidSignature):
        verify(raw.replace(before, after, 1), rsa_key())


def test_what_is_signed() -> None:
    """All that bulk senders owe; and no header line is longer than 78."""
    raw = signed(second=True)
    head = raw.partition(b"\r\n\r\n")[0].decode()
    names = re.sub(r"\s", "", head).partition(";h=")[2].partition(";")[0].split(":")
    must = (
        "from to subject date message-id mime-version content-type list-unsubscribe"
        " list-unsubscribe-post list-id feedback-id"
    )
    assert set(must.split()) <= set(names)
    for twice in ("from", "to", "subject", "date", "message-id", "list-unsubscribe"):
        assert names.count(twice) == 2
    assert all(len(line) <= 78 for line in head.split("\r\n") if line.startswith((" ", "DKIM")))


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (DkimKey(selector="x", key=Secret("not a key")), "no private key in PEM"),
        (ed_key(), "is no RSA key"),
        (rsa_key(1024), "has 1024 bits and receivers distrust less than 2048"),
    ],
)
def test_a_key_that_cannot_sign_is_named(key: DkimKey, why: str) -> None:
    """Before anything is sent, with what to do."""
    with pytest.raises(ConfigError, match=why):
        dkim.signers(Dkim(domain="sample.example", rsa=key), b"From: a@b.example\r\n")


def test_nothing_is_signed_unless_asked_for() -> None:
    """Relays usually sign."""
    assert dkim.signers(None, b"") == ()


@pytest.mark.shared
def test_another_program_accepts_it(shared: Path, tmp_path: Path) -> None:
    """Mail::DKIM, written by others in another language; a changed body fails there too."""
    record, message = tmp_path / "record.txt", tmp_path / "message.eml"
    record.write_text(dkim.record(rsa_key(), rsa=True))
    command = ["perl", str(shared / "tools/email/dkim.pl"), str(record), str(message)]
    raw = signed()
    for content, said in ((raw, "pass"), (raw.replace(b"17,112", b"17,113"), "fail")):
        message.write_bytes(content)
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        assert found.stdout.startswith(said), found.stdout + found.stderr
