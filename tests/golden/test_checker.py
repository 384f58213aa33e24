"""The team's independent checker finds nothing wrong with the golden message."""

import subprocess
import sys
from pathlib import Path

import pytest

GOLDEN = Path(__file__).resolve().parent / "edition.eml"


@pytest.mark.shared
def test_golden_message_passes_the_checker(shared: Path) -> None:
    """All checks that need neither browser nor spam filter pass."""
    checker = shared / "tools" / "email" / "check"
    command = [sys.executable, str(checker), "-q", "--no-browser", "--no-spam", str(GOLDEN)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
