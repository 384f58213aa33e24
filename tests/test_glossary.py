"""One word for one thing: the code defines no banned name, and the glossary tells every word."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODULES = sorted((ROOT / "digest").rglob("*.py"))

BANNED = (
    "campaign issue tweet toot blacklist blocklist whitelist recipient_list mailing_list entry"
    " cta banner sent_at is_sent delivered_at"
).split()

WORDS = (
    "Source, Article, Boilerplate, Story, Brief, Bulletin, Newsletter, Schedule, Slot, Occurrence,"
    " Edition, Appeal, Email, Message, Subscriber, Subscription, Audience, Suppression, Delivery,"
    " Submitted, In doubt, Relay, Bounce, Complaint, Account, Post, Hold, kill, correction, Editor,"
    " desk"
).split(", ")


def words_of(name: str) -> tuple[str, ...]:
    """The words of an identifier, small and in the singular."""
    parts = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower().split("_")
    return tuple(_singular(part) for part in parts if part)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def banned_in(name: str) -> str:
    """The banned word an identifier contains, "" when it contains none."""
    words = words_of(name)
    for banned in BANNED:
        wanted = words_of(banned)
        if any(words[n : n + len(wanted)] == wanted for n in range(len(words))):
            return banned
    return ""


def defined(tree: ast.AST) -> Iterator[str]:
    """Every name a module defines: functions, classes, arguments, variables, fields, columns."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.alias(asname=str(name)):
                yield name
            case ast.Call(
                func=ast.Name(id="Column" | "Table") | ast.Attribute(attr="Column" | "Table"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield name


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_module_defines_no_banned_name(path: Path) -> None:
    """Nor bears one itself; what libraries call their things is theirs."""
    names = {*defined(ast.parse(path.read_text("utf-8"))), path.stem}
    assert {name: banned_in(name) for name in names if banned_in(name)} == {}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("send_tweets", "tweet"),
        ("FeedEntry", "entry"),
        ("entries", "entry"),
        ("sentAt", "sent_at"),
        ("is_sent_now", "is_sent"),
        ("recipient_lists", "recipient_list"),
        ("tissue", ""),
        ("reentry", ""),
        ("present_at", ""),
        ("recipient", ""),
        ("action", ""),
    ],
)
def test_a_banned_word_is_found_in_any_spelling(name: str, found: str) -> None:
    """As a word of its own, in snake or camel case, one or many; not inside another word."""
    assert banned_in(name) == found


def test_names_are_found_wherever_they_are_defined() -> None:
    """Or the test over the modules would prove nothing."""
    code = (
        "import x as tweet\n"
        "class Toot:\n    cta: int\n"
        "def banner(issue, *, entry=1): self.campaign = 2\n"
        "t = Table('whitelist', Column('sent_at'))\n"
        "found = feed.entries\n"
    )
    assert set(defined(ast.parse(code))) == {
        *("tweet", "Toot", "cta", "banner", "issue", "entry", "campaign", "t"),
        *("whitelist", "sent_at", "found"),
    }


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_tells_every_word(word: str) -> None:
    """In bold, at the start of its row."""
    rows = re.findall(r"^\| (.+?) \|", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.M)
    assert any(f"**{word}**" in row for row in rows)


def test_the_glossary_names_the_banned_words() -> None:
    """So that a newcomer learns them before a test does."""
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    assert [word for word in BANNED if f"`{word}`" not in text] == []
