"""`digest appeals`: what each wording brought in, and payments from a file."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TextIO

import click

from digest.cli.frame import Frame
from digest.errors import PartlyDone, UsageError
from digest.newsroom import gifts as gifts_use
from digest.newsroom import giving
from digest.newsroom.giving import AppealShown
from digest.render.wording import money

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group("appeals")
def command() -> None:
    """Show what appeals brought in; take payments from a file."""


@command.command("show")
@click.argument("appeals", metavar="[APPEAL...]", nargs=-1)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Editions from this day on; a year if left out.",
)
@JSON
@click.pass_obj
def show(frame: Frame, appeals: tuple[str, ...], since: datetime | None, as_json: bool) -> None:
    """What each wording was submitted, clicked and given for, and which is better."""
    start = since.replace(tzinfo=UTC) if since else None
    with frame.house() as house:
        named = appeals or tuple(one.id for one in house.settings.appeals)
        found = [giving.shown(house, appeal, start) for appeal in named]
        language = house.settings.site.language
    lines = [line for one in found for line in _told(one, language)]
    frame.with_json(as_json).say({"appeals": [asdict(one) for one in found]}, lines)


@command.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8-sig"))
@click.option("--platform", default="file", help="Name the payments are kept under.")
@JSON
@click.pass_obj
def import_(frame: Frame, file: TextIO, platform: str, as_json: bool) -> None:
    """Take payments from a CSV FILE (- is stdin): event, amount, currency, at, reference, email."""
    try:
        text = file.read()
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{file.name} is not in UTF-8; nothing was taken. Save it as CSV in UTF-8"
        ) from error
    with frame.house() as house:
        report = gifts_use.import_csv(house, text, platform=platform)
    lines = [f"{report.new} new ({report.attributed} through an appeal), {report.known} known"]
    lines += [f"line {one.line}: {one.because}" for one in report.bad]
    frame.with_json(as_json).say(asdict(report), lines)
    if report.bad:
        raise PartlyDone(
            f"{len(report.bad)} lines were not taken, see above;"
            " correct them and import the file again, no payment counts twice"
        )


def _told(found: AppealShown, language: str) -> Iterator[str]:
    def amount(smallest: float) -> str:
        return money(round(smallest), found.currency, language)

    goal = f" of {amount(found.goal)}" if found.goal else ""
    yield f"{found.appeal}: {amount(found.raised)} raised{goal}; {found.because}"
    for one in found.variants:
        counts = one.counts
        high = amount(one.high) if one.high is not None else "?"
        yield (
            f"  {counts.variant}  {counts.submitted:,} submitted, {counts.clicks:,} clicks"
            f" ({counts.machine_clicks:,} of machines not among them), {counts.gifts:,} gifts,"
            f" {amount(counts.total)}; {amount(one.per_thousand)} per 1,000"
            f" ({amount(one.low)} to {high})"
        )
    if found.variants:
        yield f"  {found.verdict.because}"
