"""A language model's lines, each judged by itself: taken, or the rules' own line stays."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.model.edition import Brief, Bulletin, Check, SourceSentence, Writing
from digest.model.writing import WritingAnswer
from digest.summarise import answering, block, bulletin, gate, selfcontained
from digest.summarise.answering import Lines
from digest.summarise.asking import Asked, Choice
from digest.summarise.gate import Facts
from digest.summarise.judge import LEAST_WORDS, Case
from digest.summarise.style import Style
from digest.text import plain, sentences
from digest.text import words as counting
from digest.text.terms import terms

LONGEST_LINE = 1000
"""Characters; what is longer is not looked at more closely."""
MOST_SHOWN = 200
MOST_SOURCES = 3
_LEAST_GAIN = 2
"""A further sentence counts as a line's source when it has so many of its words that no other
has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What a line is judged with beside its own story."""

    model: str
    style: Style
    others: tuple[Brief, ...]
    facts: tuple[Facts, ...]
    """Of the other stories."""
    room: int
    """Words that label and line may have together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Good:
    """A line that may be printed."""

    text: str
    source: tuple[SourceSentence, ...]
    checks: tuple[Check, ...]


def take(
    before: Bulletin, choice: Choice, answer: WritingAnswer, style: Style, *, words: int
) -> Bulletin:
    """The bulletin with every line of the answer that may be printed, in at most so many words.

    The stories and their order are not the model's to change; a line that fails leaves its own
    story with the line of the rules, and no other.
    """
    lines = Lines(problem=answer.problem)
    if not lines.problem:
        lines = answering.read(answer.text, [one.id for one in choice.asked])
    briefs = list(unasked(before, choice).briefs)
    asked = {one.brief.url: one for one in choice.asked}
    for place, brief in enumerate(briefs):
        if brief.url in asked and not lines.problem:
            page = _page(briefs, place, choice, answer.model, style, words)
            briefs[place] = _worded(asked[brief.url], lines, page)
    found = bulletin.of(briefs, before.left_out, style.language)
    return replace(found, writing=_writing(briefs, choice, answer, lines.problem))


def unasked(before: Bulletin, choice: Choice) -> Bulletin:
    """The bulletin in which each brief that no model may word says why."""
    briefs = [replace(one, replaced=choice.kept.get(one.url, "")) for one in before.briefs]
    return replace(before, briefs=tuple(briefs))


def _page(
    briefs: Sequence[Brief], place: int, choice: Choice, model: str, style: Style, words: int
) -> _Page:
    others = (*briefs[:place], *briefs[place + 1 :])
    return _Page(
        model=model,
        style=style,
        others=others,
        facts=tuple(choice.facts[one.url] for one in others if one.url in choice.facts),
        room=words - sum(one.words for one in others),
    )


def _worded(asked: Asked, lines: Lines, page: _Page) -> Brief:
    """The brief in the model's words, or as it was with the reason."""
    brief = asked.brief
    if fault := lines.faults.get(asked.id):
        return replace(brief, replaced=fault)
    line = plain.one_line(lines.by_id[asked.id])
    found = _judged(line, brief.label, asked.case, page)
    if isinstance(found, str):
        shown = line if len(line) <= MOST_SHOWN else line[:MOST_SHOWN] + "…"
        return replace(brief, replaced=f"the model’s line “{shown}” was refused: {found}")
    size = counting.count(f"{brief.label} {found.text}")
    place, _, _ = brief.because.partition("; ")
    new = replace(
        brief,
        line=found.text,
        words=size,
        source=found.source,
        checks=found.checks,
        writer=page.model,
        because=f"{place}; worded by {page.model} from {_named(found.source)}; {size} words",
    )
    # What stands below a line is not to repeat it.
    return replace(new, standfirst=block.text(asked.case, new))


