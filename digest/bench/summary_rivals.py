"""sumy, summa and rouge-score in an environment of their own, asked once for everything."""

import json
import os
import shutil
import subprocess
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PACKAGES = ("sumy==0.13.0", "summa==1.2.0", "rouge-score==0.1.2", "setuptools<82")
PROGRAM = Path(__file__).with_name("summary_peers.py")
_VERSIONS = (
    "import importlib.metadata as m, sys, sumy, summa, rouge_score;"
    "sys.exit(m.version('sumy') != '0.13.0' or m.version('summa') != '1.2.0')"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the peers chose, how long they took, and how rouge-score scored our pairs."""

    lines: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    """Method -> its single sentences, and its two sentences, article by article."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """Method -> CPU-seconds for one sentence of one article."""
    rouge: Sequence[Sequence[float]] = ()
    """ROUGE-1, -2 and -L of each pair."""
    problem: str = ""
    """Why there are none."""


def ask(articles: Sequence[Sequence[str]], pairs: Sequence[tuple[str, str]]) -> Answers:
    """The peers' answers for articles given as sentences, and for pairs of reference and line."""
    try:
        python = _prepared()
        done = subprocess.run(
            [str(python), str(PROGRAM)],
            input=json.dumps({"articles": articles, "pairs": pairs}),
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        said = str(getattr(error, "stderr", "") or error).strip().splitlines()
        return Answers(problem=said[-1] if said else type(error).__name__)
    return Answers(**json.loads(done.stdout))


def _prepared() -> Path:
    """Their Python, in the user's cache; installed from PyPI the first time."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "digest-bench" / "summary-peers"
    python = folder / "bin" / "python"
    if python.exists() and subprocess.run([python, "-c", _VERSIONS], check=False).returncode == 0:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, *PACKAGES], check=True, capture_output=True, text=True)
    return python
