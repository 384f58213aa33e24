"""What was looked at before a release, what was found, and who let it go all the same."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Weight(StrEnum):
    """What a finding means for the release."""

    BLOCK = "block"
    """Nothing goes out until an editor overrides it."""
    WARN = "warn"
    NOTE = "note"
    """What could not be looked at, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was found."""

    name: str
    """Of the rule, for example "subject.yesterday"; overrides name it."""
    weight: Weight
    because: str
    """One sentence: what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """One look at one revision of an edition."""

    revision: int
    at: datetime
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """An editor's word that a finding does not stop this edition."""

    name: str
    who: str
    at: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameAnswer:
    """What the domain name system says about one name."""

    texts: tuple[str, ...] = ()
    """Its TXT records, each whole; empty when it has none."""
    problem: str = ""
    """One sentence when nobody answered: nothing is known then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightSettings:
    """How strict the look before a release is."""

    only_warn: tuple[str, ...] = ()
    """Names of rules, or their beginnings, that never block."""
    hosts: tuple[str, ...] = ()
    """Further hosts that an edition may link to."""
