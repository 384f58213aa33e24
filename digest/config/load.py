"""A configuration file → Settings, or every mistake in it at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from digest.config import build, problems, whole
from digest.config.read import Document, read
from digest.config.shape import ConfigShape
from digest.config.surroundings import Surroundings
from digest.model.settings import Problem, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What a look at the file found; settings exactly when there are no problems."""

    settings: Settings | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    """The file is right, but the machine lacks something it names, or does less than it asks."""


def load(
    path: str, *, schedule_problem: Callable[[str], str], environ: Mapping[str, str]
) -> Settings | tuple[Problem, ...]:
    """The settings, or every mistake in the order of the file; never raises for what it holds."""
    found = examine(path, schedule_problem=schedule_problem, environ=environ)
    return found.settings if found.settings is not None else found.problems


def examine(
    path: str, *, schedule_problem: Callable[[str], str], environ: Mapping[str, str]
) -> Examined:
    """The settings or the mistakes, and what is missing around the file."""
    return examine_document(read(path), path, schedule_problem=schedule_problem, environ=environ)


def examine_document(
    document: Document,
    path: str,
    *,
    schedule_problem: Callable[[str], str],
    environ: Mapping[str, str],
) -> Examined:
    """What a text means if it stands in the file at the path."""
    around = Surroundings(document=document, folder=Path(path).absolute().parent, environ=environ)
    found = None
    if document.values is not None:
        try:
            shape = ConfigShape.model_validate(
                document.values, context={"schedule_problem": schedule_problem}
            )
        except ValidationError as error:
            problems.add_shape(document, error)
        else:
            found = build.settings(shape, around)
        whole.check(document)
    mistakes = tuple(sorted(document.problems, key=lambda p: (p.line, p.col)))
    return Examined(
        settings=None if mistakes else found, problems=mistakes, warnings=tuple(around.warnings)
    )


def starter() -> str:
    """The commented file that `digest init` writes."""
    return files("digest.config").joinpath("starter.yaml").read_text(encoding="utf-8")
