"""All rules of the gate on one line, each with its name and what it found."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from digest.model.edition import Check
from digest.summarise import days
from digest.summarise.gate import dates, figures, form, hedges, names, placing, polarity, quotations
from digest.summarise.gate.alignment import Aligned, align
from digest.summarise.gate.reading import read
from digest.summarise.gate.story import Facts, verbatim
from digest.text import sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A line, its story, and its sentences beside the story's likest."""

    line: str
    source: Facts
    aligned: tuple[Aligned, ...]
    """Empty when the line is the story's word for word."""
    written: date | None
    on: date | None


def verdicts(
    line: str,
    source: Facts,
    *,
    written: date | None,
    on: date | None,
    max_words: int,
    others: Sequence[Facts] = (),
) -> tuple[Check, ...]:
    """Every rule's verdict on a line, for facts that were gathered before.

    `others` are those of the other stories of the bulletin: none may cover the line better.
    """
    parts = sentences.split(line, source.wording.language)
    whole = verbatim(line, source)
    case = _Case(
        line=line,
        source=source,
        aligned=() if whole else tuple(align(part, source) for part in parts),
        written=written,
        on=on,
    )
    return (
        *(_numbers_and_names(case)),
        *(_meaning(case)),
        _coverage(case),
        _story(case, others),
        _wrong("shape", [form.problem(line, max_words, source.wording)]),
        _wrong("days", [_day(case)]),
    )


def _numbers_and_names(case: _Case) -> Iterable[Check]:
    line, source = read(case.line, case.source.wording), case.source
    named = names.find(line, source)
    spoken = quotations.count(case.line)
    counted = figures.count(case.line, source.wording)
    foreign, pairs = _each(case, names.foreign), _each(case, names.unpaired)
    strange = [f"{', '.join(foreign)}: not in the story"] if foreign else []
    strange += [f"{', '.join(pairs)}: not one name in the story"] if pairs else []
    yield _wrong(
        "numbers",
        [
            found
            for aligned in case.aligned
            for found in figures.foreign(aligned, source, case.written)
        ],
        _count(counted, "number"),
    )
    yield _wrong("names", strange, _count(len(named), "name"))
    yield _wrong("placing", _each(case, placing.misplaced))
    altered = quotations.altered(case.line, source) if case.aligned else []
    quoted = [f"{', '.join(altered)}: not said so in the story"] if altered else []
    yield _wrong("quotations", quoted, _count(spoken, "quotation"))
    yield _wrong("speakers", quotations.misattributed(case.line, source) if case.aligned else [])


def _meaning(case: _Case) -> Iterable[Check]:
    source = case.source
    turned = [polarity.turned(aligned, source) for aligned in case.aligned]
    yield _wrong("negation", [*turned, polarity.denied(case.line, source)])
    yield _wrong("hedges", [hedges.lost(aligned, source) for aligned in case.aligned])
    yield _wrong("attribution", [hedges.unattributed(aligned, source) for aligned in case.aligned])
    other = [
        found
        for aligned in case.aligned
        for found in dates.other_days(aligned, source, written=case.written, on=case.on)
    ]
    yield _wrong("dates", [f"{', '.join(other)}: another day than the story’s"] if other else [])


def _coverage(case: _Case) -> Check:
    share = form.coverage(case.line, case.source)
    ok = share >= form.COVERED
    only = "" if ok else "only "
    return Check(name="coverage", ok=ok, detail=f"{only}{share:.0%} of its words are the story’s")


def _story(case: _Case, others: Sequence[Facts]) -> Check:
    own = form.coverage(case.line, case.source)
    best = max((form.coverage(case.line, other) for other in others), default=0.0)
    ok = own >= best
    detail = "" if ok else "another story of the bulletin has more of its words"
    return Check(name="story", ok=ok, detail=detail)


def _day(case: _Case) -> str:
    wording = case.source.wording
    texts = [dates.misleading(aligned, case.source, case.written) for aligned in case.aligned] or [
        case.line
    ]
    found = (days.problem(text, wording, written=case.written, on=case.on) for text in texts)
    return next(filter(None, found), "")


def _each(case: _Case, rule: Callable[[Aligned, Facts], list[str]]) -> list[str]:
    return [found for aligned in case.aligned for found in rule(aligned, case.source)]


def _count(size: int, what: str) -> str:
    return f"{size} {what}{'' if size == 1 else 's'} found in the story" if size else ""


def _wrong(name: str, wrong: Sequence[str], right: str = "") -> Check:
    """The verdict, with what is wrong or what was found."""
    detail = "; ".join(filter(None, wrong))
    return Check(name=name, ok=not detail, detail=detail or right)
