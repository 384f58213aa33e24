"""Font files: Source Sans Pro, which comes with us, and those of the machine for other letters."""

from functools import cache
from pathlib import Path

from font_source_sans_pro import SourceSansProSemibold

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
USUAL = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "FreeSans.ttf",
    "arial.ttf",
    "Arial Unicode.ttf",
)
"""Looked for in this order."""
MOST_BYTES = 30_000_000


class SystemFonts:
    """The Fonts port."""

    def files(self, own: str) -> tuple[bytes, ...]:
        """The editors' own font first, then the one that comes with us, then the machine's."""
        ours = Path(SourceSansProSemibold)
        paths = [Path(own), ours] if own else [ours]
        return tuple(_read(path) for path in (*paths, *_found()) if _read(path))


@cache
def _found() -> tuple[Path, ...]:
    known: dict[str, Path] = {}
    for folder in FOLDERS:
        for path in sorted(Path(folder).rglob("*.[to]tf")) if Path(folder).is_dir() else ():
            known.setdefault(path.name, path)
    return tuple(known[name] for name in USUAL if name in known)


@cache
def _read(path: Path) -> bytes:
    """Empty when it cannot be read."""
    try:
        return path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
    except OSError:
        return b""
