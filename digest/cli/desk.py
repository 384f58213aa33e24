"""The editors' verbs on one edition: approve, hold, resume, kill, correct."""

import click

from digest.cli.frame import Frame
from digest.newsroom import desk

WHY = click.option("--because", "why", default="", help="The reason, kept with the edition.")


@click.command("approve")
@click.argument("edition")
@click.pass_obj
def approve(frame: Frame, edition: str) -> None:
    """Let a draft (or a held edition) go out at its slot."""
    with frame.house() as house:
        click.echo(desk.approve(house, edition, frame.who))


@click.command("hold")
@click.argument("edition")
@WHY
@click.pass_obj
def hold(frame: Frame, edition: str, why: str) -> None:
    """Stop an edition for now; in mid-send the rest waits."""
    with frame.house() as house:
        click.echo(desk.hold(house, edition, frame.who, why))


@click.command("resume")
@click.argument("edition")
@click.pass_obj
def resume(frame: Frame, edition: str) -> None:
    """Carry on with a held edition; nobody gets it twice."""
    with frame.house() as house:
        click.echo(desk.resume(house, edition, frame.who))


@click.command("kill")
@click.argument("edition")
@WHY
@click.pass_obj
def kill(frame: Frame, edition: str, why: str) -> None:
    """Withdraw an edition for good: no mail, no posts, no web page any more."""
    with frame.house() as house:
        click.echo(desk.kill(house, edition, frame.who, why))


@click.command("correct")
@click.argument("edition")
@WHY
@click.pass_obj
def correct(frame: Frame, edition: str, why: str) -> None:
    """Look at an edition's articles now; what changed goes to whoever has not got it yet."""
    with frame.house() as house:
        for line in frame.finish(desk.correct(house, edition, frame.who, why)):
            click.echo(line)
