"""`digest bench`."""

from collections.abc import Callable

import click

from digest.cli.frame import Frame
from digest.errors import UsageError
from digest.late import load

BENCHES = {
    "schedule": "digest.bench.schedule:run",
    "collect": "digest.bench.collect:run",
    "feeds": "digest.bench.feeds:run",
    "extract": "digest.bench.extract:run",
    "stories": "digest.bench.stories:run",
    "summary": "digest.bench.summary:run",
    "gate": "digest.bench.gate:run",
    "bulletins": "digest.bench.bulletins:run",
    "email": "digest.bench.email:run",
    "appeals": "digest.bench.appeals:run",
    "deliver": "digest.bench.deliver:run",
    "social": "digest.bench.social:run",
    "hostile": "digest.bench.hostile:run",
}


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
    say = frame.talk if as_json or frame.json else click.echo
    figures = {}
    for name in wanted:
        if len(wanted) > 1:
            say(f"\n{name}")
        figures[name] = measured(name, BENCHES[name], say)
    frame.with_json(as_json).say(figures, ())


def measured(name: str, place: str, say: Callable[[str], object]) -> dict[str, object]:
    """The figures of one bench; one that is not installed is skipped, with a sentence."""
    try:
        run = load(place)
    except ModuleNotFoundError as error:
        if error.name != place.partition(":")[0]:
            raise
        skipped = f"the bench {name} is not in this installation; it was skipped"
        say(skipped)
        return {"skipped": skipped}
    figures: dict[str, object] = run(say)
    return figures