def _judged(line: str, label: str, case: Case, page: _Page) -> _Good | str:
    """The line as it may be printed, or what is wrong with it; the cheapest questions first."""
    size = counting.count(line)
    if len(line) > LONGEST_LINE or size > case.max_words:
        return f"shape: {size} words are more than {case.max_words}"
    if size < LEAST_WORDS:
        return f"shape: it has fewer than {LEAST_WORDS} words"
    if len(sentences.split(line, case.wording.language)) > 1:
        return "shape: it is more than one sentence"
    if symbol := _foreign_symbol(line, case):
        return f"shape: “{symbol}” is not in the story"
    if alone := selfcontained.problem(line, case.wording):
        return f"standing alone: {alone}"
    checks = gate.verdicts(
        line,
        case.facts,
        written=case.written,
        on=case.on,
        max_words=case.max_words,
        others=page.facts,
    )
    if failed := next((check for check in checks if not check.ok), None):
        return f"{failed.name}: {failed.detail}"
    source = _source(line, case)
    if not source:
        return "source: no sentence of the story says it"
    if any(line == other.line for other in page.others):
        return "it would repeat a line that is already in the bulletin"
    if (needed := counting.count(f"{label} {line}")) > page.room:
        return f"its {needed} words would take the bulletin over its length"
    return _Good(text=line, source=source, checks=checks)


def _foreign_symbol(line: str, case: Case) -> str:
    """A currency or a picture that the story does not have: the gate reads letters and figures."""
    found = (char for char in line if unicodedata.category(char)[0] in "SC")
    return next((char for char in found if char not in case.facts.plain), "")


def _source(line: str, case: Case) -> tuple[SourceSentence, ...]:
    """The sentences that hold most of the line's words, in the order of the story.

    A correction of one of them makes the line be written anew.
    """
    language = case.wording.language
    missing = set(terms(line, language))
    every = [*case.candidates.body, *case.candidates.fallbacks]
    bags = [set(terms(candidate.text, language)) for candidate in every]
    chosen: list[int] = []
    while len(chosen) < MOST_SOURCES and bags:
        best = max(range(len(bags)), key=lambda n: (len(bags[n] & missing), -n))
        if len(bags[best] & missing) < _LEAST_GAIN:
            break
        chosen.append(best)
        missing -= bags[best]
    return tuple(every[n].source for n in sorted(chosen))


def _named(source: Sequence[SourceSentence]) -> str:
    """Where the sentences stand, as editors are told."""
    names = {-1: "the standfirst", -2: "the headline"}
    places = [names.get(one.paragraph, f"paragraph {one.paragraph + 1}") for one in source]
    return " and ".join(dict.fromkeys(places))


def _writing(
    briefs: Sequence[Brief], choice: Choice, answer: WritingAnswer, problem: str
) -> Writing:
    """The record of the call."""
    taken, asked = sum(1 for brief in briefs if brief.writer), len(choice.asked)
    of_all = f"{taken} of {asked} {'line' if asked == 1 else 'lines'} taken"
    return Writing(
        model=answer.model,
        because=f"no line taken, all are by rule: {problem}" if problem else of_all,
        seconds=answer.seconds,
        tokens_in=answer.tokens_in,
        tokens_out=answer.tokens_out,
        cost=answer.cost,
    )


def told(written: Bulletin) -> tuple[str, ...]:
    """What editors are told of the model's part in a bulletin, one sentence each; none without."""
    kept = [
        f"{place}. “{brief.headline}” keeps the line of the rules: {brief.replaced}."
        for place, brief in enumerate(written.briefs, start=1)
        if brief.replaced
    ]
    return (*([_spent(written.writing)] if written.writing else []), *kept)


def _spent(writing: Writing) -> str:
    spent = [f"{writing.seconds:.1f} s"]
    if writing.tokens_in or writing.tokens_out:
        spent.append(f"{writing.tokens_in:,} tokens in, {writing.tokens_out:,} out")
    if writing.cost is not None:
        spent.append(f"${writing.cost:.4f}")
    return f"Worded by {writing.model}: {writing.because} ({'; '.join(spent)})."
