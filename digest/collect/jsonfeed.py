"""JSON Feed 1.0 and 1.1 become readings; of one that is cut off its whole items."""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import islice

from digest.collect.items import Raw, Reading
from digest.collect.untyped import mapping, sequence
from digest.collect.untyped import text as words

_CUT_OFF = "The feed looks like JSON but is cut off or broken."
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_PARAGRAPH = re.compile(r"\n\s*\n")


def read(text: str, most: int) -> Reading:
    """The feed's own words and its first `most` items, or why there are none."""
    decoder = json.JSONDecoder(strict=False)
    try:
        feed, _ = decoder.raw_decode(text)
    except (ValueError, RecursionError):
        items = tuple(map(_raw, islice(_whole_items(text, decoder), most)))
        return Reading(items=items, problem="" if items else _CUT_OFF)
    if not _is_feed(mapping(feed)):
        return Reading(problem="The address gives JSON that is no JSON Feed.")
    return Reading(
        items=tuple(_raw(each) for each in sequence(feed["items"])[:most] if mapping(each)),
        title=words(feed.get("title")),
        language=words(feed.get("language")),
        link=words(feed.get("home_page_url")) or words(feed.get("feed_url")),
    )


def _is_feed(feed: Mapping[str, object]) -> bool:
    return isinstance(feed.get("items"), list) and (
        "jsonfeed" in words(feed.get("version")) or "title" in feed
    )


def _whole_items(text: str, decoder: json.JSONDecoder) -> Iterator[object]:
    """The items before the place where the document breaks."""
    start = _ITEMS.search(text)
    at = start.end() if start else len(text)
    while at < len(text):
        found = _BETWEEN.match(text, at)
        try:
            value, at = decoder.raw_decode(text, found.end() if found else at)
        except (ValueError, RecursionError):
            return
        if mapping(value):
            yield value


def _raw(value: object) -> Raw:
    found = mapping(value)
    plain = words(found.get("content_text"))
    persons = [*sequence(found.get("authors")), *sequence(found.get("author"))]
    names = [words(mapping(each).get("name")) or words(each) for each in persons]
    return Raw(
        link=words(found.get("url")) or words(found.get("external_url")),
        guid=words(found.get("id")),
        title=words(found.get("title")),
        summary=words(found.get("summary")),
        content=words(found.get("content_html")) or _as_markup(plain),
        authors=tuple(name for name in names if name),
        published=words(found.get("date_published")),
        updated=words(found.get("date_modified")),
        section=next((tag for tag in map(words, sequence(found.get("tags"))) if tag.strip()), ""),
        image=words(found.get("image")) or words(found.get("banner_image")),
    )


def _as_markup(text: str) -> str:
    """Plain text with its paragraphs marked up and nothing in it taken for markup."""
    parts = [part for part in _PARAGRAPH.split(text) if part.strip()]
    return escape(text) if len(parts) < 2 else "".join(f"<p>{escape(part)}</p>" for part in parts)
