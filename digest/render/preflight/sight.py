"""What can be seen: contrast, pictures, headings, as the inlined HTML gives them."""

import re
from collections.abc import Iterator

from lxml.etree import _Element

from digest.model.preflight import Finding
from digest.render.preflight.look import Look, Rule, block, tree, warn
from digest.text.colour import LEAST, contrast

LARGE_TEXT, LARGE_LEAST = 24.0, 3.0
"""Pixels from which less contrast is enough (WCAG 2.2, 1.4.3)."""
WIDEST = 600

_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*(#[0-9a-f]{3,6})\b", re.I)
_GROUND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*(#[0-9a-f]{3,6})\b", re.I)
_SIZE = re.compile(r"(?:^|;)\s*font-size\s*:\s*([\d.]+)px", re.I)


def seen(look: Look) -> Iterator[Finding]:
    """Text on its ground, on a light screen and on a dark one."""
    for email in look.emails[-1:]:
        body = tree(email.html).find("body")
        if body is not None:
            for ratio, text in _faint(body, "#000000", "#ffffff", 16.0):
                yield block(
                    "contrast.low",
                    f"{text[:60]!r} has a contrast of {ratio:.1f}:1; {LEAST}:1 is needed, change"
                    " brand or template",
                )
                break
    dark = look.brand.dark
    for text, ground in (
        (dark.ink, dark.card),
        (dark.soft, dark.card),
        (dark.accent, dark.card),
        (dark.ink, dark.tint),
        (dark.on_accent, dark.accent),
    ):
        if contrast(text, ground) < LEAST:
            yield warn("contrast.dark", f"{text} on {ground} is hard to read on dark screens")


def pictures(look: Look) -> Iterator[Finding]:
    """With words in their place, sized, and of a kind that all programs show."""
    for email in look.emails[-1:]:
        for image in tree(email.html).iter("img"):
            source = image.get("src") or ""
            if image.get("alt") is None:
                yield block("picture.alt", f"{source[:80]} has no alt text; mend the template")
            if not image.get("width") or not image.get("height"):
                yield warn("picture.size", f"{source[:80]} has no width and height")
            elif (image.get("width") or "").isdigit() and int(image.get("width") or 0) > WIDEST:
                yield warn("picture.size", f"{source[:80]} is wider than mail is")
            if re.search(r"\.(?:svg|webp|avif)(?:\?|$)|^data:", source, re.I):
                yield block("picture.kind", f"{source[:80]} is shown by few mail programs")


def bones(look: Look) -> Iterator[Finding]:
    """One first heading, a title equal to the subject, language and direction."""
    for email in look.emails[:1]:
        page = tree(email.html)
        count = len(list(page.iter("h1")))
        if count != 1:
            yield warn("html.heading", f"it has {count} first headings (h1) and should have one")
        title = " ".join((page.findtext(".//title") or "").split())
        if title != " ".join(email.subject.split()):
            yield warn("html.title", "the title of the HTML is not the subject")
        if not page.get("lang") or not page.get("dir"):
            yield warn("html.language", "the HTML names no language or direction")


def _faint(element: _Element, colour: str, ground: str, size: float) -> Iterator[tuple[float, str]]:
    """Texts with too little contrast, the nearest colour and ground counting."""
    style = element.get("style") or ""
    if "display:none" in style.replace(" ", "") or not isinstance(element.tag, str):
        return
    colour = _full(_COLOUR.search(style)) or colour
    ground = _full(_GROUND.search(style)) or ground
    if found := _SIZE.search(style):
        size = float(found[1])
    texts = [element.text or "", *(child.tail or "" for child in element)]
    said = " ".join(" ".join(texts).replace("\u00a0", " ").split())
    ratio = contrast(colour, ground)
    if said and ratio < (LARGE_LEAST if size >= LARGE_TEXT else LEAST):
        yield ratio, said
    for child in element:
        yield from _faint(child, colour, ground, size)


def _full(found: re.Match[str] | None) -> str:
    """Six digits, of three or six; "" for none."""
    if found is None:
        return ""
    digits = found[1][1:].lower()
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    return f"#{digits}" if len(digits) == 6 else ""


RULES: tuple[Rule, ...] = (seen, pictures, bones)
