"""`digest bench`."""

import click

from digest.cli.frame import Frame
from digest.cli.late import load
from digest.errors import UsageError

BENCHES = {"schedule": "digest.bench.schedule:run"}


@click.command("bench")
@click.argument("names", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@click.pass_obj
def command(frame: Frame, names: tuple[str, ...], as_json: bool) -> None:
    """Measure this program beside its peers, in the same run (all benches, or those named)."""
    wanted = names or tuple(BENCHES)
    for name in wanted:
        if name not in BENCHES:
            raise UsageError(f"there is no bench {name!r}; there are: {', '.join(BENCHES)}")
    figures = {name: load(BENCHES[name])(frame.talk if as_json else click.echo) for name in wanted}
    frame.with_json(as_json).say(figures, ())
