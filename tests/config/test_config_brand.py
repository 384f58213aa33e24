"""A brand follows from few words, and all of its text can be read."""

import pytest

from digest.model.brand import DARK, LIGHT, Brand, Colours
from digest.text.colour import LEAST, contrast
from tests.config.conftest import SMALL, Look


def brand(look: Look, words: str) -> Brand:
    """Of a configuration with this brand."""
    found = look(f"{SMALL}brand: {words}\n")
    assert found.settings is not None, found.problems
    return found.settings.brand


def readable(colours: Colours) -> bool:
    """Whether all text can be read on all it stands on."""
    pairs = [(t, g) for t in (colours.ink, colours.soft, colours.accent)
             for g in (colours.card, colours.tint)]  # fmt: skip
    return all(contrast(*pair) >= LEAST for pair in [*pairs, (colours.on_accent, colours.accent)])


def test_without_a_brand_the_colours_are_ours(look: Look) -> None:
    """Exactly."""
    found = brand(look, "{}")
    assert (found.light, found.dark) == (LIGHT, DARK)


@pytest.mark.parametrize("colour", ["#7a1f3d", "#123456", "#005ea5", "#0b5f56", "#000000"])
def test_one_colour_is_enough(look: Look, colour: str) -> None:
    """Button, the appeal's ground and the dark screen's colours follow from it."""
    found = brand(look, f'{{light: {{accent: "{colour}"}}}}')
    assert found.light.accent == colour and found.light.card == LIGHT.card
    assert readable(found.light) and readable(found.dark)


def test_a_whole_brand(look: Look) -> None:
    """Logo, fonts and both sets of colours."""
    found = brand(
        look,
        '{light: {accent: "#7a1f3d", ink: "#101010"}, dark: {accent: "#f0a0b8"},'
        " logo: {url: https://sample.example/l.png, width: 180, height: 40},"
        " headings: 'Georgia, serif', text: 'Verdana, sans-serif'}",
    )
    assert (found.light.ink, found.dark.accent) == ("#101010", "#f0a0b8")
    assert found.logo is not None and (found.logo.width, found.logo.height) == (180, 40)
    assert (found.headings, found.text) == ("Georgia, serif", "Verdana, sans-serif")
    assert readable(found.light) and readable(found.dark)


@pytest.mark.parametrize(
    ("words", "place", "told"),
    [
        (
            '{light: {accent: "#ff9900"}}',
            "brand.light.accent",
            "accent #ff9900 on card #ffffff has a contrast of 2.1:1 and is hard to read; 4.5:1 is",
        ),
        ('{light: {soft: "#aaaaaa"}}', "brand.light.soft", "the nearest soft that has it is #"),
        ('{dark: {ink: "#333333"}}', "brand.dark.ink", "ink #333333 on card #1d2021"),
        ('{dark: {card: "#dddddd"}}', "brand.dark.card", "on card #dddddd"),
    ],
)
def test_what_cannot_be_read_is_a_mistake(look: Look, words: str, place: str, told: str) -> None:
    """At the colour's own place, with both colours, the ratio and a shade that passes."""
    found = look(f"{SMALL}brand: {words}\n")
    assert found.settings is None
    assert place in {p.path for p in found.problems}
    assert any(told in p.text for p in found.problems)
    assert {p.line for p in found.problems} == {9}


def test_the_shade_that_is_named_passes(look: Look) -> None:
    """An editor who takes it is done."""
    (problem,) = look(f'{SMALL}brand: {{light: {{accent: "#ff9900"}}}}\n').problems
    better = problem.text.rpartition(" ")[2]
    assert brand(look, f'{{light: {{accent: "{better}"}}}}').light.accent == better
