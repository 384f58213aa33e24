"""Files written whole or not at all."""

import os
from collections.abc import Mapping
from pathlib import Path

from digest.errors import DigestError


def write_files(folder: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Write each name into the folder, made if missing; the paths written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(folder / name, content) for name, content in contents.items()]
    except OSError as error:
        raise DigestError(
            f"cannot write to {folder} ({error.strerror}); free some space or name another folder"
        ) from error


def _write(path: Path, content: bytes) -> str:
    """Under another name first, so that a reader never meets half a file."""
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    os.replace(beside, path)
    return str(path)
