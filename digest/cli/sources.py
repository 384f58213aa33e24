"""`digest sources`: find feeds and write them into config.yaml, show and steer what is there."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import click

from digest.cli.frame import Frame
from digest.config import edit, values, writing
from digest.config.writing import ConfigFile
from digest.errors import DigestError, PartlyDone, UsageError
from digest.late import load
from digest.model.news import Article
from digest.model.newsletter import Source
from digest.newsroom import sourcing, standing
from digest.newsroom.house import House
from digest.newsroom.sourcing import Found, Sample
from digest.newsroom.standing import Standing, Taken
from digest.schedule.read import problem as schedule_problem

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
DRY = click.option("--dry-run", is_flag=True, help="Show the lines it would write, write none.")
ID = click.argument("source_id", metavar="ID")


class Interval(click.ParamType[timedelta]):
    """A length of time as config.yaml takes it."""

    name = "LENGTH"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """From its text."""
        try:
            return values.interval(str(value))
        except ValueError as error:
            self.fail(str(error))


@click.group("sources")
def command() -> None:
    """Find, add, list, resume and move sources; OPML in and out."""


@command.command("add")
@click.argument("url")
@click.option("--id", "own_id", default="", help="Short name, if not the suggested one.")
@click.option("--section", default="", help="Section of its articles that name none.")
@click.option("--name", default="", help="Its name as readers see it, if not the feed's title.")
@click.option("--every", type=Interval(), default=None, help="How often to look: 10m, 1h.")
@click.option("--links", default="", help="URL is a page; its links that match are articles.")
@click.option("--yes", is_flag=True, help="Take the best feed without asking.")
@DRY
@JSON
@click.pass_obj
def add(
    frame: Frame,
    url: str,
    own_id: str,
    section: str,
    name: str,
    every: timedelta | None,
    links: str,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Find the feeds of a site, show what they hold, and write the chosen one into config.yaml."""
    frame = frame.with_json(as_json)
    with _desk(frame) as house:
        if own_id and house.settings.source(own_id):
            raise UsageError(f"a source with the id {own_id!r} is there already; name another")
        found = frame.finish(sourcing.find(house, url, pattern=links))
    chosen = _choose(frame, found, yes=yes)
    difference: list[str] = []
    source = None
    if chosen is not None:
        best = chosen.source
        source = replace(best, id=own_id or best.id, section=section, every=every)
        source = replace(source, name=name) if name else source
        difference = _write(frame, [source], dry_run=dry_run)
    shown = _found(found) | {"added": edit.row(source) if source else None, "diff": difference}
    frame.say(shown, difference if dry_run else ())
    if source is not None:
        return _tell_added(frame, source, dry_run=dry_run)
    if found.good:
        count = "1 feed is" if len(found.good) == 1 else f"{len(found.good)} feeds are"
        trouble = f"{found.because}; elsewhere " if found.because else ""
        raise UsageError(
            f"{trouble}{count} good and none was chosen; nothing was written."
            " Give the address of the one you want, or --yes for the first"
        )
    raise DigestError(_nothing(found))


@command.command("list")
@JSON
@click.pass_obj
def list_(frame: Frame, as_json: bool) -> None:
    """Show every source: when it was asked, when it will be and why then, what is wrong."""
    with frame.house() as house:
        found = standing.overview(house)
    lines = [line for each in found for line in _standing_lines(each)]
    frame.with_json(as_json).say({"sources": [_shown(each) for each in found]}, lines)


@command.command("show")
@ID
@JSON
@click.pass_obj
def show(frame: Frame, source_id: str, as_json: bool) -> None:
    """Show one source and its latest articles."""
    with frame.house() as house:
        found, articles = standing.latest(house, source_id)
    shown = _shown(found) | {"latest": [_article(each) for each in articles]}
    lines = [*_standing_lines(found), f"  {found.url}"]
    lines += [f"  {each.when:%d %b %H:%M}  {each.headline}" for each in articles]
    frame.with_json(as_json).say(shown, lines)


