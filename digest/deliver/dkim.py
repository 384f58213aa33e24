"""Signing our own mail (RFC 6376, RFC 8463), for relays that do not.

The headers of an edition are canonicalised once; per message there is one hash of the body and one
private-key operation. No time stands in a signature: the same message always has the same bytes.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from digest.errors import ConfigError
from digest.model.mail import Dkim, DkimKey

LEAST_BITS = 2048

SHARED = (
    "from",
    "reply-to",
    "subject",
    "date",
    "mime-version",
    "content-type",
    "list-unsubscribe-post",
    "list-id",
    "feedback-id",
)
"""Signed headers that are the same for a whole edition, in the order they are signed."""
OWN = ("to", "message-id", "list-unsubscribe")
"""Those of one message, signed after them."""
ONCE = frozenset({"mime-version", "content-type"})
"""All others are named once more than they stand there, so that none can be added."""

_OWN = tuple(name.encode() for name in OWN)
_HASH = SHA256()
_PADDING = PKCS1v15()
_BLANKS = re.compile(rb"[ \t]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs the messages of one edition with one key."""

    key: RSAPrivateKey | Ed25519PrivateKey
    shared: bytes
    """Its shared headers, canonicalised."""
    head: bytes
    """The signature's own header up to the body's hash."""
    canonical: bytes
    """The same, canonicalised."""

    def signature(self, own: bytes, body_hash: bytes) -> bytes:
        """The header line; `own` is the canonical form of the message's own headers."""
        start = self.head + body_hash + b"; b="
        data = b"".join((self.shared, own, self.canonical, body_hash, b"; b="))
        if isinstance(self.key, RSAPrivateKey):
            made = self.key.sign(data, _PADDING, _HASH)
        else:
            made = self.key.sign(sha256(data).digest())
        text = b64encode(made)
        lines = [text[i : i + 72] for i in range(0, len(text), 72)]
        return b"DKIM-Signature: " + start + b"\r\n " + b"\r\n ".join(lines) + b"\r\n"


def signers(dkim: Dkim | None, shared: bytes) -> tuple[Signer, ...]:
    """One for each key; `shared` are the header lines that all messages of an edition have."""
    if dkim is None:
        return ()
    found = {name.lower(): value for name, value in _fields(shared)}
    names = [name for name in SHARED if name in found]
    canonical = b"".join(_relaxed(name, found[name]) for name in names)
    twice = [name for name in (*names, *OWN) if name not in ONCE]
    signed = ":".join((*names, *OWN, *twice))
    keys = [key for key in (dkim.rsa, dkim.ed25519) if key is not None]
    heads = [_head(dkim.domain, key.selector, signed, rsa=key is dkim.rsa) for key in keys]
    return tuple(
        Signer(
            key=private_key(key, rsa=key is dkim.rsa),
            shared=canonical,
            head=head,
            canonical=b"dkim-signature:" + _unfolded(head),
        )
        for key, head in zip(keys, heads, strict=True)
    )


def signed(message: bytes, own: bytes, by: Sequence[Signer]) -> bytes:
    """The message with its signatures above it; `own` are its own header lines, as we fold them.

    Our messages end in one line end, as the simple canonical form of a body does.
    """
    body = memoryview(message)[message.index(b"\r\n\r\n") + 4 :]
    body_hash = b64encode(sha256(body).digest())
    found = {}
    for line in own.replace(b"\r\n ", b" ").split(b"\r\n"):
        name, _, value = line.partition(b":")
        found[name.lower()] = value
    canonical = b"".join([name + b":" + b" ".join(found[name].split()) + b"\r\n" for name in _OWN])
    return b"".join((*(one.signature(canonical, body_hash) for one in by), message))


def private_key(key: DkimKey, *, rsa: bool) -> RSAPrivateKey | Ed25519PrivateKey:
    """The key itself; ConfigError in one sentence when it cannot sign."""
    kind = "RSA" if rsa else "Ed25519"
    try:
        found = load_pem_private_key(key.key.reveal().encode(), password=None)
    except (ValueError, TypeError) as error:
        raise ConfigError(
            f"mail.dkim: the key of the selector {key.selector!r} is no private key in PEM without"
            f" a password; nothing is signed or sent. Make one with openssl genpkey ({kind})"
        ) from error
    if not isinstance(found, RSAPrivateKey if rsa else Ed25519PrivateKey):
        raise ConfigError(
            f"mail.dkim: the key of the selector {key.selector!r} is no {kind} key;"
            " nothing is signed or sent. Put the right one in its place"
        )
    if isinstance(found, RSAPrivateKey) and found.key_size < LEAST_BITS:
        raise ConfigError(
            f"mail.dkim: the key of the selector {key.selector!r} has {found.key_size} bits and"
            f" receivers distrust less than {LEAST_BITS}; nothing is signed or sent. Make a new one"
        )
    return found


def record(key: DkimKey, *, rsa: bool) -> str:
    """The TXT record that must stand under SELECTOR._domainkey.DOMAIN."""
    public = private_key(key, rsa=rsa).public_key()
    if rsa:
        told = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return f"v=DKIM1; k=rsa; p={b64encode(told).decode()}"
    told = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return f"v=DKIM1; k=ed25519; p={b64encode(told).decode()}"


def _head(domain: str, selector: str, signed_names: str, *, rsa: bool) -> bytes:
    kind = "rsa-sha256" if rsa else "ed25519-sha256"
    names = signed_names.split(":")
    lines = [" h="]
    for number, name in enumerate(names):
        part = name + (":" if number < len(names) - 1 else ";")
        if len(lines[-1]) + len(part) > 76:
            lines.append("  ")
        lines[-1] += part
    first = f"v=1; a={kind}; c=relaxed/simple;"
    return "\r\n".join((first, f" d={domain}; s={selector};", *lines, " bh=")).encode()


def _fields(lines: bytes) -> list[tuple[str, bytes]]:
    """Name and value of each header."""
    fields = re.split(rb"\r\n(?![ \t])", lines.rstrip(b"\r\n"))
    return [(name.decode(), value) for name, _, value in (f.partition(b":") for f in fields)]


def _relaxed(name: str, value: bytes) -> bytes:
    return name.encode() + b":" + _unfolded(value) + b"\r\n"


def _unfolded(value: bytes) -> bytes:
    return _BLANKS.sub(b" ", value.replace(b"\r\n", b"")).strip()
