"""Pictures for the sample newsroom: hills under a sun, another for each story."""

import io
from hashlib import sha256
from math import sin

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 675
SKIES = ("#f6d7b0", "#cfe3ea", "#e8d3e0", "#f2e3c2", "#d5e6d3", "#dcd6ee")
HILLS = ("#0b5f56", "#28506b", "#7a3f4a", "#8a5a2b", "#3d5f37", "#4d4375")
SUNS = ("#e4572e", "#f2a541", "#ffffff", "#d9455f")


def drawn(name: str) -> bytes:
    """The picture of a name, always the same, as JPEG."""
    told = sha256(name.encode()).digest()
    sky, hill = SKIES[told[0] % len(SKIES)], HILLS[told[1] % len(HILLS)]
    image = Image.new("RGB", (WIDTH, HEIGHT), sky)
    pen = ImageDraw.Draw(image)
    x, y, radius = 150 + told[2] * 3.5, 120 + told[3] * 0.7, 55 + told[4] // 4
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=SUNS[told[5] % len(SUNS)])
    for depth in range(4):
        base, wave = 330 + depth * 80, 30 + told[6 + depth] / 5
        edge = [
            (
                step,
                base
                - wave * sin(step / (140 + told[10 + depth]) + told[14 + depth] / 20)
                - wave / 3 * sin(step / 47 + told[18 + depth]),
            )
            for step in range(0, WIDTH + 12, 12)
        ]
        shade = _mixed(hill, sky, 0.35 + depth * 0.2)
        pen.polygon([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], fill=shade)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _mixed(one: str, other: str, share: float) -> tuple[int, int, int]:
    """So much of the one colour in the other."""
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in pairs)
    return red, green, blue
