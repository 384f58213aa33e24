"""What stands outside the file and is only named in it: secrets, files and folders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from digest.config import values
from digest.config.read import Document, Mark, Trail
from digest.config.shaping import SecretShape
from digest.model.secret import Secret
from digest.model.settings import Problem

MAX_SECRET = 64 * 1024


@dataclass(slots=True, kw_only=True)
class Surroundings:
    """The folder of config.yaml, the environment, and what was found wrong with them."""

    document: Document
    folder: Path
    environ: Mapping[str, str]
    warnings: list[Problem] = field(default_factory=list)

    def secret(self, place: SecretShape | None, trail: Trail) -> Secret | None:
        """The secret; None with a warning when it is not there."""
        if place is None:
            return None
        found = self._from_environment(place.env, trail) if place.env else None
        found = self._from_file(place.file, trail) if place.file else found
        return Secret(found) if found else None

    def store(self, address: str | SecretShape, trail: Trail) -> str:
        """The database's address, a file in it made absolute."""
        if isinstance(address, SecretShape):
            secret = self.secret(address, trail)
            if secret is None:
                self.fault(trail, f"{self.warnings.pop().text}, and without a store nothing runs")
                return ""
            try:
                address = values.database(secret.reveal())
            except ValueError:
                self.fault(trail, "the secret it names is no database address")
                return ""
        if address.startswith("sqlite:///"):
            return f"sqlite:///{self.folder / address.removeprefix('sqlite:///')}"
        return address

    def relay(self, address: str) -> str:
        """The relay, a maildir's folder made absolute."""
        if address.startswith("maildir:"):
            return f"maildir:{self.folder / address.removeprefix('maildir:')}"
        return address

    def source(self, address: str) -> str:
        """The source's address, a file made absolute."""
        if address.startswith("file:"):
            path = Path(self.folder) / address.removeprefix("file:")
            return path.absolute().as_uri()
        return address

    def file(self, path: str | None, trail: Trail) -> str:
        """An existing file as an absolute path, "" for none."""
        if path is not None and not (self.folder / path).is_file():
            self.fault(trail, f"there is no file {path!r} beside the configuration")
        return str(self.folder / path) if path is not None else ""

    def directory(self, path: str | None, trail: Trail) -> str:
        """An existing folder as an absolute path, "" for none."""
        if path is not None and not (self.folder / path).is_dir():
            self.fault(trail, f"there is no folder {path!r} beside the configuration")
        return str(self.folder / path) if path is not None else ""

    def fault(self, trail: Trail, text: str) -> None:
        """Note a mistake at the value."""
        self.document.add(self._mark(trail), trail, text)

    def warn(self, trail: Trail, text: str) -> None:
        """Note what the file is right to ask for and does not get."""
        mark = self._mark(trail)
        self.warnings.append(
            Problem(
                file=self.document.file,
                line=mark.line,
                col=mark.col,
                path=".".join(map(str, trail)),
                text=text,
            )
        )

    def _mark(self, trail: Trail) -> Mark:
        place = self.document.places.get(trail)
        return place.value if place else Mark()

    def _from_environment(self, name: str, trail: Trail) -> str:
        found = self.environ.get(name, "").strip()
        if not found:
            self.warn(trail, f"the environment has no {name}")
        return found

    def _from_file(self, name: str, trail: Trail) -> str:
        try:
            with (self.folder / name).open("rb") as file:
                found = file.read(MAX_SECRET).decode().strip()
        except (OSError, ValueError):
            self.warn(trail, f"the file {name!r} cannot be read")
            return ""
        if not found:
            self.warn(trail, f"the file {name!r} is empty")
        return found