@command.command("resume")
@ID
@click.pass_obj
def resume(frame: Frame, source_id: str) -> None:
    """Ask a muted or failing source again with the next round."""
    with frame.house() as house:
        click.echo(standing.resume(house, source_id))


@command.command("move")
@ID
@DRY
@click.pass_obj
def move(frame: Frame, source_id: str, dry_run: bool) -> None:
    """Write the address a source has moved to into config.yaml."""
    with frame.house() as house:
        target = standing.moved_to(house, source_id)
        file = _file(frame)
        text = writing.with_url(file, source_id, target)
        if dry_run:
            for line in writing.difference(file, text):
                click.echo(line)
            return
        writing.save(file, text)
        standing.has_moved(house, source_id, target)
    click.echo(f"{source_id}: is collected from {target} now; config.yaml says so")


@command.command("import")
@click.argument("file", type=click.File("rb"))
@DRY
@JSON
@click.pass_obj
def import_(frame: Frame, file: BinaryIO, dry_run: bool, as_json: bool) -> None:
    """Add the feeds of an OPML FILE (- is stdin) that are not there yet; nothing is fetched."""
    body = file.read()
    with _desk(frame) as house:
        taken = frame.finish(standing.take(house, body))
    faults = [(source, writing.fault(source)) for source in taken.new]
    left_out = [asdict(each) for each in taken.left_out]
    left_out += [{"what": s.name or s.url, "because": why} for s, why in faults if why]
    new = [source for source, why in faults if not why]
    difference = _write(frame, new, dry_run=dry_run)
    shown = {
        "new": [edit.row(source) for source in new],
        "there": [asdict(each) for each in taken.there],
        "left_out": left_out,
        "diff": difference,
    }
    lines = [*(difference if dry_run else ()), *_imported(taken, new, left_out)]
    frame.with_json(as_json).say(shown, lines)
    if left_out:
        raise PartlyDone(f"{len(left_out)} outlines were left out, see above; the rest was done")


@command.command("export")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export(frame: Frame, file: Path | None) -> None:
    """Write all sources as OPML to FILE, never over an existing one; to stdout without it."""
    with frame.house() as house:
        written = standing.export(house)
    if file is None:
        click.echo(written.body.decode("utf-8"), nl=False)
    else:
        try:
            with file.open("xb") as target:
                target.write(written.body)
        except FileExistsError:
            raise UsageError(f"{file} is there already; nothing was written") from None
        except OSError as error:
            raise DigestError(f"{file} cannot be written: {error.strerror}") from error
    for each in written.left_out:
        frame.talk(f"digest: {each.what} was left out: {each.because}")


def _file(frame: Frame) -> ConfigFile:
    return writing.open_file(
        frame.config_path, schedule_problem=schedule_problem, environ=os.environ
    )


@contextmanager
def _desk(frame: Frame) -> Iterator[House]:
    """The house that config.yaml describes, even one without sources."""
    settings = _file(frame).settings
    app = load("digest.app:App").build(settings, at=frame.at, config_path=frame.config_path)
    frame.opened = app
    try:
        yield app.house
    finally:
        app.close()
        frame.opened = None


def _write(frame: Frame, new: Sequence[Source], *, dry_run: bool) -> list[str]:
    """Write the sources into the file; the lines that came with them."""
    for source in new:
        if fault := writing.fault(source):
            raise UsageError(f"{source.id}: {fault}; nothing was written")
    if not new:
        return []
    # Opened anew: looking at a site takes its time, and editors go on writing meanwhile.
    file = _file(frame)
    text = writing.with_sources(file, new)
    if not dry_run:
        writing.save(file, text)
    return writing.difference(file, text)


