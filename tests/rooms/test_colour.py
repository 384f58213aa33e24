"""Contrast as WCAG measures it, and shades that reach it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.brand import DARK, LIGHT, Colours
from digest.text.colour import LEAST, contrast, mixed, on, reaching

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_is_the_standards(one: str, other: str, ratio: float) -> None:
    """Values that others publish."""
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


@given(COLOURS, COLOURS)
def test_a_shade_that_can_be_read_is_found_on_any_ground(colour: str, ground: str) -> None:
    """The colour itself where it is readable already."""
    found = reaching(colour, (ground,))
    assert contrast(found, ground) >= LEAST
    if contrast(colour, ground) >= LEAST:
        assert found == colour
    assert contrast(on(ground), ground) >= LEAST


@given(COLOURS, COLOURS)
def test_mixing_ends_at_its_ends(one: str, other: str) -> None:
    """All of the one, none of it."""
    assert (mixed(one, other, 1), mixed(one, other, 0)) == (one, other)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_our_own_colours_can_be_read(colours: Colours) -> None:
    """All text on all it stands on."""
    for text in (colours.ink, colours.soft, colours.accent):
        for ground in (colours.card, colours.tint):
            assert contrast(text, ground) >= LEAST, (text, ground)
    assert contrast(colours.on_accent, colours.accent) >= LEAST
