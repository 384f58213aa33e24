"""The command group: fast help, near names, one sentence for an error."""

import subprocess
import sys

from click.testing import CliRunner

from digest.cli import command


def test_help_lists_every_command_without_importing_one() -> None:
    """`digest --help` loads neither the database nor a network library."""
    code = (
        "import sys\n"
        "from digest.cli import command\n"
        "command(['--help'], standalone_mode=False)\n"
        "heavy = {'sqlalchemy', 'aiohttp', 'tweepy', 'pydantic', 'lxml', 'apscheduler'}\n"
        "sys.exit(len(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "schedule" in done.stdout


def test_a_typo_names_the_nearest_command() -> None:
    """A wrong command is a usage error with a suggestion."""
    result = CliRunner().invoke(command, ["colect"])
    assert result.exit_code == 2
    assert "did you mean 'collect'?" in result.output


def test_a_wrong_instant_is_explained() -> None:
    """--at says how an instant is written."""
    result = CliRunner().invoke(command, ["--at", "yesterday", "bulletin", "morning"])
    assert result.exit_code == 2
    assert "2026-11-24T07:00Z" in result.output
