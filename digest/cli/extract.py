"""`digest extract`: pages and pasted texts parted into article and rest, a JSON object a line."""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path

import click

from digest import __version__
from digest.collect import page as pages
from digest.collect import plain
from digest.late import load
from digest.model.fetch import FetchRequest
from digest.model.news import Page
from digest.url import host, is_web

_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|article|section|div|p|h1|br)\b[^<]*>", re.I
)
_HEAD_BYTES = 4096


@click.command("extract")
@click.argument("files", nargs=-1, required=True, metavar="FILE|URL…")
@click.option("--url", default="", help="The address a FILE was saved from.")
@click.option("--json", "_as_json", is_flag=True, help="JSON is all there is; asked for or not.")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], url: str, _as_json: bool) -> None:
    """Print headline, paragraphs and dropped lines of each page or pasted text; - is stdin."""
    failed = asyncio.run(_extract(files, url))
    if failed:
        ctx.exit(1 if failed == len(files) else 4)


async def _extract(files: tuple[str, ...], url: str) -> int:
    """Print a line for each file; how many held no article."""
    failed = 0
    async for name, page in _pages(files, url):
        if page.problem:
            failed += 1
            click.echo(f"{name}: {page.problem}", err=True)
        click.echo(json.dumps(_told(name, page), ensure_ascii=False))
    return failed


async def _pages(files: tuple[str, ...], url: str) -> AsyncIterator[tuple[str, Page]]:
    if not any(map(is_web, files)):
        for name in files:
            yield name, _of_file(name, url)
        return
    # Only now, so that files are read without waiting for an HTTP client to load.
    # An address that somebody types may lead inside the house; what it redirects to may not.
    typed = [host(name) for name in files if is_web(name)]
    fetcher_of = load("digest.adapters.http:HttpFetcher")
    async with fetcher_of(f"digest/{__version__}", intranet=typed) as fetcher:
        for name in files:
            if not is_web(name):
                yield name, _of_file(name, url)
                continue
            answer = await fetcher.fetch(FetchRequest(url=name))
            if answer.problem:
                yield name, Page(problem=answer.problem)
            else:
                read = pages.read(answer.body, url=answer.url, content_type=answer.content_type)
                yield name, read


def _of_file(name: str, url: str) -> Page:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        return Page(problem=f"The file cannot be read ({error.strerror}); check its name.")
    if _MARKUP.search(content[:_HEAD_BYTES]):
        return pages.read(content, url=url)
    return plain.read(content.decode("utf-8-sig", errors="replace"))


def _told(name: str, page: Page) -> dict[str, object]:
    told: dict[str, object] = {
        "file": name,
        "headline": page.headline,
        "standfirst": page.standfirst,
        "authors": page.authors,
        "published": page.published and page.published.isoformat(),
        "updated": page.updated and page.updated.isoformat(),
        "section": page.section,
        "kind": page.kind,
        "kind_because": page.kind_because,
        "language": page.language,
        "canonical_url": page.canonical_url,
        "image": page.image,
        "paragraphs": page.paragraphs,
        "dropped": [asdict(line) for line in page.dropped],
    }
    trouble = {"gone": page.gone, "problem": page.problem}
    return told | {name: text for name, text in trouble.items() if text}
