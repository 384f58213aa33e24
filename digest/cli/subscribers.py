"""`digest subscribers`: add, import, export, show and forget people; who leaves by mail."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import BinaryIO, TextIO

import click

from digest.cli.frame import Frame
from digest.errors import PartlyDone, UsageError
from digest.newsroom import leaving, subscriber_files, subscribing
from digest.newsroom.subscriber_files import ImportReport
from digest.newsroom.subscribing import Person

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
NEWSLETTERS = click.option(
    "-n", "--newsletter", "newsletters", multiple=True, help="Its id; all newsletters if not given."
)


@click.group("subscribers")
def command() -> None:
    """Add, import, export, show and forget people."""


@command.command("add")
@click.argument("address")
@click.option("--name", default="", help="How the person is called.")
@click.option("--supporter/--no-supporter", default=None, help="Whether the person contributes.")
@NEWSLETTERS
@JSON
@click.pass_obj
def add(
    frame: Frame,
    address: str,
    name: str,
    supporter: bool | None,
    newsletters: tuple[str, ...],
    as_json: bool,
) -> None:
    """Subscribe one person; who has unsubscribed can only come back by themselves."""
    with frame.house() as house:
        added = subscribing.add(
            house,
            address,
            name=name,
            supporter=supporter,
            newsletters=newsletters,
            because=f"added by {frame.who}",
        )
    lines = [f"{added.address}: subscribed to {n}" for n in added.subscribed]
    lines += [
        f"{added.address}: unsubscribed from {n} before, and stays so" for n in added.left_alone
    ]
    frame.with_json(as_json).say(asdict(added), lines)


@command.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8-sig"))
@NEWSLETTERS
@JSON
@click.pass_obj
def import_(frame: Frame, file: TextIO, newsletters: tuple[str, ...], as_json: bool) -> None:
    """Take people from a CSV FILE (- is stdin) with the columns address, name, supporter."""
    try:
        text = file.read()
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{file.name} is not in UTF-8; nobody was imported. Save it as CSV in UTF-8"
        ) from error
    with frame.house() as house:
        report = subscriber_files.import_csv(house, text, newsletters=newsletters)
    frame.with_json(as_json).say(asdict(report), _imported(report))
    if report.bad:
        raise PartlyDone(
            f"{len(report.bad)} lines were not imported, see above;"
            " correct them and import the file again, nobody is added twice"
        )


@command.command("export")
@click.pass_obj
def export(frame: Frame) -> None:
    """Print everybody and every subscription as CSV."""
    with frame.house() as house:
        click.echo(subscriber_files.export_csv(house), nl=False)


@command.command("show")
@click.argument("address")
@JSON
@click.pass_obj
def show(frame: Frame, address: str, as_json: bool) -> None:
    """Print all that is kept about an address."""
    with frame.house() as house:
        person = subscribing.show(house, address)
    if person is None:
        raise UsageError(f"nothing is kept about {address}")
    frame.with_json(as_json).say(asdict(person), _shown(address, person))


@command.command("leave")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.File("rb"))
@JSON
@click.pass_obj
def leave(frame: Frame, files: tuple[BinaryIO, ...], as_json: bool) -> None:
    """Read mails (- is stdin) to the unsubscribe mailbox: who has a genuine link leaves."""
    with frame.house() as house:
        found = [leaving.leave(house, file.name, file.read()) for file in files]
    shown = [asdict(one) for one in found]
    frame.with_json(as_json).say({"mails": shown}, [f"{o.file}: {o.because}" for o in found])


@command.command("forget")
@click.argument("address")
@click.pass_obj
def forget(frame: Frame, address: str) -> None:
    """Erase a person for good; counts of past editions stay right."""
    with frame.house() as house:
        known = subscribing.forget(house, address)
    if not known:
        raise UsageError(f"nothing is kept about {address}")
    click.echo(f"{address}: forgotten")


def _imported(report: ImportReport) -> Iterator[str]:
    yield f"{report.new} new, {report.known} known, {report.doubled} twice in the file"
    if report.left_alone:
        yield f"{report.left_alone} had unsubscribed and stay so"
    for row in report.bad:
        yield f"line {row.line}: {row.text or '(no address)'}: {row.because}"


def _shown(address: str, person: Person) -> Iterator[str]:
    if person.subscriber is not None:
        name = f" ({person.subscriber.name})" if person.subscriber.name else ""
        supporter = ", supporter" if person.subscriber.supporter else ""
        yield f"{person.subscriber.address}{name}{supporter}"
        yield f"  known since {person.subscriber.created:%Y-%m-%d %H:%M} UTC"
    if person.suppressed:
        yield f"{address} gets nothing: {person.suppressed}"
    for s in person.subscriptions:
        yield f"{s.newsletter_id}: {s.state} since {s.changed:%Y-%m-%d %H:%M} UTC, {s.because}"
    for delivery, slug in person.deliveries:
        yield f"{slug}: {delivery.state}" + (f", {delivery.text}" if delivery.text else "")
