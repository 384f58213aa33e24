"""`digest summarise`: one line for each article, as JSON, in the order given."""

import asyncio
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import click

from digest import __version__
from digest.cli.frame import Frame
from digest.cli.group import Instant
from digest.collect import page as pages
from digest.collect import plain
from digest.late import load
from digest.model.edition import Brief
from digest.model.fetch import Fetched, FetchRequest
from digest.model.news import Article, Page
from digest.summarise import brief
from digest.summarise.style import Style
from digest.text import words
from digest.url import host, is_web

_HTML = re.compile(r"\s*(?:<!doctype|<\?xml|<!--|<[a-z][a-z0-9]*[\s>/])", re.IGNORECASE)
_ENCODED_HTML = re.compile(rb"<(?:!doctype|html|head|body|meta|p|div|article)\b", re.IGNORECASE)
_HEAD_BYTES = 4096


@click.command("summarise")
@click.argument("files", nargs=-1, required=True, metavar="FILE|URL…")
@click.option(
    "--sentences",
    type=click.IntRange(1, 2),
    default=1,
    show_default=True,
    help="At most so many sentences a line.",
)
@click.option(
    "--max-words",
    type=click.IntRange(min=6),
    default=35,
    show_default=True,
    help="At most so many words a line.",
)
@click.option("--at", type=Instant(), default=None, help="The day the lines are read on.")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    sentences: int,
    max_words: int,
    at: datetime | None,
) -> None:
    """Write one line for each article: a page, pasted text, or what `digest extract` printed.

    Prints a JSON object per article, in order; `-` reads standard input.
    """
    frame = ctx.find_object(Frame)
    now = at or (frame.at if frame else None)
    fetched = asyncio.run(_fetch([name for name in files if is_web(name)]))
    done = failed = 0
    for name in files:
        for told in _lines(name, fetched, now, max_words=max_words, sentences=sentences):
            click.echo(json.dumps(told, ensure_ascii=False))
            done += 1
            if "problem" in told:
                failed += 1
                click.echo(f"{told['file']}: {told['problem']}", err=True)
    if failed:
        ctx.exit(1 if failed == done else 4)


def _lines(
    name: str,
    fetched: dict[str, Fetched],
    now: datetime | None,
    *,
    max_words: int,
    sentences: int,
) -> Iterator[dict[str, object]]:
    """What is printed for one file: a line for each article in it, or what is wrong with it."""
    try:
        found = list(_articles(name, fetched))
    except (OSError, ValueError) as error:
        found = [(name, f"It cannot be read ({error}); check the name and what is in it.")]
    for shown, article in found:
        if isinstance(article, str):
            yield {"file": shown, "line": "", "problem": article}
            continue
        style = Style(on=_day(article, now), max_words=max_words)
        written = brief.write(article, style, sentences=sentences)
        if isinstance(written, Brief):
            yield _told(shown, written)
        else:
            yield {"file": shown, "line": "", "problem": written.because}


def _day(article: Article, now: datetime | None) -> date | None:
    """The day the line is read on: the one asked for, else the article's own, if it has one."""
    day = now or article.published
    return day.astimezone(UTC).date() if day else None


def _told(name: str, written: Brief) -> dict[str, object]:
    return {
        "file": name,
        "line": written.line,
        "words": words.count(written.line),
        "source": [asdict(source) for source in written.source],
        "because": written.because,
        "checks": [asdict(check) for check in written.checks],
    }


async def _fetch(urls: Sequence[str]) -> dict[str, Fetched]:
    """The pages behind the addresses, one after the other."""
    if not urls:
        return {}
    # An address that somebody types may lead inside the house; what it redirects to may not.
    fetcher_of = load("digest.adapters.http:HttpFetcher")
    typed = [host(url) for url in urls]
    async with fetcher_of(f"digest/{__version__}", intranet=typed) as fetcher:
        return {url: await fetcher.fetch(FetchRequest(url=url)) for url in urls}


def _articles(name: str, fetched: dict[str, Fetched]) -> Iterator[tuple[str, Article | str]]:
    """Each article of a file under the name to print, or the sentence why there is none."""
    if name in fetched:
        answer = fetched[name]
        if answer.problem:
            yield name, answer.problem
        else:
            read = pages.read(answer.body, url=answer.url, content_type=answer.content_type)
            yield name, _of_page(read, answer.url)
        return
    content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    extracted = _extracted(content)
    if extracted:
        for number, fields in enumerate(extracted):
            yield str(fields.get("file") or name), _of_fields(fields, f"{name}#{number}")
    else:
        yield name, _of_page(_page(content), name)


def _page(content: bytes) -> Page:
    text = content.decode("utf-8-sig", errors="replace")
    if _HTML.match(text) or _ENCODED_HTML.search(content[:_HEAD_BYTES]):
        return pages.read(content)
    return plain.read(text)


def _extracted(content: bytes) -> list[dict[str, object]]:
    """The objects of `digest extract`, one or one a line; none when the file is something else."""
    text = content.decode("utf-8-sig", errors="replace").strip()
    if not text.startswith("{"):
        return []
    try:
        found = [json.loads(text)]
    except ValueError:
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
    if not all(isinstance(fields, dict) for fields in found):
        raise ValueError("it is JSON, but not what `digest extract` prints")
    return found


def _of_page(page: Page, url: str) -> Article | str:
    if page.problem:
        return page.problem
    return Article(
        url=page.canonical_url or url,
        source_id="file",
        headline=page.headline,
        standfirst=page.standfirst,
        published=page.published,
        section=page.section,
        kind=page.kind,
        language=page.language,
        image=page.image,
        paragraphs=page.paragraphs,
        collected=page.published or datetime.min.replace(tzinfo=UTC),
    )


def _of_fields(fields: dict[str, object], url: str) -> Article | str:
    """The article of an extracted object."""
    if isinstance(fields.get("problem"), str) and fields["problem"]:
        return str(fields["problem"])
    paragraphs = fields.get("paragraphs")
    if not isinstance(paragraphs, list) or not all(isinstance(p, str) for p in paragraphs):
        return "Its JSON has no list of paragraphs; give it what `digest extract` prints."
    try:
        published = _instant(fields.get("published"))
    except ValueError:
        return f"Its date {fields.get('published')!r} is none; write it as 2026-11-24T07:00Z."
    return _of_page(
        Page(
            headline=str(fields.get("headline") or ""),
            standfirst=str(fields.get("standfirst") or ""),
            section=str(fields.get("section") or ""),
            language=str(fields.get("language") or ""),
            canonical_url=str(fields.get("canonical_url") or ""),
            published=published,
            paragraphs=tuple(paragraphs),
        ),
        url,
    )


def _instant(value: object) -> datetime | None:
    if not value:
        return None
    instant = datetime.fromisoformat(str(value))
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
