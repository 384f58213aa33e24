"""The editors' verbs on single stories: pin, bar, lift, and what is pinned."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import click

from digest.cli.frame import Frame
from digest.model.news import RulingKind
from digest.newsroom import pinning
from digest.newsroom.pinning import RulingTold

URLS = click.argument("urls", metavar="URL...", nargs=-1, required=True)
NEWSLETTER = click.argument("newsletter")


@click.command("pin")
@NEWSLETTER
@URLS
@click.pass_obj
def pin(frame: Frame, newsletter: str, urls: tuple[str, ...]) -> None:
    """Put stories first in NEWSLETTER's next edition, in the order given."""
    with frame.house() as house:
        for line in pinning.pin(house, newsletter, urls, frame.who):
            click.echo(line)


@click.command("bar")
@NEWSLETTER
@URLS
@click.option("--why", required=True, help="The reason, kept with it and shown.")
@click.pass_obj
def bar(frame: Frame, newsletter: str, urls: tuple[str, ...], why: str) -> None:
    """Keep stories out of every edition of NEWSLETTER, also of one that waits for its slot."""
    with frame.house() as house:
        for line in frame.finish(pinning.bar(house, newsletter, urls, frame.who, why)):
            click.echo(line)


@click.command("lift")
@NEWSLETTER
@URLS
@click.pass_obj
def lift(frame: Frame, newsletter: str, urls: tuple[str, ...]) -> None:
    """Forget pins and bars."""
    with frame.house() as house:
        for line in pinning.lift(house, newsletter, urls):
            click.echo(line)


@click.command("pinned")
@NEWSLETTER
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def pinned(frame: Frame, newsletter: str, as_json: bool) -> None:
    """NEWSLETTER's pins in their order and its bars, each with what comes of it."""
    with frame.house() as house:
        found = pinning.listed(house, newsletter)
    shown = {"newsletter": newsletter, "rulings": [asdict(one) for one in found]}
    nothing = [f"{newsletter}: nothing is pinned or barred"]
    frame.with_json(as_json).say(shown, list(_lines(found)) or nothing)


def _lines(found: Sequence[RulingTold]) -> Iterator[str]:
    for one in found:
        done = "pinned" if one.kind is RulingKind.PIN else "barred"
        why = f": {one.because}" if one.because else ""
        yield f"{one.url} {done} by {one.who}, {one.at:%Y-%m-%d %H:%M} UTC{why}"
        yield f"  {one.standing}"
