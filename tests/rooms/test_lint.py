"""Templates that premailer or mail programs break are named with their line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.app.build import read_templates
from digest.errors import RenderError
from digest.model.brand import Brand
from digest.render import lint, specimen

STYLE, SCREENS, STORY, FRAME = (
    "email/style.css.j2",
    "email/screens.css.j2",
    "email/story.html.j2",
    "email.html.j2",
)


def test_our_own_templates_are_faultless() -> None:
    """And make a whole edition."""
    templates = read_templates("")
    assert lint.faults(templates) == ()
    specimen.tried(templates, Brand())


@pytest.mark.parametrize(
    ("name", "source", "because"),
    [
        (STYLE, "p { color: red }\n@media print { p { color: red } }", "drops @ rules here"),
        (STYLE, "\n@font-face { }", "drops @ rules here"),
        (STYLE, "\n* { margin: 0 }", "drops the rule of *"),
        (STYLE, "\nli:nth-child(2) { margin: 0 }", "does not inline pseudo-classes"),
        (STYLE, "\na:hover { color: red }", "does not inline pseudo-classes"),
        (STYLE, '\na[href="https://x"] { margin: 0 }', "reads the colon"),
        (STYLE, "\np { color: red !important }", "'!important'"),
        (STYLE, "\np { color: #11223344 }", "eight digits"),
        (STYLE, "\n#top { color: red }", "use a class"),
        (STYLE, "\ntd { display: flex }", "use tables"),
        (STYLE, "\ntd { float: left }", "use tables"),
        (STYLE, "\ntd { color: var(--ink) }", "few mail programs know variables"),
        (STORY, "\n<script>x</script>", "take this element out"),
        (STORY, "\n<link rel=stylesheet href=x>", "fetch no style sheets"),
        (STORY, '\n<a onclick="x">y</a>', "run nothing"),
        (STORY, "\n<![if !mso]>x<![endif]>", "premailer deletes this comment"),
        (STORY, '\n<img src="data:image/png;base64,x">', "hosted JPEG or PNG"),
        (STORY, '\n<img src="a.webp">', "hosted JPEG or PNG"),
        (STORY, "\n{{ story.headline | safe }}", "leave `safe` out"),
        (FRAME, "\n<!doctype html>", "doctype in small letters"),
        (FRAME, "<html>", "there is no <!DOCTYPE html>"),
        (FRAME, "<!DOCTYPE html>\n<style>@media print {}</style>", "premailer breaks @media"),
        (SCREENS, "x" * 2100, "keep it under 2000"),
        (SCREENS, "\n@media a { @supports (x) { p { } } }", "stands in another @ rule"),
        (SCREENS, "@media a { p { }", "braces do not match"),
    ],
)
def test_a_construct_that_breaks_is_named(name: str, source: str, because: str) -> None:
    """With the line it is on, and what to write instead."""
    found = [f for f in lint.faults({name: source}) if because in f.because]
    assert found, lint.faults({name: source})
    if source.startswith(("\n", "p {", "<!DOCTYPE")):
        assert found[0].line == 2


def test_notes_and_pages_are_left_alone() -> None:
    """What is a comment of the template, or no mail, breaks nothing."""
    assert lint.faults({STYLE: "{# * { float: left } #}"}) == ()
    assert lint.faults({"public/frame.html.j2": "<form><script>"}) == ()


@given(st.text(max_size=200))
def test_no_template_breaks_the_search(source: str) -> None:
    """Whatever it holds."""
    for name in (STYLE, SCREENS, STORY, FRAME):
        assert all(fault.line >= 1 for fault in lint.faults({name: source}))


def test_a_template_that_lost_something_is_found_by_trying() -> None:
    """The sentence names what."""
    templates = read_templates("") | {"email/foot.html.j2": "<p>Bye</p>"}
    with pytest.raises(RenderError, match="unsubscribe_url"):
        specimen.tried(templates, Brand())
