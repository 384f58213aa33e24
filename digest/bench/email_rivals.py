"""dkimpy in an environment of its own, asked once for everything."""

import json
import os
import shutil
import subprocess
import venv
from collections.abc import Mapping
from pathlib import Path

PACKAGES = ("dkimpy==1.1.8", "setuptools<82")
PROGRAM = Path(__file__).with_name("email_peer.py")


def ask(question: Mapping[str, object]) -> dict[str, object]:
    """Its answer, or the problem."""
    try:
        done = subprocess.run(
            [str(_prepared()), str(PROGRAM)],
            input=json.dumps(question),
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", "") or str(error)
        return {"problem": f"dkimpy could not be asked ({said.strip().splitlines()[-1][:160]})"}
    told: dict[str, object] = json.loads(done.stdout)
    return told


def _prepared() -> Path:
    """The Python that has it, made the first time."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "digest-bench" / "email"
    python = folder / "bin" / "python"
    if python.exists() and _has(python):
        return python
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    command = [str(python), "-m", "pip", "install", "--quiet", *PACKAGES]
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    return python


def _has(python: Path) -> bool:
    return subprocess.run([str(python), "-c", "import dkim"], capture_output=True).returncode == 0
