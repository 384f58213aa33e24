"""The editors' file opened, changed as a whole and put back: all of the change, or nothing."""

import difflib
import fcntl
import os
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from digest.config import edit
from digest.config.load import Examined, examine_document
from digest.config.read import MAX_BYTES, Mark, parse
from digest.config.shape import SourceShape
from digest.errors import ConfigError, DigestError, TryAgainLater
from digest.model.newsletter import Source
from digest.model.settings import Problem, Settings

STAND_IN = Source(id="stand-in", url="https://stand-in.invalid/")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """config.yaml as it was read, and what it means."""

    path: str
    text: str
    settings: Settings
    schedule_problem: Callable[[str], str] = field(repr=False)
    environ: Mapping[str, str] = field(repr=False)


def open_file(
    path: str, *, schedule_problem: Callable[[str], str], environ: Mapping[str, str]
) -> ConfigFile:
    """The file and its settings; ConfigError names every mistake but that it has no source yet."""
    text = _read(path)
    found = _examine(path, text, schedule_problem, environ)
    settings = found.settings
    if settings is None and all(p.path == "sources" for p in found.problems):
        begun = edit.add_sources(text, [STAND_IN])
        found = _examine(path, begun, schedule_problem, environ)
        settings = found.settings and replace(found.settings, sources=())
    if settings is None:
        raise ConfigError("\n".join(str(problem) for problem in found.problems))
    return ConfigFile(
        path=path, text=text, settings=settings, schedule_problem=schedule_problem, environ=environ
    )


def with_sources(file: ConfigFile, new: Sequence[Source]) -> str:
    """The file's text with the sources added; DigestError unless it then means just that."""
    text = edit.add_sources(file.text, new)
    _check(file, text, {source.id for source in new})
    return text


def with_url(file: ConfigFile, source_id: str, url: str) -> str:
    """The file's text with another address for a source; DigestError unless it means just that."""
    text = edit.set_url(file.text, source_id, url)
    _check(file, text, {source_id})
    return text


def fault(source: Source) -> str:
    """Why config.yaml would not take the source, "" when it does."""
    try:
        SourceShape.model_validate(edit.row(source))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return str(first.get("ctx", {}).get("error") or first["msg"])
    return ""


def difference(file: ConfigFile, text: str) -> list[str]:
    """The lines that go and come, as `diff -u` shows them."""
    before, after = file.text.splitlines(), text.splitlines()
    name = file.path
    return list(difflib.unified_diff(before, after, name, name, lineterm="", n=1))


def save(file: ConfigFile, text: str) -> None:
    """Put the text in the file's place at once, its mode and owner kept.

    DigestError when it cannot be written, TryAgainLater when somebody else changed it meanwhile.
    """
    # A link to the file stays one: what it leads to is replaced.
    target = Path(os.path.realpath(file.path))
    staged = None
    try:
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            staged = _staged(target, text)
            fcntl.flock(folder, fcntl.LOCK_EX)
            if _read(file.path) != file.text:
                raise TryAgainLater(
                    f"{file.path} was changed by somebody else meanwhile; we wrote nothing."
                    " Give the command again"
                )
            staged.replace(target)
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise DigestError(
            f"{file.path} cannot be written: {error.strerror}; it is as it was."
            " Give the command as somebody who may write it"
        ) from error
    finally:
        if staged is not None:
            staged.unlink(missing_ok=True)


def _staged(target: Path, text: str) -> Path:
    """The text on the disk beside its target, with the target's mode and owner."""
    like = target.stat()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            if (like.st_uid, like.st_gid) != (os.geteuid(), os.fstat(handle).st_gid):
                os.chown(handle, like.st_uid, like.st_gid)
            os.chmod(handle, like.st_mode & 0o7777)
            file.flush()
            os.fsync(handle)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    return Path(name)


def _read(path: str) -> str:
    """The text with its byte order mark and line ends as they are."""
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1).decode("utf-8")
    except FileNotFoundError:
        reason = "there is no such file; `digest init` writes one to start from"
    except UnicodeDecodeError:
        reason = "is not UTF-8 text; save the file as UTF-8"
    except (OSError, ValueError) as error:
        reason = f"cannot be read: {getattr(error, 'strerror', None) or 'not a file name'}"
    raise ConfigError(str(Problem(file=path, line=1, col=1, path="", text=reason)))


def _examine(
    path: str, text: str, schedule_problem: Callable[[str], str], environ: Mapping[str, str]
) -> Examined:
    """What the text would mean if the file held it."""
    document = parse(path, text.removeprefix("\ufeff"))
    if len(text) > MAX_BYTES:
        document.add(Mark(), (), "is larger than 1 MB, which no configuration is")
    return examine_document(document, path, schedule_problem=schedule_problem, environ=environ)


def _check(file: ConfigFile, text: str, touched: Collection[str]) -> None:
    """DigestError unless the text means what the file means, the touched sources apart."""
    found = _examine(file.path, text, file.schedule_problem, file.environ)
    if found.settings is None:
        told = "; ".join(problem.text for problem in found.problems)
        raise DigestError(f"{file.path} would be faulty: {told}; nothing was written")
    if _rest(found.settings, touched) != _rest(file.settings, touched):
        raise DigestError(
            f"{file.path} would mean something else afterwards than it should; nothing was"
            " written. Add the lines yourself"
        )


def _rest(settings: Settings, touched: Collection[str]) -> Settings:
    untouched = tuple(source for source in settings.sources if source.id not in touched)
    return replace(settings, sources=untouched)
