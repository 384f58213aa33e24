"""The picture that stands for an edition where its address is shared: 1200 x 630, JPEG."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont, features

from digest.model.brand import Colours

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
QUALITY = 82
SIZES = (58, 52, 46, 40, 35)
"""Of headlines: the largest that fits is taken."""

MEASURE = 100
"""The size words are measured in."""
TOP = 254
LEADING = 1.22
BETWEEN = 0.42
"""Of the size: from line to line, and more between headlines."""

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card says."""

    site: str
    title: str
    date: str
    headlines: tuple[str, ...]
    rtl: bool = False


def draw(card: Card, colours: Colours, font: bytes) -> bytes:
    """The card as JPEG; `font` is a font file.

    What the font cannot draw is left out rather than drawn as boxes.
    """
    image = Image.new("RGB", (WIDTH, HEIGHT), colours.card)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 14), fill=colours.accent)
    for y, text, at, colour in (
        (56, card.site, 30, colours.accent),
        (100, card.title, 54, colours.ink),
        (170, card.date, 27, colours.soft),
    ):
        if drawable(text, font):
            _line(pen, y, text, _font(font, at), colour, card.rtl)
    pen.rectangle((MARGIN, 222, WIDTH - MARGIN, 224), fill=colours.rule)
    size, blocks = _fitted([h for h in card.headlines if drawable(h, font)], font)
    face, y = _font(font, size), TOP
    for block in blocks:
        for line in block:
            _line(pen, y, line, face, colours.ink, card.rtl)
            y += round(size * LEADING)
        y += round(size * BETWEEN)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


@lru_cache(maxsize=256)
def drawable(text: str, font: bytes) -> bool:
    """Whether the font has every letter, and, where letters must be joined, they can be."""
    if _joined(text) and not features.check("raqm"):
        return False
    face = _font(font, 20)
    missing = bytes(face.getmask("\U0010ffff"))
    return all(bytes(face.getmask(c)) != missing for c in set(text) if not c.isspace())


def _joined(text: str) -> bool:
    """Whether it is written from right to left."""
    return any("\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufeff" for c in text)


def _fitted(headlines: Sequence[str], font: bytes) -> tuple[int, list[list[str]]]:
    """As many headlines as fit, in the largest size that holds them; the last may be shortened."""
    room = HEIGHT - TOP - 40
    face = _font(font, MEASURE)
    # Each word is measured once; at another size it is as much wider.
    measured = [[(word, face.getlength(word)) for word in h.split()] for h in headlines]
    space = face.getlength("n n") - face.getlength("nn")
    for count in range(len(measured), 0, -1):
        for size in SIZES:
            blocks = [_wrapped(words, space, size) for words in measured[:count]]
            if _height(blocks, size) <= room and (size > SIZES[-1] or count == 1):
                return size, blocks
    if not measured:
        return SIZES[0], []
    size = SIZES[-1]
    lines = _wrapped(measured[0], space, size)
    most = int(room / (size * LEADING))
    return size, [[*lines[: most - 1], f"{lines[most - 1].rpartition(' ')[0]} \u2026"]]


def _height(blocks: Sequence[Sequence[str]], size: int) -> float:
    lines = sum(len(block) for block in blocks)
    return lines * size * LEADING + max(0, len(blocks) - 1) * size * BETWEEN


def _wrapped(words: Sequence[tuple[str, float]], space: float, size: int) -> list[str]:
    """In as few lines as it takes, about equally long."""
    room = (WIDTH - 2 * MARGIN) * MEASURE / size
    least = _filled(words, space, room)
    for tenth in range(95, 40, -5):
        lines = _filled(words, space, room * tenth / 100)
        if len(lines) > len(least):
            break
        least = lines
    return least


def _filled(words: Sequence[tuple[str, float]], space: float, room: float) -> list[str]:
    lines: list[list[str]] = [[]]
    reached = 0.0
    for word, width in words:
        if lines[-1] and reached + space + width > room:
            lines.append([])
            reached = -space
        reached += width + (space if lines[-1] or reached < 0 else 0)
        lines[-1].append(word)
    return [" ".join(line) for line in lines]


def _line(
    pen: ImageDraw.ImageDraw,
    y: int,
    text: str,
    face: Font,
    colour: str,
    rtl: bool,
) -> None:
    x, anchor = (WIDTH - MARGIN, "ra") if rtl else (MARGIN, "la")
    pen.text((x, y), text, font=face, fill=colour, anchor=anchor)


@lru_cache(maxsize=64)
def _font(font: bytes, size: int) -> Font:
    return ImageFont.truetype(io.BytesIO(font), size)
