"""What premailer and mail programs break, found in the source of a template.

Each construct was seen to break: by premailer 3.10, or by the support tables of the mail programs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

KEPT_BYTES = 2000
"""Of the style that stays a block; mail programs drop all of it when it is long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A construct that breaks, with its place."""

    name: str
    """Of the template."""
    line: int
    because: str
    """What breaks and what to write instead."""


@dataclass(frozen=True, slots=True)
class Trap:
    """A pattern and what becomes of it."""

    pattern: re.Pattern[str]
    because: str


def _trap(pattern: str, because: str) -> Trap:
    return Trap(re.compile(pattern, re.I), because)


ANYWHERE = (
    _trap(r"<(?:script|form|iframe|object|embed|video|audio|base|input|svg|picture|main)\b",
          "mail programs take this element out; use links, tables and plain pictures"),
    _trap(r"<link\b", "mail programs fetch no style sheets; put the rules into email/style.css.j2"),
    _trap(r"\son\w+\s*=", "mail programs run nothing; leave the handler out"),
    _trap(r"<!\[if", "premailer deletes this comment; write <!--[if mso]> … <![endif]-->"),
    _trap(r"""src\s*=\s*["']?(?:data:|cid:)|\.(?:svg|webp|avif)["'?]""",
          "few mail programs show this kind of picture; use a hosted JPEG or PNG"),
    _trap(r"\{\{\s*\w+(?:\.\w+)*\s*\|\s*safe\s*\}\}",
          "what a feed says would become markup; leave `safe` out"),
    _trap(r"display\s*:\s*(?:flex|grid|inline-flex)", "many mail programs ignore it; use tables"),
    _trap(r"position\s*:\s*(?:absolute|fixed|sticky|relative)|float\s*:",
          "mail programs ignore it; use tables"),
    _trap(r"var\(--", "few mail programs know variables; write {{ brand.light.… }}"),
)  # fmt: skip
PROCESSED = (
    _trap(r"@(?:supports|font-face|keyframes|import|media)\b",
          "premailer drops @ rules here; put them into email/screens.css.j2"),
    _trap(r"(?<![\w.#)])\*\s*\{", "premailer drops the rule of *; name the elements"),
    _trap(r":(?:not|nth-child|first-child|last-child|hover|focus|before|after|root)\b",
          "premailer does not inline pseudo-classes; give the element a class"),
    _trap(r"\[[^\]\n]*:[^\]\n]*\]\s*[,{]",
          "premailer reads the colon as a pseudo-class; use a class"),
    _trap(r"!important", "premailer drops it; a rule of its own class does the same"),
    _trap(r"#[0-9a-f]{8}\b", "premailer drops a colour of eight digits; write six"),
    _trap(r"#[\w-]+\s*\{", "use a class: ids are inlined, but mail programs rename them"),
)  # fmt: skip


def faults(templates: Mapping[str, str]) -> tuple[Fault, ...]:
    """What breaks in these templates of mail; pages and posts are none."""
    return tuple(
        fault
        for name, source in sorted(templates.items())
        if name.startswith("email")
        for fault in _faults(name, source)
    )


def _faults(name: str, source: str) -> Iterator[Fault]:
    said = _without_notes(source)
    traps = list(ANYWHERE)
    if name.endswith("style.css.j2"):
        traps += PROCESSED
    for trap in traps:
        for found in trap.pattern.finditer(said):
            yield _fault(name, said, found.start(), f"{found[0].strip()!r}: {trap.because}")
    if name == "email.html.j2":
        yield from _frame(name, said)
    if name.endswith("screens.css.j2"):
        yield from _kept(name, said)


def _frame(name: str, said: str) -> Iterator[Fault]:
    """The things a whole email cannot do without."""
    if found := re.search(r"<!doctype", said):
        yield _fault(name, said, found.start(), "premailer drops a doctype in small letters;"
                     " write <!DOCTYPE html>")  # fmt: skip
    elif "<!DOCTYPE html>" not in said:
        yield _fault(name, said, 0, "there is no <!DOCTYPE html>: programs then guess how to draw")
    if 'data-premailer="ignore"' not in said and "@media" in said:
        at = said.index("@media")
        yield _fault(name, said, at, "premailer breaks @media here; put it into a style block with"
                     ' data-premailer="ignore"')  # fmt: skip


def _kept(name: str, said: str) -> Iterator[Fault]:
    """Mail programs drop the whole block for these."""
    size = len(re.sub(r"\{[{%].*?[%}]\}", "#123456", said).encode())
    if size > KEPT_BYTES:
        yield _fault(name, said, 0, f"the block has {size} bytes, keep it under {KEPT_BYTES}:"
                     " mail programs drop a long one")  # fmt: skip
    depth, inside = 0, False
    for found in re.finditer(r"@\w+|(?<!\{)\{(?![{%])|(?<![}%])\}(?!\})", said):
        if found[0].startswith("@"):
            if inside and depth:
                because = f"{found[0]} stands in another @ rule: mail programs drop the whole block"
                yield _fault(name, said, found.start(), because)
            inside = True
        else:
            depth += 1 if found[0] == "{" else -1
            inside = inside and depth > 0
    if depth:
        yield _fault(name, said, 0, "the braces do not match: mail programs drop the whole block")


def _without_notes(source: str) -> str:
    """Comments of Jinja blanked, so that lines stay where they are."""
    return re.sub(r"\{#.*?#\}", lambda m: re.sub(r"[^\n]", " ", m[0]), source, flags=re.S)


def _fault(name: str, said: str, at: int, because: str) -> Fault:
    return Fault(name=name, line=said.count("\n", 0, at) + 1, because=because)
