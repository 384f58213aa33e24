"""The checked shape → Settings: secrets, paths, and defaults that depend on other keys."""

from urllib.parse import urlsplit

from digest.config import build_appeals, build_brand, build_mail
from digest.config.build_account import account
from digest.config.shape import (
    ConfigShape,
    HolidaysShape,
    NewsletterShape,
    ScheduleShape,
    SourceShape,
)
from digest.config.summary_shape import ANTHROPIC_URL, OPENAI_URL, ModelShape, SummaryShape
from digest.config.surroundings import Surroundings
from digest.model.newsletter import (
    Approval,
    CollectingSettings,
    Holidays,
    LateRule,
    ModelSettings,
    Newsletter,
    ScheduleRule,
    Site,
    Source,
    SummarySettings,
    WriterKind,
)
from digest.model.preflight import PreflightSettings
from digest.model.settings import Settings


def settings(shape: ConfigShape, around: Surroundings) -> Settings:
    """The configuration as a value; what its surroundings lack is noted there."""
    site = Site(
        name=shape.site.name,
        url=shape.site.url,
        timezone=shape.site.timezone,
        language=shape.site.language,
        postal_address=shape.site.postal_address or "",
        listen=shape.site.listen,
    )
    return Settings(
        site=site,
        store=around.store(shape.store, ("store",)),
        sources=tuple(_source(s, site, around) for s in shape.sources),
        newsletters=tuple(_newsletter(n, site) for n in shape.newsletters),
        mail=build_mail.mail(shape.mail, site, around),
        appeals=tuple(build_appeals.appeal(a) for a in shape.appeals),
        accounts=tuple(
            account(a, site, around, ("accounts", n)) for n, a in enumerate(shape.accounts)
        ),
        collecting=CollectingSettings(
            intranet=shape.collecting.intranet,
            max_age=shape.collecting.max_age,
            items=shape.collecting.items,
        ),
        summary=_summary(shape.summary, around),
        brand=build_brand.brand(shape.brand, around),
        contributions=tuple(
            build_appeals.platform(p, around, ("contributions", n))
            for n, p in enumerate(shape.contributions)
        ),
        preflight=PreflightSettings(
            only_warn=shape.preflight.only_warn, hosts=shape.preflight.hosts
        ),
        templates=around.directory(shape.templates, ("templates",)),
    )


def _source(shape: SourceShape, site: Site, around: Surroundings) -> Source:
    host = urlsplit(shape.url).hostname or ""
    return Source(
        id=shape.id,
        url=around.source(shape.url),
        every=shape.every,
        section=shape.section or "",
        weight=shape.weight,
        name=shape.name or host.removeprefix("www.") or site.name,
        timezone=shape.timezone or site.timezone,
        links=shape.links or "",
        pages=shape.pages,
        drop=shape.drop,
        keep=shape.keep,
        pictures=shape.pictures,
        credit=shape.credit or "",
    )


def _newsletter(shape: NewsletterShape, site: Site) -> Newsletter:
    return Newsletter(
        id=shape.id,
        title=shape.title,
        schedule=_schedule(shape.schedule, site),
        cutoff=shape.cutoff,
        approval=Approval(
            ask=shape.approval.ask,
            if_nobody=shape.approval.if_nobody,
            if_sensitive=shape.approval.if_sensitive,
        ),
        if_late=LateRule(run_within=shape.if_late.run_within, otherwise=shape.if_late.otherwise),
        stories=shape.stories,
        at_least=shape.at_least,
        per_section=shape.per_section,
        sections={section.name.casefold(): section.weight for section in shape.sections},
        closer=shape.closer,
        light=shape.light,
        max_age=shape.max_age,
        sources=shape.sources,
        appeal=shape.appeal or "",
        accounts=shape.accounts,
        in_doubt=shape.in_doubt,
        too_late=shape.too_late,
        language=shape.language or site.language,
    )


def _schedule(shape: str | ScheduleShape, site: Site) -> ScheduleRule:
    if isinstance(shape, str):
        return ScheduleRule(text=shape, timezone=site.timezone)
    return ScheduleRule(
        text=shape.at,
        timezone=shape.timezone or site.timezone,
        holidays=_holidays(shape.holidays),
        skip_dates=frozenset(shape.skip),
        paused=shape.paused,
    )


def _holidays(shape: HolidaysShape | None) -> Holidays:
    if shape is None:
        return Holidays()
    return Holidays(country=shape.country or "", dates=frozenset(shape.dates), rule=shape.rule)


def _summary(shape: SummaryShape, around: Surroundings) -> SummarySettings:
    model = {
        WriterKind.RULES: None,
        WriterKind.OPENAI: _model(shape.openai, OPENAI_URL, around, "openai"),
        WriterKind.ANTHROPIC: _model(shape.anthropic, ANTHROPIC_URL, around, "anthropic"),
    }[shape.writer]
    return SummarySettings(
        words=shape.words,
        line_words=shape.line_words,
        writer=shape.writer,
        model=model,
        abbreviations=shape.abbreviations,
    )


def _model(
    shape: ModelShape | None, usual: str, around: Surroundings, name: str
) -> ModelSettings | None:
    if shape is None:
        return None
    return ModelSettings(
        url=(shape.url or usual).rstrip("/"),
        name=shape.model,
        key=around.secret(shape.key, ("summary", name, "key")),
        deadline=shape.deadline,
        input_price=shape.input_price,
        output_price=shape.output_price,
    )
