"""`digest bounces`, `suppressions` and `pauses`: what comes back, and what follows from it."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import BinaryIO, TextIO

import click

from digest.cli.frame import Frame
from digest.deliver import bounces as reading
from digest.errors import PartlyDone, TryAgainLater
from digest.model.bounce import BounceKind, Report, Verdict
from digest.newsroom import barring, receiving
from digest.newsroom.receiving import Received

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group("bounces")
def bounces() -> None:
    """Read bounces and complaints."""


@bounces.command("classify")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.File("rb"))
def classify(files: tuple[BinaryIO, ...]) -> None:
    """Print a JSON line for each mail FILE (- is stdin): what it says of which address."""
    for file in files:
        click.echo(json.dumps(shown(file.name, reading.read(file.read())), ensure_ascii=False))


@bounces.command("poll")
@JSON
@click.pass_obj
def poll(frame: Frame, as_json: bool) -> None:
    """Read every mailbox of `mail.inboxes` once, now."""
    with frame.house() as house:
        found = frame.finish(receiving.read_all(house))
    shown_all = {"mailboxes": [asdict(one) for one in found]}
    lines = [line for one in found for line in _received(one)]
    frame.with_json(as_json).say(shown_all, lines or ["no mailbox is named in mail.inboxes"])
    if any(one.problem for one in found):
        raise TryAgainLater("a mailbox could not be read; the reason stands above")


@click.group("suppressions")
def suppressions() -> None:
    """List and change the addresses that get nothing."""


@suppressions.command("list")
@JSON
@click.pass_obj
def list_(frame: Frame, as_json: bool) -> None:
    """Everybody who is suppressed, with reason and date."""
    with frame.house() as house:
        found = house.store.bounces.suppressions()
    lines = [
        f"{one.address}: {one.reason} since {one.since:%Y-%m-%d %H:%M} UTC"
        + (f" ({one.because})" if one.because else "")
        for one in found
    ]
    told = {"suppressions": [asdict(one) for one in found]}
    frame.with_json(as_json).say(told, lines or ["nobody is suppressed"])


@suppressions.command("add")
@click.argument("address")
@click.option("--why", default="", help="A sentence for the record.")
@click.pass_obj
def add(frame: Frame, address: str, why: str) -> None:
    """Suppress ADDRESS by hand."""
    with frame.house() as house:
        click.echo(barring.add(house, address, why or frame.who))


@suppressions.command("lift")
@click.argument("address")
@click.option("--why", default="", help="A sentence for the record.")
@click.pass_obj
def lift(frame: Frame, address: str, why: str) -> None:
    """Mail ADDRESS again; what it bounced before counts no more."""
    with frame.house() as house:
        click.echo(barring.lift(house, address, frame.who, why))


@suppressions.command("export")
@click.pass_obj
def export(frame: Frame) -> None:
    """Print all of them as CSV."""
    with frame.house() as house:
        click.echo(barring.exported(house), nl=False)


@suppressions.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8-sig"))
@JSON
@click.pass_obj
def import_(frame: Frame, file: TextIO, as_json: bool) -> None:
    """Take a CSV FILE (- is stdin): address, and perhaps reason, because, since."""
    with frame.house() as house:
        taken = barring.imported(house, file.read())
    frame.with_json(as_json).say(
        asdict(taken), [f"{taken.new} new, {taken.known} known", *taken.bad]
    )
    if taken.bad:
        raise PartlyDone(f"{len(taken.bad)} lines could not be taken; the rest was")


@click.group("pauses")
def pauses() -> None:
    """Show and end the pauses of relays and recipient domains."""


@pauses.command("list")
@JSON
@click.pass_obj
def list_pauses(frame: Frame, as_json: bool) -> None:
    """What gets nothing just now, until when and why."""
    with frame.house() as house:
        found = barring.paused(house)
    lines = [f"{one.scope} until {one.until:%Y-%m-%d %H:%M} UTC: {one.because}" for one in found]
    told = {"pauses": [asdict(one) for one in found]}
    frame.with_json(as_json).say(told, lines or ["nothing is paused"])


@pauses.command("end")
@click.argument("scope")
@click.pass_obj
def end(frame: Frame, scope: str) -> None:
    """End the pause of SCOPE (relay:ID or domain:NAME), whose reason is mended."""
    with frame.house() as house:
        click.echo(barring.unpause(house, scope))


def shown(file: str, report: Report) -> dict[str, object]:
    """One line of `classify`: of several recipients the dead one, else the first."""
    dead = (v for v in report.verdicts if v.kind is BounceKind.HARD)
    nothing = Verdict(kind=BounceKind.NONE, reason="")
    first = next(dead, next(iter(report.verdicts), nothing))
    return {
        "file": file,
        "kind": report.kind.value,
        "reason": first.reason,
        "recipient": first.recipient,
        "dsn": first.dsn,
        "blame": first.blame.value,
        "feedback": report.feedback,
        "recipients": [
            {
                "recipient": one.recipient,
                "kind": one.kind.value,
                "reason": one.reason,
                "code": one.code,
                "dsn": one.dsn,
                "text": one.text,
            }
            for one in report.verdicts
        ],
    }


def _received(one: Received) -> Iterator[str]:
    if one.problem:
        yield one.problem
        return
    yield (
        f"{one.mailbox}: {one.letters} letters; {one.bounces} new bounces and complaints,"
        f" {one.left} left, {one.nothing} automatic answers, {one.kept} not understood (they stay)"
    )
