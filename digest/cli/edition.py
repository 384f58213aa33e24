"""From sources to an edition by hand: collect, bulletin, run, preview, redraft."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from digest.adapters.files import write_files
from digest.cli.frame import Frame
from digest.cli.send import counted, end_by
from digest.errors import DigestError, UsageError
from digest.model.edition import Brief, Bulletin, Edition
from digest.newsroom import (
    choosing,
    collecting,
    desk,
    editions,
    marking,
    planning,
    posting,
    previewing,
    sending,
    truth,
)
from digest.newsroom.house import House
from digest.newsroom.reporting import SourceReport
from digest.newsroom.sending import SendReport
from digest.newsroom.settling import PostReport
from digest.summarise import taking

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
@click.option("--why", is_flag=True, help="The reason for each place, and for what is left out.")
@click.option("--script", is_flag=True, help="Written to be read aloud, 150 words at most.")
@JSON
@click.pass_obj
def bulletin(frame: Frame, newsletter: str, why: bool, script: bool, as_json: bool) -> None:
    """Write the bulletin from what is collected; nothing is saved or sent."""
    with frame.house() as house:
        found = desk.named(house, newsletter)
        now = house.clock.now()
        written = frame.finish(choosing.bulletin(house, found, now))
    if script:
        on = now.astimezone(ZoneInfo(found.schedule.timezone)).date()
        spoken = previewing.script_of(house, found, written.bulletin, on)
        frame.with_json(as_json).say(asdict(spoken), [spoken.text, *spoken.left_out])
    else:
        reasons = written.reasons if why else []
        shown = {**previewing.bulletin_shown(written.bulletin), "reasons": reasons}
        frame.with_json(as_json).say(shown, _whole(found.title, written.bulletin, reasons, why=why))
    if not written.bulletin.briefs:
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
            written = frame.finish(choosing.bulletin(house, found, house.clock.now())).bulletin
            lines = list(_bulletin_lines(written, why=False))
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
        posts = planning.told(house, found.posts)
    frame.with_json(as_json).say({"files": names, "posts": posts}, [*names, *posts])


@click.command("redraft")
@click.argument("edition")
@click.pass_obj
def redraft(frame: Frame, edition: str) -> None:
    """Choose and write a waiting EDITION anew, with the pins and bars of now; a draft again."""
    with frame.house() as house:
        for line in frame.finish(desk.redraft(house, edition, frame.who)):
            click.echo(line)


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


def _whole(title: str, written: Bulletin, reasons: Sequence[str], *, why: bool) -> list[str]:
    """The bulletin with its length, a model's part in it, and why stories are not in it."""
    lines = [title, written.length, "", *_bulletin_lines(written, why=why)]
    if written.writing:
        lines += ["", taking.told(written)[0]]
    if reasons:
        lines += ["", "Left out:", *(f"  {reason}" for reason in reasons)]
    return lines


def _bulletin_lines(written: Bulletin, *, why: bool) -> Iterator[str]:
    """The bulletin as readers get it, with what only editors see set in."""
    for brief in written.briefs:
        yield f"{brief.label.upper()}  {brief.line}" if brief.label else brief.line
        yield from (f"    {note}" for note in _notes(brief, why=why))


def _notes(brief: Brief, *, why: bool) -> Iterator[str]:
    """What an editor should look at, what was replaced, and on request the reason."""
    if concern := marking.concern(brief):
        yield f"! {concern}"
    if brief.replaced:
        yield f"replaced: {brief.replaced}"
    if why:
        yield brief.url
        yield brief.because


def _told(reports: tuple[SourceReport, ...]) -> list[str]:
    if not reports:
        return ["no source is due"]
    return [f"{r.source_id}: {r.because}" for r in reports]


def _end_by(reports: tuple[SourceReport, ...]) -> None:
    """Exit code 4 when some sources failed, 1 when all did."""
    failed = sum(1 for r in reports if r.failed)
    if failed:
        sys.exit(1 if failed == len(reports) else 4)
