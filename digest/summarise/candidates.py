"""The sentences of an article that may stand for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.model.edition import SourceSentence
from digest.model.news import Article
from digest.summarise import interview, opening
from digest.summarise.wording import Wording
from digest.text import plain, quotes, sentences

STANDFIRST, HEADLINE = -1, -2


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence, where it stands, and how it reads without the house's opening."""

    source: SourceSentence
    text: str
    spoken: bool = False
    """Somebody's words, though no quotation mark of its own says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The sentences of the body, those to fall back on, and the dateline's place."""

    body: tuple[Candidate, ...]
    fallbacks: tuple[Candidate, ...]
    place: str


def of(article: Article, wording: Wording) -> Candidates:
    """Every sentence of the body in order; of standfirst and headline as fall-backs."""
    paragraphs = [plain.one_line(p) for p in article.paragraphs]
    told = interview.narrative(paragraphs, wording, declared=interview.declares(article, wording))
    first = opening.without_dateline(paragraphs[0] if paragraphs else "", wording)
    body = [
        candidate
        for index, paragraph in enumerate(paragraphs)
        for candidate in _sentences(
            index, first.text if index == 0 else paragraph, wording, answers=index >= told
        )
    ]
    if body and body[0].source.paragraph == 0:
        elsewhere = [*(c.text for c in body[1:]), article.standfirst, article.headline]
        body[0] = _as_opening(body[0], first, elsewhere, wording)
    return Candidates(
        body=tuple(body),
        fallbacks=(
            *(c for c in _standfirst(article, wording) if wording.verb.search(c.text)),
            *_headline(plain.one_line(article.headline), wording),
        ),
        place=first.place,
    )


def _sentences(
    paragraph: int, text: str, wording: Wording, *, answers: bool = False
) -> list[Candidate]:
    spoken_from = next((q.start for q in quotes.find(text) if not q.closed), len(text))
    found: list[Candidate] = []
    at = 0
    for number, sentence in enumerate(sentences.split(text, wording.language)):
        at = text.index(sentence, at) + len(sentence)
        source = SourceSentence(paragraph=paragraph, sentence=number, text=sentence)
        spoken = answers or at > spoken_from
        found.append(Candidate(source=source, text=sentence, spoken=spoken))
    return found


def _standfirst(article: Article, wording: Wording) -> list[Candidate]:
    return _sentences(STANDFIRST, plain.one_line(article.standfirst), wording)


def _as_opening(
    candidate: Candidate, first: opening.Opening, elsewhere: Sequence[str], wording: Wording
) -> Candidate:
    """The article's first sentence without shouting; its source keeps the dateline."""
    written = replace(candidate.source, text=first.dateline + candidate.source.text)
    quiet = opening.without_capitals(candidate.text, elsewhere, wording)
    return replace(candidate, source=written, text=quiet)


def _headline(headline: str, wording: Wording) -> list[Candidate]:
    """The headline as one sentence, with the full stop that headlines go without; nothing when
    it has no verb to be seen."""
    source = SourceSentence(paragraph=HEADLINE, sentence=0, text=headline)
    told = wording.running.sub("", headline)
    if not wording.verb.search(told) or wording.teaser.match(told):
        return []
    text = told if told[-1] in ".!?…:" else told + "."
    return [Candidate(source=source, text=text)]
