"""The team's independent checker finds nothing wrong with the golden message."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from digest.model.appeal import Goal, Meter
from digest.model.brand import Brand, Logo
from digest.model.picture import Illustration
from tests import builders, mail

GOLDEN = Path(__file__).resolve().parent / "edition.eml"
PICTURE = Illustration(
    name="0a1b.jpg", width=1200, height=675, alt="The harbour at night", credit="The Sample Post"
)
ARABIC = builders.newsletter(language="ar", title="الأخبار في 60 ثانية")
WORDS = {
    "label": "الميناء",
    "headline": "عودة أضواء الميناء بعد 17 يومًا من العاصفة",
    "line": "عادت الأضواء عند مدخل الميناء مساء الأحد بعد 17 يومًا من عاصفة قطعت الكابل.",
    "standfirst": "قال مدير الميناء إن أربعة غواصين عملوا في رؤية تقل عن متر.",
    "section": "محليات",
    "source_name": "الجريدة",
}


def editions() -> dict[str, bytes]:
    """A message of each kind."""
    twenty, plain = mail.edition(20), mail.edition()
    shown, arabic = mail.edition(8, picture=PICTURE), mail.edition(5, picture=PICTURE, **WORDS)
    arabic = replace(arabic, subject="عودة أضواء الميناء", preheader="5 أخبار")
    whole = {"meter": METER, "brand": Brand(logo=LOGO)}
    return {
        "twenty stories": mail.message(twenty, mail.emails(twenty)[1]),
        "right to left": mail.message(arabic, mail.emails(arabic, newsletter=ARABIC)[1]),
        "without pictures": mail.message(plain, mail.emails(plain)[1]),
        "with everything": mail.message(shown, mail.emails(shown, **whole)[1]),
        "no story": mail.message(mail.edition(0), mail.emails(mail.edition(0))[0]),
    }


METER = Meter(raised=3_120_000, goal=Goal(amount=5_000_000, currency="EUR"))
LOGO = Logo(url="https://sample.example/logo.png", width=220, height=44)


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.chromium
@pytest.mark.parametrize("kind", sorted(editions()))
def test_every_kind_of_edition_passes_all_checks(shared: Path, tmp_path: Path, kind: str) -> None:
    """Wire form, headers, mail programs, axe in six views, spam filter: all 69."""
    path = tmp_path / "message.eml"
    path.write_bytes(editions()[kind])
    command = [sys.executable, str(shared / "tools" / "email" / "check"), "-q", str(path)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.shared
def test_golden_message_passes_the_checker(shared: Path) -> None:
    """All checks that need neither browser nor spam filter pass."""
    checker = shared / "tools" / "email" / "check"
    command = [sys.executable, str(checker), "-q", "--no-browser", "--no-spam", str(GOLDEN)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
