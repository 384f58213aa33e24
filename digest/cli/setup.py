"""`digest init`, `digest check` and `digest schema`: before anything runs."""

import json
import os
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from digest import config
from digest.adapters.clock import SystemClock
from digest.cli.frame import Frame
from digest.errors import DigestError
from digest.late import load
from digest.model.edition import Slot
from digest.model.newsletter import Newsletter
from digest.model.settings import Settings
from digest.schedule.plan import slots
from digest.schedule.read import problem as schedule_problem
from digest.schedule.words import describe

if TYPE_CHECKING:
    from digest.cli.online import Look
    from digest.cli.templates import TemplateFault

RUNS = 5


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False))
@click.pass_obj
def init(frame: Frame, folder: str) -> None:
    """Write a commented config.yaml to DIR, never over an existing one."""
    path = Path(folder) / "config.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(config.starter())
    except FileExistsError:
        raise DigestError(
            f"{path} is there already; nothing was written. Move it away or name another folder"
        ) from None
    except OSError as error:
        raise DigestError(
            f"{path} cannot be written: {error.strerror}. Name a folder you may write to"
        ) from error
    click.echo(path)
    frame.talk(f"digest: fill in your own names, then: digest -c {path} check")


@click.command("check")
@click.option("--online", is_flag=True, help="Also fetch each source once.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def check(frame: Frame, online: bool, as_json: bool) -> None:
    """Name every mistake in config.yaml; without one, show the next runs of each newsletter."""
    path = frame.config_path
    found = config.examine(path, schedule_problem=schedule_problem, environ=os.environ)
    shown: dict[str, object] = {
        "ok": found.settings is not None,
        "file": path,
        "problems": [asdict(p) for p in found.problems],
        "warnings": [asdict(w) for w in found.warnings],
    }
    lines = [str(p) for p in found.problems] + [f"{w} (warning)" for w in found.warnings]
    looks: list[Look] = []
    faults: list[TemplateFault] = []
    if found.settings is not None and found.settings.templates:
        faults = load("digest.cli.templates:look")(found.settings)
        shown |= {"templates": [asdict(fault) for fault in faults], "ok": not faults}
        lines += [str(fault) for fault in faults]
    if found.settings is not None and found.settings.mail.dkim:
        load("digest.cli.keys:look")(found.settings)
    if found.settings is not None:
        now = frame.at or SystemClock().now()
        rules, told = _coming(found.settings, now)
        shown["newsletters"] = rules
        lines = [f"{path}: {_counted(found.settings)}", *lines, *told]
        if online:
            looks = load("digest.cli.online:look")(found.settings)
            shown["sources"] = [asdict(look) for look in looks]
            lines += [f"{look.source}: {look.told}" for look in looks]
    frame.with_json(as_json).say(shown, lines)
    if found.settings is None or faults:
        sys.exit(78)
    if not all(look.ok for look in looks):
        sys.exit(1)


@click.command("schema")
def schema() -> None:
    """Print the JSON Schema of config.yaml, for editors that complete and check while typing."""
    click.echo(json.dumps(config.schema(), indent=2, ensure_ascii=False))


def _counted(settings: Settings) -> str:
    counts = {
        "source": len(settings.sources),
        "newsletter": len(settings.newsletters),
        "appeal": len(settings.appeals),
        "account": len(settings.accounts),
    }
    told = ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for name, n in counts.items())
    return f"no mistake; {told}; mail goes to {_relays(settings)}"


def _relays(settings: Settings) -> str:
    return ", ".join(relay.address for relay in settings.mail.relays)


def _coming(settings: Settings, now: datetime) -> tuple[dict[str, object], list[str]]:
    """The next runs of each newsletter, as values and as lines."""
    shown: dict[str, object] = {}
    lines = []
    for newsletter in settings.newsletters:
        rule = newsletter.schedule
        coming = slots(rule, after=now, count=RUNS)
        runs = [_run(newsletter, slot) for slot in coming]
        said = f"{describe(rule.text)}, {rule.timezone}"
        shown[newsletter.id] = {"rule": said, "runs": runs}
        lines.append(f"{newsletter.id}: {said}")
        lines += [f"  {run['local']}  {run['note']}".rstrip() for run in runs]
        if not runs:
            lines.append("  no run is coming: all of its days are past")
    return shown, lines


def _run(newsletter: Newsletter, slot: Slot) -> dict[str, str]:
    note = f"skipped: {slot.skipped}" if slot.skipped else str(slot.flag)
    if slot.due_at is None:
        wall = f"{slot.local_date:%a %d %b %Y} {slot.local_time:%H:%M}"
        return {"at": "", "local": wall, "note": note}
    local = slot.due_at.astimezone(ZoneInfo(newsletter.schedule.timezone))
    return {
        "at": slot.due_at.isoformat(),
        "local": f"{local:%a %d %b %Y %H:%M %Z} ({local.isoformat()[-6:]})",
        "note": note,
    }
