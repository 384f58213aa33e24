"""`digest extract`: a JSON object a line, and an exit code that says how it went."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli.extract import command
from tests.rooms import shapes


def run(*arguments: str, stdin: str = "") -> tuple[Result, list[dict[str, object]]]:
    """The command's outcome and its lines."""
    result = CliRunner().invoke(command, arguments, input=stdin)
    return result, [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def pages(tmp_path: Path) -> tuple[str, str]:
    """The same story as a page and as pasted text."""
    words = shapes.PAPERS[0]
    (tmp_path / "story.html").write_text(shapes.page("flat", words), "utf-8")
    (tmp_path / "story.txt").write_text(shapes.pasted(words), "utf-8")
    return str(tmp_path / "story.html"), str(tmp_path / "story.txt")


def test_pages_and_texts_are_told_apart_by_content(pages: tuple[str, str]) -> None:
    """One line a file, in order, with all fields and every dropped line's reason."""
    result, lines = run(*pages, "--json")
    assert result.exit_code == 0 and result.stderr == ""
    assert [line["file"] for line in lines] == list(pages)
    for line in lines:
        assert line["headline"] == shapes.HEADLINE
        assert line["paragraphs"] == list(shapes.PARAGRAPHS)
        assert set(line) == set(
            "file headline standfirst authors published updated section kind kind_because"
            " language"
            " canonical_url image paragraphs dropped".split()
        )
        dropped = line["dropped"]
        assert isinstance(dropped, list) and all(d["text"] and d["because"] for d in dropped)


def test_url_is_where_a_file_was_saved_from(pages: tuple[str, str]) -> None:
    """Relative addresses in the page are read against it, its path tells the kind."""
    _, (line,) = run(pages[0], "--url", "https://sample.example/opinion/1")
    assert line["kind"] == "opinion"


def test_standard_input() -> None:
    """A dash reads what is piped in."""
    result, (line,) = run("-", stdin=shapes.pasted(shapes.PAPERS[1]))
    assert result.exit_code == 0 and line["headline"] == shapes.HEADLINE


def test_failures_have_a_line_a_sentence_and_an_exit_code(
    pages: tuple[str, str], tmp_path: Path
) -> None:
    """4 when some files hold no article, 1 when none does."""
    (tmp_path / "menu.txt").write_text("Home\nMenu\nClose", "utf-8")
    menu, absent = str(tmp_path / "menu.txt"), str(tmp_path / "absent.html")
    some, lines = run(pages[0], absent)
    assert some.exit_code == 4
    assert lines[1]["file"] == absent and "cannot be read" in str(lines[1]["problem"])
    assert "cannot be read" in some.stderr and "problem" not in lines[0]
    assert run(menu, absent)[0].exit_code == 1
