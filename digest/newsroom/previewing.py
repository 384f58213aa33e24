"""An edition as it arrives: the same bytes the senders submit, and the posts beside them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from digest.model.audience import Subscriber
from digest.model.edition import Bulletin, Edition, Email
from digest.model.newsletter import Newsletter
from digest.model.post import Post
from digest.newsroom.editions import Draft
from digest.newsroom.house import House
from digest.newsroom.letters import Letters, compiled
from digest.newsroom.planning import planned_posts
from digest.newsroom.revising import told
from digest.render.page import corrections_note, edition_page
from digest.render.values import tokens
from digest.summarise import script, taking


class MarkShown(TypedDict):
    """What a story touches, and the word that shows it."""

    kind: str
    word: str


class BriefShown(TypedDict):
    """One brief, as commands print it."""

    label: str
    line: str
    url: str
    story: str
    because: str
    words: int
    checks: list[str]
    sensitive: list[MarkShown]
    light: bool
    pinned: bool
    writer: str
    replaced: str


class BulletinShown(TypedDict):
    """A bulletin with its length, as commands print it."""

    briefs: list[BriefShown]
    words: int
    seconds: int
    left_out: list[str]
    writing: list[str]
    """What editors are told of a language model's part in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a reader gets, for one sample subscriber."""

    html: str
    text: str
    message: bytes
    page: str
    posts: tuple[Post, ...]
    bulletin: Bulletin
    script: str
    """The bulletin written to be read aloud."""
    revision: int = 1
    corrections: tuple[str, ...] = ()
    """One sentence for each, the oldest first."""


def preview(house: House, edition: Edition) -> Preview:
    """A stored edition, from its stored bytes and posts."""
    emails = house.store.editions.emails(edition.id, edition.revision)
    posts = house.store.posts.of_edition(edition.id)
    return _preview(house, edition, emails, posts or planned_posts(house, edition))


def preview_draft(house: House, draft: Draft) -> Preview:
    """A draft that is not stored; nothing is saved."""
    posts = planned_posts(house, draft.edition)
    return _preview(house, draft.edition, list(draft.emails), posts)


def files(found: Preview) -> dict[str, bytes]:
    """File name -> content."""
    posts = [
        {"account": p.account_id, "network": p.network, "part": p.part, "text": p.text}
        | {"link": p.link, "length": p.length, "state": p.state, "url": p.remote_url}
        | {"usd": p.price / 1000, "due_at": p.due_at.isoformat(), "alt": p.alt}
        for p in found.posts
    ]
    revised = {"revision": found.revision, "corrections": found.corrections}
    return {
        "email.html": found.html.encode(),
        "email.txt": found.text.encode(),
        "message.eml": found.message,
        "page.html": found.page.encode(),
        "posts.json": _json(posts),
        "bulletin.txt": found.script.encode(),
        "bulletin.json": _json({**bulletin_shown(found.bulletin), **revised}),
    }


def bulletin_shown(bulletin: Bulletin) -> BulletinShown:
    """The bulletin as commands print it."""
    return {
        "briefs": [
            {
                "label": b.label,
                "line": b.line,
                "url": b.url,
                "story": b.headline,
                "because": b.because,
                "words": b.words,
                "checks": [f"{c.name}: {'ok' if c.ok else c.detail}" for c in b.checks],
                "sensitive": [{"kind": m.kind.value, "word": m.word} for m in b.sensitive],
                "light": b.light,
                "pinned": b.pinned,
                "writer": b.writer,
                "replaced": b.replaced,
            }
            for b in bulletin.briefs
        ],
        "words": bulletin.words,
        "seconds": bulletin.seconds,
        "left_out": list(bulletin.left_out),
        "writing": list(taking.told(bulletin)),
    }


def script_of(house: House, newsletter: Newsletter, bulletin: Bulletin, on: date) -> script.Script:
    """The bulletin as a presenter reads it aloud on that day."""
    site = house.settings.site.name
    language = newsletter.language
    return script.script(bulletin, title=newsletter.title, site=site, language=language, on=on)


def counts(house: House, edition: Edition) -> dict[str, int]:
    """Deliveries by state."""
    found = house.store.deliveries.counts(edition.id).counts
    return {state.value: count for state, count in found.items() if count}


def _preview(
    house: House, edition: Edition, emails: Sequence[Email], posts: Sequence[Post]
) -> Preview:
    """With the first appeal variant, as most readers will see it."""
    made, site = compiled(house, edition, list(emails)), house.settings.site
    note = corrections_note(edition, site=site, templates=house.templates)
    shown = emails[-1] if len(emails) == 1 else emails[1]
    sample = Subscriber(id=0, address=house.settings.mail.from_address, created=edition.composed_at)
    return Preview(
        html=_filled(shown.html, shown, made, sample),
        text=_filled(shown.text, shown, made, sample),
        message=made.message(sample, shown.variant).content,
        page=edition_page(shown, site=site, newsletter=made.newsletter, edition=edition, note=note),
        posts=tuple(posts),
        bulletin=edition.bulletin,
        script=script_of(house, made.newsletter, edition.bulletin, edition.local_date).text,
        revision=edition.revision,
        corrections=tuple(told(correction) for correction in edition.corrections),
    )


def _filled(content: str, email: Email, made: Letters, sample: Subscriber) -> str:
    values = made.values(sample)
    for token, name in tokens(email.nonce).items():
        content = content.replace(token, values[name])
    return content


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
