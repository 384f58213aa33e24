"""`digest demo`."""

import asyncio
from pathlib import Path

import click
import uvloop

from digest.cli.frame import Frame
from digest.demo import show
from digest.demo.run import Demo


@click.command("demo")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("digest-demo"),
    show_default=True,
    help="Where mails, page and posts go.",
)
@click.option("--keep", is_flag=True, help="Leave the database there to explore.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(frame: Frame, folder: Path, keep: bool, as_json: bool) -> None:
    """Do the whole job on the bundled newsroom: real HTTP, SMTP and social APIs on loopback."""
    frame.talk("digest: the demo takes about 20 seconds; nothing leaves this machine")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        outcome = runner.run(Demo(folder.resolve(), keep=keep).run())
    frame.with_json(as_json).say(outcome, show.lines(outcome))
