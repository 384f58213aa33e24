"""One edition byte for byte; DIGEST_GOLDEN=write renews the files after a wanted change."""

import os
from pathlib import Path

import pytest

from digest.render.page import edition_page
from tests import builders, mail

HERE = Path(__file__).resolve().parent


def made() -> dict[str, bytes]:
    """The files as the rooms make them now."""
    edition = mail.edition()
    email = mail.emails(edition)[1]
    page = edition_page(
        email, site=builders.site(), newsletter=builders.newsletter(), edition=edition
    )
    return {
        "edition.html": email.html.encode(),
        "edition.txt": email.text.encode(),
        "edition.eml": mail.message(edition, email),
        "page.html": page.encode(),
    }


@pytest.mark.parametrize("name", ["edition.html", "edition.txt", "edition.eml", "page.html"])
def test_edition_byte_for_byte(name: str) -> None:
    """The sample edition is what it was when somebody last looked at it."""
    path = HERE / name
    if os.environ.get("DIGEST_GOLDEN") == "write":
        path.write_bytes(made()[name])
    assert made()[name] == path.read_bytes()