def _choose(frame: Frame, found: Found, *, yes: bool) -> Sample | None:
    """The feed to take: the only one, the best with --yes, or the one an editor names."""
    if not frame.json:
        for number, sample in enumerate(found.good, 1):
            for line in _sample_lines(sample, number):
                click.echo(line)
    # A feed elsewhere on the site than at a mistyped address is nobody's wish yet.
    clear = yes or (len(found.good) == 1 and not found.because)
    if not found.good or not (clear or _asks(frame)):
        return None
    if clear:
        return found.good[0]
    numbers = click.IntRange(0, len(found.good))
    number = click.prompt("Which one (0 for none)?", type=numbers, default=1, err=True)
    if not number:
        raise UsageError("none was chosen; nothing was written")
    return found.good[number - 1]


def _asks(frame: Frame) -> bool:
    return not frame.json and sys.stdin.isatty()


def _sample_lines(sample: Sample, number: int) -> Iterator[str]:
    yield f"{number}  {sample.source.url}  ({sample.because})"
    count = f"{sample.count} article{'' if sample.count == 1 else 's'}"
    newest = f", the newest of {_time(sample.newest)}" if sample.newest else ""
    language = f", language {sample.language}" if sample.language else ""
    yield f"   “{sample.title}”: {count}{newest}{language}"
    for headline in sample.headlines:
        yield f"   - {headline}"


def _nothing(found: Found) -> str:
    """Why nothing could be added, and what an editor can do."""
    told = [f"{found.because}; nothing was written"]
    told += [f"  {each.url}: {each.because}" for each in found.refused]
    if found.guesses:
        told.append(f"  {found.guesses} usual addresses give no feed either")
    if found.listing is not None:
        told.append(
            f"  the page itself can be the source: {found.listing.count} of its links look like"
            f" articles. To collect those: digest sources add {found.address}"
            f" --links '{found.listing.links}'"
        )
        told += [f"  - {headline}" for headline in found.listing.headlines]
    return "\n".join(told)


def _tell_added(frame: Frame, source: Source, *, dry_run: bool) -> None:
    if dry_run:
        frame.talk(f"digest: {source.id} would be added; nothing was written")
    else:
        frame.talk(
            f"digest: {source.id} was added to {frame.config_path}; a running `digest serve` takes"
            " it by itself"
        )


def _imported(
    taken: Taken, new: Sequence[Source], left_out: Sequence[dict[str, str]]
) -> Iterator[str]:
    yield f"{len(new)} new, {len(taken.there)} there already, {len(left_out)} left out"
    yield from (f"{source.id}: {source.url}" for source in new)
    yield from (f"{each.title}: is there already, as {each.source_id}" for each in taken.there)
    yield from (f"{each['what']}: left out, {each['because']}" for each in left_out)


def _standing_lines(found: Standing) -> Iterator[str]:
    checked = f"asked {_time(found.checked_at)}" if found.checked_at else "never asked"
    then = f"next {_time(found.next_at)}, " if found.next_at else ""
    count = f"{found.articles} article{'' if found.articles == 1 else 's'} in 24 hours"
    yield f"{found.id}: {count}; {checked}; {then}{found.why_then}".rstrip(", ")
    if found.because:
        yield f"  {found.because}"
    if found.moved_to:
        yield f"  moved to {found.moved_to}; write that with: digest sources move {found.id}"


def _time(instant: datetime | None) -> str:
    return f"{instant:%d %b %Y %H:%M} UTC" if instant else ""


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _shown(found: Standing) -> dict[str, object]:
    times = {"checked_at": _iso(found.checked_at), "next_at": _iso(found.next_at)}
    return asdict(found) | times


def _article(article: Article) -> dict[str, object]:
    return {"url": article.url, "headline": article.headline, "when": _iso(article.when)}


def _found(found: Found) -> dict[str, object]:
    good = [
        {
            **edit.row(sample.source),
            "because": sample.because,
            "title": sample.title,
            "language": sample.language,
            "articles": sample.count,
            "newest": _iso(sample.newest),
            "headlines": sample.headlines,
        }
        for sample in found.good
    ]
    return asdict(found) | {"good": good}
