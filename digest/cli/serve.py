"""`digest serve`."""

import logging

import click

from digest.app.serve import serve
from digest.cli.frame import Frame


@click.command("serve")
@click.pass_obj
def command(frame: Frame) -> None:
    """Run collector, ticker, sender, poster and web until SIGTERM."""
    logging.getLogger().setLevel(logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    with frame.app() as app:
        site = app.house.settings.site
        frame.talk(f"digest: serving on http://{site.listen}; stop with Ctrl+C")
        frame.finish(serve(app))
    frame.talk("digest: stopped; nothing is left half done")
