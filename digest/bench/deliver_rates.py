"""How fast one client is, each in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from digest.adapters.clock import SystemClock
from digest.app.build import read_templates
from digest.bench import deliver_work
from digest.bench import email_sample as sample

PEER = Path(__file__).with_name("deliver_peer.py")
PACKAGES = ("aiosmtplib==5.1.3",)


@dataclass(frozen=True, slots=True)
class Rate:
    """Messages a second, and seconds of processor for each."""

    a_second: float
    cpu: float


class Absent(Exception):
    """A peer that cannot be measured here, and why."""


def size_of() -> int:
    """Bytes of one message of the edition."""
    return len(_content())


def ours(port: int, messages: int, connections: int, *, ca_file: str = "") -> Rate:
    """Digest, from the rows of a fresh database."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'digest.db'}"
        deliver_work.seed(url, messages)
        told = send(url, port, connections, ca_file)
    if told["submitted"] != messages:
        raise RuntimeError(f"{told['submitted']} of {messages} messages were submitted")
    return Rate(messages / told["seconds"], told["cpu"] / messages)


def send(url: str, port: int, connections: int, ca_file: str = "") -> dict[str, float]:
    """What a sender of its own process tells."""
    command = [sys.executable, "-m", "digest.bench.deliver_work", "send", url, str(port)]
    more = [str(connections), *([ca_file] if ca_file else [])]
    done = subprocess.run([*command, *more], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def peer(client: str, port: int, connections: int, messages: int, *, ca_file: str = "") -> Rate:
    """smtplib or aiosmtplib; Absent with the reason where it cannot be had."""
    try:
        python = sys.executable if client == "smtplib" else str(_prepared())
        with tempfile.NamedTemporaryFile(suffix=".eml") as file:
            file.write(_content())
            file.flush()
            command = [python, "-P", str(PEER), client, str(port), str(connections), str(messages)]
            more = [file.name, *([ca_file] if ca_file else [])]
            done = subprocess.run(
                [*command, *more], capture_output=True, text=True, timeout=300, check=True
            )
        told = json.loads(done.stdout)
    except subprocess.CalledProcessError as error:
        lines = str(error.stderr).strip().splitlines()
        raise Absent(f"{client}: {(lines or ['it ended badly'])[-1][:200]}") from error
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise Absent(f"{client}: {error}") from error
    return Rate(messages / told["seconds"], told["cpu"] / messages)


def certificate(folder: Path) -> str:
    """A PEM file with key and certificate of localhost, its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = SystemClock().now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "localhost.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return str(path)


def _content() -> bytes:
    """A ready message, as ours are."""
    made = sample.edition()
    letter = sample.emails(made, read_templates(""))[1].letter
    return b"To: reader@reader.example\r\n" + b"".join(letter.pieces)


def _prepared() -> Path:
    """The Python that has aiosmtplib, made the first time."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "digest-bench" / "deliver"
    python = folder / "bin" / "python"
    if python.exists() and not subprocess.run([python, "-c", "import aiosmtplib"]).returncode:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    command = [str(python), "-m", "pip", "install", "--quiet", *PACKAGES]
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    return python
