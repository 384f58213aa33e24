"""The demo itself: the whole job, once, and nothing twice on a kept database."""

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from digest.cli import command

CHROME = ("We need your help now", "Read next", "PostTv", "Stay civil", "Text: Wikinews")


def demo(folder: Path, *options: str) -> dict[str, Any]:
    """Run it and read its JSON."""
    arguments = ["-q", "demo", "--dir", str(folder), "--json", *options]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_whole_job_and_a_second_run(tmp_path: Path) -> None:
    """25 mails and every post go out once; a second run on the kept database adds none."""
    first = demo(tmp_path / "d", "--keep")
    assert first["deliveries"] == {"submitted": 25, "submitted_now": 25}
    assert set(first["posts"]) == {"published"}
    bulletin = first["bulletin"]
    assert bulletin["words"] <= 210 and bulletin["seconds"] <= 60
    mails = list((tmp_path / "d" / "mailbox" / "new").iterdir())
    assert len(mails) == 25
    for mail in mails[:3]:
        parsed = message_from_bytes(mail.read_bytes(), policy=default)
        assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        for part in parsed.iter_parts():
            assert not [line for line in CHROME if line in part.get_content()]
            # Fetched inside the house, linked where readers find it.
            assert "http://127." not in part.get_content()
    second = demo(tmp_path / "d", "--keep")
    assert second["deliveries"] == {"submitted": 25, "submitted_now": 0}
    assert second["posts"] == first["posts"]
    assert len(list((tmp_path / "d" / "mailbox" / "new").iterdir())) == 25
