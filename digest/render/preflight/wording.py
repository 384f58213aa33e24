"""Words: empty or doubled lines, placeholders, the subject, and what yesterday said."""

import re
from collections import Counter
from collections.abc import Iterator

from digest.model.preflight import Finding
from digest.render.preflight.look import Look, Rule, block, warn

LONGEST_SUBJECT = 200
SHOWN_SUBJECT = 100
ALIKE = 0.5
"""Of the lines; more are no accident."""

_PLACEHOLDER = re.compile(
    r"\{\{.{0,30}|\{%.{0,30}|%%\w{0,30}|\*\|\w+\|\*|\[\[\w+\]\]|<<\w+>>|\blorem ipsum\b"
    r"|\b(?:TODO|TKTK|XXXX+|FIXME)\b"
    r"|(?:^|(?<=\d\. ))(?:undefined|NaN|None|null)(?=:|$)",
    re.I | re.M,
)
_CASED = re.compile(r"\b(?:todo|tktk|xxxx+|fixme|none|nan)\b")
"""As an ordinary word in small letters it may well be meant."""


def empty(look: Look) -> Iterator[Finding]:
    """No story, or one without words."""
    briefs = look.edition.bulletin.briefs
    if not briefs:
        yield block("edition.empty", "there is no story in it; skip it, or choose anew")
    for place, brief in enumerate(briefs, start=1):
        if not brief.line.strip():
            yield block("line.empty", f"story {place} has no line; bar it or choose anew")
        if not brief.headline.strip():
            yield block("headline.empty", f"story {place} has no headline; bar it or choose anew")
        if not brief.url.strip():
            yield warn("story.unlinked", f"story {place} leads nowhere: it has no address")


def doubled(look: Look) -> Iterator[Finding]:
    """The same line, headline or story twice."""
    briefs = look.edition.bulletin.briefs
    for name, what, words in (
        ("line.doubled", "line", [b.line for b in briefs]),
        ("headline.doubled", "headline", [b.headline for b in briefs]),
        ("story.doubled", "address", [b.url for b in briefs]),
    ):
        counted = Counter(" ".join(word.split()).casefold() for word in words if word.strip())
        for said, count in counted.items():
            if count > 1:
                yield block(
                    name, f"{count} stories have the same {what} ({said[:80]!r}); bar all but one"
                )


def placeholders(look: Look) -> Iterator[Finding]:
    """What somebody meant to fill in."""
    for part, text in _parts(look):
        for found in _PLACEHOLDER.finditer(text):
            if not _CASED.fullmatch(found[0]):
                yield block(
                    "text.placeholder",
                    f"the {part} says {found[0].strip()[:40]!r}, which looks like a placeholder;"
                    " correct the text it comes from",
                )
                break


def subject(look: Look) -> Iterator[Finding]:
    """Missing, shouted, endless or broken."""
    said = look.edition.subject
    if not said.strip():
        yield block("subject.empty", "it has no subject; choose anew")
        return
    if re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", said):
        yield block("subject.control", "its subject holds control characters; correct the headline")
    if len(said) > LONGEST_SUBJECT:
        yield block("subject.long", f"its subject has {len(said)} characters; shorten it")
    elif len(said) > SHOWN_SUBJECT:
        yield warn("subject.long", f"its subject has {len(said)} characters; few are shown")
    if said.isupper() and len(said) > 10:
        yield warn("subject.capitals", "its subject is all capitals, as spam is")
    if not look.edition.preheader.strip():
        yield warn("preheader.empty", "it has no preheader; inboxes show whatever comes first")


def yesterday(look: Look) -> Iterator[Finding]:
    """The edition before it, sent once more."""
    if look.previous is None:
        return
    before, now = look.previous, look.edition
    if _same(before.subject, now.subject):
        yield block(
            "subject.yesterday",
            f"its subject is that of {before.slug}; choose anew, or change the headline",
        )
    old = {b.line.strip() for b in before.bulletin.briefs}
    new = [b.line.strip() for b in now.bulletin.briefs]
    again = sum(line in old for line in new)
    if new and again == len(new):
        yield block("edition.same", f"all its lines stood in {before.slug}; choose anew")
    elif new and again / len(new) > ALIKE:
        yield warn("edition.alike", f"{again} of its {len(new)} lines stood in {before.slug}")


def _same(one: str, other: str) -> bool:
    return (
        bool(one.strip()) and " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
    )


def _parts(look: Look) -> Iterator[tuple[str, str]]:
    yield "subject", look.edition.subject
    yield "preheader", look.edition.preheader
    for email in look.emails[-1:]:
        yield "text", re.sub(r"https?://\S+", "", email.text)


RULES: tuple[Rule, ...] = (empty, doubled, placeholders, subject, yesterday)
