"""The whole configuration as a value."""

from dataclasses import dataclass

from digest.model.account import Account
from digest.model.appeal import Appeal, Platform
from digest.model.brand import Brand
from digest.model.mail import MailSettings
from digest.model.newsletter import (
    CollectingSettings,
    Newsletter,
    Site,
    Source,
    SummarySettings,
)
from digest.model.preflight import PreflightSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything config.yaml says, checked and with defaults filled in."""

    site: Site
    store: str
    sources: tuple[Source, ...]
    newsletters: tuple[Newsletter, ...]
    mail: MailSettings
    appeals: tuple[Appeal, ...] = ()
    accounts: tuple[Account, ...] = ()
    collecting: CollectingSettings = CollectingSettings()
    summary: SummarySettings = SummarySettings()
    brand: Brand = Brand()
    contributions: tuple[Platform, ...] = ()
    preflight: PreflightSettings = PreflightSettings()
    templates: str = ""
    """Folder of the editors' own templates, "" for the ones that come with the program."""

    def newsletter(self, newsletter_id: str) -> Newsletter | None:
        """The newsletter of that id."""
        return next((n for n in self.newsletters if n.id == newsletter_id), None)

    def appeal(self, appeal_id: str) -> Appeal | None:
        """The appeal of that id."""
        return next((a for a in self.appeals if a.id == appeal_id), None)

    def platform(self, platform_id: str) -> Platform | None:
        """The donation platform of that id."""
        return next((p for p in self.contributions if p.id == platform_id), None)

    def account(self, account_id: str) -> Account | None:
        """The account of that id."""
        return next((a for a in self.accounts if a.id == account_id), None)

    def source(self, source_id: str) -> Source | None:
        """The source of that id."""
        return next((s for s in self.sources if s.id == source_id), None)

    def sources_of(self, newsletter: Newsletter) -> tuple[Source, ...]:
        """The sources a newsletter draws on: those it names, or all."""
        named = newsletter.sources
        return tuple(s for s in self.sources if not named or s.id in named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in config.yaml, with its place."""

    file: str
    line: int
    col: int
    path: str
    """Dotted place in the file: "sources.1.evry"."""
    text: str

    def __str__(self) -> str:
        """One line, as compilers print it."""
        path = f"{self.path}: " if self.path else ""
        return f"{self.file}:{self.line}:{self.col}: {path}{self.text}"
