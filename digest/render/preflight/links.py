"""Links: where they lead, as far as their addresses tell."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from digest.model.preflight import Finding
from digest.render.preflight.look import Look, Rule, block, is_local, is_reserved, note, tree, warn
from digest.render.values import tokens
from digest.url import host

SHORTENERS = frozenset("bit.ly t.co tinyurl.com goo.gl ow.ly buff.ly is.gd rb.gy t.ly".split())


def hrefs(look: Look) -> list[str]:
    """Every address its emails link to, each once, personal ones left out."""
    found: dict[str, None] = {}
    for email in look.emails:
        personal = tokens(email.nonce)
        for a in tree(email.html).iter("a"):
            href = (a.get("href") or "").strip()
            if href not in personal:
                found[href] = None
    return [*found, *(e.link.target for e in look.emails if e.link)]


def form(look: Look) -> Iterator[Finding]:
    """An address is there and is one that a mail program opens."""
    for href in hrefs(look):
        if not href or href.startswith("#"):
            yield block("links.empty", f"a link leads nowhere ({href!r}); mend the template")
        elif urlsplit(href).scheme not in ("http", "https", "mailto"):
            yield block("links.scheme", f"{href[:80]} is no address that mail programs open")
        elif href.startswith("http:") and not is_local(host(href)) and not look.trial:
            yield warn("links.plain", f"{href[:100]} is not https; some programs warn of it")


def place(look: Look) -> Iterator[Finding]:
    """Nothing leads to this machine, to an example, or to somebody we do not know."""
    for href in hrefs(look):
        name = host(href) if href.startswith(("http:", "https:")) else ""
        if not name:
            continue
        finding = note if look.trial else block
        if is_local(name):
            yield finding("links.local", f"{href[:90]} is only there on this machine; set site.url")
        elif is_reserved(name):
            yield finding("links.example", f"{href[:90]} is an example; put the real address there")
        elif name in SHORTENERS:
            yield warn("links.shortened", f"{href[:100]} hides where it leads, as spam does")
        elif not _known(name, look.hosts):
            yield block(
                "links.foreign",
                f"{href[:100]} leads to {name}, which is neither yours nor a source's; add it to"
                " preflight.hosts if it is meant",
            )


def _known(name: str, hosts: frozenset[str]) -> bool:
    return any(name == one or name.endswith(f".{one}") for one in hosts)


RULES: tuple[Rule, ...] = (form, place)
