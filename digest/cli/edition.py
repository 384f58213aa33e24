"""From sources to an edition by hand: collect, bulletin, run, preview."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from digest.adapters.files import write_files
from digest.cli.frame import Frame
from digest.cli.send import counted, end_by
from digest.errors import DigestError, UsageError
from digest.model.edition import Edition
from digest.newsroom import collecting, desk, editions, posting, previewing, sending, truth
from digest.newsroom.house import House
from digest.newsroom.posting import PostReport
from digest.newsroom.reporting import SourceReport
from digest.newsroom.sending import SendReport

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.command("collect")
@click.argument("sources", nargs=-1)
@JSON
@click.pass_obj
def collect(frame: Frame, sources: tuple[str, ...], as_json: bool) -> None:
    """Fetch what is due (or the sources named, due or not): new, changed, same, failed."""
    with frame.house() as house:
        for name in sources:
            if house.settings.source(name) is None:
                known = ", ".join(s.id for s in house.settings.sources)
                raise UsageError(f"there is no source {name!r}; there are: {known}")
        work = collecting.collect_due(house, only=sources, now_please=bool(sources))
        reports = frame.finish(work)
    shown = [asdict(report) for report in reports]
    frame.with_json(as_json).say({"sources": shown}, _told(reports))
    _end_by(reports)


@click.command("bulletin")
@click.argument("newsletter")
@JSON
@click.pass_obj
def bulletin(frame: Frame, newsletter: str, as_json: bool) -> None:
    """Write the bulletin from what is collected; nothing is saved or sent."""
    with frame.house() as house:
        found = desk.named(house, newsletter)
        work = editions.bulletin(house, found, house.clock.now())
        written = frame.finish(work).bulletin
    lines = [f"{b.label.upper()}  {b.line}" for b in written.briefs]
    head = f"{len(lines)} stories, {written.words} words, {written.seconds} seconds"
    frame.with_json(as_json).say(previewing.bulletin_shown(written), [head, *lines])
    if not written.briefs:
        sys.exit(3)


@click.command("run")
@click.argument("newsletter")
@JSON
@click.option("--dry-run", is_flag=True, help="Collect and write; save and send nothing.")
@click.pass_obj
def run(frame: Frame, newsletter: str, as_json: bool, dry_run: bool) -> None:
    """Collect, write, release, send and post one edition now."""
    with frame.house() as house:
        found = desk.named(house, newsletter)
        sources = tuple(s.id for s in house.settings.sources_of(found))
        reports = frame.finish(collecting.collect_due(house, only=sources, now_please=True))
        for line in _told(reports):
            frame.talk(line)
        if dry_run:
            work = editions.bulletin(house, found, house.clock.now())
            written = frame.finish(work).bulletin
            lines = [f"{b.label.upper()}  {b.line}" for b in written.briefs]
            frame.with_json(as_json).say(previewing.bulletin_shown(written), lines)
            return
        edition, mail, posts = frame.finish(_release_and_send(house, newsletter, frame.who))
        (told,) = truth.status(house, edition.slug)
    published = f"{posts.published} posts published"
    lines = [f"{told.edition}: {told.state} ({told.because})", counted(mail), published]
    frame.with_json(as_json).say(asdict(told) | {"published": posts.published}, lines)
    end_by(mail, told)


@click.command("preview")
@click.argument("what")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write to.",
)
@JSON
@click.pass_obj
def preview(frame: Frame, what: str, out: Path, as_json: bool) -> None:
    """Write a newsletter's next edition, or a stored EDITION, to files as it goes out."""
    with frame.house() as house:
        found = _previewed(frame, house, what)
        names = write_files(out, previewing.files(found))
    frame.with_json(as_json).say({"files": names}, names)


async def _release_and_send(
    house: House, newsletter: str, who: str
) -> tuple[Edition, SendReport, PostReport]:
    edition = await desk.run_now(house, desk.named(house, newsletter), who)
    mail = await sending.send_due(house)
    posts = await posting.post_due(house)
    return edition, mail, posts


def _previewed(frame: Frame, house: House, what: str) -> previewing.Preview:
    if house.store.editions.get(what) is not None:
        return previewing.preview(house, desk.find(house, what))
    newsletter = desk.named(house, what)
    occurrence = desk.occurrence_now(house, newsletter)
    draft = frame.finish(editions.draft(house, newsletter, occurrence))
    if isinstance(draft, str):
        raise DigestError(f"{what}: there is no edition to preview: {draft}")
    return previewing.preview_draft(house, draft)


def _told(reports: tuple[SourceReport, ...]) -> list[str]:
    if not reports:
        return ["no source is due"]
    return [f"{r.source_id}: {r.because}" for r in reports]


def _end_by(reports: tuple[SourceReport, ...]) -> None:
    """Exit code 4 when some sources failed, 1 when all did."""
    failed = sum(1 for r in reports if r.failed)
    if failed:
        sys.exit(1 if failed == len(reports) else 4)
