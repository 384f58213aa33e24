"""The team's pages with their marked texts, and the extractors that are measured on them."""

import gzip
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import html_text
import readability
import trafilatura

from digest.collect import blocks, labels, tree
from digest.collect import page as ours
from digest.model.news import Page

SHARED = "DIGEST_SHARED"
"""Environment variable with the team's folder, if it is not beside the checkout."""
_GERMAN = {"DE", "AT", "CH"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One saved page and what people marked on it."""

    name: str
    html: bytes
    known: Mapping[str, object]

    def told(self, field: str) -> str:
        """A marked field as text, "" when nobody marked it."""
        value = self.known.get(field)
        return value if isinstance(value, str) else ""

    def listed(self, field: str) -> list[str]:
        """A marked list of texts; a single text as a list of one."""
        value = self.known.get(field)
        if isinstance(value, list):
            return [str(each) for each in value]
        return [value] if isinstance(value, str) and value else []

    @property
    def zone(self) -> str:
        """The zone its dates were marked in, as far as the set tells."""
        return "Europe/Berlin" if self.told("region") in _GERMAN else "UTC"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an extractor made of a page, and the CPU seconds it took."""

    lines: tuple[str, ...]
    seconds: float
    page: Page | None = None


Extractor = Callable[[Sample], tuple[tuple[str, ...], Page | None]]


def folder() -> Path | None:
    """The team's data, None when they are not there."""
    beside = Path(__file__).resolve().parents[2].parent / "shared"
    found = Path(os.environ.get(SHARED, beside)) / "data"
    return found if found.is_dir() else None


def samples(data: Path, name: str) -> list[Sample]:
    """A set of pages, in the order of their names."""
    there = data / "pages" / name
    if not (there / "expected.json").is_file():
        return []
    known = json.loads((there / "expected.json").read_text("utf-8"))
    return [
        Sample(file, gzip.decompress((there / file).read_bytes()), known[file])
        for file in sorted(known)
    ]


def answers(extractor: Extractor, pages: list[Sample]) -> list[Answer]:
    """The extractor's answers, each timed by itself."""
    return list(_answers(extractor, pages))


def _answers(extractor: Extractor, pages: list[Sample]) -> Iterator[Answer]:
    for sample in pages:
        start = time.process_time()
        lines, page = extractor(sample)
        yield Answer(lines, time.process_time() - start, page)


def digest(sample: Sample) -> tuple[tuple[str, ...], Page | None]:
    """Ours, all fields read as well."""
    page = ours.read(sample.html, url=sample.told("url"), zone=sample.zone)
    return page.paragraphs, page


def precise(sample: Sample) -> tuple[tuple[str, ...], Page | None]:
    """trafilatura, precision mode."""
    return _lines(_trafilatura(sample.html, precision=True)), None


def default(sample: Sample) -> tuple[tuple[str, ...], Page | None]:
    """trafilatura as it comes."""
    return _lines(_trafilatura(sample.html, precision=False)), None


def readable(sample: Sample) -> tuple[tuple[str, ...], Page | None]:
    """readability-lxml."""
    return _lines(_readability(sample.html)), None


def netted(sample: Sample) -> tuple[tuple[str, ...], Page | None]:
    """trafilatura precise, and readability where that is less than 40 % as long."""
    text, other = _trafilatura(sample.html, precision=True), _readability(sample.html)
    return _lines(other if len(text) < 0.4 * len(other) else text), None


EXTRACTORS: Mapping[str, Extractor] = {
    "digest": digest,
    "trafilatura precision": precise,
    "trafilatura default": default,
    "readability-lxml": readable,
    "precision + readability": netted,
}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def _trafilatura(html: bytes, *, precision: bool) -> str:
    return trafilatura.extract(html, favor_precision=precision, include_comments=False) or ""


def _readability(html: bytes) -> str:
    try:
        return str(html_text.extract_text(readability.Document(tree.decode(html)).summary()))
    except Exception:  # foreign markup breaks it in ways nobody listed
        return ""


def sentences(html: bytes) -> list[str]:
    """All lines of a page that are sentences, genuine or not."""
    root = tree.parse(tree.decode(html))
    found = [] if root is None else blocks.read(root)
    return [block.text for block in found if block.linked < 0.6 and labels.is_sentence(block.text)]
