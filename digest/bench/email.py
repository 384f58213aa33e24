"""Email: compiling, writing messages, signing them, and whether all of it is right.

Peers stand beside us in the same run: css_inline with EmailMessage per recipient, Jinja with
css_inline per recipient, and dkimpy in an environment of its own. Rates are CPU time, medians.
"""

import base64
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from functools import cache
from html import escape
from random import Random
from statistics import median

import css_inline
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from digest.adapters.fonts import SystemFonts
from digest.app.build import read_templates
from digest.bench import email_sample as sample
from digest.bench import email_views as views
from digest.bench.email_rivals import ask
from digest.deliver import dkim, headers, tokens
from digest.model.audience import Subscriber
from digest.model.brand import LIGHT, Brand
from digest.model.mail import Dkim, DkimKey
from digest.model.secret import Secret
from digest.newsroom.letters import Letters
from digest.render import card, message
from digest.render.headers import lines
from digest.render.inline import inlined
from digest.render.message import shared
from digest.render.template import fill
from digest.render.values import tokens as blanks
from digest.render.values import values

Say = Callable[[str], object]

ROUNDS = 5
CHUNK = 500
HOSTILE = 10_000
ALPHABET = (
    "\"'<>&=", "=3D", "=\r\n", "\r\n.\r\n", f"--=_{sample.NONCE}", "\r\nFrom ", "From ", "\x00",
    f"{sample.NONCE}address", "\x85", "\u2028", "\U0001f600", "\u202etxt", "\u0634\u0645", " ",
    "x" * 74, "{{ x }}", "%", "\u05d0", "\t", "a", "\u00fc" * 30, "\r", "\n", "=",
)  # fmt: skip


def run(say: Say) -> dict[str, object]:
    """All rows, each with its bar."""
    figures: dict[str, object] = {}
    compiled = _compiled(say)
    rates = _rates(say)
    figures |= {"compile": compiled, "rates": rates, "dkim": _signed(say)}
    figures["hostile"] = _hostile(say)
    figures["views"] = _views(say)
    figures["card"] = _card(say)
    return figures


