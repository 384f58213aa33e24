"""The bulletin as it is read out: by a presenter, or by a machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from digest.model.edition import Brief, Bulletin
from digest.summarise.aloud import aloud, count
from digest.text import languages, words
from digest.text.languages import ENGLISH, Language

MOST = 150
"""Words that are read aloud in a minute without haste."""
_GENERAL = frozenset(
    "news world home society interview top stories latest uncategorized general ireland".split()
)
"""Labels that say nothing to a listener."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What is said, how many words and seconds it takes, and what had to be left out."""

    text: str
    words: int
    seconds: int
    left_out: tuple[str, ...] = ()
    """One sentence for each brief that did not fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """How a bulletin begins and ends in one language; `{day}` is left out where none is known."""

    opening: str
    closing: str
    day: str
    """As Babel writes dates."""


_FRAMES: Mapping[str, _Frame] = {
    "en": _Frame(
        opening="{title} from {site}{day}.", closing="That was {title}.", day="EEEE, d MMMM"
    ),
    "fr": _Frame(opening="{title}, {site}{day}.", closing="C’était {title}.", day="EEEE d MMMM"),
    "de": _Frame(opening="{title}, {site}{day}.", closing="Das war {title}.", day="EEEE, d. MMMM"),
    "es": _Frame(
        opening="{title}, {site}{day}.", closing="Esto ha sido {title}.", day="EEEE d 'de' MMMM"
    ),
    "ga": _Frame(opening="{title}, {site}{day}.", closing="Sin é {title}.", day="EEEE d MMMM"),
}


def script(
    bulletin: Bulletin,
    *,
    title: str,
    site: str,
    language: str,
    on: date | None = None,
    most: int = MOST,
) -> Script:
    """The bulletin between an opening and a closing line, in at most `most` words as they are
    said: whole briefs, in order, each that does not fit named with the reason."""
    spoken = languages.of(language) or ENGLISH
    frame = _FRAMES.get(spoken.code, _FRAMES["en"])
    day = f", {format_date(on, frame.day, locale=spoken.code)}" if on else ""
    first = _said(frame.opening.format_map({"title": title, "site": site, "day": day}), spoken)
    last = _said(frame.closing.format_map({"title": title}), spoken)
    if count(first) + count(last) > most:
        first = last = ""
    parts, left_out = _fitting(bulletin.briefs, spoken, most - count(first) - count(last), most)
    text = "\n".join(part for part in (first, *parts, last) if part)
    total = count(text)
    return Script(
        text=text,
        words=total,
        seconds=words.seconds(total, spoken.aloud),
        left_out=tuple(left_out),
    )


def _fitting(
    briefs: Sequence[Brief], language: Language, room: int, most: int
) -> tuple[list[str], list[str]]:
    """The briefs as they are said, as long as there is room for them, and those without."""
    parts: list[str] = []
    left_out: list[str] = []
    for brief in briefs:
        said = _said(_with_label(brief), language)
        size = count(said)
        if size <= room:
            parts.append(said)
            room -= size
        else:
            left_out.append(
                f"“{brief.headline}” did not fit: read aloud its {size} words would take the script"
                f" over {most}."
            )
    return parts, left_out


def _with_label(brief: Brief) -> str:
    """The line after its label, where that tells a listener something the line does not."""
    label = brief.label.strip()
    told = label.lower() in _GENERAL or label.lower() in brief.line.lower()
    return brief.line if not label or told else f"{label}. {brief.line}"


def _said(text: str, language: Language) -> str:
    return aloud(text, language.code)
