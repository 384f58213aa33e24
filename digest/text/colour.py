"""Colours of the screen: contrast as WCAG 2.2 measures it, and shades that reach it."""

LEAST = 4.5
"""Between text and what it stands on (WCAG 2.2, 1.4.3)."""


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white) of two "#rrggbb"."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """So much of the one in the other, channel by channel."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def on(background: str, dark: str = "#000000", light: str = "#ffffff") -> str:
    """The one of the two that reads better on the background."""
    return light if contrast(light, background) >= contrast(dark, background) else dark


def reaching(colour: str, backgrounds: tuple[str, ...], least: float = LEAST) -> str:
    """The nearest shade that reaches the contrast on all of them; itself if it does already.

    Nearest towards black or white, whichever needs less of it; where neither reaches it, the one
    that comes closest.
    """
    for share in range(0, 101, 2):
        for end in ("#000000", "#ffffff"):
            shade = mixed(end, colour, share / 100)
            if all(contrast(shade, each) >= least for each in backgrounds):
                return shade
    return max(
        ("#000000", "#ffffff"), key=lambda end: min(contrast(end, each) for each in backgrounds)
    )


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    red, green, blue = (_linear(value / 255) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
