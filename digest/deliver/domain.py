"""What the domain name system says of a sending domain (RFC 7208, RFC 7489, RFC 6376)."""

from collections.abc import Iterator, Mapping

from digest.model.mail import Dkim
from digest.model.preflight import Finding, NameAnswer, Weight

MOST_LOOKUPS = 10
"""Of an SPF record; receivers give up beyond."""


def names(domain: str, dkim: Dkim | None) -> tuple[str, ...]:
    """The names to ask for."""
    parent = ".".join(domain.split(".")[-2:])
    asked = [domain, f"_dmarc.{domain}", f"_dmarc.{parent}"]
    if dkim is not None:
        asked.append(f"{dkim.rsa.selector}._domainkey.{dkim.domain}")
    return tuple(dict.fromkeys(asked))


def findings(
    domain: str, dkim: Dkim | None, answers: Mapping[str, NameAnswer], ours: str
) -> Iterator[Finding]:
    """What the records lack; `ours` is the DKIM record that must be published."""
    if problem := next((a.problem for a in answers.values() if a.problem), ""):
        yield Finding(
            name="dns.unknown", weight=Weight.NOTE, because=f"DNS was not looked at: {problem}"
        )
        return
    yield from _spf(domain, answers[domain].texts)
    yield from _dmarc(domain, answers)
    if dkim is None:
        yield Finding(
            name="dns.dkim",
            weight=Weight.NOTE,
            because="messages are signed by the relay, if at all",
        )
        return
    name = f"{dkim.rsa.selector}._domainkey.{dkim.domain}"
    published = [_tags(text).get("p", "") for text in answers[name].texts]
    if _tags(ours)["p"] not in published:
        what = "another key" if any(published) else "no key"
        yield _block("dns.dkim", f"{name} publishes {what}; publish there: {ours}")


def _spf(domain: str, texts: tuple[str, ...]) -> Iterator[Finding]:
    records = [text for text in texts if text.lower().split()[:1] == ["v=spf1"]]
    if len(records) != 1:
        what = f"{len(records)} SPF records" if records else "no SPF record"
        yield _block(
            "dns.spf", f"{domain} has {what} and needs one that names the relay: v=spf1 … -all"
        )
        return
    terms = records[0].lower().split()[1:]
    if any(term in ("+all", "all") for term in terms):
        yield _block("dns.spf", f"the SPF record of {domain} allows everybody (+all)")
    lookups = sum(_asks(term) for term in terms)
    if lookups > MOST_LOOKUPS:
        yield _block(
            "dns.spf",
            f"the SPF record of {domain} asks {lookups} times; {MOST_LOOKUPS} are allowed",
        )


def _asks(term: str) -> bool:
    word = term.lstrip("+-~?")
    return word.startswith(("include:", "exists:", "redirect=")) or word.split(":")[0].split("/")[
        0
    ] in (
        "a",
        "mx",
        "ptr",
    )


def _dmarc(domain: str, answers: Mapping[str, NameAnswer]) -> Iterator[Finding]:
    for name in names(domain, None)[1:]:
        records = [t for t in answers[name].texts if _tags(t).get("v", "").upper() == "DMARC1"]
        if records:
            if _tags(records[0]).get("p", "").lower() not in ("none", "quarantine", "reject"):
                yield _block("dns.dmarc", f"the DMARC record at {name} has no policy (p=)")
            return
    yield _block(
        "dns.dmarc", f"there is no DMARC record; publish at _dmarc.{domain}: v=DMARC1; p=none"
    )


def _tags(text: str) -> dict[str, str]:
    pairs = (tag.partition("=") for tag in text.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, _, value in pairs}


def _block(name: str, because: str) -> Finding:
    return Finding(name=name, weight=Weight.BLOCK, because=because)
