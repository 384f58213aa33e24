"""The house holds its own rules: who imports whom, how long things are, what is told of them."""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODULES = sorted((ROOT / "digest").rglob("*.py"))
CONTRACTS = {
    "The house": ("compose.py", "import digest.select"),
    "Ways out": ("config/near.py", "import digest.newsroom.house"),
    "Rooms and nouns": ("compose.py", "import socket"),
    "Use cases": ("newsroom/house.py", "import subprocess"),
    "SQL lives": ("cli/frame.py", "import sqlalchemy"),
    "Web and ticker": ("web/public.py", "import digest.app"),
    "No circles": ("errors.py", "import digest.ports"),
}
"""Start of a contract's name -> a file and a line that must break it."""

NOT_A_NAME = {"utils", "util", "common", "manager", "service", "base", "helpers", "misc"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _linted(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the checkout in a folder."""
    code = (
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code and its contracts, free to be spoilt."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    code = shutil.ignore_patterns("__pycache__", "newsroom_data", "*.html", "*.xml")
    shutil.copytree(ROOT / "digest", tmp_path / "digest", ignore=code)
    return tmp_path


def test_no_import_breaks_the_contracts() -> None:
    """Each floor stands only on the floors beneath it, without circles."""
    done = _linted(ROOT)
    assert done.returncode == 0, done.stdout


def test_a_planted_violation_of_each_contract_is_caught(copy: Path) -> None:
    """A contract nothing can break would hold nothing up."""
    for name, line in CONTRACTS.values():
        path = copy / "digest" / name
        path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")
    said = _linted(copy).stdout
    broken = [line for line in said.splitlines() if line.endswith(" BROKEN")]
    for contract in CONTRACTS:
        assert any(line.startswith(contract) for line in broken), said


def test_a_module_without_a_floor_is_caught(copy: Path) -> None:
    """Whoever adds a room says where it stands."""
    (copy / "digest" / "stray.py").write_text('"""Nowhere."""\n')
    done = _linted(copy)
    assert done.returncode != 0
    assert "stray" in done.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_module_keeps_to_its_size(path: Path) -> None:
    """400 lines a module (250 in the newsroom), 40 a function; a migration is one long list."""
    text = path.read_text("utf-8")
    limit = 250 if path.is_relative_to(ROOT / "digest" / "newsroom") else 400
    assert text.count("\n") <= limit
    long = [
        f"{function.name}: {lines}"
        for function, _ in _functions(ast.parse(text))
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > 40
        and "versions" not in path.parts
    ]
    assert long == []


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_what_is_public_says_what_it_does_and_what_it_gives(path: Path) -> None:
    """A docstring and a return annotation on every public function, a docstring on every module."""
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree)
    silent = [
        function.name
        for function, public in _functions(tree)
        if public and not (ast.get_docstring(function) and function.returns is not None)
    ]
    assert silent == []


def _functions(
    node: ast.AST, public: bool = True, inside: bool = False
) -> Iterator[tuple[Function, bool]]:
    """Every function with whether it is public; what stands inside a function is not."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            open_ = public and not inside and not child.name.startswith("_")
            yield child, open_
            yield from _functions(child, False, True)
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, public and not child.name.startswith("_"), inside)
        else:
            yield from _functions(child, public, inside)


def test_no_module_has_a_name_that_says_nothing() -> None:
    """A module is named after its job."""
    assert [p for p in MODULES if NOT_A_NAME & set(p.stem.split("_"))] == []


def test_imports_are_late_in_one_place() -> None:
    """Elsewhere everything a module needs stands at its top; use cases and rooms load nothing."""
    late = [
        f"{path.relative_to(ROOT)}: {function.name}"
        for path in MODULES
        for function, _ in _functions(ast.parse(path.read_text("utf-8")))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Name) and node.id in ("import_module", "__import__"))
    ]
    assert late == ["digest/late.py: load"]
    loading = {p.parent.name for p in MODULES if "digest.late import" in p.read_text("utf-8")}
    assert loading == {"app", "cli", "store"}


def test_the_wheel_carries_what_is_no_code() -> None:
    """Templates, the starter and what the demo needs are found in an installed Digest."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    wheel = build["targets"]["wheel"]
    assert wheel["packages"] == ["digest"]
    assert wheel["force-include"] == {"templates": "digest/templates"}
    assert (ROOT / "digest" / "config" / "starter.yaml").is_file()
    assert list((ROOT / "templates").glob("*.j2"))
