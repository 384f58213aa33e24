"""What is stored as JSON comes back as it was."""

import json
from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from digest.model.edition import (
    Blank,
    Brief,
    Bulletin,
    Check,
    Correction,
    Letter,
    SourceSentence,
)
from digest.model.news import Article, ArticleKind, Dropped
from digest.model.preflight import Finding, Override, Preflight, Weight
from digest.store import codec, letters

texts = st.text(max_size=20)
instants = st.datetimes(timezones=st.just(UTC))
maybe = st.none() | instants
briefs = st.builds(
    Brief,
    article_id=st.integers(0),
    url=texts,
    headline=texts,
    label=texts,
    line=texts,
    words=st.integers(0, 35),
    source=st.lists(st.builds(SourceSentence), max_size=2).map(tuple),
    checks=st.lists(st.builds(Check), max_size=2).map(tuple),
    published=maybe,
    article_version=st.integers(1),
)
bulletins = st.builds(
    Bulletin,
    briefs=st.lists(briefs, max_size=3).map(tuple),
    left_out=st.lists(texts, max_size=2).map(tuple),
)
corrections = st.lists(
    st.builds(
        Correction,
        revision=st.integers(2),
        at=instants,
        url=texts,
        headline=texts,
        before=texts,
        after=texts,
        because=texts,
    ),
    max_size=3,
).map(tuple)
dropped_lines = st.lists(st.builds(Dropped, text=texts, because=texts), max_size=3).map(tuple)
articles = st.builds(
    Article,
    url=texts,
    source_id=texts,
    headline=texts,
    authors=st.lists(texts, max_size=2).map(tuple),
    paragraphs=st.lists(texts, max_size=3).map(tuple),
    dropped=dropped_lines,
    kind=st.sampled_from(ArticleKind),
    kind_because=texts,
    published=maybe,
    updated=maybe,
    collected=instants,
    read_at=maybe,
    looked_at=maybe,
    withdrawn=texts,
)


@given(bulletins)
def test_bulletin(bulletin: Bulletin) -> None:
    """Any bulletin."""
    assert codec.bulletin_from_json(codec.bulletin_to_json(bulletin)) == bulletin


@given(articles)
def test_article(article: Article) -> None:
    """Any article."""
    assert codec.article_from_json(codec.article_to_json(article)) == article


@given(st.lists(texts))
def test_words(words: list[str]) -> None:
    """Any list of texts."""
    assert codec.words_from_json(codec.words_to_json(words)) == tuple(words)


@given(dropped_lines)
def test_dropped(dropped: tuple[Dropped, ...]) -> None:
    """Any lines that were left out."""
    assert codec.dropped_from_json(codec.dropped_to_json(dropped)) == dropped


@given(corrections)
def test_corrections(found: tuple[Correction, ...]) -> None:
    """Any corrections."""
    assert codec.corrections_from_json(codec.corrections_to_json(found)) == found


def test_brief_of_an_older_program() -> None:
    """It was written from the first version of its article."""
    brief = Brief(article_id=1, url="u", headline="h", label="", line="l", words=1, published=None)
    known = json.loads(codec.bulletin_to_json(Bulletin(briefs=(brief,))))
    del known["briefs"][0]["article_version"]
    assert codec.bulletin_from_json(json.dumps(known)) == Bulletin(briefs=(brief,))


def test_bulletin_of_an_older_program() -> None:
    """A field that its writer did not know yet has its default."""
    old = '{"briefs": [], "words": 3, "left_out": ["too long"]}'
    assert codec.bulletin_from_json(old) == Bulletin(words=3, left_out=("too long",))


findings = st.builds(Finding, name=texts, weight=st.sampled_from(Weight), because=texts)
looks = st.builds(
    Preflight,
    revision=st.integers(1),
    at=instants,
    findings=st.lists(findings, max_size=3).map(tuple),
)
overrides = st.lists(
    st.builds(Override, name=texts, who=texts, at=instants, because=texts), max_size=3
).map(tuple)
letters_ = st.builds(
    Letter,
    pieces=st.lists(st.binary(max_size=40), max_size=6).map(tuple),
    blanks=st.lists(
        st.builds(Blank, piece=st.integers(0, 5), value=texts, html=st.booleans()), max_size=3
    ).map(tuple),
)


@given(st.none() | looks)
def test_preflight_comes_back(found: Preflight | None) -> None:
    """With every finding, or as none."""
    assert codec.preflight_from_json(codec.preflight_to_json(found)) == found


@given(overrides)
def test_overrides_come_back(words: tuple[Override, ...]) -> None:
    """With who, when and why."""
    assert codec.overrides_from_json(codec.overrides_to_json(words)) == words


@given(letters_)
def test_letters_come_back(letter: Letter) -> None:
    """Every byte and every blank."""
    assert letters.letter_from_bytes(letters.letter_to_bytes(letter)) == letter
