"""`digest subscribers` as an editor types it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli.frame import Frame
from digest.cli.subscribers import command
from digest.errors import PartlyDone, UsageError
from digest.newsroom.house import House
from tests.house import house as build_house


class OpenFrame(Frame):
    """A frame whose house is already there."""

    kept: House

    @contextmanager
    def house(self) -> Iterator[House]:
        """The same house each time."""
        yield self.kept


@pytest.fixture
def frame() -> OpenFrame:
    """A frame around an empty newsroom."""
    made = OpenFrame()
    OpenFrame.kept = build_house()
    return made


def run(frame: Frame, *words: str, stdin: str = "") -> Result:
    """The command with its words."""
    return CliRunner().invoke(command, words, obj=frame, input=stdin)


def test_add_show_forget(frame: Frame) -> None:
    """Added, shown with the reason, forgotten, unknown."""
    assert run(frame, "add", "a@b.example", "--name", "Niamh").stdout == (
        "a@b.example: subscribed to morning\n"
    )
    shown = run(frame, "show", "a@b.example").stdout
    assert "a@b.example (Niamh)" in shown and "morning: confirmed since" in shown
    assert "(command line)" in shown
    assert run(frame, "forget", "a@b.example").stdout == "a@b.example: forgotten\n"
    assert isinstance(run(frame, "show", "a@b.example").exception, UsageError)
    assert isinstance(run(frame, "forget", "a@b.example").exception, UsageError)


def test_show_as_json(frame: Frame) -> None:
    """Machines get one object."""
    run(frame, "add", "a@b.example")
    found = json.loads(run(frame, "show", "a@b.example", "--json").stdout)
    assert found["subscriber"]["address"] == "a@b.example"
    assert found["subscriptions"][0]["state"] == "confirmed"


def test_import_and_export(frame: Frame, tmp_path: Path) -> None:
    """A good file ends with 0, the export holds everybody in it."""
    file = tmp_path / "people.csv"
    file.write_text("address,name\na@b.example,Niamh\n", "utf-8")
    result = run(frame, "import", str(file))
    assert (result.exit_code, result.stdout) == (0, "1 new, 0 known, 0 twice in the file\n")
    assert "a@b.example,Niamh,no,morning,confirmed," in run(frame, "export").stdout


def test_import_with_bad_lines_is_partly_done(frame: Frame) -> None:
    """Bad lines are listed and the exit code says that some are left."""
    result = run(frame, "import", "-", stdin="address\na@b.example\nnonsense\n")
    assert "line 3: nonsense: an address has exactly one @" in result.stdout
    assert isinstance(result.exception, PartlyDone)


def test_import_of_another_encoding_is_refused(frame: Frame, tmp_path: Path) -> None:
    """A file that is not UTF-8 is refused whole, with what to do."""
    file = tmp_path / "people.csv"
    file.write_bytes("address,name\na@b.example,Ní\n".encode("latin-1"))
    result = run(frame, "import", str(file))
    assert isinstance(result.exception, UsageError) and "UTF-8" in str(result.exception)
