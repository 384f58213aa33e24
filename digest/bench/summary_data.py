"""Articles with the lines that people wrote of them."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from digest.collect.untyped import mapping, sequence, text
from digest.model.news import Article

CNN = "cnndm_val_dev.jsonl"
MIXED = "cnndm_train100.jsonl"
WIKINEWS = (
    "newsroom/gold_summaries.jsonl",
    "summaries/gum_news.jsonl",
    "summaries/gum_interview.jsonl",
)
NOW = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
"""A Monday; the lines are read on the day the articles are of, as their own editors' were."""

_BYLINE = re.compile(
    r"By \. (?:[A-Z][\w'’.-]*,? (?:and )?){1,8}\. "
    r"(?:and \. (?:[A-Z][\w'’.-]*,? ){1,8}\. )?"
)
_DATES = re.compile(
    r"PUBLISHED: \. [^|]{5,40}?\d{4} \. (?:\| \. )?(?:UPDATED: \. [^|]{5,40}?\d{4} \. )?"
)
_LOOSE_DOT = re.compile(r" \.(?= |$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article, and what people said of it."""

    article: Article
    lines: tuple[str, ...]
    """An editor's highlights in order, or one line from each of several people."""


def highlights(path: Path) -> list[Told]:
    """News articles as one paragraph without a headline, and their editors' highlights."""
    return [
        Told(
            article=_article(text(told["id"]), (without_page(text(told["text"])),)),
            lines=tuple(text(line) for line in sequence(told["ref"])),
        )
        for told in _rows(path)
    ]


def without_page(told: str) -> str:
    """The text without the byline and the dates that the page had above it."""
    bare = _DATES.sub("", _BYLINE.sub("", told, count=1) if told.startswith("By .") else told)
    return _LOOSE_DOT.sub(".", bare) if bare != told else told


def wikinews(data: Path) -> list[Told]:
    """Wikinews stories with headline and paragraphs, and lines that people wrote of them."""
    lines: dict[str, list[str]] = {}
    blocks: dict[str, Mapping[str, object]] = {}
    for name in WIKINEWS:
        for told in _rows(data / name):
            each = told.get("human") or told.get("summaries") or ()
            lines.setdefault(text(told["id"]), [text(mapping(s)["text"]) for s in sequence(each)])
            if "blocks" in told:
                blocks[text(told["id"])] = told
    found = []
    for key, said in lines.items():
        page = data / "newsroom" / "articles" / f"{key}.json"
        article = _of_page(page) if page.exists() else _of_blocks(blocks[key])
        found.append(Told(article=article, lines=tuple(said)))
    return [told for told in found if told.lines]


def newsroom(data: Path) -> list[Article]:
    """All articles of the sample newsroom."""
    return [_of_page(page) for page in sorted((data / "newsroom" / "articles").glob("*.json"))]


def _rows(path: Path) -> Iterable[Mapping[str, object]]:
    return (mapping(json.loads(line)) for line in path.read_text("utf-8").splitlines())


def _of_page(page: Path) -> Article:
    told = mapping(json.loads(page.read_text("utf-8")))
    body = [text(sequence(block)[1]) for block in sequence(told["body"])]
    return _article(text(told["id"]), body, text(told["title"]), text(told["section"]))


def _of_blocks(told: Mapping[str, object]) -> Article:
    body = [
        " ".join(text(sentence) for sentence in sequence(block["sentences"]))
        for block in map(mapping, sequence(told["blocks"]))
        if block["kind"] == "p"
    ]
    return _article(text(told["id"]), body, text(told["title"]), text(told["genre"]))


def _article(key: str, body: Sequence[str], headline: str = "", section: str = "") -> Article:
    return Article(
        url=f"https://bench.example/{key}",
        source_id="bench",
        headline=headline,
        section=section,
        paragraphs=tuple(body),
        published=NOW,
        collected=NOW,
        language="en",
    )
