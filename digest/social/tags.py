"""What a post is about: the hashtags it may carry, and the tags by which it can be held."""

import re
from collections.abc import Iterable, Sequence

import regex

from digest.model.account import Account
from digest.model.edition import Brief

MOST = 2
"""Hashtags in a post: more of them are read less."""

_HUMP = regex.compile(r"\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}]+|\d+")
_NOT_IN_TAG = re.compile(r"[^\w]+")


def hashtags(brief: Brief, account: Account) -> tuple[str, ...]:
    """Of the account's list the first ones whose words the story says: #DublinBus where it says
    "Dublin Bus"."""
    fields = (brief.section, brief.label, brief.headline, brief.line, brief.standfirst)
    said = "|".join(f" {_spaced(field)} " for field in fields)
    found = [
        tag for tag in account.hashtags if f" {_spaced(' '.join(_HUMP.findall(tag)))} " in said
    ]
    return tuple(found[:MOST])


def tags(briefs: Iterable[Brief], account: Account, *others: str) -> tuple[str, ...]:
    """By which a hold can name the post: sections, hashtags, and what is sensitive in it."""
    found: list[str] = list(others)
    for brief in briefs:
        found += [brief.section, *hashtags(brief, account)]
        found += [one.kind.value for one in brief.sensitive]
    slugs = (slug(name) for name in found)
    return tuple(dict.fromkeys(one for one in slugs if one))


def slug(name: str) -> str:
    """A tag as it is written in a hold: lower case, hyphens between words."""
    return _NOT_IN_TAG.sub("-", name.casefold().replace("_", "-")).strip("-")


def held_by(text: str, words: Sequence[str]) -> str:
    """The first of the words that the text says, or ""."""
    said = f" {_spaced(text)} "
    return next((word for word in words if f" {_spaced(word)} " in said), "")


def _spaced(text: str) -> str:
    """Words in lower case with single blanks between."""
    return " ".join(re.findall(r"\w+", text.casefold()))
