"""`digest schedule`: the coming runs, and leaving one out."""

from dataclasses import asdict
from datetime import datetime

import click

from digest.cli.frame import Frame
from digest.newsroom import desk, scheduling
from digest.schedule.words import describe


@click.group("schedule")
def command() -> None:
    """Show and skip the next runs."""


@command.command("next")
@click.argument("newsletter", required=False)
@click.option("-n", "count", default=10, show_default=True, help="How many runs.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def coming(frame: Frame, newsletter: str | None, count: int, as_json: bool) -> None:
    """Print the next runs with zone and offset, moved and skipped days."""
    with frame.house() as house:
        if newsletter is not None:
            desk.named(house, newsletter)
        runs = scheduling.next_runs(house, newsletter, count)
        rules = {n.id: describe(n.schedule.text) for n in house.settings.newsletters}
    shown = {newsletter: rules[newsletter]} if newsletter else rules
    lines = [f"{name}: {rule}" for name, rule in shown.items()]
    lines += [f"  {r.newsletter_id:<12} {r.local}  {r.note}".rstrip() for r in runs]
    frame.with_json(as_json).say({"rules": shown, "runs": [asdict(r) for r in runs]}, lines)


@command.command("skip")
@click.argument("newsletter")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("wall", type=click.DateTime(["%H:%M", "%H:%M:%S"]), required=False)
@click.pass_obj
def skip(frame: Frame, newsletter: str, day: datetime, wall: datetime | None) -> None:
    """Leave out DAY (YYYY-MM-DD), or only its slot at WALL (HH:MM)."""
    with frame.house() as house:
        found = desk.named(house, newsletter)
        time = wall.time() if wall else None
        count = scheduling.skip(house, found, day.date(), time, frame.who)
    if not count:
        raise click.UsageError(
            f"{newsletter} has no coming slot on {day:%Y-%m-%d}; nothing changed"
        )
    click.echo(f"{newsletter}: {count} slot(s) on {day:%Y-%m-%d} left out")
