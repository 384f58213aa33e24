"""A picture from outside made fit for mail: JPEG, 16:9, twice as wide as it is shown, light."""

import io
import warnings
from dataclasses import dataclass
from hashlib import sha256

from PIL import Image, ImageOps, UnidentifiedImageError

WIDE = 1200
NARROWER = (900, 680)
"""For one that is full of grain, and too heavy at its full width."""
LEAST = 400
"""Pixels; a smaller one would be blurred on a good screen."""
MOST_BYTES = 100_000
MOST_PIXELS = 60_000_000
QUALITIES = (82, 74, 66, 58, 50)
RATIO = 16 / 9
UNREADABLE = (OSError, ValueError, SyntaxError, MemoryError, ArithmeticError)
KINDS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A picture's file."""

    name: str
    width: int
    height: int
    content: bytes


def made(content: bytes) -> Made | str:
    """The picture ready for mail, or why there is none; nothing but its pixels is kept.

    What it tells beside them (EXIF, GPS, profiles) is left behind; it is turned as its EXIF says.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _made(content)
    except UnidentifiedImageError:
        return "it is no picture of a kind we know"
    except (
        OSError,
        ValueError,
        SyntaxError,
        MemoryError,
        ZeroDivisionError,
        OverflowError,
    ) as error:
        return f"it cannot be read ({type(error).__name__})"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "it has more pixels than any newspaper prints"


def _made(content: bytes) -> Made | str:
    with Image.open(io.BytesIO(content), formats=KINDS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            return "it has more pixels than any newspaper prints"
        opened.draft("RGB", (WIDE, WIDE))
        turned = ImageOps.exif_transpose(opened)
        image = _flat(turned)
    image = _cropped(image)
    if image.width < LEAST:
        return f"it is {image.width} pixels wide, and {LEAST} are needed"
    for width in (WIDE, *NARROWER):
        if image.width > width:
            image = image.resize((width, round(width / RATIO)), Image.Resampling.LANCZOS)
        if (file := _light(image)) is not None:
            break
    else:
        return f"it stays heavier than {MOST_BYTES:,} bytes"
    name = f"{sha256(file).hexdigest()[:24]}.jpg"
    return Made(name=name, width=image.width, height=image.height, content=file)


def _light(image: Image.Image) -> bytes | None:
    """As good as its weight allows; None where it is too heavy in any quality."""
    for quality in QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    return None


def _flat(image: Image.Image) -> Image.Image:
    """In RGB, on white where it was transparent."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "#ffffff")
        return Image.alpha_composite(ground, image).convert("RGB")
    return image.convert("RGB")


def _cropped(image: Image.Image) -> Image.Image:
    """16:9; of a tall one what lies above the middle, where faces are."""
    width, height = image.size
    if width / height > RATIO:
        narrow = round(height * RATIO)
        left = (width - narrow) // 2
        return image.crop((left, 0, left + narrow, height))
    low = round(width / RATIO)
    top = (height - low) // 3
    return image.crop((0, top, width, top + low))
