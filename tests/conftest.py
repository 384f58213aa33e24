"""What all tests share: where the team's data lie, and that nothing is skipped in CI."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent


def absent(reason: str) -> None:
    """Skip on a developer's machine, fail in CI."""
    if os.environ.get("CI"):
        pytest.fail(f"CI must have it: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The team's folder of data and tools."""
    path = Path(os.environ.get("DIGEST_SHARED", ROOT.parent / "shared"))
    if not path.is_dir():
        absent("the team's shared folder is not beside the checkout")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server of our own."""
    if not postgres.installed():
        absent("Debian's postgresql package is not installed")
    with postgres.running() as url:
        yield url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long is left to CI."""
    if os.environ.get("CI"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="takes long; it runs in CI"))


# How long an example takes tells about the machine, not about the program.
settings.register_profile("digest", deadline=None)
settings.load_profile("digest")
