"""`brand` as a value: what is left out follows from what is there, and all text can be read."""

from digest.config.brand_shape import BrandShape, ColoursShape
from digest.config.surroundings import Surroundings
from digest.model.brand import DARK, LIGHT, Brand, Colours, Logo
from digest.text.colour import LEAST, contrast, mixed, on, reaching

PAIRS = (("ink", "card"), ("soft", "card"), ("accent", "card"))
"""Text and what it stands on, as editors can set them; the rest is derived so that it passes."""


def brand(shape: BrandShape, around: Surroundings) -> Brand:
    """Colours, logo and fonts; what is left out is ours or follows from the others."""
    ours = Brand()
    logo = shape.logo
    return Brand(
        light=_colours(shape.light, LIGHT, ("brand", "light"), around),
        dark=_colours(_dark(shape), DARK, ("brand", "dark"), around),
        logo=Logo(url=logo.url, width=logo.width, height=logo.height) if logo else None,
        headings=shape.headings or ours.headings,
        text=shape.text or ours.text,
        card_font=around.file(shape.card_font, ("brand", "card_font")),
    )


def _dark(shape: BrandShape) -> ColoursShape:
    """Without a dark accent, the nearest shade of the light one that can be read."""
    if shape.dark.accent or not shape.light.accent:
        return shape.dark
    card = shape.dark.card or DARK.card
    accent = reaching(shape.light.accent, (card, mixed(shape.light.accent, card, 0.12)))
    return shape.dark.model_copy(update={"accent": accent})


def _colours(
    shape: ColoursShape, ours: Colours, trail: tuple[str, ...], around: Surroundings
) -> Colours:
    if not shape.model_fields_set:
        return ours
    accent, ink = shape.accent or ours.accent, shape.ink or ours.ink
    card = shape.card or ours.card
    soft = shape.soft or reaching(mixed(ink, card, 0.68), (card,))
    tint = mixed(accent, card, 0.1)
    found = Colours(
        accent=accent,
        on_accent=on(accent),
        ink=ink,
        soft=soft,
        paper=shape.paper or ours.paper,
        card=card,
        rule=mixed(ink, card, 0.18),
        line=mixed(accent, card, 0.45),
        # The appeal's own ground, unless its words would be hard to read on it.
        tint=tint if all(contrast(c, tint) >= LEAST for c in (ink, soft, accent)) else card,
    )
    _check(found, shape, trail, around)
    return found


def _check(
    found: Colours, shape: ColoursShape, trail: tuple[str, ...], around: Surroundings
) -> None:
    """A pair that cannot be read is a mistake of the file, at the colour that it names."""
    for text, ground in PAIRS:
        on_it, under = getattr(found, text), getattr(found, ground)
        ratio = contrast(on_it, under)
        if ratio >= LEAST:
            continue
        named = text if getattr(shape, text) else ground
        better = reaching(on_it, (under,))
        around.fault(
            (*trail, named),
            f"{text} {on_it} on {ground} {under} has a contrast of {ratio:.1f}:1 and is hard to"
            f" read; {LEAST}:1 is needed, the nearest {text} that has it is {better}",
        )
