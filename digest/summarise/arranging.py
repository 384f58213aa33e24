"""The order of a bulletin: no light story beside a sensitive one, a light one last if asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from digest.model.edition import Brief
from digest.model.newsletter import Closer


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """The briefs in order, and those for which no order has a place."""

    briefs: tuple[Brief, ...]
    left_out: tuple[Brief, ...] = ()


class _Kind(Enum):
    """What decides who may be a story's neighbour."""

    OTHER = 0
    LIGHT = 1
    SENSITIVE = 2


_Counts = tuple[int, ...]
"""How many of each kind have their place."""
_Way = tuple[int, tuple[int, ...]]
"""How many pairs were turned round so far, and the numbers of the briefs in their new order."""


def arrange(briefs: Sequence[Brief], closer: Closer) -> Arranged:
    """The briefs in as nearly their own order as may be: a light one never directly beside a
    sensitive one, the best light one last if so asked and if that can be.

    What editors pinned comes first, in its own order. Where no order works, light stories are left
    out, the last first, those pinned after all others.
    """
    kept = list(briefs)
    left_out: list[Brief] = []
    while True:
        closed = _closed(kept) if closer is Closer.LIGHT else None
        order = closed or _ordered(kept, range(len(kept)))
        if order is not None:
            return Arranged(
                briefs=tuple(_told(kept, order, closes=closed is not None)),
                left_out=tuple(left_out),
            )
        lights = [brief for brief in kept if _kind(brief) is _Kind.LIGHT]
        worst = next((b for b in reversed(lights) if not b.pinned), lights[-1])
        kept.remove(worst)
        left_out.append(worst)


def clash(one: Brief, other: Brief) -> bool:
    """Whether the two must not stand side by side."""
    return {_kind(one), _kind(other)} == {_Kind.LIGHT, _Kind.SENSITIVE}


def _kind(brief: Brief) -> _Kind:
    if brief.sensitive:
        return _Kind.SENSITIVE
    return _Kind.LIGHT if brief.light else _Kind.OTHER


def _closed(briefs: Sequence[Brief]) -> tuple[int, ...] | None:
    """With the best light story that no editor pinned as the last, None when that cannot be."""
    free = (n for n, b in enumerate(briefs) if _kind(b) is _Kind.LIGHT and not b.pinned)
    last = next(free, None)
    if last is None:
        return None
    others = _ordered(briefs, [n for n in range(len(briefs)) if n != last], before=briefs[last])
    return None if others is None else (*others, last)


def _ordered(
    briefs: Sequence[Brief], numbers: Sequence[int], *, before: Brief | None = None
) -> tuple[int, ...] | None:
    """The order with the fewest pairs turned round in which no two neighbours clash, nor the last
    with what stands behind it; None when there is none.

    Among light, sensitive and other stories nothing is turned, so only three queues are merged,
    place by place; of all ways to the same state the best is kept.
    """
    pins = tuple(n for n in numbers if briefs[n].pinned)
    if any(clash(briefs[a], briefs[b]) for a, b in zip(pins, pins[1:], strict=False)):
        return None
    free = [n for n in numbers if not briefs[n].pinned]
    queues = [[n for n in free if _kind(briefs[n]) is kind] for kind in _Kind]
    ways: dict[tuple[_Counts, int], _Way] = {((0,) * len(queues), -1): (0, pins)}
    for _ in free:
        longer: dict[tuple[_Counts, int], _Way] = {}
        for (counts, _), way in ways.items():
            for state, further in _steps(briefs, queues, counts, way):
                longer[state] = min(further, longer.get(state, further))
        ways = longer
    ends = [
        way
        for way in ways.values()
        if before is None or not way[1] or not clash(briefs[way[1][-1]], before)
    ]
    return min(ends)[1] if ends else None


def _steps(
    briefs: Sequence[Brief], queues: Sequence[Sequence[int]], counts: _Counts, way: _Way
) -> Iterator[tuple[tuple[_Counts, int], _Way]]:
    """The way with one more place, taken by the first of each queue that may stand there."""
    turned, order = way
    left = [n for queue, count in zip(queues, counts, strict=True) for n in queue[count:]]
    for kind, queue in enumerate(queues):
        if counts[kind] == len(queue):
            continue
        number = queue[counts[kind]]
        if order and clash(briefs[order[-1]], briefs[number]):
            continue
        passed = sum(1 for other in left if other < number)
        now = tuple(count + (each == kind) for each, count in enumerate(counts))
        yield (now, kind), (turned + passed, (*order, number))


def _told(briefs: Sequence[Brief], order: Sequence[int], *, closes: bool) -> Iterator[Brief]:
    """The briefs in that order; those that lost their place to the rules say so."""
    for place, number in enumerate(order):
        brief = briefs[number]
        why = ""
        if closes and place == len(order) - 1:
            why = "; the bulletin closes with it, as the best of the light stories"
        elif sum(1 for earlier in order[:place] if earlier > number):
            why = "; moved down so that no light story stands beside a sensitive one"
        told = not why or why in brief.because
        yield brief if told else replace(brief, because=brief.because + why)
