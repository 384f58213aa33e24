"""Bulletins and old versions of articles as JSON text, and back."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from digest.model.edition import Brief, Bulletin, Check, Correction, SourceSentence, Writing
from digest.model.news import Article, ArticleKind, Dropped, Sensitive, SensitiveKind
from digest.model.picture import Illustration
from digest.model.preflight import Finding, Override, Preflight, Weight

_ENCODED = json.JSONEncoder(ensure_ascii=False).encode
"""One encoder for all lists: to make one takes longer than to use it."""


def words_to_json(words: Sequence[str]) -> str:
    """A list of texts."""
    return _ENCODED(list(words))


def words_from_json(text: str) -> tuple[str, ...]:
    """The list again."""
    return tuple(json.loads(text))


def dropped_to_json(dropped: Sequence[Dropped]) -> str:
    """Lines that were left out, with their reasons."""
    return _ENCODED([[line.text, line.because] for line in dropped])


def dropped_from_json(text: str) -> tuple[Dropped, ...]:
    """The lines again."""
    return tuple(Dropped(text=line, because=because) for line, because in json.loads(text))


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
                "sensitive": tuple(_sensitive(s) for s in brief.get("sensitive", ())),
                "picture": Illustration(**brief["picture"]) if brief.get("picture") else None,
            }
        )
        for brief in data["briefs"]
    )
    writing = Writing(**data["writing"]) if data.get("writing") else None
    left_out = tuple(data["left_out"])
    return Bulletin(**data | {"briefs": briefs, "left_out": left_out, "writing": writing})


def _sensitive(data: dict[str, str]) -> Sensitive:
    return Sensitive(kind=SensitiveKind(data["kind"]), word=data["word"])


def corrections_to_json(corrections: Sequence[Correction]) -> str:
    """What revisions changed."""
    return json.dumps(
        [asdict(one) for one in corrections], ensure_ascii=False, default=datetime.isoformat
    )


def corrections_from_json(text: str) -> tuple[Correction, ...]:
    """The corrections again."""
    return tuple(
        Correction(**one | {"at": datetime.fromisoformat(one["at"])}) for one in json.loads(text)
    )


def preflight_to_json(found: Preflight | None) -> str:
    """What a look before a release found; "" for none."""
    return _dump(asdict(found)) if found else ""


def preflight_from_json(text: str) -> Preflight | None:
    """The look again."""
    if not text:
        return None
    data = json.loads(text)
    findings = tuple(Finding(**f | {"weight": Weight(f["weight"])}) for f in data["findings"])
    at = datetime.fromisoformat(data["at"])
    return Preflight(revision=data["revision"], at=at, findings=findings)


def overrides_to_json(words: Sequence[Override]) -> str:
    """What editors let go all the same."""
    return json.dumps(
        [asdict(one) for one in words], ensure_ascii=False, default=datetime.isoformat
    )


def overrides_from_json(text: str) -> tuple[Override, ...]:
    """Their words again."""
    return tuple(
        Override(**one | {"at": datetime.fromisoformat(one["at"])}) for one in json.loads(text)
    )


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
            "dropped": tuple(Dropped(**line) for line in data["dropped"]),
            "kind": ArticleKind(data["kind"]),
            "published": _instant(data["published"]),
            "updated": _instant(data["updated"]),
            "collected": datetime.fromisoformat(data["collected"]),
            "read_at": _instant(data["read_at"]),
            "looked_at": _instant(data["looked_at"]),
        }
    )


def _dump(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, default=datetime.isoformat)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
