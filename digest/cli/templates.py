"""The editors' own templates, looked at by `digest check`: a module of its own, loaded on use."""

from dataclasses import dataclass
from pathlib import Path

from digest.app.build import read_templates
from digest.errors import ConfigError, RenderError
from digest.model.settings import Settings
from digest.render import lint, specimen


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFault:
    """One thing that would break an email, with its place."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        """One line, as compilers print it."""
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


def look(settings: Settings) -> list[TemplateFault]:
    """What premailer or mail programs would break, and whether an edition can be made of them."""
    folder = Path(settings.templates)
    own = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8", "replace")
        for path in sorted(folder.rglob("*.j2"))
    }
    found = [
        TemplateFault(file=str(folder / one.name), line=one.line, text=one.because)
        for one in lint.faults(own)
    ]
    try:
        specimen.tried(read_templates(settings.templates), settings.brand)
    except (RenderError, ConfigError, UnicodeDecodeError) as error:
        found.append(TemplateFault(file=str(folder), line=0, text=str(error)))
    return found