def _compiled(say: Say) -> dict[str, float]:
    cold, warm, peer = [], [], []
    for _ in range(ROUNDS):
        command = [sys.executable, "-m", "digest.bench.email_cold"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        told = json.loads(done.stdout)
        cold.append(told["cold"])
        warm.append(told["warm"])
        done = subprocess.run(
            [*command, "peer"], input=_source(), capture_output=True, text=True, check=True
        )
        peer.append(json.loads(done.stdout)["premailer"])
    say(f"compile an edition, two wordings, cold   {median(cold):8.1f} ms     bar 50")
    say(f"the same, warm                           {median(warm):8.1f} ms     goal 20")
    say(f"  premailer by its defaults alone, cold  {median(peer):8.1f} ms")
    return {"cold_ms": median(cold), "warm_ms": median(warm), "premailer_ms": median(peer)}


def _rates(say: Say) -> dict[str, float]:
    made = sample.edition()
    people = [_person(number) for number in range(CHUNK)]
    letters = _letters(None)
    ours = _rate(lambda one: letters.message(one, "a"), people)
    size = len(letters.message(people[0], "a").content)
    usual = _rate(lambda one: _usual(made.subject, one), people[:40])
    alone = _rate(lambda one: css_inline.inline(_jinja(one)), people[:40])
    say(f"messages a second a core, {size:,} bytes     {ours:10,.0f}       bar 50,000")
    by, by_alone = ours / usual, ours / alone
    say(f"  css_inline + EmailMessage each         {usual:10,.0f}       {by:.0f}x, bar 150x")
    say(f"  Jinja + css_inline each, HTML only     {alone:10,.0f}       {by_alone:.0f}x, goal 20x")
    return {
        "ours": ours,
        "css_inline_and_email_message": usual,
        "ratio": ours / usual,
        "css_inline_alone": alone,
        "ratio_alone": ours / alone,
        "bytes": float(size),
    }


def _usual(subject: str, person: Subscriber) -> bytes:
    """A good usual way: fill, inline with the fastest inliner, let the library write the mail."""
    values = _own(person)
    rich, plain = _source(), _plain()
    for name, value in values.items():
        word = next(w for w, n in blanks(sample.NONCE).items() if n == name)
        rich, plain = rich.replace(word, escape(value)), plain.replace(word, value)
    message = EmailMessage(policy=SMTP)
    message["From"] = "The Sample Post <news@sample.example>"
    message["To"] = person.address
    message["Subject"] = subject
    message["List-Unsubscribe"] = f"<{values['unsubscribe_url']}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(plain)
    message.add_alternative(css_inline.inline(rich), subtype="html")
    return message.as_bytes()


def _signed(say: Say) -> dict[str, object]:
    key = rsa.generate_private_key(65537, 2048)
    second = ed25519.Ed25519PrivateKey.generate()
    people = [_person(number) for number in range(200)]
    raw = _rate(lambda _: key.sign(b"x" * 900, padding.PKCS1v15(), SHA256()), people)
    setting = Dkim(domain="sample.example", rsa=DkimKey(selector="mail", key=Secret(_pem(key))))
    letters, plain = _letters(setting), _letters(None)
    ours = _rate(lambda one: letters.message(one, "a"), people)
    both = Dkim(
        domain="sample.example",
        rsa=setting.rsa,
        ed25519=DkimKey(selector="ed", key=Secret(_pem(second))),
    )
    twice = _letters(both)
    two = _rate(lambda one: twice.message(one, "a"), people)
    signed = [letters.message(p, "a").content for p in people[:20]]
    peer = ask(
        {
            "key": _pem(key, traditional=True),
            "record": dkim.record(setting.rsa, rsa=True),
            "plain": [_b64(plain.message(p, "a").content) for p in people[:20]],
            "signed": [_b64(one) for one in signed],
            "changed": [_b64(one.replace(b"harbour", b"harbor", 1)) for one in signed],
            "headers": [*dkim.SHARED, *dkim.OWN],
        }
    )
    say(f"raw RSA-2048 signatures a second         {raw:10,.0f}")
    say(f"messages signed by us                    {ours:10,.0f}       {ours / raw:.0%}, bar 80 %")
    say(f"messages with RSA and Ed25519            {two:10,.0f}")
    figures: dict[str, object] = {"raw": raw, "ours": ours, "share": ours / raw, "two": two}
    if "problem" in peer:
        say(f"dkimpy: skipped, {peer['problem']}")
        return figures | peer
    unsigned = _rate(lambda one: plain.message(one, "a"), people)
    theirs = 1 / (1 / unsigned + float(str(peer["seconds"])))
    by = ours / theirs
    say(f"messages signed by dkimpy                {theirs:10,.0f}       {by:.1f}x, goal 15x")
    say(f"dkimpy accepts {peer['good']} of 20 of ours, and {peer['changed']} of 20 changed ones")
    return figures | {"dkimpy": theirs, "ratio": ours / theirs} | peer


def _hostile(say: Say) -> dict[str, int]:
    """Values made of everything that ever broke a mailer, read back by Python's own parser."""
    random, letters = Random(20260316), _letters(None)
    email = sample.emails(sample.edition(), read_templates_once())[1]
    wrong = long = defects = 0
    for number in range(HOSTILE):
        own = {
            name: "".join(random.choices(ALPHABET, k=random.randint(0, 9)))
            for name in ("unsubscribe_url", "manage_url", "address")
        }
        raw = _filled(letters, own, number)
        body = raw.partition(b"\r\n\r\n")[2]
        long += max(map(len, body.split(b"\r\n"))) > 76
        wrong += not raw.isascii() or raw.count(b"\r") != raw.count(b"\r\n") != raw.count(b"\n")
        parsed = message_from_bytes(raw, policy=default)
        defects += sum(len(part.defects) for part in parsed.walk())
        plain, rich = (p.get_payload(decode=True).decode() for p in parsed.iter_parts())  # type: ignore[union-attr]
        wrong += (_lf(plain), _lf(rich)) != _expected(email.text, email.html, own)
    say(f"hostile recipients read back             {HOSTILE:10,}       {wrong} differ, {long} with"
        f" lines over 76, {defects} defects; bar 0")  # fmt: skip
    return {"recipients": HOSTILE, "differ": wrong, "long": long, "defects": defects}


def _views(say: Say) -> dict[str, object]:
    if not views.chromium():
        say("computed styles: skipped, there is no Chromium here")
        return {"skipped": "no Chromium"}
    source = fill("email.html.j2", read_templates_once(), _values())
    figures: dict[str, object] = {}
    for width, dark in views.VIEWS:
        found = views.differences(source, inlined(source), width, dark=dark)
        name = f"{width} {'dark' if dark else 'light'}"
        figures[name] = found
        say(f"computed styles at {name:12}  {found.get('elements', 0)} elements,"
            f" {found.get('changed', '?')} changed, {found.get('moved', '?')} boxes moved"
            f" {found.get('first', found.get('problem', ''))}; bar 0")  # fmt: skip
    return figures


def _card(say: Say) -> dict[str, float]:
    told = card.Card(
        site="The Sample Post",
        title="News in 60 seconds",
        date="Monday, 16 March 2026",
        headlines=tuple(b.headline for b in sample.edition().bulletin.briefs[:3]),
    )
    font = SystemFonts().files("")[0]
    taken = []
    for _ in range(25):
        began = time.process_time()
        content = card.draw(told, LIGHT, font)
        taken.append((time.process_time() - began) * 1000)
    say(f"share card, {len(content):,} bytes              {median(taken):8.1f} ms     bar 10")
    return {"ms": median(taken), "bytes": float(len(content))}


def _rate(work: Callable[[Subscriber], object], people: Sequence[Subscriber]) -> float:
    """Per CPU-second, the median of five rounds after one to warm up; each result is dropped at
    once, as a sender drops what it has handed over."""
    found = []
    for _ in range(ROUNDS + 1):
        began, count = time.process_time(), 0
        while time.process_time() - began < 0.4:
            for one in people:
                work(one)
            count += len(people)
        found.append(count / (time.process_time() - began))
    return median(found[1:])


@cache
def _values() -> dict[str, object]:
    """What the templates are given, with one wording of the appeal."""
    return values(
        sample.edition(),
        site=sample.SITE,
        newsletter=sample.NEWSLETTER,
        brand=Brand(),
        variants=[(sample.APPEAL.variants[0], "https://sample.example/c/morning/a")],
        meter=sample.METER,
        nonce=sample.NONCE,
    )


def _jinja(person: Subscriber) -> str:
    """The template filled for one recipient, as systems do that have no edition."""
    return fill("email.html.j2", read_templates_once(), {**_values(), **_own(person)})


@cache
def read_templates_once() -> dict[str, str]:
    """Ours."""
    return read_templates("")


@cache
def _source() -> str:
    return fill("email.html.j2", read_templates_once(), _values())


@cache
def _plain() -> str:
    return fill("email.txt.j2", read_templates_once(), _values())


def _person(number: int) -> Subscriber:
    return Subscriber(id=number, address=f"reader{number}@mail.example", created=sample.NOW)


def _own(person: Subscriber) -> dict[str, str]:
    token = tokens.reader_token(sample.SECRET, "morning", person.id)
    return {
        "unsubscribe_url": tokens.unsubscribe_url(sample.SITE, token),
        "manage_url": tokens.manage_url(sample.SITE, token),
        "address": person.address,
    }


def _letters(setting: Dkim | None) -> Letters:
    """The letters of the sample edition, as the senders hold them."""
    made = sample.edition()
    emails = sample.emails(made, read_templates_once())
    same = lines(headers.release_headers(made))
    return Letters(
        edition=made,
        newsletter=sample.NEWSLETTER,
        by_variant={email.variant: email.letter for email in emails},
        secret=sample.SECRET,
        site=sample.SITE,
        envelope=headers.envelope(made, sample.MAIL),
        same=same,
        signers={e.variant: dkim.signers(setting, shared(e.letter, same)) for e in emails},
    )


def _filled(letters: Letters, own: Mapping[str, str], number: int) -> bytes:
    """A message with these values, its headers hostile too."""
    told = letters.envelope.own(own["address"], f"41-{number}-00", "t", own["unsubscribe_url"])
    return message.fill(letters.by_variant["a"], letters.same + lines(told), own)


def _expected(text: str, html: str, own: Mapping[str, str]) -> tuple[str, str]:
    """What filling the texts by hand gives."""
    names = blanks(sample.NONCE)
    pattern = re.compile("|".join(names))
    clean = {name: UNWANTED.sub("", value) for name, value in own.items()}
    return (
        pattern.sub(lambda m: clean[names[m[0]]], text),
        pattern.sub(lambda m: escape(clean[names[m[0]]]), html),
    )


UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no value keeps: controls, line and direction marks."""


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n")


def _pem(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey, *, traditional: bool = False) -> str:
    kind = PrivateFormat.TraditionalOpenSSL if traditional else PrivateFormat.PKCS8
    return key.private_bytes(Encoding.PEM, kind, NoEncryption()).decode()


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode()
