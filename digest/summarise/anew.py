"""A brief whose article has a newer version: what still stands is kept, the rest written anew."""

from collections.abc import Set
from dataclasses import replace

from digest.model.edition import Brief, NoBrief
from digest.model.news import Article, ArticleKind
from digest.summarise import block, brief, gate, judge
from digest.summarise.judge import Case, Line
from digest.summarise.style import Style
from digest.text import languages, plain, sentences
from digest.text import words as counting
from digest.text.terms import words

FACTS = frozenset(
    {
        "numbers", "names", "placing", "quotations", "speakers", "negation", "hedges",
        "attribution", "dates", "coverage",
    }
)  # fmt: skip
"""The gate's rules about what a story says; the others are about form and day."""
HEADLINE_FACTS = frozenset({"numbers", "names", "quotations"})
"""Those that headlines keep to: they say less than any sentence, and say it shorter."""

_MOST_NAMES = 0.6


def again(before: Brief, article: Article, style: Style, *, room: int) -> Brief | NoBrief:
    """The brief as the article's newest version allows it, in at most `room` words.

    Equal in its words to the one before wherever those still stand: where the sentences that they
    were taken from are in the article yet, and its facts bear them. Whoever must pay for the rest
    of the page sees less of it, which is no correction.
    """
    article = replace(article, section=article.section or before.section)
    if article.kind is ArticleKind.PAYWALL:
        return replace(before, article_version=article.version)
    case = judge.open_case(article, style)
    if case is None or not _line_stands(before, article, case):
        written = _written(before, article, style, case, room=room)
        if isinstance(written, NoBrief) or written.line != before.line:
            return written
        before = replace(before, source=written.source, checks=written.checks)
    if case is None:
        return replace(before, article_version=article.version)
    if not _headline_stands(before, article, case):
        before = replace(before, headline=article.headline)
    if not _block_stands(before, article, block.longer(case)):
        before = replace(before, standfirst=block.text(case, before))
    return replace(before, article_version=article.version)


def difference(before: Brief, after: Brief) -> tuple[str, str] | None:
    """The words that readers saw and those that they see now, None when they are the same."""
    for old, new in (
        (before.line, after.line),
        (before.headline, after.headline),
        (before.standfirst, after.standfirst),
    ):
        if old != new:
            return old, new or after.line
    return None


def _written(
    before: Brief, article: Article, style: Style, case: Case | None, *, room: int
) -> Brief | NoBrief:
    """A new line of the same article; a shorter one where the first is too long for the room."""
    written = brief.write(article, style, sensitive=before.sensitive)
    if isinstance(written, Brief) and written.words > room:
        shorter = replace(style, max_words=style.max_words - (written.words - room))
        written = brief.write(article, shorter, sensitive=before.sensitive)
    if isinstance(written, NoBrief):
        return written
    if written.words > room:
        return NoBrief(because=f"“{article.headline}” has no line of {room} words or fewer")
    language = languages.of(style.language)
    is_update = language is not None and before.label == language.update
    label = before.label if is_update else written.label
    place, _, _ = before.because.partition("; ")
    return replace(
        written,
        because=f"{place}; written anew from version {article.version}: {written.because}",
        label=label,
        words=counting.count(f"{label} {written.line}"),
        source_name=before.source_name,
        standfirst=block.text(case, written) if case else block.whole_standfirst(article, written),
        article_version=article.version,
    )


def _line_stands(before: Brief, article: Article, case: Case) -> bool:
    """Its sentences are in the article word for word, and nothing in it now speaks against them."""
    texts = _texts(article)
    there = all(any(said.text in text for text in texts) for said in before.source)
    return there and bool(before.source) and _borne(before.line, case)


def _headline_stands(before: Brief, article: Article, case: Case) -> bool:
    """Unchanged, or only reworded: desks try several, and that of a live page changes with every
    turn of events. A figure, a name in another's place or a "not" is no rewording."""
    old, new = before.headline, article.headline
    if old == new or article.kind is ArticleKind.LIVE:
        return True
    negation = case.wording.negation
    replaced = _names(old) - _names(new) and _names(new) - _names(old)
    return (
        not replaced
        and _figures(old, article, case) == _figures(new, article, case)
        and bool(negation.search(old)) == bool(negation.search(new))
        and _borne(old, case, HEADLINE_FACTS)
    )


def _block_stands(before: Brief, article: Article, case: Case) -> bool:
    """Every sentence below the line is in the article, as written or as it would be printed."""
    if not before.standfirst:
        return True
    lines = [judge.judge(c, case) for c in (*case.candidates.body, *case.candidates.fallbacks)]
    printed = {line.text for line in lines if isinstance(line, Line)}
    texts = _texts(article)
    return all(
        said in printed or any(said in text for text in texts)
        for said in sentences.split(before.standfirst, case.wording.language)
    )


def _borne(said: str, case: Case, rules: Set[str] = FACTS) -> bool:
    verdicts = gate.verdicts(
        said, case.facts, written=case.written, on=case.on, max_words=case.max_words
    )
    return all(check.ok for check in verdicts if check.name in rules)


def _figures(headline: str, article: Article, case: Case) -> frozenset[float]:
    alone = replace(article, headline=headline, standfirst="", paragraphs=())
    found = [n for numbers in gate.counted(gate.facts(alone, case.wording)) for n in numbers]
    return frozenset(n.value for n in found if n.counts)


def _names(headline: str) -> frozenset[str]:
    """Its capitalised words but the first; none where a house gives most words a capital."""
    found = words(headline)[1:]
    names = [word.lower() for word in found if word[0].isupper()]
    return frozenset(names) if len(names) <= _MOST_NAMES * len(found) else frozenset()


def _texts(article: Article) -> list[str]:
    texts = (*article.paragraphs, article.standfirst, article.headline)
    return [plain.one_line(text) for text in texts]
