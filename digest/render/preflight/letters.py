"""The letters themselves: size, what every reader must find in them, and what both parts share."""

from collections.abc import Iterator
from html import unescape

from digest.model.edition import Email
from digest.model.preflight import Finding
from digest.render.email import MOST_BYTES, VALUE_BYTES
from digest.render.message import digest_of
from digest.render.preflight.look import Look, Rule, block, tree, warn
from digest.render.values import token, tokens, web_version

LARGE = 80_000


def size(look: Look) -> Iterator[Finding]:
    """Mail programs cut a long message, and with it the way out of the list."""
    largest = max((_bytes(email) for email in look.emails), default=0)
    if largest >= MOST_BYTES:
        yield block(
            "size.cut",
            f"its HTML has {largest:,} bytes, and mail programs cut it from {MOST_BYTES:,} on;"
            " take fewer stories",
        )
    elif largest >= LARGE:
        yield warn("size.large", f"its HTML has {largest:,} bytes; it is cut from {MOST_BYTES:,}")


def way_out(look: Look) -> Iterator[Finding]:
    """Unsubscribe and own page as links, the web version and the postal address, in both parts."""
    for email in look.emails:
        hrefs = {a.get("href") for a in tree(email.html).iter("a")}
        for name, value, finding in (
            ("unsubscribe.missing", "unsubscribe_url", block),
            ("manage.missing", "manage_url", warn),
        ):
            word = token(email.nonce, value)
            for part, there in (("HTML", word in hrefs), ("text", word in email.text)):
                if not there:
                    yield finding(name, f"the {part} has no link to {value}; mend the template")
        if web_version(look.site, look.edition) not in email.text:
            yield warn("web.missing", "the text does not lead to the web version")
        break
    postal = " ".join(look.site.postal_address.split())
    if not postal:
        yield warn("postal.missing", "there is no postal address, which the law of many asks for")
    elif look.emails and postal not in " ".join(look.emails[0].text.split()):
        yield warn("postal.missing", "the template leaves out the postal address")


def same_tokens(look: Look) -> Iterator[Finding]:
    """What differs between readers stands as often in the one part as in the other."""
    for email in look.emails:
        for word, value in tokens(email.nonce).items():
            rich, plain = email.html.count(word), email.text.count(word)
            if rich != plain:
                yield block(
                    "tokens.differ",
                    f"{value} stands {rich} times in the HTML and {plain} times in the text;"
                    " mend the templates",
                )
                return


def same_links(look: Look) -> Iterator[Finding]:
    """Who reads the text misses nothing."""
    for email in look.emails:
        words = set(email.text.split())
        for a in tree(email.html).iter("a"):
            href = unescape(a.get("href") or "")
            if href and href not in words:
                yield block("links.text", f"{href[:120]} is not whole in the text part")
                return


def same_bytes(look: Look) -> Iterator[Finding]:
    """What would be sent is what was compiled."""
    if any(digest_of(email.letter) != email.hash for email in look.emails):
        yield block("bytes.damaged", "the stored email is damaged; restore a backup, or redraft")
    if not look.emails:
        yield block("bytes.missing", "it has no email; redraft it")


def _bytes(email: Email) -> int:
    return len(email.html.encode()) + VALUE_BYTES * sum(
        email.html.count(word) for word in tokens(email.nonce)
    )


RULES: tuple[Rule, ...] = (size, way_out, same_tokens, same_links, same_bytes)
