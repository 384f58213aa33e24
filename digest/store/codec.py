"""Bulletins and old versions of articles as JSON text, and back."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from digest.model.edition import Brief, Bulletin, Check, SourceSentence
from digest.model.news import Article, ArticleKind


def words_to_json(words: Sequence[str]) -> str:
    """A list of texts."""
    return json.dumps(list(words), ensure_ascii=False)


def words_from_json(text: str) -> tuple[str, ...]:
    """The list again."""
    return tuple(json.loads(text))


def bulletin_to_json(bulletin: Bulletin) -> str:
    """A bulletin with its briefs, their sources and checks."""
    return _dump(asdict(bulletin))


def bulletin_from_json(text: str) -> Bulletin:
    """The bulletin again; fields that its writer did not know yet have their defaults."""
    data = json.loads(text)
    briefs = tuple(
        Brief(
            **brief
            | {
                "published": _instant(brief["published"]),
                "source": tuple(SourceSentence(**s) for s in brief["source"]),
                "checks": tuple(Check(**c) for c in brief["checks"]),
            }
        )
        for brief in data["briefs"]
    )
    return Bulletin(**data | {"briefs": briefs, "left_out": tuple(data["left_out"])})


def article_to_json(article: Article) -> str:
    """An article as it was collected."""
    return _dump(asdict(article))


def article_from_json(text: str) -> Article:
    """The article again."""
    data = json.loads(text)
    return Article(
        **data
        | {
            "authors": tuple(data["authors"]),
            "paragraphs": tuple(data["paragraphs"]),
            "kind": ArticleKind(data["kind"]),
            "published": _instant(data["published"]),
            "updated": _instant(data["updated"]),
            "collected": datetime.fromisoformat(data["collected"]),
        }
    )


def _dump(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, default=datetime.isoformat)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
