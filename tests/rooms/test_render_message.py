"""Messages: compiled once, filled for each subscriber, the same as filling the text plainly."""

import html as html_module
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.render.message import compile_letter, fill
from digest.render.values import token
from tests import mail

HOSTILE = (
    "\"'<>&=",
    "=3D",
    "=\r\n",
    "\r\n.\r\n",
    f"--=_{mail.NONCE}",
    "\r\nFrom ",
    token(mail.NONCE, "address"),
    "\x00",
    "\x85",
    "\u2028",
    "\U0001f600",
    "\u202etxt",
    "\u0634",
    " ",
    "x" * 74,
    "{{ x }}",
)
VALUE = st.lists(st.sampled_from(HOSTILE) | st.characters(), max_size=12).map("".join)
CONTENT = st.lists(st.sampled_from([*HOSTILE, "\n"]) | st.characters(), max_size=20).map("".join)
UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def parsed(raw: bytes) -> EmailMessage:
    """The message as a mail program reads it, without a single defect."""
    found = message_from_bytes(raw, policy=default)
    assert isinstance(found, EmailMessage)
    assert not [defect for part in found.walk() for defect in part.defects]
    return found


def parts(raw: bytes) -> tuple[str, str]:
    """The decoded text and HTML."""
    plain, rich = parsed(raw).iter_parts()
    assert (plain.get_content_type(), rich.get_content_type()) == ("text/plain", "text/html")
    text, page = (part.get_payload(decode=True).decode() for part in (plain, rich))
    return text.replace("\r\n", "\n"), page.replace("\r\n", "\n")


def plainly(text: str, html: str, values: dict[str, str]) -> tuple[str, str]:
    """What filling the texts by hand gives."""
    names = {token(mail.NONCE, name): name for name in values}
    pattern = re.compile("|".join(names))
    clean = {name: UNWANTED.sub("", value) for name, value in values.items()}

    def put(content: str, *, escape: bool) -> str:
        return pattern.sub(
            lambda m: html_module.escape(clean[names[m[0]]]) if escape else clean[names[m[0]]],
            content,
        )

    return put(text, escape=False), put(html, escape=True)


def well_formed(raw: bytes) -> None:
    """ASCII, CRLF line ends only, no line over 76 columns in the body."""
    assert raw.isascii() and b"\0" not in raw
    assert raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n\r\n", 1)[1].split(b"\r\n")) <= 76


@settings(max_examples=200)
@given(VALUE, VALUE, CONTENT, CONTENT)
def test_filling_segments_equals_filling_text(
    url: str, address: str, before: str, after: str
) -> None:
    """Whatever values and content are, the message reads as plain filling would."""
    before, after = (
        part.replace(mail.NONCE, "").replace("\r", "").encode("utf-8", "replace").decode()
        for part in (before, after)
    )
    body = f"{before}{token(mail.NONCE, 'address')}{after}{token(mail.NONCE, 'unsubscribe_url')}"
    values = {"unsubscribe_url": url, "address": address}
    letter = compile_letter(body, body, nonce=mail.NONCE, headers=[("Subject", "s")])
    raw = fill(letter, b"To: a@b.example\r\n", values)
    well_formed(raw)
    assert parts(raw) == plainly(body, body, values)


@settings(max_examples=30)
@given(VALUE, VALUE)
def test_hostile_subscriber_of_a_real_edition(url: str, address: str) -> None:
    """In a whole edition no value of one reader moves anything but itself."""
    values = {"unsubscribe_url": url, "manage_url": url, "address": address}
    raw = fill(EMAIL.letter, b"To: a@b.example\r\n", values)
    well_formed(raw)
    assert parts(raw) == plainly(EMAIL.text, EMAIL.html, values)


def test_every_column_a_value_can_start_at() -> None:
    """Text of every length before and in a value keeps the lines within 76 columns."""
    name = token(mail.NONCE, "address")
    for length in range(160):
        text = f"{'a' * length} {name} \u00e9{'b' * length}"
        values = {"unsubscribe_url": "", "address": "\u00fc" * (length // 3) + "c" * length}
        raw = fill(compile_letter(text, text, nonce=mail.NONCE, headers=[]), b"", values)
        well_formed(raw)
        assert parts(raw) == plainly(text, text, values)


def test_message_has_each_header_once() -> None:
    """Shared and own headers stand in one message, none doubled."""
    made = mail.edition()
    found = parsed(mail.message(made, mail.emails(made)[1]))
    assert len(found.keys()) == len({name.lower() for name in found.keys()})
    assert found["To"] == "reader7@mail.example"
    assert found["Subject"] == made.subject
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_two_readers_differ_only_in_their_own_values() -> None:
    """With own values taken out, two messages of an edition are the same bytes."""
    made = mail.edition()
    email = mail.emails(made)[0]
    one, two = (parts(mail.message(made, email, n)) for n in (7, 8))
    assert one != two
    for number, found in ((7, one), (8, two)):
        assert found == plainly(email.text, email.html, dict(mail.own_values(mail.reader(number))))


def test_same_edition_gives_the_same_bytes() -> None:
    """Compiling again, after a restart or on another machine, changes no byte."""
    made = mail.edition()
    assert mail.message(made, mail.emails(made)[1]) == mail.message(made, mail.emails(made)[1])


def test_lines_that_mail_servers_misread_survive() -> None:
    """A lone dot, "From " and an equals sign at a line's start come back as they were."""
    text = f".\nFrom here\n=20\n..\n trailing \t\n{token(mail.NONCE, 'unsubscribe_url')}\n"
    values = {"unsubscribe_url": "https://a.example/x", "address": "a@b.example"}
    letter = compile_letter(text, text, nonce=mail.NONCE, headers=[])
    assert parts(fill(letter, b"", values)) == plainly(text, text, values)


EDITION = mail.edition()
EMAIL = mail.emails(EDITION)[1]
